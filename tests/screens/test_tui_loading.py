"""What is loaded when: a refusal needs no Textual, the first frame nothing of lessons and mathematics."""

from __future__ import annotations

import subprocess
import sys


def loaded(module: str) -> set[str]:
    """Return the modules that a fresh interpreter has loaded after importing one."""
    code = f"import sys, {module}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_a_terminal_is_looked_at_without_textual() -> None:
    assert not {name.partition(".")[0] for name in loaded("tutor.tui.run")} & {"textual", "rich", "sqlite3"}


def test_home_is_drawn_before_lessons_and_mathematics_are_loaded() -> None:
    modules = loaded("tutor.tui.program")
    assert "tutor.tui.screens.home" in modules
    assert not [name for name in modules if name.startswith("tutor.mathematics")]
    assert not {"tutor.tui.screens.lesson", "tutor.tui.screens.worksheet", "tutor.course.pages"} & modules
    assert not {name.partition(".")[0] for name in modules} & {"sympy", "mpmath", "numpy", "markdown_it", "tomllib"}
