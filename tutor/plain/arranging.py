"""The dialogues of lines to be put in order, and of pairs to be found."""

from typing import ClassVar

from tutor.course.exercises.base import unlisted
from tutor.course.exercises.matching import NOTHING, Matching
from tutor.course.exercises.ordering import Ordering
from tutor.plain.dialogue import SHOW, Dialogue, Task
from tutor.plain.talk import Commands, Talk, Typed, numbers_in


class OrderDialogue(Dialogue[Ordering]):
    """Lines to be put in order, by their numbers in one line."""

    OWN: ClassVar[Commands] = SHOW

    def __init__(self, talk: Talk, task: Task) -> None:
        super().__init__(talk, task)
        keys = unlisted(task.session.draft) or []
        known = self.exercise.keys
        drafted = tuple(known.index(key) for key in keys) if sorted(keys) == sorted(known) else ()
        self._lines = drafted or self.exercise.arrangement
        """The places of the lines in the order in which they are numbered here."""

    def lay_out(self) -> None:
        """Say the lines with the numbers that they keep while they are talked about."""
        for number, place in enumerate(self._lines, start=1):
            self.talk.tell(self.exercise.texts[place], before=f"{number}: ")

    def prompt(self) -> str:
        """Ask for all numbers."""
        return f"Type all {len(self._lines)} numbers in the right order; show, back, or help."

    async def take(self, text: str) -> None:
        """Give an order as the answer."""
        numbers = numbers_in(text, len(self._lines))
        if numbers is None or len(numbers) != len(self._lines):
            self.not_understood(text, f"An answer has each number from 1 to {len(self._lines)} once.")
            return
        await self.give(self.exercise.text_of(tuple(self._lines[number - 1] for number in numbers)))

    def say_answer(self) -> None:
        """Say a right order."""
        for number, place in enumerate(self.exercise.arrangement, start=1):
            self.talk.tell(self.exercise.texts[place], before=f"In order, {number}: ")


class MatchDialogue(Dialogue[Matching]):
    """Pairs, asked about one after the other."""

    OWN: ClassVar[Commands] = {
        "pairs": "say all pairs as they stand",
        "go NUMBER": "go to the pair of this number",
        **SHOW,
    }

    def __init__(self, talk: Talk, task: Task) -> None:
        super().__init__(talk, task)
        draft = unlisted(task.session.draft) or []
        known = {NOTHING, *(key for key, _ in self.exercise.offered)}
        fits = len(draft) == len(self.exercise.lefts) and set(draft) <= known
        self._put = tuple(draft) if fits else self.exercise.put
        self._place = self._put.index(NOTHING) if NOTHING in self._put else 0

    def lay_out(self) -> None:
        """Say what there is to choose from."""
        for number, (_, text) in enumerate(self.exercise.offered, start=1):
            self.talk.tell(text, before=f"{number}: ")

    def prompt(self) -> str:
        """Ask what belongs to a line."""
        count, number = len(self._put), self._number(self._put[self._place])
        now, keep = (f", now {number}", ", Enter to keep it") if number else ("", "")
        most = len(self.exercise.offered)
        return f"Pair {self._place + 1} of {count}{now}. Type a number from 1 to {most}{keep}, or help."

    def open(self) -> None:
        """Say what is asked, and the line that it is asked about."""
        super().open()
        if not self.settled:
            self._say_left()

    async def take(self, text: str) -> None:
        """Put a line to the one that is asked about; after the last one, give the answer."""
        numbers = numbers_in(text, len(self.exercise.offered))
        if not text and self._put[self._place]:
            key = self._put[self._place]
        elif numbers is not None and len(numbers) == 1:
            key = self.exercise.offered[numbers[0] - 1][0]
        else:
            self.not_understood(text, "Answers are numbers of lines.")
            return
        self._put = (*self._put[: self._place], key, *self._put[self._place + 1 :])
        if self._place + 1 < len(self._put):
            await self.task.session.keep_draft(self.exercise.text_of(self._put))
            self._place += 1
        else:
            await self._give_all()
        if not self.settled:
            self._say_left()

    async def do(self, typed: Typed) -> None:
        """Say the pairs, or go to one."""
        match typed.command:
            case "pairs":
                self._say_pairs()
            case "go":
                numbers = numbers_in(typed.text, len(self._put))
                if numbers is None or len(numbers) != 1:
                    self.not_understood(typed.text, f"Type go with a number from 1 to {len(self._put)}.")
                    return
                self._place = numbers[0] - 1
                self._say_left()
            case _:
                await super().do(typed)

    def say_answer(self) -> None:
        """Say which lines belong together."""
        texts = dict(self.exercise.offered)
        for left, key in zip(self.exercise.lefts, self.exercise.put, strict=True):
            self.talk.tell(left, before="Pair: ")
            self.talk.tell(texts[key], before="belongs to: ")

    async def _give_all(self) -> None:
        if NOTHING in self._put:
            self._place = self._put.index(NOTHING)
            await self.task.session.keep_draft(self.exercise.text_of(self._put))
            return
        self._place = 0
        await self.give(self.exercise.text_of(self._put))

    def _say_left(self) -> None:
        self.talk.tell(self.exercise.lefts[self._place], before="What belongs to this: ")

    def _say_pairs(self) -> None:
        for place, (left, key) in enumerate(zip(self.exercise.lefts, self._put, strict=True), start=1):
            number = self._number(key)
            self.talk.tell(left, before=f"Pair {place}, {f'now {number}' if number else 'open'}: ")

    def _number(self, key: str) -> int:
        """Return the number of a line to choose; 0 for nothing."""
        keys = [known for known, _ in self.exercise.offered]
        return keys.index(key) + 1 if key in keys else 0
