"""The TOML body of a fenced block, with errors that point at the line of the lesson's file."""

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tutor.course.error import LessonError, nearest
from tutor.course.model import Prose

_RECOGNISED = 20
"""Characters by which a text of a list is found again in its line."""

_TABLE = re.compile(r"^[ \t]*\[\[[ \t]*(?P<key>[^\s\]]+)[ \t]*\]\][^\n]*\n?", re.MULTILINE)
_TOML_PLACE = re.compile(r" \(at (?:line (?P<line>\d+), column \d+|end of document)\)$")


@dataclass(frozen=True, slots=True)
class Body:
    """The keys and values between the two fences of a block."""

    kind: str
    path: Path
    line: int
    """The line of the opening fence."""
    toml: str
    values: Mapping[str, Any]

    def check_keys(self, known: Collection[str]) -> None:
        """Raise LessonError for the first key that this kind of block does not have."""
        for key in self.values:
            if key not in known:
                message = f"a {self.kind} block has no key {key}. {nearest(key, known)}"
                raise self.fault(key, message)

    def text(self, key: str, default: str | None = None) -> str:
        """Return the text under a key, or the default where there is one and the key is missing.

        Raises LessonError if the key is missing without a default, empty, or not text.
        """
        value = self.values.get(key, default)
        if value is None:
            raise self.fault(key, f'a {self.kind} block needs a {key}. Add a line {key} = "…"')
        if not isinstance(value, str) or (key in self.values and not value.strip()):
            raise self.fault(key, f'{key} must be text. Write {key} = "…"')
        return value.strip()

    def strings(self, key: str) -> tuple[str, ...]:
        """Return the list of texts under a key; empty where the key is missing.

        Raises LessonError if it is anything but a list of different texts.
        """
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
            raise self.fault(key, f'{key} must be a list of names. Write {key} = ["h1", "y"]')
        for place, item in enumerate(value):
            if item in value[:place]:
                raise self.fault(key, f"{item} stands twice in {key}. Keep one of them.")
        return tuple(value)

    def prose(self, key: str, default: str | None = None) -> Prose:
        """Return the text under a key as prose, which may hold numbers such as {{y}}; errors as for `text`."""
        return Prose(self.text(key, default), self.line_of(key))

    def proses(self, key: str) -> tuple[Prose, ...]:
        """Return the list of texts under a key as prose, each in the line where it stands; errors as for `strings`."""
        line = self.line_of(key)
        below = self.toml.split("\n")[max(0, line - self.line - 1) :]
        found: list[Prose] = []
        place = 0
        for text in self.strings(key):
            written = next((row for row in range(place, len(below)) if text[:_RECOGNISED] in below[row]), place)
            place = written
            found.append(Prose(text, line + written))
        return tuple(found)

    def flag(self, key: str) -> bool:
        """Return whether a key is true; it is not where it is missing. Raises LessonError for anything else."""
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            raise self.fault(key, f"{key} is either true or left out. Write {key} = true")
        return value

    def whole(self, key: str, default: int, least: int, most: int) -> int:
        """Return the whole number under a key, or the default where the key is missing.

        Raises LessonError for anything but a whole number from least to most.
        """
        value = self.values.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            message = f"{key} must be a whole number from {least} to {most}. Write {key} = {default}"
            raise self.fault(key, message)
        return value

    def one_of(self, key: str, known: Collection[str]) -> str:
        """Return the text under a key, which has to be one of the known words; raises LessonError for another one."""
        value = self.text(key)
        if value not in known:
            raise self.fault(key, f"there is no {key} “{value}”. {nearest(value, known)}")
        return value

    def tables(self, key: str) -> tuple["Body", ...]:
        """Return the tables written as `[[key]]`, each as a body of its own; none where the key is missing.

        Raises LessonError if the key holds anything else.
        """
        values = self.values.get(key, [])
        if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
            raise self.fault(key, f"{key} must be written as tables. Begin each with a line [[{key}]]")
        places = [found for found in _TABLE.finditer(self.toml) if found["key"] == key]
        if len(places) != len(values):
            raise self.fault(key, f"{key} must be written as tables. Begin each with a line [[{key}]]")
        starts = [found.start() for found in _TABLE.finditer(self.toml)]
        return tuple(self._table(key, found, starts, value) for found, value in zip(places, values, strict=True))

    def _table(self, key: str, header: re.Match[str], starts: Collection[int], values: Mapping[str, Any]) -> "Body":
        end = min((start for start in starts if start > header.start()), default=len(self.toml))
        line = self.line + 1 + self.toml.count("\n", 0, header.start())
        return Body(f"{self.kind} {key}", self.path, line, self.toml[header.end() : end], values)

    def line_of(self, key: str) -> int:
        """Return the line of a key, or that of the fence if the key is not there."""
        found = re.search(rf"^[ \t]*\[{{0,2}}[ \t]*\"?{re.escape(key)}\"?[ \t]*[=.\]]", self.toml, re.MULTILINE)
        return self.line + (1 + self.toml.count("\n", 0, found.start()) if found else 0)

    def fault(self, key: str, message: str) -> LessonError:
        """Return an error that points at the line of a key."""
        return LessonError(self.path, self.line_of(key), message)


def read_body(kind: str, toml: str, path: Path, line: int) -> Body:
    """Read the body of a block of the given kind, whose opening fence stands in the given line.

    Raises LessonError if it is not TOML.
    """
    try:
        return Body(kind, path, line, toml, tomllib.loads(toml))
    except tomllib.TOMLDecodeError as error:
        place = _TOML_PLACE.search(str(error))
        reason = str(error)[: place.start()] if place else str(error)
        offset = int(place["line"]) if place and place["line"] else toml.count("\n") + 1
        message = f'this {kind} block is not TOML: {reason}. Write one key = value in a line, text between " and "'
        raise LessonError(path, line + offset, message) from error
