"""The lessons that come with gdtutor: what each of them has to have, and numbers that are known to be right."""

import re
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from tutor.course.blocks.card import Card
from tutor.course.blocks.choice import Choice
from tutor.course.blocks.explain import Explain
from tutor.course.blocks.figure import Figure
from tutor.course.blocks.formula import Formula
from tutor.course.blocks.game import DeskGame, GuessGame
from tutor.course.blocks.lab import LabTask, LabView
from tutor.course.blocks.match import Match
from tutor.course.blocks.order import Order
from tutor.course.blocks.predict import Predict
from tutor.course.blocks.steps import Steps
from tutor.course.fill_in import fill_in
from tutor.course.loader import load_course, load_lesson
from tutor.course.model import Block, Lesson, LessonHead, Page, Prose
from tutor.course.numbers import LessonNumbers
from tutor.mathematics.derivation import derive
from tutor.mathematics.problem import load_problem

LESSONS = Path(__file__).parents[2] / "lessons"
HEADS = load_course(LESSONS).lessons
QUIZ = {Choice, Predict, Order, Match, Formula}
LIVE = {Predict, Figure, LabTask, LabView, GuessGame, DeskGame}

every_lesson = pytest.mark.parametrize("head", HEADS, ids=lambda head: head.id)


@cache
def lesson_of(head: LessonHead) -> Lesson:
    return load_lesson(head)


@cache
def numbers_of(head: LessonHead) -> LessonNumbers:
    return LessonNumbers(head)


def filled(head: LessonHead, page: Page) -> str:
    parts = (part for part in page.parts if isinstance(part, Prose))
    return "\n\n".join(fill_in(part.markdown, numbers_of(head), head.path, part.line) for part in parts)


def whole_text(head: LessonHead) -> str:
    return "\n\n".join(filled(head, page) for page in lesson_of(head).pages)


def sentences_of(head: LessonHead) -> list[str]:
    """Return the sentences of the pages' prose, without tables, code and lists of formulas."""
    text = re.sub(r"```.*?```", "\n\n", whole_text(head), flags=re.DOTALL)
    rows = [row for row in text.split("\n") if not row.startswith(("|", "#"))]
    paragraphs = re.split(r"\n\s*\n|\n(?=[-*] |\d+\. )", "\n".join(rows))
    ends = r"(?<=[.?!:])[*_”)]*\s+"
    return [sentence for paragraph in paragraphs for sentence in re.split(ends, paragraph) if sentence.strip()]


def test_the_course_has_six_sections() -> None:
    course = load_course(LESSONS)
    assert course.title == "How models learn, worked by hand"
    assert len({section.title for section in course.sections}) == 6
    for section, words in zip(
        course.sections, ("learning", "descent", "Chain", "Backprop", "Batches", "wrong"), strict=True
    ):
        assert words in section.title
        assert 6 <= len(section.lessons) <= 10


@every_lesson
def test_what_a_lesson_needs_comes_before_it(head: LessonHead) -> None:
    assert set(head.needs) <= {earlier.id for earlier in HEADS[: HEADS.index(head)]}
    assert head.skills


@every_lesson
def test_a_lesson_asks_first_is_worked_by_hand_seen_to_run_and_asked_for_again(head: LessonHead) -> None:
    pages = [[type(part) for part in page.parts if isinstance(part, Block)] for page in lesson_of(head).pages]
    kinds = [kind for page in pages for kind in page]
    assert {Choice, Predict} & {*pages[0], *pages[1]}, "no question opens it"
    assert sum(kind in QUIZ for kind in kinds) >= 3, "fewer than three questions"
    assert Steps in kinds, "nothing is worked by hand"
    assert LIVE & {*kinds}, "nothing is seen to run"
    assert kinds.count(Card) >= 2, "fewer than two cards"
    assert {Explain, Card, Match, Order, Choice} & {*pages[-1]}, "nothing is asked for at its end"


@every_lesson
def test_a_lesson_is_short_enough_for_one_sitting(head: LessonHead) -> None:
    assert 6 <= len(lesson_of(head).pages) <= 15


@every_lesson
def test_sentences_are_short_and_calm(head: LessonHead) -> None:
    sentences = [sentence.split() for sentence in sentences_of(head)]
    assert sum(map(len, sentences)) / len(sentences) <= 14
    assert not [" ".join(words) for words in sentences if len(words) > 40]
    assert not any(words and words[-1].endswith("!") for words in sentences)


