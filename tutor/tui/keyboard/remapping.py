"""Keys of the learner's own: what the settings wish for, put into the registry as far as it can be."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from itertools import chain
from pathlib import Path
from typing import Final, get_args

from tutor.settings.known import KEYS_SECTION
from tutor.settings.model import Fault, KeyWish
from tutor.tui.keyboard.key_names import CHARACTERS, KeyNameError, read_key
from tutor.tui.keyboard.keymap import Keymap
from tutor.tui.keyboard.keys import ACTIONS, TYPING, Action, ScreenName, spell

NAMES: Final = tuple(dict.fromkeys(action.name for action in ACTIONS))
"""The names of all actions."""
FIXED: Final = frozenset({"pick", "follow"})
"""Actions whose keys are the numbers of what is picked."""
_NAMED_IN_TEXTS: Final = ("enter", "escape")
_FREE: Final = ("f12",)
"""Keys that nothing has."""
_ALWAYS: Final = "question_mark"
"""The one sign that is a key everywhere: no answer holds it."""


def remap(wishes: Mapping[str, KeyWish]) -> tuple[Keymap, tuple[Fault, ...]]:
    """Return the keys in force, and the faults of what is wished for but is not in force."""
    faults: list[Fault] = []
    taken: dict[str, tuple[str, ...]] = {}
    for name, wish in wishes.items():
        try:
            taken[name] = _keys_of(name, wish)
        except _RefusedError as error:
            faults.append(_fault(name, wish, str(error)))
    while (clash := _first_clash(_with_keys(taken), taken)) is not None:
        name, message = clash
        del taken[name]
        faults.append(_fault(name, wishes[name], message))
    return Keymap(_with_keys(taken)), tuple(faults)


def action_names() -> Iterator[tuple[str, str]]:
    """Yield the names of all actions that can have other keys, each with keys as a settings file has them.

    They are the usual ones; where those differ from screen to screen, such as can be had in all.
    """
    for name in NAMES:
        if name not in FIXED:
            yield name, f"[{', '.join(map(_quoted, _example(name)))}]"


def _example(name: str) -> tuple[str, ...]:
    """Return keys that an action could be given, by the signs on them."""
    own = [(*action.keys, *action.letters) for action in ACTIONS if action.name == name]
    for keys in (tuple(dict.fromkeys(chain(*own))), *own):
        signs = tuple(dict.fromkeys(CHARACTERS.get(key, key) for key in keys))
        if signs and not remap({name: KeyWish(signs, Path(), 0)})[1]:
            return signs
    return _FREE


def _quoted(key: str) -> str:
    return f"'{key}'" if key in {'"', "\\"} else f'"{key}"'


class _RefusedError(Exception):
    """These keys cannot be taken; str(error) says why and what to write."""


def _fault(name: str, wish: KeyWish, message: str) -> Fault:
    shown = "".join(character if character.isprintable() else "?" for character in name[:60])
    return Fault(wish.path, wish.line, f"{KEYS_SECTION}.{shown}", message)


def _keys_of(name: str, wish: KeyWish) -> tuple[str, ...]:
    """Return Textual's names of the keys wished for an action. Raises _RefusedError."""
    if name not in NAMES:
        near = get_close_matches(name[:60], NAMES, n=1)
        hint = f"Did you mean “{near[0]}”?" if near else "gdtutor settings writes a file with all names."
        raise _RefusedError(f"there is no such action. {hint}")
    if name in FIXED:
        raise _RefusedError("its keys are the numbers of what is picked, and stay as they are. Remove this line.")
    try:
        keys = tuple(dict.fromkeys(read_key(text) for text in wish.keys))
    except KeyNameError as error:
        raise _RefusedError(str(error)) from error
    own = [action for action in ACTIONS if action.name == name]
    missing = [key for key in _NAMED_IN_TEXTS if key not in keys and all(key in action.keys for action in own)]
    if missing:
        raise _RefusedError(f"{missing[0]} is named in many texts, and has to stay. Write it too, in a list of keys.")
    typing = [screen for action in own if action.keys for screen in action.screens if screen in TYPING]
    if typing and "space" in keys:
        raise _RefusedError(f"in the {typing[0]} a space is typed. Take another key.")
    if typing and all(map(_is_letter, keys)):
        example = f'["f11", {_quoted(spell(keys[0]))}]'
        raise _RefusedError(f"in the {typing[0]} letters and signs are typed. Add another key: {example}")
    return keys


def _is_letter(key: str) -> bool:
    return len(spell(key)) == 1 and key != _ALWAYS


def _with_keys(taken: Mapping[str, tuple[str, ...]]) -> tuple[Action, ...]:
    return tuple(_with(action, taken[action.name]) if action.name in taken else action for action in ACTIONS)


def _with(action: Action, keys: tuple[str, ...]) -> Action:
    letters = tuple(key for key in keys if _is_letter(key))
    return replace(action, keys=tuple(key for key in keys if key not in letters), letters=letters)


def _first_clash(actions: tuple[Action, ...], taken: Mapping[str, object]) -> tuple[str, str] | None:
    """Return the name of an action with new keys that has to give way, and why; None where all is well.

    Of two that both have new keys, the one that was set later gives way.
    """
    order = list(taken)
    for screen, key, names in _shared_keys(actions):
        name = max((name for name in names if name in taken), key=order.index)
        other = next(other for other in names if other != name)
        return name, f"{spell(key)} stands for “{other}” in the {screen} already. Take another key."
    return None


def _shared_keys(actions: tuple[Action, ...]) -> Iterator[tuple[ScreenName, str, list[str]]]:
    """Yield the keys that stand for two actions in one screen, with that screen and the names."""
    keymap = Keymap(actions)
    screens: tuple[ScreenName, ...] = get_args(ScreenName)
    for screen in screens:
        users: dict[str, list[str]] = {}
        for action in keymap.actions_of(screen):
            for key in (*action.keys, *action.letters):
                users.setdefault(key, []).append(action.name)
        yield from ((screen, key, names) for key, names in users.items() if len(set(names)) > 1)
