"""The dialogues of what is typed as a text: formulas, and explanations in one's own words."""

from typing import ClassVar, Final

from tutor.course.exercises.base import listed, unlisted
from tutor.course.exercises.writing import Explaining, Finding
from tutor.plain.dialogue import SHOW, Dialogue, Task
from tutor.plain.talk import Commands, Talk, Typed, numbers_in

_NONE: Final = frozenset({"none", "0"})


class FormulaDialogue(Dialogue[Finding]):
    """A formula to be found."""

    COLON: ClassVar[bool] = True
    OWN: ClassVar[Commands] = {"hint": "get a hint; each further one says more", **SHOW}

    def lay_out(self) -> None:
        """Say which names may be used."""
        if self.exercise.may_use:
            self.talk.say(f"Names that may be used: {', '.join(self.exercise.may_use)}.")

    def prompt(self) -> str:
        """Ask for the formula."""
        return "Type the formula; or :hint, :show, :back, or :help."

    async def take(self, text: str) -> None:
        """Give a formula as the answer."""
        if not text:
            self.not_understood(text, "Type the formula.")
            return
        await self.give(text)

    async def do(self, typed: Typed) -> None:
        """Give a hint."""
        if typed.command == "hint":
            self.talk.tell(await self.task.session.hint(), before="Hint: ")
            self.heed_store()
        else:
            await super().do(typed)

    def say_answer(self) -> None:
        """Say the formula."""
        text = self.exercise.expected if self.exercise.shown else self.exercise.latest
        self.talk.say(f"The formula: {text}")


class ExplainDialogue(Dialogue[Explaining]):
    """Something to explain: it is written in a line, then compared with a checklist."""

    COLON: ClassVar[bool] = True
    OWN: ClassVar[Commands] = {"anew": "write it anew"}

    def __init__(self, talk: Talk, task: Task) -> None:
        super().__init__(talk, task)
        drafted = unlisted(task.session.draft)
        self._written = drafted[0] if drafted else self.exercise.written

    def lay_out(self) -> None:
        """Say what was written, and the checklist it is compared with."""
        if not self._written.strip():
            return
        self.talk.say(f"You wrote: {self._written}")
        self.talk.say("Did you say this?")
        for number, point in enumerate(self.exercise.points, start=1):
            self.talk.tell(point, before=f"{number}: ")

    def prompt(self) -> str:
        """Ask for the text, then for what it says."""
        if not self._written.strip():
            return "Write it in one line, in your own words; or :back, or :help."
        return "Type the numbers of what you said, or none; or :anew, :back, or :help."

    async def take(self, text: str) -> None:
        """Take the text; then the points that it makes."""
        if not self._written.strip():
            if not text:
                self.not_understood(text, "Write a sentence or two. Nobody judges them but you.")
                return
            self._written = text
            await self.task.session.keep_draft(listed([text]))
            self.lay_out()
            return
        numbers = [] if text.lower() in _NONE else numbers_in(text, len(self.exercise.points))
        if numbers is None:
            self.not_understood(text, "Type the numbers of the points, or none.")
            return
        ticked = frozenset(number - 1 for number in numbers)
        await self.give(self.exercise.text_of(self._written, ticked))

    async def give(self, text: str) -> None:
        """Keep the answer, and say what it leaves out: it is not judged."""
        reply = await self.task.session.answer(text)
        self.talk.tell(reply.feedback)
        self.heed_store()

    async def do(self, typed: Typed) -> None:
        """Write it anew."""
        if typed.command == "anew":
            self._written = ""
        else:
            await super().do(typed)

    def say_answer(self) -> None:
        """Say what was written, and how somebody else would say it."""
        self.talk.tell(self.exercise.model, before="Somebody else would say: ")
