"""Verdicts on formulas: numbers, other readings, left sides, what is asked back, slips that have a name."""

import pytest

from tutor.mathematics.checking.formulas import check_formula
from tutor.mathematics.notation.mentioned import names_in

VERDICTS: list[tuple[str, str, str]] = [
    ("2*x", "y = 2x", "correct"),
    ("2*x", "= 2x", "correct"),
    ("2*x", "≈ 2x", "correct"),
    ("2*x", "f'(x) = 2x", "correct"),
    ("2*x", "df/dx = 2x", "correct"),
    ("2*x", "∂f/∂x = 2x", "correct"),
    ("2*x", "y: = 2x", "correct"),
    ("2*x", "2x = y", "invalid"),
    ("2*x", "x+x = 2x", "invalid"),
    ("2*x", "y = 2x = x+x", "invalid"),
    ("2*x", "y =", "invalid"),
    ("2*x", "2y", "invalid"),
    ("2*x", "", "invalid"),
    ("2*x", "2x!", "invalid"),
    ("2*x", "2x,0", "invalid"),
    ("2*x", "0", "incorrect"),
    ("2*x", "2", "incorrect"),
    ("2/3", "0.667", "correct"),
    ("2/3", "0.666", "correct"),
    ("2/3", "66.7%", "correct"),
    ("2/3", "2/3", "correct"),
    ("2/3", "4/6", "correct"),
    ("2/3", "1-1/3", "correct"),
    ("2/3", "0.67", "incomplete"),
    ("2/3", "0.7", "incomplete"),
    ("2/3", "√(4/9)", "incomplete"),
    ("2/3", "ln(e^2)/3", "incomplete"),
    ("2/3", "0.668", "incorrect"),
    ("2/3", "0.66666/1", "incorrect"),
    ("2/3", "2/3+1e-12", "incorrect"),
    ("2/3", "x", "invalid"),
    ("tanh(0.91)", "0.721", "correct"),
    ("tanh(0.91)", "0.7211", "correct"),
    ("tanh(0.91)", "0.72", "incomplete"),
    ("tanh(0.91)", "tanh(0.91)", "incomplete"),
    ("tanh(0.91)", "(e^1.82-1)/(e^1.82+1)", "incomplete"),
    ("tanh(0.91)", "tanh(0.92)", "incorrect"),
    ("tanh(0.91)", "tanh 0.91+1e-12", "incorrect"),
    ("1234", "1230", "incorrect"),
    ("1234", "1.23e3", "correct"),
    ("1234", "1234.000", "correct"),
    ("0", "0.000", "correct"),
    ("0", "1e-12", "incorrect"),
    ("1e-12", "0", "incorrect"),
    ("1e-12", "1e-12", "correct"),
    ("-13/5000", "-2.6×10⁻³", "correct"),
    ("x +", "x", "invalid"),
    ("1/0", "1", "invalid"),
    ("ln(-1)", "1", "invalid"),
    ("", "1", "invalid"),
]

OTHER_READINGS: list[tuple[str, str, str]] = [
    ("1/(2*x)", "1/2x", "(1/2)*x"),
    ("1/(2*x)", "1÷2x", "(1/2)*x"),
    ("1/(x*(y+1))", "1/x(y+1)", "(1/x)*(y + 1)"),
    ("1/(2*sqrt(x))", "1/2√x", "(1/2)*sqrt(x)"),
    ("2*e^(2*x)", "2e^2x", "2*e^2*x"),
    ("e^(-2*x)", "e^-2x", "e^(-2)*x"),
    ("-x*e^(-x*y)", "-x e^-x y", "-x*e^(-x)*y"),
    ("x^(2*y)", "x^2y", "x^2*y"),
    ("ln(x*(x+1))", "ln x(x+1)", "log(x)*(x + 1)"),
    ("ln(2*abs(x))", "ln 2|x|", "log(2)*abs(x)"),
    ("sin(2*(x+1))", "sin 2(x+1)", "sin(2)*(x + 1)"),
]

LEFT_TO_RIGHT: list[tuple[str, str]] = [
    ("x/2", "1/2x"),
    ("2*e^2*x", "2e^2x"),
    ("x*e^-2", "e^-2x"),
    ("x^2*y", "x^2y"),
    ("(x+1)*ln(x)", "ln x(x+1)"),
]

