"""What is typed at the workbench, with all that it was before, so that nothing is lost by a wrong key. No screen."""

from collections.abc import Iterable

from tutor.learner.events import EventMaker
from tutor.learner.store import Store
from tutor.practice.workbench.reading import MOST_CHARACTERS, BenchReading, read_bench
from tutor.study.editing import LIMIT, MOST_PASTED
from tutor.study.services import Services
from tutor.study.session import UNCHECKED
from tutor.study.workbench.text import Text

ACTIVITY = "workbench"
"""The activity under which the store keeps what is typed; its events hold the whole text."""
_CELL = "text"
_MOST_STEPS_BACK = 200
_NO_ROOM = "There is no room for more here. Put a long problem into a file, and open that."


class Bench:
    """A text being typed, how it is read, and what is to be said about it."""

    def __init__(self, store: Store, maker: EventMaker) -> None:
        """Go on with the text that was typed last; its earlier states can be brought back. Reads from the disk."""
        texts = _without_repeats(event.text for event in store.events(maker.activity) if event.cell == _CELL)
        self.text = Text.of(texts[-1]) if texts else Text()
        self.reading = read_bench(self.text.text)
        self.said = ""
        self._store = store
        self._maker = maker
        self._kept = self.text.text
        self._past = [Text.of(text) for text in texts[-_MOST_STEPS_BACK - 1 : -1]]
        self._undone: list[Text] = []
        self._is_typing = False

    @property
    def can_undo(self) -> bool:
        """Whether there is an earlier state."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """Whether there is a state that was undone."""
        return bool(self._undone)

    # -- typing

    def type(self, character: str) -> None:
        """Put a character in at the caret."""
        if self._has_room() and len(self.text.line.text) < LIMIT:
            self._change(self.text.insert(character), is_typing=character != " ")
        else:
            self.said = _NO_ROOM

    def new_line(self) -> None:
        """Break the row at the caret."""
        if self._has_room():
            self._change(self.text.insert("\n"))
        else:
            self.said = _NO_ROOM

    def paste(self, pasted: str) -> None:
        """Put pasted text in at the caret, and say what of it was left out."""
        cut = len(pasted) >= MOST_PASTED
        lines = ["".join(filter(str.isprintable, line.expandtabs(4))) for line in pasted.splitlines()]
        taken = "\n".join(lines) + ("\n" if pasted[-1:] in {"\n", "\r"} else "")
        room = MOST_CHARACTERS - len(self.text.text)
        cut = cut or len(taken) > room or any(len(line) > LIMIT for line in lines)
        self._change(self.text.insert(taken[: max(0, room)]))
        if cut:
            self.said = "The pasted text is too long: not all of it was taken. Put it into a file, and open that."

    def edit(self, name: str) -> None:
        """Do what an action of the line says."""
        self._change(self.text.edit(name))

    def move(self, rows: int) -> None:
        """Move the caret some rows down, or up."""
        self._change(self.text.move(rows))

    def point_at(self, line: int, column: int) -> None:
        """Put the caret at a line and a column, counted from 1; a line 0 leaves it where it is."""
        if line:
            self._change(self.text.at(line - 1, max(0, column - 1)))

    def replace(self, text: str) -> None:
        """Put another text in the place of this one."""
        self._change(Text.of(text))

    def undo(self) -> None:
        """Go back to the state before."""
        if self._past:
            self._undone.append(self.text)
            self._set(self._past.pop())

    def redo(self) -> None:
        """Take back the last going back."""
        if self._undone:
            self._past.append(self.text)
            self._set(self._undone.pop())

    # -- reading and keeping

    def take_reading(self, text: str, reading: BenchReading) -> bool:
        """Take how a text is read, unless another one is typed by now; returns whether it was taken."""
        if text != self.text.text:
            return False
        self.reading = reading
        return True

    def keep(self) -> None:
        """Keep what is typed, if it changed; it is on disk when this returns. May be called from any thread."""
        text = self.text.text
        if text != self._kept:
            self._store.record(self._maker.answer(_CELL, text, UNCHECKED, None, counts=False))
            self._kept = text

    def _has_room(self) -> bool:
        return len(self.text.text) < MOST_CHARACTERS

    def _change(self, text: Text, *, is_typing: bool = False) -> None:
        """Take a new state; characters typed one after the other are undone together."""
        self.said = ""
        if text.rows != self.text.rows:
            if not (is_typing and self._is_typing):
                self._past = [*self._past[1 - _MOST_STEPS_BACK :], self.text]
            self._undone.clear()
        self._is_typing = is_typing
        self.text = text

    def _set(self, text: Text) -> None:
        self.text, self.said, self._is_typing = text, "", False


def load_bench(services: Services) -> Bench:
    """Return the workbench as the learner left it. Reads from the disk."""
    return Bench(services.store, EventMaker(ACTIVITY, services.now))


def _without_repeats(texts: Iterable[str]) -> list[str]:
    """Return texts without those that are the same as the one before."""
    found: list[str] = []
    for text in texts:
        if not found or text != found[-1]:
            found.append(text)
    return found
