"""Exercises as states: what is right, what is wrong, what is said, and that a kept record leads to the same place."""

from __future__ import annotations

from itertools import permutations, product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.course.exercises.base import Exercise, as_it_stands, listed, mixed, unlisted
from tutor.course.exercises.choosing import Alternative, Choosing
from tutor.course.exercises.making import Making, make_exercise
from tutor.course.exercises.matching import Matching
from tutor.course.exercises.mixing import AGAIN, APPLY, Mixing
from tutor.course.exercises.ordering import Ordering, Rule
from tutor.course.exercises.remembering import KNEW, NOT_YET, TURNED, Remembering
from tutor.course.exercises.sheet import make_sheet
from tutor.course.exercises.trying import Trying
from tutor.course.exercises.writing import Explaining, Finding
from tutor.course.loader import load_course, load_lesson
from tutor.draw.glyphs import UNICODE
from tutor.draw.prose import prose
from tutor.draw.text import plain
from tutor.mathematics.derivation import derive

SAMPLES = Path(__file__).parents[2] / "samples"
COURSE = load_course(SAMPLES)


def sample(lesson: str, title: str, seed: int = 0) -> Exercise:
    head = next(head for head in COURSE.lessons if head.id == lesson)
    block = next(block for block in load_lesson(head).blocks() if block.title == title)
    return make_exercise(block, Making(head, derive, seed))


def alternatives(*rights: bool) -> tuple[Alternative, ...]:
    return tuple(Alternative(f"k{place}", f"text {place}", f"why {place}", right) for place, right in enumerate(rights))


def test_a_try_is_counted_once_and_what_is_solved_stays_solved() -> None:
    exercise: Exercise = Choosing(options=alternatives(False, True, False))
    assert isinstance(exercise, Choosing)
    wrong, right = exercise.text_of(frozenset({0})), exercise.text_of(frozenset({1}))
    after, reply = exercise.answer(wrong)
    assert (after.tries, after.solved, reply.feedback) == (1, False, "why 0")
    after, reply = after.answer(right)
    assert (after.tries, after.solved, reply.feedback) == (2, True, "why 1")
    after, _ = after.answer(wrong)
    assert (after.tries, after.solved) == (2, True)
    assert not after.show().shown


def test_what_was_shown_is_not_solved_later() -> None:
    exercise = Choosing(options=alternatives(False, True, False)).show()
    after, _ = exercise.answer(exercise.text_of(frozenset({1})))
    assert (after.done, after.solved, after.shown) == (True, False, True)
    assert exercise.chosen == {1}


@pytest.mark.parametrize("rights", [r for r in product((False, True), repeat=4) if any(r)])
def test_several_options_are_right_together_or_not_at_all(rights: tuple[bool, ...]) -> None:
    exercise = Choosing(options=alternatives(*rights), several=True)
    for chosen in product((False, True), repeat=4):
        places = frozenset(place for place, is_in in enumerate(chosen) if is_in)
        verdict = exercise.judged(exercise.text_of(places)).verdict
        assert verdict == ("invalid" if not places else "correct" if chosen == rights else "incorrect")


def test_every_order_is_judged_by_its_rules_alone() -> None:
    rules = (Rule("a", "c", "a first."), Rule("b", "c", "b first."))
    exercise = Ordering(keys=("a", "b", "c", "d"), texts=("A", "B", "C", "D"), rules=rules, name="x")
    for order in permutations("abcd"):
        reply = exercise.judged(listed(order))
        is_right = order.index("a") < order.index("c") and order.index("b") < order.index("c")
        assert (reply.verdict == "correct") is is_right
        assert is_right or "“C” comes too early" in reply.feedback


def test_without_rules_only_the_written_order_is_right() -> None:
    exercise = Ordering(keys=("a", "b", "c"), texts=("A", "B", "C"), rules=(), name="x")
    right = [order for order in permutations("abc") if exercise.judged(listed(order)).verdict == "correct"]
    assert right == [("a", "b", "c")]
    assert exercise.judged(exercise.text_of(exercise.arrangement)).verdict == "incorrect"


