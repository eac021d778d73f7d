"""Counting how often an injected mistake is named rightly, and how often by that one name alone.

An injection is a cell of a problem with the wrong value of one known id, worked out by formulas of the tests. It is
typed twice: exactly (or, where it has no end, with 12 digits), and rounded to 4, 5 or 6 significant digits.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import mpmath
from same_meaning import is_same_meaning

from tutor.mathematics.checking.check import CellChecker
from tutor.mathematics.derivation import derive
from tutor.mathematics.problem import read_problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tutor.mathematics.checking.reply import Reply

NEARLY = mpmath.mpf(10) ** -12
LONG = 40


@dataclass(frozen=True)
class Wrong:
    """A cell of a problem, its right value, and wrong ones by the ids of the rules that give them."""

    problem: str
    cell: str
    right: Any
    wrong: Mapping[str, Any]
    earlier: Mapping[str, str] = field(default_factory=dict)

    def values(self) -> Iterator[tuple[str, Any]]:
        """Yield the ids with their values, without those that are the right value."""
        for identity, found in self.wrong.items():
            for value in found if isinstance(found, list | tuple) else [found]:
                if value is not None and not _is_near(value, self.right):
                    yield identity, value


def _is_near(first: Any, second: Any) -> bool:
    one, other = mpmath.mpmathify(first), mpmath.mpmathify(second)
    return bool(abs(one - other) <= NEARLY * max(abs(one), abs(other)))


def exactly(value: Any) -> str:
    """Return the value as somebody with a computer types it."""
    is_short = isinstance(value, Fraction | int) and len(str(value)) <= LONG
    return str(value) if is_short else significant(value, 12)


def significant(value: Any, digits: int, *, cut: bool = False) -> str:
    """Return a value rounded half up, or cut off, to this many significant digits."""
    number = Fraction(value) if isinstance(value, Fraction | int) else Fraction(mpmath.nstr(value, 30))
    if not number:
        return "0"
    exponent = int(mpmath.floor(mpmath.log10(abs(mpmath.mpmathify(number)))))
    places = digits - 1 - exponent
    steps = int(abs(number) * Fraction(10) ** places + (0 if cut else Fraction(1, 2)))
    sign = "-" if number < 0 else ""
    if places > 0:
        text = str(steps).rjust(places + 1, "0")
        return f"{sign}{text[:-places]}.{text[-places:]}"
    text = str(steps)  # a whole number counts as exact, so this one is written with a power of ten
    return f"{sign}{text[0]}.{text[1:]}e{exponent + len(text) - digits}"


def right_forms(value: Any, source: random.Random) -> list[str]:
    """Return forms in which a right value is typed: decimals rounded and cut off, a fraction, arithmetic."""
    forms = [significant(value, source.randint(3, 9)), significant(value, source.randint(3, 9), cut=True)]
    if isinstance(value, Fraction | int) and len(str(value)) <= LONG:
        one = Fraction(source.randint(2, 30), source.randint(2, 9))
        turned = [f"{one}+({value - one})", f"({value - one})+{one}", f"({value / one})*({one})", f"-({-value})"]
        forms += [str(value), source.choice(turned), f"({value * 7})/7"]
    return list(dict.fromkeys(forms))


@dataclass
class Census:
    """How many injected mistakes were named, by operation; `mistaken` are those that were not named alone."""

    asked: Counter[str] = field(default_factory=Counter)
    rightly: Counter[str] = field(default_factory=Counter)
    uniquely: Counter[str] = field(default_factory=Counter)
    silent: Counter[str] = field(default_factory=Counter)
    mistaken: Counter[tuple[str, str, tuple[str, ...]]] = field(default_factory=Counter)
    example: dict[tuple[str, str, tuple[str, ...]], tuple[str, str, str]] = field(default_factory=dict)
    problems: set[str] = field(default_factory=set)
    live: set[str] = field(default_factory=set)
    right: int = 0
    shared: int = 0
    unsaid: list[tuple[str, str, str, list[str], Reply]] = field(default_factory=list)
    diagnosed: list[tuple[str, str, str, Reply]] = field(default_factory=list)

    def take(self, cells: Iterable[Wrong], seed: int = 1, most: int = 100) -> None:
        """Type wrong answers, at most so many of a cell, each twice; and the right ones in several forms."""
        source = random.Random(seed)
        checkers: dict[str, CellChecker] = {}
        for cell in cells:
            if cell.problem not in checkers:
                checkers = {cell.problem: CellChecker(derive(read_problem(cell.problem, "injected.toml")))}
                self.problems.add(cell.problem)
            checker = checkers[cell.problem]
            self._right(checker, cell, source)
            wrong = list(cell.values())
            for identity, value in source.sample(wrong, min(most, len(wrong))):
                alike = {other for other, same in wrong if _is_near(value, same)}
                rounded = significant(value, source.randint(4, 6))
                for answer in dict.fromkeys((exactly(value), rounded)):
                    if all(is_same_meaning(identity, other) for other in alike):
                        self._wrong(checker, cell, identity, answer)
                    else:
                        self._shared(checker, cell, alike, answer)

    def _right(self, checker: CellChecker, cell: Wrong, source: random.Random) -> None:
        for answer in right_forms(cell.right, source):
            reply = checker.check(cell.cell, answer, cell.earlier)
            is_named = reply.misconception is not None or bool(reply.also)
            if reply.verdict not in {"correct", "follows"} or is_named:
                self.diagnosed.append((cell.problem, cell.cell, answer, reply))

    def _shared(self, checker: CellChecker, cell: Wrong, alike: set[str], answer: str) -> None:
        """Two rules give one value by the accident of the numbers: both have to be said."""
        reply = checker.check(cell.cell, answer, cell.earlier)
        if reply.verdict == "incorrect":
            self.shared += 1
            if not alike <= {reply.misconception, *reply.also}:
                self.unsaid.append((cell.problem, cell.cell, answer, sorted(alike), reply))

    def _wrong(self, checker: CellChecker, cell: Wrong, identity: str, answer: str) -> None:
        reply = checker.check(cell.cell, answer, cell.earlier)
        if reply.verdict in {"correct", "follows", "incomplete"}:
            self.right += 1  # at the digits typed the wrong value is the right one
            return
        operation = identity.partition(".")[0]
        self.asked[operation] += 1
        found = (reply.misconception, *reply.also)
        self.live.update(one for one in found if one)
        is_right = reply.misconception is not None and is_same_meaning(identity, reply.misconception)
        others = tuple(one for one in reply.also if not is_same_meaning(identity, one))
        self.rightly[operation] += is_right
        self.uniquely[operation] += is_right and not others
        self.silent[operation] += identity not in found
        if not is_right or others:
            key = (identity, str(reply.misconception), others)
            self.mistaken[key] += 1
            self.example.setdefault(key, (cell.problem, cell.cell, answer))

    @property
    def share(self) -> float:
        """The share of the mistakes that were named rightly and by no other name."""
        return self.uniquely.total() / max(1, self.asked.total())

    def __str__(self) -> str:
        lines = [f"{'operation':22} {'asked':>6} {'rightly':>8} {'uniquely':>9} {'unnamed':>8}"]
        for operation, asked in sorted(self.asked.items()):
            rightly, uniquely = self.rightly[operation] / asked, self.uniquely[operation] / asked
            lines.append(f"{operation:22} {asked:6} {rightly:8.1%} {uniquely:9.1%} {self.silent[operation]:8}")
        asked = max(1, self.asked.total())
        lines.append(
            f"{'all':22} {asked:6} {self.rightly.total() / asked:8.1%} {self.share:9.1%} {self.silent.total():8}"
        )
        lines.append(
            f"{len(self.problems)} problems; {self.right} answers were right at the digits typed, "
            f"and of {self.shared} two rules give the same value by accident"
        )
        return "\n".join(lines)
