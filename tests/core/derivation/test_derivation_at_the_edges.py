"""What goes wrong elsewhere: kinks, numbers beyond floating point, names with a meaning of their own, many paths."""

import time
from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from mpmath import mp

from tutor.mathematics import derivation as module
from tutor.mathematics.derivation import Derivation, derive, differentiate_here
from tutor.mathematics.evaluation import evaluate
from tutor.mathematics.notation.expression import Node
from tutor.mathematics.problem import load_problem, read_problem
from tutor.mathematics.values.decimal import decimal_text, exact_text
from tutor.mathematics.values.real import Value, limited_precision

PROBLEMS = Path(__file__).parent / "problems"


def derived(steps: str, parameters: str = "w = 1", given: str = "", after: str = "") -> Derivation:
    text = f"[given]\n{given}\n[parameters]\n{parameters}\n[steps]\n{steps}\n{after}\n"
    return derive(read_problem(text, "edge.toml"))


def notes(derivation: Derivation) -> dict[str, str]:
    return {cell.id: note for cell in derivation.cells() if (note := derivation.note(cell))}


# -- kinks


def test_relu_at_exactly_zero_where_floating_point_sees_a_positive_number() -> None:
    derivation = derive(load_problem(PROBLEMS / "relu-network-update.toml"))
    assert 0.5 * 1 + -0.3 * 2 + 0.1 > 0  # what floating point sees
    assert derivation.value("z1") == 0
    assert derivation.value("da1/dz1:direct") == 0
    assert derivation.value("dL/dw11") == derivation.value("dL/dw12") == 0
    assert derivation.value("w11@1") == Fraction("0.5")
    first = {name: note for name, note in notes(derivation).items() if "@" not in name}
    assert first.keys() == {"a1", "da1/dz1:direct"}
    assert "a1 stands exactly on the kink of relu" in first["a1"]
    assert "taken as 0" in first["a1"]


@pytest.mark.parametrize(
    ("function", "inside"), [("relu", "w - 1"), ("abs", "w - 1"), ("abs", "1 - w"), ("relu", "0*w")]
)
def test_the_slope_at_a_kink_is_0_and_said_so(function: str, inside: str) -> None:
    derivation = derived(f'z = "{inside}"\ny = "3*{function}(z) + z"')
    assert derivation.value("dy/dz:direct") == 1
    assert notes(derivation).keys() == {"y", "dy/dz:direct"}


@pytest.mark.parametrize("formula", ["relu(w - 0.999999999999)", "abs(w + 1)", "max(w, 2)", "min(w, 0.5)"])
def test_away_from_a_kink_nothing_is_said(formula: str) -> None:
    assert notes(derived(f'y = "{formula}"')) == {}


def test_a_tie_of_max_is_said() -> None:
    derivation = derived('m = "max(a, b)"\ny = "m^2"', "a = 2\nb = 2")
    assert derivation.value("m") == 2
    assert notes(derivation).keys() == {"m", "dm/da:direct", "dm/db:direct"}


def test_only_the_example_on_the_kink_is_named() -> None:
    derivation = derived('z = "w*x - 2"\ny = "relu(z)"', after="[examples]\nx = [1, 2, 3]")
    assert notes(derivation).keys() == {"y[2]", "dy/dz:direct[2]"}
    assert [derivation.value(f"dy/dw[{place}]") for place in (1, 2, 3)] == [0, 0, 3]
    assert derivation.value("dy/dw") == 1


# -- beyond floating point


def test_logits_of_a_thousand() -> None:
    derivation = derived(
        'p = "sigmoid(z)"\nright = "-ln(p)"\nwrong = "-ln(1 - p)"\nL = "right + wrong"', parameters="z = 1000"
    )
    with mp.workdps(1000):
        p = 1 / (1 + mp.exp(-1000))
        expected = {"p": p, "right": -mp.log(p), "wrong": -mp.log(1 - p), "dp/dz:direct": p * (1 - p)}
        expected["dL/dz"] = 2 * p - 1
        for name, value in expected.items():
            found = mp.mpf(decimal_text(derivation.value(name), 20))
            assert abs(found - value) <= abs(value) * mp.mpf(10) ** -19, name


