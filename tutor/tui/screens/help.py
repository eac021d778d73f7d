"""The keys of the screen it was opened from, which it obeys too, and how answers are written."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual.events import Key

from tutor.draw.text import Line, Span, join, wrap_line
from tutor.tui.keys import FINDING, TYPING, Action, ScreenName, actions_of, find_letter, spell
from tutor.tui.screens.base import TutorScreen
from tutor.tui.screens.message import ReadingScreen
from tutor.tui.widgets.lines import indent, text_line, wrapped

_KEY_COLUMNS = 18
_SEVERAL = 2

_ANSWERS = (
    ("37, 2.6, -0.0026", "a number; with at least 3 digits where it has more"),
    ("2*(37-24), 3/4", "a calculation or a fraction"),
    ("2.6e-3, 33.3%", "powers of ten and per cent"),
)


class HelpScreen(ReadingScreen):
    """What can be done in a screen. A letter that stands in the list is obeyed at once."""

    NAME: ClassVar[ScreenName] = "help"

    def __init__(self, asking: TutorScreen) -> None:
        super().__init__(asking.terminal)
        self._asking = asking

    def draw_title(self, width: int, height: int) -> Sequence[Line]:
        """Draw what this page is."""
        del height
        return self.title_line(f"Keys of this page: {self._asking.NAME}", "", width)

    def draw_text(self, width: int) -> Sequence[Line]:
        """Draw a row for each action."""
        name = self._asking.NAME
        rows = [_row(_spell_keys(action, name), action.sentence, width) for action in actions_of(name)]
        lines = [(), *(line for row in rows for line in row)]
        if name in TYPING.difference(FINDING):
            lines += [(), *self._typing_notes(width)]
        return lines

    async def press(self, event: Key) -> None:
        """Obey the keys of this page, and the letters that it lists."""
        letter = find_letter(self._asking.NAME, event.key)
        if letter is None:
            await super().press(event)
            return
        await self.app.pop_screen()
        await self._asking.perform(letter)

    def _typing_notes(self, width: int) -> Iterator[Line]:
        text = "If a function key does nothing here, type ? and the letter instead."
        yield from wrapped(text, width - 1, indented=1)
        yield ()
        yield indent(text_line("What you can type as an answer", "heading"), 1)
        for example, meaning in _ANSWERS:
            yield from _row(example, meaning, width)


def _spell_keys(action: Action, screen: ScreenName) -> str:
    keys = [spell(key) for key in action.keys]
    letters = [f"? {spell(letter)}" if screen in TYPING else spell(letter) for letter in action.letters]
    if len(letters) > _SEVERAL and "".join(action.letters).isdigit():
        letters = [f"{letters[0]} to {letters[-1]}"]
    return " or ".join([*letters, *keys] if screen not in TYPING else [*keys, *letters])


def _row(keys: str, sentence: str, width: int) -> Iterator[Line]:
    """Yield keys on the left and a sentence on the right, in as many lines as it takes."""
    lines = wrap_line(text_line(sentence), width - 2 - _KEY_COLUMNS)
    yield join((Span(f" {keys:<{_KEY_COLUMNS}}", "key"), *lines[0]))
    for line in lines[1:]:
        yield indent(line, 1 + _KEY_COLUMNS)
