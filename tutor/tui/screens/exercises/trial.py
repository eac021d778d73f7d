"""A run to set up: turn the knobs, let it run, see whether it reaches its goal."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import ClassVar

from tutor.course.blocks.running import find_knob
from tutor.course.error import LessonError
from tutor.course.exercises.trying import Settings, Trying
from tutor.course.figures import Draw
from tutor.draw.text import Line, Span, join
from tutor.draw.width import display_width, fit
from tutor.engine.error import EngineError
from tutor.lab.knobs import Knob
from tutor.lab.settings import LabSettings
from tutor.study.feedback import Feedback
from tutor.tui.keyboard.keys import ScreenName
from tutor.tui.screens.ask import AskScreen, Question
from tutor.tui.screens.exercises.base import ExerciseScreen, Task


@dataclass(frozen=True, slots=True)
class Trial:
    """What a trial runs.

    `settings_of` returns whole settings for those that may be changed, `run` runs them and returns what draws the run
    (both raise EngineError for what cannot be), `open_lab` shows them in the lab.
    """

    settings_of: Callable[[Settings], LabSettings]
    run: Callable[[Settings], Draw]
    open_lab: Callable[[LabSettings], Awaitable[None]]
    goal: str


class TrialScreen(ExerciseScreen[Trying]):
    """The settings that may be changed, and the run that they led to."""

    NAME: ClassVar[ScreenName] = "trial"

    def __init__(self, task: Task, trial: Trial) -> None:
        super().__init__(task)
        self._trial = trial
        self._cursor = 0
        self._settings = self.exercise.settings
        self._picture: Draw | None = None

    def take_over(self) -> None:
        """Show the settings that were tried, or the solution."""
        self._settings = self.exercise.settings

    def answer_text(self) -> str:
        """Return the settings as they stand."""
        return self.exercise.text_of(self._settings)

    async def give(self, text: str) -> None:
        """Let it run, and show the run."""
        self._picture = await asyncio.to_thread(self._run)
        await super().give(text)

    async def do_show(self) -> None:
        """Show settings that reach the goal, and their run."""
        await super().do_show()
        if self.exercise.shown:
            self._picture = await asyncio.to_thread(self._run)
            self.redraw()

    async def do_up(self) -> None:
        """Choose the setting above."""
        self._cursor = max(0, self._cursor - 1)
        self.redraw()

    async def do_down(self) -> None:
        """Choose the setting below."""
        self._cursor = min(len(self._settings) - 1, self._cursor + 1)
        self.redraw()

    async def do_turn_down(self) -> None:
        """Give the setting its value before."""
        self._turn(-1)

    async def do_turn_up(self) -> None:
        """Give the setting its next value."""
        self._turn(1)

    async def do_type_value(self) -> None:
        """Ask for a value."""
        knob = self._knob

        async def take(text: str) -> str:
            try:
                self._put(knob.shown(knob.typed(self._trial.settings_of(self._settings), text)))
            except EngineError as error:
                return str(error)
            return ""

        question = f"{knob.name[:1].upper()}{knob.name[1:]}: {self._settings[self._cursor][1]} now. Which value?"
        await self.app.push_screen(AskScreen(self.terminal, Question(knob.name, question), take))

    async def do_lab(self) -> None:
        """Look at these settings in the lab."""
        await self._trial.open_lab(self._trial.settings_of(self._settings))

    def draw_view(self, width: int) -> tuple[list[Line], int]:
        """Draw the goal, the settings and the run."""
        lines: list[Line] = [join((Span(" Goal  ", "dim"), Span(self.spell(self._trial.goal), "strong"))), ()]
        names = [f"{self._knob_at(place).name} {symbol}" for place, (symbol, _) in enumerate(self._settings)]
        widest = max(display_width(self.spell(name)) for name in names)
        for place, ((_, value), name) in enumerate(zip(self._settings, names, strict=True)):
            chosen = place == self._cursor
            label = fit(self.spell(name), widest)
            marker = Span(" > " if chosen else "   ", "key")
            lines.append(join((marker, Span(label), Span("   "), Span(self.spell(value), "strong"))))
        cursor = 2 + self._cursor
        if self._picture is not None:
            lines += [(), *self._picture(width, self.terminal.glyphs)]
        return lines, cursor

    @property
    def _knob(self) -> Knob:
        return self._knob_at(self._cursor)

    def _knob_at(self, place: int) -> Knob:
        knob = find_knob(self._trial.settings_of(self._settings), self._settings[place][0])
        assert knob is not None
        return knob

    def _turn(self, steps: int) -> None:
        knob = self._knob
        try:
            self._put(knob.shown(knob.turned(self._trial.settings_of(self._settings), steps)))
        except EngineError as error:
            self.feedback = Feedback(str(error), "?", "follow")
        self.redraw()

    def _put(self, value: str) -> None:
        pairs = list(self._settings)
        pairs[self._cursor] = pairs[self._cursor][0], value
        self._settings = tuple(pairs)
        self.feedback = Feedback("")

    def _run(self) -> Draw | None:
        try:
            return self._trial.run(self._settings)
        except (EngineError, LessonError):  # the verdict says why
            return None
