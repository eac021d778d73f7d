"""Conversations without a terminal: what is typed goes in as lines, what is said comes out as one text."""

from __future__ import annotations

import io
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from pupil import Scripted

from tutor.course.loader import lessons_folder, load_course
from tutor.learner.store import open_store
from tutor.mathematics.derivation import derive
from tutor.plain.command import talk_until_the_end
from tutor.plain.talk import Talk
from tutor.study.derivations import Derivations
from tutor.study.services import Services
from tutor.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tutor.learner.events import Event, Place
    from tutor.plain.talk import Ear
    from tutor.study.further import FurtherCourse

LESSONS = lessons_folder()
_DERIVATIONS = Derivations(derive)
"""Shared by all tests, so that nothing is derived twice."""


@dataclass
class Clock:
    """A clock that goes on by some seconds each time that it is looked at."""

    time: datetime = datetime(2025, 3, 1, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.time += timedelta(seconds=5)
        return self.time


@dataclass
class Learner:
    """Somebody with a record in a folder, who learns line by line."""

    home: Path
    course: Path = LESSONS
    clock: Clock = field(default_factory=Clock)
    further: tuple[FurtherCourse, ...] = ()

    def types(self, *lines: str, width: int = 78, ascii_only: bool = False) -> str:
        """Return what is said while these lines are typed, after which nothing more comes."""
        out = io.StringIO()
        self.talks(out, Scripted(iter(lines)), width=width, ascii_only=ascii_only)
        return out.getvalue()

    def talks(self, out: io.StringIO, ear: Ear, *, width: int = 78, ascii_only: bool = False) -> None:
        """Talk to whoever hears and types."""
        with self.services() as services:
            talk_until_the_end(Talk(out, ear, width=width, ascii_only=ascii_only), services)

    @contextmanager
    def services(self) -> Iterator[Services]:
        """Open the record, and look afterwards that everything could be kept."""
        store = open_store(self.home, self.clock)
        try:
            course = load_course(self.course)
            yield Services(Terminal(), course, store, self.clock, _DERIVATIONS, further=self.further)
        finally:
            store.close()
        assert store.take_notice() is None

    def events(self, activity: str) -> list[Event]:
        """Return what is kept under an activity."""
        store = open_store(self.home, self.clock)
        try:
            return list(store.events(activity))
        finally:
            store.close()

    def kept(self, activity: str) -> list[tuple[str, str, str, str]]:
        """Return the same as kinds, cells, texts and verdicts."""
        return [(event.kind, event.cell, event.text, event.verdict) for event in self.events(activity)]

    def place(self) -> Place | None:
        """Return where the learner is."""
        store = open_store(self.home, self.clock)
        try:
            return store.place()
        finally:
            store.close()


def flat(text: str) -> str:
    """Return a text as one line, as if it had not been wrapped."""
    return " ".join(text.split())
