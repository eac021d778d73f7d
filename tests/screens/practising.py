"""Three small skills, a course that teaches them, and a learner's record of practice, for the screens of practice."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from stage import NOW, Stage

from tutor.course.loader import load_course
from tutor.learner.activities import BEGUN, END
from tutor.learner.events import EventMaker
from tutor.mathematics.derivation import derive
from tutor.practice import making
from tutor.practice.draft import Draft
from tutor.practice.skill import Skill
from tutor.practice.task_name import TaskName
from tutor.study.derivations import Derivations
from tutor.study.practice import learner

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path
    from random import Random

    import pytest

    from tutor.practice.record import Outcome
    from tutor.practice.stage import Stage as PracticeStage

_DERIVATIONS = Derivations(derive)
"""Shared by all tests: the skills have two formulas."""
COURSE = "---\ntitle: C\nsection-1: Slopes\nsection-2: Chains\n---\n"
LESSON = """---
id: {name}
title: {title}
section: {section}
needs: []
skills: []
---

A lesson.

```card
title = "A rule"
question = "What does the rule of **{name}** say?"
answer = "That slopes are multiplied."
```
"""


def _line(shape: Random, numbers: Random, grade: int) -> Draft:
    del shape
    w, x = numbers.randint(4, 9), numbers.choice((3, 5, 7))
    return Draft({"w": w}, {"y": "w*x", "E": "y^2"}, ("y", "E", "dE/dw"), {"x": x + grade}, formula="dE/dw")


def _square(shape: Random, numbers: Random, grade: int) -> Draft:
    del shape, grade
    return Draft({"w": numbers.randint(4, 99)}, {"E": "w^2"}, ("E", "dE/dw"), story="A square has the side w.")


_SQUARE_TRAPS = ("power.exponent-not-brought-down",)
_CHAIN_TRAPS = ("links.last-link-missing", "links.links-added")
SKILLS = {
    skill.id: skill
    for skill in (
        Skill("square", "Slope of a square", 1, "squares", "power", _square, _SQUARE_TRAPS),
        Skill("chain", "Chain rule, two links", 2, "chains", "chain", _line, _CHAIN_TRAPS, ("square",)),
        Skill("loose", "A skill without a lesson", 2, "elsewhere", "chain", _line, _CHAIN_TRAPS, ("chain",)),
    )
}


@dataclass
class Clock:
    """A clock that goes on by some seconds each time that it is looked at."""

    time: datetime
    seconds: float = 5.0

    def __call__(self) -> datetime:
        self.time += timedelta(seconds=self.seconds)
        return self.time


@dataclass(frozen=True)
class Practising:
    """A stage with a course and skills of its own, and what a learner did before."""

    stage: Stage
    clock: Clock

    def note(self, activity: str, cell: str, text: str = "") -> None:
        self.stage.services.store.record(EventMaker(activity, self.clock).note("page", cell, text))

    def read_lessons(self, *names: str) -> None:
        for name in names:
            self.note(f"lesson:{name}", END)

    def know_card(self, lesson: str) -> None:
        maker = EventMaker(f"lesson:{lesson}/a-rule", self.clock)
        self.stage.services.store.record(maker.answer("answer", "knew", "correct", None, counts=True))

    def work(
        self,
        task: TaskName,
        outcome: Outcome = "first try",
        reason: str = "new",
        slips: Collection[str] = (),
    ) -> None:
        """Work a task from its beginning to its end."""
        store, maker = self.stage.services.store, EventMaker(task.activity, self.clock)
        store.record(maker.note("page", BEGUN, reason))
        for slip in slips:
            store.record(maker.answer("E", "1", "incorrect", slip, counts=True))
        store.record(maker.answer("E", "1", "correct", None, counts=True))
        store.record(maker.note("page", END, outcome))

    def climb(self, skill: str, *stages: PracticeStage, reason: str = "new") -> None:
        """Work tasks of these stages, all right at the first try."""
        for number, stage in enumerate(stages):
            self.work(TaskName(skill, stage, 1, 1000 + number), reason=reason)

    def master(self, skill: str) -> None:
        """Bring a skill all the way up."""
        stages: list[PracticeStage] = ["shown", "missing", "missing", "blank", "blank", "faulty", "faulty", "faulty"]
        stages += ["formula", "formula"]
        self.climb(skill, *(stage for stage in stages if skill != "square" or stage not in {"missing", "formula"}))
        self.work(TaskName(skill, "blank", 3, 999), reason="placement")


def practising(stage: Stage, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Practising:
    """Return a stage on which the skills above are practised."""
    folder.mkdir()
    (folder / "course.md").write_text(COURSE, encoding="utf-8")
    for section, (name, title) in enumerate((("squares", "Squares"), ("chains", "Chains")), start=1):
        text = LESSON.format(name=name, title=title, section=section)
        (folder / f"{section}-1-{name}.md").write_text(text, encoding="utf-8")
    for module in (learner, making):
        monkeypatch.setattr(module, "SKILLS", MappingProxyType(SKILLS))
    clock = Clock(NOW)
    services = replace(stage.services, course=load_course(folder), now=clock, derivation_of=_DERIVATIONS)
    return Practising(Stage(services), clock)
