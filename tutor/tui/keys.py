"""Every key of gdtutor, in one place: what the screens obey, the key line shows and the help explains.

An action has keys that always work, and letters. Letters work wherever nothing is being typed. In a
worksheet letters belong to the answer, so there they work after `?`: that opens the help, which lists
them and obeys them. No answer holds a question mark, so `?` is a key everywhere, and nobody needs
function keys or Alt, which some terminals lack and others keep for themselves.

Not used: ctrl with a, b, g, h, i, j, m, o, p, q, s, t, z. Terminals, tmux and screen take them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

ScreenName = Literal["home", "lesson", "worksheet", "preparing", "help", "message"]

TYPING: frozenset[ScreenName] = frozenset({"worksheet"})
"""The screens where letters are typed into a line."""


@dataclass(frozen=True, slots=True)
class Action:
    """Something a learner can do with a key."""

    name: str
    label: str
    """One or two words for the key line; empty for keys that only the help explains."""
    sentence: str
    """What it does, for the help."""
    screens: tuple[ScreenName, ...]
    keys: tuple[str, ...] = ()
    """Textual's names of the keys that always work; the first one is shown."""
    letters: tuple[str, ...] = ()
    """Keys for where nothing is being typed."""


_READING: tuple[ScreenName, ...] = ("lesson", "help", "message")
_LISTS: tuple[ScreenName, ...] = ("home", "worksheet")
_QUIT = "Leave gdtutor. Every checked answer is kept."

ACTIONS: tuple[Action, ...] = (
    Action("open", "open", "Open what the cursor is on.", ("home",), ("enter", "right")),
    Action("close section", "", "Close the section that the cursor is in.", ("home",), ("left",)),
    Action("next page", "next", "Go to the next page.", ("lesson",), ("right",), ("n",)),
    Action("previous page", "page before", "Go to the page before.", ("lesson",), ("left",), ("p",)),
    Action("read on", "more", "Scroll down; at the end of a page, go to the next one.", ("lesson",), ("space",)),
    Action("work", "worksheet", "Open the worksheet of this page.", ("lesson",), ("enter",)),
    Action("next part", "", "Choose the next worksheet of this page.", ("lesson",), ("tab",)),
    Action("check", "check", "Check what is typed in the cell.", ("worksheet",), ("enter",)),
    Action("hint", "hint", "Get a hint; each further one says more.", ("worksheet",), ("f2",), ("h",)),
    Action(
        "show",
        "show this step",
        "Fill in this cell. It is remembered as shown, not as solved.",
        ("worksheet",),
        ("f3",),
        ("s",),
    ),
    Action("why", "why", "Say how this cell follows, with a test. It counts as told.", ("worksheet",), ("f4",), ("w",)),
    Action("problem", "problem", "Show the problem on a page of its own.", ("worksheet",), ("f5",), ("p",)),
    Action("message", "read all", "Show the whole message below on a page.", ("worksheet",), ("f6",), ("m",)),
    Action(
        "check all",
        "check all",
        "Check all cells that are filled in, and say where it first goes wrong.",
        ("worksheet",),
        ("f7",),
        ("c",),
    ),
    Action("up", "", "Go to the row above.", ("home",), ("up",)),
    Action("down", "", "Go to the row below.", ("home",), ("down",)),
    Action("up", "", "Go to the cell above.", ("worksheet",), ("up", "shift+tab")),
    Action("down", "", "Go to the cell below.", ("worksheet",), ("down", "tab")),
    Action("up", "", "Scroll up one row.", _READING, ("up",)),
    Action("down", "", "Scroll down one row.", _READING, ("down",)),
    Action("page up", "", "Go up one screen.", (*_LISTS, *_READING), ("pageup",)),
    Action("page down", "", "Go down one screen.", (*_LISTS, "lesson"), ("pagedown",)),
    Action("page down", "more", "Go down one screen.", ("help", "message"), ("pagedown", "space")),
    Action("caret left", "", "Move the caret one character left.", ("worksheet",), ("left",)),
    Action("caret right", "", "Move the caret one character right.", ("worksheet",), ("right",)),
    Action("caret start", "", "Move the caret to the start of the answer.", ("worksheet",), ("home",)),
    Action("caret end", "", "Move the caret to the end of the answer.", ("worksheet",), ("end", "ctrl+e")),
    Action("rub out", "", "Remove the character before the caret.", ("worksheet",), ("backspace",)),
    Action("delete", "", "Remove the character under the caret.", ("worksheet",), ("delete",)),
    Action("rub out word", "", "Remove the word before the caret.", ("worksheet",), ("ctrl+w",)),
    Action("clear", "", "Remove the whole answer from the line.", ("worksheet",), ("ctrl+u",)),
    Action("back", "back", "Go back to where you came from.", ("lesson", "worksheet", "preparing"), ("escape",)),
    Action("back", "back", "Close this page.", ("help", "message"), ("escape", "enter")),
    Action("keys", "keys", "Show this page of keys.", ("home", "lesson", "worksheet"), ("question_mark",)),
    Action("quit", "quit", _QUIT, ("home",), ("ctrl+c",), ("q",)),
    Action("quit", "", _QUIT, ("lesson", "worksheet"), ("ctrl+c",), ("q",)),
    Action("quit", "", _QUIT, ("preparing", "help", "message"), ("ctrl+c",)),
)
"""All actions, in the order in which the key line and the help show them."""

