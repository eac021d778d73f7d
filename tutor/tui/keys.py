"""Every key of gdtutor, in one place: what the screens obey, the key line shows and the help explains.

An action has keys that always work, and letters. Letters work wherever nothing is being typed. In a
worksheet letters belong to the answer, so there they work after `?`: that opens the help, which lists
them and obeys them. No answer holds a question mark, so `?` is a key everywhere, and nobody needs
function keys or Alt, which some terminals lack and others keep for themselves.

Not used: ctrl with a, b, g, h, i, j, m, o, p, q, s, t, z. Terminals, tmux and screen take them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

ScreenName = Literal[
    "home",
    "glossary",
    "entry",
    "search",
    "result",
    "menu",
    "lesson",
    "worksheet",
    "lab",
    "hand",
    "ask",
    "preparing",
    "help",
    "message",
    "predict",
    "order",
    "match",
    "formula",
    "explain",
    "trial",
    "guess",
    "desk",
]

NO_LABELS: Mapping[str, str] = MappingProxyType({})

TYPING: frozenset[ScreenName] = frozenset({"worksheet", "ask", "formula", "explain", "glossary", "search"})
"""The screens where letters are typed into a line."""
FINDING: tuple[ScreenName, ...] = ("glossary", "search")
"""Those of them where what is typed narrows a list."""


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


_TEXTS: tuple[ScreenName, ...] = ("hand", "help", "message", "entry", "result")
_READING: tuple[ScreenName, ...] = ("lesson", *_TEXTS)
_LISTS: tuple[ScreenName, ...] = ("home", "menu", "worksheet", *FINDING)
_LINES: tuple[ScreenName, ...] = ("worksheet", "ask", "formula", "explain", *FINDING)
_EXERCISES: tuple[ScreenName, ...] = ("predict", "order", "match", "formula", "explain", "trial", "guess", "desk")
_JUDGED: tuple[ScreenName, ...] = ("predict", "order", "match", "formula")
_DIGITS = tuple("123456789")
_SHOW = "Show the answer. It is remembered as shown."
_INNER: tuple[ScreenName, ...] = ("menu", "lesson", "worksheet", "lab", "hand", "ask", "preparing")
_QUIT = "Leave gdtutor. Every checked answer is kept."
_GLOSSARY = "Look up a word; those of this page come first."
_SEARCH = "Search lessons, cards, glossary and conventions."
_WORKING: tuple[ScreenName, ...] = ("menu", "worksheet", "lab", "result", *_EXERCISES)
_OTHER_PAGES: tuple[ScreenName, ...] = ("hand", "message", *_WORKING)

ACTIONS: tuple[Action, ...] = (
    Action("open", "open", "Open what the cursor is on.", ("home", "menu"), ("enter", "right")),
    Action("open", "open", "Open what the cursor is on.", FINDING, ("enter",)),
    Action("close section", "", "Close the section that the cursor is in.", ("home",), ("left",)),
    Action("next page", "next", "Go to the next page.", ("lesson",), ("right",), ("n",)),
    Action("previous page", "page before", "Go to the page before.", ("lesson",), ("left",), ("p",)),
    Action("read on", "more", "Scroll down; at the end of a page, go to the next one.", ("lesson",), ("space",)),
    Action("work", "answer", "Open the chosen task of this page, or check what you picked.", ("lesson",), ("enter",)),
    Action("work", "work it by hand", "Work the same cells by hand, from a blank sheet.", ("hand",), ("enter",)),
    Action("next part", "", "Choose the next task of this page.", ("lesson",), ("tab",)),
    Action("pick", "", "Pick an option of the chosen question.", ("lesson",), (), _DIGITS),
    Action("again", "", "Do the chosen task again, with other numbers.", ("lesson",), (), ("a",)),
    Action("check", "check", "Check your answer; once it is right, go on.", _JUDGED, ("enter",)),
    Action("check", "run it", "Let it run, and see whether it reaches the goal.", ("trial",), ("enter",)),
    Action("check", "go on", "Go on.", ("explain", "guess"), ("enter",)),
    Action("check", "turn all", "Turn all knobs at once, each against its slope.", ("desk",), ("enter",)),
    Action("pick", "", "Pick an option.", ("predict",), (), _DIGITS),
    Action("pick", "", "Put the option of this number to the line.", ("match",), (), _DIGITS),
    Action("hold", "take, put down", "Take the line, carry it up or down, put it down.", ("order",), ("space",)),
    Action("raise", "raise", "Raise the guess.", ("guess",), ("up",)),
    Action("lower", "lower", "Lower the guess.", ("guess",), ("down",)),
    Action("new number", "new number", "Take another number to find.", ("guess",), (), ("n",)),
    Action("up", "", "Go to the line above, or carry a line there.", ("order",), ("up",)),
    Action("down", "", "Go to the line below, or carry a line there.", ("order",), ("down",)),
    Action("up", "", "Go to the row above.", ("match", "trial", "desk"), ("up",)),
    Action("down", "", "Go to the row below.", ("match", "trial", "desk"), ("down",)),
    Action("turn down", "", "Put the option before to the line.", ("match",), ("left",)),
    Action("turn up", "", "Put the next option to the line.", ("match",), ("right",)),
    Action("turn down", "", "Take the size before, and begin again.", ("guess",), ("left",)),
    Action("turn up", "", "Take the next size, and begin again.", ("guess",), ("right",)),
    Action("turn down", "", "Move the slider down.", ("desk",), ("left",)),
    Action("turn up", "", "Move the slider up.", ("desk",), ("right",)),
    Action("put back", "put all back", "Put everything back to the start.", ("desk",), (), ("r",)),
    Action("turn down", "", "Give the setting its value before.", ("trial",), ("left",)),
    Action("turn up", "", "Give the setting its next value.", ("trial",), ("right",)),
    Action("type value", "type", "Type a value for the setting.", ("trial",), (), ("t",)),
    Action("lab", "lab", "Look at these settings in the lab.", ("trial",), (), ("l",)),
    Action("hint", "hint", "Get a hint; each further one says more.", ("formula",), ("f2",), ("h",)),
    Action("show", "show", _SHOW, ("formula",), ("f3",), ("s",)),
    Action("show", "show", _SHOW, ("predict", "order", "match", "trial"), (), ("s",)),
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
    Action(
        "derivation",
        "derivation",
        "Show every cell with its rule and numbers: all answers.",
        ("worksheet",),
        ("f8",),
        ("d",),
    ),
    Action("lab", "lab", "Watch the parameters go downhill in the lab.", ("worksheet",), ("f9",), ("l",)),
    Action("take", "take it", "Take what is typed in the line.", ("ask",), ("enter",)),
    Action("step", "step", "Take one step.", ("lab",), (), ("s",)),
    Action("step back", "back", "Take the last step back.", ("lab",), ("backspace",), ("b",)),
    Action("run", "run", "Let it run, or stop it.", ("lab",), ("space",)),
    Action("restart", "reset", "Go to the start: the same one.", ("lab",), (), ("r",)),
    Action("by hand", "by hand", "Show the step just taken as a table, to work by hand.", ("lab",), (), ("h",)),
    Action("settings", "settings", "Show or hide the list of all settings.", ("lab",), ("tab",), ("c",)),
    Action("view", "view", "Show the next picture.", ("lab",), (), ("v",)),
    Action("epoch", "epoch", "Take the steps up to the end of the epoch.", ("lab",), (), ("S",)),
    Action("next by hand", "", "Work the next step by hand, before it is taken.", ("lab",), (), ("H",)),
    Action("faster", "", "Run faster.", ("lab",), (), ("+", "plus")),
    Action("slower", "", "Run slower.", ("lab",), (), ("-", "minus")),
    Action("more eta", "η", "Make the learning rate larger.", ("lab",), (), ("e",)),
    Action("less eta", "", "Make the learning rate smaller.", ("lab",), (), ("E",)),
    Action("next rule", "rule", "Take the next update rule.", ("lab",), (), ("o",)),
    Action("new seed", "", "Start anew with the next seed: other weights, other data.", ("lab",), (), ("n",)),
    Action("fog", "", "See only what is near the points visited, or all.", ("lab",), (), ("f",)),
    Action("add run", "", "Put another run beside it, with other settings.", ("lab",), (), ("a",)),
    Action("next run", "", "Go to the next run.", ("lab",), (), ("w",)),
    Action("drop run", "", "Take this run away.", ("lab",), (), ("x",)),
    Action("code", "", "Show the code that brings this lab back, or type another one.", ("lab",), (), ("k",)),
    Action("up", "", "Choose the setting above.", ("lab",), ("up",)),
    Action("down", "", "Choose the setting below.", ("lab",), ("down",)),
    Action("turn down", "", "Give the chosen setting its value before.", ("lab",), ("left",)),
    Action("turn up", "", "Give the chosen setting its next value.", ("lab",), ("right",)),
    Action("type value", "", "Type a value for the chosen setting.", ("lab",), ("enter",)),
    Action("search", "search", _SEARCH, ("home",), (), ("slash",)),
    Action("glossary", "glossary", _GLOSSARY, ("home", "lesson"), (), ("g",)),
    Action("conventions", "conventions", "Show how things are written here, and elsewhere.", ("home",), (), ("c",)),
    Action("glossary", "all words", "Go to the list of all words.", ("entry",), (), ("g",)),
    Action("follow", "", "Go to the word of this number.", ("entry",), (), _DIGITS),
    Action("up", "", "Go to the row above.", ("home", "menu", *FINDING), ("up",)),
    Action("down", "", "Go to the row below.", ("home", "menu", *FINDING), ("down",)),
    Action("up", "", "Go to the cell above.", ("worksheet",), ("up", "shift+tab")),
    Action("down", "", "Go to the cell below.", ("worksheet",), ("down", "tab")),
    Action("up", "", "Scroll up one row.", _READING, ("up",)),
    Action("down", "", "Scroll down one row.", _READING, ("down",)),
    Action("page up", "", "Go up one screen.", (*_LISTS, *_READING), ("pageup",)),
    Action("page down", "", "Go down one screen.", (*_LISTS, "lesson"), ("pagedown",)),
    Action("page down", "more", "Go down one screen.", _TEXTS, ("pagedown", "space")),
    Action("caret left", "", "Move the caret one character left.", _LINES, ("left",)),
    Action("caret right", "", "Move the caret one character right.", _LINES, ("right",)),
    Action("caret start", "", "Move the caret to the start of the answer.", _LINES, ("home",)),
    Action("caret end", "", "Move the caret to the end of the answer.", _LINES, ("end", "ctrl+e")),
    Action("rub out", "", "Remove the character before the caret.", _LINES, ("backspace",)),
    Action("delete", "", "Remove the character under the caret.", _LINES, ("delete",)),
    Action("rub out word", "", "Remove the word before the caret.", _LINES, ("ctrl+w",)),
    Action("clear", "", "Remove the whole answer from the line.", _LINES, ("ctrl+u",)),
    Action("back", "back", "Go back to where you came from.", (*_INNER, *_EXERCISES, *FINDING), ("escape",)),
    Action("search", "", _SEARCH, ("lesson", "entry", *_OTHER_PAGES), (), ("slash",)),
    Action("glossary", "", _GLOSSARY, _OTHER_PAGES, (), ("g",)),
    Action("begin anew", "begin anew", "Begin another attempt, with other numbers.", ("result",), (), ("a",)),
    Action("back", "back", "Close this page.", ("help", "message", "entry", "result"), ("escape", "enter")),
    Action(
        "keys",
        "keys",
        "Show this page of keys.",
        ("home", "menu", "lesson", "worksheet", "lab", "entry", "result", *FINDING, *_EXERCISES),
        ("question_mark",),
    ),
    Action("quit", "quit", _QUIT, ("home",), ("ctrl+c",), ("q",)),
    Action("quit", "", _QUIT, ("lesson", "entry", *_WORKING), ("ctrl+c",), ("q",)),
    Action("quit", "", _QUIT, (*FINDING, "hand", "ask", "preparing", "help", "message"), ("ctrl+c",)),
)
"""All actions, in the order in which the key line and the help show them."""

_SHOWN = {
    "slash": "/",
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
    if screen not in TYPING:
        return spell((*action.letters, *action.keys)[0])
    return spell(action.keys[0]) if action.keys else f"? {spell(action.letters[0])}"


def key_entries(
    screen: ScreenName,
    width: int,
    separator: str,
    hidden: Iterable[str] = (),
    labels: Mapping[str, str] = NO_LABELS,
) -> list[tuple[str, str]]:
    """Return the keys of a screen's key line with their labels: as many as fit, those of _KEPT always.

    separator stands between two of them; hidden names actions that can do nothing at the moment; labels are those of
    actions that do something else at the moment.
    """
    labelled = [action for action in actions_of(screen) if action.label and action.name not in set(hidden)]
    entries = [(shown_key(action, screen), labels.get(action.name, action.label)) for action in labelled]
    while 1 + len(separator.join(" ".join(entry) for entry in entries)) > width:
        spare = [place for place, action in enumerate(labelled) if action.name not in _KEPT]
        if not spare:
            break
        del entries[spare[-1]], labelled[spare[-1]]
    return entries
