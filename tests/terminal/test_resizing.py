"""The window changes its size at any moment, while keys arrive and things are worked out."""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pty_driver import KEYS, PtyProgram

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
FIVE_WEIGHTS = ROOT / "lessons" / "problems" / "five-weights.toml"
PRACTICE = (sys.executable, "-m", "tutor.cli", "practice", str(FIVE_WEIGHTS))
COURSE = (sys.executable, "-m", "tutor.cli")
EDGES = ((20, 5), (39, 12), (40, 11), (40, 12), (80, 24), (300, 100), (1, 1), (300, 5), (20, 100))
EVENTS = 60


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    return {"GDTUTOR_HOME": str(tmp_path / "home"), "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)}


def at_start(program: PtyProgram) -> None:
    """Go on at once, before anything is shown."""
    del program


def on_worksheet(program: PtyProgram) -> None:
    program.wait_for("0 of 34 cells")


def in_running_lab(program: PtyProgram) -> None:
    on_worksheet(program)
    program.press("f9")
    program.wait_for("step 0")
    program.send(" ")
    program.wait_for("Running")


def on_workbench(program: PtyProgram) -> None:
    program.open_row("Workbench")
    program.wait_for("how it is read")


def on_keys(program: PtyProgram) -> None:
    on_worksheet(program)
    program.send("?")
    program.wait_for("Keys of this page")


PLACES: dict[str, tuple[tuple[str, ...], Callable[[PtyProgram], None], str]] = {
    "start": (PRACTICE, at_start, "34 cells"),
    "home": (COURSE, lambda program: program.wait_for("? keys") and None, "lessons done"),
    "worksheet": (PRACTICE, on_worksheet, "34 cells"),
    "keys": (PRACTICE, on_keys, "Keys of this page"),
    "lab": (PRACTICE, in_running_lab, "Lab"),
    "workbench": (COURSE, on_workbench, "Workbench"),
}
"""What is started, how the place is reached, and what its title says."""
TYPED = {
    "start": "0123456789+*^()\r\t",
    "worksheet": "0123456789+*^()\r\t",
    "workbench": "fqx=^2+*()\r\t",
    "lab": "s b+-v",
    "home": "",
    "keys": "",
}
"""Keys that do not lead away from there."""
MOVES = ("up", "down", "page up", "page down", "home", "end")


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("place", PLACES)
def test_any_sizes_and_keys_in_any_order(place: str, seed: int, home: dict[str, str]) -> None:
    chosen = random.Random(f"{place} {seed}")
    command, go, title = PLACES[place]
    keys = [*TYPED[place], *(KEYS[name] for name in MOVES)]
    with PtyProgram(command, environment=home) as program:
        go(program)
        for _ in range(EVENTS):
            if chosen.random() < 0.6:
                some = (chosen.randint(20, 300), chosen.randint(5, 100))
                program.resize(*chosen.choice([some, *EDGES]))
            if chosen.random() < 0.6:
                program.send(chosen.choice(keys))
            if chosen.random() < 0.3:
                program.rest(chosen.random() * 0.1)
        program.resize(39, 11)
        program.wait_for("gdtutor needs 40x12, this is 39x11.")
        assert title not in program.text()
        program.resize(20, 5)
        program.wait_for("gdtutor needs 40x12,", "this is 20x5.")
        program.resize(300, 100)
        program.wait_for(title)
        assert b"Traceback" not in program.raw
        if place != "lab":  # which may be running
            assert_all_comes_back(program, place, title)
        program.press("ctrl+c")
        assert program.wait_exit() == 0
        assert program.modes_restored


def assert_all_comes_back(program: PtyProgram, place: str, title: str) -> None:
    """Make the window small and large again."""
    settle(program, place, title)
    seen = program.text()
    for size in ((40, 12), (20, 5), (80, 24)):
        program.resize(*size)
        program.wait_quiet()
    program.resize(300, 100)
    program.wait_until(lambda: program.text() == seen, "the same screen as before")


def settle(program: PtyProgram, place: str, title: str) -> None:
    """Wait until all keys have had their effect."""
    if place == "home":
        program.wait_for("nothing due")
    elif place != "keys":
        program.send("?")
        program.wait_for("Keys of this page")
        program.press("escape")
        program.wait_until(lambda: "Keys of this page" not in program.text() and title in program.text(), "the page")
    program.wait_quiet()


def test_the_terminal_is_asked_for_its_size_and_not_the_environment(home: dict[str, str]) -> None:
    with PtyProgram(PRACTICE, environment={**home, "COLUMNS": "80", "LINES": "24"}) as program:
        on_worksheet(program)
        program.resize(39, 11)
        program.wait_for("gdtutor needs 40x12, this is 39x11.")


def test_sizes_that_follow_each_other_faster_than_they_are_shown(home: dict[str, str]) -> None:
    chosen = random.Random(0)
    with PtyProgram(COURSE, environment=home) as program:
        on_workbench(program)
        for _ in range(60):
            program.resize(chosen.randint(20, 200), chosen.randint(5, 60))
            program.send(chosen.choice("fqx=^2+*()\r\t"))
            program.rest(chosen.choice((0.0, 0.01, 0.03)))
            program.resize(chosen.randint(20, 39), chosen.randint(5, 11))
            program.rest(chosen.choice((0.0, 0.01, 0.03)))
            program.resize(39, 11)
            program.wait_for("gdtutor needs 40x12, this is 39x11.")
