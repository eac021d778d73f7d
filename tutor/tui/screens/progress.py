"""The progress screen: what is due, how long was worked, which mistakes showed, and a map of the skills."""

from collections.abc import Callable
from typing import Any

from textual.app import App

from tutor.tui.practice.progress_lines import progress_lines
from tutor.tui.practice.progress_report import look_at_progress
from tutor.tui.screens.base import TutorScreen
from tutor.tui.screens.message import LinesScreen
from tutor.tui.screens.preparing import PreparingScreen
from tutor.tui.services import Services

_TITLE = "Progress"


async def open_progress(app: App[Any], services: Services) -> None:
    """Show the learner's progress."""

    def prepare() -> Callable[[], TutorScreen]:
        seen = look_at_progress(services.store, services.course, services.now(), services.minutes)
        glyphs = services.terminal.glyphs
        return lambda: LinesScreen(services.terminal, _TITLE, lambda width: progress_lines(seen, width - 1, glyphs))

    await app.push_screen(PreparingScreen(services.terminal, _TITLE, "Looking at what you did …", prepare))
