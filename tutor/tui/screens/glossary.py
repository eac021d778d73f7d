"""The glossary: the list of its words, an entry, and the conventions of the course."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import ClassVar

from textual.events import Key

from tutor.course.chapters import Chapter, Reference
from tutor.course.glossary import Entry, Glossary
from tutor.course.search import Index, item_of
from tutor.draw.lines import indent, text_line
from tutor.draw.prose import prose
from tutor.draw.text import Line, Span, join
from tutor.terminal import Terminal
from tutor.tui.keyboard.keys import ScreenName
from tutor.tui.reference import ReferenceShelf
from tutor.tui.screens.finding import FindScreen, FoundRow
from tutor.tui.screens.message import ReadingScreen

_WIDEST = 78
_ABOUT_CONVENTIONS = "What is written how here, and what you may meet elsewhere."
NO_GLOSSARY = "This course has no glossary. It would stand in a file glossary.md in its folder."
NO_CONVENTIONS = "This course has no page of conventions. It would stand in a file conventions.md in its folder."


class GlossaryScreen(FindScreen):
    """The words of the course, those of the page below first."""

    NAME: ClassVar[ScreenName] = "glossary"
    PROMPT = "Word"

    def __init__(
        self,
        terminal: Terminal,
        shelf: ReferenceShelf,
        glossary: Glossary,
        near: Sequence[Entry],
        conventions: Reference | None,
    ) -> None:
        """Show a glossary; near are the entries that come first."""
        super().__init__(terminal)
        self._shelf = shelf
        self._glossary = glossary
        self._near = tuple(near)
        self._conventions = conventions
        self._index = Index()
        for entry in glossary.entries:
            self._index.add(item_of(entry))

    def on_mount(self) -> None:
        """Show all words."""
        self.look_again()

    def draw_title(self, width: int, height: int) -> Sequence[Line]:
        """Draw what this is, and how many words fit."""
        del height
        count = len(self._glossary.entries)
        found = len(self._index.find(self.typed)) if self.typed.strip() else count
        return self.title_line("Glossary", f"{found} of {count} words" if count else "", width)

    def find(self, text: str) -> Sequence[FoundRow]:
        """Return the entries for what is typed; as long as nothing is, all of them, and the conventions on top."""
        if text.strip():
            entries = [item.target for item in self._index.find(text)]
            return [self._row_of(entry) for entry in entries if isinstance(entry, Entry)]
        rest = [entry for entry in self._glossary.entries if entry not in self._near]
        opening = partial(self._shelf.open_conventions, self.app)
        conventions = [FoundRow("Conventions of this course", "", lambda: _ABOUT_CONVENTIONS, opening)]
        return [
            *map(self._row_of, self._near),
            *(conventions if self._conventions else []),
            *map(self._row_of, rest),
        ]

    def nothing(self, text: str) -> str:
        """Return why there is no row."""
        if not self._glossary.entries:
            return NO_GLOSSARY
        key = self.keymap.key_of("search", "lesson")
        return f"No word begins with “{text}”. The search (Esc, then {key}) looks into the lessons as well."

    def _row_of(self, entry: Entry) -> FoundRow:
        note = "on this page" if entry in self._near else entry.symbol
        opening = partial(self._shelf.open_entry, self.app, entry)
        return FoundRow(entry.term, note, lambda: item_of(entry).text, opening)


class EntryScreen(ReadingScreen):
    """A term and what it means; its neighbours are opened by their numbers."""

    NAME: ClassVar[ScreenName] = "entry"

    def __init__(self, terminal: Terminal, glossary: Glossary, entry: Entry) -> None:
        super().__init__(terminal)
        self._glossary = glossary
        self._trail = [entry]

    def draw_title(self, width: int, height: int) -> Sequence[Line]:
        """Draw the term."""
        del height
        return self.title_line(f"Glossary: {self._trail[-1].term}", self._trail[-1].symbol, width)

    def draw_text(self, width: int) -> Sequence[Line]:
        """Draw the entry."""
        return draw_entry(self._trail[-1], self._glossary, width, self.terminal)

    async def press(self, event: Key) -> None:
        """Go to a neighbour by its number; else do what a key stands for."""
        see = self._trail[-1].see
        if event.key.isdigit() and 1 <= int(event.key) <= len(see):
            entry = self._glossary.entry(see[int(event.key) - 1])
            if entry is not None:
                self._trail.append(entry)
                self.begin_at(0)
                self.redraw()
            return
        await super().press(event)

    async def do_follow(self) -> None:
        """Go to a neighbour: the digits are dealt with where they arrive."""

    async def do_back(self) -> None:
        """Go back to the entry before; from the first one, to where it was opened."""
        self._trail.pop()
        if self._trail:
            self.begin_at(0)
            self.redraw()
            return
        await self.leave()

    async def do_glossary(self) -> None:
        """Go back to the list of words, or open it."""
        if any(isinstance(screen, GlossaryScreen) for screen in self.app.screen_stack[-2:-1]):
            await self.leave()
        else:
            await super().do_glossary()

    async def do_keys(self) -> None:
        """Show the keys."""
        await self.show_keys()


class ConventionsScreen(ReadingScreen):
    """How things are written in the course, chapter by chapter."""

    NAME: ClassVar[ScreenName] = "message"

    def __init__(self, terminal: Terminal, conventions: Reference | None, chapter: Chapter | None) -> None:
        """Show conventions from a chapter on; where there are none, say so."""
        super().__init__(terminal)
        self._conventions = conventions
        self._chapter = chapter

    def on_mount(self) -> None:
        """Begin with the chapter that was asked for."""
        if self._conventions is not None and self._chapter is not None:
            before = self._conventions.chapters[: self._conventions.chapters.index(self._chapter)]
            self.begin_at(sum(len(self._drawn(chapter, self.app.size.width)) for chapter in before))

    def draw_title(self, width: int, height: int) -> Sequence[Line]:
        """Draw the title of the page."""
        del height
        return self.title_line(self._conventions.title if self._conventions else "Conventions", "", width)

    def draw_text(self, width: int) -> Sequence[Line]:
        """Draw all chapters."""
        if self._conventions is None:
            return [(), *prose_lines(NO_CONVENTIONS, width, self.terminal)]
        return [line for chapter in self._conventions.chapters for line in self._drawn(chapter, width)]

    def _drawn(self, chapter: Chapter, width: int) -> list[Line]:
        return draw_chapter(chapter, width, self.terminal)


def draw_chapter(chapter: Chapter, width: int, terminal: Terminal) -> list[Line]:
    """Return a chapter of the conventions as lines, with a blank one above it."""
    heading = text_line(f" {terminal.glyphs.spell(chapter.title)}", "heading")
    return [(), heading, (), *prose_lines(chapter.markdown, width, terminal)]


def draw_entry(entry: Entry, glossary: Glossary, width: int, terminal: Terminal) -> list[Line]:
    """Return an entry as lines."""
    also = f"*Also:* {', '.join(entry.also)}" if entry.also else ""
    example = f"*Example:* {entry.example}" if entry.example else ""
    parts = [also, entry.text, example]
    lines = [line for part in parts if part for line in ((), *prose_lines(part, width, terminal))]
    return [*lines, *_neighbours(entry, glossary, terminal)]


def prose_lines(markdown: str, width: int, terminal: Terminal) -> list[Line]:
    """Return Markdown as lines that are not too long to read."""
    return [indent(line, 1) for line in prose(markdown, min(width - 2, _WIDEST), terminal.glyphs)]


def _neighbours(entry: Entry, glossary: Glossary, terminal: Terminal) -> Iterator[Line]:
    if entry.see:
        yield ()
        yield text_line(" See also", "dim")
    for number, identity in enumerate(entry.see, start=1):
        other = glossary.entry(identity)
        if other is not None:
            yield join((Span(f"   {number} ", "key"), Span(terminal.glyphs.spell(other.term))))
