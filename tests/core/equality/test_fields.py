"""The finite fields: their primes, powers and roots, and the fingerprints that are taken in them."""

from fractions import Fraction

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from tutor.mathematics.equality.field import CHAINS, Level, NoRootError, UndefinedError, bits_of, element, inverse

LEVELS = [level for chain in CHAINS for level in chain]
GROWING = [chain[place] for chain in CHAINS for place in (0, 1)]
numbers = st.integers(1, 10**60)


@pytest.mark.parametrize("chain", CHAINS, ids=bits_of)
def test_each_prime_orders_the_exponents_of_the_one_before(chain: tuple[Level, ...]) -> None:
    assert all(sympy.isprime(level.prime) for level in chain)
    assert all(level.prime % 16 == 9 for level in chain)
    assert [level.order for level in chain] == [*(level.prime for level in chain[1:]), 0]
    assert all((level.prime - 1) % level.order == 0 for level in chain[:-1])
    assert chain[-1].prime > 1 << bits_of(chain)


@pytest.mark.parametrize("level", GROWING, ids=lambda level: level.prime.bit_length())
@given(numbers, numbers)
def test_powers_of_e_follow_the_laws_of_exponents(level: Level, first: int, second: int) -> None:
    for raised in (level.grown, level.turned):
        assert raised(first) * raised(second) % level.prime == raised(first + second)
        assert raised(first) * raised(-first) % level.prime == 1
        assert raised(first + level.order) == raised(first)
        assert raised(1) != 1


@pytest.mark.parametrize("level", GROWING, ids=lambda level: level.prime.bit_length())
@given(number=numbers)
def test_powers_of_e_are_the_same_as_by_plain_powers(level: Level, number: int) -> None:
    assert level.grown(number) == pow(level.grown(1), number % level.order, level.prime)


@pytest.mark.parametrize("level", LEVELS, ids=lambda level: level.prime.bit_length())
@given(number=numbers)
def test_a_square_has_its_roots_and_nothing_else_has_one(level: Level, number: int) -> None:
    root = level.square_root(number * number % level.prime)
    assert root in {number % level.prime, -number % level.prime}
    if pow(number, (level.prime - 1) // 2, level.prime) == 1:
        assert level.square_root(number % level.prime) ** 2 % level.prime == number % level.prime
    else:
        with pytest.raises(NoRootError):
            level.square_root(number % level.prime)


@pytest.mark.parametrize("chain", CHAINS, ids=bits_of)
def test_small_primes_have_square_roots_at_the_first_level(chain: tuple[Level, ...]) -> None:
    for number in (-1, 2, 3, 5, 7, 11, 13, 17, 19, 23):
        assert chain[0].square_root(number % chain[0].prime) ** 2 % chain[0].prime == number % chain[0].prime


@pytest.mark.parametrize("level", LEVELS, ids=lambda level: level.prime.bit_length())
def test_odd_roots_are_the_only_ones_or_none(level: Level) -> None:
    for degree in (5, 7, 11, 13, 35):
        assert level.odd_root(pow(3, degree, level.prime), degree) == 3


@pytest.mark.parametrize("level", LEVELS, ids=lambda level: level.prime.bit_length())
def test_an_eighth_of_a_turn(level: Level) -> None:
    assert level.imaginary**2 % level.prime == level.prime - 1
    assert level.eighth_turns(1) ** 2 % level.prime == level.imaginary
    assert level.eighth_turns(-3) == level.eighth_turns(5)
    assert level.eighth_turns(8) == 1


def test_fractions_in_a_field() -> None:
    prime = CHAINS[0][0].prime
    assert element(Fraction(-6, 7), prime) * 7 % prime == prime - 6
    assert inverse(5, prime) * 5 % prime == 1
    with pytest.raises(UndefinedError):
        inverse(0, prime)
    with pytest.raises(UndefinedError):
        element(Fraction(1, prime), prime)