@given(st.integers(0, 1000))
def test_an_order_never_begins_right(number: int) -> None:
    exercise = Ordering(keys=("a", "b", "c"), texts=("A", "B", "C"), rules=(Rule("a", "b", "."),), name=str(number))
    assert exercise.judged(exercise.text_of(exercise.arrangement)).verdict == "incorrect"


def test_pairs_may_share_a_right_side() -> None:
    exercise = Matching(
        lefts=("1", "2", "3"), rights=("odd", "even", "odd"), whys=("o", "e", "o"),
        texts=(("odd", "odd"), ("even", "even")), name="x",
    )  # fmt: skip
    for put in product(("odd", "even"), repeat=3):
        right = sum(one == other for one, other in zip(put, exercise.rights, strict=True))
        reply = exercise.judged(listed(put))
        assert (reply.verdict == "correct") is (right == 3)
        assert right == 3 or f"{right} of 3 are right" in reply.feedback


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        ("2(y-t)x", "correct"),
        ("∂E/∂w = 2·x·(w·x + b − t)", "incorrect"),
        ("-2(t-y)*x", "correct"),
        ("2(y-t)", "incorrect"),
        ("2(y-t)x + b - b", "correct"),
        ("2(y-t)xb", "incorrect"),
        ("2(y-t", "invalid"),
        ("q", "invalid"),
        ("", "invalid"),
    ],
)
def test_a_formula_is_judged_by_what_it_means(answer: str, verdict: str) -> None:
    exercise = sample("a-formula", "How fast does E change with w?")
    assert isinstance(exercise, Finding)
    if answer.startswith("∂E/∂w ="):
        answer = answer.partition("= ")[2]
        verdict = "invalid"  # w is no name of the key
    assert exercise.judged(answer).verdict == verdict


def test_hints_come_one_after_the_other() -> None:
    exercise = sample("a-formula", "How fast does E change with w?")
    assert isinstance(exercise, Finding)
    for said in ("Start with `∂E/∂y`.", "`∂y/∂w` is `x`.", "`∂y/∂w` is `x`."):
        exercise, hint = exercise.hint()
        assert hint == said
    assert exercise.hinted == 2


def test_a_card_is_judged_by_the_learner_once_it_is_turned() -> None:
    card = Remembering(question="?", back="!")
    assert card.judged("nonsense").verdict == "invalid"
    turned, _ = card.answer(TURNED)
    assert (turned.turned, turned.done, turned.tries) == (True, False, 0)
    assert turned.answer(KNEW)[0].solved
    again, _ = turned.answer(NOT_YET)
    assert (again.done, again.solved, again.tries) == (True, False, 1)


def test_an_explanation_is_never_wrong() -> None:
    exercise = Explaining(points=("a", "b"), model="Like this.")
    assert exercise.judged(exercise.text_of("  ", frozenset({0}))).verdict == "invalid"
    for ticked in (frozenset[int](), frozenset({0}), frozenset({0, 1})):
        after, reply = exercise.answer(exercise.text_of("my “words”", ticked))
        assert (reply.verdict, reply.counts, after.written, after.ticked) == ("correct", False, "my “words”", ticked)
        assert "Like this." in reply.feedback


def test_a_goal_is_judged_by_the_run() -> None:
    exercise = sample("a-lab", "Under 0.001 in 15 steps")
    assert isinstance(exercise, Trying)
    # x² from 3 with η: x is multiplied by 1 − 2η in each step.
    for eta in ("0.01", "0.1", "0.25", "0.4", "0.5", "0.7", "0.9", "1", "1.1"):
        reaches = any((3 * (1 - 2 * float(eta)) ** step) ** 2 < 0.001 for step in range(16))
        assert (exercise.judged(listed([f"eta={eta}"])).verdict == "correct") is reaches, eta
    assert "beyond all bounds" in exercise.judged(listed(["eta=1e300"])).feedback
    assert exercise.judged(listed(["eta=fast"])).verdict == "invalid"
    assert exercise.judged(listed(["rule=adam"])).verdict == "invalid"
    assert exercise.replayed(listed(["eta=0.4"]), "correct").solved


