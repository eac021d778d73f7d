"""One wrong derivative."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tutor.mathematics.notation.expression import Node


@dataclass(frozen=True)
class Slip:
    """The id of a broken rule, the derivative that it gives, and what to say about it."""

    id: str
    wrong: Node
    feedback: str

    def within(self, around: Callable[[Node], Node]) -> Slip:
        """Return the slip inside a larger formula."""
        return replace(self, wrong=around(self.wrong))

    def called(self, identity: str | None) -> Slip:
        """Return the slip under another id, where there is one."""
        return replace(self, id=identity) if identity else self


Finder = Callable[["Node"], Iterator[Slip]]
