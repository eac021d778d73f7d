"""What the screens of practice look like: in Unicode and in ASCII, with and without colour, small and smallest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from practice_acts import give_up, past_question, pick
from practising import Practising, practising
from stage import Shown, Stage, run

from tutor.terminal import Terminal

if TYPE_CHECKING:
    from pathlib import Path


Snapshot = Callable[[str, str], None]


@pytest.fixture
def learner(stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Practising:
    return practising(stage, tmp_path / "course", monkeypatch)


SIZES = {"80x24": (80, 24), "40x12": (40, 12)}
TERMINALS = {"unicode": Terminal(), "ascii": Terminal(unicode=False), "no-colour": Terminal(colour=False)}


async def see_home(shown: Shown, learner: Practising) -> None:
    del learner
    await shown.wait_for("1 of 3 mastered")


async def see_skills(shown: Shown, learner: Practising) -> None:
    await see_home(shown, learner)
    await pick(shown, "Practice")
    await shown.wait_for("Frequent")


async def see_prompt(shown: Shown, learner: Practising) -> None:
    await see_skills(shown, learner)
    await pick(shown, "Chain")
    await shown.wait_for("Which rule")


async def see_task(shown: Shown, learner: Practising) -> None:
    await see_prompt(shown, learner)
    await shown.press("1", "2", "3", "4", "enter")
    await shown.wait_for("0 of 2 cells")


async def see_card(shown: Shown, learner: Practising) -> None:
    await see_home(shown, learner)
    await pick(shown, "Today")
    await shown.wait_for("rule of squares say")
    await shown.press("enter")
    await shown.wait_for("slopes are")


async def see_summary(shown: Shown, learner: Practising) -> None:
    await see_card(shown, learner)
    await shown.press("1", "enter")
    for _ in range(2):
        await past_question(shown)
        await give_up(shown, learner)
        await shown.press("enter")
    await shown.wait_for("Done:")


async def see_question(shown: Shown, learner: Practising) -> None:
    await see_home(shown, learner)
    await pick(shown, "1 Slopes")
    await shown.wait_for("1.1 Squares")
    await shown.press("down", "r")
    await shown.wait_for("Begin anew")


LEARNERS = {
    "home": see_home,
    "skills": see_skills,
    "prompt": see_prompt,
    "task": see_task,
    "card": see_card,
    "summary": see_summary,
    "question": see_question,
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("terminal", TERMINALS)
@pytest.mark.parametrize("name", LEARNERS)
def test_screens(name: str, terminal: str, size: str, learner: Practising, snapshot: Snapshot) -> None:
    learner.read_lessons("squares")
    learner.know_card("squares")
    learner.master("square")
    learner.climb("chain", "shown")
    learner.clock.time += timedelta(days=2)
    learner.clock.seconds = 0  # the numbers are drawn from the time
    stage = learner.stage.on(TERMINALS[terminal])

    async def look() -> None:
        async with stage.show(size=SIZES[size]) as shown:
            await LEARNERS[name](shown, replace(learner, stage=stage))
            assert TERMINALS[terminal].unicode or shown.text.isascii()
            assert max(map(len, shown.lines)) <= SIZES[size][0]
            spelling = "ascii" if terminal == "ascii" else "unicode"
            snapshot(f"practice-{name}-{spelling}-{size}", shown.text)
            if terminal == "no-colour":
                assert not [style for style in shown.styles if style.color and not style.color.is_default]

    run(look())
