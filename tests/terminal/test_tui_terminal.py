"""The real program in a real pseudo-terminal: how it starts, ends, survives, and what it costs on the wire."""

from __future__ import annotations

import os
import signal
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from processes import descendants, wait_gone
from pty_driver import PtyProgram

from tutor.learner.activities import BEGUN
from tutor.learner.events import EventMaker
from tutor.learner.store import open_store
from tutor.practice.task_name import TaskName

ROOT = Path(__file__).parents[2]
FIVE_WEIGHTS = ROOT / "lessons" / "problems" / "five-weights.toml"
TUTOR = (sys.executable, "-m", "tutor.cli")
FLOOR = (sys.executable, str(Path(__file__).with_name("floor_app.py")))
AT_THE_END = """
import os, sys
from tutor.cli import main
from tutor.tui import program
path, show = sys.argv.pop(), program._show
def told(*arguments):
    status = show(*arguments)
    with open(path, "w") as file:
        print(*sys.modules, *(f"{name}={value}" for name, value in os.environ.items()), file=file)
    return status
program._show = told
sys.exit(main([]))
"""
WITHIN = 1.0
"""Seconds in which the program ends when it is told to."""


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    return {"GDTUTOR_HOME": str(tmp_path / "home"), "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)}


def practice(home: dict[str, str], *options: str, **environment: str) -> PtyProgram:
    command = (*TUTOR, "practice", str(FIVE_WEIGHTS), *options)
    return PtyProgram(command, environment={**home, **environment})


def ended_in_time(program: PtyProgram) -> int:
    start = time.monotonic()
    status = program.wait_exit()
    assert time.monotonic() - start < WITHIN
    return status


def test_home_opens_and_quits_and_leaves_the_terminal_as_it_was(home: dict[str, str]) -> None:
    with PtyProgram(TUTOR, environment=home) as program:
        program.wait_for("gdtutor", "Start", "q quit")
        program.wait_quiet()
        program.send("q")
        assert program.wait_exit() == 0
        assert program.modes_restored
        assert b"\x1b[?1049l" in program.raw  # the screen that was there before is back
        assert program.raw.rstrip().endswith(b"\x1b[?1004l")
        assert program.raw.count(b"\x1b[?25h") == 1
        assert b"\x1b[?1000h" not in program.raw  # the mouse is left to the terminal


def test_keys_sent_in_one_piece_are_dealt_with_in_order(home: dict[str, str]) -> None:
    with practice(home) as program:
        program.send("25\r12\r37\r169\r26\r")  # even before the worksheet is there
        program.wait_for("5 of 34 cells")


def test_what_was_answered_is_there_after_a_crash(home: dict[str, str]) -> None:
    with practice(home) as program:
        program.wait_for("0 of 34 cells")
        program.send("25\r13\r")
        program.wait_for("13", " x ")
        program.press("down")
        program.send("38\r")
        program.wait_for("38", "follows")
        before = program.wait_at_rest("2 of 34 cells")
        program.kill()
    with practice(home) as program:
        after = program.wait_at_rest("2 of 34 cells")
        assert cells(after)[:8] == cells(before)[:8]
        assert "> E" in after


def press_until(program: PtyProgram, key: str, text: str) -> None:
    """Press a key again and again, each time when the screen has followed, until it shows a text."""
    for _ in range(60):
        before = program.text()
        if text in before:
            return
        program.press(key)
        program.wait_until(lambda before=before: program.text() != before, f"what {key} does")
        program.wait_quiet()
    raise AssertionError(f"no {text} on the screen:\n{program.text()}")


def turn_to(program: PtyProgram, text: str) -> None:
    """Turn page after page of a lesson that was just opened, each when it is there, until one shows a text."""
    for page in range(1, 40):
        program.wait_for(f"page {page} of")
        program.wait_quiet()
        if text in program.text():
            return
        program.press("right")
    raise AssertionError(f"no {text} in the lesson")


def test_a_lesson_goes_on_in_the_very_cell(home: dict[str, str]) -> None:
    with PtyProgram(TUTOR, environment=home) as program:
        program.wait_for("Start")
        press_until(program, "down", "> 4 Backpropagation")
        program.press("enter")
        program.wait_for("4.3 Two suspects")
        press_until(program, "down", ">     4.3 Two suspects")
        program.press("enter")
        turn_to(program, "Worksheet  Question w5")
        program.press("enter")
        program.wait_for("0 of 3 cells", "> ∂E/∂y")
        program.send("26\r")
        program.wait_for("1 of 3 cells", "> ∂y/∂w5")
        program.kill()
    with PtyProgram(TUTOR, environment=home) as program:
        program.wait_for("Continue")
        program.press("enter")
        program.wait_for("1 of 3 cells", "> ∂y/∂w5")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_ends_it_through_the_front_door(number: int, home: dict[str, str]) -> None:
    with practice(home) as program:
        program.wait_for("0 of 34 cells")
        program.signal(number)
        assert ended_in_time(program) == 128 + number
        assert program.modes_restored
        assert b"\x1b[?1049l" in program.raw


@pytest.mark.parametrize("end", ["\x03", "\x1b", signal.SIGTERM, signal.SIGHUP])
def test_what_is_typed_but_not_checked_is_there_the_next_time(end: str | int, home: dict[str, str]) -> None:
    with practice(home) as program:
        program.wait_for("0 of 34 cells")
        program.send("2*(37-")
        program.wait_for("2*(37-_")
        if isinstance(end, str):
            program.send(end)
        else:
            program.signal(end)
        program.wait_exit()
    with practice(home) as program:
        program.wait_for("0 of 34 cells", "> h1", "2*(37-_")


def test_it_ends_when_the_terminal_vanishes(home: dict[str, str]) -> None:
    with practice(home) as program:
        program.wait_for("0 of 34 cells")
        program.hang_up()
        ended_in_time(program)


def test_it_ends_when_the_terminal_vanishes_and_nobody_is_told(home: dict[str, str]) -> None:
    deaf = ("/bin/sh", "-c", 'trap "" HUP; "$@"; exit 0', "sh")
    with PtyProgram((*deaf, *TUTOR, "practice", str(FIVE_WEIGHTS)), environment=home) as program:
        program.wait_for("0 of 34 cells")
        program.hang_up()
        ended_in_time(program)


def test_it_ends_when_the_terminal_takes_no_more_output(home: dict[str, str]) -> None:
    with practice(home) as program:
        program.wait_for("0 of 34 cells")
        program.flood("\t" * 4000)
        program.signal(signal.SIGTERM)
        start = time.monotonic()
        program.wait_exit_without_reading()
        assert time.monotonic() - start < WITHIN
        assert program.modes_restored


def test_it_says_nothing_while_nothing_happens(home: dict[str, str]) -> None:
    with practice(home) as program:
        program.wait_for("0 of 34 cells")
        program.wait_quiet(0.5)
        before = program.received
        busy = cpu_seconds(program.pid)
        program.rest(1.5)
        assert program.received == before
        assert cpu_seconds(program.pid) - busy < 0.03


def test_home_does_nothing_while_nothing_happens(home: dict[str, str]) -> None:
    with PtyProgram(TUTOR, environment=home) as program:
        program.wait_for("fresh problems")  # what is worked out last
        program.wait_quiet(0.5)
        assert not descendants(program.pid)
        before, woken = program.received, times_woken(program.pid)
        program.rest(1.5)
        assert program.received == before
        assert times_woken(program.pid) == woken


def test_home_keeps_nothing_of_what_was_worked_out_for_it(home: dict[str, str], tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    with PtyProgram((sys.executable, "-c", AT_THE_END, str(kept)), environment=home) as program:
        program.wait_for("fresh problems")
        program.send("q")
        program.wait_exit()
    loaded = set(kept.read_text(encoding="utf-8").split())
    assert "tutor.study.practice.news" in loaded
    assert "OPENBLAS_NUM_THREADS=1" in loaded
    assert not loaded & {"fsrs", "mpmath", "tutor.practice.skills.all_skills", "tutor.mathematics.derivation"}


def begin_a_task(folder: Path) -> None:
    """Make the record of somebody who practises, so that there is something to work out."""

    def now() -> datetime:
        return datetime.now(UTC)

    store = open_store(folder, now)
    store.record(EventMaker(TaskName("one-step", "blank", 1, 1).activity, now).note("page", BEGUN, "due"))
    store.close()


@pytest.mark.parametrize("end", ["q", signal.SIGTERM, signal.SIGKILL])
def test_what_is_still_worked_out_for_home_ends_with_it(end: str | int, home: dict[str, str]) -> None:
    begin_a_task(Path(home["GDTUTOR_HOME"]))
    with PtyProgram(TUTOR, environment=home) as program:
        started: list[int] = []
        program.wait_until(lambda: started.extend(descendants(program.pid)) or bool(started), "the process of the news")
        if isinstance(end, str):
            program.wait_for("quit")
            program.send(end)
        else:
            program.signal(end)
        program.wait_exit()
        wait_gone(started)


def test_bytes_for_a_key(home: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    with PtyProgram(FLOOR, environment=home) as floor:
        floor.wait_for("floor")
        floor_character = floor.bytes_for("a")
    with PtyProgram(TUTOR, environment=home) as program:
        program.wait_for("Start")
        arrow_home = max(program.bytes_for("\x1b[B") for _ in range(3))
    with practice(home) as program:
        program.wait_for("0 of 34 cells")
        arrow_cell = max(program.bytes_for("\x1b[B") for _ in range(3))
        character = max(program.bytes_for(digit) for digit in "25")
    with capsys.disabled():
        print(f"\nbytes a key: home {arrow_home}, cells {arrow_cell}, character {character}, floor {floor_character}")
    assert max(arrow_home, arrow_cell, character) <= 250
    assert character < floor_character / 2


def test_bytes_to_the_first_frame(home: dict[str, str]) -> None:
    with PtyProgram(TUTOR, environment=home) as program:
        program.wait_for("Start")
        program.wait_quiet()
        assert program.received <= 15_000


@pytest.mark.parametrize("report", [b"\x1b[?1;2c", b"\x1b]11;rgb:1c1c/1c1c/1c1c\x1b\\", b"\x1bP>|xterm(390)\x1b\\"])
def test_what_the_terminal_tells_of_itself_is_not_typed(report: bytes, home: dict[str, str]) -> None:
    with practice(home) as program:
        program.wait_for("0 of 34 cells")
        program.send("2")
        program.wait_for("2_")
        program.send(report)
        program.send("5")
        program.wait_for("25_")


@pytest.mark.parametrize("marks", [("\x1b[200~", "\x1b[201~"), ("", "")], ids=["marked", "unmarked"])
def test_a_megabyte_pasted_is_cut_and_said(marks: tuple[str, str], home: dict[str, str]) -> None:
    with practice(home) as program:
        program.wait_for("0 of 34 cells")
        start = time.monotonic()
        program.send(marks[0] + "12+" * 350_000 + marks[1])
        program.wait_for("too long for an answer")
        program.rest(0.3)  # a paste without marks ends with a moment of silence
        program.press("ctrl+u")
        program.send("25\r")
        program.wait_for("1 of 34 cells")
        assert time.monotonic() - start < 5


def test_whatever_is_typed_is_shown_harmlessly(home: dict[str, str]) -> None:
    with practice(home) as program:
        program.wait_for("0 of 34 cells")
        program.send("\x1b[200~1\x07\x1b]0;\x07\u202e2\u0000\x1b[201~")
        program.wait_for("1??]0;??2?_")
        program.press("ctrl+u")
        program.send(b"1\xff\xfe\xbd2")  # not UTF-8: what a terminal in another encoding may send
        program.wait_until(lambda: "�" in program.text(), "a sign for what is no text")
        program.press("ctrl+u")
        program.send("25\r")
        program.wait_for("1 of 34 cells")


def test_function_keys_have_an_equal_that_can_be_typed(home: dict[str, str]) -> None:
    with practice(home) as program:
        program.wait_for("0 of 34 cells")
        program.send("?")
        program.wait_for("Keys of this page", "F3 or ? s")
        program.send("s")
        program.wait_for("1 of 34 cells", "shown")


def test_resizing_at_any_moment(home: dict[str, str]) -> None:
    with practice(home) as program:
        program.wait_for("0 of 34 cells")
        for columns, rows in ((39, 11), (300, 100), (40, 12), (80, 24)):
            program.resize(columns, rows)
            program.send("7")
        program.wait_for("7777", "F2 hint")
        program.resize(39, 11)
        program.wait_for("gdtutor needs 40x12, this is 39x11.")
        program.resize(300, 100)
        program.wait_for("7777", "w5@2")


@pytest.mark.parametrize("environment", [{"TERM": "dumb"}, {"TERM": ""}])
def test_a_terminal_without_a_cursor_is_refused_with_the_reason(
    environment: dict[str, str], home: dict[str, str]
) -> None:
    with practice(home, **environment) as program:
        assert program.wait_exit() == 2
        assert "cannot move its cursor" in " ".join(program.text().split())
        assert b"\x1b[" not in program.raw


@pytest.mark.parametrize(
    ("environment", "options"),
    [
        ({"LANG": "C"}, ()),
        ({"LANG": "C.UTF-8", "TERM": "linux"}, ()),
        ({"LANG": "C.UTF-8", "TERM": "vt100"}, ()),
        ({"LANG": "C.UTF-8", "PYTHONIOENCODING": "ascii"}, ()),
        ({"LANG": "C.UTF-8"}, ("--ascii",)),
    ],
)
def test_ascii_where_the_terminal_has_no_more(
    environment: dict[str, str], options: tuple[str, ...], home: dict[str, str]
) -> None:
    with practice(home, *options, **environment) as program:
        program.wait_for("0 of 34 cells", "dE/dw1", "h1 = (x1 + w1*x2)^2")
        assert program.raw.isascii()


@pytest.mark.parametrize(
    ("environment", "options"), [({"NO_COLOR": "1"}, ()), ({}, ("--no-color",)), ({"TERM": "xterm"}, ())]
)
def test_colour_is_left_out_where_it_is_not_wanted(
    environment: dict[str, str], options: tuple[str, ...], home: dict[str, str]
) -> None:
    with practice(home, *options, **environment) as program:
        program.wait_for("0 of 34 cells")
        program.send("25\r1\r")
        program.wait_for("ok", " x ")
        assert bool(program.colours()) == (environment.get("TERM") == "xterm")


def test_a_problem_file_with_a_fault_is_named_on_standard_error(home: dict[str, str], tmp_path: Path) -> None:
    faulty = tmp_path / "faulty.toml"
    faulty.write_text('[parameters]\nw = 1\n[steps]\nE = "w*q"\n', encoding="utf-8")
    with PtyProgram((*TUTOR, "practice", str(faulty)), environment=home) as program:
        assert program.wait_exit() == 1
        assert "faulty.toml:4" in program.text()
        assert "Traceback" not in program.text()


def test_a_problem_that_cannot_be_derived_is_a_page_to_read(home: dict[str, str], tmp_path: Path) -> None:
    infinite = tmp_path / "infinite.toml"
    infinite.write_text('[parameters]\nw = 0\n[steps]\nE = "1/w"\n', encoding="utf-8")
    with PtyProgram((*TUTOR, "practice", str(infinite)), environment=home) as program:
        text = program.wait_at_rest("This problem has a fault", "E = “1/w” is not finite")
        assert "infinite.toml:4:" in "".join(text.split())
        program.press("escape")
        assert program.wait_exit() == 1


def cells(screen: str) -> list[str]:
    """Return the rows of the cells, without the cursor."""
    return [row.partition("│")[2].replace(">", " ") for row in screen.splitlines() if "│" in row]


def cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def times_woken(pid: int) -> int:
    """Return how often the threads of a process have gone to sleep so far."""
    told = (path.read_text(encoding="utf-8") for path in Path(f"/proc/{pid}/task").glob("*/status"))
    return sum(int(line.split()[1]) for lines in told for line in lines.splitlines() if line.startswith("voluntary"))
