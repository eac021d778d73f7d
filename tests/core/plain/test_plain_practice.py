"""Practice and the self-test as conversations."""

from __future__ import annotations

import asyncio
import io
import re
from contextlib import suppress
from random import Random
from typing import TYPE_CHECKING

import pytest
from conversation import flat
from pupil import Pupil, Scripted

from tutor.draw.text import Span
from tutor.learner.activities import BEGUN, END
from tutor.learner.store import open_store
from tutor.plain.practice import Walk
from tutor.plain.talk import EndOfTalk, Talk
from tutor.practice.item import Item
from tutor.practice.skills.all_skills import SKILLS
from tutor.practice.stage import stages_of
from tutor.practice.task_name import TaskName
from tutor.study.practice.errands import Closing, Errand, Step
from tutor.study.practice.learner import Learner as PracticeLearner

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conversation import Learner

    from tutor.learner.events import Event


def _tasks(learner: Learner) -> dict[TaskName, list[Event]]:
    """Return the events of the tasks of practice."""
    found: dict[TaskName, list[Event]] = {}
    store = open_store(learner.home, learner.clock)
    for event in store.all_events():
        task = TaskName.of_activity(event.activity)
        if task is not None:
            found.setdefault(task, []).append(event)
    store.close()
    return found


def test_there_is_nothing_to_practise_at_first(learner: Learner) -> None:
    said = flat(learner.types("today", "quit"))
    assert "Today: done. There is nothing to practise today." in said
    assert [kept[1] for kept in learner.kept("today")] == [BEGUN, END]


def test_skills_are_told_and_one_is_practised(learner: Learner) -> None:
    lines = ("practice", "section 2", "section 9", "mistakes", "drill 1", "practise 999", "foo", "16")
    said = flat(learner.types(*lines))
    assert "Practice: 0 of" in said
    assert "Section 1, What learning is:" in said
    assert "16: Slope measured with a nudge, new, after lesson 2.1." in said
    assert "Type section with a number from 1 to 6." in said
    assert "No usual mistake has shown in your answers so far." in said
    assert "Type drill with nothing yet: there is none." in said
    assert "Worksheet: Practice, Slope measured with a nudge." in said
    ((task, events),) = _tasks(learner).items()
    assert SKILLS[task.skill].title == "Slope measured with a nudge"
    assert [(event.cell, event.text) for event in events if event.kind == "page"] == [(BEGUN, "chosen")]


def test_a_task_is_done_and_the_next_one_comes(learner: Learner) -> None:
    out = io.StringIO()
    learner.talks(out, _Practising(out, ["practice", "practise 16"], tasks=3))
    done = [events for events in _tasks(learner).values() if any(event.cell == END for event in events)]
    assert len(done) == 3
    assert all(events[-1].text == "shown" for events in done)


def test_practice_goes_on_where_it_was_left(learner: Learner) -> None:
    learner.types("practice", "practise 16", ":hint")
    (before,) = _tasks(learner)
    said = flat(learner.types("continue"))
    assert "continue goes on with the practice that you left." in said
    assert "Worksheet: Practice, Slope measured with a nudge." in said
    assert list(_tasks(learner)) == [before]


def test_today_brings_what_the_lessons_opened_up(learner: Learner) -> None:
    out = io.StringIO()
    learner.talks(out, Pupil(out, first="2.1"))
    out = io.StringIO()
    learner.talks(out, _Practising(out, ["today"], tasks=2))
    said = flat(out.getvalue())
    assert "Today 1" in said
    assert len([events for events in _tasks(learner).values() if any(event.cell == END for event in events)]) >= 1


def test_a_placement_test_is_taken_to_its_end(learner: Learner) -> None:
    out = io.StringIO()
    learner.talks(out, _Practising(out, ["practice", "placement 2"], tasks=50))
    said = flat(out.getvalue())
    assert "Placement test, section 2, 1 of" in said
    assert "Placement test, section 2: done. Right at the first try: 0 of" in said
    assert "of this section can be taken as known." in said
    assert [kept[1] for kept in learner.kept("placement:2")] == [BEGUN, END]


def test_a_drill_against_a_mistake(learner: Learner) -> None:
    learner.types("4.4", "page 6", "1", "13")  # half of 26: the factor 2 is missing
    said = flat(learner.types("practice", "mistakes", "drill 1"))
    assert "1: factor 2 missing (mse bias), 1 time. Type drill with a number" in said
    assert "Drill 1 of" in said or "No skill has a drill for this yet." in said


class _Practising(Pupil):
    """Practises: shows every answer, and leaves after some tasks."""

    def __init__(self, out: io.StringIO, first: list[str], tasks: int) -> None:
        super().__init__(out)
        self._lines: Iterator[str] = iter(first)
        self._left = tasks

    def answer(self, new: str, flat: str) -> str | None:
        line = next(self._lines, None)
        if line is not None:
            return line
        if re.search(r"Type next to go on practising, back, or help\. $", flat):
            return "back"
        if re.search(r"Type section 1, practise 1, .* or help\. $", flat):
            return None
        if flat.endswith("Type continue, today, lessons, practice, lab, quit, or help. "):
            return None
        typed = super().answer(new, flat)
        if typed == ":next" or (typed == ":show" and "Type the formula" in flat[-80:]):
            self._left -= 1
            if self._left < 0:
                return None
        return typed


