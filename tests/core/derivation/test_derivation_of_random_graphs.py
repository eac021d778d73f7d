"""Every cell of random problems against oracles that share nothing with the derivation."""

from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from typing import Any

import pytest
import sympy
from mpmath import mp
from oracles import DIGITS, Difference, Exact, Expected, suitable
from random_graphs import Graph

from tutor.mathematics.derivation import Derivation, derive
from tutor.mathematics.problem import read_problem
from tutor.mathematics.values.decimal import decimal_text

FUNCTIONS = (
    "exp", "log", "sqrt", "abs", "sin", "cos", "tan", "sinh", "cosh", "tanh", "sigmoid", "relu", "softplus", "max",
    "min", "^",
)  # fmt: skip
BLOCKS = 10
RATIONAL = 50  # in each block
OTHERS = 15
NESTED = 12


@cache
def rational(block: int) -> list[Expected]:
    return list(suitable(block * 1_000_000, RATIONAL, Exact()))


def functional(block: int) -> Iterator[Expected]:
    return suitable(block * 1_000_000, OTHERS, Difference(), functions=FUNCTIONS, steps=(2, 8))


def derived(graph: Graph) -> Derivation:
    return derive(read_problem(graph.text, "random.toml"))


@pytest.mark.parametrize("block", range(BLOCKS))
def test_rational_graphs_are_exactly_those_of_dual_numbers(block: int) -> None:
    for seed, graph, expected in rational(block):
        derivation = derived(graph)
        found = {cell.id: derivation.value(cell.id) for cell in derivation.cells()}
        assert found == expected, f"seed {seed}\n{graph.text}"


@pytest.mark.parametrize("block", range(BLOCKS))
def test_graphs_with_functions_agree_with_central_differences(block: int) -> None:
    with mp.workdps(DIGITS):
        for seed, graph, expected in functional(block):
            derivation = derived(graph)
            found = {cell.id: mp.mpf(decimal_text(derivation.value(cell.id), 30)) for cell in derivation.cells()}
            assert found.keys() == expected.keys(), f"seed {seed}\n{graph.text}"
            for name, value in found.items():
                assert abs(value - expected[name]) <= mp.mpf(10) ** -20 * max(1, abs(value)), f"seed {seed}, {name}"


SMOOTH = tuple(name for name in FUNCTIONS if name not in {"abs", "relu", "max", "min"})


def nested(graph: Graph, by: str) -> tuple[sympy.Expr, dict[sympy.Symbol, sympy.Expr]]:
    """Return the objective as one expression, and what its symbols stand for; a step `by` is a symbol as well."""
    numbers = {name: sympy.Rational(*value.as_integer_ratio()) for name, value in graph.given.items()}
    numbers |= {name: sympy.Rational(*many[0].as_integer_ratio()) for name, many in graph.examples.items()}
    symbols = {name: sympy.Symbol(f"q{place}") for place, name in enumerate(graph.parameters)}
    at = {symbols[name]: sympy.Rational(*value.as_integer_ratio()) for name, value in graph.parameters.items()}
    known: dict[str, sympy.Expr] = {**numbers, **symbols}
    for name, formula in graph.steps.items():
        own = in_sympy(formula, known)
        if name == by:
            at = {**at, sympy.Symbol("cut"): own.subs(at)}
            own = sympy.Symbol("cut")
        known[name] = own
    return known[graph.objective], at


def in_sympy(formula: Any, known: dict[str, sympy.Expr]) -> sympy.Expr:
    match formula:
        case Fraction():
            return sympy.Rational(formula.numerator, formula.denominator)
        case str():
            return known[formula]
        case (operator, *arguments):
            first, *rest = (in_sympy(argument, known) for argument in arguments)
            match operator:
                case "+":
                    return first + rest[0]
                case "-":
                    return first - rest[0]
                case "*":
                    return first * rest[0]
                case "/":
                    return first / rest[0]
                case "^":
                    return first ** rest[0]
                case "neg":
                    return -first
                case "sigmoid":
                    return 1 / (1 + sympy.exp(-first))
                case "softplus":
                    return sympy.log(1 + sympy.exp(first))
                case _:
                    return getattr(sympy, operator)(first)


def compare_with_nested(graph: Graph, seed: int) -> int:
    """Compare the first example's total derivatives with those of the nested expression; return how many there are."""
    derivation = derived(graph)
    first = [cell for cell in derivation.total_cells(0) if cell.example == (1 if graph.examples else 0)]
    for cell in first:
        whole, at = nested(graph, cell.by)
        variable = sympy.Symbol("cut" if cell.by in graph.steps else f"q{list(graph.parameters).index(cell.by)}")
        slope = whole.diff(variable).subs(at)
        value = derivation.value(cell.id)
        if isinstance(value, Fraction) and slope.is_Rational:
            assert value == Fraction(int(slope.p), int(slope.q)), f"seed {seed}, {cell.id}\n{graph.text}"
        else:
            difference = sympy.Float(decimal_text(value, 30), 40) - slope.evalf(40)
            assert abs(difference) < sympy.Float(10) ** -20 * max(1, abs(slope.evalf())), f"seed {seed}, {cell.id}"
    return len(first)


@pytest.mark.parametrize("functions", [(), SMOOTH], ids=["rational", "functions"])
def test_total_derivatives_are_those_of_the_whole_nested_expression(functions: tuple[str, ...]) -> None:
    arithmetic = Difference() if functions else Exact()
    with mp.workdps(DIGITS):
        graphs = list(suitable(50_000_000, NESTED, arithmetic, functions=functions, steps=(2, 5)))
    assert sum(compare_with_nested(graph, seed) for seed, graph, _ in graphs) > 3 * NESTED


def test_the_random_graphs_have_what_makes_derivations_hard() -> None:
    graphs = [graph for block in range(BLOCKS) for _, graph, _ in rational(block)]
    consumers = [sum(name in graph.uses(step) for step in graph.steps) for graph in graphs for name in graph.needed()]
    updated = [graph for graph in graphs if graph.rates and graph.rates[1] > 1]
    assert len(graphs) == 500
    assert sum(many >= 3 for many in consumers) > 200
    assert max(len(graph.steps) for graph in graphs) == 12
    assert sum(bool(graph.examples) for graph in graphs) > 100
    assert sum(graph.batch(0) != graph.batch(1) for graph in updated) > 20
    assert {graph.rates[2] for graph in graphs if graph.rates and graph.examples} == {"mean", "sum"}
    assert sum(graph.objective != list(graph.steps)[-1] for graph in graphs) > 30
    assert {"pi", "e", "θ", "E", "lambda"} <= {name for graph in graphs for name in graph.needed()}
