"""The screens with all that they need: the course, the store, derivations, and an orderly end."""

import asyncio
import gc
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tutor.course.error import LessonError
from tutor.course.loader import lessons_folder, load_course
from tutor.learner.home import data_folder
from tutor.learner.store import open_store
from tutor.tui.app import TutorApp
from tutor.tui.derivations import Derivations
from tutor.tui.ending import Ending
from tutor.tui.reference import ReferenceShelf
from tutor.tui.run import FAULT, say
from tutor.tui.screens.base import TutorScreen
from tutor.tui.screens.home import HomeScreen
from tutor.tui.services import Services
from tutor.tui.terminal import Terminal

_GIVE_WAY = 0.001
"""Seconds after which a thread that calculates gives way to a key that was pressed."""

if TYPE_CHECKING:
    from tutor.mathematics.derivation import Derivation
    from tutor.mathematics.problem import Problem


class FaultyProblemError(Exception):
    """The problem file has a fault; the text is that of the mathematics' own error."""


def show_tutor(terminal: Terminal, problem_file: Path | None, lessons: Path | None = None) -> int:
    """Show the screens until the learner leaves, and return the exit status; lessons is a folder of one's own."""
    try:
        first_screen = _practice(problem_file) if problem_file else HomeScreen
        course = load_course(lessons or lessons_folder())
    except (LessonError, FaultyProblemError) as error:
        return say(f"gdtutor: {error}", FAULT)
    store = open_store(data_folder(os.environ), now)
    services = Services(terminal, course, store, now, Derivations(_derive))
    try:
        return _show(lambda: first_screen(services), ReferenceShelf(services))
    finally:
        store.close()
        say(store.take_notice() or "", 0)


def now() -> datetime:
    """Return the time in UTC."""
    return datetime.now(UTC)


def _practice(path: Path) -> Callable[[Services], TutorScreen]:
    """Return what makes the screen for a problem file. Raises FaultyProblemError for a fault in it."""
    # Imported here because home is drawn before any of it is needed.
    from tutor.mathematics.problem import ProblemError, load_problem  # noqa: PLC0415
    from tutor.tui.screens.practice import practice_screen  # noqa: PLC0415

    try:
        problem, file = load_problem(path), path.read_bytes()
    except ProblemError as error:
        raise FaultyProblemError(str(error)) from error
    return lambda services: practice_screen(services, problem, file)


def _derive(problem: "Problem") -> "Derivation":
    """Derive a problem, with SymPy in a process of its own if the machine allows one."""
    from tutor.mathematics.child import ChildError, differentiate_in_child  # noqa: PLC0415 - as above
    from tutor.mathematics.derivation import derive  # noqa: PLC0415 - as above

    try:
        return derive(problem, differentiate_in_child)
    except ChildError:
        return derive(problem)


def _tidy_from_now_on() -> None:
    """Look for garbage again, but never among what was loaded for the first frame: that stays."""
    gc.freeze()
    gc.enable()


def _show(first_screen: Callable[[], TutorScreen], shelf: ReferenceShelf) -> int:
    app = TutorApp(first_screen, shelf, _tidy_from_now_on)
    ending = Ending(sys.stdin.fileno())
    sys.setswitchinterval(_GIVE_WAY)

    async def show() -> None:
        ending.on_signals(app.leave_soon)
        await app.run_async(mouse=False)

    asyncio.run(show())
    return app.return_value if app.return_value is not None else (app.return_code or 0)