_SHOWN = {
    "question_mark": "?",
    "escape": "Esc",
    "enter": "Enter",
    "space": "Space",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "shift+tab": "Shift+Tab",
}
_KEPT = frozenset({"keys", "problem", "message", "read on", "page down"})
"""Actions that stay in a narrow key line: the list of all, and what is out of sight."""
_SENT_FOR = {"ctrl+h": "backspace", "ctrl+i": "tab", "ctrl+j": "enter", "ctrl+m": "enter"}
"""Control characters that terminals send for a key of its own, as backspace is ctrl+h in some."""


def actions_of(screen: ScreenName) -> tuple[Action, ...]:
    """Return what a learner can do in a screen, in order."""
    return tuple(action for action in ACTIONS if screen in action.screens)


def find_action(screen: ScreenName, key: str) -> Action | None:
    """Return the action that a key stands for in a screen, or None.

    key is Textual's name of it. Letters count where nothing is being typed.
    """
    key = _SENT_FOR.get(key, key)
    typing = screen in TYPING
    for action in actions_of(screen):
        if key in action.keys or (key in action.letters and not typing):
            return action
    return None


def find_letter(screen: ScreenName, key: str) -> Action | None:
    """Return the action that a letter stands for in the help of a screen, or None."""
    return next((action for action in actions_of(screen) if key in action.letters), None)


def spell(key: str) -> str:
    """Return a key as it is called on the keyboard.

    >>> spell("question_mark"), spell("f2"), spell("ctrl+u"), spell("n")
    ('?', 'F2', 'Ctrl+U', 'n')
    """
    if len(key) == 1:
        return key
    return _SHOWN.get(key) or "+".join(part.capitalize() for part in key.split("+"))


def shown_key(action: Action, screen: ScreenName) -> str:
    """Return the key that the key line of a screen shows for an action."""
    keys = action.keys if screen in TYPING else (*action.letters, *action.keys)
    return spell(keys[0])


def key_entries(screen: ScreenName, width: int, separator: str, hidden: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Return the keys of a screen's key line with their labels: as many as fit, those of _KEPT always.

    separator stands between two of them; hidden names actions that can do nothing at the moment.
    """
    labelled = [action for action in actions_of(screen) if action.label and action.name not in set(hidden)]
    entries = [(shown_key(action, screen), action.label) for action in labelled]
    while 1 + len(separator.join(" ".join(entry) for entry in entries)) > width:
        spare = [place for place, action in enumerate(labelled) if action.name not in _KEPT]
        if not spare:
            break
        del entries[spare[-1]], labelled[spare[-1]]
    return entries
