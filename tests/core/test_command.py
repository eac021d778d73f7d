"""What the command says when the machine refuses something that no part of it expected."""

from __future__ import annotations

import subprocess
import sys

import pytest

PLANT = """
import sys
import tutor.commands
def refused(arguments):
    raise {error}
tutor.commands.run_command = refused
from tutor.cli import main
sys.exit(main(["doctor"]))
"""


@pytest.mark.parametrize(
    ("error", "said"),
    [
        ("PermissionError(13, 'Permission denied', 'notes.toml')", "notes.toml cannot be used: Permission denied."),
        ("OSError(28, 'No space left on device')", "the output cannot be written: No space left on device."),
    ],
)
def test_what_is_refused_is_named(error: str, said: str) -> None:
    command = [sys.executable, "-c", PLANT.format(error=error)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == f"gdtutor: {said}\n"
    assert not done.stdout
