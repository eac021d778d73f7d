"""The registry of keys: nothing that terminals take, nothing twice, nothing that only the help knows."""

from __future__ import annotations

from typing import get_args

import pytest

from tutor.tui.cells import EDITS
from tutor.tui.keys import (
    ACTIONS,
    TYPING,
    ScreenName,
    actions_of,
    find_action,
    find_letter,
    key_entries,
    shown_key,
    spell,
)
from tutor.tui.screens.ask import AskScreen
from tutor.tui.screens.exercises.desk import DeskScreen
from tutor.tui.screens.exercises.explain import ExplainScreen
from tutor.tui.screens.exercises.formula import FormulaScreen
from tutor.tui.screens.exercises.guess import GuessScreen
from tutor.tui.screens.exercises.match import MatchScreen
from tutor.tui.screens.exercises.order import OrderScreen
from tutor.tui.screens.exercises.predict import PredictScreen
from tutor.tui.screens.exercises.trial import TrialScreen
from tutor.tui.screens.glossary import EntryScreen, GlossaryScreen
from tutor.tui.screens.hand import HandScreen
from tutor.tui.screens.help import HelpScreen
from tutor.tui.screens.home import HomeScreen
from tutor.tui.screens.lab import LabScreen
from tutor.tui.screens.lesson import LessonScreen
from tutor.tui.screens.menu import MenuScreen
from tutor.tui.screens.message import MessageScreen
from tutor.tui.screens.preparing import PreparingScreen
from tutor.tui.screens.result import ResultScreen
from tutor.tui.screens.search import SearchScreen
from tutor.tui.screens.worksheet import WorksheetScreen

SCREENS = get_args(ScreenName)
CLASSES = (
    HomeScreen,
    GlossaryScreen,
    EntryScreen,
    SearchScreen,
    ResultScreen,
    LessonScreen,
    WorksheetScreen,
    PreparingScreen,
    HelpScreen,
    MessageScreen,
    MenuScreen,
    AskScreen,
    LabScreen,
    HandScreen,
    PredictScreen,
    OrderScreen,
    MatchScreen,
    FormulaScreen,
    ExplainScreen,
    TrialScreen,
    GuessScreen,
    DeskScreen,
)


def test_no_action_is_on_a_key_that_terminals_take() -> None:
    taken = {f"ctrl+{letter}" for letter in "abghijmopqstz"}
    used = {key for action in ACTIONS for key in (*action.keys, *action.letters)}
    assert not used & taken
    assert not [key for key in used if key.startswith(("alt+", "super+", "meta+"))]


@pytest.mark.parametrize("screen", SCREENS)
def test_no_key_stands_for_two_actions(screen: ScreenName) -> None:
    keys = [key for action in actions_of(screen) for key in (*action.keys, *action.letters)]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("screen", SCREENS)
def test_every_screen_can_be_left(screen: ScreenName) -> None:
    names = {action.name for action in actions_of(screen)}
    assert "quit" in names
    assert screen == "home" or "back" in names


def test_each_screen_can_do_what_its_keys_promise() -> None:
    assert {screen.NAME for screen in CLASSES} == set(SCREENS)
    for screen in CLASSES:
        for action in actions_of(screen.NAME):
            can = hasattr(screen, f"do_{action.name.replace(' ', '_')}") or action.name in EDITS
            assert can, (screen.NAME, action.name)


def test_every_edit_has_a_key() -> None:
    assert set(EDITS) <= {action.name for action in actions_of("worksheet")}


def test_letters_are_typed_where_something_is_typed_and_obeyed_elsewhere() -> None:
    assert frozenset({"worksheet", "ask", "formula", "explain", "glossary", "search"}) == TYPING
    assert find_action("worksheet", "h") is None
    assert find_action("home", "q") is not None
    hint = find_letter("worksheet", "h")
    assert hint is not None
    assert hint.name == "hint"


def test_every_function_key_has_a_letter_that_does_the_same() -> None:
    for action in ACTIONS:
        if any(key[0] == "f" and key[1:].isdigit() for key in action.keys):
            assert action.letters, action.name


@pytest.mark.parametrize(
    ("sent", "name"), [("ctrl+h", "rub out"), ("ctrl+j", "check"), ("ctrl+m", "check"), ("ctrl+i", "down")]
)
def test_control_characters_that_keys_send_are_those_keys(sent: str, name: str) -> None:
    action = find_action("worksheet", sent)
    assert action is not None
    assert action.name == name


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("width", [40, 60, 80, 300])
def test_the_key_line_fits_and_leads_to_the_help(screen: ScreenName, width: int) -> None:
    entries = key_entries(screen, width, " · ")
    assert 1 + len(" · ".join(" ".join(entry) for entry in entries)) <= width
    has_help = any(action.name == "keys" for action in actions_of(screen))
    assert not has_help or ("?", "keys") in entries


def test_the_key_line_shows_what_is_pressed() -> None:
    shown = {(action.name, screen): shown_key(action, screen) for action in ACTIONS for screen in action.screens}
    assert shown["quit", "home"] == "q"
    assert shown["next page", "lesson"] == "n"
    assert shown["hint", "worksheet"] == "F2"
    assert spell("shift+tab") == "Shift+Tab"
