"""The course's worked examples, whose numbers were there before the code: every row of `worked_examples.txt`.

A line is `file | cell | value`: the value exactly, or after ≈ rounded to the digits that are given. Headings name the
items of the curriculum. Whole tables that differ in one setting only are tests of their own below.
"""

import re
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from tutor.mathematics.derivation import Derivation, derive
from tutor.mathematics.problem import load_problem, read_problem
from tutor.mathematics.values.decimal import decimal_text
from tutor.mathematics.values.real import Value

HERE = Path(__file__).parent
PROBLEMS = HERE / "problems"
TABLE = (HERE / "worked_examples.txt").read_text("utf-8").splitlines()
ROWS = [tuple(line.split(" | ")) for line in TABLE if not line.startswith("#")]

# Parts of the curriculum that are no problem file, and what they need instead.
NO_PROBLEM_FILE = {
    "B2.1": "the update rule in words",
    "B2.8": "pictures",
    "B4.2": "the pattern in words; B4.8 and G3 to G5 are its numbers",
    "B4.7": "checkpoints; its numbers are those of B4.4, B4.5 and B5.2",
    "B4.9": "pictures",
    "B5.4": "the optimizers in words; G6 to G11 are their numbers",
    "B5.7": "where validation sits",
    "G12": "clipping works on a whole gradient: no update rule of the contract does",
    "G18": "dropout draws masks at random",
    "G19": "early stopping reads curves",
    "G26": "standardising is statistics of a data set",
    "G27": "a count of products",
}
ITEMS = [*(f"B2.{n}" for n in range(1, 9)), *(f"B3.{n}" for n in range(1, 8)), *(f"B4.{n}" for n in range(1, 10))]
ITEMS += [*(f"B5.{n}" for n in range(1, 8)), *(f"G{n}" for n in range(1, 30))]


@cache
def derivation_of(file: str, changes: tuple[tuple[str, str], ...] = ()) -> Derivation:
    """Return the derivation of a problem file, with some of its lines set to other values."""
    if not changes:
        return derive(load_problem(PROBLEMS / f"{file}.toml"))
    text = (PROBLEMS / f"{file}.toml").read_text("utf-8")
    for name, value in changes:
        text, count = re.subn(rf"^{name} = .*$", f"{name} = {value}", text, flags=re.MULTILINE)
        assert count == 1, name
    return derive(read_problem(text, f"{file}.toml"))


def changed(file: str, **changes: str) -> Derivation:
    return derivation_of(file, tuple(changes.items()))


def value_of(derivation: Derivation, cell: str) -> Value:
    return derivation.value(derivation.cell(cell).id)


def number(value: Value) -> Fraction:
    """Return a value exactly, or, where it is irrational, to 30 digits."""
    return value if isinstance(value, Fraction) else Fraction(decimal_text(value, 30))


def agrees(value: Value, text: str) -> bool:
    """Whether the value is the one that is printed, to the digits that are given after ≈."""
    if not text.startswith("≈"):
        return value == Fraction(text)
    mantissa, _, exponent = text[1:].partition("e")
    last_place = Fraction(10) ** (int(exponent or 0) - len(mantissa.partition(".")[2]))
    return abs(number(value) - Fraction(text[1:])) <= last_place / 2 * (1 + Fraction(1, 10**9))


@pytest.mark.parametrize("file", sorted({file for file, *_ in ROWS}))
def test_worked_example(file: str) -> None:
    derivation = derivation_of(file)
    for name, cell, printed in ROWS:
        if name == file:
            value = value_of(derivation, cell)
            assert agrees(value, printed), f"{cell} = {decimal_text(value)}"


def test_every_problem_file_is_in_the_table_and_every_item_is_covered_or_says_why_not() -> None:
    assert {file for file, *_ in ROWS} == {path.stem for path in PROBLEMS.glob("*.toml")}
    assert len(ROWS) > 1_100
    headings = " ".join(line for line in TABLE if line.startswith("#"))
    own_tests = {"B2.4", "G15", "G16"}  # tables of learning rates, below
    covered = {item for item in ITEMS if re.search(rf"\b{re.escape(item)}(?![.\d])", headings)} | own_tests
    assert set(ITEMS) - covered == set(NO_PROBLEM_FILE)


def test_the_batch_has_not_the_totals_that_are_often_printed() -> None:
    batch = derivation_of("five-weights-batch")
    assert [value_of(batch, f"dE/dw{n}") for n in range(1, 6)] == [2064, 316, 1636, 632, 68]
    assert value_of(batch, "dE/dw1") != 924
    assert value_of(batch, "dE/dw2") != 324
    assert value_of(batch, "w1@1") == Fraction("0.7936")


# -- B2.4, G15: learning rates on x²

RATES = {
    "0.01": "3, 2.94, 2.8812, 2.823576, ≈2.767104, ≈2.711762",
    "0.1": "3, 2.4, 1.92, 1.536, 1.2288, 0.98304",
    "0.3": "3, 1.2, 0.48, 0.192, 0.0768, 0.03072",
    "0.5": "3, 0",
    "0.9": "3, -2.4, 1.92, -1.536, 1.2288, -0.98304",
    "1": "3, -3, 3, -3",
    "1.1": "3, -3.6, 4.32, -5.184, 6.2208, -7.46496",
}


@pytest.mark.parametrize(("eta", "printed"), list(RATES.items()))
def test_learning_rates_on_the_square(eta: str, printed: str) -> None:
    derivation = changed("square", eta=eta)
    for k, text in enumerate(printed.split(", ")):
        assert agrees(value_of(derivation, f"x@{k}"), text), k


