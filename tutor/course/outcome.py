"""What may come of a run, as lessons write it: `loss < 0.001 within 15 steps`, `x@3 < 0 < x@2`, `diverges`.

An outcome is one clause, or several joined by `and`. A clause is

- a comparison: calculations with `<`, `>`, `<=`, `>=` or `=` between them, and spaces around every sign. A
  calculation holds numbers and quantities with `+ - * /`. A quantity is `loss`, a parameter, or a step of the
  problem; `x@3` is its value after 3 steps, `x@end` the one at the end; without @ it is the one at the end too;
- a comparison and `within 15 steps`: it holds at some moment of these, where quantities without @ are taken;
- `loss falls at every step`, `loss rises at some step`, and the same with other quantities;
- `diverges`: the numbers grow beyond all bounds;
- any of these after `not`.

Networks are counted in epochs instead of steps. Nothing here is evaluated as code.
"""

import math
import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from tutor.course.error import nearest

Unit = Literal["steps", "epochs"]

_CLOSE = 1e-9
_COMPARISONS: Mapping[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    ">": operator.gt,
    "<=": lambda one, other: one < other or _same(one, other),
    ">=": lambda one, other: one > other or _same(one, other),
    "=": lambda one, other: math.isclose(one, other, rel_tol=_CLOSE, abs_tol=_CLOSE),
}
_SIGNS = frozenset("+-*/")
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,3})?")
_QUANTITY = re.compile(r"(?P<name>[^\W\d]\w*)(@(?P<moment>\d{1,6}|end))?")
_WITHIN = re.compile(r"(?P<claim>.*) within (?P<count>\d{1,6}) (?P<unit>steps?|epochs?)")
_MONOTONE = re.compile(r"(?P<name>[^\W\d]\w*) (?P<way>falls|rises) at (?P<how>every|some) (?P<unit>step|epoch)")
_EXAMPLES = "Write it as loss < 0.001 within 15 steps, or x@3 < 0, or diverges"


class OutcomeError(Exception):
    """An outcome that cannot be read, or not be judged by a run; says what to write instead."""


@dataclass(frozen=True, slots=True)
class Trace:
    """What a run did: each quantity at the start and after every step (of a network: every epoch)."""

    unit: Unit
    values: Mapping[str, Sequence[float]]
    diverged: bool

    @property
    def length(self) -> int:
        """How many steps, or epochs, the run took."""
        return len(self.values["loss"]) - 1

    def at(self, name: str, moment: int) -> float:
        """Return a quantity after so many steps: nan where the run did not get so far. Raises OutcomeError."""
        if name not in self.values:
            raise OutcomeError(f"this run has no {name}. {nearest(name, self.values)}")
        found = self.values[name]
        return found[moment] if moment < len(found) else math.nan


@dataclass(frozen=True, slots=True)
class _Quantity:
    """A quantity at a moment; None is the moment that is looked at."""

    name: str
    moment: int | None
    at_end: bool = False

    def value(self, trace: Trace, moment: int) -> float:
        if self.at_end:
            return trace.at(self.name, trace.length)
        return trace.at(self.name, moment if self.moment is None else self.moment)


_Operand = float | _Quantity


@dataclass(frozen=True, slots=True)
class _Calculation:
    operands: tuple[_Operand, ...]
    signs: tuple[str, ...]

    def value(self, trace: Trace, moment: int) -> float:
        numbers = [item if isinstance(item, float) else item.value(trace, moment) for item in self.operands]
        terms = [numbers[0]]
        for sign, number in zip(self.signs, numbers[1:], strict=True):
            match sign:
                case "*":
                    terms[-1] *= number
                case "/":
                    terms[-1] = terms[-1] / number if number else math.nan
                case "-":
                    terms.append(-number)
                case _:
                    terms.append(number)
        return sum(terms)


@dataclass(frozen=True, slots=True)
class _Comparison:
    """Calculations with comparisons between them; within so many steps, or at the end where that is None."""

    calculations: tuple[_Calculation, ...]
    comparisons: tuple[str, ...]
    within: int | None = None
    unit: str = ""

    @property
    def needs(self) -> int:
        held = (item for calculation in self.calculations for item in calculation.operands)
        moments = [item.moment or 0 for item in held if isinstance(item, _Quantity)]
        return max([self.within or 0, *moments])

    def holds(self, trace: Trace) -> bool:
        _check_unit(self.unit, trace)
        moments = range(min(self.within, trace.length) + 1) if self.within is not None else (trace.length,)
        return any(self._holds_at(trace, moment) for moment in moments)

    def _holds_at(self, trace: Trace, moment: int) -> bool:
        values = [calculation.value(trace, moment) for calculation in self.calculations]
        pairs = zip(values, self.comparisons, values[1:], strict=False)
        return all(_COMPARISONS[sign](one, other) for one, sign, other in pairs)


