"""The page of a problem of one's own: what it consists of, and every way to work with it."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from tutor.draw.lines import text_line, wrapped
from tutor.draw.text import Line
from tutor.practice.workbench.reading import read_bench, with_parameters
from tutor.practice.workbench.saving import SavingError, offered_name, save_problem
from tutor.study.services import Services
from tutor.study.workbench.own import OwnProblem
from tutor.study.workbench.reading_lines import draw_problem
from tutor.tui.screens.ask import AskScreen, Question
from tutor.tui.screens.menu import Choice, Group, MenuScreen
from tutor.tui.screens.message import LinesScreen
from tutor.tui.screens.practice import derivation_screen, problem_lab_screen, sheet_screen

_FEWEST_ROWS = 3
"""Rows of the problem that stand above the ways to work with it, however small the screen."""

Retype = Callable[[str], Awaitable[None]]
"""Takes the text of a problem that was typed, once it is changed."""


class ProblemPage(MenuScreen):
    """A problem, and below it the ways to work with it."""

    def __init__(self, services: Services, own: OwnProblem, retype: Retype | None = None) -> None:
        """Show a problem; retype takes its text where that can be changed from here."""
        self._services = services
        self._own = own
        self._retype = retype
        self._said = ""
        super().__init__(services.terminal, own.title, (Group("What to do with it", tuple(self._choices_of())),))

    def draw_title(self, width: int, height: int) -> Sequence[Line]:
        """Draw what the problem is called."""
        del height
        return self.title_line(self._own.title, "", width)

    def draw_above(self, width: int, height: int) -> list[Line]:
        """Draw what the problem consists of, as far as there is room."""
        said = wrapped(self.spell(self._said), width - 1, "good", 1) if self._said else []
        lines = self._about(width)
        room = max(_FEWEST_ROWS, height - len(said))
        if len(lines) > room:
            lines[room - 1 :] = [text_line(f" {self.terminal.glyphs.ellipsis} all of it: last row", "dim")]
        return [*lines, *said]

    def _choices_of(self) -> list[Choice]:
        choices = [
            Choice("Worksheet", "every cell blank", self._open_sheet),
            Choice("Chosen cells", "which ones are blank", self._open_choice),
            Choice("Derivation", "every cell, its rule", self._open_derivation),
            Choice("Lab", "watch it go downhill", self._open_lab),
            Choice("Save", "as a problem file", self._ask_where),
        ]
        if self._retype is not None and self._own.typed:
            choices.append(Choice("Parameters", "which are learned", self._ask_parameters))
        if not self._own.typed and self._retype is None:
            choices.append(Choice("Change it", "at the workbench", self._change))
        choices.append(Choice("All of it", "on a page of its own", self._show_all))
        return choices

    # -- ways

    async def _open_sheet(self) -> None:
        await self.app.push_screen(sheet_screen(self._services, self._own.problem, self._own.file))

    async def _open_choice(self) -> None:
        from tutor.tui.workbench.cells_screen import choice_screen  # noqa: PLC0415 - only this row needs it

        await self.app.push_screen(choice_screen(self._services, self._own.problem, self._own.file))

    async def _open_derivation(self) -> None:
        await self.app.push_screen(derivation_screen(self._services, self._own.problem))

    async def _open_lab(self) -> None:
        await self.app.push_screen(problem_lab_screen(self._services, self._own.problem, self._own.file))

    async def _show_all(self) -> None:
        await self.app.push_screen(LinesScreen(self.terminal, self._own.title, self._about))

    async def _ask_where(self) -> None:
        async def take(text: str) -> str:
            try:
                path = await asyncio.to_thread(save_problem, text, self._own.file)
            except SavingError as error:
                return str(error)
            self._said = f"Saved as {path}"
            return ""

        question = Question("Save as a problem file", "Where? Type a path; ~ is your home folder.", self._offered())
        await self.app.push_screen(AskScreen(self.terminal, question, take))

    async def _ask_parameters(self) -> None:
        problem = self._own.problem
        names = ", ".join((*problem.parameters, *problem.given))
        text = f"Which names are learned? The others of {names} are given, and stay as they are."

        async def take(typed: str) -> str:
            return await self._take_parameters(typed)

        question = Question("Parameters", text, ", ".join(problem.parameters))
        await self.app.push_screen(AskScreen(self.terminal, question, take))

    async def _change(self) -> None:
        from tutor.tui.workbench.changing import change_text  # noqa: PLC0415 - it leads to other pages, and so back here

        self._said = await change_text(self.app, self._services, self._own.file)
        self.redraw()

    # -- inside

    def _offered(self) -> str:
        return offered_name(self._own.problem.title)

    async def _take_parameters(self, typed: str) -> str:
        """Write the line that names the parameters; return what is wrong with it, or nothing."""
        text = with_parameters(self._own.typed, typed.replace(",", " ").replace(";", " ").split())
        reading = await asyncio.to_thread(read_bench, text)
        if reading.fault is not None or reading.problem is None or self._retype is None:
            return reading.fault.message if reading.fault else "The problem cannot be read any more."
        await self._retype(text)
        self._own = OwnProblem(reading.problem, reading.file.encode(), text, reading.notes)
        self._said = ""
        return ""

    def _about(self, width: int) -> list[Line]:
        lines = draw_problem(self._own.problem, width, self.terminal.glyphs)
        for note in self._own.notes:
            lines += wrapped(self.spell(note), width - 1, "follow", 1)
        return lines
