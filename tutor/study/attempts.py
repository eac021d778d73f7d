"""What the store knows of a learner's attempts at the self-test."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tutor.learner.events import Event, Place

TEST = "self-test"
"""The activity that tells of attempts; each attempt has activities of its own that begin with this and its number."""
BEGUN = "begun"
"""The cell of the event that begins an attempt; its text is what the numbers are drawn from."""
REACHED, MISSED = "reached", "missed"
_OBJECTIVE = "objective "


@dataclass(frozen=True, slots=True)
class AttemptRecord:
    """The latest attempt; number 0 where there is none."""

    number: int = 0
    seed: str = ""
    results: Mapping[int, str] = field(default_factory=dict)
    """REACHED or MISSED, for each objective whose tasks are all done."""

    @property
    def reached(self) -> int:
        """How many objectives were reached."""
        return sum(result == REACHED for result in self.results.values())

    @property
    def reading(self) -> str:
        """The activity of reading this attempt."""
        return f"{TEST}:{self.number}"

    def is_here(self, place: Place | None) -> bool:
        """Whether a place is in this attempt."""
        return place is not None and place.activity.partition("/")[0] == self.reading and bool(self.number)


def read_attempts(events: Iterable[Event]) -> AttemptRecord:
    """Return what events tell of the latest attempt."""
    record = AttemptRecord()
    for event in events:
        if event.activity != TEST:
            continue
        if event.cell == BEGUN:
            record = AttemptRecord(record.number + 1, event.text)
        elif event.cell.startswith(_OBJECTIVE) and event.text in {REACHED, MISSED}:
            number = event.cell.removeprefix(_OBJECTIVE)
            if number.isdecimal():
                record = AttemptRecord(record.number, record.seed, {**record.results, int(number): event.text})
    return record


def objective_cell(number: int) -> str:
    """Return the cell of the event that says how an objective came out."""
    return f"{_OBJECTIVE}{number}"
