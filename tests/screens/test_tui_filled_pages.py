"""Pages are made when they are wanted: nobody waits for a derivation that the page does not need."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tutor.course.error import LessonError
from tutor.course.loader import load_course, load_lesson
from tutor.settings.model import Settings
from tutor.study.book import book_of
from tutor.study.filled_pages import FilledPages, Inline, Pictured
from tutor.study.work import work_on
from tutor.terminal import Terminal
from tutor.tui.program import show_tutor

if TYPE_CHECKING:
    from stage import Stage

    from tutor.mathematics.derivation import Derivation
    from tutor.mathematics.problem import Problem

ROOT = Path(__file__).parents[2]


class RefusedError(Exception):
    """Somebody asked for a derivation."""


def refuse(problem: Problem) -> Derivation:
    raise RefusedError(problem.title)


def test_pages_with_forward_values_need_no_derivation(stage: Stage) -> None:
    head = next(head for head in load_course(ROOT / "lessons").lessons if head.id == "two-suspects")
    lesson = load_lesson(head)
    pages = FilledPages(replace(stage.services, derivation_of=refuse), book_of(lesson))
    titles = [page.title for page in lesson.pages]
    for title in ("Two suspects", "The scene", "First, see it happen", "One question for every suspect"):
        assert pages(titles.index(title))
    with pytest.raises(RefusedError):
        pages(titles.index("One number goes on file"))


def test_questions_and_graphs_need_none_either(stage: Stage) -> None:
    course = load_course(ROOT / "tests" / "samples")
    lesson = load_lesson(next(head for head in course.lessons if head.id == "a-choice"))
    pages = FilledPages(replace(stage.services, derivation_of=refuse), book_of(lesson))
    assert any(isinstance(part, Inline) for part in pages(0))
    lesson = load_lesson(next(head for head in course.lessons if head.id == "figures"))
    pages = FilledPages(stage.services, book_of(lesson))
    assert [isinstance(part, Pictured) for part in pages(1)] == [True, True]
    assert pages(1) is pages(1)


def test_a_fault_of_a_page_is_told_by_that_page_alone(stage: Stage, tmp_path: Path) -> None:
    (tmp_path / "course.md").write_text("---\ntitle: A\nsection-1: One\n---\n", encoding="utf-8")
    head = "---\nid: a\ntitle: A\nsection: 1\nneeds: []\nskills: []\nproblem: p.toml\n---\n"
    text = f"{head}\n{{{{y}}}}\n\n## Two\n\n{{{{nobody}}}}\n"
    (tmp_path / "1-1-a.md").write_text(text, encoding="utf-8")
    (tmp_path / "p.toml").write_text('[given]\nx = 3\n[parameters]\nw = 2\n[steps]\ny = "w*x"\n', encoding="utf-8")
    pages = FilledPages(stage.services, book_of(load_lesson(load_course(tmp_path).lessons[0])))
    assert pages(0) == ("6",)
    with pytest.raises(LessonError, match=r"1-1-a\.md:14: "):
        pages(1)


def test_nothing_done_is_nothing_done() -> None:
    for head in load_course(ROOT / "tests" / "samples").lessons:
        for block in load_lesson(head).blocks():
            assert not work_on(block, []).done


def test_a_folder_without_a_course_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert show_tutor(Terminal(), None, tmp_path, Settings()) == 1
    assert f"{tmp_path / 'course.md'}:1: this file cannot be read" in capsys.readouterr().err