def test_slopes_of_the_mixing_desk_are_those_of_the_derivation() -> None:
    exercise = sample("games", "The mixing desk")
    assert isinstance(exercise, Mixing)
    for move in ("w +", "w -", "b -", "b +"):
        exercise, _ = exercise.answer(move)
    derivation = derive(exercise.problem)
    assert exercise.slopes == (derivation.value("dE/dw"), derivation.value("dE/db"))  # exact for a square
    after, reply = exercise.answer(APPLY)
    assert reply.verdict == "correct"
    assert after.values == (derivation.value("w@1"), derivation.value("b@1"))
    back, _ = after.answer(AGAIN)
    assert back.values == (2, 1)
    assert back.done


def test_a_slope_is_read_only_while_the_others_stand_still() -> None:
    exercise = sample("games", "The mixing desk")
    for move in ("w +", "b +"):
        exercise, reply = exercise.answer(move)
    assert isinstance(exercise, Mixing)
    assert exercise.slopes[1] is None
    assert "nobody knows which knob" in reply.feedback
    assert exercise.answer(APPLY)[1].verdict == "invalid"
    assert exercise.answer("q +")[1].verdict == "invalid"


@pytest.mark.parametrize("seed", range(20))
def test_options_by_misconceptions_follow_the_numbers(seed: int) -> None:
    exercise = sample("a-choice", "The gradient of w", seed)
    assert isinstance(exercise, Choosing)
    (right,) = (option for option in exercise.options if option.right)
    values = {option.misconception: int(option.text.replace("−", "-")) for option in exercise.options}
    key = int(right.text.replace("−", "-"))
    assert values["gradient.negative-gradient"] == -key
    assert key % values["links.last-link-missing"] == 0
    assert key // values["links.last-link-missing"] in {2, 3}  # what is missing is x


def test_a_faulty_sheet_holds_the_value_of_the_misconception() -> None:
    head = next(head for head in COURSE.lessons if head.id == "a-faulty-sheet")
    block, *_ = load_lesson(head).blocks()
    sheet = make_sheet(block, Making(head, derive))  # type: ignore[arg-type]  # it is a worksheet
    assert sheet.filled_in == {"dE/dy": "-6", "dE/dw": "-6", "dE/db": "-6"}
    assert sheet.worksheet.answer("dE/dw", "-6")[1].verdict == "incorrect"
    assert sheet.worksheet.answer("dE/dw", "-18")[1].verdict == "correct"


@given(st.lists(st.text(max_size=20), max_size=5))
def test_lists_of_texts_are_read_back(items: list[str]) -> None:
    assert unlisted(listed(items)) == items


@pytest.mark.parametrize("text", ["", "[", "{}", "[1]", "null", "[" * 100_000])
def test_what_is_no_list_is_none(text: str) -> None:
    assert unlisted(text) is None


def test_a_mixed_order_is_the_same_each_time() -> None:
    assert mixed(range(9), "a") == mixed(range(9), "a")
    assert sorted(mixed(range(9), "a")) == list(range(9))
    assert len({tuple(mixed(range(9), str(name))) for name in range(20)}) > 10


@given(st.text(alphabet=st.characters(codec="ascii", categories=["L", "N", "P", "S"]), min_size=1, max_size=30))
def test_markdown_of_a_text_shows_the_text(text: str) -> None:
    shown = "".join(plain(line) for line in prose("x " + as_it_stands(text), 200, UNICODE))
    assert shown == "x " + text


KINDS = [
    ("a-choice", "Too low"), ("a-formula", "A key written down"), ("an-order", "The loop"), ("a-match", "What is what"),
    ("a-card", "The loss"), ("an-explanation", "What learning is"), ("a-lab", "Under 0.001 in 15 steps"),
    ("games", "Guess the number"), ("games", "The mixing desk"),
]  # fmt: skip


@pytest.mark.parametrize(("lesson", "title"), KINDS)
@settings(deadline=None)
@given(text=st.text(max_size=30) | st.lists(st.text(max_size=5), max_size=4).map(listed))
def test_no_answer_whatever_it_is_brings_an_exercise_down(lesson: str, title: str, text: str) -> None:
    exercise = MADE.setdefault((lesson, title), sample(lesson, title))
    after, reply = exercise.answer(text)
    assert reply.verdict in {"correct", "incorrect", "invalid", "noted"}
    assert after.done or reply.verdict != "correct"


MADE: dict[tuple[str, str], Exercise] = {}