@pytest.mark.parametrize(("eta", "steps"), {"0.001": 2850, "0.01": 283, "0.1": 26, "0.3": 7, "0.9": 26}.items())
def test_steps_until_the_square_is_nearly_at_its_minimum(eta: str, steps: int) -> None:
    derivation = changed("square", eta=eta, steps=str(steps))
    assert abs(number(value_of(derivation, f"x@{steps}"))) < Fraction("0.01")
    assert abs(number(value_of(derivation, f"x@{steps - 1}"))) >= Fraction("0.01")


# -- B2.7: where the quartic ends, and after how many steps its slope is below 1e-9

RIGHT, LEFT = "≈1.346997", "≈-1.472998"
ENDS = [
    ("0.5", "0.01", RIGHT, 171), ("0.5", "0.05", RIGHT, 24), ("0.5", "0.1", RIGHT, 22), ("0.5", "0.12", RIGHT, 52),
    ("-0.5", "0.01", LEFT, 129), ("-0.5", "0.05", LEFT, 14), ("-0.5", "0.1", LEFT, 87),
    ("0.1", "0.05", LEFT, 23), ("0.2", "0.05", RIGHT, 29), ("2.0", "0.05", RIGHT, 21), ("-2.0", "0.05", LEFT, 12),
    ("0.2", "0.1", RIGHT, 25), ("2.0", "0.1", RIGHT, 27), ("0.2", "0.12", RIGHT, 49),
]  # fmt: skip


@pytest.mark.parametrize(("start", "eta", "end", "steps"), ENDS)
def test_where_the_quartic_ends(start: str, eta: str, end: str, steps: int) -> None:
    derivation = changed("quartic-right", x=start, eta=eta, steps=str(steps + 1))
    assert agrees(value_of(derivation, f"x@{steps}"), end)
    assert abs(number(value_of(derivation, f"df/dx@{steps}"))) < Fraction(1, 10**9)
    assert abs(number(value_of(derivation, f"df/dx@{steps - 1}"))) >= Fraction(1, 10**9)


# -- B3.3: a flat bottom, and an explosion


def test_the_nested_function_is_slow_at_its_flat_bottom_and_explodes_far_from_it() -> None:
    slow = changed("nested", steps="1001")
    assert agrees(value_of(slow, "f@100"), "≈0.0012936732")
    assert agrees(value_of(slow, "f@1000"), "≈0.0000672768")
    assert agrees(value_of(changed("nested-from-one", eta="0.001"), "f@1"), "≈9.27e6")


# -- B5.3: learning rates on the network of five weights

LAB = {
    "0.0001": {1: "85.4211", 2: "38.1929", 3: "22.6973", 5: "13.4436", 10: "10.1272", 30: "7.68916", 100: "4.70857"},
    "0.0002": {1: "14.4324", 2: "11.0665", 3: "9.9143", 5: "9.11791", 10: "8.01935", 30: "5.59783", 100: "4.06246"},
    "0.0003": {1: "103.675", 2: "39.0068", 3: "14.1756", 5: "7.03119", 10: "6.14824", 30: "4.71673", 100: "4.02332"},
    "0.0004": {1: "236.801", 2: "100.892", 3: "32.1012", 5: "5.5892", 10: "4.95398", 30: "4.54264", 100: "4.15555"},
    "0.0005": {1: "361.588", 2: "171.766", 3: "65.2671", 5: "7.6989", 10: "5.00067", 30: "4.88882", 100: "4.52922"},
    "0.001": {1: "877.944", 2: "244.608", 3: "47.5482", 5: "12.5701", 10: "12.3311", 30: "10.0343", 100: "4.07682"},
    "0.002": {1: "103043", 2: "3.997e16", 3: "4.982e74"},
}


@pytest.mark.parametrize(("eta", "printed"), list(LAB.items()))
def test_learning_rates_on_the_network_of_five_weights(eta: str, printed: dict[int, str]) -> None:
    derivation = changed("five-weights-batch", eta=eta, steps=str(max(printed) + 1))
    for k, text in printed.items():
        assert agrees(value_of(derivation, f"E@{k}"), "≈" + text), k


# -- G13: the signal through ten sigmoid layers

SIGNAL = (
    "2.500000e-01, 5.875093e-02, 1.335209e-02, 3.008129e-03, 6.763392e-04, 1.519966e-04, 3.415531e-05, 7.674898e-06, "
    "1.724586e-06, 3.875220e-07"
)


@pytest.mark.parametrize(("layer", "product"), list(enumerate(SIGNAL.split(", "), start=1)))
def test_the_signal_vanishes_layer_after_layer(layer: int, product: str) -> None:
    text = f'objective = "a{layer}"\n' + (PROBLEMS / "vanishing.toml").read_text("utf-8")
    derivation = derive(read_problem(text, "vanishing.toml"))
    assert agrees(value_of(derivation, f"da{layer}/da0"), "≈" + product)


# -- G16: two curvatures

TWO_CURVATURES = {
    "0.1": "17, 8.64, 4.7232, 2.732544",
    "0.25": "17, 2.25, 0.5625, 0.140625",
    '"1/3"': "17, ≈1.888889, ≈0.209877, ≈0.023320",
    "0.4": "17, 3.24, 1.0512, 0.373824",
    "0.5": "17, 8, 8, 8",
    "0.6": "17, 16.04, 30.7472, 60.236864",
}


@pytest.mark.parametrize(("eta", "printed"), list(TWO_CURVATURES.items()))
def test_learning_rates_on_the_bowl(eta: str, printed: str) -> None:
    derivation = changed("bowl", eta=eta, steps="4")
    for k, text in enumerate(printed.split(", ")):
        assert agrees(value_of(derivation, f"f@{k}"), text), k
