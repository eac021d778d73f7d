"""The self-test as a conversation: an attempt page by page, then its result."""

from collections.abc import Sequence
from typing import Final

from tutor.learner.events import Place
from tutor.plain.lesson import FAULTS, LessonDialogue
from tutor.plain.talk import Commands, Talk
from tutor.study.attempts import TEST, read_attempts
from tutor.study.self_test import AttemptReader, Standing, begin_attempt, open_attempt
from tutor.study.services import Services

_AFTERWARDS: Final[Commands] = {
    "anew": "begin another attempt, with other numbers",
    "back": "go to the beginning",
}
_RULE: Final = "An objective is reached when four of five parts are right at the first try. Every cell is a part."


async def talk_about_self_test(talk: Talk, services: Services, place: Place | None = None) -> None:
    """Go on with the latest attempt, at a place of it if there is one; say its result where it is done.

    Where there is no attempt, the first one begins.
    """
    record = read_attempts(services.store.events(TEST))
    try:
        reader = open_attempt(services, record if record.number else begin_attempt(services), place)
        reader.keep_results()  # the last time may have ended without an orderly end
        if all(standing.is_done for standing in reader.standings()):
            if not _wants_another(talk, reader):
                return
            reader, place = open_attempt(services, begin_attempt(services)), None
        await _AttemptDialogue(talk, services, reader, place).run()
    except FAULTS as error:
        talk.say(f"The self-test has a fault: {error}")


class _AttemptDialogue(LessonDialogue):
    """A page of an attempt."""

    def __init__(self, talk: Talk, services: Services, reader: AttemptReader, place: Place | None) -> None:
        super().__init__(talk, services, reader, place)
        self._attempted = reader

    async def run(self) -> None:
        """Talk, and keep how the objectives have come out, however it ends."""
        try:
            await super().run()
        finally:
            self._attempted.keep_results()

    async def close(self) -> None:
        """Say the result; where all is done, the lessons are what goes on."""
        await self._reader.close()
        self._attempted.keep_results()
        standings = self._attempted.standings()
        if all(standing.is_done for standing in standings):
            self._services.store.remember(self._attempted.place_afterwards())
        _say_result(self._talk, standings)


def _wants_another(talk: Talk, reader: AttemptReader) -> bool:
    """Say the result of an attempt that is done; return whether another attempt is wanted."""

    def say() -> None:
        _say_result(talk, reader.standings())

    say()
    while True:
        typed = talk.ask("Type anew for another attempt, back, or help.", _AFTERWARDS, again=say)
        if typed.command in _AFTERWARDS:
            return typed.command == "anew"


def _say_result(talk: Talk, standings: Sequence[Standing]) -> None:
    reached = sum(standing.is_reached for standing in standings)
    talk.say(f"Self-test: {reached} of {len(standings)} objectives reached.")
    for standing in standings:
        state = "open" if not standing.is_done else "reached" if standing.is_reached else "not yet reached"
        title = f"{standing.objective.number}, {standing.objective.title}"
        talk.say(f"{title}: {standing.right} of {standing.parts} right, {state}.")
        for head in standing.again if standing.is_done else ():
            talk.say(f"Read again: {head.number} {head.title}.")
    talk.say(_RULE)
