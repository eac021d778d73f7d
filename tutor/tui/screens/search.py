"""The search: a line to type in, and the places of the course that hold what is typed."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from tutor.course.search import excerpt
from tutor.draw.text import Line
from tutor.terminal import Terminal
from tutor.tui.keyboard.keys import ScreenName
from tutor.tui.reference import ReferenceShelf
from tutor.tui.screens.finding import FindScreen, FoundRow

if TYPE_CHECKING:
    from tutor.course.search import Index, Item


class SearchScreen(FindScreen):
    """Finds places while words are typed."""

    NAME: ClassVar[ScreenName] = "search"

    def __init__(self, terminal: Terminal, shelf: ReferenceShelf) -> None:
        super().__init__(terminal)
        self._shelf = shelf
        self._index: Index | None = None

    def on_mount(self) -> None:
        """Have the course read, beside the keys."""
        self.run_worker(self._read())

    def draw_title(self, width: int, height: int) -> Sequence[Line]:
        """Draw what this is, and how many places fit."""
        del height
        return self.title_line("Search", f"{len(self._found)} found" if self.typed.strip() else "", width)

    def find(self, text: str) -> Sequence[FoundRow]:
        """Return the places that hold the words of a text."""
        found = self._index.find(text) if self._index is not None else []
        return [self._row_of(item, text) for item in found]

    def nothing(self, text: str) -> str:
        """Return why there is no row."""
        if self._index is None:
            return "Reading the lessons …"
        if not text.strip():
            return "Type a word: lessons, cards, glossary and conventions are searched."
        return "Nothing found. Try fewer words, or the beginning of one."

    def _row_of(self, item: "Item", text: str) -> FoundRow:
        opening = partial(self._shelf.open_item, self.app, item)
        return FoundRow(item.title, item.kind, partial(excerpt, item, text), opening)

    async def _read(self) -> None:
        self._index = await self._shelf.index()
        self.look_again()