def test_a_hasty_question_does_not_leave_a_rounded_value_behind() -> None:
    derivation = derived('y = "ln(abs(1 - sigmoid(1000*w)))"')
    with limited_precision(128):  # too little to tell 1 - sigmoid(1000) from 0
        derivation.value("dy/dw")
    assert decimal_text(derivation.value("dy/dw")) == "-1000"


def test_sums_that_are_0_whatever_their_parts_are_exactly_0() -> None:
    steps = [
        'a = "exp(w)"', 'b = "tanh(a)/w"', 'c = "b*w - tanh(exp(w))"', 'd = "sinh(c)"', 'f = "relu(c)"',
        'g = "max(a*b, b*a)"', 'h = "(a + b)^2 - a^2 - 2*a*b - b^2"', 'y = "c + d + f + g + h"',
    ]  # fmt: skip
    derivation = derived("\n".join(steps), parameters="w = 3")
    assert [derivation.value(name) for name in ("c", "d", "f", "h")] == [0, 0, 0, 0]
    assert {"f", "g"} <= notes(derivation).keys()
    assert derivation.value("dy/dd:direct") == 1
    assert decimal_text(derivation.value("g")) == decimal_text(derivation.value("y"))


def test_an_overflowing_exponential_goes_on() -> None:
    derivation = derived('a = "exp(1000*w)"\nb = "exp(-1000*w)"\nc = "a*b"\nd = "c + exp(5000*w)"\ny = "ln(d)"')
    assert decimal_text(derivation.value("c")) == "1"
    assert decimal_text(derivation.value("y")) == "5000"
    assert decimal_text(derivation.value("dy/dw")) == "5000"


def sizes(derivation: Derivation) -> list[int]:
    values = [derivation.value(cell.id) for cell in derivation.cells()]
    return [max(v.numerator.bit_length(), v.denominator.bit_length()) for v in values if isinstance(v, Fraction)]


@pytest.mark.parametrize("start", ["3", "1.5", "0.7", "-2", "1.0001"])
def test_forty_squares_in_a_row_never_build_the_number(start: str) -> None:
    steps = "\n".join(f's{k} = "s{k - 1}^2"' for k in range(1, 40))
    derivation = derived(f's0 = "w^2"\n{steps}', parameters=f"w = {start}")
    assert max(sizes(derivation)) < 20_000  # of the 2^40 bits and more that it would take
    assert decimal_text(derivation.value("s39")) == digits_of(start, 2**40, times=1)
    assert decimal_text(derivation.value("ds39/dw")) == digits_of(start, 2**40 - 1, times=2**40)


def digits_of(base: str, exponent: int, times: int) -> str:
    """Return times·base^exponent in scientific notation, by logarithms to the base of 10."""
    with mp.workdps(60):
        logarithm = exponent * mp.log10(abs(mp.mpf(base))) + mp.log10(times)
        power = int(mp.floor(logarithm))
        mantissa = mp.nstr(mp.mpf(10) ** (logarithm - power), 20, strip_zeros=True)
    sign = "-" if base.startswith("-") and exponent % 2 else ""
    return f"{sign}{mantissa}e{power:+d}"


def test_a_sum_of_numbers_too_long_to_show_is_still_right() -> None:
    derivation = derived('a = "w^5000"\nb = "a^2"\nc = "b - a^2 + 1/3"\ny = "c*w"', parameters="w = 3")
    assert exact_text(derivation.value("b")) is None
    assert decimal_text(derivation.value("b")) == digits_of("3", 10_000, times=1)
    assert decimal_text(derivation.value("c")) == "0.33333333333333333333"


