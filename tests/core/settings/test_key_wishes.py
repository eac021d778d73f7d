"""Keys of one's own: what can be had is in force, everything else is told with what to write."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.keys import _character_to_key

from tutor.settings.model import KeyWish
from tutor.settings.template import settings_template
from tutor.tui.keyboard.key_names import CHARACTERS, KeyNameError, read_key
from tutor.tui.keyboard.keymap import USUAL, Keymap
from tutor.tui.keyboard.keys import ACTIONS, ScreenName
from tutor.tui.keyboard.remapping import NAMES, action_names, remap

FILE = Path("settings.toml")
SCREENS = get_args(ScreenName)


def wishes(**keys: str | list[str]) -> tuple[Keymap, list[str]]:
    """Return the keys in force for wishes in this order, a line each, and what is told of the others."""
    asked = {
        name.replace("_", " "): KeyWish((value,) if isinstance(value, str) else tuple(value), FILE, line)
        for line, (name, value) in enumerate(keys.items(), start=1)
    }
    keymap, faults = remap(asked)
    return keymap, [str(fault) for fault in faults]


def name_of(keymap: Keymap, screen: ScreenName, key: str) -> str:
    action = keymap.find_action(screen, key)
    return action.name if action else ""


def test_without_wishes_the_keys_are_the_usual_ones() -> None:
    keymap, faults = remap({})
    assert faults == ()
    assert all(keymap.actions_of(screen) == USUAL.actions_of(screen) for screen in SCREENS)


def test_a_wish_replaces_the_usual_keys_in_every_screen_and_in_the_key_line() -> None:
    keymap, told = wishes(next_page=["j", "right"], hint=["f11", "y"])
    assert told == []
    assert name_of(keymap, "lesson", "j") == name_of(keymap, "lesson", "right") == "next page"
    assert name_of(keymap, "lesson", "n") == ""
    assert ("j", "next") in keymap.key_entries("lesson", 80, " · ")
    for screen in ("worksheet", "formula"):
        assert name_of(keymap, screen, "f11") == "hint"
        assert name_of(keymap, screen, "f2") == name_of(keymap, screen, "y") == ""
        letter = keymap.find_letter(screen, "y")
        assert letter is not None
        assert letter.name == "hint"
        assert keymap.key_of("hint", screen) == "F11"


def test_two_actions_can_change_their_keys() -> None:
    keymap, told = wishes(hint=["f3", "s"], show=["f2", "h"])
    assert told == []
    assert name_of(keymap, "worksheet", "f3") == "hint"
    assert name_of(keymap, "worksheet", "f2") == "show"


def test_letters_stand_behind_the_key_of_the_help_whatever_it_is() -> None:
    keymap, told = wishes(keys=["f1"])
    assert told == []
    assert keymap.key_of("search", "worksheet") == "F1 /"
    assert name_of(keymap, "worksheet", "question_mark") == ""


@pytest.mark.parametrize(
    ("name", "keys", "message"),
    [
        ("hnt", "f2", "there is no such action. Did you mean “hint”?"),
        ("zzzzzz", "f2", "there is no such action. gdtutor settings writes a file with all names."),
        ("hint", "ctrl+b", "terminals, tmux or screen take ctrl+b. Take another key, such as ctrl+e or f11."),
        ("hint", "alt+x", "many terminals keep alt for themselves. Take another key, such as ctrl+e or f11."),
        ("hint", "pagup", "there is no key “pagup”. Did you mean pageup?"),
        ("hint", "y", 'in the formula letters and signs are typed. Add another key: ["f11", "y"]'),
        ("hint", ["f11", "space"], "in the formula a space is typed. Take another key."),
        ("hint", "f3", "F3 stands for “show” in the worksheet already. Take another key."),
        ("check", "f11", "enter is named in many texts, and has to stay. Write it too, in a list of keys."),
        ("pick", "x", "its keys are the numbers of what is picked, and stay as they are. Remove this line."),
        ("hint", "ctrl+z", "Ctrl+Z stands for “suspend” in the worksheet already. Take another key."),
    ],
)
def test_what_cannot_be_had_is_told_with_what_to_write(name: str, keys: str | list[str], message: str) -> None:
    keymap, told = wishes(**{name: keys})
    (told_one,) = told
    assert told_one.startswith(f"settings.toml:1: keys.{name}: ")
    assert told_one.endswith(message)
    assert all(keymap.actions_of(screen) == USUAL.actions_of(screen) for screen in SCREENS)


def test_of_two_that_want_one_key_the_later_one_gives_way() -> None:
    keymap, told = wishes(hint="f11", show="f11")
    assert [line.partition(": F11")[0] for line in told] == ["settings.toml:2: keys.show"]
    assert name_of(keymap, "worksheet", "f11") == "hint"
    assert name_of(keymap, "worksheet", "f3") == "show"


def test_one_that_gives_way_can_take_others_with_it() -> None:
    keymap, told = wishes(show=["f2", "h"], hint=["f3", "n", "ctrl+b"])
    assert len(told) == 2
    assert name_of(keymap, "worksheet", "f2") == "hint"
    assert name_of(keymap, "worksheet", "f3") == "show"


@given(st.dictionaries(st.sampled_from([*NAMES, "nothing"]), st.lists(st.text(max_size=8), min_size=1, max_size=3)))
def test_whatever_is_wished_for_no_key_stands_for_two_actions(asked: dict[str, list[str]]) -> None:
    check_soundness(asked)


KEYS = st.sampled_from([*"abnyASx", "f2", "f3", "f11", "ctrl+e", "enter", "escape", "up", "/", "?", "space", "tab"])


@given(st.dictionaries(st.sampled_from(NAMES), st.lists(KEYS, min_size=1, max_size=3), max_size=6))
def test_the_same_with_real_keys(asked: dict[str, list[str]]) -> None:
    check_soundness(asked)


def check_soundness(asked: dict[str, list[str]]) -> None:
    keymap, faults = remap({name: KeyWish(tuple(keys), FILE, 1) for name, keys in asked.items()})
    refused = {fault.name.removeprefix("keys.") for fault in faults}
    for screen in SCREENS:
        actions = keymap.actions_of(screen)
        usual = USUAL.actions_of(screen)
        assert [action.name for action in actions] == [action.name for action in usual]
        for place, action in enumerate(actions):
            keys = {*action.keys, *action.letters}
            assert not any(keys & {*other.keys, *other.letters} for other in actions[:place])
            if action.name in asked and action.name not in refused:
                assert keys == {read_key(key) for key in asked[action.name]}
            else:
                assert action == usual[place]


def test_the_names_of_keys_are_those_of_the_screens() -> None:
    for character in map(chr, range(33, 127)):
        assert read_key(character) == _character_to_key(character)
    assert read_key("slash") == "slash"
    assert len(CHARACTERS) == 32
    usual = {key for action in ACTIONS for key in (*action.keys, *action.letters)}
    assert {read_key(key) for key in usual} <= usual


@given(st.text(max_size=12))
def test_a_key_is_read_or_refused_in_one_line(text: str) -> None:
    told = ""
    try:
        read_key(text)
    except KeyNameError as error:
        told = str(error)
    assert "\n" not in told


def test_every_line_of_the_template_can_be_taken() -> None:
    text = settings_template(action_names())
    for name, _ in action_names():
        (line,) = (line for line in text.splitlines() if line.startswith(f'# "{name}" = '))
        keys = tomllib.loads(line.removeprefix("# "))[name]
        _, faults = remap({name: KeyWish(tuple(keys), FILE, 1)})
        assert not faults, line
