"""From the command line to the screens: looks at the terminal before anything heavy is loaded."""

import gc
import os
import sys
from pathlib import Path

from tutor.tui.terminal import TerminalRefusedError, look_at_terminal

FAULT, USAGE = 1, 2
"""Exit statuses: a file has a fault; the command cannot be used like this."""


def run_tutor(
    *,
    problem_file: Path | None = None,
    lessons: Path | None = None,
    ascii_only: bool = False,
    no_color: bool = False,
) -> int:
    """Show the screens until the learner leaves, and return the exit status.

    With a problem file, that is what is worked on, instead of the course. lessons is the folder of the course, where it
    is another one than the one that comes with gdtutor.
    """
    try:
        terminal = look_at_terminal(
            os.environ,
            sys.stderr.encoding,
            interactive=sys.stdin.isatty() and sys.stderr.isatty(),
            no_color=no_color,
            ascii_only=ascii_only,
        )
    except TerminalRefusedError as error:
        return say(f"gdtutor: {error}", USAGE)
    gc.disable()  # until the first frame: nearly all that is loaded stays, and looking through it costs 7 %
    from tutor.tui.program import show_tutor  # noqa: PLC0415 - Textual is loaded only for a terminal that can show it

    return show_tutor(terminal, problem_file, lessons)


def say(text: str, status: int) -> int:
    """Write a message for the learner, if there is one, and return the exit status given."""
    if text:
        sys.stderr.write(f"{text}\n")
    return status
