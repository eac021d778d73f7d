"""The progress screen: what is due, minutes, mistakes by week, and the map of the skills."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from practising import Practising, practising
from stage import Shown, Stage, run

from tutor.draw.glyphs import ASCII, UNICODE
from tutor.draw.text import line_width, plain
from tutor.learner.events import EventMaker
from tutor.practice.task_name import TaskName
from tutor.study.attempts import BEGUN, REACHED, TEST, objective_cell
from tutor.study.practice.progress_lines import progress_lines
from tutor.study.practice.progress_report import look_at_progress
from tutor.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SIZES = {"80x24": (80, 24), "40x12": (40, 12)}


@pytest.fixture
def learner(stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Practising:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    return practising(stage, tmp_path / "course", monkeypatch)


def two_weeks(learner: Practising) -> None:
    """Work on three days, with mistakes in two weeks, and begin the self-test."""
    learner.read_lessons("squares")
    learner.clock.seconds = 40
    learner.master("square")
    learner.clock.time += timedelta(days=6)
    learner.climb("chain", "shown")
    slips = ["links.last-link-missing", "links.links-added"]
    learner.work(TaskName("chain", "missing", 1, 77), "later", slips=slips)
    learner.clock.time += timedelta(days=5)
    learner.work(TaskName("chain", "missing", 1, 78), "later", slips=slips[:1])
    for cell, text in ((BEGUN, "seed"), (objective_cell(1), REACHED)):
        learner.stage.services.store.record(EventMaker(TEST, learner.clock).note("page", cell, text))
    learner.clock.seconds = 0


def lines(learner: Practising, width: int = 80) -> list[str]:
    services = learner.stage.services
    seen = look_at_progress(services.store, services.course, services.now(), services.minutes)
    return [plain(line).rstrip() for line in progress_lines(seen, width, UNICODE)]


async def open_progress(shown: Shown) -> None:
    await shown.wait_for("Start")
    await shown.press("p")
    await shown.wait_for("Due   ")


def test_it_tells_what_is_due_and_how_each_skill_stands(learner: Practising) -> None:
    two_weeks(learner)
    text = lines(learner)
    assert " Skills       1 of 3 mastered" in text
    assert " Lessons      1 of 2 done, 0 begun" in text
    assert " Self-test    1 reached, 0 not yet" in text
    assert " 1 Slopes: 1 of 1 skill mastered" in text
    (square,) = [line for line in text if "Slope of a square" in line]
    assert square.split()[4:] == ["mastered", "due"]
    (chain,) = [line for line in text if "Chain rule" in line]
    assert "cells missing" in chain
    assert "   1 new" in text  # the skill without a lesson cannot be suggested


def test_mistakes_stand_under_the_week_in_which_they_were_made(learner: Practising) -> None:
    two_weeks(learner)
    text = lines(learner)
    heads = next(line for line in text if line.endswith("all")).split()
    assert heads == ["Feb", "03", "Feb", "10", "Feb", "17", "Feb", "24", "Mar", "03", "Mar", "10", "all"]
    (last,) = [line for line in text if "last link missing" in line]
    assert last.split()[-7:] == [".", ".", ".", ".", "1", "1", "2"]
    (added,) = [line for line in text if "links added" in line]
    assert added.split()[-7:] == [".", ".", ".", ".", "1", ".", "1"]


def test_minutes_stand_under_bars_and_over_their_days(learner: Practising) -> None:
    two_weeks(learner)
    text = lines(learner)
    start = next(place for place, line in enumerate(text) if line.startswith(" Minutes: "))
    *bars, minutes, days = text[start + 1 : start + 7]
    assert days.split() == ["27", "28", *map(str, range(1, 13))]
    worked = dict(zip(days.split(), minutes.split(), strict=True))
    assert {day for day, told in worked.items() if told != "-"} == {"1", "7", "12"}
    column = days.index(" 1 ") + 1
    assert [bar[column - 1 : column + 1] for bar in bars] == ["██"] * 4  # the longest day is full
    assert sum(int(told) for told in worked.values() if told.isdecimal()) == pytest.approx(
        int(text[start].split()[1]), abs=1.5
    )


def test_without_a_record_it_says_so(learner: Practising) -> None:
    text = lines(learner)
    assert " Due          nothing" in text
    assert " Predictions  none yet" in text
    assert " Usual mistakes: none so far" in text
    assert " none" in text
    assert not [line for line in text if "Self-test" in line]


@pytest.mark.parametrize("width", [39, 45, 59, 60, 79, 120])
def test_every_line_fits(width: int, learner: Practising) -> None:
    two_weeks(learner)
    services = learner.stage.services
    seen = look_at_progress(services.store, services.course, services.now(), services.minutes)
    for glyphs in (UNICODE, ASCII):
        drawn = progress_lines(seen, width, glyphs)
        assert max(map(line_width, drawn)) <= width
        assert glyphs is UNICODE or all(plain(line).isascii() for line in drawn)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("unicode", [True, False], ids=["unicode", "ascii"])
def test_progress_screen(
    *, unicode: bool, size: str, learner: Practising, snapshot: Callable[[str, str], None]
) -> None:
    two_weeks(learner)

    async def look() -> None:
        async with learner.stage.on(Terminal(unicode=unicode)).show(size=SIZES[size]) as shown:
            await open_progress(shown)
            assert unicode or shown.text.isascii()
            snapshot(f"progress-{'unicode' if unicode else 'ascii'}-{size}", shown.text)
            await shown.press(*["pagedown"] * 5)
            snapshot(f"progress-end-{'unicode' if unicode else 'ascii'}-{size}", shown.text)
            await shown.press("escape")
            await shown.wait_for("lessons done")

    run(look())
