"""The problems of section 1: fit for work by hand, ever new, and right by other ways of calculating."""

from __future__ import annotations

from fractions import Fraction
from math import exp, log
from statistics import fmean, pstdev
from typing import TYPE_CHECKING

import pytest
from hand_problems import (
    GRADES,
    derived,
    drafted,
)

from tutor.mathematics.values.decimal import float_of
from tutor.practice.skills.section_1 import SECTION_1

if TYPE_CHECKING:
    from tutor.practice.draft import Draft

SKILLS = {skill.id: skill for skill in SECTION_1}
PROBLEMS = 50
every_grade = pytest.mark.parametrize("grade", GRADES)


# -- textbook formulas


def _values(draft: Draft) -> dict[str, float]:
    derivation = derived(draft)
    return {name: float_of(derivation.value(derivation.cell(name).id)) for name in draft.cells}


def _drafts(skill: str, grade: int) -> list[Draft]:
    return [drafted(SKILLS[skill], grade, shape) for shape in range(PROBLEMS)]


def _column(draft: Draft, name: str) -> list[Fraction]:
    """Return the numbers called name1, name2 and so on, wherever they stand."""
    numbers = {**draft.given, **draft.parameters}
    found = [numbers[key] for key in sorted(numbers) if key[:-1] == name and key[-1].isdecimal()]
    assert not any(isinstance(number, str) for number in found)
    return [Fraction(number) for number in found]


@every_grade
def test_sum_squares_and_their_mean(grade: int) -> None:
    for draft in _drafts("sum-and-mean-of-squares", grade):
        drawn = _column(draft, "r")
        squares = [number * number for number in drawn]
        expected = {"S": sum(drawn), "Q": sum(squares), "M": fmean(squares), "P": sum(drawn) ** 2}
        assert _values(draft) == pytest.approx({name: float(value) for name, value in expected.items()})


@every_grade
@pytest.mark.parametrize(("skill", "last"), [("sum-of-squared-errors", "SSE"), ("mean-squared-error", "MSE")])
def test_squared_errors_are_added_or_averaged(skill: str, last: str, grade: int) -> None:
    for draft in _drafts(skill, grade):
        values = _values(draft)
        if draft.examples:
            squares = [value for name, value in values.items() if name.startswith("E[")]
            assert values["E"] == pytest.approx(sum(squares) / len(squares))
            continue
        misses = [value for name, value in values.items() if name.startswith("e")]
        total = sum(miss * miss for miss in misses)
        assert values[last] == pytest.approx(total / (len(misses) if last == "MSE" else 1))


@every_grade
def test_a_mean_of_squares_reacts_with_two_nths_of_each_miss(grade: int) -> None:
    for draft in _drafts("slopes-of-mean", grade):
        misses = [p - y for p, y in zip(_column(draft, "p"), _column(draft, "y"), strict=True)]
        values = _values(draft)
        assert [values[f"dMSE/dp{place}"] for place in range(1, len(misses) + 1)] == pytest.approx(
            [float(2 * miss / len(misses)) for miss in misses]
        )


@every_grade
def test_a_score_reacts_with_share_minus_truth(grade: int) -> None:
    for draft in _drafts("slopes-of-scores", grade):
        scores = [_score(draft.parameters[f"z{place}"]) for place in (1, 2, 3)]
        truth = [float(number) for number in _column(draft, "y")]
        shares = [exp(score) / sum(map(exp, scores)) for score in scores]
        values = _values(draft)
        expected = [share - y for share, y in zip(shares, truth, strict=True)]
        assert [values[f"dL/dz{place}"] for place in (1, 2, 3)] == pytest.approx(expected)


def _score(number: Fraction | int | str) -> float:
    return log(Fraction(number.removeprefix("ln(").removesuffix(")"))) if isinstance(number, str) else float(number)


@every_grade
def test_a_binary_cross_entropy_is_minus_the_logarithm_of_what_happened(grade: int) -> None:
    for draft in _drafts("binary-cross-entropy", grade):
        probabilities = _column(draft, "p")
        labels = _column(draft, "y") or [Fraction(1)] * len(probabilities)
        values = _values(draft)
        for place, (p, y) in enumerate(zip(probabilities, labels, strict=True), start=1):
            assert values[f"L{place}"] == pytest.approx(-log(p if y else 1 - p))


@every_grade
def test_a_standardised_value_counts_deviations_from_the_mean(grade: int) -> None:
    for draft in _drafts("standardised-feature", grade):
        column = [float(number) for number in _column(draft, "v")]
        new = draft.parameters["u"]
        assert not isinstance(new, str)
        assert _values(draft)["zu"] == pytest.approx((float(new) - fmean(column)) / pstdev(column))


@every_grade
def test_each_move_leaves_the_same_share_of_the_distance(grade: int) -> None:
    for draft in _drafts("share-of-distance", grade):
        start, secret, share = draft.parameters["g"], draft.given["s"], draft.update["eta"]
        assert not isinstance(start, str)
        assert not isinstance(secret, str)
        assert not isinstance(share, str)
        for step, value in enumerate(_values(draft).values(), start=1):
            assert value == pytest.approx(float(secret + (start - secret) * (1 - share) ** step))