def test_the_numbers_that_learners_read_about_the_two_suspects() -> None:
    text = whole_text(next(head for head in HEADS if head.id == "two-suspects"))
    for said in (
        "The right answer was 24. It said 37.",
        "`w1 = 1`, `w2 = 2`, `w3 = 1`, `w4 = 1`, `w5 = 0`",
        "so 13 too high, and the error is 169",
        "`∂E/∂y = 2·(37 − 24) = 26`",
        "`∂E/∂w5 = 26·1 = 26`",
        "about 0.026",
        "w1   26·1·20 = 520",
        "20\ntimes as strongly",
        "the inside of the square is 5,",
    ):
        assert said in text


def test_the_numbers_that_learners_read_about_all_five_gradients() -> None:
    text = whole_text(next(head for head in HEADS if head.id == "all-five-gradients"))
    for said in (
        "| `w1` | 26·1·20 | 520 |",
        "| `w2` | 26·1·6 | 156 |",
        "| `w3` | 26·25 | 650 |",
        "| `w4` | 26·12 | 312 |",
        "| `w5` | 26·1 | 26 |",
        "`w3` moves by `0.0001·650 = 0.065`",
        "| answer `y` | 37 | 33.94503328 |",
        "| off the target by | 13 | 9.94503328 |",
        "| error `E` | 169 | ≈ 98.90 |",
    ):
        assert said in text


def values(name: str, *cells: str) -> list[Fraction]:
    derivation = derive(load_problem(LESSONS / "problems" / name))
    found = [derivation.value(cell) for cell in cells]
    assert all(isinstance(value, Fraction) for value in found)
    return [value for value in found if isinstance(value, Fraction)]


def test_the_batch_of_five_weights() -> None:
    gradients = values("five-weights-batch.toml", *(f"dE/dw{i}" for i in range(1, 6)))
    assert gradients == [2064, 316, 1636, 632, 68]
    weights = values("five-weights-batch.toml", *(f"w{i}@1" for i in range(1, 6)))
    assert weights == [Fraction(text) for text in ("0.7936", "1.9684", "0.8364", "0.9368", "-0.0068")]
    after = Fraction(81463897275966288653, 953674316406250000)
    assert values("five-weights-batch.toml", "E", "E@1") == [534, after]


def test_the_nested_function() -> None:
    assert values("nested-function.toml", "u", "v", "f", "df/dx1", "df/dx2") == [1, 1, 1, 12, 6]
    assert values("nested-function.toml", "x1@1", "x2@1") == [Fraction("0.38"), Fraction("-0.06")]
    rounded = [round(float(value), 6) for value in values("nested-function.toml", "f@3", "df/dx1@3", "df/dx2@3")]
    assert rounded == [0.061381, 1.1488, 0.370141]


@pytest.mark.parametrize("k", range(11))
def test_the_table_of_the_bowl(k: int) -> None:
    x1, x2 = 3 * Fraction(4, 5) ** k, 2 * Fraction(3, 5) ** k
    cells = (f"x1@{k}", f"x2@{k}", f"f@{k}", f"df/dx1@{k}", f"df/dx2@{k}", f"x1@{k + 1}", f"x2@{k + 1}")
    expected = [x1, x2, x1**2 + 2 * x2**2, 2 * x1, 4 * x2, x1 * Fraction(4, 5), x2 * Fraction(3, 5)]
    assert values("bowl.toml", *(cell.removesuffix("@0") for cell in cells[2:])) == expected[2:]
    if k:
        assert values("bowl.toml", *cells[:2]) == expected[:2]


@pytest.mark.parametrize("k", range(11))
def test_the_table_of_the_square(k: int) -> None:
    x = 3 * Fraction(4, 5) ** k
    cells = (f"f@{k}", f"df/dx@{k}", f"x@{k + 1}")
    found = values("square.toml", *(cell.removesuffix("@0") for cell in cells))
    assert found == [x**2, 2 * x, x * Fraction(4, 5)]


def test_each_problem_file_has_a_title_and_a_comment_for_readers() -> None:
    for path in (LESSONS / "problems").glob("*.toml"):
        assert load_problem(path).title
        assert path.read_text(encoding="utf-8").startswith("# ")
