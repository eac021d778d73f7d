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
from tutor.crash import tell_of_crash
from tutor.exit_status import DONE, FAULT
from tutor.learner.home import data_folder
from tutor.learner.store import open_store
from tutor.settings.model import Fault, Settings, notice_of
from tutor.study.derivations import Derivations
from tutor.study.further import further_courses
from tutor.study.services import Services
from tutor.terminal import Terminal
from tutor.tui.app import TutorApp
from tutor.tui.keyboard.keymap import USUAL, Keymap
from tutor.tui.link.ending import Ending, ThreadsLeftBehind
from tutor.tui.link.sequences import leaving
from tutor.tui.reference import ReferenceShelf
from tutor.tui.run import say
from tutor.tui.screens.base import TutorScreen
from tutor.tui.screens.home import HomeScreen

_GIVE_WAY = 0.001
"""Seconds after which a thread that calculates gives way to a key that was pressed."""

if TYPE_CHECKING:
    from tutor.mathematics.derivation import Derivation
    from tutor.mathematics.problem import Problem


class FaultyProblemError(Exception):
    """The problem file has a fault; the text is that of the mathematics' own error."""


def show_tutor(terminal: Terminal, problem_file: Path | None, lessons: Path | None, settings: Settings) -> int:
    """Show the screens until the learner leaves, and return the exit status; lessons is a folder of one's own."""
    try:
        first_screen = _practice(problem_file) if problem_file else HomeScreen
        course = load_course(lessons or lessons_folder())
    except (LessonError, FaultyProblemError) as error:
        return say(f"gdtutor: {error}", FAULT)
    store = open_store(data_folder(os.environ), now)
    keymap, faults = _keys(settings)
    services = Services(
        terminal,
        course,
        store,
        now,
        Derivations(_derive),
        settings.minutes,
        tuple(further_courses(settings.more)),
        notice_of(faults),
    )
    try:
        return _show(lambda: first_screen(services), ReferenceShelf(services), keymap)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told in a sentence, and its details are kept
        fault = error
    finally:
        store.close()
        say(store.take_notice() or "", DONE)
    about_answers = "Your answers are kept." if not store.unsaved else ""
    return say(tell_of_crash(fault, data_folder(os.environ), now(), os.environ, about_answers), FAULT)


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
    from tutor.child_process import ChildError  # noqa: PLC0415 - as above
    from tutor.mathematics.child import differentiate_in_child  # noqa: PLC0415 - as above
    from tutor.mathematics.derivation import derive  # noqa: PLC0415 - as above

    try:
        return derive(problem, differentiate_in_child)
    except ChildError:
        return derive(problem)


def _tidy_from_now_on() -> None:
    """Look for garbage again, but never among what was loaded for the first frame: that stays."""
    gc.freeze()
    gc.enable()


def _hand_to(app: TutorApp) -> Callable[[asyncio.AbstractEventLoop, dict[str, object]], None]:
    """Return what takes the errors that reach the event loop, and lets the app end with them."""

    def take(loop: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
        error = context.get("exception")
        if isinstance(error, Exception):
            app.fail(error)
        else:
            loop.default_exception_handler(context)

    return take


def _keys(settings: Settings) -> tuple[Keymap, tuple[Fault, ...]]:
    """Return the keys in force, and all faults of the settings."""
    if not settings.keys:
        return USUAL, settings.faults
    from tutor.tui.keyboard.remapping import remap  # noqa: PLC0415 - most learners have the usual keys

    keymap, faults = remap(settings.keys)
    return keymap, (*settings.faults, *faults)


def _show(first_screen: Callable[[], TutorScreen], shelf: ReferenceShelf, keymap: Keymap) -> int:
    app = TutorApp(first_screen, shelf, _tidy_from_now_on, keymap)
    ending = Ending(sys.stdin.fileno(), leaving(os.environ.get("TERM", "")))
    sys.setswitchinterval(_GIVE_WAY)

    async def show() -> None:
        ending.on_signals(app.leave_soon)
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(_hand_to(app))
        loop.set_default_executor(ThreadsLeftBehind())
        await app.run_async(mouse=False)

    try:
        asyncio.run(show())
    except BaseException:
        ending.restore()
        raise
    if app.fault is not None:
        raise app.fault
    return app.return_value if app.return_value is not None else (app.return_code or 0)
