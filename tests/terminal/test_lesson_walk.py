"""Every lesson, walked from its first page to its last in a real pseudo-terminal, answered rightly and wrongly."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lesson_tasks import answer
from lesson_text import LessonText
from lesson_walk import COLUMNS, ROWS, Walk
from pty_driver import PtyProgram

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _pytest.mark.structures import ParameterSet

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "tests" / "samples"
WAYS, SIGNS = ("rightly", "wrongly first"), ("unicode", "ascii")


def walks() -> Iterator[ParameterSet]:
    """Yield each lesson in both ways, every second one with the signs the other way round."""
    paths = [*sorted(SAMPLES.glob("[1-9]-*.md")), *sorted((ROOT / "lessons").glob("*/[1-9]-*.md"))]
    for place, path in enumerate(paths):
        yield walk_of(path, WAYS[0], SIGNS[place % 2])
        yield walk_of(path, WAYS[1], SIGNS[1 - place % 2])


def walk_of(path: Path, way: str, signs: str) -> ParameterSet:
    return pytest.param(path, way, signs, id=f"{path.stem}, {way}, {signs}")


def walk_through(walk: Walk) -> str:
    """Go through the lesson as a learner would, and return what is said at its end."""
    walk.open_lesson()
    for number, page in enumerate(walk.lesson.pages):
        walk.until_page(number)
        walk.check_words(page)
        for place, block in enumerate(page.tasks, start=1):
            answer(walk, block, shown=(number + place) % 2 == 0)
            here = place < len(page.tasks)
            if block.on_the_page or (block.kind == "lab" and not block.text("goal")):
                walk.until_page(number)
                if here:
                    walk.press("tab")
            else:
                walk.go_on(done=not here)
        if walk.page == number < len(walk.lesson.pages) - 1:
            walk.type("n")
    return walk.close()


@pytest.mark.parametrize(("path", "way", "signs"), list(walks()))
def test_a_lesson_is_walked_to_its_end(path: Path, way: str, signs: str, tmp_path: Path) -> None:
    folder = next(parent for parent in path.parents if (parent / "course.md").is_file())
    options = ["--ascii"] if signs == "ascii" else []
    command = (sys.executable, "-m", "tutor.cli", "--lessons", str(folder), *options)
    home = {"GDTUTOR_HOME": str(tmp_path / "home"), "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)}
    with PtyProgram(command, columns=COLUMNS, rows=ROWS, environment=home) as program:
        walk = Walk(program, LessonText(path), wrongly=way != "rightly")
        said = walk_through(walk)
        assert "this lesson is done" in said
        walk.until_row(r"\b1 of \d+ lessons done$")
        assert signs == "unicode" or program.raw.isascii()
