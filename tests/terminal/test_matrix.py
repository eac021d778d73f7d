"""Terminals, encodings, colour and background: usable as the snapshots show, or refused with the reason."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pty_driver import PtyProgram
from sequences_seen import COLOURS, looks, other_controls, unknown_sequences

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "tests" / "samples"
TUTOR = (sys.executable, "-m", "tutor.cli")
TERMINALS = {
    "xterm-256color": {"TERM": "xterm-256color"},
    "xterm": {"TERM": "xterm"},
    "screen": {"TERM": "screen", "STY": "1.pts-0.host"},
    "tmux": {"TERM": "tmux-256color", "TMUX": "/tmp/tmux-0/default,1,0"},
    "linux": {"TERM": "linux"},
    "vt100": {"TERM": "vt100"},
    "truecolor": {"TERM": "xterm-256color", "COLORTERM": "truecolor"},
    "dumb": {"TERM": "dumb"},
}
ENCODINGS = {
    "utf-8": {"LANG": "C.UTF-8"},
    "c": {"LANG": "C"},
    "latin-1": {"LANG": "de_DE.ISO-8859-1", "PYTHONIOENCODING": "iso8859-1"},
    "latin-1-not-installed": {"LANG": "de_DE.ISO-8859-1"},
    "ascii": {"LANG": "C.UTF-8", "PYTHONIOENCODING": "ascii"},
}
COLOUR = {"colour": {}, "no-color": {"NO_COLOR": "1"}}
GROUND = {"light": {"COLORFGBG": "0;15"}, "dark": {"COLORFGBG": "15;0"}}


@dataclass(frozen=True, slots=True)
class Setting:
    """One terminal to try."""

    terminal: str
    encoding: str
    colour: str
    ground: str

    @property
    def environment(self) -> dict[str, str]:
        return {
            **TERMINALS[self.terminal],
            **ENCODINGS[self.encoding],
            **COLOUR[self.colour],
            **GROUND[self.ground],
        }

    @property
    def is_simple(self) -> bool:
        return self.terminal in {"linux", "vt100"}

    @property
    def is_ascii(self) -> bool:
        return self.is_simple or self.encoding != "utf-8"

    @property
    def is_coloured(self) -> bool:
        return self.colour == "colour" and self.terminal != "vt100"

    def __str__(self) -> str:
        return f"{self.terminal}-{self.encoding}-{self.colour}-{self.ground}"


def pairwise() -> list[Setting]:
    """Return settings in which each two values of different kinds meet."""
    every = [Setting(*values) for values in product(TERMINALS, ENCODINGS, COLOUR, GROUND)]
    missing = {pair for setting in every for pair in pairs(setting)}
    chosen: list[Setting] = []
    while missing:
        best = max(every, key=lambda setting: len(pairs(setting) & missing))
        chosen.append(best)
        missing -= pairs(best)
    return chosen


def pairs(setting: Setting) -> set[tuple[str, str]]:
    values = (setting.terminal, setting.encoding, setting.colour, setting.ground)
    return {(one, other) for place, one in enumerate(values) for other in values[place + 1 :]}


SETTINGS = pairwise()


@pytest.mark.parametrize("setting", [setting for setting in SETTINGS if setting.terminal != "dumb"], ids=str)
def test_each_terminal_shows_every_page(setting: Setting, tmp_path: Path, snapshot: Callable[[str, str], None]) -> None:
    kind = "ascii" if setting.is_ascii else "unicode"
    with start(setting, tmp_path, "--lessons", str(SAMPLES)) as program:
        snapshot(f"home-{kind}", program.wait_at_rest("> Start", "nothing due", "? keys"))
        program.press("enter")
        snapshot(f"lesson-{kind}", program.wait_at_rest("page 1 of"))
        leave(program, setting)
    with start(setting, tmp_path, "practice", str(SAMPLES / "problems" / "five-weights.toml")) as program:
        answer_with_each_mark(program)
        snapshot(f"worksheet-{kind}", program.text())
        program.send("?l")
        program.wait_for("step 0")
        program.send("ss")
        snapshot(f"lab-{kind}", program.wait_at_rest("step 2:"))
        leave(program, setting)


def start(setting: Setting, tmp_path: Path, *arguments: str) -> PtyProgram:
    own = {"GDTUTOR_HOME": str(tmp_path / "home"), "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)}
    return PtyProgram((*TUTOR, *arguments), environment={**own, **setting.environment})


def answer_with_each_mark(program: PtyProgram) -> None:
    """Leave a worksheet with a right answer, a wrong one, one that follows from it, and one that was shown."""
    program.wait_for("0 of 34 cells")
    program.send("25\r13\r")
    program.wait_for("ok", " x ")
    program.press("down")
    program.send("38\r")
    program.wait_for("follows")
    program.send("?s")
    program.wait_for("shown")
    program.wait_quiet()


def leave(program: PtyProgram, setting: Setting) -> None:
    """Look at what was sent, end the program from outside its keys, and look at what is left."""
    program.press("ctrl+c")
    assert program.wait_exit() == 0
    assert program.modes_restored
    raw = program.raw
    assert not unknown_sequences(raw, is_simple=setting.is_simple, is_coloured=setting.is_coloured)
    assert not other_controls(raw)
    assert raw.isascii() == setting.is_ascii
    assert bool(looks(raw) & COLOURS) == setting.is_coloured
    if setting.is_simple:
        assert not program.text()  # nothing is left where the shell goes on, and no garbage


@pytest.mark.parametrize("setting", [setting for setting in SETTINGS if setting.terminal == "dumb"], ids=str)
def test_a_terminal_without_a_cursor_is_refused_and_the_line_mode_offered(setting: Setting, tmp_path: Path) -> None:
    with start(setting, tmp_path) as program:
        assert program.wait_exit() == 2
        said = " ".join(program.text().split())
        assert "cannot move its cursor" in said
        assert "gdtutor plain" in said
        assert program.raw.isascii()
        assert b"\x1b" not in program.raw


@pytest.mark.parametrize("answer", ["\x1b[?2026;2$y\x1b[?2048;0$y", "\x1b[?2026;0$y", "\x1b[I\x1b[O"])
def test_what_a_terminal_answers_is_not_taken_for_keys(answer: str, tmp_path: Path) -> None:
    setting = Setting("xterm-256color", "utf-8", "colour", "dark")
    with start(setting, tmp_path, "practice", str(SAMPLES / "problems" / "five-weights.toml")) as program:
        program.wait_for("0 of 34 cells", "> h1        _")
        for character in answer:  # as slowly as a bad line may bring it
            program.send(character)
        program.send("25\r")
        program.wait_for("1 of 34 cells")
        assert "ok  Right." in program.text()
