"""Reading an answer: a leading `∂E/∂w1 =` is skipped, the rest is read with the names that exist."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.mathematics.cells import CellError
from tutor.mathematics.checking.literals import TypedNumber, compare, literal, same
from tutor.mathematics.notation import limits
from tutor.mathematics.notation.errors import ReadingError
from tutor.mathematics.notation.parser import read
from tutor.mathematics.notation.spelling import canonical, compose, place_before_composing
from tutor.mathematics.presentation import plain_formula

if TYPE_CHECKING:
    from tutor.mathematics.cells import Cell, CellNames
    from tutor.mathematics.notation.expression import Node
    from tutor.mathematics.notation.scope import Scope
    from tutor.mathematics.values.real import Value

_EQUALS = re.compile(r":?[=≈≅≃≐]=?|~=")
_NAME_LIKE = re.compile(r"[\w∂/()'′:@\[\]\s\u0302\u0304]*\Z")


@dataclass(frozen=True)
class Reading:
    """An answer as read: its tree, the other way to read it, and the number if it is only that."""

    tree: Node
    other: Node | None
    number: TypedNumber | None

    @property
    def text(self) -> str:
        """The answer in plain notation."""
        return plain_formula(self.tree)


@dataclass(frozen=True)
class OwnAnswer:
    """An earlier answer of the learner: its value, how it was typed if it is only a number, and as what it was read."""

    value: Value
    number: TypedNumber | None
    read_as: str

    def fits(self, value: Value) -> bool:
        """Whether this is that value, as far as it was typed."""
        if self.number is None:
            return same(self.value, value)
        return compare(self.number, value) in {"exact", "rounded", "short"}


def read_answer(text: str, scope: Scope, asked: Cell | None = None, names: CellNames | None = None) -> Reading:
    """Read an answer; `asked` is the cell that it is for, with the names of its problem's cells.

    Raises ReadingError where it cannot be read or names another cell than the one asked.
    """
    if len(text) > limits.CHARACTERS:
        message = f"This is {len(text):,} characters long. An answer has at most {limits.CHARACTERS:,}."
        raise ReadingError(message, limits.CHARACTERS)
    composed = compose(text)
    try:
        found = read(composed, scope, _skip_left_side(composed, asked, names))
    except ReadingError as error:
        raise ReadingError(error.message, place_before_composing(text, error.position)) from error
    return Reading(found.tree, found.other, literal(found.tree))


def _skip_left_side(text: str, asked: Cell | None, names: CellNames | None) -> int:
    """Return where the answer begins after a leading `name =`."""
    sign = _EQUALS.search(text)
    if sign is None:
        return 0
    left = text[: sign.start()].strip()
    again = _EQUALS.search(text, sign.end())
    if again is not None or not _NAME_LIKE.match(left) or left[:1].isdigit():
        place = again.start() if again else sign.start()
        raise ReadingError("Write only the value here, without a calculation before an = sign.", place)
    if left and asked is not None and names is not None:
        _check_left_side(left, text.find(left), asked, names)
    return sign.end()


def _check_left_side(left: str, position: int, asked: Cell, names: CellNames) -> None:
    if canonical(left.removeprefix("new").strip()) == canonical(asked.name) and asked.kind == "parameter":
        return
    try:
        cell = names.parse(left)
    except CellError:
        partial = (asked.id, asked.id.partition("@")[0], re.split(r"[\[@]", asked.id)[0])
        if any(_spelled(left) == _spelled(part) for part in partial) or _names_nothing(left, names):
            return
        raise ReadingError(f"{left} is not the cell that is asked here: {asked.id}.", position) from None
    if cell.id != asked.id and ("@" in left or not _same_quantity(cell, asked)):
        raise ReadingError(f"This names {left}, but {asked.id} is asked here. Write it in its own cell.", position)


def _spelled(text: str) -> str:
    return canonical(text.replace("∂", "d").replace(" ", "").replace(":direct", ""))


def _names_nothing(left: str, names: CellNames) -> bool:
    """Whether the left side is just a word, such as `answer`, that stands for nothing in the problem."""
    return "/" not in left and canonical(left.partition("[")[0].partition("@")[0].strip()) not in {
        canonical(name) for name in names.quantities
    }


def _same_quantity(cell: Cell, asked: Cell) -> bool:
    """Whether a left side without example and iteration names the asked quantity."""
    return (
        not cell.example
        and not cell.iteration
        and (cell.name, cell.by, cell.state) == (asked.name, asked.by, asked.state)
        and (cell.kind == asked.kind or {cell.kind, asked.kind} <= {"direct", "total"})
    )
