"""What the screens may use in which terminal."""

from __future__ import annotations

import pytest

from tutor.terminal import Terminal, TerminalRefusedError, look_at_terminal

XTERM = {"TERM": "xterm-256color"}


@pytest.mark.parametrize(
    ("environment", "encoding", "unicode"),
    [
        ({"LANG": "en_GB.UTF-8"}, "utf-8", True),
        ({"LANG": "C.UTF-8"}, "UTF-8", True),
        ({}, "utf-8", True),
        ({"TMUX": "/tmp/tmux"}, "utf-8", False),
        ({"STY": "1.pts"}, "utf-8", False),
        ({"TMUX": "/tmp/tmux", "LANG": "C.UTF-8"}, "utf-8", True),
        ({"LANG": "C"}, "utf-8", False),
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, "utf-8", False),  # LC_CTYPE is entered by Python itself
        ({"LC_ALL": "POSIX", "LANG": "en_GB.UTF-8"}, "utf-8", False),
        ({"LC_ALL": "C.UTF-8", "LANG": "C"}, "utf-8", True),
        ({"LC_CTYPE": "de_DE.UTF-8", "LANG": "C"}, "utf-8", True),
        ({"LANG": "de_DE.ISO-8859-1"}, "iso8859-1", False),
        ({"LANG": "de_DE.ISO-8859-1", "LC_CTYPE": "C.UTF-8"}, "utf-8", False),  # brought along, but not installed here
        ({"LANG": "de_DE"}, "utf-8", False),
        ({"LANG": "ca_ES.utf8@valencia"}, "utf-8", True),
        ({"LC_CTYPE": "UTF-8"}, "utf-8", True),
        ({"LANG": "C.UTF-8", "TERM": "vte-256color"}, "utf-8", True),
        ({"LANG": "C.UTF-8"}, "ascii", False),
        ({"LANG": "C.UTF-8", "TERM": "linux"}, "utf-8", False),
        ({"LANG": "C.UTF-8", "TERM": "screen"}, "utf-8", True),
    ],
)
def test_unicode_where_it_arrives(environment: dict[str, str], encoding: str, unicode: bool) -> None:
    assert look_at_terminal({**XTERM, **environment}, encoding) == Terminal(colour=True, unicode=unicode)


@pytest.mark.parametrize("term", ["vt100", "vt220"])
def test_a_terminal_of_letters_in_one_colour(term: str) -> None:
    assert look_at_terminal({"TERM": term, "LANG": "C.UTF-8"}, "utf-8") == Terminal(colour=False, unicode=False)


@pytest.mark.parametrize("term", ["xterm-mono", "linux-m"])
def test_one_colour(term: str) -> None:
    assert not look_at_terminal({"TERM": term, "LANG": "C.UTF-8"}, "utf-8").colour


def test_the_learner_decides_against_both() -> None:
    environment = {**XTERM, "LANG": "C.UTF-8"}
    assert look_at_terminal(environment, "utf-8", no_color=True) == Terminal(colour=False)
    assert look_at_terminal(environment, "utf-8", ascii_only=True) == Terminal(unicode=False)
    assert look_at_terminal({**environment, "NO_COLOR": "1"}, "utf-8") == Terminal(colour=False)
    assert look_at_terminal({**environment, "NO_COLOR": ""}, "utf-8") == Terminal()


@pytest.mark.parametrize("term", ["dumb", "unknown", ""])
def test_without_a_cursor_there_is_no_screen(term: str) -> None:
    with pytest.raises(TerminalRefusedError, match=r"cannot move its cursor.*gdtutor plain"):
        look_at_terminal({"TERM": term}, "utf-8")


def test_without_a_terminal_there_is_no_screen() -> None:
    with pytest.raises(TerminalRefusedError, match=r"needs a terminal.*gdtutor plain"):
        look_at_terminal(XTERM, "utf-8", interactive=False)
