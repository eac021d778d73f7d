"""Which words mean something where a formula is read."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal, Protocol

from tutor.mathematics.notation.functions import CONSTANTS, FUNCTION_SPELLINGS
from tutor.mathematics.notation.spelling import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable

Word = tuple[Literal["name", "constant", "function"], str]
_LISTED = 14


class CellReader(Protocol):
    """What reads the names of cells, such as `∂E/∂w1[2]@3`, inside a formula."""

    def cell_at(self, text: str, position: int) -> tuple[str, int] | None:
        """Return the cell that is named at the position and where its name ends, None where none is.

        Raises ReadingError where something begins like a cell and names none.
        """


@dataclass(frozen=True)
class Scope:
    """The names that a formula may use; a `strict` one must not write several names as one word."""

    names: tuple[str, ...]
    cells: CellReader | None = None
    strict: bool = False
    _words: dict[str, Word | None] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, names: Iterable[str], cells: CellReader | None = None, *, strict: bool = False) -> Scope:
        """Return the scope of these names."""
        return cls(tuple(names), cells, strict)

    @cached_property
    def _canonical(self) -> dict[str, str]:
        return {canonical(name): name for name in self.names}

    @cached_property
    def _loose(self) -> dict[str, str]:
        """The names without any underscore, where that leaves them different from one another."""
        found: dict[str, list[str]] = {}
        for spelled, name in self._canonical.items():
            found.setdefault(spelled.replace("_", ""), []).append(name)
        return {spelled: several[0] for spelled, several in found.items() if len(several) == 1}

    @cached_property
    def longest(self) -> int:
        """The most characters that a known word can be spelled with."""
        return 4 + max((len(word) for word in (*self._canonical, *self.names, *FUNCTION_SPELLINGS)), default=0)

    def word(self, text: str) -> Word | None:
        """Return what the whole word means; names of the problem go before functions and constants."""
        if text not in self._words:
            if len(self._words) > 5_000:  # noqa: PLR2004 - a bound on memory
                self._words.clear()
            self._words[text] = self._look_up(text)
        return self._words[text]

    def _look_up(self, text: str) -> Word | None:
        name = self._canonical.get(canonical(text))
        if name is not None:
            return ("name", name)
        if text in FUNCTION_SPELLINGS:
            return ("function", FUNCTION_SPELLINGS[text])
        if text in CONSTANTS:
            return ("constant", CONSTANTS[text])
        return None

    def loosely(self, text: str) -> Word | None:
        """Return what a word means that differs from a known one by underscores, or a function by capitals."""
        if self.strict:
            return None
        name = self._loose.get(canonical(text).replace("_", ""))
        if name is not None:
            return ("name", name)
        function = FUNCTION_SPELLINGS.get(text.lower())
        return ("function", function) if function is not None else None

    def cell_at(self, text: str, position: int) -> tuple[str, int] | None:
        """Return the cell named at the position and where its name ends, None where none is.

        What stands before the position is read already, and does not count: `2h1[2]` is 2·h1[2].
        """
        return self.cells.cell_at(" " * position + text[position:], position) if self.cells else None

    def nearest(self, text: str) -> str | None:
        """Return the known word that is spelled most like the text, None where none is like it."""
        close = difflib.get_close_matches(text[:60], [*self.names, *FUNCTION_SPELLINGS], n=1, cutoff=0.6)
        return close[0] if close else None

    def listed(self) -> str:
        """Return the names as they are told to a learner."""
        shown = ", ".join(self.names[:_LISTED])
        return shown + (", …" if len(self.names) > _LISTED else "")

    def known_sentence(self) -> str:
        """Return the sentence that tells which names exist."""
        return f"The names are {self.listed()}." if self.names else "Only numbers and functions have a meaning here."
