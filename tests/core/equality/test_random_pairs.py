"""Random pairs against 60 digits: nothing unequal is called equal, and the generators would notice if it were."""

import os
from fractions import Fraction

import pytest
from random_expressions import FAMILIES
from random_pairs import hidden_pairs, pairs, wrongly_equal

from tutor.mathematics.equality import decide as deciding
from tutor.mathematics.equality import fingerprint, regions, vanishing
from tutor.mathematics.equality.decide import decide
from tutor.mathematics.equality.fingerprint import Fingerprint
from tutor.mathematics.notation.expression import Call, Node, Number, Power, Sum, walk
from tutor.mathematics.notation.printing import plain
from tutor.mathematics.values.enclosure import middle_text, of_fraction, separate
from tutor.mathematics.values.real import Value, enclose, limited_precision

LONG = os.environ.get("GDTUTOR_LONG_TESTS") == "1"
BATCHES = 1_000 if LONG else 3
BATCH = 1_000
HIDDEN_BATCHES = 100 if LONG else 1
PLANTED = 250


@pytest.mark.parametrize("batch", range(BATCHES))
def test_no_unequal_pair_is_called_equal(batch: int) -> None:
    wrong = [(plain(first), plain(second)) for first, second in wrongly_equal(decide, pairs(f"batch {batch}", BATCH))]
    assert wrong == []


def finds_something(family: str) -> bool:
    return next(wrongly_equal(decide, pairs("with an error planted", PLANTED, family)), None) is not None


@pytest.mark.parametrize("family", FAMILIES)
def test_the_generators_find_nothing_without_a_planted_error(family: str) -> None:
    assert not finds_something(family)


def test_a_root_of_a_square_taken_for_its_base_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = Fingerprint._root_of

    def naive(self: Fingerprint, base: Node, exponent: Fraction, level: int) -> int:
        if isinstance(base, Power) and isinstance(base.exponent, Number) and base.exponent.value == 2:
            return self.of(base.base, level)
        return honest(self, base, exponent, level)

    monkeypatch.setattr(Fingerprint, "_root_of", naive)
    assert finds_something("roots of squares")


def test_absolute_values_that_are_dropped_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Fingerprint, "_size", lambda _self, value, _level: value)
    assert finds_something("absolute values")
    assert finds_something("branches")


def test_a_root_with_one_sign_only_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vanishing, "product", lambda _signs, repeat: iter([(False,) * repeat]))
    assert finds_something("roots of squares")


def test_logarithms_that_are_dropped_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fingerprint, "logarithm", lambda _fingerprint, _node, _level: 0)
    assert finds_something("logarithms of powers")


def test_exponentials_that_are_all_alike_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Fingerprint, "_exponential", lambda _self, _node, _level: 5)
    assert finds_something("exponentials")
    assert finds_something("smooth functions")


@pytest.mark.parametrize("batch", range(HIDDEN_BATCHES))
def test_no_hidden_difference_is_missed(batch: int) -> None:
    assert missed(f"hidden {batch}", 200) == []


def missed(seed: str, count: int) -> list[tuple[str, str]]:
    with limited_precision(4_096):
        found = [pair for pair in hidden_pairs(seed, count) if decide(*pair).equal]
    return [(plain(first), plain(second)) for first, second in found]


def test_regions_that_are_not_looked_for_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(regions, "unusual_points", lambda *_: iter(()))
    assert missed("hidden 0", 200)


def test_a_careless_test_for_zero_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def careless(value: Value, _order: int) -> bool:
        found = enclose(value, 96)
        return not separate(found, of_fraction(Fraction(1, 10**9), 96)) or float(middle_text(found, 15)) < 1e-9

    monkeypatch.setattr(deciding, "is_zero", careless)
    monkeypatch.setattr(regions, "is_zero", careless)
    assert missed("hidden 0", 200)


def test_the_pairs_are_well_mixed() -> None:
    found = list(pairs("batch 0", BATCH))
    called = [{part.function for part in walk(Sum(pair)) if isinstance(part, Call)} for pair in found]
    for functions in ({"sqrt"}, {"abs"}, {"log"}, {"exp"}, {"relu", "max", "min"}):
        assert sum(bool(calls & functions) for calls in called) > BATCH / 8
    equal = sum(decide(first, second).equal for first, second in found)
    assert BATCH / 8 < equal < BATCH * 7 / 8
