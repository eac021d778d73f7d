"""One question, answered by typing a line."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.events import Key
from textual.widget import Widget

from tutor.draw.lines import wrapped
from tutor.draw.text import Line, Span, join
from tutor.study.cells import EDITS
from tutor.study.editing import Line as EditedLine
from tutor.study.editing import first_line
from tutor.terminal import Terminal
from tutor.tui.keyboard.keys import Action, ScreenName
from tutor.tui.screens.base import TutorScreen
from tutor.tui.widgets.cell_list import typing_field

Take = Callable[[str], Awaitable[str]]
"""Takes what was typed; returns what is wrong with it, or nothing."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, under which title; what stands in the line already; what is put between pasted lines.

    Without anything to put between them, only the first one is taken.
    """

    title: str
    text: str
    offered: str = ""
    between: str = ""


class AskScreen(TutorScreen):
    """Asks for a line of text, and stays until it can be taken."""

    NAME: ClassVar[ScreenName] = "ask"

    def __init__(self, terminal: Terminal, question: Question, take: Take) -> None:
        super().__init__(terminal)
        self._question = question
        self._take = take
        self._line = EditedLine(question.offered, len(question.offered))
        self._fault = ""

    def compose_body(self) -> Iterator[Widget]:
        """Lay out the question and the line."""
        yield self.rows(self._draw_body, "body")

    def draw_title(self, width: int, height: int) -> Sequence[Line]:
        """Draw what is asked about."""
        del height
        return self.title_line(self._question.title, "", width)

    async def press(self, event: Key) -> None:
        """Do what a key stands for; type the others."""
        if self.action_for(event) is not None:
            await super().press(event)
        elif event.character and event.is_printable and "+" not in event.key:
            self._line = self._line.insert(event.character)
            self.redraw()

    async def perform(self, action: Action) -> None:
        """Do what an action says; those of the line are all alike."""
        if action.name in EDITS:
            self._line = EDITS[action.name](self._line)
            self.redraw()
        else:
            await super().perform(action)

    async def paste(self, text: str) -> None:
        """Take the first line of a pasted text, or all of them with what stands between two."""
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        self._line = self._line.insert(
            self._question.between.join(lines) if self._question.between else first_line(text)
        )
        self.redraw()

    async def do_take(self) -> None:
        """Hand the line on; if it cannot be taken, say why."""
        self._fault = await self._take(self._line.text)
        if self._fault:
            self.redraw()
        elif self.is_current:
            await self.leave()

    async def do_back(self) -> None:
        """Go back without an answer."""
        await self.leave()

    def _draw_body(self, width: int, height: int) -> Sequence[Line]:
        del height
        question = wrapped(self.spell(self._question.text), width - 1, indented=1)
        field = typing_field(self._line, max(1, width - 4), self.terminal.glyphs)
        fault = wrapped(self.spell(self._fault), width - 1, "wrong", indented=1)
        return [(), *question, (), join((Span(" > ", "key"), *field)), (), *(fault if self._fault else [])]
