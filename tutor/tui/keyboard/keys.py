"""Every key of gdtutor, in one place: what the screens obey, the key line shows and the help explains.

An action has keys that always work, and letters. Letters work wherever nothing is being typed. In a
worksheet letters belong to the answer, so there they work after `?`: that opens the help, which lists
them and obeys them. No answer holds a question mark, so `?` is a key everywhere, and nobody needs
function keys or Alt, which some terminals lack and others keep for themselves.

Not used: ctrl with a, b, g, h, i, j, m, o, p, q, s, t, z. Terminals, tmux and screen take them. Ctrl+Z does
here what it does everywhere: it suspends. An action without keys is done from the list of all that can be
done, the palette.
"""

from dataclasses import dataclass
from typing import Literal, get_args

from tutor.tui.keyboard.key_names import CHARACTERS

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
    "prompt",
    "card",
    "summary",
    "confirm",
    "bench",
    "cells",
    "course",
    "palette",
]

TYPING: frozenset[ScreenName] = frozenset(
    {"worksheet", "ask", "formula", "explain", "glossary", "search", "bench", "palette"}
)
"""The screens where letters are typed into a line."""
FINDING: tuple[ScreenName, ...] = ("glossary", "search", "palette")
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


_TEXTS: tuple[ScreenName, ...] = ("hand", "help", "message", "entry", "result", "summary", "confirm")
_READING: tuple[ScreenName, ...] = ("lesson", *_TEXTS)
_MAPS: tuple[ScreenName, ...] = ("home", "course")
_LISTS: tuple[ScreenName, ...] = (*_MAPS, "menu", "worksheet", "bench", "cells", *FINDING)
_LINES: tuple[ScreenName, ...] = ("worksheet", "ask", "formula", "explain", *FINDING)
_TYPED: tuple[ScreenName, ...] = ("bench", *_LINES)
_QUESTIONS: tuple[ScreenName, ...] = ("predict", "order", "match", "formula", "prompt", "card")
_EXERCISES: tuple[ScreenName, ...] = (*_QUESTIONS, "explain", "trial", "guess", "desk")
_JUDGED: tuple[ScreenName, ...] = ("predict", "order", "match", "formula")
_DIGITS = tuple("123456789")
_SHOW = "Show the answer. It is remembered as shown."
_ASIDE = "Lay this task of the practice aside for another one. What was wrong or shown still counts."
_INNER: tuple[ScreenName, ...] = ("menu", "bench", "cells", "lesson", "worksheet", "lab", "hand", "ask", "preparing")
_QUIT = "Leave gdtutor. Every checked answer is kept."
_GLOSSARY = "Look up a word; those of this page come first."
_SEARCH = "Search lessons, cards, glossary and conventions."
_WORKING: tuple[ScreenName, ...] = ("menu", "bench", "cells", "worksheet", "lab", "result", *_EXERCISES)
_OTHER_PAGES: tuple[ScreenName, ...] = ("hand", "message", "summary", "confirm", *_WORKING)

_ALL: tuple[ScreenName, ...] = get_args(ScreenName)
_PAGES: tuple[ScreenName, ...] = tuple(screen for screen in _ALL if screen not in {"palette", "preparing"})

