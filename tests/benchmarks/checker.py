"""How fast answers are checked: equality beside SymPy's simplify, and whole verdicts with their diagnosis.

Run it with `python tests/benchmarks/checker.py`. Everything is measured in one run; the ratios are what counts.
"""

from __future__ import annotations

import signal
import statistics
import time
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import sympy

from tutor.mathematics.checking.check import CellChecker
from tutor.mathematics.checking.formulas import names_in
from tutor.mathematics.derivation import derive
from tutor.mathematics.equality.decide import decide
from tutor.mathematics.notation.parser import read
from tutor.mathematics.notation.scope import Scope
from tutor.mathematics.presentation import short_decimal
from tutor.mathematics.problem import load_problem, read_problem
from tutor.mathematics.symbolic import to_sympy

if TYPE_CHECKING:
    from collections.abc import Callable

    from tutor.mathematics.derivation import Derivation

LESSONS = Path(__file__).parents[2] / "lessons" / "problems"
REPEATS = 5
PATIENCE = 20

# expected, answer: half of them equal, half not
PAIRS = [
    ("12*u*v^2", "3v²·2u·2"),
    ("12*u*v^2", "6*u*v^2"),
    ("3*v^2*(2*u + 6*x2)", "6u v² + 18 x2 v²"),
    ("3*v^2*(2*u + 6*x2)", "3v²·2u"),
    ("2*(x1 + w1*x2)*x2", "2x1x2 + 2w1x2²"),
    ("2*(x1 + w1*x2)*x2", "2(x1+w1x2)"),
    ("4*x^3 - 8*x + 1", "1 - 8x + 4x³"),
    ("4*x^3 - 8*x + 1", "4x³ - 4x + 1"),
    ("4*(x1^2 + x1*x2 + x2^2)", "(2x1+x2)² + 3x2²"),
    ("4*(x1^2 + x1*x2 + x2^2)", "(2x1+x2)² + 2x2²"),
    ("192*q^2*(2*x + y)", "384 q² x + 192 q² y"),
    ("192*q^2*(2*x + y)", "192 q² (x + 2y)"),
    ("(x^2 - 1)/(x - 1)", "x + 1"),
    ("(x^2 - 1)/(x - 1)", "x - 1"),
    ("1/(1 + exp(-z))", "e^z/(1+e^z)"),
    ("1/(1 + exp(-z))", "1/(1+e^z)"),
    ("sigmoid(z)*(1 - sigmoid(z))", "e^-z/(1+e^-z)^2"),
    ("sigmoid(z)*(1 - sigmoid(z))", "σ(z)"),
    ("1 - tanh(z)^2", "4/(e^z+e^-z)^2"),
    ("1 - tanh(z)^2", "1 - tanh z"),
    ("-(y/p) + (1 - y)/(1 - p)", "(p-y)/(p(1-p))"),
    ("-(y/p) + (1 - y)/(1 - p)", "(y-p)/(p(1-p))"),
    ("-ln(p)", "ln(1/p)"),
    ("-ln(p)", "1/ln p"),
    ("exp(x + y)", "e^x e^y"),
    ("exp(x + y)", "e^x + e^y"),
    ("2*w*x^2 + 2*b*x - 2*x*y", "2x(wx + b - y)"),
    ("2*w*x^2 + 2*b*x - 2*x*y", "2(wx + b - y)"),
    ("(o - y)*o*(1 - o)", "o(o-y) - o²(o-y)"),
    ("(o - y)*o*(1 - o)", "(y-o)·o·(1-o)"),
    ("x/(2*sqrt(x^2 + 1))", "0.5 x (x²+1)^(-1/2)"),
    ("x/(2*sqrt(x^2 + 1))", "x/sqrt(x²+1)"),
    ("w - eta*g", "w - ηg"),
    ("w - eta*g", "w + ηg"),
    ("exp(z)/(exp(z) + exp(y))", "1/(1+e^(y-z))"),
    ("exp(z)/(exp(z) + exp(y))", "z/(z+y)"),
]
# The gradient of a 2-2-1 sigmoid network by its first weight, and what learners make of it.
_H0, _H1 = "sigmoid(a*x + b*y + c)", "sigmoid(d*x + f*y + g)"
_O = f"sigmoid(u*{_H0} + v*{_H1} + k)"
_RIGHT = f"({_O} - t)*{_O}*(1 - {_O})*u*{_H0}*(1 - {_H0})*x"
NETWORK = [
    (_RIGHT, f"x*u*({_O} - t)*({_O} - {_O}^2)*({_H0} - {_H0}^2)"),
    (_RIGHT, f"({_O} - t)*u*{_H0}*(1 - {_H0})*x"),
    (_RIGHT, f"({_O} - t)*{_O}*(1 - {_O})*u*{_H0}*x"),
    (_RIGHT, f"({_O} - t)*{_O}*(1 - {_O})*v*{_H0}*(1 - {_H0})*x"),
    (_RIGHT, f"-({_O} - t)*{_O}*(1 - {_O})*u*{_H0}*(1 - {_H0})*x"),
]

