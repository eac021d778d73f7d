"""What is typed and how it is understood: commands by their first letters, the colon, the ways out."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pupil import Scripted

from tutor.plain.ears import Ears
from tutor.plain.talk import EndOfTalk, Talk, ToMenu, Typed, listed, numbers_in

if TYPE_CHECKING:
    from collections.abc import Iterator

COMMANDS = {"show": "show it", "skip": "skip it", "next NUMBER": "go on", "hint": "hint"}


def asked(*lines: str, colon: bool = False) -> tuple[Typed, str]:
    """Return what a question gets for lines, and what is said meanwhile."""
    out = io.StringIO()
    typed = Talk(out, Scripted(iter(lines))).ask("What now?", COMMANDS, colon=colon)
    return typed, out.getvalue()


@pytest.mark.parametrize(
    ("line", "typed"),
    [
        ("show", Typed("show", "")),
        ("SH", Typed("show", "")),
        ("n 3", Typed("next", "3")),
        ("  next   3  ", Typed("next", "3")),
        (":next 3", Typed("next", "3")),
        ("h", Typed("hint", "")),  # the commands of the place go before help
        ("12", Typed("", "12")),
        ("xyz", Typed("", "xyz")),
        ("w1 +", Typed("", "w1 +")),
        ("", Typed("", "")),
    ],
)
def test_the_first_letters_of_a_command_are_enough(line: str, typed: Typed) -> None:
    assert asked(line)[0] == typed


def test_letters_of_two_commands_are_asked_back() -> None:
    typed, said = asked("s", "sk")
    assert typed == Typed("skip", "")
    assert "“s” could be show or skip. Type more of it." in said


def test_behind_a_colon_alone_letters_are_commands() -> None:
    assert asked("s", colon=True)[0] == Typed("", "s")
    assert asked("show", colon=True)[0] == Typed("", "show")
    assert asked(":show", colon=True)[0] == Typed("show", "")
    typed, said = asked(":s", ":foo", ":", "quit", colon=True)
    assert typed == Typed("", "quit")
    assert "could be :show or :skip" in said
    assert "There is no command :foo here." in said


@pytest.mark.parametrize("colon", [False, True])
def test_every_question_can_be_helped_and_left(*, colon: bool) -> None:
    sign = ":" if colon else ""
    _, said = asked("?", f"{sign}help", "7", colon=colon)
    assert said.count(f"{sign}next NUMBER: go on.") == 2
    assert said.count(f"{sign}quit: leave; what you did is kept.") == 2
    with pytest.raises(EndOfTalk):
        asked(f"{sign}quit", colon=colon)
    with pytest.raises(ToMenu):
        asked(f"{sign}menu", colon=colon)
    with pytest.raises(EndOfTalk):
        asked(colon=colon)


def test_a_question_is_repeated() -> None:
    out = io.StringIO()
    talk = Talk(out, Scripted(iter(["repeat", "1"])))
    talk.ask("What now?", COMMANDS, again=lambda: talk.say("All of it."))
    assert out.getvalue() == "What now?\nAll of it.\nWhat now?\n"


def test_a_line_that_is_too_long_is_not_taken() -> None:
    typed, said = asked("1" * 2001, "2")
    assert typed == Typed("", "2")
    assert "This line is too long" in said


class _Restless:
    """Interrupts twice before it types."""

    def __init__(self) -> None:
        self._acts: Iterator[str] = iter(["", "", "1"])

    def hear(self) -> str | None:
        line = next(self._acts)
        if not line:
            raise KeyboardInterrupt
        return line

    def take_interruption(self) -> bool:
        return False


@pytest.mark.parametrize(("colon", "word"), [(False, "quit"), (True, ":quit")])
def test_an_interruption_says_how_to_leave(*, colon: bool, word: str) -> None:
    out = io.StringIO()
    assert Talk(out, _Restless()).ask("What now?", COMMANDS, colon=colon) == Typed("", "1")
    assert out.getvalue().count(f"To leave, type {word}. Everything you did is kept.") == 2


@given(st.permutations(range(1, 10)), st.sampled_from([" ", ",", ", ", ""]))
def test_numbers_are_read_however_they_are_set_apart(numbers: list[int], between: str) -> None:
    assert numbers_in(between.join(map(str, numbers)), 9) == numbers


@given(st.text(max_size=20))
def test_no_text_is_taken_for_numbers_that_there_are_not(text: str) -> None:
    numbers = numbers_in(text, 4)
    assert numbers is None or (set(numbers) <= {1, 2, 3, 4} and len(set(numbers)) == len(numbers) > 0)


def test_words_are_listed() -> None:
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"], "or") == "a, b or c"


# -- ears


class _Stream(io.TextIOWrapper):
    def __init__(self, data: bytes, encoding: str) -> None:
        super().__init__(io.BytesIO(data), encoding=encoding)


@pytest.mark.parametrize(
    ("data", "encoding", "line"),
    [
        ("x²\r\n".encode(), "utf-8", "x²"),
        ("x²\n".encode(), "ascii", "x²"),
        ("x²\n".encode("latin-1"), "iso-8859-1", "x²"),
        ("x²\n".encode(), "iso-8859-1", "x²"),
        (b"x\xb2\n", "utf-8", "x\ufffd"),
        (b"no end", "utf-8", "no end"),
        (b"\x00\x1b[2J\n", "utf-8", "\x00\x1b[2J"),
    ],
)
def test_lines_are_heard_in_any_encoding(data: bytes, encoding: str, line: str) -> None:
    ears = Ears(_Stream(data, encoding))
    assert ears.hear() == line
    assert ears.hear() is None


def test_a_line_without_end_fills_no_memory() -> None:
    ears = Ears(_Stream(b"1" * 1_000_000 + b"\nnext\n", "utf-8"))
    line = ears.hear()
    assert line is not None
    assert 2000 < len(line) <= 20_000
    assert ears.hear() == "next"


def test_an_interruption_outside_of_a_question_is_noted_and_told_at_the_next_one() -> None:
    ears = Ears(_Stream(b"1\n", "utf-8"))
    ears.interrupt()
    with pytest.raises(KeyboardInterrupt):
        ears.hear()
    assert ears.hear() == "1"
    ears.interrupt()
    assert ears.take_interruption()
    assert not ears.take_interruption()