# -- shapes of graphs


def test_a_node_with_three_consumers_and_a_weight_used_four_times() -> None:
    derivation = derived(
        'h = "w*x"\na = "h^2"\nb = "w*h"\nc = "h - w"\nE = "a + b*c + w"', parameters="w = 3", given="x = 2"
    )
    # h = 6, a = 36, b = 18, c = 3, E = 93; in w alone: E = x²w² + xw²(xw - w) + w
    assert derivation.value("E") == 93
    assert derivation.consumers("h") == ("a", "b", "c")
    assert derivation.consumers("w") == ("h", "b", "c", "E")
    assert derivation.value("dE/dh") == 12 + 3 * 3 + 18
    assert derivation.value("dE/dw") == 4 * 2 * 3 + 3 * 2 * 9 + 1
    assert derivation.path_count("w") == 6
    assert derivation.value("dh/dw:direct") == 2


def ladder(rungs: int) -> str:
    """Return steps of which each pair doubles the number of paths."""
    steps = [f'a{k} = "s{k - 1}/2"\ns{k} = "a{k} + s{k - 1}/2"' for k in range(1, rungs + 1)]
    return "\n".join(['s0 = "w"', *steps])


def test_two_hundred_steps_with_2_to_the_100_paths(monkeypatch: pytest.MonkeyPatch) -> None:
    evaluated: list[Node] = []

    def counted(node: Node, lookup: Callable[[str], Value]) -> Value:
        evaluated.append(node)
        return evaluate(node, lookup)

    monkeypatch.setattr(module, "evaluate", counted)
    started = time.perf_counter()
    derivation = derived(ladder(100), parameters="w = 7")
    slope = derivation.value("ds100/dw")
    cells = list(derivation.cells())
    values = [derivation.value(cell.id) for cell in cells]
    print(f"201 steps, 2^100 paths: {time.perf_counter() - started:.3f} s")
    edges = 1 + 3 * 100
    assert slope == 1
    assert len(values) == 201 + edges + 201
    assert len(evaluated) == len(cells)  # each cell once
    assert derivation.path_count("w") == derivation.path_count("s0") == 2**100
    assert derivation.path_count("a1") == 2**99
    assert derivation.path_count("s50") == 2**50


def test_local_derivatives_are_asked_for_once_an_edge() -> None:
    asked: list[int] = []

    def counted(wanted: Mapping[tuple[str, str], Node]) -> Mapping[tuple[str, str], Node]:
        asked.append(len(wanted))
        return differentiate_here(wanted)

    problem = read_problem(f"[parameters]\nw = 1\n[steps]\n{ladder(100)}\n", "ladder.toml")
    derive(problem, counted)
    assert asked == [1 + 3 * 100]


@pytest.mark.parametrize("name", ["w", "s0", "a1", "s90", "a100", "s99"])
def test_the_first_paths_are_different_paths_of_the_graph(name: str) -> None:
    derivation = derived(ladder(100))
    uses = {step.name: step.uses for step in derivation.problem.steps.values()}
    paths = derivation.paths(name)
    assert len(paths) == min(64, derivation.path_count(name))
    assert len(set(paths)) == len(paths)
    for path in paths:
        assert path[0] == "s100"
        assert path[-1] == name
        assert all(below in uses[above] for above, below in pairwise(path))


def test_a_chain_of_1500_steps() -> None:
    steps = "\n".join(f's{k} = "s{k - 1} + 1"' for k in range(1, 1500))
    derivation = derived(f's0 = "2*w"\n{steps}')
    assert derivation.value("s1499") == 1501
    assert derivation.value("ds1499/dw") == 2
    assert derivation.paths("w") == [(*(f"s{k}" for k in range(1499, -1, -1)), "w")]


# -- names

