"""Structure is recognised whatever the order of terms and factors, and nothing else is taken for it."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tutor.mathematics.checking.misconceptions import forms, patterns
from tutor.mathematics.checking.misconceptions.entropies import recognised
from tutor.mathematics.notation.expression import Name, Node, number
from tutor.mathematics.notation.parser import read
from tutor.mathematics.notation.printing import plain
from tutor.mathematics.notation.scope import Scope
from tutor.mathematics.problem import read_problem

NAMES = ("x", "y", "z", "p", "q", "a", "b", "c", "h", "w1", "w2", "x1", "x2", "z1", "z2", "y1", "y2")


def tree(text: str) -> Node:
    return read(text, Scope.of(NAMES)).tree


def shown(node: Node | None) -> str | None:
    return None if node is None else plain(node)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a - (b - c)", ["a", "-b", "c"]),
        ("-(a - b)", ["-a", "b"]),
        ("a + (b + -c)", ["a", "b", "-c"]),
        ("a*b", ["a*b"]),
    ],
)
def test_terms(text: str, expected: list[str]) -> None:
    assert [plain(term) for term in patterns.terms(tree(text))] == expected


@pytest.mark.parametrize(
    ("text", "coefficient", "top", "bottom"),
    [
        ("2*a*b", 2, ["a", "b"], []),
        ("-a/(2*b)", Fraction(-1, 2), ["a"], ["b"]),
        ("3/4*(a + b)/c", Fraction(3, 4), ["a + b"], ["c"]),
        ("a/(b/c)", 1, ["a", "c"], ["b"]),
        ("6/4", Fraction(3, 2), [], []),
        ("a/0", 1, ["a/0"], []),
    ],
)
def test_factors(text: str, coefficient: Fraction, top: list[str], bottom: list[str]) -> None:
    found = patterns.factors(tree(text))
    assert found.coefficient == coefficient
    assert [plain(part) for part in found.top] == top
    assert [plain(part) for part in found.bottom] == bottom


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-x", "x"),
        ("-(x + y)", "x + y"),
        ("-x - y", "x + y"),
        ("-2*x", "2*x"),
        ("(-x)*y", "x*y"),
        ("(-1)*x", "x"),
        ("-x/y", "x/y"),
        ("-2", "2"),
        ("x - y", None),
        ("x", None),
        ("2", None),
    ],
)
def test_what_stands_behind_a_minus(text: str, expected: str | None) -> None:
    assert shown(patterns.behind_minus(tree(text))) == expected


@pytest.mark.parametrize(
    "text", ["sigmoid(z)", "1/(1 + exp(-z))", "1/(e^(-z) + 1)", "(1 + e^-z)^(-1)", "e^z/(1 + e^z)"]
)
def test_sigmoids(text: str) -> None:
    assert shown(forms.logistic_argument(tree(text))) == "z"


@pytest.mark.parametrize("text", ["tanh(z)", "1/(2 + exp(-z))", "1/(1 - exp(-z))", "2/(1 + exp(-z))", "e^z/(1 + e^y)"])
def test_what_is_no_sigmoid(text: str) -> None:
    assert forms.logistic_argument(tree(text)) is None


def test_a_falling_sigmoid_is_one_of_minus_z() -> None:
    assert shown(forms.logistic_argument(tree("1/(1 + exp(z))"))) == "-z"


@pytest.mark.parametrize("text", ["exp(z1)/(exp(z1) + exp(z2))", "e^z1/(e^z2 + e^z1)"])
def test_softmax(text: str) -> None:
    found = forms.softmax(tree(text))
    assert found is not None
    assert found.own == Name("z1")
    assert set(found.scores) == {Name("z1"), Name("z2")}


@pytest.mark.parametrize(
    "text", ["exp(z1)/exp(z2)", "exp(z1)/(exp(z2) + exp(x))", "exp(z1)/(exp(z1) + z2)", "z1/(z1 + z2)"]
)
def test_what_is_no_softmax(text: str) -> None:
    assert forms.softmax(tree(text)) is None


@pytest.mark.parametrize(
    ("text", "factor"),
    [("(p - y)^2", 1), ("½(y - p)²", Fraction(1, 2)), ("(p - y)*(p - y)/2", Fraction(1, 2)), ("(a*x + b - y)^2*3", 3)],
)
def test_squared_differences(text: str, factor: Fraction) -> None:
    found = forms.squared_difference(tree(text))
    assert found is not None
    assert found.factor == factor


@pytest.mark.parametrize("text", ["(p + y)^2", "(p - y)^3", "a*(p - y)^2", "(2*a - 3*b)^2", "(p - y)^2/a", "p - y"])
def test_what_is_no_squared_difference(text: str) -> None:
    assert forms.squared_difference(tree(text)) is None


def test_weighted_sums() -> None:
    problem = read_problem('[parameters]\nw1 = 1\nw2 = 2\nb = 3\n[given]\nx1 = 1\nx2 = 2\n[steps]\ny = "w1"', "t")
    found = forms.weighted_sum(tree("x2*w2 + b - 2*x1*w1 + c"), forms.Roles(problem))
    assert found is not None
    assert [(plain(weight), plain(entered)) for weight, entered in found.pairs] == [("w2", "x2"), ("w1", "-2*x1")]
    assert found.biases == (Name("b"),)
    assert found.rest == (Name("c"),)
    for other in ("b + w1", "x1*x2 + b", "w1*w2*x1", "w1^2 + x1", "2*w1 + b"):
        assert forms.weighted_sum(tree(other), forms.Roles(problem)) is None


@pytest.mark.parametrize("text", ["-(y*ln(p) + (1 - y)*ln(1 - p))", "-(1 - y)*ln(1 - p) - ln(p)*y"])
def test_cross_entropies(text: str) -> None:
    found = recognised(tree(text), patterns.as_it_is)
    assert found is not None
    assert [plain(label) for label in found.labels] == ["y", "1 - y"]
    assert [plain(probability) for probability in found.probabilities] == ["p", "1 - p"]


@pytest.mark.parametrize(
    "text", ["ln(p)", "y*ln(p) - ln(q)", "-ln(p)/y", "-ln(p)*ln(q)", "-y*p", "-(2*y*ln(p) + x*ln(q))"]
)
def test_what_is_no_cross_entropy(text: str) -> None:
    assert recognised(tree(text), patterns.as_it_is) is None


def test_places_put_another_part_in() -> None:
    formula = tree("a*(b + c)^2 - exp(-x)/y")
    found = {plain(put(number(7))) for part, put in patterns.places(formula) if isinstance(part, Name)}
    assert found == {
        "7*(b + c)^2 - exp(-x)/y",
        "a*(7 + c)^2 - exp(-x)/y",
        "a*(b + 7)^2 - exp(-x)/y",
        "a*(b + c)^2 - exp(-7)/y",
        "a*(b + c)^2 - exp(-x)/7",
    }
