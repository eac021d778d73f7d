"""Every attack gets its verdict, whichever the seed; and the rows themselves are right."""

from __future__ import annotations

import os
from functools import cache
from random import Random
from typing import TYPE_CHECKING

import mpmath
import pytest
from attack_rows import ATTACKS, KNOWN_FAILURES, Attack
from many_pairs import PRECISION
from mpmath import mpf
from real_oracle import are_apart, difference, random_point, real_value
from seeding import seeded

from tutor.mathematics.equality import randomness, sampling
from tutor.mathematics.equality.decide import decide, decision
from tutor.mathematics.notation.errors import ReadingError
from tutor.mathematics.notation.expression import names
from tutor.mathematics.notation.mentioned import names_in
from tutor.mathematics.notation.parser import read
from tutor.mathematics.notation.scope import Scope
from tutor.mathematics.values import residue
from tutor.mathematics.values.real import limited_precision

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tutor.mathematics.notation.expression import Node

SEEDS = range(20 if os.environ.get("GDTUTOR_LONG_TESTS") == "1" else 2)
MOST_WORK = 1_500
"""Exact values that a verdict may take."""
_DIGITS = 6_000
_VISIBLE = mpf(10) ** -5_000
_PLACES = ("2", "-3", "0.3", "-0.6", "7", "1.5", "-11")
_LOOKS = 40


@cache
def trees(attack: Attack) -> tuple[Node, Node]:
    scope = Scope.of(names_in(f"{attack.expected} + {attack.answer}"))
    return read(attack.expected, scope).tree, read(attack.answer, scope).tree


def named(attack: Attack) -> str:
    return f"{attack.expected} {attack.verdict} {attack.answer}"[:90]


def verdict(attack: Attack, *, turned: bool = False) -> str:
    expected, answer = trees(attack)
    with limited_precision(PRECISION):
        decided = decide(answer, expected) if turned else decide(expected, answer)
    return "narrower" if decided.equal and decided.narrower else decided.answer


def with_mark(attack: Attack) -> object:
    reason = KNOWN_FAILURES.get((attack.expected, attack.answer))
    return pytest.param(attack, marks=[pytest.mark.xfail(reason=reason)] if reason else [])


@pytest.mark.parametrize("attack", list(map(with_mark, ATTACKS)), ids=list(map(named, ATTACKS)))
def test_an_attack_gets_its_verdict_at_every_seed(attack: Attack) -> None:
    if attack.verdict == "refused":
        with pytest.raises(ReadingError):
            trees(attack)
        return
    assert verdict(attack) == attack.verdict
    assert (verdict(attack, turned=True) in {"equal", "narrower"}) == (attack.verdict in {"equal", "narrower"})
    for seed in SEEDS:
        with seeded(seed):
            assert verdict(attack) == attack.verdict, seed


def test_a_seed_changes_what_is_drawn() -> None:
    def drawn() -> tuple[object, ...]:
        return (
            next(sampling.points(("x",))),
            randomness.random_element(10**9, 0, "name", "x"),
            residue.of_operation("exp", [5]),
        )

    usual = drawn()
    found = [usual]
    for seed in (1, 2):
        with seeded(seed):
            found.append(drawn())
    assert all(len(set(map(str, each))) == len(found) for each in zip(*found, strict=True))
    assert drawn() == usual


def test_the_work_for_a_verdict_is_bounded() -> None:
    worst: dict[str, tuple[int, str, str]] = {}
    for attack in ATTACKS:
        if attack.verdict == "refused" or (attack.expected, attack.answer) in KNOWN_FAILURES:
            continue
        with limited_precision(PRECISION):
            found = decision(*trees(attack))
        worst[found.verdict.answer] = max(
            worst.get(found.verdict.answer, (0, "", "")), (found.work, named(attack), found.tier)
        )
        assert found.work <= MOST_WORK, named(attack)
    for answer, (work, row, tier) in worst.items():
        print(f"worst case of {answer}: {work} exact values, decided by {tier}: {row}")
    assert {"equal", "different"} <= set(worst)


# -- whether the rows are right, by many digits instead of by the checker


@pytest.mark.parametrize("attack", [row for row in ATTACKS if row.verdict == "different"], ids=named)
def test_a_row_of_different_formulas_is_right(attack: Attack) -> None:
    assert any(apart(attack, point) for point in witnesses(attack)), attack.reason


def witnesses(attack: Attack) -> list[dict[str, mpf]]:
    """Return where to look: the point of the row, if it has one, else a few of all signs and sizes."""
    used = names_of(attack)
    with mpmath.workdps(_DIGITS):
        given = {name: mpf(value) for name, value in attack.witness}
        filled = [{name: mpf(_PLACES[(start + 3 * at) % 7]) for at, name in enumerate(used)} for start in range(7)]
    return [place | given for place in filled]


def apart(attack: Attack, point: Mapping[str, mpf]) -> bool:
    gap = difference(*trees(attack), point, _DIGITS)
    return gap is not None and gap > _VISIBLE


def names_of(attack: Attack) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for tree in trees(attack) for name in names(tree)))


@pytest.mark.parametrize("attack", [row for row in ATTACKS if row.verdict in {"equal", "narrower"}], ids=named)
def test_a_row_of_equal_formulas_is_right(attack: Attack) -> None:
    points = many_points(attack)
    gaps = [difference(*trees(attack), point) for point in points]
    assert any(gap is not None for gap in gaps)
    assert not any(are_apart(*trees(attack), point) for point in points)


@pytest.mark.parametrize("attack", [row for row in ATTACKS if row.verdict == "narrower"], ids=named)
def test_the_answer_of_a_narrower_row_is_defined_on_less(attack: Attack) -> None:
    expected, answer = trees(attack)
    assert any(is_defined(expected, point) and not is_defined(answer, point) for point in many_points(attack))


@pytest.mark.parametrize("attack", [row for row in ATTACKS if row.verdict == "undefined"], ids=named)
def test_a_row_without_a_common_domain_has_none(attack: Attack) -> None:
    assert not any(all(is_defined(tree, point) for tree in trees(attack)) for point in many_points(attack))


def many_points(attack: Attack) -> list[dict[str, mpf]]:
    random = Random(f"points for {named(attack)}")
    used = names_of(attack)
    near = [{name: mpf(random.uniform(low, high)) for name in used} for low, high in ((0, 1), (-1, 0), (3, 4)) * 4]
    return [*near, *(random_point(used, random) for _ in range(_LOOKS))]


def is_defined(node: Node, point: Mapping[str, mpf]) -> bool:
    """Whether there is a value; one that is made of lost digits changes with their number."""
    found = []
    for digits in (60, 120):
        with mpmath.workdps(digits):
            try:
                found.append(real_value(node, point))
            except (ArithmeticError, ValueError):
                return False
    return bool(abs(found[0] - found[1]) <= mpf(10) ** -20 * max(abs(found[0]), 1))


def test_there_are_enough_rows_and_each_has_its_reason() -> None:
    assert len(ATTACKS) >= 400
    assert len({(attack.expected, attack.answer) for attack in ATTACKS}) == len(ATTACKS)
    assert all(attack.reason.strip() for attack in ATTACKS)
    assert set(KNOWN_FAILURES) <= {(attack.expected, attack.answer) for attack in ATTACKS}
