"""The dialogues of games, and of runs that are set up to reach a goal."""

from collections.abc import Awaitable, Callable
from typing import ClassVar

from tutor.course.blocks.running import find_knob
from tutor.course.error import LessonError
from tutor.course.exercises.guessing import DOWN, NEW, UP, Guessing, equation, size_answer, written
from tutor.course.exercises.mixing import AGAIN, APPLY, Mixing
from tutor.course.exercises.trying import Settings, Trying
from tutor.engine.error import EngineError
from tutor.lab.knobs import Knob
from tutor.lab.settings import LabSettings
from tutor.mathematics.problem import ProblemError
from tutor.plain.dialogue import SHOW, Dialogue, Task
from tutor.plain.talk import Commands, Talk, Typed, numbers_in
from tutor.study.practice.words import counted


class GuessDialogue(Dialogue[Guessing]):
    """Guess the number."""

    OWN: ClassVar[Commands] = {
        "up": "raise the guess",
        "down": "lower the guess",
        "size NUMBER": "take the size of this number, and begin again",
        "new": "take another number to find",
        "next": "go on, once a number is found",
    }

    def __init__(self, talk: Talk, task: Task) -> None:
        super().__init__(talk, task)
        self._goes_on = False

    @property
    def settled(self) -> bool:
        """Whether the learner has found a number, and wants to go on."""
        return self._goes_on

    def lay_out(self) -> None:
        """Say the range, the sizes and the guess."""
        game = self.exercise
        self.talk.say(f"The secret is between {game.smallest} and {game.largest}; within {game.near} is near enough.")
        what = "Each move is a share of the distance" if game.proportional else "Each move is a step"
        sizes = "; ".join(f"size {place}: {written(size)}" for place, size in enumerate(game.sizes, start=1))
        self.talk.say(f"{what}, of one of these sizes: {sizes}.")
        self._say_guess()
        self.talk.say(game.word)

    def prompt(self) -> str:
        """Ask for a move."""
        if self.exercise.found and self.exercise.done:
            return "Type next to go on, new for another number, back, or help."
        return "Type up, down, size 1, new, back, or help."

    async def take(self, text: str) -> None:
        """Take nothing: moves are commands."""
        self.not_understood(text, "Type up or down.")

    async def do(self, typed: Typed) -> None:
        """Make a move."""
        match typed.command:
            case "next":
                self._goes_on = self.exercise.found and self.exercise.done
                if not self._goes_on:
                    self.talk.say("The number is not found yet. With back you can come back to it later.")
            case "size":
                numbers = numbers_in(typed.text, len(self.exercise.sizes))
                if numbers is None or len(numbers) != 1:
                    self.not_understood(typed.text, f"Type size with a number from 1 to {len(self.exercise.sizes)}.")
                    return
                await self._move(size_answer(numbers[0] - 1))
            case command:
                await self._move({"up": UP, "down": DOWN}.get(command, NEW))

    async def _move(self, text: str) -> None:
        reply = await self.task.session.answer(text)
        if reply.verdict != "invalid":
            self._say_guess()
        self.talk.tell(reply.feedback)
        self.heed_store()

    def _say_guess(self) -> None:
        game = self.exercise
        size = f"{'share' if game.proportional else 'step'} {written(game.size)}"
        self.talk.say(f"Your guess is {written(game.guess)}, after {counted(len(game.moves), 'move')}; {size}.")


