"""The palette, copying, writing a page to a file, keys of one's own, further courses."""

from __future__ import annotations

import re
from base64 import b64decode
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from stage import FIVE_WEIGHTS, NOW, Shown, Stage, run
from textual.drivers.headless_driver import HeadlessDriver

from tutor.mathematics.problem import load_problem
from tutor.settings.model import KeyWish
from tutor.study.further import further_courses
from tutor.terminal import Terminal
from tutor.tui.app import TutorApp
from tutor.tui.keyboard.remapping import remap
from tutor.tui.link.clipboard import LARGEST, CopyError, clipboard_sequence
from tutor.tui.pages.file import PageFileError, write_page_file
from tutor.tui.reference import ReferenceShelf
from tutor.tui.screens.home import HomeScreen
from tutor.tui.screens.practice import practice_screen

if TYPE_CHECKING:
    from tutor.study.services import Services
    from tutor.tui.screens.base import TutorScreen

OSC_52 = re.compile(r"\x1b\]52;c;([A-Za-z0-9+/=]*)\a")


def five_weights(services: Services) -> TutorScreen:
    return practice_screen(services, load_problem(FIVE_WEIGHTS), FIVE_WEIGHTS.read_bytes())


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Collect what is sent to the terminal."""
    written: list[str] = []
    monkeypatch.setattr(HeadlessDriver, "write", lambda _, data: written.append(data))
    monkeypatch.setenv("TERM", "xterm-256color")
    for name in ("TMUX", "STY"):
        monkeypatch.delenv(name, raising=False)
    return written


async def do(shown: Shown, name: str) -> None:
    """Do something by the palette."""
    await shown.press("ctrl+k")
    await shown.type(name)
    await shown.press("enter")


def test_the_palette_shows_what_can_be_done_with_its_key_and_does_it(stage: Stage) -> None:
    async def play() -> None:
        async with stage.show() as shown:
            await shown.press("colon")
            (search,) = (line for line in shown.lines if "Search lessons" in line)
            assert search.endswith(" /")
            assert "Bring back" not in shown.text  # nothing was put aside
            await shown.type("glossary")
            assert "Open what the cursor is on." not in shown.text
            await shown.press("escape")
            assert "gdtutor" in shown.lines[0]
            await do(shown, "conv")
            await shown.wait_for("Conventions")
            await shown.press("ctrl+k")
            await shown.type("xyzzy")
            assert "Nothing that can be done here is called “xyzzy”." in shown.text
            await shown.press("enter")

    run(play())


def test_a_lesson_is_begun_anew_from_its_own_rows_and_pages(stage: Stage) -> None:
    async def play() -> None:
        async with stage.show() as shown:

            async def is_offered() -> bool:
                await shown.press("colon")
                offered = "Begin this lesson anew" in shown.text
                await shown.press("escape")
                return offered

            assert await is_offered()
            await shown.press("down")
            assert "> Today" in shown.text
            assert not await is_offered()
            before = shown.text
            await shown.press("r")
            assert shown.text == before
            await shown.press("up", "enter")
            await shown.wait_for("page 1 of")
            assert await is_offered()

    run(play())


def test_in_a_worksheet_the_palette_is_reached_while_letters_are_typed(stage: Stage) -> None:
    async def play() -> None:
        async with stage.show(five_weights) as shown:
            await shown.wait_for("∂E/∂w1")
            await shown.type("25:")
            await shown.wait_for("25:_")
            await do(shown, "fill in this")
            await shown.wait_for("1 of 34")

    run(play())


@pytest.mark.parametrize("ascii_only", [False, True])
@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
def test_the_palette_fits(stage: Stage, size: tuple[int, int], *, ascii_only: bool) -> None:
    async def play() -> None:
        async with stage.on(Terminal(unicode=not ascii_only)).show(size=size) as shown:
            await shown.press("ctrl+k")
            assert "> Open what the cursor is on." in shown.text
            await shown.press("up", *["down"] * 30)
            assert "> Leave gdtutor." in shown.text
            assert not ascii_only or shown.text.isascii()

    run(play())


def test_copying_a_page_sends_its_text_and_says_so_until_the_next_key(stage: Stage, sent: list[str]) -> None:
    async def play() -> None:
        async with stage.show() as shown:
            lines = shown.lines
            await do(shown, "copy")
            assert "were sent to the clipboard" in shown.lines[-1]
            (data,) = OSC_52.findall("".join(sent))
            text = b64decode(data).decode()
            assert text.splitlines() == "\n".join(lines[:-1]).rstrip().splitlines()
            assert f"{len(text)} characters" in shown.lines[-1]
            await shown.press("down")
            assert "? keys" in shown.lines[-1]

    run(play())


def test_in_a_worksheet_the_cell_and_what_is_said_are_copied(stage: Stage, sent: list[str]) -> None:
    async def play() -> None:
        async with stage.show(five_weights) as shown:
            await shown.wait_for("∂E/∂w1")
            await shown.type("7")
            await shown.press("enter")
            await shown.wait_for(" x")
            await do(shown, "copy")
            text = b64decode(OSC_52.findall("".join(sent))[0]).decode()
            assert text.startswith("h1 = 7\n")
            assert len(text.splitlines()) > 1

    run(play())


def test_a_long_page_is_copied_as_a_whole(stage: Stage, sent: list[str]) -> None:
    async def play() -> None:
        async with stage.show(five_weights, size=(80, 12)) as shown:
            await shown.wait_for("h1")
            await shown.press("question_mark")
            assert "Leave gdtutor" not in shown.text
            await do(shown, "copy")
            assert "Leave gdtutor" in b64decode(OSC_52.findall("".join(sent))[0]).decode()

    run(play())


def test_where_there_is_no_clipboard_that_is_said(
    stage: Stage, sent: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def play() -> None:
        async with stage.show() as shown:
            monkeypatch.setenv("TERM", "linux")
            await do(shown, "copy")
            assert "This terminal has no clipboard. Write the page to a file instead." in shown.lines[-1]
            assert not OSC_52.findall("".join(sent))

    run(play())


def test_the_sequence_is_one_that_each_terminal_hands_on() -> None:
    plain = clipboard_sequence("∂E", {"TERM": "xterm"})
    assert plain == "\x1b]52;c;4oiCRQ==\a"
    in_tmux = clipboard_sequence("∂E", {"TERM": "tmux-256color", "TMUX": "/tmp/tmux,1,0"})
    assert in_tmux == plain + "\x1bPtmux;\x1b\x1b]52;c;4oiCRQ==\a\x1b\\"
    text = "x" * 1000
    in_screen = clipboard_sequence(text, {"TERM": "screen", "STY": "1.pts"})
    pieces = re.findall(r"\x1bP(.*?)\x1b\\", in_screen, re.DOTALL)
    assert "".join(pieces) == clipboard_sequence(text, {"TERM": "xterm"})
    assert max(map(len, pieces)) <= 250
    assert clipboard_sequence("x" * LARGEST, {"TERM": "xterm"})
    for text, term in (("x" * (LARGEST + 1), "xterm"), ("x", "linux"), ("x", "vt100")):
        with pytest.raises(CopyError):
            clipboard_sequence(text, {"TERM": term})


def test_a_page_is_written_to_a_new_file_and_never_over_an_old_one(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "old.txt").write_text("old")

    async def play() -> None:
        async with stage.show() as shown:
            title = shown.lines[0].strip()
            await do(shown, "file")
            await shown.press("ctrl+u")
            await shown.type("old.txt")
            await shown.press("enter")
            await shown.wait_for("Type another name.")
            await shown.press("ctrl+u")
            await shown.type("new.txt")
            await shown.press("enter")
            await shown.wait_for("Written to ")
            assert (tmp_path / "old.txt").read_text() == "old"
            assert (tmp_path / "new.txt").read_text(encoding="utf-8").splitlines()[0].strip() == title

    run(play())


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "Type a name"),
        ("none/page.txt", "There is no folder"),
        (".", "already"),
        ("a\0b", "cannot be written"),
        ("x" * 300, "cannot be written"),
        ("~nobody-of-this-name/page.txt", "no such folder"),
    ],
)
def test_a_file_that_cannot_be_written_is_told(
    name: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(PageFileError, match=said):
        write_page_file(name, "text")
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_left_of_a_file_that_could_not_be_finished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tutor.tui.pages.file.os.fsync", full)
    with pytest.raises(PageFileError, match="No space left"):
        write_page_file(str(tmp_path / "page.txt"), "text")
    assert list(tmp_path.iterdir()) == []


def test_without_a_shell_suspending_says_so(stage: Stage) -> None:
    async def play() -> None:
        async with stage.show() as shown:
            await shown.press("ctrl+z")
            assert "Nothing could bring gdtutor back here" in shown.lines[-1]

    run(play())


def test_keys_of_ones_own_are_obeyed_and_shown(stage: Stage) -> None:
    keymap, faults = remap({"hint": KeyWish(("f11", "y"), Path("settings.toml"), 1)})
    assert not faults

    async def play() -> None:
        app = TutorApp(lambda: five_weights(stage.services), ReferenceShelf(stage.services), keymap=keymap)
        async with app.run_test(size=(80, 24)) as pilot:
            shown = Shown(app, pilot)
            await shown.wait_for("F11 hint")
            await shown.press("f2")
            assert " hint  " not in shown.text
            await shown.press("f11")
            await shown.wait_for(" hint  ")
            await shown.press("question_mark")
            await shown.wait_for("F11 or ? y")
            await shown.press("y")
            await shown.wait_for("F11 hint")

    run(play())


def with_more(stage: Stage, *folders: Path) -> Stage:
    return Stage(replace(stage.services, further=tuple(further_courses(folders)), notice="settings.toml:1: a fault"))


def test_a_further_course_has_a_map_of_its_own_and_a_faulty_one_says_so(stage: Stage, tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "broken").mkdir()
    (tmp_path / "more" / "course.md").write_text("---\ntitle: Ours\nsection-1: Only one\n---\n")
    lesson = "---\nid: ours-first\ntitle: Our first\nsection: 1\nneeds: []\nskills: []\n---\n\n## A page\n\nHello.\n"
    (tmp_path / "more" / "1-1-our-first.md").write_text(lesson)

    async def play() -> None:
        staged = with_more(stage, tmp_path / "more", tmp_path / "broken", tmp_path / "more")
        async with staged.show(HomeScreen) as shown:
            assert "settings.toml:1: a fault" in shown.text
            assert shown.text.count("More: Ours") == 1
            await shown.press("pagedown")
            assert "> More: broken" in shown.text
            await shown.press("enter")
            await shown.wait_for("This lesson has a fault")
            await shown.press("escape", "up", "enter")
            await shown.wait_for("0 of 1 lessons done")
            assert shown.lines[0].strip().startswith("Ours")
            assert "Workbench" not in shown.text
            await shown.press("enter")
            await shown.wait_for("page 1 of")
            await shown.press("escape")
            await shown.wait_for("Continue")
            await shown.press("escape")
            await shown.wait_for("More: Ours")

    run(play())


def test_the_minutes_of_a_session_are_those_of_the_settings(stage: Stage) -> None:
    from tutor.practice.session import current_session  # noqa: PLC0415 - only this test needs the practice
    from tutor.study.practice.errands import Today  # noqa: PLC0415
    from tutor.study.practice.learner import Learner  # noqa: PLC0415

    learner = Learner(replace(stage.services, minutes=40))
    today = Today(learner)
    today.next()
    session = current_session(learner.record(), NOW, 40)
    assert session is not None
    assert session.limit == 40
    assert today._session().limit == 40
    today.go_on()
    assert today._session().limit == 80
    assert today._session().goes_on
