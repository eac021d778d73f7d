"""The dialogues of questions with options, and of cards."""

from collections.abc import Callable
from typing import ClassVar

from tutor.course.exercises.choosing import Choosing
from tutor.course.exercises.remembering import KNEW, NOT_YET, TURNED, Remembering
from tutor.plain.dialogue import SHOW, Dialogue, Task
from tutor.plain.talk import Commands, Talk, Typed, numbers_in


class ChoiceDialogue(Dialogue[Choosing]):
    """Options, answered by their numbers."""

    def lay_out(self) -> None:
        """Say the options."""
        for number, option in enumerate(self.exercise.options, start=1):
            self.talk.tell(option.text, before=f"{number}: ")

    def prompt(self) -> str:
        """Ask for a number, or for several."""
        if self.exercise.several:
            return "Type the numbers of all that are right, back, or help."
        return f"Type a number from 1 to {len(self.exercise.options)}, back, or help."

    async def take(self, text: str) -> None:
        """Give the options of the numbers typed as the answer."""
        numbers = numbers_in(text, len(self.exercise.options))
        if numbers is None or (len(numbers) > 1 and not self.exercise.several):
            self.not_understood(text, "Answers are numbers of options.")
            return
        await self.give(self.exercise.text_of(frozenset(number - 1 for number in numbers)))

    def say_answer(self) -> None:
        """Say the right options."""
        for place in sorted(self.exercise.rights):
            self.talk.tell(self.exercise.options[place].text, before=f"The answer is {place + 1}: ")


class PredictDialogue(ChoiceDialogue):
    """A prediction: once it is made, what happened."""

    OWN: ClassVar[Commands] = SHOW

    def __init__(self, talk: Talk, task: Task, tell_run: Callable[[], list[str]]) -> None:
        """Ask for a prediction; tell_run tells of the run that it is about."""
        super().__init__(talk, task)
        self._tell_run = tell_run

    def prompt(self) -> str:
        """Ask for a number."""
        return f"What will happen? Type a number from 1 to {len(self.exercise.options)}, show, back, or help."

    async def give(self, text: str) -> None:
        """Give an answer; once it is right, tell of the run."""
        await super().give(text)
        if self.settled:
            self.say_answer()

    def say_answer(self) -> None:
        """Say what happened."""
        right = self.exercise.options[min(self.exercise.rights)]
        self.talk.tell(right.text, before="What happened: ")
        for sentence in self._tell_run():
            self.talk.say(sentence)


class CardDialogue(Dialogue[Remembering]):
    """A card: its question, its other side, and whether the learner knew it."""

    OWN: ClassVar[Commands] = {
        "turn": "say the other side of the card",
        "knew": "say that you knew it, once it is turned; 1 does the same",
        "not": "say that you did not know it yet, once it is turned; 2 does the same",
    }

    def lay_out(self) -> None:
        """Say the other side where it was turned."""
        if self.exercise.turned:
            self.talk.tell(self.exercise.back, before="The other side: ")

    def prompt(self) -> str:
        """Ask to turn the card, then whether it was known."""
        if not self.exercise.turned:
            return "Say your answer to yourself, then type turn; or back, or help."
        return "Did you know it? Type knew or not; back, or help."

    async def take(self, text: str) -> None:
        """Judge the card by a number; an empty line turns it."""
        word = {"": "turn", "1": "knew", "2": "not"}.get(text, "")
        if word:
            await self.do(Typed(word, ""))
        else:
            self.not_understood(text, "Type turn; once the card is turned, knew or not.")

    async def do(self, typed: Typed) -> None:
        """Turn the card, or judge it."""
        match typed.command, self.exercise.turned:
            case "turn", False:
                await self.task.session.answer(TURNED)
                self.lay_out()
                self.heed_store()
            case ("knew" | "not") as word, True:
                await self.give(KNEW if word == "knew" else NOT_YET)
            case "turn", True:
                self.lay_out()
            case _:
                self.talk.say("The card is not turned yet. Type turn.")

    async def give(self, text: str) -> None:
        """Keep how it was judged; that is neither right nor wrong."""
        reply = await self.task.session.answer(text)
        self.talk.say(f"{'You knew it.' if text == KNEW else 'Not yet.'} {reply.feedback}")
        self.heed_store()
