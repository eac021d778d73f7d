"""The cells of a worksheet with a cursor on one of them and the answers being typed: no screen, no store."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from tutor.study.editing import Line

if TYPE_CHECKING:
    from tutor.mathematics.worksheet import Entry

EDITS: Mapping[str, Callable[[Line], Line]] = {
    "caret left": Line.left,
    "caret right": Line.right,
    "caret start": Line.start,
    "caret end": Line.end,
    "rub out": Line.rub_out,
    "rub out word": Line.rub_out_word,
    "delete": Line.delete,
    "clear": Line.clear,
}
"""What the actions of the line do."""


class Cells:
    """Which cell the cursor is on, and what is typed in each cell but not checked."""

    def __init__(self, entries: "Sequence[Entry]", typed: Mapping[str, str], cell: str = "") -> None:
        """Put the cursor on a cell, or on the first one that is open.

        typed holds, by cell, what was typed but could not be read.
        """
        self.entries = tuple(entries)
        self._lines = {name: Line(text, len(text)) for name, text in typed.items()}
        self._place = self._next_asked(0)
        self.choose(cell or next((entry.cell for entry in self.entries if entry.state == "blank"), ""))

    @property
    def place(self) -> int:
        """The place of the cell that the cursor is on."""
        return self._place

    @property
    def entry(self) -> "Entry":
        """The cell that the cursor is on."""
        return self.entries[self._place]

    @property
    def line(self) -> Line:
        """What is typed in that cell: at first, its answer."""
        text = self.entry.text
        return self._lines.get(self.entry.cell, Line(text, len(text)))

    @property
    def typed(self) -> dict[str, str]:
        """What is typed but not checked, by cell."""
        texts = {entry.cell: entry.text for entry in self.entries}
        return {cell: line.text for cell, line in self._lines.items() if line.text != texts.get(cell)}

    @property
    def changed(self) -> bool:
        """Whether something is typed in the cell that was not checked."""
        return self.line.text != self.entry.text

    def choose(self, cell: str) -> None:
        """Put the cursor on a cell; on a given one's successor; nowhere else if there is no such cell."""
        for place, entry in enumerate(self.entries):
            if entry.cell == cell:
                self._place = self._next_asked(place)

    def move(self, steps: int) -> None:
        """Move the cursor by some cells, past those that are given, to the first or last one at most."""
        asked = [place for place, entry in enumerate(self.entries) if not entry.given]
        if asked:
            there = asked.index(self._place) + steps
            self._place = asked[max(0, min(there, len(asked) - 1))]

    def edit(self, name: str) -> None:
        """Do what an action of the line says."""
        self._lines[self.entry.cell] = EDITS[name](self.line)

    def type(self, text: str) -> None:
        """Put text in at the caret; over a checked answer as a whole, unless the caret was moved in it first."""
        line = self._lines.get(self.entry.cell, Line())
        self._lines[self.entry.cell] = line.insert(text)

    def take(self, entries: "Sequence[Entry]", *, settled: str = "") -> None:
        """Take the cells as they are now; what was typed in the settled one has become its answer."""
        self.entries = tuple(entries)
        self._lines.pop(settled, None)

    def point_at(self, position: int) -> None:
        """Put the caret where the answer cannot be read."""
        line = self.line
        self._lines[self.entry.cell] = Line(line.text, max(0, min(position, len(line.text))))

    def _next_asked(self, place: int) -> int:
        """Return the place of the first cell from here on that is not given, else that of the last one."""
        asked = [other for other, entry in enumerate(self.entries) if not entry.given]
        return next((other for other in asked if other >= place), asked[-1] if asked else 0)
