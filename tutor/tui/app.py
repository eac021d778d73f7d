"""The app: one screen at a time, and keys handed to it one after another."""

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar

from rich.console import RenderableType
from textual.app import App
from textual.events import Event, Key, Paste
from textual.filter import LineFilter
from textual.screen import Screen
from textual.worker import WorkerFailed

from tutor.tui.keyboard.keymap import USUAL, Keymap
from tutor.tui.link.driver import SuspendAsked, TerminalDriver
from tutor.tui.link.narrow_update import narrow
from tutor.tui.reference import ReferenceShelf
from tutor.tui.screens.base import Prepared, TutorScreen, put_away_all


class TutorApp(App[int], inherit_bindings=False):
    """Shows a first screen, and whatever screens lead to."""

    CSS_PATH: ClassVar[Path] = Path(__file__).with_name("style") / "gdtutor.tcss"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    AUTO_FOCUS = None

    def __init__(
        self,
        first_screen: Callable[[], TutorScreen],
        shelf: ReferenceShelf,
        first_frame: Callable[[], None] = lambda: None,
        keymap: Keymap = USUAL,
    ) -> None:
        """Begin with the screen that first_screen makes, and call first_frame when it is shown.

        shelf holds what can be looked up from every screen; keymap says what the keys stand for.
        """
        super().__init__(driver_class=TerminalDriver, ansi_color=True)
        self.shelf = shelf
        self.keymap = keymap
        self._first_screen = first_screen
        self._first_frame = first_frame
        self._above: TutorScreen | None = None
        self._leaving: asyncio.Task[None] | None = None
        self.is_shown = False
        """Whether the first frame is on the terminal."""
        self.fault: Exception | None = None
        """The error that nobody expected and that ended the app."""

    def get_default_screen(self) -> Screen[None]:
        """Return the lowest screen: the one to begin with, or an empty one below a screen that gives way."""
        screen = self._first_screen()
        if not screen.GIVES_WAY:
            return screen
        self._above = screen
        return Screen()

    async def on_mount(self) -> None:
        """Show the screen to begin with, if it is not the lowest one."""
        if self._above is not None:
            await self.push_screen(self._above)

    def on_ready(self) -> None:
        """Pass on that the first frame is shown."""
        self.is_shown = True
        self._first_frame()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return no filters: styles hold no colour where there is to be none."""
        return ()

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        super()._display(screen, narrow(renderable))

    def fail(self, error: Exception) -> None:
        """End because of an error that nobody expected; whoever started the app tells of it once the screen is gone."""
        if self.fault is None:
            beneath = error.error if isinstance(error, WorkerFailed) else error
            self.fault = self._exception = beneath if isinstance(beneath, Exception) else error
            self._exception_event.set()
        self._return_code = 1
        self._close_messages_no_wait()

    def _handle_exception(self, error: Exception) -> None:
        """Textual calls this where nobody caught an error; its own way is a traceback over the terminal."""
        self.fail(error)

    def send_to_terminal(self, sequence: str) -> None:
        """Write a control sequence to the terminal."""
        if self._driver is not None:
            self._driver.write(sequence)

    async def suspend_job(self) -> bool:
        """Go back to the shell until it brings gdtutor back; False where no shell could."""
        if not isinstance(self._driver, TerminalDriver):
            return False
        await put_away_all(self)
        was_stopped = self._driver.suspend()
        self.refresh(layout=True)
        return was_stopped

    def _set_pointer_shape(self, shape: str) -> None:
        """Leave the mouse, which is not used, the pointer that its user has; Textual would never give it back."""

    def leave_soon(self, status: int) -> None:
        """Keep what is not kept yet, then end with an exit status; for whoever is not a screen."""

        async def leave() -> None:
            try:
                await put_away_all(self)
            finally:
                self.exit(status)

        self._leaving = asyncio.create_task(leave())

    async def on_event(self, event: Event) -> None:
        """Hand keys and pastes to the screen, and wait until it has dealt with them."""
        screen = self.screen if self.screen_stack else None
        if isinstance(event, Key) and isinstance(screen, TutorScreen):
            screen.take_note_away()
            await screen.press(event)
        elif isinstance(event, Paste) and isinstance(screen, TutorScreen):
            await screen.paste(event.text)
        else:
            await super().on_event(event)

    async def on_suspend_asked(self, message: SuspendAsked) -> None:
        """Suspend, as a signal from outside says."""
        del message
        await self.suspend_job()

    async def on_prepared(self, message: Prepared) -> None:
        """Let a screen take the place of the one that waited for it, and have the keys pressed meanwhile."""
        if self.screen is message.waiting:
            await self.switch_screen(message.screen)
            await message.screen.opened()
            for key in message.kept:
                await self.on_event(key)