class _Once(Errand):
    """A single task, before which it is asked which rule it needs."""

    name = "Once"

    def __init__(self, learner: PracticeLearner, task: TaskName) -> None:
        self._learner, self._task = learner, task

    def next(self) -> Step | None:
        done = any(each.task == self._task for each in self._learner.record().tasks)
        return None if done else Step(Item("chosen", self._task), "Once · it", "Why.", "Rule · once")

    def closing(self) -> Closing:
        return Closing("Once", lambda _: [(Span("It is over."),)], goes_on=False)


def test_a_question_which_rule_comes_first_where_the_screens_ask_it(learner: Learner) -> None:
    task = _some_task()

    def walk(*lines: str) -> str:
        out = io.StringIO()
        with learner.services() as services, suppress(EndOfTalk):
            practice = PracticeLearner(services)
            asyncio.run(Walk(Talk(out, Scripted(iter(lines))), practice, _Once(practice, task)).run())
        return flat(out.getvalue())

    said = walk("1", "2", "3", "4")
    assert "Rule, once." in said
    assert "Right." in said
    assert "Worksheet: Once, it." in said
    assert "Rule, once." not in walk()
    assert "It is over." in walk(*[":show"] * 20, ":next")
    assert {event.cell for event in _tasks(learner)[task]} >= {BEGUN, END}


def test_a_task_is_laid_aside_for_another_one(learner: Learner) -> None:
    said = flat(learner.types("practice", "practise 16", ":aside", ":show", ":aside", ":help"))
    assert said.count("Worksheet: Practice, Slope measured with a nudge.") == 3
    assert ":aside: lay this task aside" in said
    first, second, third = _tasks(learner).values()
    assert [(event.kind, event.cell, event.text) for event in first] == [
        ("page", BEGUN, "chosen"),
        ("cleared", END, ""),
    ]
    assert (second[-1].kind, second[-1].cell, second[-1].text) == ("page", END, "shown")
    assert [event.cell for event in third] == [BEGUN]


def test_laid_aside_at_the_question_which_rule(learner: Learner) -> None:
    out = io.StringIO()
    task = _some_task()
    with learner.services() as services, suppress(EndOfTalk):
        practice = PracticeLearner(services)
        asyncio.run(Walk(Talk(out, Scripted(iter(["aside"]))), practice, _Once(practice, task)).run())
    assert [event.kind for event in _tasks(learner)[task]][:2] == ["page", "cleared"]


def _some_task() -> TaskName:
    """Return a task whose work asks for a rule among others."""
    skill = next(skill for skill in SKILLS.values() if "blank" in stages_of(skill))
    return TaskName(skill.id, "blank", 1, 7)


# -- the self-test


def test_the_self_test_is_taken_and_told(learner: Learner) -> None:
    out = io.StringIO()
    learner.talks(out, _Testing(out))
    said = flat(out.getvalue())
    assert "Self-test, page 1 of" in said or "page 1 of" in said
    assert re.search(r"Self-test: \d of \d objectives reached\.", said)
    assert "An objective is reached when four of five parts are right at the first try." in said
    assert "Read again:" in said
    again = flat(learner.types("test", "foo", "anew"))
    assert "Type anew for another attempt, back, or help." in again
    assert learner.kept("self-test")[-1][1] == "begun"


def test_the_self_test_goes_on_where_it_was_left(learner: Learner) -> None:
    learner.types("test", "skip", "skip")
    said = flat(learner.types("continue"))
    assert "continue goes on with the self-test, page 3 of" in said
    assert "page 3 of" in said.split("Type continue")[1]


class _Testing(Pupil):
    def answer(self, new: str, flat: str) -> str | None:
        if flat.endswith("Type continue, today, lessons, practice, lab, quit, or help. "):
            return "test" if "objectives reached" not in flat and not self.heard else None
        if re.search(r"Type anew for another attempt, back, or help\. $", flat):
            return "back"
        return super().answer(new, flat)


# -- hostile input

WORDS = (
    "", ":", "::", "?", "next", "back", "1", "2", "3", "step", "run 3", "show", ":show", ":hint", ":next", "turn",
    "knew", "up", "down", "do 1", "again 1", "menu", "continue", "today", "practice", "lab", "parabola", "leave",
    "page 3", "page 4", "page 5", "set eta 1e999", "set eta -1", "x^x^x^x", "1/0", "9" * 300, "(" * 500,
    "\x1b[2J\x07", "\u202e1", "\x00", "\ud800", "open 1", "search a", "glossary s", ":list", ":go 1", ":check",
    ":why", "w +", ":all", ":reset", "all", "code 000000", "points 1 1;1 1", "function 1/x", "x = 0", "csv /",
    "problem /dev/null", "practise 3", "progress", "lesson 1.1", "1.1", "conventions", "size 2", "size -1", "²", "٣",
    "1 2 3", "none", ":anew", "numbers", "hand", "ahead",
)  # fmt: skip


@pytest.mark.parametrize("seed", range(12))
def test_nothing_that_is_typed_breaks_the_conversation(small: Learner, seed: int) -> None:
    random = Random(seed)
    lines = [random.choice(WORDS) for _ in range(250)]
    out = io.StringIO()
    small.talks(out, Scripted(iter(lines)))
    said = out.getvalue()
    assert said.endswith("Everything you did is kept.\n")
    assert "\x1b" not in said
    assert "\u202e" not in said
    assert max(map(len, said.split("\n"))) <= 78
