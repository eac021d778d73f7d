"""Reads lesson files by itself, as a learner with the files and a calculator would: `gdtutor derive --json` is that.

Nothing here uses the readers of the course that the program uses, so that what is asked can be answered without it.
"""

from __future__ import annotations

import json
import re
import tempfile
import tomllib
from contextlib import redirect_stdout
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import cache
from io import StringIO
from itertools import product
from typing import TYPE_CHECKING, Any

from tutor.cli import main
from tutor.draw.ascii import to_ascii

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_FENCE = re.compile(r"(?P<mark>`{3,})(?P<kind>[a-z]*)\s*")
_PROSE = frozenset({"", "text", "math", "python", "toml"})
_PLACEHOLDER = re.compile(r"\{\{(.*?)\}\}")
_DERIVATIVE = re.compile(r"d\w+/d\w+(?::direct)?(?:\[\d+\])?(?:@\d+)?")
_LONG, _SHORT = 10, 6
"""Digits of a decimal that is written as it is, and of one that is rounded."""


@dataclass(frozen=True)
class BlockText:
    """A fenced block: its kind, and the values of its body."""

    kind: str
    values: Mapping[str, Any]
    lesson: LessonText

    @property
    def title(self) -> str:
        """What it is called."""
        return str(self.values["title"])

    @property
    def asks(self) -> bool:
        """Whether there is anything to do."""
        return self.kind != "figure"

    @property
    def on_the_page(self) -> bool:
        """Whether it is done on the page itself."""
        return self.kind in {"choice", "card"}

    def text(self, key: str) -> str:
        """Return a text of its body; empty where there is none."""
        return str(self.values.get(key, "")).strip()

    @property
    def problem(self) -> str:
        """The text of the problem that it is about; empty where there is none."""
        found = self.values.get("problem", self.lesson.head.get("problem"))
        if isinstance(found, dict):
            return str(found["text"])
        return (self.lesson.path.parent / str(found)).read_text(encoding="utf-8") if found else ""

    def problems(self) -> Iterator[str]:
        """Yield the texts of the problem with all numbers that may be drawn for it."""
        vary = self.values.get("vary", {})
        for numbers in product(*(_drawn(value) for value in vary.values())):
            text = self.problem
            for name, number in zip(vary, numbers, strict=True):
                text = re.sub(rf"(?m)^{re.escape(name)}\s*=.*$", f"{name} = {number}", text, count=1)
            yield text


@dataclass(frozen=True)
class PageText:
    """A page: its title, its prose, and its blocks in between."""

    title: str
    parts: tuple[str | BlockText, ...]

    @property
    def tasks(self) -> tuple[BlockText, ...]:
        """The blocks that ask for something."""
        return tuple(part for part in self.parts if isinstance(part, BlockText) and part.asks)


class LessonText:
    """A lesson's file."""

    def __init__(self, path: Path) -> None:
        """Read a file."""
        self.path = path
        lines = path.read_text(encoding="utf-8").split("\n")
        end = lines.index("---", 1)
        self.head = dict(line.split(": ", 1) for line in lines[1:end] if line.strip())
        self.pages = tuple(self._pages(lines[end + 1 :]))

    @property
    def number(self) -> str:
        """Its section and its place there, from the file's name."""
        section, order, _ = self.path.stem.split("-", 2)
        return f"{section}.{order}"

    @property
    def title(self) -> str:
        """What the map calls it."""
        return self.head["title"].strip()

    @property
    def problem(self) -> str:
        """The text of its problem; empty where it has none."""
        name = self.head.get("problem", "").strip()
        return (self.path.parent / name).read_text(encoding="utf-8") if name else ""

    def filled(self, text: str, problem: str | None = None) -> str:
        """Return a text with its numbers put in, those without a file from a problem: the lesson's own by default."""

        def number(found: re.Match[str]) -> str:
            inner = found[1].replace("\\|", "|")
            named = re.match(r"(\S+\.toml):\s+(.*)", inner)
            if named:
                other = (self.path.parent / named[1]).read_text(encoding="utf-8")
                return written(named[2], other)
            return written(inner, self.problem if problem is None else problem)

        return _PLACEHOLDER.sub(number, text)

    def _pages(self, lines: list[str]) -> Iterator[PageText]:
        title, parts, prose = self.title, [], []
        rows = iter(lines)
        for row in rows:
            fence = _FENCE.fullmatch(row)
            if row.startswith("## "):
                if page := _page(title, parts, prose):
                    yield page
                title, parts, prose = row[3:].strip(), [], []
            elif fence:
                inner = list(iter(lambda close=fence["mark"]: _until(rows, close), None))
                if fence["kind"] in _PROSE:
                    prose += [row, *inner, fence["mark"]]
                else:
                    parts += ["\n".join(prose), BlockText(fence["kind"], tomllib.loads("\n".join(inner)), self)]
                    prose = []
            else:
                prose.append(row)
        if page := _page(title, parts, prose):
            yield page


def _until(rows: Iterator[str], close: str) -> str | None:
    row = next(rows)
    return None if row.rstrip() == close else row


def _page(title: str, parts: list[str | BlockText], prose: list[str]) -> PageText | None:
    whole = [part for part in (*parts, "\n".join(prose)) if not isinstance(part, str) or part.strip()]
    return PageText(title, tuple(whole)) if whole else None


