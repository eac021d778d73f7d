"""What can be done with every page: copy it, write it to a file."""

import asyncio
import os
from functools import partial
from typing import cast

from tutor.tui.link.clipboard import CopyError, clipboard_sequence
from tutor.tui.pages.file import PageFileError, write_page_file
from tutor.tui.screens.ask import AskScreen, Question
from tutor.tui.screens.base import Referring, TutorScreen

_OFFERED = "gdtutor-page.txt"


def copy_page(screen: TutorScreen) -> None:
    """Send what a screen has to copy to the terminal's clipboard, and say so."""
    text = screen.text_to_copy()
    try:
        sequence = clipboard_sequence(text, os.environ)
    except CopyError as error:
        screen.say(str(error))
        return
    cast("Referring", screen.app).send_to_terminal(sequence)
    screen.say(f"{len(text)} characters were sent to the clipboard of your terminal.")


def question_for_file(screen: TutorScreen) -> AskScreen:
    """Return the screen that asks for a file's name, and writes a screen's page to it."""
    text = screen.page_text()
    question = Question("Write this page to a file", "The name of a new file:", _OFFERED)
    return AskScreen(screen.terminal, question, partial(_write, screen, text))


async def _write(screen: TutorScreen, text: str, name: str) -> str:
    """Write the file; return what is wrong with its name, or nothing."""
    try:
        path = await asyncio.to_thread(write_page_file, name, text)
    except PageFileError as error:
        return str(error)
    screen.say(f"Written to {path}")
    return ""
