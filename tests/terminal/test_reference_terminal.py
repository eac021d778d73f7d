"""Glossary, search and self-test of the real course in a real terminal: keys sent at once, and what comes back."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from pty_driver import PtyProgram

ROOT = Path(__file__).parents[2]
TUTOR = (sys.executable, "-m", "tutor.cli")


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    return {"GDTUTOR_HOME": str(tmp_path / "home"), "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)}


def test_a_word_is_looked_up_in_one_packet_of_keys(home: dict[str, str]) -> None:
    with PtyProgram(TUTOR, environment=home) as program:
        program.wait_for("Start")
        program.send("glearning rate\r")
        program.wait_for("Glossary: learning rate", "See also")
        program.press("escape")
        program.wait_for("learning rate_")
        program.press("escape")
        program.wait_for("> Start")


def test_a_search_leads_to_a_page_and_back_to_where_one_was(home: dict[str, str]) -> None:
    with PtyProgram(TUTOR, environment=home, columns=40, rows=12) as program:
        program.wait_for("Start")
        program.press("enter")
        program.wait_for("page 1 of")
        program.send("n")
        before = program.wait_at_rest("page 2 of")
        program.send("/w₁ two suspects".replace("₁", "1"))
        program.wait_for("found", "4.3 Two suspects")
        program.press("enter")
        program.wait_for("4.3 Two suspects", "page")
        program.press("escape")
        program.wait_for("w1 two suspects_")
        program.press("escape")
        program.wait_until(lambda: program.text() == before, "the page as it was")


def test_typing_in_the_search_costs_few_bytes_for_what_changes(home: dict[str, str]) -> None:
    with PtyProgram(TUTOR, environment=home) as program:
        program.wait_at_rest("Start", "nothing due")
        program.send("/zzzz")
        program.wait_for("Nothing found", "zzzz_")
        assert program.bytes_for("z") < 250  # the line alone is sent


@pytest.mark.parametrize("options", [(), ("--ascii",)])
def test_the_self_test_begins_and_is_there_after_a_crash(options: tuple[str, ...], home: dict[str, str]) -> None:
    with PtyProgram((*TUTOR, *options), environment=home) as program:
        program.wait_for("Self-test")
        program.press(*["down"] * 40)
        program.press("enter")
        program.wait_for("page 1 of")
        program.send("n")
        before = program.wait_at_rest("page 2 of", "1 Say what learning is")
        assert all(ord(character) < 128 for character in before) or not options
        program.kill()
    with PtyProgram((*TUTOR, *options), environment=home) as program:
        program.wait_for("> Continue", "Self-test", "begun")
        program.press("enter")
        program.wait_until(lambda: program.text() == before, "the very page, with the same question")
