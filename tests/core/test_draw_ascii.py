"""Unicode to ASCII: always ASCII, and a formula or a name means the same afterwards."""

import math
import string
from collections.abc import Callable

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from tutor.draw.glyphs import ASCII, UNICODE, to_ascii
from tutor.mathematics.notation.errors import ReadingError
from tutor.mathematics.notation.expression import (
    Call,
    Constant,
    Name,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
)
from tutor.mathematics.notation.parser import read
from tutor.mathematics.notation.scope import Scope
from tutor.mathematics.notation.spelling import canonical

VALUES = {"x1": 1.7, "eta": 0.3, "yhat": 2.9, "w_i": 0.81, "u": 1.13}
FUNCTIONS: dict[str, Callable[[float], float]] = {
    "sqrt": math.sqrt,
    "log": math.log,
    "tanh": math.tanh,
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
}
SCOPE = Scope.of(VALUES)


@pytest.mark.parametrize(
    ("text", "ascii_text"),
    [
        ("∂E/∂w₁ = 2·(ŷ − y)·x₂²", "dE/dw1 = 2*(yhat - y)*x2^2"),
        ("v ← ρ·v + (1−ρ)·g²", "v <- rho*v + (1-rho)*g^2"),
        ("m̂ = m/(1−β1ᵗ)", "mhat = m/(1-beta1^t)"),
        ("w ← w − η·m̂/(√v̂ + ε)", "w <- w - eta*mhat/(sqrt(vhat) + epsilon)"),
        ("2.6×10⁻³", "2.6*10^-3"),
        ("θᵏ⁺¹", "theta^(k+1)"),
        ("xₖ₊₁ = xₖ − η", "x_(k+1) = x_k - eta"),
        ("e²ˣ x²3", "e^(2x) x^(2)3"),
        ("√x² √(x+1)² √2x √½ √σ(z)", "sqrt(x^2) sqrt((x+1)^2) sqrt(2)x sqrt(1/2) sqrt(sigma(z))"),
        ("½x x^½ ½² ln ½ 2½ x½", "1/2x x^(1/2) (1/2)^2 ln (1/2) 2 1/2 x(1/2)"),
        ("σ′(z), σ″(z)", "sigma'(z), sigma''(z)"),
        ("E ≈ 5 ≤ 6 ≠ 7 ≥ 6", "E ~= 5 <= 6 != 7 >= 6"),
        ("∇L, Σᵢ rᵢ, ⌈N/B⌉, aᵀ", "grad L, Sigma_i r_i, ceil(N/B), a^T"),
        ("┌─┼╴│ ═ █░", "+-+-| = #."),
        ("“quoted” – ‘so’ — and…", "\"quoted\" - 'so' - and..."),
        ("6 ÷ 2, x → 0, ±1", "6 / 2, x -> 0, +-1"),
        ("rôle Être México naïve Müller ß", "role Etre Mexico naive Muller ss"),
        ("ϵ ϕ ς µ Ω ∆", "epsilon phi sigma mu Omega Delta"),
        ("≉ ≰", "not ~= not <="),
        ("日 \x1b\u200b\ud800", "? ??"),
    ],
)
def test_spelling(text: str, ascii_text: str) -> None:
    assert to_ascii(text) == ascii_text


