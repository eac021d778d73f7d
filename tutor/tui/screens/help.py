"""The keys of the screen it was opened from, which it obeys too, and how answers are written."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual.events import Key

from tutor.draw.lines import indent, text_line, wrapped
from tutor.draw.text import Line, Span, join, wrap_line
from tutor.tui.keyboard.keymap import Keymap
from tutor.tui.keyboard.keys import FINDING, TYPING, Action, ScreenName, spell
from tutor.tui.screens.base import TutorScreen
from tutor.tui.screens.message import ReadingScreen

_Examples = tuple[tuple[str, str], ...]

_KEY_COLUMNS = 18
_SEVERAL = 2

_ANSWERS: _Examples = (
    ("37, 2.6, -0.0026", "a number; with at least 3 digits where it has more"),
    ("2*(37-24), 3/4", "a calculation or a fraction"),
    ("2.6e-3, 33.3%", "powers of ten and per cent"),
)
_PROBLEMS: _Examples = (
    ("f = x^2 + 3*y", "a function; the names in it are learned"),
    ("h = (x1 + w1*x2)^2", "a step of a network; the last step is made small"),
    ("x1 = 3, w1 = 1/2", "numbers, in one line or several"),
    ("x = [3, 1, 2]", "a list of examples: a batch"),
    ("eta = 0.1", "the learning rate; also rule = adam, steps = 3, beta = 0.9"),
    ("parameters: w1, b", "which names are learned, where it is not weights and biases"),
    ("title: Two steps", "what it is called"),
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
        missing = self._asking.missing_actions()
        actions = [action for action in self.keymap.actions_of(name) if action.name not in missing]
        rows = [_row(_spell_keys(action, name, self.keymap), action.sentence, width) for action in actions]
        lines = [(), *(line for row in rows for line in row)]
        if name in TYPING.difference(FINDING):
            lines += [(), *self._typing_notes(width)]
        return lines

    async def press(self, event: Key) -> None:
        """Obey the keys of this page, and the letters that it lists."""
        letter = self.keymap.find_letter(self._asking.NAME, event.key)
        if letter is None or letter.name in self._asking.missing_actions():
            await super().press(event)
            return
        await self.app.pop_screen()
        await self._asking.perform(letter)

    def _typing_notes(self, width: int) -> Iterator[Line]:
        key = self.keymap.key_of("keys", self._asking.NAME)
        text = f"If a function key does nothing here, type {key} and the letter instead."
        yield from wrapped(text, width - 1, indented=1)
        yield ()
        heading, examples = "What you can type as an answer", _ANSWERS
        if self._asking.NAME == "bench":
            heading, examples = "What you can type", _PROBLEMS
        yield indent(text_line(heading, "heading"), 1)
        for example, meaning in examples:
            yield from _row(example, meaning, width)


def _spell_keys(action: Action, screen: ScreenName, keymap: Keymap) -> str:
    """Return the keys of an action; of one that has none, where it can be chosen."""
    if not (action.keys or action.letters):
        return f"in {keymap.palette_key(screen)}"
    keys = [spell(key) for key in action.keys]
    letters = [keymap.spelled_letter(letter, screen) for letter in action.letters]
    if len(letters) > _SEVERAL and "".join(action.letters).isdigit():
        letters = [f"{letters[0]} to {letters[-1]}"]
    return " or ".join([*letters, *keys] if screen not in TYPING else [*keys, *letters])


def _row(keys: str, sentence: str, width: int) -> Iterator[Line]:
    """Yield keys on the left and a sentence on the right, in as many lines as it takes."""
    lines = wrap_line(text_line(sentence), width - 2 - _KEY_COLUMNS)
    yield join((Span(f" {keys:<{_KEY_COLUMNS}}", "key"), *lines[0]))
    for line in lines[1:]:
        yield indent(line, 1 + _KEY_COLUMNS)
