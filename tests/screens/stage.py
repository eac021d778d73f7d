"""Shows screens without a terminal, and does what a learner does with them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.events import Paste

from tutor.tui.app import TutorApp
from tutor.tui.reference import ReferenceShelf
from tutor.tui.screens.home import HomeScreen

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from rich.style import Style
    from textual.pilot import Pilot

    from tutor.study.services import Services
    from tutor.terminal import Terminal
    from tutor.tui.screens.base import TutorScreen

HERE = Path(__file__).parent
COURSE = HERE / "course"
FIVE_WEIGHTS = HERE.parents[1] / "lessons" / "problems" / "five-weights.toml"
NOW = datetime(2025, 3, 1, 12, 0, tzinfo=UTC)
_PATIENCE = 20.0

FirstScreen = Callable[["Services"], "TutorScreen"]


@dataclass(frozen=True)
class Shown:
    """An app that is shown, and what a learner does with it."""

    app: TutorApp
    pilot: Pilot[int]

    async def press(self, *keys: str) -> None:
        """Press keys by Textual's names, and wait until all is drawn."""
        for key in keys:
            await self.pilot.press(key)
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        """Type a text."""
        await self.press(*("space" if character == " " else character for character in text))

    async def paste(self, text: str) -> None:
        """Paste a text."""
        self.app.post_message(Paste(text))
        await self.pilot.pause()

    async def wait_for(self, text: str) -> None:
        """Wait until the screen shows a text."""
        end = asyncio.get_running_loop().time() + _PATIENCE
        while text not in self.text:
            if asyncio.get_running_loop().time() > end:
                raise AssertionError(f"waited in vain for {text!r}; the screen:\n{self.text}")
            await self.pilot.pause(0.01)

    @property
    def lines(self) -> list[str]:
        """The rows of the screen, without spaces at their ends."""
        strips = self.app.screen._compositor.render_strips(self.app.size)
        return [strip.text.rstrip() for strip in strips]

    @property
    def text(self) -> str:
        """The screen as text."""
        return "\n".join(self.lines).rstrip("\n")

    @property
    def styles(self) -> list[Style]:
        """The styles that anything on the screen has."""
        strips = self.app.screen._compositor.render_strips(self.app.size)
        return [segment.style for strip in strips for segment in strip if segment.style]


@dataclass(frozen=True)
class Stage:
    """Where screens are shown."""

    services: Services

    def on(self, terminal: Terminal) -> Stage:
        """Return this stage with another terminal."""
        return Stage(replace(self.services, terminal=terminal))

    @asynccontextmanager
    async def show(self, first: FirstScreen = HomeScreen, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Shown]:
        """Show a screen in so many columns and rows."""
        app = TutorApp(lambda: first(self.services), ReferenceShelf(self.services))
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            yield Shown(app, pilot)


def run(coroutine: Awaitable[Any]) -> None:
    """Run what a test does with a screen."""

    async def main() -> None:
        await coroutine

    asyncio.run(main())