def test_every_greek_letter_has_its_name() -> None:
    early = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu"]
    late = ["nu", "xi", "omicron", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega"]
    for letter, name in zip("αβγδεζηθικλμνξοπρστυφχψω", [*early, *late], strict=True):
        assert to_ascii(letter) == name
        assert to_ascii(letter.upper()) == name.capitalize()


@given(st.text())
@example("√" * 50 + "(" * 50)
def test_whatever_comes_in_ascii_comes_out(text: str) -> None:
    spelled = to_ascii(text)
    assert spelled.isascii()
    assert all(character.isprintable() or character in "\n\t" for character in spelled)
    assert to_ascii(spelled) == spelled


@given(st.text(string.printable.replace("\r", "").replace("\x0b", "").replace("\x0c", "")))
def test_ascii_stays_as_it_is(text: str) -> None:
    assert to_ascii(text) == text


def test_every_character_has_a_spelling() -> None:
    assert all(to_ascii(chr(code)).isascii() for code in range(0x30000))


@given(
    st.builds(
        "".join,
        st.tuples(
            st.sampled_from("abxyvwEαβηθλσφΔΣ"),
            st.sampled_from(["", "\u0302", "\u0304"]),
            st.text("₀₁₂₉ᵢⱼₖ19", max_size=3),
            st.sampled_from(["", "_w", "_pred", "_1"]),
        ),
    )
)
def test_a_name_stays_the_same_name(name: str) -> None:
    assert canonical(to_ascii(name)) == canonical(name)


def formulas() -> st.SearchStrategy[str]:
    names = st.sampled_from(["x₁", "η", "ŷ", "wᵢ", "u"])
    atoms = names | st.sampled_from(["2", "0.5", "½", "⅔"])

    def grow(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        bracketed = inner.map("({})".format)
        factors = atoms | bracketed
        joined = st.tuples(inner, st.sampled_from(["·", " − ", "÷", "×", "/", " + "]), inner)
        side_by_side = st.tuples(factors, st.sampled_from(["", " "]), names | bracketed)
        raised = st.tuples(factors, st.sampled_from(["²", "⁻¹", "¹⁰", "^½", "^2", "^−½"]))
        rooted = st.tuples(st.just("√"), factors | raised.map("".join))
        called = st.tuples(st.sampled_from(["σ", "√σ", "tanh²", "ln ", "ln"]), bracketed)
        pieces = [joined, side_by_side, raised, rooted, called, st.tuples(st.just("ln "), factors)]
        return st.one_of([piece.map("".join) for piece in pieces])

    return st.recursive(atoms, grow, max_leaves=6)


@given(formulas())
@example("√x₁²·u")
@example("√2u")
@example("√u(u)")
@example("u/½")
@example("√½")
@example("√((u)·2)²")
@example("√σ(((u)))")
def test_a_formula_means_the_same(text: str) -> None:
    try:
        tree = read(text, SCOPE).tree
    except ReadingError:
        assume(False)
    before, after = value(tree), value(read(to_ascii(text), SCOPE).tree)
    assert before == pytest.approx(after, rel=1e-9, nan_ok=True)


def value(node: Node) -> float:
    """Evaluate a formula at the fixed values, nan where it has none."""
    try:
        return evaluate(node)
    except (ArithmeticError, ValueError):
        return math.nan


def evaluate(node: Node) -> float:
    match node:
        case Number(exact):
            return float(exact)
        case Name(name):
            return VALUES[name]
        case Constant(name):
            return math.e if name == "e" else math.pi
        case Sum(parts):
            return math.fsum(map(evaluate, parts))
        case Product(parts):
            return math.prod(map(evaluate, parts))
        case Quotient(top, bottom):
            return evaluate(top) / evaluate(bottom)
        case Negative(inner):
            return -evaluate(inner)
        case Power(base, exponent):
            return math.pow(evaluate(base), evaluate(exponent))
        case Call(function, (argument,)):
            return FUNCTIONS[function](evaluate(argument))
    raise AssertionError(node)


def test_glyphs_spell_text_as_they_are_drawn() -> None:
    assert UNICODE.spell("∂E/∂w₁") == "∂E/∂w₁"
    assert ASCII.spell("∂E/∂w₁") == "dE/dw1"


def test_ascii_glyphs_are_ascii_and_single_lines_are_one_column_wide() -> None:
    for glyphs in (UNICODE, ASCII):
        signs = {name: getattr(glyphs, name) for name in glyphs.__slots__ if name != "plain"}
        lines = [
            sign
            for name, sign in signs.items()
            if name not in {"arrow_left", "arrow_right", "good", "bullets", "ellipsis"}
        ]
        assert all(len(sign) == 1 for sign in lines)
        if glyphs.plain:
            assert all("".join(sign).isascii() for sign in signs.values())
