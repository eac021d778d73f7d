"""From a problem file to the workbench: its text, to be changed there."""

from typing import Any

from textual.app import App

from tutor.practice.workbench.reading import MOST_CHARACTERS
from tutor.study.editing import LIMIT
from tutor.study.services import Services
from tutor.tui.workbench.opening import open_workbench
from tutor.tui.workbench.screen import BenchScreen


async def change_text(app: App[Any], services: Services, file: bytes) -> str:
    """Put the text of a problem file on the workbench, and go there; return why that cannot be done, or nothing.

    What was typed there before can be brought back.
    """
    text = file.decode("utf-8-sig").replace("\r\n", "\n").rstrip("\n")
    if len(text) > MOST_CHARACTERS or any(len(row) > LIMIT for row in text.split("\n")):
        return "The file is too long for the workbench. Change it with an editor of your own."
    if any(isinstance(screen, BenchScreen) for screen in app.screen_stack):
        while not isinstance(app.screen, BenchScreen):
            await app.pop_screen()
    else:
        await open_workbench(app, services)
    if isinstance(app.screen, BenchScreen):
        await app.screen.take(text)
    return ""