@dataclass(frozen=True, slots=True)
class _Monotone:
    """That a quantity falls, or rises, at every step or at some step."""

    name: str
    falls: bool
    every: bool
    unit: str
    needs: int = 1

    def holds(self, trace: Trace) -> bool:
        _check_unit(self.unit, trace)
        values = [trace.at(self.name, moment) for moment in range(trace.length + 1)]
        changes = [(after < before) if self.falls else (after > before) for before, after in pairwise(values)]
        return (all(changes) if self.every else any(changes)) and bool(changes)


@dataclass(frozen=True, slots=True)
class _Diverges:
    needs: int = 1

    def holds(self, trace: Trace) -> bool:
        return trace.diverged


@dataclass(frozen=True, slots=True)
class _Not:
    inner: "_Clause"

    @property
    def needs(self) -> int:
        return self.inner.needs

    def holds(self, trace: Trace) -> bool:
        return not self.inner.holds(trace)


_Clause = _Comparison | _Monotone | _Diverges | _Not


@dataclass(frozen=True, slots=True)
class Outcome:
    """An outcome that a run either has or has not."""

    text: str
    clauses: tuple[_Clause, ...]

    @property
    def needs(self) -> int:
        """How many steps a run has to be asked for at least, for this to be judged."""
        return max(clause.needs for clause in self.clauses)

    def holds(self, trace: Trace) -> bool:
        """Whether a run had this outcome. Raises OutcomeError for quantities and units that the run does not have."""
        return all(clause.holds(trace) for clause in self.clauses)


def read_outcome_text(text: str) -> Outcome:
    """Read an outcome. Raises OutcomeError for what is none."""
    clauses = tuple(_clause(part.strip(), text) for part in re.split(r"\band\b", text))
    return Outcome(text, clauses)


def _clause(text: str, whole: str) -> _Clause:
    text = " ".join(text.split())
    if text.startswith("not "):
        return _Not(_clause(text.removeprefix("not "), whole))
    if text == "diverges":
        return _Diverges()
    if found := _MONOTONE.fullmatch(text):
        return _Monotone(found["name"], found["way"] == "falls", found["how"] == "every", found["unit"])
    if found := _WITHIN.fullmatch(text):
        return _comparison(found["claim"], whole, int(found["count"]), found["unit"])
    return _comparison(text, whole)


def _comparison(text: str, whole: str, within: int | None = None, unit: str = "") -> _Comparison:
    calculations: list[_Calculation] = []
    comparisons: list[str] = []
    words: list[str] = []
    for word in text.split():
        if word in _COMPARISONS:
            comparisons.append(word)
            calculations.append(_calculation(words, whole))
            words = []
        else:
            words.append(word)
    if not comparisons:
        raise OutcomeError(f"“{whole}” is no outcome. {_EXAMPLES}.")
    return _Comparison((*calculations, _calculation(words, whole)), tuple(comparisons), within, unit)


def _calculation(words: Sequence[str], whole: str) -> _Calculation:
    alternate = all((word in _SIGNS) == (place % 2 == 1) for place, word in enumerate(words))
    if len(words) % 2 != 1 or not alternate:
        raise OutcomeError(f"“{whole}” is no outcome: put spaces around every sign. {_EXAMPLES}.")
    return _Calculation(tuple(_operand(word, whole) for word in words[::2]), tuple(words[1::2]))


def _operand(word: str, whole: str) -> _Operand:
    if _NUMBER.fullmatch(word):
        return float(word)
    found = _QUANTITY.fullmatch(word)
    if found is None:
        raise OutcomeError(f"“{word}” in “{whole}” is neither a number nor a quantity. {_EXAMPLES}.")
    moment = found["moment"]
    return _Quantity(found["name"], int(moment) if moment not in {None, "end"} else None, moment == "end")


def _check_unit(unit: str, trace: Trace) -> None:
    if unit and not trace.unit.startswith(unit.removesuffix("s")):
        raise OutcomeError(f"this run is counted in {trace.unit}. Write {trace.unit} instead of {unit}.")


def _same(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=_CLOSE, abs_tol=_CLOSE)
