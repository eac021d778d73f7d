"""How far the blocks of a lesson are done, read from what the store kept."""

from collections.abc import Iterable
from dataclasses import dataclass

from tutor.course.blocks.card import Card
from tutor.course.blocks.figure import Figure
from tutor.course.blocks.lab import LabView
from tutor.course.blocks.steps import Steps
from tutor.course.model import Block
from tutor.learner.events import Event

_RIGHT = frozenset({"correct", "follows"})
_WRONG = frozenset({"incorrect", "incomplete"})


@dataclass(frozen=True, slots=True)
class Work:
    """A block that something is to be done with, and how far it is done."""

    block: Block
    done: bool
    state: str
    """The same in a few words; empty where nothing was begun."""


def work_on(block: Block, events: Iterable[Event]) -> Work:
    """Return how far a block is done, as the events of its latest round tell."""
    if isinstance(block, Steps):
        count = filled(block, events)
        done = count == len(block.cells)
        return Work(block, done, "done" if done else f"{count} of {len(block.cells)} cells")
    kept = list(events)
    if isinstance(block, Card):
        latest = next((event.verdict for event in reversed(kept) if event.verdict in {"correct", "incorrect"}), "")
        return Work(block, bool(latest), {"correct": "known", "incorrect": "to see again"}.get(latest, ""))
    if any(event.verdict == "correct" for event in kept):
        return Work(block, True, "done")
    if any(event.kind == "shown" for event in kept):
        return Work(block, True, "shown")
    if isinstance(block, LabView):
        return Work(block, bool(kept), "seen" if kept else "")
    tries = sum(event.counts for event in kept)
    return Work(block, False, f"{tries} {'try' if tries == 1 else 'tries'}" if tries else "begun" if kept else "")


def is_work(block: Block) -> bool:
    """Whether there is anything to do with a block: a picture is only looked at."""
    return not isinstance(block, Figure)


def filled(steps: Steps, events: Iterable[Event]) -> int:
    """Return how many cells of a worksheet hold a right value: found by the learner, or shown."""
    right: set[str] = set()
    for event in events:
        if event.kind == "shown" or (event.kind == "answer" and event.verdict in _RIGHT):
            right.add(event.cell)
        elif event.kind == "answer" and event.verdict in _WRONG:
            right.discard(event.cell)
    return len(right.intersection(steps.cells))
