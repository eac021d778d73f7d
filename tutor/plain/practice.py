"""Practice as a conversation: from task to task, until it is over or left."""

from typing import Final

from tutor.course.blocks.choice import Choice
from tutor.course.blocks.formula import Formula
from tutor.course.blocks.steps import Steps
from tutor.course.error import LessonError
from tutor.course.exercises.making import Making, make_exercise
from tutor.draw.text import plain
from tutor.learner.events import EventMaker
from tutor.mathematics.problem import ProblemError
from tutor.plain.choosing import CardDialogue, ChoiceDialogue
from tutor.plain.dialogue import Task as Asked
from tutor.plain.sheet import SheetDialogue
from tutor.plain.talk import Commands, Talk
from tutor.plain.writing import FormulaDialogue
from tutor.practice.activities import END, RULE
from tutor.practice.making import Task, make_task
from tutor.practice.prompts import rule_prompt
from tutor.practice.record import card_activity
from tutor.practice.task_name import TaskName
from tutor.study.exercise_session import CELL, ExerciseSession
from tutor.study.practice.errands import Closing, Errand, Step
from tutor.study.practice.learner import Learner
from tutor.study.sheets import task_desk

_ATTEMPTS: Final = 5
"""So many tasks that cannot be made are laid aside, one after the other, before a fault is told."""
_ONE_LINE: Final = 10_000
"""Columns in which every sentence has room in one line."""
_AFTERWARDS: Final[Commands] = {"next": "go on practising", "back": "go to the beginning"}


class Walk:
    """Leads the learner from task to task of an errand."""

    def __init__(self, talk: Talk, learner: Learner, errand: Errand) -> None:
        self._talk = talk
        self._learner = learner
        self._services = learner.services
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

        A task that cannot be made any more, because the program has changed since it was begun, is laid aside.
        Raises LessonError or ProblemError where that does not help.
        """
        for attempt in range(_ATTEMPTS):
            step = self._errand.next()
            if step is None:
                break
            if step.item.task is None:
                return await self._card(step)
            try:
                task = make_task(step.item.task, self._services.derivation_of)
            except (LessonError, ProblemError):
                if attempt == _ATTEMPTS - 1:
                    raise
                self._lay_aside(step.item.task)
                continue
            self._learner.begin_task(task.name, step.item.reason)
            return await self._task(step, task)
        return self._end()

    async def _task(self, step: Step, task: Task) -> bool:
        """Talk about a task; return whether it was done."""
        self._talk.pause()
        if step.asks_rule and not await self._rule(step, task):
            return False
        block = task.block
        if isinstance(block, Steps):
            notes = f"{step.why}\n{block.intro}".strip()
            desk = task_desk(self._services, block, self._making(task), task.name.activity, notes)
            cells = [entry.cell for entry in desk.worksheet.asked]
            done = await SheetDialogue(self._talk, _title(step.title), desk).run()
        else:
            cells = [CELL]
            question = self._making(task).filled_prose(block.question, block)
            question = f"{step.why}\\\n{question}" if step.why else question
            session = self._session(task, block, task.name.activity)
            done = await FormulaDialogue(self._talk, Asked(_title(step.title), question, session)).run()
        if done:
            self._learner.end_task(task.name, cells)
        return done

    async def _rule(self, step: Step, task: Task) -> bool:
        """Ask which rule a task needs, unless that was answered; return whether it is answered."""
        block = rule_prompt(task)
        session = self._session(task, block, task.name.activity + RULE)
        if session.exercise.done:
            return True
        question = self._making(task).filled_prose(block.question, block)
        return await ChoiceDialogue(self._talk, Asked(_title(step.asks_rule), question, session)).run()

    async def _card(self, step: Step) -> bool:
        self._talk.pause()
        block, head = self._learner.card(step.item.card)
        making = Making(head, self._services.derivation_of)
        maker = EventMaker(card_activity(block.id, self._learner.record()), self._services.now)
        session = ExerciseSession(make_exercise(block, making), self._services.store, maker)
        question = making.filled_prose(block.question, block)
        return await CardDialogue(self._talk, Asked(_title(step.title), question, session)).run()

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

    def _making(self, task: Task) -> Making:
        return Making(task.head, self._services.derivation_of)

    def _session(self, task: Task, block: Formula | Choice, activity: str) -> ExerciseSession:
        maker = EventMaker(activity, self._services.now)
        return ExerciseSession(make_exercise(block, self._making(task)), self._services.store, maker)

    def _lay_aside(self, name: TaskName) -> None:
        self._services.store.record(EventMaker(name.activity, self._services.now).note("cleared", END))


def _title(title: str) -> str:
    """Return a title with commas in place of the dots between its parts."""
    return title.replace(" · ", ", ")
