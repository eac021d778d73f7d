"""What is seen while something is worked out that takes longer than a key press."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar

from textual.events import Key
from textual.widget import Widget

from tutor.course.error import LessonError
from tutor.draw.lines import text_line
from tutor.draw.text import Line
from tutor.engine.error import EngineError
from tutor.exit_status import FAULT
from tutor.mathematics.problem import ProblemError
from tutor.terminal import Terminal
from tutor.tui.keyboard.keys import ScreenName
from tutor.tui.screens.base import Prepared, TutorScreen
from tutor.tui.screens.message import MessageScreen

Prepare = Callable[[], Callable[[], TutorScreen]]
"""Works something out, which may take long; what it returns then makes the screen."""


class PreparingScreen(TutorScreen):
    """Says what is being worked out. Keys pressed meanwhile are kept for the screen that follows."""

    NAME: ClassVar[ScreenName] = "preparing"
    GIVES_WAY: ClassVar[bool] = True

    def __init__(self, terminal: Terminal, title: str, doing: str, prepare: Prepare) -> None:
        """Show a title and what is being done, and let another screen follow once prepare has returned."""
        super().__init__(terminal)
        self._title = title
        self._doing = doing
        self._prepare = prepare
        self._kept: list[Key] = []

    def compose_body(self) -> Iterator[Widget]:
        """Lay out the one line."""
        yield self.rows(self._draw_body, "body")

    def on_mount(self) -> None:
        """Begin."""
        self.run_worker(self._work())

    def draw_title(self, width: int, height: int) -> Sequence[Line]:
        """Draw the title of what follows."""
        del height
        return self.title_line(self._title, "", width)

    async def press(self, event: Key) -> None:
        """Keep keys for the screen that follows."""
        if self.action_for(event) is None:
            self._kept.append(event)
        else:
            await super().press(event)

    async def do_back(self) -> None:
        """Go back without waiting."""
        await self.leave()

    async def _work(self) -> None:
        try:
            make = await asyncio.to_thread(self._prepare)
        except ProblemError as error:
            screen: TutorScreen = MessageScreen(self.terminal, "This problem has a fault", str(error), FAULT)
        except EngineError as error:
            screen = MessageScreen(self.terminal, "This cannot be run", str(error), FAULT)
        except LessonError as error:
            screen = MessageScreen(self.terminal, "This lesson has a fault", str(error), FAULT)
        else:
            screen = make()
        self.app.post_message(Prepared(self, screen, self._kept))

    def _draw_body(self, width: int, height: int) -> Sequence[Line]:
        del width
        return [*[()] * (height - 1), text_line(f" {self.spell(self._doing)}", "dim")]
