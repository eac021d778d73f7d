"""The progress screen: what is due, how long was worked, which mistakes showed, and a map of the skills."""

from collections.abc import Callable
from typing import Any

from textual.app import App

from tutor.study.practice.progress_lines import progress_lines
from tutor.study.practice.progress_report import look_at_progress
from tutor.study.services import Services
from tutor.tui.screens.base import TutorScreen
from tutor.tui.screens.message import LinesScreen
from tutor.tui.screens.preparing import PreparingScreen

_TITLE = "Progress"


async def open_progress(app: App[Any], services: Services) -> None:
    """Show the learner's progress."""

    def prepare() -> Callable[[], TutorScreen]:
        seen = look_at_progress(services.store, services.course, services.now(), services.minutes)
        glyphs = services.terminal.glyphs
        return lambda: LinesScreen(services.terminal, _TITLE, lambda width: progress_lines(seen, width - 1, glyphs))

    await app.push_screen(PreparingScreen(services.terminal, _TITLE, "Looking at what you did …", prepare))
