"""From the command line to the screens: looks at the terminal before anything heavy is loaded."""

import gc
import os
import shlex
import sys
from pathlib import Path

from tutor.exit_status import USAGE
from tutor.settings.start import settings_in_force
from tutor.terminal import LINE_MODE, TerminalRefusedError, look_at_terminal

_UNUSED = ("ssl", "linkify_it")
"""What asyncio needs for encrypted connections, 2.5 MB, and markdown-it to find addresses of the web in a text."""


def run_tutor(
    *,
    problem_file: Path | None = None,
    lessons: Path | None = None,
    ascii_only: bool = False,
    no_color: bool = False,
) -> int:
    """Show the screens until the learner leaves, and return the exit status.

    With a problem file, that is what is worked on, instead of the course. lessons is the folder of the course, where it
    is another one than the one that comes with gdtutor. What is not said here is as the settings say.
    """
    settings = settings_in_force(os.environ)
    try:
        terminal = look_at_terminal(
            os.environ,
            sys.stderr.encoding,
            interactive=sys.stdin.isatty() and sys.stderr.isatty(),
            no_color=no_color or settings.color is False,
            ascii_only=ascii_only or settings.ascii is True,
        )
    except TerminalRefusedError as error:
        line_mode = LINE_MODE if problem_file is None else f"{LINE_MODE} {shlex.quote(str(problem_file))}"
        return say(f"gdtutor: {error}".replace(LINE_MODE, line_mode), USAGE)
    _leave_out(*_UNUSED)
    gc.disable()  # until the first frame: nearly all that is loaded stays, and looking through it costs 7 %
    # Textual is loaded only for a terminal that can show it.
    from tutor.tui.link.ending import end_at_once  # noqa: PLC0415
    from tutor.tui.program import show_tutor  # noqa: PLC0415

    status = show_tutor(terminal, problem_file, lessons, settings)
    end_at_once(status)
    return status


def _leave_out(*unused: str) -> None:
    """Keep libraries from loading what they can do without: what is None in sys.modules cannot be imported."""
    for name in unused:
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]


def say(text: str, status: int) -> int:
    """Write a message for the learner, if there is one, and return the exit status given."""
    if text:
        sys.stderr.write(f"{text}\n")
    return status
