"""Every example of the authoring guide is read by the real readers and proved by the real linter."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import pytest

from tutor.course.blocks import BLOCK_KINDS, read_block
from tutor.course.lint.proofs import Ground, prove
from tutor.course.lint.run import Linter
from tutor.course.loader import load_course
from tutor.course.model import LessonHead
from tutor.draw.formula import set_formula
from tutor.draw.glyphs import UNICODE
from tutor.mathematics.derivation import derive
from tutor.mathematics.problem import load_problem
from tutor.study.derivations import Derivations
from tutor.tui.pages.lint import look_at_pages

LESSONS = Path(__file__).parents[2] / "lessons"
GUIDE = (LESSONS / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^````text\n```(\w+)\n(.*?)\n```\n````$", GUIDE, re.MULTILINE | re.DOTALL)


def test_the_guide_shows_every_kind_of_block() -> None:
    assert {kind for kind, _ in BLOCKS} == {*BLOCK_KINDS, "math"}


@pytest.mark.parametrize(("kind", "body"), [pytest.param(*block, id=block[0]) for block in BLOCKS])
def test_each_example_works(kind: str, body: str, tmp_path: Path) -> None:
    if kind == "math":
        assert all(set_formula(line, UNICODE) for line in body.split("\n"))
        return
    head = LessonHead("a", "A", 1, 1, (), (), tmp_path / "1-1-a.md", LESSONS / "problems" / "five-weights.toml")
    block = read_block(kind, body, head, 1)
    faults: list[str] = []
    prove(block, Ground(head, Derivations(derive)), faults.append)
    assert not faults


def test_the_problem_file_of_the_guide_loads(tmp_path: Path) -> None:
    (problem,) = re.findall(r"^```toml\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
    (tmp_path / "problem.toml").write_text(problem, encoding="utf-8")
    assert load_problem(tmp_path / "problem.toml").steps


def test_the_lesson_built_from_nothing_is_without_fault(tmp_path: Path) -> None:
    outline, lesson = re.findall(r"^````markdown\n(.*?)^````$", GUIDE, re.MULTILINE | re.DOTALL)
    (problem,) = re.findall(r"^````toml\n(.*?)^````$", GUIDE, re.MULTILINE | re.DOTALL)
    files = {"course.md": outline, "double.toml": problem, "1-1-twice-as-much.md": lesson}
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert load_course(tmp_path).lessons
    derivation_of = Derivations(derive)
    linted = Linter(derivation_of, partial(look_at_pages, derivation_of=derivation_of)).lint([tmp_path])
    assert not linted.sorted_faults
    assert linted.summary == "1 lesson, 3 blocks, 1 problem file: no fault."
