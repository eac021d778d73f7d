"""In which line of a TOML file each heading and each key stands: Python's own reader does not tell."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Final

_WORD: Final = r"""(?:"([^"]*)"|'([^']*)'|([^\s.="'#\[\]]+))"""
_KEY: Final = re.compile(rf"\s*{_WORD}\s*(?:\.\s*{_WORD}\s*)?=")
_HEADING: Final = re.compile(rf"\s*\[\[?\s*{_WORD}\s*(?:\.\s*{_WORD}\s*)?\]")


class TomlPlaces:
    """The lines of one file's text, counted from 1."""

    def __init__(self, text: str) -> None:
        """Keep the text; it is looked through when the first line is asked for."""
        self._text = text

    def line(self, section: str | None, key: str | None = None) -> int | None:
        r"""Return the line of a key in a section (None: above all sections), else that of the section's heading.

        >>> TomlPlaces("[given]\nx = 3\n").line("given", "x")
        2
        """
        return self._places.get((section, key)) or self._places.get((section, None))

    @cached_property
    def _places(self) -> dict[tuple[str | None, str | None], int]:
        """The line of every key in its section, and of every section's heading, with None for its key."""
        places: dict[tuple[str | None, str | None], int] = {}
        section: str | None = None
        for number, line in enumerate(self._text.split("\n"), start=1):
            if heading := _HEADING.match(line):
                section, key = _words(heading)
                places.setdefault((section, None), number)
                places.setdefault((section, key), number)
            elif found := _KEY.match(line):
                key, inner = _words(found)
                places.setdefault((section, key), number)
                if section is None:  # `given.x = 3`, or a whole section on one line
                    places.setdefault((key, None), number)
                    places.setdefault((key, inner), number)
        return places


def _words(found: re.Match[str]) -> tuple[str | None, str | None]:
    """Return the key that was found and the one after its dot, as far as there is one."""
    first, second = (
        next((word for word in found.groups()[start : start + 3] if word is not None), None) for start in (0, 3)
    )
    return first, second
