"""Several lines being typed: what a small editor can do, without a screen. Each line is one of `editing`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from tutor.study.cells import EDITS
from tutor.study.editing import LIMIT, Line


@dataclass(frozen=True, slots=True)
class Text:
    """Rows of text with a caret before a character of one of them, or behind its last one. There is always a row."""

    rows: tuple[str, ...] = ("",)
    row: int = 0
    column: int = 0

    @classmethod
    def of(cls, text: str) -> "Text":
        """Return a text with the caret at its end; what makes a row longer than a line can be is left out."""
        rows = tuple(row[:LIMIT] for row in text.split("\n"))
        return cls(rows, len(rows) - 1, len(rows[-1]))

    @property
    def text(self) -> str:
        """The whole text."""
        return "\n".join(self.rows)

    @property
    def line(self) -> Line:
        """The row that the caret is in."""
        return Line(self.rows[self.row], self.column)

    def insert(self, text: str) -> "Text":
        r"""Return the text with one or more rows put in at the caret; of a row that gets too long, the new part is cut.

        >>> Text(("ab",), 0, 1).insert("1\n2")
        Text(rows=('a1', '2b'), row=1, column=1)
        """
        first, *others = text.split("\n")
        if not others:
            return self._with_line(self.line.insert(first))
        before = Line(self.rows[self.row][: self.column], self.column).insert(first).text
        between = tuple(Line().insert(row).text for row in others[:-1])
        last = Line(self.rows[self.row][self.column :]).insert(others[-1])
        rows = (*self.rows[: self.row], before, *between, last.text, *self.rows[self.row + 1 :])
        return Text(rows, self.row + len(others), last.caret)

    def edit(self, name: str) -> "Text":
        """Return the text after an action of the line; at the ends of a row, these go on in the next one."""
        beyond = _BEYOND.get(name)
        if beyond is not None and (self.column == 0 if beyond.is_at_start else self.column == len(self.rows[self.row])):
            return beyond.do(self)
        return self._with_line(EDITS[name](self.line))

    def move(self, rows: int) -> "Text":
        """Return the text with the caret some rows further down, to the first or last one at most."""
        row = max(0, min(self.row + rows, len(self.rows) - 1))
        return replace(self, row=row, column=min(self.column, len(self.rows[row])))

    def at(self, row: int, column: int) -> "Text":
        """Return the text with the caret at a place, or as near to it as there is one."""
        row = max(0, min(row, len(self.rows) - 1))
        return replace(self, row=row, column=max(0, min(column, len(self.rows[row]))))

    def row_before(self) -> "Text":
        """Return the text with the caret at the end of the row before."""
        return self.at(self.row - 1, LIMIT) if self.row else self

    def row_behind(self) -> "Text":
        """Return the text with the caret at the start of the next row."""
        return self.at(self.row + 1, 0) if self.row + 1 < len(self.rows) else self

    def joined(self) -> "Text":
        """Return the text with this row and the next one as one row, if a line can be that long."""
        if self.row + 1 == len(self.rows):
            return self
        whole = self.rows[self.row] + self.rows[self.row + 1]
        if len(whole) > LIMIT:
            return self
        return replace(self, rows=(*self.rows[: self.row], whole, *self.rows[self.row + 2 :]))

    def joined_before(self) -> "Text":
        """Return the text with the row before and this one as one row."""
        return self.row_before().joined() if self.row else self

    def _with_line(self, line: Line) -> "Text":
        rows = (*self.rows[: self.row], line.text, *self.rows[self.row + 1 :])
        return replace(self, rows=rows, column=line.caret)


@dataclass(frozen=True, slots=True)
class _Beyond:
    """What an action of the line does where the caret is at an end of its row."""

    is_at_start: bool
    do: Callable[[Text], Text]


_BEYOND: Mapping[str, _Beyond] = {
    "caret left": _Beyond(is_at_start=True, do=Text.row_before),
    "caret right": _Beyond(is_at_start=False, do=Text.row_behind),
    "rub out": _Beyond(is_at_start=True, do=Text.joined_before),
    "rub out word": _Beyond(is_at_start=True, do=Text.joined_before),
    "delete": _Beyond(is_at_start=False, do=Text.joined),
}