SIGMOID_NETWORK = """
[given]
x0 = 0.7
x1 = -1.3
y = 1
[parameters]
v00 = 0.4
v01 = -0.6
v10 = 0.9
v11 = 0.25
b0 = 0.1
b1 = -0.2
w0 = 1.1
w1 = -0.7
c = 0.3
[steps]
z0 = "v00*x0 + v01*x1 + b0"
z1 = "v10*x0 + v11*x1 + b1"
h0 = "sigmoid(z0)"
h1 = "sigmoid(z1)"
z2 = "w0*h0 + w1*h1 + c"
o = "sigmoid(z2)"
L = "(o - y)^2/2"
[update]
eta = 0.5
"""


class PatienceError(Exception):
    """Simplify took longer than anybody waits."""


def seconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def equality() -> None:
    """Compare deciding an equality, reading included, with SymPy's simplify on the same pair."""
    ours: list[float] = []
    ratios: list[float] = []
    given_up = 0
    for expected, answer in (*PAIRS, *NETWORK):
        mine, theirs = both(expected, answer)
        given_up += theirs is None
        ours.append(mine)
        ratios.append((theirs or PATIENCE) / mine)
    print(f"equality, {len(ours)} pairs, reading included")
    print(f"  ours: median {statistics.median(ours) * 1e6:.0f} µs, worst {max(ours) * 1e6:.0f} µs")
    print(f"  simplify(a - b) takes {statistics.median(ratios):.0f} times as long in the median,")
    print(f"  and was given up after {PATIENCE} s in {given_up} of them")


def both(expected: str, answer: str) -> tuple[float, float | None]:
    """Return the seconds that gdtutor and simplify take for a pair; None where simplify is given up."""
    scope = Scope.of(names_in(expected))
    reference = read(expected, scope).tree
    decide(reference, read(answer, scope).tree)
    mine = min(seconds(lambda: decide(reference, read(answer, scope).tree)) for _ in range(REPEATS))
    difference = to_sympy(reference) - to_sympy(read(answer, scope).tree)
    return mine, with_patience(lambda: sympy.simplify(difference))


def with_patience(call: Callable[[], object]) -> float | None:
    def give_up(*_: object) -> None:
        raise PatienceError

    signal.signal(signal.SIGALRM, give_up)
    signal.alarm(PATIENCE)
    try:
        sympy.core.cache.clear_cache()
        return seconds(call)
    except PatienceError:
        return None
    finally:
        signal.alarm(0)


def verdicts(title: str, derivation: Derivation) -> None:
    """Measure whole verdicts on every cell: right answers, wrong ones with diagnosis, unreadable ones."""
    checker = CellChecker(derivation)
    times: list[float] = []
    for cell in derivation.cells():
        value = derivation.value(cell.id)
        right = short_decimal(value, 6)
        doubled = short_decimal(value * 2, 6) if isinstance(value, Fraction) else "0.123456"
        for answer in (right, doubled, "-7.77", "2 3"):
            checker.check(cell.id, answer)
            times.append(seconds(lambda cell=cell, answer=answer: checker.check(cell.id, answer)))
    times.sort()
    print(f"verdicts with diagnosis, {title}, {len(times)} answers")
    print(
        f"  median {statistics.median(times) * 1e3:.2f} ms, 95 % within {times[int(len(times) * 0.95)] * 1e3:.2f} ms, "
        f"99 % within {times[int(len(times) * 0.99)] * 1e3:.2f} ms, worst {times[-1] * 1e3:.2f} ms"
    )


if __name__ == "__main__":
    equality()
    for name in ("five-weights", "five-weights-batch", "nested-function", "bowl"):
        verdicts(name, derive(load_problem(LESSONS / f"{name}.toml")))
    verdicts("2-2-1 sigmoid network", derive(read_problem(SIGMOID_NETWORK, "network")))