SLIPS: list[tuple[str, str, str]] = [
    ("x^2-3", "3-x²", "number.sign-slip"),
    ("x^2-3", "2x²-6", "number.doubled"),
    ("x^2-3", "(x²-3)/2", "number.halved"),
    ("x^2-3", "1/(x²-3)", "number.reciprocal"),
    ("7/13", "-7/13", "number.sign-slip"),
    ("7/13", "14/13", "number.doubled"),
    ("7/13", "0.0538", "number.decimal-point-one-place-left"),
]

NAMES = [
    ("12*u*v^2", ("u", "v")),
    ("3v²·2u·2", ("v", "u")),
    ("sigmoid(x)", ("x",)),
    ("sigma*x", ("sigma", "x")),
    ("sigma(x)", ("x",)),
    ("σ (z)", ("z",)),
    ("2e-3*x", ("x",)),
    ("2E3*E", ("E",)),
    ("e^x", ("x",)),
    ("pi*r^2", ("r",)),
    ("w₁·x_1 + ŷ", ("w₁", "x_1", "ŷ")),
    ("x+x", ("x",)),
    ("2", ()),
    ("max(a, b)", ("a", "b")),
]


@pytest.mark.parametrize(("expected", "answer", "verdict"), VERDICTS)
def test_the_verdict_on_a_formula_is_right(expected: str, answer: str, verdict: str) -> None:
    reply = check_formula(expected, answer)
    assert reply.verdict == verdict, reply
    assert reply.counts == (verdict in {"correct", "incorrect"})
    assert bool(reply.read_as) == (verdict != "invalid")


@pytest.mark.parametrize(("expected", "answer", "reading"), OTHER_READINGS)
def test_where_the_other_reading_is_right_no_try_is_used_up(expected: str, answer: str, reading: str) -> None:
    reply = check_formula(expected, answer)
    assert (reply.verdict, reply.counts, reply.misconception) == ("incorrect", False, None)
    assert reply.read_as == reading
    assert f"This is read as {reading}. If you mean " in reply.feedback


@pytest.mark.parametrize(("expected", "answer"), LEFT_TO_RIGHT)
def test_what_is_right_from_left_to_right_is_right(expected: str, answer: str) -> None:
    assert check_formula(expected, answer).verdict == "correct"


@pytest.mark.parametrize(("expected", "answer", "misconception"), SLIPS)
def test_a_slip_is_named(expected: str, answer: str, misconception: str) -> None:
    reply = check_formula(expected, answer)
    assert reply.verdict == "incorrect"
    assert misconception in (reply.misconception, *reply.also)


@pytest.mark.parametrize(("expected", "names"), NAMES)
def test_the_names_of_an_expected_formula_are_found(expected: str, names: tuple[str, ...]) -> None:
    assert names_in(expected) == names


NAMED = [
    ("(a + b)^2", "a² + b²", "square-of-sum.square-distributed"),
    ("a + b*c", "(a + b)c", "order-of-operations.left-to-right"),
    ("exp(-z)", "-e^z", "negative-exponent.negative-exponent-as-negative-number"),
    ("1/(1 + exp(-z))", "1/(1 + e^z)", "sigmoid.sign-in-the-exponent"),
    ("sigmoid(w*x + b)", "σ(wx)", "neuron.bias-forgotten"),
    ("sigmoid(w*x + b)", "wx + b", "neuron.activation-forgotten"),
    ("-(y*ln(p) + (1 - y)*ln(1 - p))", "y ln p + (1 - y) ln(1 - p)", "bce.minus-missing"),
    ("(p - y)^2", "½(p - y)²", "mse.half-included"),
    ("(p - y)^2", "p² - y²", "mse.squares-subtracted"),
    ("sqrt(u^2 + v^2)", "|u| + |v|", "norm.absolute-values-added"),
    ("exp(a)/(exp(a) + exp(c))", "a/(a + c)", "softmax.no-exponentials"),
    ("relu(z)", "|z|", "relu.absolute-value"),
    ("12*u*v^2", "-12uv²", "number.sign-slip"),
    ("12*u*v^2", "6uv²", "number.halved"),
]


@pytest.mark.parametrize(("expected", "answer", "identity"), NAMED)
def test_a_mistake_in_a_formula_is_named(expected: str, answer: str, identity: str) -> None:
    reply = check_formula(expected, answer)
    assert reply.verdict == "incorrect"
    assert identity in {reply.misconception, *reply.also}, reply
    right = check_formula(expected, expected)
    assert (right.verdict, right.misconception, right.also) == ("correct", None, ())
