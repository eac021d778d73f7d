"""The progress bar of `gdtutor train`, with a clock and a terminal of its own."""

from __future__ import annotations

import io
from itertools import count

import pytest

from tutor.train.progress import Progress


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def screen(written: str) -> str:
    """Return what one line shows after all that was written."""
    shown: list[str] = []
    place = 0
    for character in written:
        assert character >= " " or character == "\r"
        if character == "\r":
            place = 0
        else:
            shown[place : place + 1] = [character]
            place += 1
    return "".join(shown).rstrip()


def test_the_bar_grows_and_leaves_nothing() -> None:
    stream, time = Terminal(), count()
    progress = Progress(stream, 4, lambda: float(next(time)), 60)
    progress.show(1, 0.123456)
    assert screen(stream.getvalue()) == "[#######----------------------] epoch 1 of 4, loss 0.1235"
    progress.show(4, 12.5)
    assert screen(stream.getvalue()) == "[###############################] epoch 4 of 4, loss 12.5"
    progress.erase()
    assert screen(stream.getvalue()) == ""
    assert stream.getvalue().endswith("\r")


@pytest.mark.parametrize("columns", [5, 20, 30, 80, 200])
def test_the_bar_never_fills_the_line(columns: int) -> None:
    stream, time = Terminal(), count()
    progress = Progress(stream, 1000, lambda: float(next(time)), columns)
    for epoch in range(1, 20):
        progress.show(epoch * 50, 1.0)
        assert len(screen(stream.getvalue() + "^C")) < columns
    stream.write("^C")
    progress.erase()
    assert screen(stream.getvalue()) == ""


def test_it_is_drawn_at_most_twenty_times_a_second() -> None:
    stream, time = Terminal(), count()
    progress = Progress(stream, 1000, lambda: next(time) / 1000, 80)
    for epoch in range(1000):
        progress.show(epoch, 1.0)
    assert 18 <= stream.getvalue().count("\r") <= 20


def test_it_is_silent_where_there_is_no_terminal() -> None:
    stream, time = io.StringIO(), count()
    progress = Progress(stream, 4, lambda: float(next(time)), 80)
    progress.show(1, 0.1)
    progress.erase()
    assert stream.getvalue() == ""
