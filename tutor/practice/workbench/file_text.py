"""The text of a problem file, written so that it can be read back, and where each of its lines comes from."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_BARE_KEY: Final = re.compile(r"[A-Za-z0-9_-]+")
_BARE_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")


@dataclass(slots=True)
class FileText:
    """Lines of a problem file; `origin` tells for each of them, counted from 1, which typed line it comes from."""

    lines: list[str] = field(default_factory=list)
    origin: dict[int, int] = field(default_factory=dict)

    def add_title(self, title: str) -> None:
        """Write the title."""
        self.lines.append(f"title = {quoted(title)}")

    def add_section(self, heading: str, entries: Mapping[str, str], origins: Mapping[str, int]) -> None:
        """Write a section, if it has entries: names with what stands behind their sign =."""
        if not entries:
            return
        self.lines += ["", f"[{heading}]"]
        for name, entry in entries.items():
            self.lines.append(f"{_key(name)} = {entry}")
            self.origin[len(self.lines)] = origins.get(name, 0)

    @property
    def text(self) -> str:
        """The whole text."""
        return "\n".join(self.lines) + "\n"


def quoted(text: str) -> str:
    r"""Return a text in quotes, on one line.

    >>> print(quoted('two "steps"'))
    "two \"steps\""
    """
    shown = "".join(character if character.isprintable() else " " for character in text)
    return json.dumps(shown, ensure_ascii=False)


def number(text: str) -> str:
    """Return a number as a file holds it: bare where the format knows it, else in quotes, as in "1/3"."""
    return text if _BARE_NUMBER.fullmatch(text) else quoted(text)


def numbers(texts: Sequence[str]) -> str:
    """Return a list of numbers."""
    return f"[{', '.join(map(number, texts))}]"


def _key(name: str) -> str:
    return name if _BARE_KEY.fullmatch(name) else quoted(name)
