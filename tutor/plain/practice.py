"""Practice as a conversation: from task to task, until it is over or left."""

from typing import Final

from tutor.course.error import LessonError
from tutor.draw.text import plain
from tutor.mathematics.problem import ProblemError
from tutor.plain.choosing import CardDialogue, ChoiceDialogue
from tutor.plain.dialogue import Task
from tutor.plain.sheet import SheetDialogue
from tutor.plain.talk import Commands, Talk
from tutor.plain.writing import FormulaDialogue
from tutor.study.desk import Desk
from tutor.study.practice.coming import Asked, ComingTask, what_comes
from tutor.study.practice.errands import Closing, Errand
from tutor.study.practice.learner import Learner

_ONE_LINE: Final = 10_000
"""Columns in which every sentence has room in one line."""
_AFTERWARDS: Final[Commands] = {"next": "go on practising", "back": "go to the beginning"}


class Walk:
    """Leads the learner from task to task of an errand."""

    def __init__(self, talk: Talk, learner: Learner, errand: Errand) -> None:
        self._talk = talk
        self._learner = learner
        self._errand = errand

    async def run(self) -> None:
        """Talk until the errand is over, or left."""
        while True:
            try:
                goes_on = await self._next()
            except (LessonError, ProblemError) as error:
                self._talk.say(f"This task has a fault: {error}")
                return
            if not goes_on:
                return

    async def _next(self) -> bool:
        """Talk about what comes next; return whether the practice goes on.

        Raises LessonError or ProblemError where no task can be made.
        """
        coming = what_comes(self._learner, self._errand)
        if coming is None:
            return self._end()
        self._talk.pause()
        if isinstance(coming, Asked):
            return await CardDialogue(self._talk, _task(coming, among_others=False)).run()
        return await self._task(coming)

    async def _task(self, coming: ComingTask) -> bool:
        """Talk about a task; return whether it was done or laid aside."""
        rule = coming.rule()
        if rule is not None:
            asking = ChoiceDialogue(self._talk, _task(rule))
            if not await asking.run():
                return False
            if asking.laid_aside:
                coming.lay_aside()
                return True
        work = coming.work()
        dialogue: SheetDialogue | FormulaDialogue = (
            SheetDialogue(self._talk, _title(coming.title), work, among_others=True)
            if isinstance(work, Desk)
            else FormulaDialogue(self._talk, _task(work))
        )
        if not await dialogue.run():
            return False
        if dialogue.laid_aside:
            coming.lay_aside()
        else:
            coming.finish()
        return True

    def _end(self) -> bool:
        """Say what came of it; return whether the learner wants to go on."""
        closing = self._errand.closing()
        self._talk.pause()
        self._say(closing)
        if closing.goes_on:
            try:
                typed = self._talk.ask("Type next to go on practising, back, or help.", _AFTERWARDS)
                while typed.command not in _AFTERWARDS:
                    typed = self._talk.ask("Type next, back, or help.", _AFTERWARDS)
            except BaseException:
                self._errand.end()
                raise
            if typed.command == "next":
                self._errand.go_on()
                return True
        self._errand.end()
        return False

    def _say(self, closing: Closing) -> None:
        self._talk.say(f"{_title(closing.title)}: done.")
        for line in closing.draw(_ONE_LINE):
            text = plain(line).strip()
            if text:
                self._talk.say(text)


def _task(asked: Asked, *, among_others: bool = True) -> Task:
    return Task(_title(asked.title), asked.question, asked.session, among_others)


def _title(title: str) -> str:
    """Return a title with commas in place of the dots between its parts."""
    return title.replace(" · ", ", ")
