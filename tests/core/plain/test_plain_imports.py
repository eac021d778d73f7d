"""What the conversation loads: never the screens' toolkit, and little before the first line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import tutor.plain

_RUN = """
import sys
from tutor.cli import main
status = main(["plain"])
print(*sys.modules, file=sys.stderr)
sys.exit(status)
"""
EVERYWHERE = (
    "progress", "practice", "section 2", "practise 16", ":show", ":menu", "test", "skip", "menu", "lab", "xor", "step",
    "menu", "lab", "bowl", "step", "hand", "leave", "back", "search gradient", "glossary loss", "conventions", "2.5",
    "page 2", "page 3", "1", "x1 +", ":back", "page 4", "1", "24", ":back", "page 7", "1", "back", "today", "menu",
    "workbench", "f = x^2", "x = 3", ":done", "work", "9", ":back", "leave", ":quit",
)  # fmt: skip


def loaded(tmp_path: Path, *lines: str) -> set[str]:
    """Return the modules that a whole conversation has loaded."""
    typed = "".join(f"{line}\n" for line in lines)
    environment = {**os.environ, "GDTUTOR_HOME": str(tmp_path), "TERM": "dumb"}
    command = [sys.executable, "-c", _RUN]
    done = subprocess.run(command, input=typed, capture_output=True, text=True, check=True, env=environment, timeout=60)
    return set(done.stderr.split())


def test_no_conversation_loads_the_toolkit_of_the_screens(tmp_path: Path) -> None:
    modules = loaded(tmp_path, *EVERYWHERE)
    assert not {name.partition(".")[0] for name in modules} & {"textual", "rich"}
    own = {path.stem for path in Path(tutor.plain.__file__).parent.glob("*.py")} - {"__init__"}
    assert own <= {name.removeprefix("tutor.plain.") for name in modules if name.startswith("tutor.plain.")}


def test_the_beginning_needs_no_numerics(tmp_path: Path) -> None:
    roots = {name.partition(".")[0] for name in loaded(tmp_path, "lessons", "glossary loss")}
    assert not roots & {"numpy", "sympy", "fsrs"}
