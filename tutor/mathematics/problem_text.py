"""The text of a problem file: TOML with exact numbers, and the line of everything, for messages."""

from __future__ import annotations

import re
import tomllib
from fractions import Fraction
from typing import TYPE_CHECKING

from tutor.mathematics.notation import limits
from tutor.mathematics.notation.errors import ReadingError
from tutor.mathematics.problem import ProblemError
from tutor.toml_places import TomlPlaces

if TYPE_CHECKING:
    from typing import NoReturn

_TOO_MANY_DIGITS = re.compile(r"[0-9_]{4300}")  # Python reads no whole number of more digits


class ProblemText:
    """One file's text; `source` names it in messages."""

    def __init__(self, text: str, source: str) -> None:
        """Keep the text and the name it has in messages."""
        self._text = text
        self._source = source
        self._places = TomlPlaces(text)

    def fail(self, message: str, line: int | None = None) -> NoReturn:
        """Raise the error about a line: what is wrong, and what to write instead."""
        where = f"{self._source}:{line}" if line else self._source
        raise ProblemError(f"{where}: {message}")

    def parse(self) -> dict[str, object]:
        """Return the file as data, its decimals as exact fractions. Raises ProblemError where it is no TOML."""
        try:
            return tomllib.loads(self._text, parse_float=self._exact)
        except tomllib.TOMLDecodeError as error:
            self._fail_syntax(str(error))
        except ReadingError as error:
            self.fail(error.message, self._line_of_text(getattr(error, "written", "")))
        except RecursionError:
            self.fail("brackets stand too deep inside one another. Write lists of plain numbers.")
        except ValueError:  # Python refuses whole numbers of more than 4,300 digits
            found = _TOO_MANY_DIGITS.search(self._text)
            line = self._text.count("\n", 0, found.start()) + 1 if found else None
            self.fail("a number in this file has too many digits to work with. Write a shorter one.", line)

    @staticmethod
    def _exact(text: str) -> Fraction:
        """Read a decimal exactly; infinities and the like are no numbers here."""
        if not any(character.isdigit() for character in text):
            raise _unusable(f"{text} is not a number that can be worked with. Write a finite one.", text)
        try:
            limits.check_number(text.replace("_", "").lstrip("+-"), 0)
        except ReadingError as error:
            raise _unusable(error.message, text) from error
        return Fraction(text.replace("_", ""))

    def _fail_syntax(self, message: str) -> NoReturn:
        found = re.search(r"\(at line (\d+), column \d+\)", message)
        lines = self._text.removesuffix("\n").split("\n")
        line = int(found[1]) if found else len(lines)
        what = re.sub(r" \(at .*\)$", "", message)
        shown = lines[line - 1].strip() if 0 < line <= len(lines) else ""
        hint = "Write one name = value on each line, and formulas in quotes."
        key = re.match(r"\s*([^\s=\"'#\[]+)\s*=", lines[line - 1]) if 0 < line <= len(lines) else None
        if key and not key[1].isascii():
            hint = f'Write the name in quotes: "{key[1]}" = …'
        elif "Cannot overwrite" in message:
            hint = "Every name may be declared only once."
        self.fail(f"this is not valid TOML: {what}, at “{shown[:60]}”. {hint}", line)

    def _line_of_text(self, written: str) -> int | None:
        position = self._text.find(written) if written else -1
        return self._text.count("\n", 0, position) + 1 if position >= 0 else None

    def line(self, section: str | None, key: str | None = None) -> int | None:
        """Return the line of a key in a section (None: above all sections), else that of the section's heading."""
        return self._places.line(section, key)


def _unusable(message: str, written: str) -> ReadingError:
    error = ReadingError(message, 0)
    error.written = written  # type: ignore[attr-defined]  # carried through tomllib to where the line is known
    return error
