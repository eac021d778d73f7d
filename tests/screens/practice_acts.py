"""What a learner does on the screens of practice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.course.blocks.steps import Steps
from tutor.learner.activities import BEGUN
from tutor.mathematics.presentation import shown_value
from tutor.practice.making import make_task
from tutor.practice.prompts import rule_prompt
from tutor.practice.record import read_record
from tutor.practice.task_name import TaskName

if TYPE_CHECKING:
    from practising import Practising
    from stage import Shown

    from tutor.course.blocks.choice import Choice
    from tutor.learner.events import Event
    from tutor.practice.making import Task


def events_of(learner: Practising) -> tuple[Event, ...]:
    return learner.stage.services.store.all_events()


def task_now(learner: Practising) -> Task:
    """Return the task that was begun last."""
    names = [TaskName.of_activity(event.activity) for event in events_of(learner) if event.cell == BEGUN]
    name = [name for name in names if name is not None][-1]
    return make_task(name, learner.stage.services.derivation_of)


def outcomes(learner: Practising) -> list[tuple[str, str]]:
    record = read_record(events_of(learner), learner.clock.time)
    return [(task.task.skill, task.outcome) for task in record.tasks]


async def pick(shown: Shown, row: str) -> None:
    """Put the cursor on a row, from the first row on, and open it."""
    await shown.press("pageup", "pageup", "pageup")
    for _ in range(40):
        if any(line.startswith(" > ") and row in line for line in shown.lines):
            await shown.press("enter")
            return
        await shown.press("down")
    raise AssertionError(f"there is no row {row}:\n{shown.text}")


async def home(shown: Shown) -> None:
    await shown.wait_for("lessons done")


async def solve(shown: Shown, learner: Practising) -> None:
    """Fill in every cell rightly."""
    task = task_now(learner)
    assert isinstance(task.block, Steps)
    for cell in task.block.cells:
        value = shown_value(task.derivation.value(task.derivation.cell(cell).id)).replace("−", "-")
        await shown.type(value)
        await shown.press("enter")
    await shown.wait_for("Enter goes on")


async def give_up(shown: Shown, learner: Practising) -> None:
    """Have every cell shown."""
    block = task_now(learner).block
    assert isinstance(block, Steps)
    for _ in block.cells:
        await shown.press("f3")
    await shown.wait_for("Enter goes on")


async def wait_while(shown: Shown, text: str) -> None:
    """Wait until the screen shows a text no more."""
    for _ in range(1000):
        if text not in shown.text:
            return
        await shown.pilot.pause(0.02)
    raise AssertionError(f"{text!r} stays:\n{shown.text}")


async def past_question(shown: Shown) -> None:
    """Answer which rule is needed, where that is asked, and go on to the work."""
    await wait_while(shown, "Working out")
    if "Which rule" in shown.text:
        await shown.press("1", "2", "3", "4", "enter")
    await shown.wait_for("0 of ")


async def next_sheet(shown: Shown) -> None:
    """Go on to the next task of the same skill."""
    await shown.press("enter")
    await past_question(shown)


async def answer_rule(shown: Shown, learner: Practising, *, rightly: bool) -> None:
    """Answer which rule is needed, with one key."""
    await shown.wait_for("Which rule")
    names = [line for line in shown.lines if "( )" in line]
    prompt: Choice = rule_prompt(task_now(learner))
    right = next(option.key for option in prompt.options if option.right)
    (number,) = [place for place, line in enumerate(names, start=1) if right[:12] in line]
    await shown.press(str(number if rightly else number % len(names) + 1))