PLAIN = """
[given]
k1 = 3
k2 = 0.5
[parameters]
k3 = 2
k4 = 1.5
[steps]
k5 = "k3*k1 + k4"
k6 = "tanh(k5*k2) + k4*k3"
k7 = "k6^2 - k5/k4"
k8 = "(k7 - k1)^2"
[update]
rule = "momentum"
beta = 0.9
eta = 0.1
steps = 2
"""
NAMES = [
    "E I S N Q beta gamma lambda", "zeta O C pi e sigma N E", "Q S I N O C E zeta", "σ λ γ β e π ε Γ",
    "re im oo nan zoo Symbol Function lambda", "d dE dx w_1 ŷ x_ij η θ_old", "def class import None for if else True",
    "m v mhat vhat direct t l1 ll", "α Α a A _ __ _1 é", "update eta steps rule given examples title objective",
]  # fmt: skip


def renamed(text: str, names: dict[str, str]) -> str:
    for plain, name in names.items():
        text = text.replace(f"\n{plain} =", f'\n"{name}" =').replace(plain, name)
    return text


@pytest.mark.parametrize("row", NAMES)
def test_any_name_is_an_ordinary_name(row: str) -> None:
    names = dict(zip((f"k{place}" for place in range(1, 9)), row.split(), strict=True))
    plain = derive(read_problem(PLAIN, "plain.toml"))
    named = derive(read_problem(renamed(PLAIN, names), "named.toml"))
    pairs = list(zip(plain.cells(), named.cells(), strict=True))
    assert len(pairs) == 2 * (4 + 9 + 5 + 2 + 2)
    for one, other in pairs:
        assert (names[one.name], names.get(one.by, ""), one.kind) == (other.name, other.by, other.kind)
        assert decimal_text(plain.value(one.id)) == decimal_text(named.value(other.id)), other.id
        assert named.cell(other.id) == other  # the id is read back


def test_pi_and_e_are_the_constants_unless_declared() -> None:
    constants = derived('a = "pi*w"\nb = "e^w"\ny = "a + b"')
    assert decimal_text(constants.value("a")) == "3.1415926535897932385"
    assert decimal_text(constants.value("b")) == "2.7182818284590452354"
    names = derived('a = "pi*w"\nb = "e^w"\ny = "a + b"', parameters="w = 3\npi = 2\ne = 5")
    assert [names.value("a"), names.value("b")] == [6, 125]
    assert names.value("dy/dpi") == 3
    assert names.value("dy/de") == 75


def test_sigma_is_the_sigmoid_unless_it_is_a_name() -> None:
    function = derived('y = "sigma(w) + σ(w)"', parameters="w = 0")
    assert [function.value("y"), function.value("dy/dw")] == [1, Fraction(1, 2)]
    name = derived('y = "sigma*(w) + sigma(w) + σ w"', parameters="w = 3\nsigma = 2")
    assert [name.value("y"), name.value("dy/dw"), name.value("dy/dsigma")] == [18, 6, 9]


# -- derivatives whose own formula is harder than the function


@pytest.mark.parametrize(
    ("formula", "slope"),
    [
        ("w^n", "0"), ("(w + 1)^n", "2"), ("tan(w + pi/2 - 1)", "≈1.41228292743739191"), ("w^2/(w + 1)", "0"),
        ("sqrt(w^2 + 4)", "0"), ("2^w", "≈0.69314718055994531"), ("(w + 2)^w", "≈0.69314718055994531"),
        ("tanh(w)^3", "0"), ("exp(ln(w + 3))", "1"), ("sinh(w)*cosh(w)", "1"),
    ],
)  # fmt: skip
def test_slopes_that_exist_are_found_at_0(formula: str, slope: str) -> None:
    found = derived(f'y = "{formula}"', parameters="w = 0", given="n = 2").value("dy/dw")
    if slope.startswith("≈"):
        assert abs(Fraction(decimal_text(found)) - Fraction(slope[1:])) < Fraction(1, 10**15)
    else:
        assert found == Fraction(slope)
