"""The work on one exercise: what a learner does is kept before it counts, and is there again the next time."""

import asyncio
from collections.abc import Iterable

from tutor.course.exercises.base import Exercise, Reply
from tutor.course.exercises.writing import Finding
from tutor.learner.events import Event, EventMaker, Place
from tutor.learner.store import Store
from tutor.study.session import UNCHECKED

CELL = "answer"
"""The cell of an exercise's events: it has only this one."""


class ExerciseSession:
    """An exercise, each change of which is kept before it counts."""

    def __init__(self, exercise: Exercise, store: Store, maker: EventMaker, place: Place | None = None) -> None:
        """Go on with an exercise where the store says that it was left; place is where the next start leads."""
        self.exercise, self.draft = replay(exercise, store.events(maker.activity))
        self._store = store
        self._maker = maker
        self._place = place

    async def answer(self, text: str) -> Reply:
        """Give an answer; when this returns, it is on disk with its verdict."""
        exercise, reply = await asyncio.to_thread(self.exercise.answer, text)
        event = self._maker.answer(CELL, text, reply.verdict, reply.misconception, counts=reply.counts)
        await self._keep(event)
        self.draft = text if reply.verdict == "invalid" else ""
        self.exercise = exercise
        return reply

    async def hint(self) -> str:
        """Return the next hint, for exercises that have any; that it was asked for is on disk."""
        assert isinstance(self.exercise, Finding)
        exercise, text = self.exercise.hint()
        await self._keep(self._maker.note("hint", CELL))
        self.exercise = exercise
        return text

    async def show(self) -> None:
        """Show the answer; that it was shown is on disk."""
        await self._keep(self._maker.note("shown", CELL))
        self.exercise = self.exercise.show()
        self.draft = ""

    async def keep_draft(self, text: str) -> None:
        """Keep what was not given as an answer yet, if it is new."""
        if text != (self.draft or self.exercise.latest):
            await self._keep(self._maker.answer(CELL, text, UNCHECKED, None, counts=False))
            self.draft = text

    def take_notice(self) -> str:
        """Return what the store has to say about keeping the work, once; mostly nothing."""
        return self._store.take_notice() or ""

    async def _keep(self, event: Event) -> None:
        if self._place is None:
            await asyncio.to_thread(self._store.record, event)
        else:
            await asyncio.to_thread(self._store.record_with_place, event, self._place)


def replay(exercise: Exercise, events: Iterable[Event]) -> tuple[Exercise, str]:
    """Return an exercise as events left it, and what was not given as an answer yet."""
    draft = ""
    for event in events:
        match event.kind:
            case "answer" if event.verdict in {"invalid", UNCHECKED}:
                draft = event.text
            case "answer":
                exercise, draft = exercise.replayed(event.text, event.verdict), ""
            case "hint" if isinstance(exercise, Finding):
                exercise, _ = exercise.hint()
            case "shown":
                exercise, draft = exercise.show(), ""
            case _:
                continue
    return exercise, draft
