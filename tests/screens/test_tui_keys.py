"""The registry of keys: nothing that terminals take, nothing twice, nothing that only the help knows."""

from __future__ import annotations

from typing import get_args

import pytest
from readme_keys import README, block, markdown

from tutor.study.cells import EDITS
from tutor.tui.keyboard.keymap import USUAL
from tutor.tui.keyboard.keys import ACTIONS, FINDING, TYPING, ScreenName, spell
from tutor.tui.screens.ask import AskScreen
from tutor.tui.screens.confirm import ConfirmScreen
from tutor.tui.screens.course import CourseScreen
from tutor.tui.screens.exercises.card import CardScreen
from tutor.tui.screens.exercises.desk import DeskScreen
from tutor.tui.screens.exercises.explain import ExplainScreen
from tutor.tui.screens.exercises.formula import FormulaScreen
from tutor.tui.screens.exercises.guess import GuessScreen
from tutor.tui.screens.exercises.match import MatchScreen
from tutor.tui.screens.exercises.order import OrderScreen
from tutor.tui.screens.exercises.predict import PredictScreen
from tutor.tui.screens.exercises.prompt import PromptScreen
from tutor.tui.screens.exercises.trial import TrialScreen
from tutor.tui.screens.glossary import EntryScreen, GlossaryScreen
from tutor.tui.screens.hand import HandScreen
from tutor.tui.screens.help import HelpScreen
from tutor.tui.screens.home import HomeScreen
from tutor.tui.screens.lab import LabScreen
from tutor.tui.screens.lesson import LessonScreen
from tutor.tui.screens.menu import MenuScreen
from tutor.tui.screens.message import MessageScreen
from tutor.tui.screens.palette import PaletteScreen
from tutor.tui.screens.preparing import PreparingScreen
from tutor.tui.screens.result import ResultScreen
from tutor.tui.screens.search import SearchScreen
from tutor.tui.screens.today import SummaryScreen
from tutor.tui.screens.worksheet import WorksheetScreen
from tutor.tui.workbench.cells_screen import CellsScreen
from tutor.tui.workbench.screen import BenchScreen

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
    PromptScreen,
    CardScreen,
    SummaryScreen,
    ConfirmScreen,
    BenchScreen,
    CellsScreen,
    CourseScreen,
    PaletteScreen,
)


def test_no_action_is_on_a_key_that_terminals_take() -> None:
    taken = {f"ctrl+{letter}" for letter in "abghijmopqstz"}
    used = {key for action in ACTIONS if action.name != "suspend" for key in (*action.keys, *action.letters)}
    assert not used & taken
    assert not [key for key in used if key.startswith(("alt+", "super+", "meta+"))]


@pytest.mark.parametrize("screen", SCREENS)
def test_no_key_stands_for_two_actions(screen: ScreenName) -> None:
    keys = [key for action in USUAL.actions_of(screen) for key in (*action.keys, *action.letters)]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("screen", SCREENS)
def test_every_screen_can_be_left(screen: ScreenName) -> None:
    names = {action.name for action in USUAL.actions_of(screen)}
    assert "quit" in names
    assert screen == "home" or "back" in names


def test_each_screen_can_do_what_its_keys_promise() -> None:
    assert {screen.NAME for screen in CLASSES} == set(SCREENS)
    for screen in CLASSES:
        for action in USUAL.actions_of(screen.NAME):
            can = hasattr(screen, f"do_{action.name.replace(' ', '_')}") or action.name in EDITS
            assert can, (screen.NAME, action.name)


def test_every_edit_has_a_key() -> None:
    assert set(EDITS) <= {action.name for action in USUAL.actions_of("worksheet")}


def test_letters_are_typed_where_something_is_typed_and_obeyed_elsewhere() -> None:
    assert frozenset({"worksheet", "ask", "formula", "explain", "bench", *FINDING}) == TYPING
    assert USUAL.find_action("worksheet", "h") is None
    assert USUAL.find_action("home", "q") is not None
    hint = USUAL.find_letter("worksheet", "h")
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
    action = USUAL.find_action("worksheet", sent)
    assert action is not None
    assert action.name == name


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("width", [40, 60, 80, 300])
def test_the_key_line_fits_and_leads_to_the_help(screen: ScreenName, width: int) -> None:
    entries = USUAL.key_entries(screen, width, " · ")
    assert 1 + len(" · ".join(" ".join(entry) for entry in entries)) <= width
    has_help = any(action.name == "keys" for action in USUAL.actions_of(screen))
    assert not has_help or ("?", "keys") in entries


def test_the_key_line_shows_what_is_pressed() -> None:
    shown = {(action.name, screen): USUAL.shown_key(action, screen) for action in ACTIONS for screen in action.screens}
    assert shown["quit", "home"] == "q"
    assert shown["next page", "lesson"] == "n"
    assert shown["hint", "worksheet"] == "F2"
    assert spell("shift+tab") == "Shift+Tab"


def test_the_table_of_keys_in_the_readme_is_that_of_the_registry() -> None:
    assert block(README.read_text(encoding="utf-8")) == markdown(), "run tests/screens/readme_keys.py"
