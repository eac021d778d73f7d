"""Work in a process of its own: it answers, it is missed where it does not, and it finds what the parent finds."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from tutor.child_process import ChildError, ask_child
from tutor.mathematics.child import differentiate_in_child
from tutor.mathematics.notation.expression import Name, product

if TYPE_CHECKING:
    from pathlib import Path

SQUARE = {("E", "w"): product([Name("w"), Name("w")])}


def test_the_child_answers() -> None:
    assert set(differentiate_in_child(SQUARE)) == {("E", "w")}


@pytest.mark.parametrize(
    ("module", "parts"),
    [("tutor.no_such_module", []), ("tutor.mathematics.child", []), ("tutor.mathematics.child", ["no formulas"])],
)
def test_a_child_that_does_not_answer_is_told(module: str, parts: list[object]) -> None:
    with pytest.raises(ChildError, match=f"{module} did not answer"):
        ask_child(module, parts)


def test_a_machine_that_allows_no_process_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "none"))
    with pytest.raises(ChildError):
        differentiate_in_child(SQUARE)


def test_the_modules_of_the_folder_that_the_learner_is_in_do_not_matter(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "tutor").mkdir()
    for name in ("random.py", "fractions.py", "tutor/__init__.py"):
        (tmp_path / name).write_text("raise SystemExit('this is the learner\\'s own module')")
    monkeypatch.chdir(tmp_path)
    assert differentiate_in_child(SQUARE)