ACTIONS: tuple[Action, ...] = (
    Action("open", "open", "Open what the cursor is on.", (*_MAPS, "menu"), ("enter", "right")),
    Action("open", "open", "Open what the cursor is on.", FINDING, ("enter",)),
    Action("close section", "", "Close the section that the cursor is in.", _MAPS, ("left",)),
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
    Action("check", "go on", "Go on.", ("explain", "guess", "prompt"), ("enter",)),
    Action("check", "go on", "Turn the card; once you have judged it, go on.", ("card",), ("enter",)),
    Action("go on", "practise on", "Go on practising.", ("summary",), (), ("n",)),
    Action("check", "turn all", "Turn all knobs at once, each against its slope.", ("desk",), ("enter",)),
    Action("pick", "", "Pick an option.", ("predict",), (), _DIGITS),
    Action("pick", "", "Answer with the option of this number.", ("prompt",), (), _DIGITS),
    Action("pick", "", "Say whether you knew it.", ("card",), (), ("1", "2")),
    Action("pick", "", "Put the option of this number to the line.", ("match",), (), _DIGITS),
    Action("hold", "take, put down", "Take the line, carry it up or down, put it down.", ("order",), ("space",)),
    Action("raise", "raise", "Raise the guess.", ("guess",), ("up",)),
    Action("lower", "lower", "Lower the guess.", ("guess",), ("down",)),
    Action("new number", "new number", "Take another number to find.", ("guess",), (), ("n",)),
    Action("up", "", "Go to the line above, or carry a line there.", ("order",), ("up",)),
    Action("down", "", "Go to the line below, or carry a line there.", ("order",), ("down",)),
    Action("down", "more", "Scroll down one row.", ("prompt", "card"), ("down",)),
    Action("up", "", "Scroll up one row.", ("prompt", "card"), ("up",)),
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
    Action("workbench", "more", "Choose which cells are blank, save or change it.", ("worksheet",), ("f10",), ("b",)),
    Action("go on", "go on", "Work with what is typed; what is missing is asked for.", ("bench",), ("f2",), ("n",)),
    Action("new line", "new line", "Begin a new line.", ("bench",), ("enter",)),
    Action("open file", "open a file", "Open a problem file.", ("bench",), ("f3",), ("o",)),
    Action("undo", "undo", "Bring back what stood there before.", ("bench",), ("f4",), ("u",)),
    Action("redo", "", "Take back what undo did last.", ("bench",), ("f5",), ("r",)),
    Action("message", "read all", "Show all of how it is read on a page.", ("bench",), ("f6",), ("m",)),
    Action("clear all", "", "Remove the whole text; undo brings it back.", ("bench",), ("f8",), ("c",)),
    Action("work", "worksheet", "Open the worksheet of these cells.", ("cells",), ("enter",)),
    Action("toggle", "blank or given", "Make a blank cell given, or any other one blank.", ("cells",), ("space",)),
    Action("leave out", "leave out", "Leave the cell out, or take it in again.", ("cells",), (), ("x",)),
    Action("all blank", "", "Make every cell of the worksheet blank.", ("cells",), (), ("a",)),
    Action("gradients", "", "Make the derivatives blank, all else given.", ("cells",), (), ("d",)),
    Action("update", "", "Make the update blank, all else given.", ("cells",), (), ("u",)),
    Action("lay aside", "", _ASIDE, ("worksheet", "formula", "prompt"), (), ("x",)),
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
    Action("progress", "progress", "Show what you can do, and what is due.", ("home",), (), ("p",)),
    Action("search", "search", _SEARCH, _MAPS, (), ("slash",)),
    Action("glossary", "glossary", _GLOSSARY, (*_MAPS, "lesson"), (), ("g",)),
    Action("conventions", "", "Show how things are written here, and elsewhere.", ("home",), (), ("c",)),
    Action("glossary", "all words", "Go to the list of all words.", ("entry",), (), ("g",)),
    Action("follow", "", "Go to the word of this number.", ("entry",), (), _DIGITS),
    Action("up", "", "Go to the row above.", (*_MAPS, "menu", *FINDING), ("up",)),
    Action("down", "", "Go to the row below.", (*_MAPS, "menu", *FINDING), ("down",)),
    Action("up", "", "Go to the cell above.", ("worksheet",), ("up", "shift+tab")),
    Action("down", "", "Go to the cell below.", ("worksheet",), ("down", "tab")),
    Action("up", "", "Go to the cell above.", ("cells",), ("up",)),
    Action("down", "", "Go to the cell below.", ("cells",), ("down",)),
    Action("up", "", "Go to the line above.", ("bench",), ("up",)),
    Action("down", "", "Go to the line below.", ("bench",), ("down",)),
    Action("up", "", "Scroll up one row.", _READING, ("up",)),
    Action("down", "", "Scroll down one row.", _READING, ("down",)),
    Action("page up", "", "Go up one screen.", (*_LISTS, *_READING), ("pageup",)),
    Action("page down", "", "Go down one screen.", (*_LISTS, "lesson"), ("pagedown",)),
    Action("page down", "more", "Go down one screen.", _TEXTS, ("pagedown", "space")),
    Action("caret left", "", "Move the caret one character left.", _TYPED, ("left",)),
    Action("caret right", "", "Move the caret one character right.", _TYPED, ("right",)),
    Action("caret start", "", "Move the caret to the start of the answer.", _LINES, ("home",)),
    Action("caret end", "", "Move the caret to the end of the answer.", _LINES, ("end", "ctrl+e")),
    Action("rub out", "", "Remove the character before the caret.", _TYPED, ("backspace",)),
    Action("delete", "", "Remove the character under the caret.", _TYPED, ("delete",)),
    Action("rub out word", "", "Remove the word before the caret.", _TYPED, ("ctrl+w",)),
    Action("clear", "", "Remove the whole answer from the line.", _LINES, ("ctrl+u",)),
    Action("caret start", "", "Move the caret to the start of the line.", ("bench",), ("home",)),
    Action("caret end", "", "Move the caret to the end of the line.", ("bench",), ("end", "ctrl+e")),
    Action("clear", "", "Remove what stands in the line.", ("bench",), ("ctrl+u",)),
    Action("back", "back", "Go back to where you came from.", ("course", *_INNER, *_EXERCISES, *FINDING), ("escape",)),
    Action("search", "", _SEARCH, ("lesson", "entry", *_OTHER_PAGES), (), ("slash",)),
    Action("glossary", "", _GLOSSARY, _OTHER_PAGES, (), ("g",)),
    Action("begin anew", "begin anew", "Begin another attempt, with other numbers.", ("result",), (), ("a",)),
    Action(
        "reset", "", "Begin this lesson anew; undo, at home, brings back what you did.", (*_MAPS, "lesson"), (), ("r",)
    ),
    Action("undo", "undo", "Bring back what was put aside last.", ("home",), (), ("u",)),
    Action("confirm", "begin anew", "Do what this page says.", ("confirm",), ("enter",)),
    Action("back", "leave it", "Go back; nothing is changed.", ("confirm",), ("escape",)),
    Action("back", "back", "Go back to where you came from.", ("summary",), ("enter", "escape")),
    Action("back", "back", "Close this page.", ("help", "message", "entry", "result"), ("escape", "enter")),
    Action(
        "keys",
        "keys",
        "Show this page of keys.",
        (*_MAPS, "lesson", "entry", "summary", *_WORKING, *FINDING),
        ("question_mark",),
    ),
    Action("palette", "", "Choose what to do from a list of all that can be done.", _PAGES, ("ctrl+k",), ("colon",)),
    Action("copy", "", "Copy this page, or the cell with what is said of it, to the clipboard.", _PAGES),
    Action("write page", "", "Write this page to a file, as plain text.", _PAGES),
    Action("suspend", "", "Go back to the shell; there, fg brings gdtutor back.", _ALL, ("ctrl+z",)),
    Action("quit", "quit", _QUIT, ("home",), ("ctrl+c",), ("q",)),
    Action("quit", "", _QUIT, ("course", "lesson", "entry", "summary", *_WORKING), ("ctrl+c",), ("q",)),
    Action("quit", "", _QUIT, (*FINDING, "hand", "ask", "preparing", "help", "message", "confirm"), ("ctrl+c",)),
)
"""All actions, in the order in which the key line and the help show them."""

_SHOWN = {
    "escape": "Esc",
    "enter": "Enter",
    "space": "Space",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "shift+tab": "Shift+Tab",
}


def spell(key: str) -> str:
    """Return a key as it is called on the keyboard.

    >>> spell("question_mark"), spell("f2"), spell("ctrl+u"), spell("n")
    ('?', 'F2', 'Ctrl+U', 'n')
    """
    if len(key) == 1:
        return key
    return _SHOWN.get(key) or CHARACTERS.get(key) or "+".join(part.capitalize() for part in key.split("+"))
