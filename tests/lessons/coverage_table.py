"""The tables that say where the course covers what it has to cover, and the gaps in them.

Each row of `coverage/section-*.tsv` and `coverage/program.tsv` is one item in one place, `coverage/items.tsv` lists all
items with the numbers that have to be seen. A place is one of

- `lesson-id#Title`: a page or a block of a lesson, by its title;
- `glossary:term`: an entry of the glossary;
- `conventions:Title`: a part of the page about conventions;
- `screen:home`: a screen of the program; `command:train`: a call of it;
- `test:tests/core/test_draw_axes.py::test_…`: a test that proves it, numbers and all.
"""

from __future__ import annotations

import ast
import csv
import re
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING, get_args

from seen_places import LessonSeen, lessons_seen
from shown_numbers import Shown, missing, numbers_in

from tutor.cli import main
from tutor.course.error import LessonError
from tutor.engine.error import EngineError
from tutor.mathematics.problem import ProblemError
from tutor.tui.keyboard.keys import ScreenName

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

COLUMNS = ("id", "item", "where", "numbers")
_HEADING = re.compile(r"^#{1,3} +(.*?)\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Row:
    """One item in one place."""

    file: str
    line: int
    id: str
    item: str
    where: str
    numbers: tuple[str, ...]

    @property
    def name(self) -> str:
        """Where the row stands, and what it is about."""
        return f"{self.file}:{self.line}: {self.id} “{self.item}”"


def read_rows(path: Path, columns: Sequence[str] = COLUMNS) -> list[Row]:
    """Read a table. Raises ValueError for a row that has not all of its columns."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    if not lines or tuple(lines[0]) != tuple(columns):
        raise ValueError(f"{path.name}:1: the first line must be {' '.join(columns)}, with tabs between them.")
    rows = []
    for number, cells in enumerate(lines[1:], start=2):
        values = dict(zip(columns, (*cells, *[""] * (len(columns) - len(cells))), strict=False))
        if len(cells) > len(columns) or not values["id"] or not values.get("where", "-"):
            raise ValueError(f"{path.name}:{number}: write {' '.join(columns)}, with one tab between two of them.")
        numbers = tuple(values["numbers"].split())
        rows.append(Row(path.name, number, values["id"], values["item"], values.get("where", ""), numbers))
    return rows


class Places:
    """What there is to point at, and the numbers that are seen there."""

    def __init__(self, root: Path) -> None:
        """Look at the checkout in a folder."""
        self._root = root
        self._lessons: Mapping[str, LessonSeen] = lessons_seen(root / "lessons")

    def numbers(self, where: str) -> frozenset[Shown]:
        """Return the numbers of a place. Raises ValueError, which says what to write, for a place that is not there."""
        kind, colon, name = where.partition(":")
        if not colon or "#" in kind:
            return self._in_lesson(where)
        match kind:
            case "glossary":
                return self._under_heading("glossary.md", name)
            case "conventions":
                return self._under_heading("conventions.md", name)
            case "screen":
                if name not in get_args(ScreenName):
                    raise ValueError(f"there is no screen {name}. Write one of {', '.join(get_args(ScreenName))}.")
                return frozenset()
            case "command":
                return self._of_command(name)
            case "test":
                return self._in_test(name)
            case _:
                raise ValueError(f"“{where}” is no place. Write lesson-id#Title, or test:path::name.")

    def _in_lesson(self, where: str) -> frozenset[Shown]:
        identity, _, title = where.partition("#")
        seen = self._lessons.get(identity)
        if seen is None:
            raise ValueError(f"there is no lesson {identity}. Write its id, # and a title in it.")
        try:
            if title not in seen.titles:
                raise ValueError(f"{seen.head.path.name} has no page or block “{title}”. Write one of its titles.")
            return seen.numbers(title)
        except (LessonError, ProblemError, EngineError) as error:
            raise ValueError(f"“{where}” has a fault: {error}") from error

    def _under_heading(self, file: str, title: str) -> frozenset[Shown]:
        path = self._root / "lessons" / file
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        headings = [*_HEADING.finditer(text)]
        ends = [*(heading.start() for heading in headings[1:]), len(text)]
        for heading, end in zip(headings, ends, strict=False):
            if heading[1].casefold() == title.casefold():
                return frozenset(numbers_in(text[heading.end() : end]))
        raise ValueError(f"lessons/{file} has no entry “{title}”. Write one of its headings.")

    def _of_command(self, name: str) -> frozenset[Shown]:
        try:
            with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
                main([*name.split(), "--help"])
        except SystemExit as ended:
            if ended.code:
                raise ValueError(f"there is no call gdtutor {name}.") from ended
        return frozenset()

    def _in_test(self, node: str) -> frozenset[Shown]:
        file, _, name = node.partition("::")
        path = self._root / file
        if not path.is_file():
            raise ValueError(f"there is no file {file}. Write tests/…::test_…")
        text = path.read_text(encoding="utf-8")
        for found in ast.walk(ast.parse(text)):
            if isinstance(found, ast.FunctionDef | ast.AsyncFunctionDef) and found.name == name:
                first = min((found.lineno, *(mark.lineno for mark in found.decorator_list)))
                return frozenset(numbers_in("\n".join(text.split("\n")[first - 1 : found.end_lineno])))
        raise ValueError(f"{file} has no test {name}. Write the name of one that is there.")


def gaps(items: Sequence[Row], rows: Sequence[Row], places: Places) -> Iterator[str]:
    """Yield every gap: items without a row, places that are not there, numbers that do not stand in their place."""
    known = {item.id for item in items}
    seen: dict[str, set[Shown]] = {}
    lost: set[str] = set()
    for row in rows:
        if row.id not in known:
            yield f"{row.name}: there is no such item. Write an id of items.tsv."
        try:
            shown = places.numbers(row.where)
        except ValueError as error:
            lost.add(row.id)
            yield f"{row.name}: {error}"
            continue
        seen.setdefault(row.id, set()).update(shown)
        if absent := missing(row.numbers, shown):
            lost.add(row.id)
            yield f"{row.name}: {row.where} does not show {', '.join(absent)}. Show it there, or point elsewhere."
    for item in items:
        if item.id not in {row.id for row in rows}:
            yield f"{item.name}: no row says where it is covered. Add one to a table."
        elif item.id not in lost and (absent := missing(item.numbers, seen.get(item.id, set()))):
            where = ", ".join(row.where for row in rows if row.id == item.id)
            yield f"{item.name}: {where} does not show {', '.join(absent)}. Show it there, or add a place that does."
