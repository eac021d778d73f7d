"""A question before something is put aside: what it is, in words, and two keys."""

from collections.abc import Awaitable, Callable
from typing import ClassVar

from tutor.terminal import Terminal
from tutor.tui.keyboard.keys import ScreenName
from tutor.tui.screens.message import MessageScreen


class ConfirmScreen(MessageScreen):
    """Says what would be done. Enter does it, Esc leaves everything as it is."""

    NAME: ClassVar[ScreenName] = "confirm"

    def __init__(self, terminal: Terminal, title: str, text: str, act: Callable[[], Awaitable[None]]) -> None:
        """Show a text below a title; act does what it says, and closes this page."""
        super().__init__(terminal, title, text)
        self._act = act

    async def do_confirm(self) -> None:
        """Do it."""
        await self._act()
