"""What is loaded when: the command starts light, the core never meets Textual, SymPy stays in one module."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("textual", "rich", "numpy", "sympy", "mpmath", "markdown_it", "tomllib", "sqlite3")


def loaded(statement: str) -> set[str]:
    """Return the packages that a fresh interpreter has loaded after a statement."""
    code = f"import sys; {statement}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_command_loads_nothing_heavy() -> None:
    assert not loaded("import tutor.cli") & set(HEAVY)


def test_help_loads_nothing_heavy() -> None:
    code = "import sys, contextlib, tutor.cli\nwith contextlib.suppress(SystemExit): tutor.cli.main(['--help'])\n"
    code += "print(*{name.partition('.')[0] for name in sys.modules}, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "derive" in done.stdout
    assert not set(done.stderr.split()) & set(HEAVY)


@pytest.mark.parametrize(
    "module",
    ["mathematics.worksheet", "mathematics.report", "course.loader", "course.numbers", "learner.store", "draw.prose"],
)
def test_the_core_knows_no_screen(module: str) -> None:
    assert not loaded(f"import tutor.{module}") & {"textual", "rich"}


def test_checking_an_answer_needs_no_sympy() -> None:
    statement = "import tutor.mathematics.worksheet, tutor.mathematics.checking.requests, tutor.mathematics.child"
    assert "sympy" not in loaded(statement)


def test_home_needs_none_of_the_mathematics() -> None:
    assert not loaded("import tutor.tui.program") & {"sympy", "mpmath", "numpy"}


def test_home_needs_nothing_of_what_is_practised() -> None:
    assert not loaded("import tutor.tui.program") & {"fsrs", "markdown_it", "statistics", "tomllib"}
