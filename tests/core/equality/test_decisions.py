"""What a decision rests on: the trees, fingerprints, regions, one point, or many; and how much work it took."""

import pytest
from equal_pairs import EQUAL
from unequal_pairs import NETWORK_MISTAKES, UNEQUAL

from tutor.mathematics.equality.decide import decide, decision
from tutor.mathematics.equality.decision import Decision
from tutor.mathematics.notation.mentioned import names_in
from tutor.mathematics.notation.parser import read
from tutor.mathematics.notation.scope import Scope


def decided(expected: str, answer: str) -> Decision:
    scope = Scope.of(names_in(f"{expected} + {answer}"))
    return decision(read(expected, scope).tree, read(answer, scope).tree)


@pytest.mark.parametrize(
    ("expected", "answer", "verdict", "tier"),
    [
        ("x + 2", "x + 2", "equal", "structure"),
        ("x*y", "y*x", "equal", "fingerprint"),
        ("x*y", "x + y", "different", "fingerprint"),
        ("1/(1 + exp(-z))", "e^z/(1+e^z)", "equal", "fingerprint"),
        ("sin(x + pi/2)", "cos x", "equal", "fingerprint"),
        ("sin(x + pi/2)", "sin x", "different", "fingerprint"),
        ("x/(2*sqrt(x^2 + 1))", "0.5 x (x²+1)^(-1/2)", "equal", "fingerprint"),
        ("x/(2*sqrt(x^2 + 1))", "x/sqrt(x²+1)", "different", "fingerprint"),
        ("(√x+√y)(√x-√y)", "x-y", "equal", "fingerprint"),
        ("-ln(p)", "ln(1/p)", "equal", "fingerprint"),
        ("-ln(p)", "1/ln p", "different", "fingerprint"),
        ("relu(x)", "(x + |x|)/2", "equal", "branches"),
        ("relu(x)", "x", "different", "branches"),
        ("√(x²)", "x", "different", "point"),
        ("(x^100)^100", "x^10000", "equal", "sampling"),
        ("x", "x + 1/(y - y)", "undefined", "sampling"),
        ("√(x - 2)", "√(1 - x)", "undefined", "sampling"),
    ],
)
def test_a_decision_says_what_it_rests_on(expected: str, answer: str, verdict: str, tier: str) -> None:
    found = decided(expected, answer)
    assert (found.verdict.answer, found.tier) == (verdict, tier)


@pytest.mark.parametrize("pair", [*EQUAL[::3], *UNEQUAL[::3]])
def test_a_decision_has_the_verdict_of_decide(pair: tuple[str, str]) -> None:
    scope = Scope.of(names_in(pair[0]))
    expected, answer = read(pair[0], scope).tree, read(pair[1], scope).tree
    assert decision(expected, answer).verdict == decide(expected, answer)


def test_what_fingerprints_decide_takes_no_values_at_points() -> None:
    rational = decided("12*u*v^2", "3v²·2u·2")
    assert (rational.tier, rational.work) == ("fingerprint", 0)
    assert [decided(*pair).work for pair in NETWORK_MISTAKES[:6]] == [0] * 6


def test_work_counts_the_values_at_points() -> None:
    assert decided("√(x²)", "x").work > 2
    few, many = decided("relu(x)", "max(0, x)"), decided("max(x, y, z)", "max(max(x, y), z)")
    assert 0 < few.work < many.work


def test_few_of_the_pairs_are_left_to_sampling() -> None:
    tiers = [decided(*pair).tier for pair in EQUAL]
    print({tier: tiers.count(tier) for tier in sorted(set(tiers))})
    assert tiers.count("sampling") <= len(EQUAL) / 8
