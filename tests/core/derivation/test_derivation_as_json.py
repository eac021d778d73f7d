"""Section 3 of the contract: what other programs get."""

import json
import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from functools import cache, reduce
from pathlib import Path
from typing import Any

import pytest
from mpmath import mp
from oracles import Exact, Expected, suitable
from random_graphs import Graph

from tutor.mathematics.derivation import derive
from tutor.mathematics.problem import load_problem, read_problem
from tutor.mathematics.report import as_json

PROBLEMS = Path(__file__).parent / "problems"
ALWAYS = {"id", "kind", "expression", "exact", "value"}
Record = dict[str, Any]


@cache
def records(text: str) -> list[Record]:
    found: list[Record] = json.loads(as_json(derive(read_problem(text, "problem.toml"))))["cells"]
    return found


def value_of(formula: str, w: str = "1") -> Record:
    return records(f'[parameters]\nw = {w}\n[steps]\ny = "{formula}"\n')[0]


# -- its shape, on problems of every kind


@cache
def graphs() -> list[Expected]:
    """Return random problems of which all values are known exactly."""
    return list(suitable(77_000_000, 40, Exact()))


def kind(identity: str) -> str:
    if ":direct" in identity:
        return "direct"
    if re.match(r"d.+/d", identity):
        return "total"
    return "parameter" if identity.partition("@")[0] in {"w1", "w2", "w3", "θ", "b", "pi", "e"} else "forward"


def test_the_cells_are_those_of_the_contract_with_their_kinds_and_values() -> None:
    for _, graph, expected in graphs():
        cells = records(graph.text)
        found = {cell["id"]: cell for cell in cells}
        assert len(found) == len(cells)
        assert found.keys() == expected.keys()
        for identity, cell in found.items():
            assert cell["kind"] == kind(identity)
            extra = {"path_count", "paths"} if cell["kind"] == "total" else set()
            assert cell.keys() == ALWAYS | extra
            short = sum(map(str.isdigit, str(expected[identity]))) <= 1000
            assert cell["exact"] == (str(expected[identity]) if short else None)
            assert_close(cell["value"], expected[identity])


def assert_close(text: str, value: Fraction) -> None:
    """Check a decimal string to 15 significant digits."""
    found = Fraction(Decimal(text))
    assert abs(found - value) <= abs(value) / 10**15, text


def test_expressions_can_be_calculated_from_the_other_cells() -> None:
    for _, graph, expected in graphs():
        known = {**graph.given, **graph.parameters, **expected, "eta": graph.rates[0] if graph.rates else Fraction(0)}
        for name, many in graph.examples.items():
            known |= {f"{name}[{place}]": value for place, value in enumerate(many, 1)}
        words = re.compile("|".join([*sorted(map(re.escape, known), key=len, reverse=True), r"\d+(\.\d+)?"]))
        for cell in records(graph.text):
            text = words.sub(
                lambda found, known=known: f"known[{found[0]!r}]" if found[0] in known else f"Fraction('{found[0]}')",
                cell["expression"],
            )
            assert eval(text.replace("^", "**")) == expected[cell["id"]], cell


def all_paths(graph: Graph, step: str, to: str) -> list[list[str]]:
    """Return every path, by walking all of them."""
    if step == to:
        return [[step]]
    return [[step, *rest] for name in graph.uses(step) for rest in all_paths_from(graph, name, to)]


def all_paths_from(graph: Graph, name: str, to: str) -> list[list[str]]:
    if name == to:
        return [[name]]
    return all_paths(graph, name, to) if name in graph.steps else []


def test_paths_are_all_the_ways_from_the_objective() -> None:
    longest = 0
    sums: dict[str, Any] = {"s0": "w1"}
    for name in [f"s{k}" for k in range(1, 9)]:
        sums[name] = reduce(lambda one, other: ("+", one, other), list[Any](sums))
    dense = Graph({}, {"w1": Fraction(1)}, {}, sums, "s8")
    for graph in (dense, *(graph for _, graph, _ in graphs())):
        for cell in records(graph.text):
            if cell["kind"] == "total":
                by = re.split(r"[\[@]", cell["id"].partition("/d")[2])[0]
                every = all_paths(graph, graph.objective, by)
                longest = max(longest, len(every))
                assert cell["path_count"] == len(every)
                assert len(cell["paths"]) == min(64, len(every))
                assert all(path in every for path in cell["paths"])
                assert len(set(map(tuple, cell["paths"]))) == len(cell["paths"])
    assert longest == 2**7  # from s8 to s0


