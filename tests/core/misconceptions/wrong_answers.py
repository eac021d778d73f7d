"""Wrong answers from formulas of their own: each is typed in three ways, and the checker has to name the mistake.

An operation is a problem file with blanks for its numbers, a cell, the right formula, and for every id the wrong one,
written down from the catalogue as plain arithmetic over fractions and mpmath. Nothing here calls a family of rules.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import mpmath

from tutor.mathematics.checking.check import CellChecker
from tutor.mathematics.derivation import derive
from tutor.mathematics.problem import read_problem

if TYPE_CHECKING:
    from tutor.mathematics.checking.reply import Reply

Formula = Callable[[Any], Any]
INSTANCES = 6

mpmath.mp.dps = 40


@dataclass(frozen=True)
class Operation:
    """A problem file, a cell of it, the right formula and the wrong ones; `where` keeps the numbers generic.

    `given` and `parameters` are names with the range that their random values come from; `more` ends the file.
    """

    steps: Mapping[str, str]
    cell: str
    right: Formula
    wrong: Mapping[str, Formula | tuple[Formula, ...]]
    given: Mapping[str, tuple[float, float] | str] = field(default_factory=dict)
    parameters: Mapping[str, tuple[float, float] | str] = field(default_factory=dict)
    where: Callable[[Any], bool] = lambda _: True
    seed: int = 1
    more: str = ""

    def instances(self, count: int = INSTANCES) -> Iterator[Instance]:
        """Yield problems with random numbers of two or three digits."""
        source = random.Random(self.seed)
        made = 0
        while made < count:
            values = {name: _number(source, span) for name, span in {**self.given, **self.parameters}.items()}
            if self.where(SimpleNamespace(**values)):
                made += 1
                yield Instance(self, values)


def _number(source: random.Random, span: tuple[float, float] | str) -> Fraction:
    if isinstance(span, str):
        return Fraction(source.choice(span.split()))
    low, high = span
    while True:
        value = Fraction(source.randint(int(low * 100), int(high * 100)), 100)
        if value not in {0, 1, -1}:
            return value


class Instance:
    """One problem with numbers, its checker, and its names as attributes for the formulas."""

    def __init__(self, operation: Operation, values: Mapping[str, Fraction]) -> None:
        self.operation = operation
        self.names = SimpleNamespace(**values)
        sections = [("given", operation.given), ("parameters", operation.parameters)]
        lines = []
        for section, names in sections:
            if names:
                lines += [f"[{section}]", *(f'{name} = "{values[name]}"' for name in names)]
        lines += ["[steps]", *(f'{name} = "{formula}"' for name, formula in operation.steps.items())]
        self.text = "\n".join([*lines, operation.more])
        self.checker = CellChecker(derive(read_problem(self.text, "test.toml")))

    def reply(self, answer: str) -> Reply:
        return self.checker.check(self.operation.cell, answer)


def typed(value: Any) -> list[str]:
    """Return a value as learners type it: exactly (where rational), with 4 decimals, with 3 significant digits."""
    exact = [str(value)] if isinstance(value, Fraction | int) else []
    number = mpmath.mpmathify(value)
    four = rounded(number, 4)
    three = _three_digits(number)
    enough = [four] if len(four.replace(".", "").lstrip("-0")) >= 3 else []
    return list(dict.fromkeys([*exact, *enough, *([three] if three else [])]))


def rounded(number: Any, places: int) -> str:
    """Return a number rounded half up at a decimal place."""
    unit = int(mpmath.floor(abs(number) * 10**places + mpmath.mpf("0.5")))
    digits = str(unit).rjust(places + 1, "0")
    return ("-" if number < 0 and unit else "") + digits[:-places] + "." + digits[-places:]


def _three_digits(number: Any) -> str:
    if not number:
        return ""
    exponent = int(mpmath.floor(mpmath.log10(abs(number))))
    if exponent < 2:
        return rounded(number, 2 - exponent)
    mantissa = rounded(number / mpmath.mpf(10) ** exponent, 2)
    return f"{mantissa}e{exponent}"


@dataclass
class Tally:
    """How many wrong answers were named, and how many by one reason alone: a `number.*` beside it is none."""

    named: int = 0
    unique: int = 0
    first: int = 0
    right: int = 0
    shared: Counter[tuple[str, ...]] = field(default_factory=Counter)

    def __str__(self) -> str:
        share = self.unique / max(1, self.named)
        return (
            f"{self.named} wrong answers named, {share:.1%} by one reason alone, {self.first / max(1, self.named):.1%} "
            f"with the id first; {self.right} looked right at the digits typed"
        )


def examine(operation: Operation, tally: Tally) -> None:
    """Type every wrong answer of an operation on several problems, and see each named; type the right ones too."""
    applied: set[str] = set()
    for instance in operation.instances():
        right = operation.right(instance.names)
        for answer in typed(right):
            reply = instance.reply(answer)
            assert reply.verdict == "correct", (instance.text, answer, reply)
            assert reply.misconception is None
            assert not reply.also
        for identity, formulas in operation.wrong.items():
            for formula in formulas if isinstance(formulas, tuple) else (formulas,):
                wrong = formula(instance.names)
                if wrong is None or abs(mpmath.mpmathify(wrong) - mpmath.mpmathify(right)) < mpmath.mpf(10) ** -12:
                    continue  # the rule does not apply to these numbers
                applied.add(identity)
                _examine_one(instance, identity, wrong, tally)
    assert applied == set(operation.wrong), f"never applied: {set(operation.wrong) - applied}"


def _examine_one(instance: Instance, identity: str, wrong: Any, tally: Tally) -> None:
    for answer in typed(wrong):
        reply = instance.reply(answer)
        if reply.verdict in {"correct", "incomplete"}:
            assert "/" not in answer, (instance.text, answer, reply)
            tally.right += 1  # at these digits the wrong value and the right one are the same
            continue
        assert reply.verdict == "incorrect", (instance.text, answer, reply)
        assert identity in {reply.misconception, *reply.also}, (identity, instance.text, answer, reply)
        assert reply.feedback.endswith("."), reply
        tally.named += 1
        tally.shared[(identity, *sorted({str(reply.misconception), *reply.also} - {identity}))] += 1
        others = [other for other in reply.also if not other.startswith("number.")]
        tally.unique += reply.misconception == identity and not others
        tally.first += reply.misconception == identity
