"""How fast answers are checked: equality beside SymPy's simplify, and whole verdicts with their diagnosis.

Run it with `python tests/benchmarks/checker.py`. Everything is measured in one run; the ratios are what counts.
"""

from __future__ import annotations

import signal
import statistics
import time
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import sympy

from tutor.mathematics.checking.check import CellChecker
from tutor.mathematics.derivation import derive
from tutor.mathematics.equality.decide import decision
from tutor.mathematics.notation.mentioned import names_in
from tutor.mathematics.notation.parser import read
from tutor.mathematics.notation.scope import Scope
from tutor.mathematics.presentation import short_decimal
from tutor.mathematics.problem import load_problem, read_problem
from tutor.mathematics.symbolic import to_sympy

if TYPE_CHECKING:
    from collections.abc import Callable

    from tutor.mathematics.derivation import Derivation
    from tutor.mathematics.equality.decision import Decision
    from tutor.mathematics.values.real import Value

LESSONS = Path(__file__).parents[2] / "lessons" / "problems"
REPEATS = 15
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


@dataclass(frozen=True)
class Measured:
    """Seconds for one pair: with the reference's tree kept from answer to answer, with nothing kept, and SymPy's."""

    kept: float
    anew: float
    theirs: float | None
    decision: Decision
    pair: tuple[str, str]

    @property
    def ratio(self) -> float:
        return (self.theirs or PATIENCE) / self.kept


def equality() -> None:
    """Compare deciding an equality, reading included, with SymPy's simplify on the difference of the same pair."""
    found = [measured(expected, answer) for expected, answer in (*PAIRS, *NETWORK)]
    print(f"equality, {len(found)} pairs, reading included; medians of {REPEATS} runs, processor time")
    for row in sorted(found, key=lambda row: row.kept):
        pair = " == ".join(side[:28] for side in row.pair)
        tier, work = row.decision.tier, row.decision.work
        print(f"  {row.kept * 1e6:6.0f} µs {row.ratio:8.0f} times  {tier:12} {work:3} values at points   {pair}")
    tiers = Counter(row.decision.tier for row in found)
    print("  decided by", ", ".join(f"{tier} {count}" for tier, count in tiers.most_common()))
    print("  no fingerprint is kept from answer to answer")
    print_spread("the reference's tree kept", [row.kept for row in found])
    print_spread("nothing kept", [row.anew for row in found])
    anew = statistics.median((row.theirs or PATIENCE) / row.anew for row in found)
    print(f"  simplify(a - b) takes {statistics.median(row.ratio for row in found):.0f} times as long in the median,")
    print(f"  {anew:.0f} times where nothing is kept and the reference is read for each answer, too,")
    print(f"  and was given up after {PATIENCE} s in {sum(row.theirs is None for row in found)} of them")


def print_spread(what: str, times: list[float]) -> None:
    ordered = sorted(times)
    shown = [statistics.median(ordered), ordered[int(len(ordered) * 0.99)], ordered[-1]]
    median, most, worst = (round(value * 1e6) for value in shown)
    print(f"  {what}: median {median} µs, 99 % within {most} µs, worst {worst} µs")


def measured(expected: str, answer: str) -> Measured:
    scope = Scope.of(names_in(expected))
    reference = read(expected, scope).tree

    def anew() -> Decision:
        fresh = Scope.of(names_in(expected))
        return decision(read(expected, fresh).tree, read(answer, fresh).tree)

    made = anew()
    kept = [worked(lambda: decision(reference, read(answer, scope).tree)) for _ in range(REPEATS)]
    fresh = [worked(anew) for _ in range(REPEATS)]
    difference = to_sympy(reference) - to_sympy(read(answer, scope).tree)
    theirs = with_patience(lambda: sympy.simplify(difference))
    return Measured(statistics.median(kept), statistics.median(fresh), theirs, made, (expected, answer))


def worked(call: Callable[[], object]) -> float:
    """Return the seconds of processor time, which other programs on the machine do not lengthen much."""
    start = time.process_time()
    call()
    return time.process_time() - start


def with_patience(call: Callable[[], object]) -> float | None:
    def give_up(*_: object) -> None:
        raise PatienceError

    signal.signal(signal.SIGALRM, give_up)
    signal.alarm(PATIENCE)
    try:
        sympy.core.cache.clear_cache()
        return worked(call)
    except PatienceError:
        return None
    finally:
        signal.alarm(0)


RULES = {
    "sgd": "",
    "momentum": "beta = 0.9",
    "nesterov": "beta = 0.9",
    "rmsprop": "rho = 0.9\nepsilon = 1e-8",
    "adam": "beta1 = 0.9\nbeta2 = 0.999\nepsilon = 1e-8",
    "adamw": "beta1 = 0.9\nbeta2 = 0.999\nepsilon = 1e-8\nweight_decay = 0.01",
}
EARLIER = 12


def verdicts(title: str, derivation: Derivation) -> None:
    """Measure whole verdicts, with reading and diagnosis, on every cell of a problem.

    What could have gone wrong in a cell is worked out with the first wrong answer to it and kept for the next ones;
    with earlier answers that are rounded, it is worked out for those values as well. A worksheet lets the checker
    prepare while the answer is typed.
    """
    cells = list(derivation.cells())
    for cell in cells:
        derivation.value(cell.id)
    checker = CellChecker(derivation)
    checker.check(cells[0].id, "-7.77")
    prepared_checker = CellChecker(derivation)
    first, later, worksheet, prepared = [], [], [], []
    for place, cell in enumerate(cells):
        first.append(seconds(lambda cell=cell: checker.check(cell.id, "-7.77")))
        answers = _answers(derivation.value(cell.id))
        later += [seconds(lambda cell=cell, answer=answer: checker.check(cell.id, answer)) for answer in answers]
        before = [other.id for other in cells[:place] if other.kind != "direct"][-EARLIER:]
        earlier = {name: short_decimal(derivation.value(name), 4) for name in before}
        worksheet.append(seconds(lambda cell=cell, earlier=earlier: checker.check(cell.id, "-7.77", earlier)))
        prepared_checker.prepare(cell.id, earlier)
        prepared.append(seconds(lambda cell=cell, earlier=earlier: prepared_checker.check(cell.id, "-7.77", earlier)))
    print(f"verdicts, {title}, {len(cells)} cells")
    print_times("first wrong answer to a cell", first)
    print_times("right, wrong and unreadable ones", later)
    print_times(f"wrong, after {EARLIER} rounded answers", worksheet)
    print_times("the same, prepared", prepared)


def _answers(value: Value) -> tuple[str, ...]:
    doubled = short_decimal(value * 2, 6) if isinstance(value, Fraction) else "0.123456"
    return short_decimal(value, 6), doubled, "-8.88", "2 3"


def print_times(what: str, times: list[float]) -> None:
    times.sort()
    shown = [statistics.median(times), times[int(len(times) * 0.95)], times[int(len(times) * 0.99)], times[-1]]
    print(
        "  {:34} median {:5.2f}   95 % {:6.2f}   99 % {:6.2f}   worst {:6.2f} ms".format(
            what, *(t * 1e3 for t in shown)
        )
    )


if __name__ == "__main__":
    equality()
    for path in sorted(LESSONS.glob("*.toml")):
        verdicts(path.stem, derive(load_problem(path)))
    for rule, hyperparameters in RULES.items():
        text = f'{SIGMOID_NETWORK}rule = "{rule}"\nsteps = 2\n{hyperparameters}\n'
        verdicts(f"2-2-1 sigmoid network with {rule}", derive(read_problem(text, "network")))
