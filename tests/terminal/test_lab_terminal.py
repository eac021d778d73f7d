"""The lab in a real pseudo-terminal: every kind of picture, run, gone back and left."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from pty_driver import PtyProgram

if TYPE_CHECKING:
    from pathlib import Path

COMMAND = (sys.executable, "-m", "tutor.cli")
ROWS = (
    "parabola",
    "bowl",
    "two-starts",
    "saddle",
    "curved-valley",
    "line",
    "xor",
    "circle",
    "gauss",
    "spiral",
    "batches",
)


def open_lab(program: PtyProgram, name: str) -> None:
    """Go from home to a ready lab."""
    program.wait_for("Lab", "? keys")
    program.press("down", "down", "down", "down", "enter")
    program.wait_for("Lab: watch it learn")
    for _ in range(ROWS.index(name)):
        program.press("down")
    program.wait_for(f"> {name} ")
    program.press("enter")
    program.wait_for("step 0")


@pytest.mark.parametrize(
    ("name", "keys", "seen"),
    [
        ("parabola", "sss", ("x 1.92 - 0.1*3.84 = 1.536", "tangent", "f fell from 9 to 2.359 in 3 steps")),
        ("bowl", "sss", ("X minimum", "gradient (3.84, 2.88)", "f fell from 17 to 2.733 in 3 steps")),
        ("two-starts", "ss", (">x = 0.5", "x = -0.5", "lowest")),
        ("curved-valley", "ss", (">sgd", "momentum", "adam", "lowest")),
        ("line", "SS", ("the network", "examples", "The training loss fell")),
        ("xor", "SS", ("of 500 points", "% of the test data", "right side")),
        ("xor", "SSvv", ("weights", "training loss")),
        ("spiral", "Sc", ("Settings", "hidden layers", "8-8")),
        ("batches", "S", (">batch 1", "batch 10", "batch all")),
    ],
)
@pytest.mark.parametrize("options", [(), ("--ascii", "--no-color")], ids=["unicode", "plain"])
def test_each_kind_of_picture(
    name: str, keys: str, seen: tuple[str, ...], options: tuple[str, ...], tmp_path: Path
) -> None:
    with PtyProgram([*COMMAND, *options], environment={"GDTUTOR_HOME": str(tmp_path)}) as program:
        open_lab(program, name)
        for key in keys:
            program.send(key)
        in_signs = [text.replace(" - ", " − ").replace("*", "·") for text in seen]
        program.wait_for(*(in_signs if not options else seen))
        if options:
            assert program.text().isascii()
            assert not program.colours()
        program.send("b")
        program.send("q")
        assert program.wait_exit() == 0
        assert program.modes_restored


def test_points_are_typed_and_fitted(tmp_path: Path) -> None:
    with PtyProgram(COMMAND, environment={"GDTUTOR_HOME": str(tmp_path)}) as program:
        program.wait_for("Lab", "? keys")
        program.press("down", "down", "down", "down", "enter")
        program.wait_for("Lab: watch it learn")
        program.press(*["down"] * (len(ROWS) + 2))
        program.wait_for("> Points")
        program.press("enter")
        program.wait_for("Type points")
        program.send("1 2; 2 4; 3 x\r")
        program.wait_for("point:3: y: “x” is not a number.")
        program.press("backspace")
        program.send("7\r")
        program.wait_for("network 1-1", "examples", "step 0")
        program.send("s")
        program.wait_for("step 1: batch of 3")


def test_a_run_is_seen_running_and_the_keys_answer_meanwhile(tmp_path: Path) -> None:
    with PtyProgram(COMMAND, environment={"GDTUTOR_HOME": str(tmp_path)}) as program:
        open_lab(program, "spiral")
        program.send("++++ ")
        program.wait_for("Running, as fast as it goes.")
        program.send("e")
        program.wait_for("η 0.02")
        program.send("c")
        program.wait_for("Settings")
        program.send(" ")
        program.wait_until(lambda: "Running" not in program.text(), "standstill")
        program.send("r")
        program.wait_for("step 0")
        program.send("\x1b")
        program.wait_until(lambda: "Settings" not in program.text(), "the settings to go")
        program.send("\x1b")
        program.wait_for("Lab: watch it learn")


@pytest.mark.parametrize("name", ["parabola", "curved-valley", "xor"])
def test_what_was_sent_bit_by_bit_is_the_whole_screen(tmp_path: Path, name: str) -> None:
    """After many frames of which only the changes were sent, drawing all of it anew changes nothing."""
    with PtyProgram(COMMAND, environment={"GDTUTOR_HOME": str(tmp_path)}) as program:
        open_lab(program, name)
        program.send("+ ")
        program.rest(1.5)
        program.send("cvve")
        program.rest(0.5)
        program.send(" ")
        program.wait_until(lambda: "Running" not in program.text(), "standstill")
        program.wait_quiet()
        seen = program.text()
        program.resize(80, 30)
        program.wait_quiet()
        program.resize(80, 24)
        program.wait_quiet()
        assert program.text() == seen
