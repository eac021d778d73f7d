"""The README's table of keys, written from the registry: `python tests/screens/readme_keys.py`."""

from __future__ import annotations

from pathlib import Path

from tutor.study.cells import EDITS
from tutor.tui.keyboard.keymap import USUAL
from tutor.tui.keyboard.keys import TYPING, Action, ScreenName, spell

README = Path(__file__).parents[2] / "README.md"
BEGIN, END = "<!-- keys -->", "<!-- end of keys -->"
SCREENS: dict[ScreenName, str] = {
    "home": "home",
    "lesson": "lesson",
    "worksheet": "worksheet",
    "formula": "formula asked for",
    "lab": "lab",
    "bench": "workbench",
    "cells": "cells of a worksheet",
    "search": "search, glossary",
}
_PLAIN = frozenset({"up", "down", "page up", "page down", *EDITS})
"""Actions whose keys say what they do."""
_SEVERAL = 2


def markdown() -> str:
    """Return the table."""
    entries = {title: [_entry(action, screen) for action in _told(screen)] for screen, title in SCREENS.items()}
    rows = [f"| {title} | {', '.join(shown)} |" for title, shown in entries.items()]
    return "\n".join(["| on the page | keys |", "|---|---|", *rows])


def _told(screen: ScreenName) -> list[Action]:
    actions = USUAL.actions_of(screen)
    return [action for action in actions if action.name not in _PLAIN and (action.keys or action.letters)]


def _entry(action: Action, screen: ScreenName) -> str:
    keys = [*map(spell, action.keys)]
    letters = [USUAL.spelled_letter(letter, screen) for letter in action.letters]
    if len(letters) > _SEVERAL and "".join(action.letters).isdigit():
        letters = [f"{letters[0]} to {letters[-1]}"]
    shown = [*keys, *letters] if screen in TYPING else [*letters, *keys]
    return f"{' '.join(_code(key) for key in dict.fromkeys(shown))} {action.label or action.name}"


def _code(key: str) -> str:
    return f"`{key}`" if "|" not in key else key.replace("|", r"\|")


def block(readme: str) -> str:
    """Return what stands between the README's marks."""
    return readme.partition(BEGIN)[2].partition(END)[0].strip()


def write() -> None:
    """Put the table between the README's marks."""
    readme = README.read_text(encoding="utf-8")
    before, _, rest = readme.partition(BEGIN)
    _, _, after = rest.partition(END)
    README.write_text(f"{before}{BEGIN}\n{markdown()}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    write()
