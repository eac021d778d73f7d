"""The keys in force: which action a key stands for in a screen, and what the key line shows."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from tutor.tui.keyboard.keys import ACTIONS, TYPING, Action, ScreenName, spell

NO_LABELS: Mapping[str, str] = MappingProxyType({})
_KEPT = frozenset({"keys", "problem", "message", "read on", "page down"})
"""Actions that stay in a narrow key line: the list of all, and what is out of sight."""
_SENT_FOR = {"ctrl+h": "backspace", "ctrl+i": "tab", "ctrl+j": "enter", "ctrl+m": "enter"}
"""Control characters that terminals send for a key of its own, as backspace is ctrl+h in some."""


class Keymap:
    """A registry of actions: the usual one, or one with keys of the learner's own."""

    def __init__(self, actions: tuple[Action, ...] = ACTIONS) -> None:
        self._actions = actions
        self._of_screens: dict[ScreenName, tuple[Action, ...]] = {}

    def actions_of(self, screen: ScreenName) -> tuple[Action, ...]:
        """Return what a learner can do in a screen, in order."""
        if screen not in self._of_screens:
            self._of_screens[screen] = tuple(action for action in self._actions if screen in action.screens)
        return self._of_screens[screen]

    def find_action(self, screen: ScreenName, key: str) -> Action | None:
        """Return the action that a key stands for in a screen, or None.

        key is Textual's name of it. Letters count where nothing is being typed.
        """
        key = _SENT_FOR.get(key, key)
        typing = screen in TYPING
        for action in self.actions_of(screen):
            if key in action.keys or (key in action.letters and not typing):
                return action
        return None

    def find_letter(self, screen: ScreenName, key: str) -> Action | None:
        """Return the action that a letter stands for in the help of a screen, or None."""
        return next((action for action in self.actions_of(screen) if key in action.letters), None)

    def spelled_letter(self, letter: str, screen: ScreenName) -> str:
        """Return how a letter is typed in a screen: after the key of the help where letters are typed into a line."""
        return f"{self.key_of('keys', screen)} {spell(letter)}".strip() if screen in TYPING else spell(letter)

    def shown_key(self, action: Action, screen: ScreenName) -> str:
        """Return the key that the key line of a screen shows for an action; nothing where it has none."""
        keys = (*action.keys, *action.letters) if screen in TYPING else (*action.letters, *action.keys)
        if not keys:
            return ""
        return self.spelled_letter(keys[0], screen) if keys[0] in action.letters else spell(keys[0])

    def key_of(self, name: str, screen: ScreenName) -> str:
        """Return the same for the action of a name; nothing where the screen has none of that name."""
        return next((self.shown_key(action, screen) for action in self.actions_of(screen) if action.name == name), "")

    def palette_key(self, screen: ScreenName) -> str:
        """Return the key of the palette that works also where something is typed; nothing where there is no palette."""
        palette = next((action for action in self.actions_of(screen) if action.name == "palette"), None)
        return spell(palette.keys[0]) if palette else ""

    def key_entries(
        self,
        screen: ScreenName,
        width: int,
        separator: str,
        hidden: Iterable[str] = (),
        labels: Mapping[str, str] = NO_LABELS,
    ) -> list[tuple[str, str]]:
        """Return the keys of a screen's key line with their labels: as many as fit, those of _KEPT always.

        separator stands between two of them; hidden names actions that can do nothing at the moment; labels are those
        of actions that do something else at the moment.
        """
        labelled = [action for action in self.actions_of(screen) if action.label and action.name not in set(hidden)]
        entries = [(self.shown_key(action, screen), labels.get(action.name, action.label)) for action in labelled]
        while 1 + len(separator.join(" ".join(entry) for entry in entries)) > width:
            spare = [place for place, action in enumerate(labelled) if action.name not in _KEPT]
            if not spare:
                break
            del entries[spare[-1]], labelled[spare[-1]]
        return entries


USUAL = Keymap()
"""The keys as they are where nobody has set others."""
