"""The palette: all that can be done in a screen, narrowed by typing; Enter does it."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import ClassVar

from tutor.draw.text import Line
from tutor.tui.keyboard.keys import Action, ScreenName
from tutor.tui.screens.base import TutorScreen
from tutor.tui.screens.finding import FindScreen, FoundRow

_NEEDS_ITS_KEY = frozenset({"palette", "pick", "follow"})
"""Actions that mean nothing without the key that was pressed, and the palette itself."""


class PaletteScreen(FindScreen):
    """The actions of the screen that it was opened from."""

    NAME: ClassVar[ScreenName] = "palette"
    PROMPT = "Do"

    def __init__(self, asking: TutorScreen) -> None:
        super().__init__(asking.terminal)
        self._asking = asking

    def on_mount(self) -> None:
        """Show all actions."""
        self.look_again()

    def draw_title(self, width: int, height: int) -> Sequence[Line]:
        """Draw what this is, and how many actions fit."""
        del height
        return self.title_line("What can be done", f"{len(self._found)} found", width)

    def find(self, text: str) -> Sequence[FoundRow]:
        """Return the actions whose name or sentence has all the words of a text; those whose name begins so come first.

        What can do nothing at the moment is left out.
        """
        words = text.casefold().split()
        hidden = self._asking.hidden_keys() | self._asking.missing_actions() | _NEEDS_ITS_KEY
        actions = [action for action in self.keymap.actions_of(self._asking.NAME) if action.name not in hidden]
        fitting = [action for action in actions if all(word in _words_of(action) for word in words)]
        typed = " ".join(words)
        return [
            self._row_of(action) for action in sorted(fitting, key=lambda action: not action.name.startswith(typed))
        ]

    def key_labels(self) -> Mapping[str, str]:
        """Say that Enter does what the cursor is on."""
        return {"open": "do it"}

    def nothing(self, text: str) -> str:
        """Return why there is no row."""
        return f"Nothing that can be done here is called “{text}”. Type less of it."

    def _row_of(self, action: Action) -> FoundRow:
        key = self.keymap.shown_key(action, self._asking.NAME)
        name = f"{action.sentence} Its name in the settings is “{action.name}”."
        return FoundRow(action.sentence, key, lambda: name, partial(self._do, action))

    async def _do(self, action: Action) -> None:
        await self.leave()
        await self._asking.perform(action)


def _words_of(action: Action) -> str:
    return f"{action.name} {action.label} {action.sentence}".casefold()
