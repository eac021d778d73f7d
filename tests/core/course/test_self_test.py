"""The self-test: what a seed draws works out, stays short, and no usual mistake gives the right value by accident."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tutor.course.blocks.choice import Choice
from tutor.course.blocks.match import Match
from tutor.course.blocks.order import Order
from tutor.course.blocks.predict import Predict
from tutor.course.blocks.steps import Steps
from tutor.course.exercises.choosing import Choosing
from tutor.course.exercises.making import Making, make_exercise
from tutor.course.lint.faults import Faults
from tutor.course.lint.references import prove_self_test
from tutor.course.lint.sheets import MOST_DIGITS
from tutor.course.loader import count_objectives, load_course
from tutor.course.model import Block
from tutor.course.numbers import problem_of, varied
from tutor.course.self_test import draw_attempt, load_self_test, read_self_test
from tutor.mathematics.checking.literals import same
from tutor.mathematics.checking.misconceptions.situation import Situation
from tutor.mathematics.checking.misconceptions.suspects import FAMILIES
from tutor.mathematics.derivation import Derivation, derive
from tutor.mathematics.presentation import digits_of
from tutor.mathematics.problem import ProblemError
from tutor.mathematics.values.errors import NotDefinedError, TooLargeError
from tutor.study.derivations import Derivations

if TYPE_CHECKING:
    from tutor.course.error import LessonError

LESSONS = Path(__file__).parents[3] / "lessons"
GUIDE = (LESSONS / "README.md").read_text(encoding="utf-8")
SEEDS = 300
TEST = load_self_test(LESSONS)
assert TEST is not None
BLOCKS = [part for page in TEST.pages for part in page.parts if isinstance(part, Block)]
SHEETS = [block for block in BLOCKS if isinstance(block, Steps)]


def accidents(derivation: Derivation, cells: tuple[str, ...]) -> set[tuple[str, str]]:
    """Return the cells for which a misconception gives the right value, each with its id."""
    found: set[tuple[str, str]] = set()
    for name in cells:
        cell = derivation.cell(name)
        situation = Situation(derivation, cell, derivation.value)
        for suspicion in (each for family in FAMILIES for each in family(situation)):
            try:
                wrong = situation.of(suspicion.wrong)
            except (NotDefinedError, TooLargeError, ProblemError):
                continue
            if suspicion.id is not None and same(wrong, derivation.value(cell.id)):
                found.add((name, suspicion.id))
    return found


@pytest.mark.parametrize("block", SHEETS, ids=lambda block: block.title)
def test_every_drawn_sheet_is_worth_working_by_hand(block: Steps) -> None:
    """What always coincides is no accident of the numbers: the derivative of x² is 2·x also for those who say n·x."""
    problem = problem_of(block.problem)
    derivation = derive(problem)
    found: dict[str, set[tuple[str, str]]] = {}
    for seed in range(SEEDS):
        drawn = varied(problem, block.vary, seed)
        key = repr((drawn.given, drawn.parameters, drawn.examples, drawn.update))
        if key in found:
            continue
        numbers = derivation.with_numbers(drawn)
        found[key] = accidents(numbers, block.cells)
        for name in block.cells:
            value = numbers.value(numbers.cell(name).id)
            assert isinstance(value, Fraction)
            assert value != 0, (key, name)
            assert digits_of(value) <= MOST_DIGITS, (key, name)
    assert len(found) >= 24
    always = set.intersection(*found.values())
    assert not {key: more for key, accident in found.items() if (more := accident - always)}


@pytest.mark.parametrize("block", [block for block in BLOCKS if isinstance(block, Choice)], ids=lambda b: b.title)
def test_every_drawn_choice_has_different_options(block: Choice) -> None:
    derivations = Derivations(derive)
    assert block.vary
    questions = set()
    for seed in range(SEEDS):
        making = Making(TEST.head, derivations, seed)
        exercise = make_exercise(block, making)
        assert isinstance(exercise, Choosing)
        assert len({option.text for option in exercise.options}) == len(exercise.options)
        questions.add(making.filled(block).question.markdown)
    assert len(questions) >= 6


def test_the_prediction_is_right_by_the_factor_of_each_step() -> None:
    """Independent of any run: x goes to (1 − 2·η)·x."""
    (block,) = [block for block in BLOCKS if isinstance(block, Predict)]
    rights = set()
    for seed in range(40):
        making = Making(TEST.head, Derivations(derive), seed)
        problem = making.problem(block)
        assert problem is not None
        assert problem.update is not None
        eta = problem.update.hyperparameters["eta"]
        assert isinstance(eta, Fraction)
        factor = 1 - 2 * eta
        expected = 0 if factor > 0 else 1 if factor > -1 else 2 if factor == -1 else 3
        exercise = make_exercise(block, making)
        assert isinstance(exercise, Choosing)
        assert exercise.rights == {expected}
        shown = making.filled(block).question.markdown
        assert f"`η = {float(eta):g}`" in shown
        assert f"`x = {problem.parameters['x']}`" in shown
        rights.add(expected)
    assert rights == {0, 1, 2, 3}


def test_attempts_have_every_objective_and_differ() -> None:
    course = load_course(LESSONS)
    drawn = set()
    for seed in map(str, range(12)):
        attempt = draw_attempt(TEST, course, seed)
        assert len(attempt.objectives) == len(attempt.lesson.pages)
        assert list(attempt.objectives) == sorted(attempt.objectives)
        assert set(attempt.objectives) == {0, 1, 2, 3, 4, 5}
        blocks = [block.id for block in attempt.lesson.blocks()]
        assert len(blocks) == len(set(blocks))
        titles = [
            page.title for page, number in zip(attempt.lesson.pages, attempt.objectives, strict=True) if number > 1
        ]
        assert len(titles) == len(set(titles))  # one variant of each page
        assert len(attempt.heads) == TEST.objectives[0].draw
        assert all(
            isinstance(block, Choice | Match | Order) for block in attempt.lesson.blocks() if block.id in attempt.heads
        )
        assert draw_attempt(TEST, course, seed) == attempt
        drawn.add(tuple(blocks))
    assert len(drawn) == 12


def write(folder: Path, text: str) -> Path:
    (folder / "course.md").write_text("---\ntitle: C\nsection-1: S\n---\n", encoding="utf-8")
    choice = '```choice\ntitle = "Q"\nquestion = "?"\n' + "".join(
        f'[[option]]\ntext = "{n}"\nfeedback = "f"\n{"right = true" if n == 1 else ""}\n' for n in (1, 2, 3)
    )
    lesson = f"---\nid: a\ntitle: A\nsection: 1\nneeds: []\nskills: []\n---\n{choice}```\n"
    (folder / "1-1-a.md").write_text(lesson, encoding="utf-8")
    path = folder / "self-test.md"
    path.write_text(text, encoding="utf-8")
    return path


FRONT = "---\ntitle: T\nobjective-1: One\nagain-1: [a]\nquestions-1: [a/q]\ndraw-1: 1\n---\n\n"
PAGE = "## 1 A page\n\nText.\n"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (FRONT.replace("again-1: [a]", "again-1: [b]") + PAGE, 3, "there is no lesson b"),
        (FRONT.replace("[a/q]", "[a/p]") + PAGE, 3, "there is no question a/p. Did you mean a/q?"),
        (FRONT.replace("[a/q]", "[b/q]") + PAGE, 3, "there is no lesson b"),
        (FRONT.replace("draw-1: 1", "draw-1: 2") + PAGE, 6, "how many of the 1 questions are drawn"),
        (FRONT.replace("draw-1: 1\n", "") + PAGE, 1, "has no draw-1"),
        (FRONT.replace("objective-1: One\n", "") + PAGE, 1, "a self-test has 1 to 9 objectives"),
        (FRONT.replace("objective-1", "objective-2") + PAGE, 3, "objective-2 is not known"),
        (FRONT + "## A page\n\nText.\n", 9, "belongs to no objective. Begin the heading with its number"),
        (FRONT + "## 2 A page\n\nText.\n", 9, "belongs to no objective"),
        (FRONT.replace("questions-1: [a/q]\ndraw-1: 1\n", "") + "Text.\n", 3, "nothing tests objective 1"),
        (FRONT + PAGE + '\n```card\ntitle = "x"\n```\n', 13, "card"),
    ],
)
def test_faults_are_told_with_their_line(tmp_path: Path, text: str, line: int, said: str) -> None:
    path = write(tmp_path, text)
    faults = Faults()
    with faults.collecting(path, 1):
        prove_self_test(path, load_course(tmp_path).lessons, faults)
    assert any(fault.line == line and said in fault.message for fault in faults.found), faults.found


def test_a_course_may_have_no_self_test(tmp_path: Path) -> None:
    assert load_self_test(tmp_path) is None
    assert count_objectives(tmp_path) == 0
    write(tmp_path, FRONT + PAGE)
    assert load_self_test(tmp_path) is not None
    assert count_objectives(tmp_path) == 1
    assert count_objectives(LESSONS) == 5


def test_the_self_test_of_the_guide_is_without_fault(tmp_path: Path) -> None:
    (text,) = re.findall(r"^````text\n(---\ntitle: Self-test\n.*?)^````$", GUIDE, re.MULTILINE | re.DOTALL)
    path = tmp_path / "self-test.md"
    path.write_text(text, encoding="utf-8")
    found: list[LessonError] = []
    test = read_self_test(path, found.append)
    assert not found
    assert [test.objective_of(page) for page in test.pages] == [0, 1]
