"""What the dialogues of exercises share: a question, answers, what is said about them, and the ways out."""

from dataclasses import dataclass
from typing import ClassVar, Final, Generic, TypeVar

from tutor.course.exercises.base import Exercise
from tutor.plain.talk import Commands, Talk, Typed, ended
from tutor.study.exercise_session import ExerciseSession

State = TypeVar("State", bound=Exercise)

BACK: Final[Commands] = {"back": "go back to where you came from; you can go on here later"}
ASIDE: Final[Commands] = {"aside": "lay this task aside for another one; what was wrong or shown still counts"}
SHOW: Final[Commands] = {"show": "say the answer; it is remembered as shown, not as solved"}
_VERDICTS: Final = {"correct": "Right.", "incorrect": "Not right."}


@dataclass(frozen=True, slots=True)
class Task:
    """An exercise to be talked about."""

    title: str
    question: str
    """Markdown."""
    session: ExerciseSession
    among_others: bool = False
    """Whether it can be laid aside, for another one of its kind."""


class Dialogue(Generic[State]):
    """An exercise, asked about until it is done or left."""

    OWN: ClassVar[Commands] = {}
    """The commands of this kind of exercise."""
    COLON: ClassVar[bool] = False
    """Whether commands begin with a colon, because words and letters can be answers."""

    def __init__(self, talk: Talk, task: Task) -> None:
        self.talk = talk
        self.task = task
        self.laid_aside = False
        """Whether the learner wants another task instead."""

    @property
    def exercise(self) -> State:
        """The exercise as it is now."""
        return self.task.session.exercise  # type: ignore[return-value]  # each dialogue is given its own kind

    @property
    def settled(self) -> bool:
        """Whether nothing is left to do here."""
        return self.exercise.done

    async def run(self) -> bool:
        """Talk until the exercise is done or laid aside, and return True; False where it is left before."""
        self.open()
        commands = {**self.OWN, **BACK, **(ASIDE if self.task.among_others else {})}
        if self.settled:
            self.say_done()
        while not self.settled:
            typed = self.talk.ask(self.prompt(), commands, colon=self.COLON, again=self.open)
            match typed.command:
                case "back":
                    return False
                case "aside":
                    self.laid_aside = True
                    return True
                case "":
                    await self.take(typed.text)
                case _:
                    await self.do(typed)
        return True

    def open(self) -> None:
        """Say what is asked."""
        self.talk.say(ended(self.task.title))
        self.talk.tell(self.task.question)
        self.lay_out()

    def lay_out(self) -> None:
        """Say what there is to answer with."""

    def prompt(self) -> str:
        """Return what can be typed now, in a line."""
        raise NotImplementedError

    async def take(self, text: str) -> None:
        """Deal with a text that was typed."""
        raise NotImplementedError

    async def do(self, typed: Typed) -> None:
        """Do what a command says: this one is known everywhere where answers can be shown."""
        if typed.command == "show":
            await self.task.session.show()
            self.talk.say("This is the answer. It counts as shown.")
            self.say_answer()
            self.heed_store()

    def say_answer(self) -> None:
        """Say the answer: where it was shown, and where the exercise is done already."""

    def say_done(self) -> None:
        """Say how it came out, where it was done before."""
        self.talk.say("This is done already. It was shown." if self.exercise.shown else "This is done already.")
        self.say_answer()

    async def give(self, text: str) -> None:
        """Give an answer, and say what comes of it."""
        reply = await self.task.session.answer(text)
        word = _VERDICTS.get(reply.verdict, "")
        said = reply.feedback.removeprefix(word).strip()
        self.talk.tell(said, before=f"{word} " if word and said else word)
        self.heed_store()

    def heed_store(self) -> None:
        """Pass on what the store has to say."""
        notice = self.task.session.take_notice()
        if notice:
            self.talk.say(notice)

    def not_understood(self, text: str, wanted: str) -> None:
        """Say that what was typed is no answer here: it costs nothing."""
        self.talk.say(f"{f'“{text[:40]}” is no answer here.' if text else 'Nothing was typed.'} {wanted}")