def test_the_one_object_names_the_objective() -> None:
    whole = json.loads(as_json(derive(load_problem(PROBLEMS / "five-weights-alone.toml"))))
    assert whole.keys() == {"objective", "cells"}
    assert whole["objective"] == "E"  # which is not the last step


def test_a_problem_with_states_has_them_after_every_update() -> None:
    text = (PROBLEMS / "adam.toml").read_text("utf-8")
    kinds: dict[str, list[str]] = {}
    for cell in records(text):
        kinds.setdefault(cell["kind"], []).append(cell["id"])
    after = [f"@{k}" for k in range(1, 5)]
    assert kinds["parameter"] == [f"w{at}" for at in after]
    assert kinds["state"] == [f"{state}_w{at}" for at in after for state in ("m", "v", "mhat", "vhat")]
    assert kinds["forward"] == ["L", "L@1", "L@2", "L@3"]
    assert kinds["direct"] == [f"dL/dw:direct{at}" for at in ("", "@1", "@2", "@3")]


@pytest.mark.parametrize("path", sorted(PROBLEMS.glob("*.toml")), ids=lambda path: path.stem)
def test_every_problem_file_comes_out_as_json(path: Path) -> None:
    text = as_json(derive(load_problem(path)))
    assert text.isascii()
    assert "\n" not in text
    for cell in json.loads(text)["cells"]:
        assert cell.keys() - {"path_count", "paths", "note"} == ALWAYS
        assert cell["kind"] in {"forward", "direct", "total", "parameter", "state"}
        assert Decimal(cell["value"]).is_finite()
        assert (cell["kind"] == "total") == ("path_count" in cell) == ("paths" in cell)
        if cell["exact"] is not None:
            assert_close(cell["value"], Fraction(cell["exact"]))


def test_names_keep_the_spelling_of_the_file() -> None:
    text = '[parameters]\nw_1 = 2\n"β" = 3\n[steps]\n"ŷ" = "w1 * beta"\n"L_2" = "yhat^2"\n[update]\neta = 1\n'
    assert [cell["id"] for cell in records(text)] == [
        "ŷ", "L_2", "dŷ/dw_1:direct", "dŷ/dβ:direct", "dL_2/dŷ:direct", "dL_2/dŷ", "dL_2/dw_1", "dL_2/dβ",
        "w_1@1", "β@1",
    ]  # fmt: skip


# -- exact


@pytest.mark.parametrize(
    ("formula", "exact"),
    [
        ("-13*w/5000", "-13/5000"), ("6*w/4", "3/2"), ("0.1*w", "1/10"), ("w - 1", "0"),
        ("10^999*w", "1" + "0" * 999), ("10^1000*w", None), ("w/10^1000", None),
        ("w/(7*10^200) + 10^200", f"{7 * 10**400 + 1}/{7 * 10**200}"),
        ("sqrt(9*w/4)", "3/2"), ("sqrt(2*w)", None), ("exp(w)", None), ("pi*w", None), ("ln(w)", "0"),
        ("exp(w - 1)", "1"), ("sin(w - 1)", "0"), ("8^(1/3)*w", "2"), ("4^(-1/2)*w", "1/2"), ("cos(w - 1)", "1"),
        ("tanh(ln(3))*w", "4/5"), ("abs(-w)", "1"), ("max(w, 1/3, 5)", "5"), ("e^0*w", "1"),
        ("sqrt(3) - sqrt(2)*w", None),
    ],
)  # fmt: skip
def test_exact_is_a_fraction_where_that_is_known_and_not_too_long(formula: str, exact: str | None) -> None:
    assert value_of(formula)["exact"] == exact


# -- value

