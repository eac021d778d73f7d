"""What holds for every text and every tree: printing can be read back, nothing but a ReadingError, bounded work."""

import time
from collections.abc import Iterator
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from notation_trees import NAMES, trees
from reading_outcomes import outcome

from tutor.mathematics.notation import limits
from tutor.mathematics.notation.errors import ReadingError
from tutor.mathematics.notation.expression import Call, Constant, Name, Node, Number, children, walk
from tutor.mathematics.notation.parser import Reading, read
from tutor.mathematics.notation.printing import plain, pretty
from tutor.mathematics.notation.scope import Scope
from tutor.mathematics.notation.tokens import tokenize

SCOPE = Scope.of(NAMES)
PIECES = [
    *("x", "y1", "y₁", "w12", "w_12", "ŷ", "yhat", "η", "eta", "E", "sinus", "sin", "ln", "log", "exp", "√", "sqrt"),
    *("tanh", "σ", "sigma", "ReLU", "max", "min", "abs", "softplus", "e", "pi", "π", "0", "1", "2", "07", "3.5", ".5"),
    *("5.", "1e3", "2E-4", "½", "⅔", "%", "+", "-", "−", "*", "·", "×", "/", "÷", "^", "**", "²", "³", "⁻¹", "⁽", "⁾"),
    *("(", ")", "[", "]", "{", "}", "|", ",", ".", ";", "=", "≈", "∂", "d", "∂E/∂y", "@", ":", "'", "!", "q", "2x"),
    *(" ", "\t", "\n", "\x00", "\x1b", "\u200e", "\u202e", "\u0302", "٣", "א", "重", "\uff12", "①", "∞", "\ud800"),
]


def depth(node: Node) -> int:
    """Return the depth of the tree, without recursion."""
    level, count = [node], 0
    while level:
        level = [part for above in level for part in children(above)]
        count += 1
    return count


def check_bounds(found: Reading) -> None:
    for tree in (found.tree, *([found.other] if found.other else [])):
        assert depth(tree) <= limits.DEPTH
        nodes = list(walk(tree))
        assert len(nodes) <= 3 * limits.TOKENS
        for node in nodes:
            if isinstance(node, Number):
                assert node.value.numerator.bit_length() + node.value.denominator.bit_length() <= limits.BITS
            if isinstance(node, Name):
                assert node.name in NAMES
            if isinstance(node, Constant):
                assert node.name in {"pi", "e"}
            if isinstance(node, Call):
                assert len(node.arguments) >= 1


@given(trees)
def test_a_tree_that_is_printed_and_read_again_is_the_same(tree: Node) -> None:
    found = read(plain(tree), SCOPE)
    assert found.tree == tree
    assert found.other is None


@given(trees)
def test_a_tree_as_it_looks_on_a_page_can_be_typed_back(tree: Node) -> None:
    found = outcome(pretty(tree), SCOPE)
    assert isinstance(found, Reading)
    assert values_in(found.tree) == values_in(tree)


def values_in(tree: Node) -> list[Fraction | str]:
    """Return the numbers and names from left to right: what is shown must hold the same ones in the same order."""
    return list(_values(tree))


def _values(tree: Node) -> Iterator[Fraction | str]:
    for part in walk(tree):
        if isinstance(part, Number):
            yield part.value
        elif isinstance(part, Name | Constant):
            yield part.name


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    found = outcome(text, SCOPE)
    if isinstance(found, Reading):
        check_bounds(found)


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_mixture_of_what_learners_type_is_read_or_refused(text: str) -> None:
    found = outcome(text, SCOPE)
    if isinstance(found, Reading):
        check_bounds(found)
        again = read(plain(found.tree), SCOPE)
        assert again.tree == found.tree


@given(trees, st.text(alphabet=" \t\u00a0", max_size=3))
def test_blanks_around_signs_change_nothing(tree: Node, blank: str) -> None:
    text = plain(tree)
    for sign in "+*/^()":
        text = text.replace(sign, f"{blank}{sign}{blank}")
    assert read(text.replace("e" + blank + "+", "e+"), SCOPE).tree == tree


