"""`gdtutor plain` as it is used: through pipes, in a terminal that can do nothing, with signals and odd encodings.

After a change, run with GDTUTOR_UPDATE_SNAPSHOTS=1 and read the transcript as if you heard it: is every line clear?
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from plain_driver import PLAIN, PROMPT_ENDS, PipedTalk, environment
from pty_driver import PtyProgram

TRANSCRIPT = Path(__file__).parent / "snapshots" / "plain-lesson.txt"
TUTOR = (sys.executable, "-m", "tutor.cli")

LESSON = (
    "2.5",
    # What does slider 7 do: a wrong guess first.
    "next", "1", "2", "next",
    # The bowl, then the mixing desk.
    "next", "next", "x1 +", "x1 down", "x2 +", ":knobs", "x2 -", ":all", "next", "turn", "knew", "next",
    # The slopes of the bowl at (4, -2): 16 + 8, 2·4, 4·(-2).
    "next", "24", "16", ":hint", "8", ":why", "-8", ":list", ":next", "next",
    # Two formulas.
    "next", "2x1 x2 + 3 + 2x2", "2x1", ":hint", "2·x1·x2 + 3", "next", "x1² + 2 x2", "next",
    # A slip to be named, and one to be found: 4 + 2·5.
    "next", "1", "4", "next", "", "", "", "14", ":next", "next",
    # Pairs, a card, and a sentence of one's own.
    "next", "5", "1", "2", "1", "", "4", "2", "1", "next", "", "2", "next",
    "How f changes when x1 alone moves.", "1 2", "next",
)  # fmt: skip
"""A whole lesson, with some wrong answers."""


def test_a_whole_lesson_is_worked_through_a_pipe(tmp_path: Path) -> None:
    with PipedTalk(environment(tmp_path)) as talk:
        talk.until_prompt()
        for line in LESSON:
            talk.answer(line)
        assert "this lesson is done" in " ".join(talk.transcript.decode().split())
        assert talk.end() == (0, b"")
        said = talk.transcript.decode()
    if os.environ.get("GDTUTOR_UPDATE_SNAPSHOTS"):
        TRANSCRIPT.parent.mkdir(exist_ok=True)
        TRANSCRIPT.write_text(said, encoding="utf-8")
    assert said == TRANSCRIPT.read_text(encoding="utf-8")


def test_the_same_is_said_in_a_terminal_that_can_do_nothing(tmp_path: Path) -> None:
    variables = environment(tmp_path)
    with PtyProgram([*PLAIN], environment=variables) as program:
        typed = 0
        for line in (*LESSON, "quit"):
            _until_prompt(program, typed)
            typed = program.received
            program.send(f"{line}\n")
        assert program.wait_exit() == 0
        said = program.raw.replace(b"\r\n", b"\n").decode()
        assert program.modes_restored
    assert "\x1b" not in said
    assert "\r" not in said
    assert "\b" not in said
    expected = TRANSCRIPT.read_text(encoding="utf-8")
    ending = "Everything you did is kept.\n"
    assert said == expected.removesuffix(ending) + "quit\n" + ending


def _until_prompt(program: PtyProgram, since: int = 0) -> None:
    ends = tuple(end.strip().encode() + b"\r\n" for end in PROMPT_ENDS)
    program.wait_until(lambda: program.received > since and program.raw.endswith(ends), "a prompt")


def test_every_prompt_stands_on_one_line() -> None:
    prompts = [line for line in TRANSCRIPT.read_text().split("\n") if line.endswith(("or help.", "or :help."))]
    beginnings = (
        "This is the last page. Type ",
        "Type ",
        "Cell ",
        "Pair ",
        "All ",
        "The cell ",
        "Say ",
        "Did you ",
        "Write ",
        "What will ",
    )
    assert len(prompts) > len(LESSON) - 5
    assert all(prompt.startswith(beginnings) for prompt in prompts)


def test_what_was_begun_on_the_screens_is_gone_on_with_here_and_the_other_way_round(tmp_path: Path) -> None:
    screens = {**environment(tmp_path), "TERM": "xterm-256color"}
    with PipedTalk(environment(tmp_path)) as talk:
        talk.until_prompt()
        for line in ("4.4", "page 6", "next", "26"):
            said = talk.answer(line)
        assert "Cell 2 of 7: dE/dw4" in said
        assert talk.end()[0] == 0
    with PtyProgram(TUTOR, environment=screens) as program:
        program.wait_for("Continue", "4.4 All five gradients")
        program.press("enter")
        program.wait_for("1 of 7 cells")
        program.send("312\r")
        program.wait_for("2 of 7 cells")
        program.press("ctrl+c")
        program.wait_exit()
    with PipedTalk(environment(tmp_path)) as talk:
        assert "continue goes on with lesson 4.4 All five gradients" in talk.until_prompt()
        said = talk.answer("continue")
        assert "7 cells to fill in; 2 done." in said
        assert "Cell 3 of 7: dE/dw3" in said


def test_ctrl_c_says_how_to_leave_and_ends_nothing(tmp_path: Path) -> None:
    with PtyProgram([*PLAIN], environment=environment(tmp_path)) as program:
        _until_prompt(program)
        before = program.received
        program.press("ctrl+c")
        program.wait_for("To leave, type quit. Everything you did is kept.")
        _until_prompt(program, before)
        program.send("2.5\nnext\nnext\n")
        program.wait_for("Question: A million sliders.")
        program.send("quit\n")
        assert program.wait_exit() == 0


def test_ctrl_c_stops_a_run(tmp_path: Path) -> None:
    with PtyProgram([*PLAIN], environment=environment(tmp_path), columns=100) as program:
        _until_prompt(program)
        program.send("lab\nspiral\nrun 1000000\n")
        program.wait_for("run 1000000")
        program.rest(0.5)
        program.press("ctrl+c")
        program.wait_for("Stopped.", "adam, step")
        program.send("leave\nquit\n")
        assert program.wait_exit() == 0
    assert b"step 1000000" not in program.raw


def test_the_end_of_the_input_is_a_way_out(tmp_path: Path) -> None:
    with PtyProgram([*PLAIN], environment=environment(tmp_path)) as program:
        _until_prompt(program)
        program.send("4.4\npage 6\nnext\n\x04")
        assert program.wait_exit() == 0
        assert "Everything you did is kept." in program.text()


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_signal_ends_it_and_the_answers_are_kept(number: signal.Signals, tmp_path: Path) -> None:
    with PtyProgram([*PLAIN], environment=environment(tmp_path)) as program:
        _until_prompt(program)
        program.send("4.4\npage 6\nnext\n26\n")
        program.wait_for("Cell 2 of 7")
        program.signal(number)
        assert program.wait_exit(5.0) == 128 + number
    with PipedTalk(environment(tmp_path)) as talk:
        talk.until_prompt()
        assert "1 done." in talk.answer("continue")


def test_it_ends_when_the_terminal_goes(tmp_path: Path) -> None:
    with PtyProgram([*PLAIN], environment=environment(tmp_path)) as program:
        _until_prompt(program)
        program.send("4.4\npage 6\nnext\n")
        program.wait_for("Cell 1 of 7")
        program.hang_up()
        assert program.wait_exit(5.0) in {0, 1, 128 + signal.SIGHUP}


@pytest.mark.parametrize(
    "variables",
    [{"PYTHONIOENCODING": "ascii"}, {"PYTHONIOENCODING": "iso-8859-1"}, {"LC_ALL": "C", "PYTHONUTF8": "0"}, {}],
    ids=["ascii", "latin-1", "C", "utf-8"],
)
def test_every_encoding_will_do(variables: dict[str, str], tmp_path: Path) -> None:
    with PipedTalk(environment(tmp_path, **variables)) as talk:
        talk.until_prompt()
        for line in ("1.4", "page 5", "2.5", "menu", "2.5", "page 5", "1", "2·x1·x2 + 3"):
            said = talk.answer(line)
        assert "Right." in said
        assert talk.end() == (0, b"")
    encoding = variables.get("PYTHONIOENCODING", "utf-8")
    said = talk.transcript.replace("2·x1·x2 + 3".encode(), b"").decode(encoding)
    assert said.isascii() or not variables


def test_an_answer_in_another_encoding_than_the_terminals_is_read(tmp_path: Path) -> None:
    with PipedTalk(environment(tmp_path, PYTHONIOENCODING="iso-8859-1")) as talk:
        talk.until_prompt()
        for line in ("2.5", "page 5", "2"):
            talk.answer(line)
        assert "Right." in talk.answer("x1² + 2·x2".encode("iso-8859-1"))


def test_a_reader_that_goes_away_is_no_fault(tmp_path: Path) -> None:
    command = f"printf 'lessons 1\\n%.0s' $(seq 2000) | {' '.join(PLAIN)} | head -3; echo ${{PIPESTATUS[1]}}"
    done = subprocess.run(
        ["bash", "-c", command], capture_output=True, check=False, text=True, env=environment(tmp_path), timeout=60
    )
    assert done.stdout.splitlines()[-1] == "0"
    assert done.stderr == ""


def test_settings_are_heeded(tmp_path: Path) -> None:
    variables = environment(tmp_path)
    folder = Path(variables["GDTUTOR_HOME"])
    folder.mkdir()
    (folder / "settings.toml").write_text("[display]\nascii = true\nasci = true\n")
    with PipedTalk(variables) as talk:
        assert "settings.toml:3" in talk.until_prompt()
        talk.answer("1.4")
        assert talk.transcript.isascii()
        assert talk.end() == (0, b"")


def test_options_are_checked(tmp_path: Path) -> None:
    def run(*options: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*PLAIN, *options],
            capture_output=True,
            check=False,
            text=True,
            env=environment(tmp_path),
            stdin=subprocess.DEVNULL,
            timeout=60,
        )

    assert run("--width", "9").returncode == 2
    assert "write a number of columns from 20 to 78" in run("--width", "wide").stderr
    narrow = run("--width", "30", "--ascii")
    assert narrow.returncode == 0
    assert max(map(len, narrow.stdout.splitlines())) <= 30
    assert "example: gdtutor plain" in run("--help").stdout
    missing = run("--lessons", str(tmp_path / "nowhere"))
    assert missing.returncode == 1
    assert "course.md" in missing.stderr