NASTY: dict[str, Callable[[Any], Any]] = {
    "1 - sigmoid(1000*w)": lambda w: 1 - 1 / (1 + mp.exp(-1000 * w)),
    "sigmoid(-1000*w)": lambda w: 1 / (1 + mp.exp(1000 * w)),
    "sigmoid(1000*w)": lambda w: 1 / (1 + mp.exp(-1000 * w)),
    "1 - tanh(500*w)^2": lambda w: 1 - mp.tanh(500 * w) ** 2,
    "exp(1e-20*w) - 1": lambda w: mp.exp(w * mp.mpf(10) ** -20) - 1,
    "ln(1 + 1e-30*w)": lambda w: mp.log(1 + w * mp.mpf(10) ** -30),
    "(exp(1e-40*w) - 1)/1e-40": lambda w: (mp.exp(w * mp.mpf(10) ** -40) - 1) * mp.mpf(10) ** 40,
    "sqrt(10^40*w + 1) - 10^20": lambda w: mp.sqrt(mp.mpf(10) ** 40 * w + 1) - mp.mpf(10) ** 20,
    "1 - cos(1e-15*w)": lambda w: 1 - mp.cos(w * mp.mpf(10) ** -15),
    "sin(1e50*w)": lambda w: mp.sin(mp.mpf(10) ** 50 * w),
    "tan(pi/2 - 1e-25*w)": lambda w: 1 / mp.tan(w * mp.mpf(10) ** -25),
    "exp(100000*w)": lambda w: mp.exp(100000 * w),
    "exp(-100000*w)": lambda w: mp.exp(-100000 * w),
    "softplus(-800*w)": lambda w: mp.log(1 + mp.exp(-800 * w)),
    "softplus(800*w) - 800*w": lambda w: mp.log(1 + mp.exp(800 * w)) - 800 * w,
    "ln(exp(1000*w) + exp(1001*w)) - 1001": lambda w: mp.log(1 + mp.exp(-w)),
    "sinh(200*w) - cosh(200*w)": lambda w: -mp.exp(-200 * w),
    "pi*w - 355/113": lambda w: mp.pi * w - mp.mpf(355) / 113,
    "exp(pi*sqrt(163)*w) - 262537412640768744": lambda w: mp.exp(mp.pi * mp.sqrt(163) * w) - 262537412640768744,
    "sqrt(2) + sqrt(3)*w - sqrt(5 + 2*sqrt(6)) + 1e-35": lambda _: mp.mpf(10) ** -35,
    "w^0.5 - sqrt(w) + e^(-3)": lambda _: mp.exp(-3),
    "(w + 1e-25)^3 - w^3": lambda w: (w + mp.mpf(10) ** -25) ** 3 - w**3,
    "w/3*1e-300": lambda w: w / 3 * mp.mpf(10) ** -300,
    "2^-5000*w": lambda w: w * mp.mpf(2) ** -5000,
    "7^4000*w/9": lambda w: w * mp.mpf(7) ** 4000 / 9,
}


@pytest.mark.parametrize("formula", NASTY)
def test_fifteen_digits_are_right_whatever_cancels(formula: str) -> None:
    with mp.workdps(2_000):
        expected = NASTY[formula](mp.mpf(1))
        found = mp.mpf(value_of(formula)["value"])
        assert abs(found - expected) <= abs(expected) * mp.mpf(10) ** -15


@pytest.mark.parametrize("z", [15_000, 40_000, 1_000_000])
def test_probabilities_ever_so_close_to_1(z: int) -> None:
    with mp.workdps(40):
        expected = mp.exp(-z)
        found = mp.mpf(value_of(f"1 - sigmoid({z}*w)")["value"])
        assert abs(found - expected) <= expected * mp.mpf(10) ** -15


def test_a_number_that_cannot_be_told_from_0_is_0() -> None:
    assert value_of("sqrt(2)^2 - 2*w")["value"] == "0"
    assert value_of("sin(w)^2 + cos(w)^2 - 1")["value"] == "0"


@pytest.mark.parametrize(
    ("formula", "value"),
    [("w/4", "0.25"), ("w/3", "0.33333333333333333333"), ("-2*w/3", "-0.66666666666666666667"), ("100000*w", "100000"),
     ("12345678901234567890*w", "12345678901234567890"), ("0*w", "0"), ("pi*w", "3.1415926535897932385"), ("-w", "-1")],
)  # fmt: skip
def test_values_are_plain_decimals_where_they_are_short(formula: str, value: str) -> None:
    assert value_of(formula)["value"] == value