class DeskDialogue(Dialogue[Mixing]):
    """The mixing desk: one knob at a time, then all at once."""

    COLON: ClassVar[bool] = True
    OWN: ClassVar[Commands] = {
        "all": "turn all knobs at once, each against its slope",
        "reset": "put everything back to the start",
        "knobs": "say where the knobs stand",
    }

    def lay_out(self) -> None:
        """Say where each knob stands, the slope that was read there, and what comes out."""
        desk = self.exercise
        for name, value, offset, slope in zip(desk.names, desk.values, desk.offsets, desk.slopes, strict=True):
            place = f", {counted(abs(offset), 'step')} {'up' if offset > 0 else 'down'}" if offset else ""
            known = "slope not known yet" if slope is None else f"slope {written(slope)}"
            self.talk.say(f"{equation(name, value)}{place}; {known}.")
        self.talk.say(f"{self._outcome()}. A move is a step of {written(desk.step)}.")

    def prompt(self) -> str:
        """Ask for a move."""
        name = self.exercise.names[0]
        return f"Type {name} + or {name} - to move a knob; :all, :reset, :back, or :help."

    async def take(self, text: str) -> None:
        """Move a knob."""
        name, sign = text.rstrip("+-").strip(), text[-1:]
        words = {"up": "+", "down": "-"}
        first, _, last = text.rpartition(" ")
        if last.lower() in words:
            name, sign = first.strip(), words[last.lower()]
        if name not in self.exercise.names or sign not in {"+", "-"}:
            self.not_understood(text, f"Knobs are {', '.join(self.exercise.names)}; type one with + or -.")
            return
        await self.give(f"{name} {sign}")

    async def do(self, typed: Typed) -> None:
        """Turn all knobs, put them back, or say where they stand."""
        match typed.command:
            case "all":
                await self.give(APPLY)
            case "reset":
                await self.give(AGAIN)
            case _:
                self.lay_out()

    def _outcome(self) -> str:
        name = self.exercise.problem.objective
        try:
            return equation(name, self.exercise.objective)
        except ProblemError:
            return f"{name} has no value here"


class TrialDialogue(Dialogue[Trying]):
    """Settings that may be changed, until the run with them reaches its goal."""

    OWN: ClassVar[Commands] = {
        "run": "let it run with these settings, and say whether it reaches the goal",
        "set NAME VALUE": "change a setting",
        "settings": "say the settings that may be changed",
        "lab": "look at these settings in the lab",
        **SHOW,
    }

    def __init__(
        self,
        talk: Talk,
        task: Task,
        goal: str,
        settings_of: Callable[[Settings], LabSettings],
        open_lab: Callable[[LabSettings], Awaitable[None]],
    ) -> None:
        """Ask for settings.

        settings_of returns whole settings for those that may be changed, and raises EngineError or LessonError for what
        cannot be; open_lab talks about them in the lab.
        """
        super().__init__(talk, task)
        self._goal = goal
        self._settings_of = settings_of
        self._open_lab = open_lab
        self._settings = self.exercise.settings

    def lay_out(self) -> None:
        """Say the goal and the settings."""
        self.talk.say(f"The goal: {self._goal}.")
        self._say_settings()

    def prompt(self) -> str:
        """Ask for a setting, or to run."""
        symbol = self._settings[0][0]
        return f"Type run, set {symbol} VALUE, show, lab, back, or help."

    async def take(self, text: str) -> None:
        """Take nothing: what can be done here are commands."""
        self.not_understood(text, "Type set with the name of a setting and its value, or run.")

    async def do(self, typed: Typed) -> None:
        """Run, or change a setting."""
        match typed.command:
            case "run":
                self.talk.say("Running.")
                await self.give(self.exercise.text_of(self._settings))
            case "set":
                self._set(typed.text)
            case "settings":
                self._say_settings()
            case "lab":
                await self._open_lab(self._settings_of(self._settings))
            case _:
                await super().do(typed)
                self._settings = self.exercise.settings

    def say_answer(self) -> None:
        """Say the settings that reach the goal."""
        self._settings = self.exercise.settings
        self._say_settings()

    def _say_settings(self) -> None:
        for symbol, value in self._settings:
            self.talk.say(f"{self._knob(symbol).name}, set as {symbol}: {value}.")

    def _set(self, text: str) -> None:
        symbol, _, value = text.replace("=", " ").partition(" ")
        wanted = find_knob(self._settings_of(self._settings), symbol) if symbol else None
        places = [place for place, (known, _) in enumerate(self._settings) if self._knob(known) == wanted]
        if not places or not value.strip():
            known = ", ".join(symbol for symbol, _ in self._settings)
            self.not_understood(text, f"What may be set here is {known}. Type set, one of these, and a value.")
            return
        pairs = list(self._settings)
        try:
            knob = self._knob(pairs[places[0]][0])
            shown = knob.shown(knob.typed(self._settings_of(self._settings), value.strip()))
            pairs[places[0]] = pairs[places[0]][0], shown
            self._settings_of(tuple(pairs))
        except (EngineError, LessonError) as error:
            self.talk.say(error.message if isinstance(error, LessonError) else str(error))
            return
        self._settings = tuple(pairs)
        self._say_settings()

    def _knob(self, symbol: str) -> Knob:
        knob = find_knob(self._settings_of(self._settings), symbol)
        assert knob is not None
        return knob
