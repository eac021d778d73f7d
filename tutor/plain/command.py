"""The command `gdtutor plain`: the course, the store, the lines of standard input and output, and an orderly end."""

import asyncio
import os
import signal
import sys
import threading
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

from tutor.course.error import LessonError
from tutor.course.loader import lessons_folder, load_course
from tutor.exit_status import DONE, FAULT
from tutor.learner.home import data_folder
from tutor.learner.store import open_store
from tutor.mathematics.problem import ProblemError, load_problem
from tutor.plain.ears import Ears
from tutor.plain.home import Home
from tutor.plain.talk import WIDEST, EndOfTalk, Talk
from tutor.settings.model import notice_of
from tutor.settings.start import settings_in_force
from tutor.study.derivations import Derivations
from tutor.study.further import further_courses
from tutor.study.services import Services
from tutor.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tutor.mathematics.derivation import Derivation
    from tutor.mathematics.problem import Problem
    from tutor.study.workbench.own import OwnProblem

_GRACE: Final = 0.7
"""Seconds for an orderly end after a signal. A terminal that takes no more lines would hold it up for ever."""
_ENDING: Final = (signal.SIGHUP, signal.SIGTERM)


def run_plain(
    problem_file: Path | None = None,
    *,
    lessons: Path | None = None,
    ascii_only: bool = False,
    width: int = WIDEST,
) -> int:
    """Talk on standard input and output until the learner leaves, and return the exit status.

    With a problem file, that is what is worked on at first. lessons is the folder of the course, where it is another
    one than the one that comes with gdtutor; width is how many columns a line has at most. What is not said here is as
    the settings say.
    """
    try:
        course = load_course(lessons or lessons_folder())
        own = _load_own(problem_file) if problem_file else None
    except (LessonError, ProblemError) as error:
        sys.stderr.write(f"gdtutor: {error}\n")
        return FAULT
    settings = settings_in_force(os.environ)
    ascii_only = ascii_only or settings.ascii is True
    ears = Ears(sys.stdin)
    store = open_store(data_folder(os.environ), _now)
    try:
        with _obeying_signals(ears):
            services = Services(
                Terminal(colour=False, unicode=not ascii_only),
                course,
                store,
                _now,
                Derivations(_derive),
                settings.minutes,
                tuple(further_courses(settings.more)),
                notice_of(settings.faults),
            )
            talk_until_the_end(Talk(sys.stdout, ears, width=width, ascii_only=ascii_only), services, own)
    finally:
        store.close()
        _tell(store.take_notice(), sys.stderr)
    return DONE


def talk_until_the_end(talk: Talk, services: Services, own: "OwnProblem | None" = None) -> None:
    """Talk until the learner leaves or nothing more can be read; begin with a problem of their own, if there is one."""
    with suppress(EndOfTalk):
        home = Home(talk, services)
        asyncio.run(home.run(partial(home.work_with, own) if own else None))
    talk.say("Everything you did is kept." if not services.store.unsaved else "Not everything could be kept.")


@contextmanager
def _obeying_signals(ears: Ears) -> "Iterator[None]":
    """End when the terminal goes or the system says so; Ctrl+C only interrupts what is going on.

    SIGHUP is obeyed even where the shell had it ignored: a program without a terminal has nobody to work for.
    """

    def end(number: int, frame: object) -> None:
        del frame
        timer = threading.Timer(_GRACE, os._exit, (128 + number,))
        timer.daemon = True
        timer.start()
        raise SystemExit(128 + number)

    def interrupt(number: int, frame: object) -> None:
        del number, frame
        ears.interrupt()

    handlers = {**dict.fromkeys(_ENDING, end), signal.SIGINT: interrupt}
    before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _load_own(file: Path) -> "OwnProblem":
    """Return the problem in a file. Raises ProblemError."""
    from tutor.study.workbench.own import OwnProblem  # noqa: PLC0415 - not for the first line of the course

    return OwnProblem(load_problem(file), file.read_bytes())


def _derive(problem: "Problem") -> "Derivation":
    """Derive a problem, with SymPy in a process of its own if the machine allows one."""
    from tutor.child_process import ChildError  # noqa: PLC0415 - not for the first line
    from tutor.mathematics.child import differentiate_in_child  # noqa: PLC0415 - as above
    from tutor.mathematics.derivation import derive  # noqa: PLC0415

    try:
        return derive(problem, differentiate_in_child)
    except ChildError:
        return derive(problem)


def _tell(notice: str | None, stream: TextIO) -> None:
    if notice:
        stream.write(f"gdtutor: {notice}\n")


def _now() -> datetime:
    return datetime.now(UTC)
