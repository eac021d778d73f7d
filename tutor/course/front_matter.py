"""The front matter of a lesson: `key: value` lines between two `---` lines.

It is a small, strict part of YAML, so that code hosts show it as a table and home can read forty of
them before its first frame: a value is a plain string, or a list such as `[chain-rule, update-step]`.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tutor.course.error import LessonError, nearest

Value = str | tuple[str, ...]

_MARK = "---"
_PAIR = re.compile(r"(?P<key>[a-z][a-z0-9-]*):(?: +(?P<value>.*))?")
_YAML_OPENERS = "\"'[]{}&*!|>%@`#,"
_LIST_CHARACTERS = "[]{}"


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The keys of one file with their values, each with its line for messages."""

    path: Path
    values: Mapping[str, Value]
    lines: Mapping[str, int]
    length: int
    """How many lines the front matter takes, its two marks included."""

    def text(self, key: str) -> str:
        """Return the plain string under a key.

        Raises LessonError if the key is missing or holds a list.
        """
        value = self._value(key)
        if isinstance(value, tuple):
            raise self.fault(key, f"{key} takes one value. Write it without [ and ].")
        return value

    def items(self, key: str) -> tuple[str, ...]:
        """Return the list under a key.

        Raises LessonError if the key is missing or holds a plain string.
        """
        value = self._value(key)
        if isinstance(value, str):
            raise self.fault(key, f"{key} takes a list. Write {key}: [{value}]")
        return value

    def fault(self, key: str, message: str) -> LessonError:
        """Return an error that points at the line of a key."""
        return LessonError(self.path, self.lines.get(key, 1), message)

    def check_keys(self, known: Collection[str]) -> None:
        """Raise LessonError for the first key that is not among the known ones."""
        for key in self.values:
            if key not in known:
                raise self.fault(key, f"the key {key} is not known. {nearest(key, known)}")

    def _value(self, key: str) -> Value:
        if key not in self.values:
            raise LessonError(self.path, 1, f"the front matter has no {key}. Add a line {key}: …")
        return self.values[key]


def read_front_matter(text: str, path: Path) -> FrontMatter:
    """Read the front matter at the start of a file's text; path is only used in messages.

    Raises LessonError for whatever is not a `key: value` line of the subset described above.
    """
    rows = enumerate(_rows(text), start=1)
    if next(rows, (1, ""))[1].rstrip() != _MARK:
        raise LessonError(path, 1, "the file does not start with front matter. Make its first line ---")
    values: dict[str, Value] = {}
    lines: dict[str, int] = {}
    for number, row in rows:
        if row.rstrip() == _MARK:
            return FrontMatter(path, values, lines, number)
        if row.strip():
            key, value = _read_row(row.rstrip(), path, number)
            if key in values:
                message = f"{key} stands twice, first in line {lines[key]}. Keep one of them."
                raise LessonError(path, number, message)
            values[key], lines[key] = value, number
    raise LessonError(path, 1, "the front matter does not end. Close it with a second line ---")


def _rows(text: str) -> Iterator[str]:
    """Walk the lines without splitting the whole text: the pages below are not needed for a head."""
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield text[start:end]
        start = end + 1


def _read_row(row: str, path: Path, line: int) -> tuple[str, Value]:
    pair = _PAIR.fullmatch(row)
    if pair is None:
        raise LessonError(path, line, f"cannot read “{row}”. Write it as key: value, the key in lower case.")
    key, value = pair["key"], (pair["value"] or "").strip()
    if not value:
        raise LessonError(path, line, f"{key} has no value. Write {key}: value, or {key}: [] for none.")
    if value.startswith("["):
        return key, _read_list(key, value, path, line)
    return key, _plain(value, path, line)


def _read_list(key: str, value: str, path: Path, line: int) -> tuple[str, ...]:
    if not value.endswith("]"):
        raise LessonError(path, line, f"the list of {key} does not end in this line. Close it with ]")
    inner = value[1:-1].strip()
    if not inner:
        return ()
    items = [item.strip() for item in inner.split(",")]
    for item in items:
        if not item:
            message = f"the list of {key} has an empty place. Put exactly one comma between two items."
            raise LessonError(path, line, message)
        if any(character in item for character in _LIST_CHARACTERS):
            raise LessonError(path, line, f"“{item}” holds a bracket. Lists here hold plain words only.")
        _plain(item, path, line)
    return tuple(items)


def _plain(value: str, path: Path, line: int) -> str:
    """Return the value if YAML too reads it as this very string."""
    if value[0] in _YAML_OPENERS or value.startswith(("- ", "? ", ": ")):
        message = f"a value cannot start with {value[0]} here. Begin with a letter, without quotes."
        raise LessonError(path, line, message)
    if ": " in value or value.endswith(":"):
        raise LessonError(path, line, "a colon inside a value starts a new key in YAML. Write a comma or a dash.")
    if " #" in value:
        raise LessonError(path, line, "a # after a space starts a comment in YAML. Leave it out.")
    return value