def _drawn(value: object) -> list[str]:
    if isinstance(value, str):
        first, last = value.split("..")
        return [str(number) for number in range(int(first), int(last) + 1)]
    assert isinstance(value, list)
    return [str(number) for number in value]


@cache
def derived(problem: str) -> Mapping[str, Mapping[str, Any]]:
    """Return the cells of a problem by their ids, as `gdtutor derive --json` prints them."""
    with tempfile.NamedTemporaryFile("w", suffix=".toml", encoding="utf-8") as file:
        file.write(problem)
        file.flush()
        with redirect_stdout(StringIO()) as printed:
            assert main(["derive", file.name, "--json"]) == 0
    return {cell["id"]: cell for cell in json.loads(printed.getvalue())["cells"]}


@cache
def starts(problem: str) -> Mapping[str, Fraction]:
    """Return the numbers that a problem's file holds, by their names."""
    tables = tomllib.loads(problem, parse_float=Fraction)
    found = {**tables.get("given", {}), **tables.get("parameters", {}), **tables.get("update", {})}
    for name, column in tables.get("examples", {}).items():
        found |= {f"{name}[{place}]": value for place, value in enumerate(column, start=1)}
    numbers = {name: value for name, value in found.items() if isinstance(value, int | Fraction)}
    return {name: Fraction(value) for name, value in numbers.items()}


def value_of(cell: str, problem: str) -> tuple[Fraction, bool]:
    """Return the value of a cell or of a number in the file, and whether it is exact."""
    name = cell.replace("∂", "d")
    if name in starts(problem):
        return starts(problem)[name], True
    found = derived(problem)[name]
    return Fraction(found["exact"] or found["value"]), found["exact"] is not None


def typed(cell: str, problem: str) -> str:
    """Return the answer that a learner would type for a cell: the number as a decimal of at most 10 digits."""
    value, _ = value_of(cell, problem)
    return _decimal(value, _LONG, exponents=False)


def typed_wrongly(cell: str, problem: str) -> str:
    """Return an answer for a cell that is wrong by more than any rounding."""
    value, _ = value_of(cell, problem)
    return _decimal(3 * value + 5 if value != Fraction(-5, 2) else Fraction(7), _LONG, exponents=False)


def key_of(cell: str, problem: str) -> str:
    """Return the formula of a cell in the letters of its problem, its derivatives put in link by link."""
    cells = derived(problem)

    def inside(found: re.Match[str]) -> str:
        return f"({key_of(found[0], problem)})" if found[0] in cells else found[0]

    return _DERIVATIVE.sub(inside, str(cells[cell.replace("∂", "d")]["expression"]))


def written(words: str, problem: str) -> str:
    """Return what stands between two pairs of braces as the number that it is in the text."""
    expression, _, form = (part.strip() for part in words.partition("|"))
    operands = expression.split()
    pairs = [value_of(word, problem) if word[0].isalpha() else (Fraction(word), True) for word in operands[::2]]
    terms = [pairs[0][0]]
    for sign, (value, _) in zip(operands[1::2], pairs[1:], strict=True):
        if sign in "*/":
            terms[-1] = terms[-1] * value if sign == "*" else terms[-1] / value
        else:
            terms.append(value if sign == "+" else -value)
    return _in_form(sum(terms, Fraction(0)), all(exact for _, exact in pairs), form)


def _in_form(value: Fraction, exact: bool, form: str) -> str:
    if form.endswith(("decimals", "decimal")):
        places = int(form.split(maxsplit=1)[0])
        scaled = abs(value) * 10**places
        if scaled.denominator != 1 or not exact:
            digits = str(int(scaled + Fraction(1, 2))).zfill(places + 1)
            return f"{'-' if value < 0 else ''}{digits[:-places]}.{digits[-places:]}"
    if form == "exact":
        return str(value) if _rest(value.denominator) != 1 else f"{_divided(value, 100):f}"
    return _decimal(value, _LONG if exact and value == Fraction(_divided(value, _LONG)) else _SHORT)


def _rest(number: int) -> int:
    """Return what is left of a number without its factors 2 and 5: 1 where its share of one is a decimal that ends."""
    for factor in (2, 5):
        while number % factor == 0:
            number //= factor
    return number


def _divided(value: Fraction, digits: int) -> Decimal:
    context = Context(prec=digits, rounding=ROUND_HALF_UP)
    return context.divide(Decimal(value.numerator), Decimal(value.denominator)).normalize(context)


def _decimal(value: Fraction, digits: int, *, exponents: bool = True) -> str:
    found = _divided(value, digits)
    if exponents and found and not -6 <= found.adjusted() < 12:
        return f"{found.scaleb(-found.adjusted()):f}·10^{found.adjusted()}"
    if not exponents and found and found.adjusted() < -6:
        return f"{found:e}".replace("e+", "e")
    return f"{found:f}"


def bare(text: str) -> str:
    """Return a text without all that its setting may change: spaces, marks, ways to write a sign."""
    return re.sub(r"[\s`*_\\~=\"'|>$]", "", to_ascii(text)).lower()


def words_of(markdown: str) -> set[str]:
    """Return the longer words of prose, without tables, formulas and code."""
    text = re.sub(r"```.*?```", " ", markdown, flags=re.DOTALL)
    text = "\n".join(row for row in text.split("\n") if not row.lstrip().startswith("|"))
    text = re.sub(r"`[^`]*`|\{\{.*?\}\}", " ", text)
    return {word.lower() for word in re.findall(r"[A-Za-z]{4,}", to_ascii(text))}