LARGE: dict[str, str] = {
    "a megabyte of letters": "x" * 1_000_000,
    "a megabyte of sums": "x+" * 500_000,
    "a megabyte of digits": "9" * 1_000_000,
    "a megabyte of brackets": "(" * 500_000 + ")" * 500_000,
    "a megabyte of blanks": " " * 1_000_000,
    "a megabyte of accents": "x" + "\u0302" * 1_000_000,
    "ten thousand brackets": "(" * 10_000 + "x" + ")" * 10_000,
    "brackets as deep as the text may be long": "(" * 1_999 + "x" + ")" * 1_999,
    "ten thousand bars": "|" * 10_000,
    "bars": "|" * 3_999,
    "bars and names": "|x" * 1_999,
    "signs": "-" * 3_999 + "x",
    "mixed signs": "+-" * 1_999 + "x",
    "powers": "x^" * 1_999 + "x",
    "negative powers": "x^-" * 1_300 + "x",
    "divisions": "x/" * 700 + "x",
    "ones over": "1/(1+" * 700 + "x" + ")" * 700,
    "percent": "5" + "%" * 3_998,
    "raised": "x" + "²" * 3_998,
    "raised apart": "x" + " ²" * 1_999,
    "roots": "√" * 3_998 + "x",
    "functions": "sin" * 1_300 + " x",
    "functions apart": "sin " * 999 + "x",
    "functions to functions": "sin^" * 999 + "x",
    "functions in brackets": "sin(" * 700 + "x" + ")" * 700,
    "a run of names": "x" * 3_999,
    "a run of names that ends in digits": "x" * 399 + "1",
    "a run that cannot be split": "x" * 390 + "q1234567",
    "a run of names and digits": "y1" * 199 + "q1",
    "commas": "max(" + "1,2," * 900 + "3)",
    "numbers and commas": "1,2," * 999,
    "towers of numbers": "9^9^9",
    "towers of towers": "9^" * 30 + "9",
    "a large exponent": "x^(10^9)",
    "large exponents": "+".join(["x^9999"] * 300),
    "powers of powers": "((((x^99)^99)^99)^99)^99",
    "a long sum of fractions": "+".join(f"1/{n}" for n in range(2, 402)),
    "large exponents of ten": "1e9999*1e9999*1e9999",
    "control characters": "\x00" * 3_999,
    "from right to left": "\u202e\u05d0" * 1_999,
    "combining marks": "x" + "\u0301" * 3_998,
    "one letter of many": "\ufdfa" * 3_999,
    "lone surrogates": "\ud800" * 3_999,
}


@pytest.mark.parametrize("what", LARGE)
def test_whatever_is_pasted_costs_bounded_work(what: str) -> None:
    text = LARGE[what]
    started = time.perf_counter()
    found = outcome(text, SCOPE)
    took = time.perf_counter() - started
    print(f"{what}: {1000 * took:.1f} ms, {found.message if isinstance(found, ReadingError) else 'read'}")
    if isinstance(found, Reading):
        check_bounds(found)
    if len(text) > limits.CHARACTERS:
        assert isinstance(found, ReadingError)
        assert "characters long" in found.message


@pytest.mark.parametrize("what", LARGE)
def test_whatever_is_pasted_makes_a_bounded_number_of_tokens(what: str) -> None:
    try:
        tokens = tokenize(LARGE[what], SCOPE)
    except ReadingError:
        return
    assert len(tokens) <= limits.TOKENS + 1


class CountingScope(Scope):
    """Counts how often a word is looked up."""

    looked_up = 0

    def word(self, text: str) -> tuple[str, str] | None:  # type: ignore[override]  # the kinds are plain strings here
        CountingScope.looked_up += 1
        return super().word(text)


@pytest.mark.parametrize("what", [what for what in LARGE if "run" in what])
def test_splitting_a_run_of_letters_looks_up_a_bounded_number_of_words(what: str) -> None:
    CountingScope.looked_up = 0
    outcome(LARGE[what], CountingScope(NAMES))
    print(f"{what}: {CountingScope.looked_up} words looked up")
    assert CountingScope.looked_up <= 60_000


def test_the_largest_formula_that_may_be_typed_is_read() -> None:
    text = "+".join(["x*y1"] * 375)
    assert len(list(walk(read(text, SCOPE).tree))) == 1 + 375 * 3


def test_brackets_and_depth_at_their_limits_are_read() -> None:
    assert read("(" * limits.NESTING + "x" + ")" * limits.NESTING, SCOPE).tree == Name("x")
    assert depth(read("x/" * (limits.DEPTH - 1) + "x", SCOPE).tree) == limits.DEPTH
