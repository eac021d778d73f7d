"""What every screen shares: a title, a key line, keys that arrive in order, and a smallest size."""

from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, cast

from textual.app import App, ComposeResult
from textual.events import Key, Resize
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget

from tutor.draw.lines import spread, text_line, wrapped
from tutor.draw.text import Line, Span, join, plain
from tutor.terminal import SMALLEST, Terminal
from tutor.tui.keyboard.keymap import NO_LABELS, Keymap
from tutor.tui.keyboard.keys import Action, ScreenName
from tutor.tui.pages.text import text_of_parts
from tutor.tui.widgets.rows import Draw, Rows

if TYPE_CHECKING:
    from tutor.tui.reference import ReferenceShelf


class Referring(Protocol):
    """What the app has for every screen."""

    shelf: "ReferenceShelf"
    keymap: Keymap
    is_shown: bool
    """Whether the first frame is on the terminal."""

    async def suspend_job(self) -> bool:
        """Go back to the shell until it brings gdtutor back; False where no shell could."""

    def send_to_terminal(self, sequence: str) -> None:
        """Write a control sequence to the terminal."""


class TutorScreen(Screen[None], inherit_bindings=False):
    """A screen drawn from rows, that takes keys from the app one after another.

    Keys do not go through Textual's focus and bindings. On that way each key waits in three queues, so
    that of an Enter and a digit sent in one packet the digit could be dealt with first.
    """

    NAME: ClassVar[ScreenName]
    GIVES_WAY: ClassVar[bool] = False
    """Whether another screen takes the place of this one by itself."""

    def __init__(self, terminal: Terminal) -> None:
        super().__init__()
        self.terminal = terminal
        self._note = ""

    def compose(self) -> ComposeResult:
        """Lay out the title, the body and the key line."""
        yield self.rows(self.draw_title, "title")
        yield from self.compose_body()
        yield self.rows(self.draw_keys, "keys")
        yield self.rows(self._draw_too_small, "too-small")

    def compose_body(self) -> Iterator[Widget]:
        """Yield what stands between the title and the key line."""
        raise NotImplementedError

    def draw_title(self, width: int, height: int) -> Sequence[Line]:
        """Draw the first row."""
        raise NotImplementedError

    async def opened(self) -> None:
        """Do what there is to do once the screen is shown in place of the one that prepared it."""

    def hidden_keys(self) -> frozenset[str]:
        """Return the names of actions that can do nothing at the moment."""
        return frozenset()

    def missing_actions(self) -> frozenset[str]:
        """Return the names of actions that other screens of this kind have, and this one never."""
        return frozenset()

    def key_labels(self) -> Mapping[str, str]:
        """Return the labels of actions that do something else at the moment."""
        return NO_LABELS

    def draw_keys(self, width: int, height: int) -> Sequence[Line]:
        """Draw the key line."""
        del height
        if self._note:
            return [text_line(f" {self.spell(self._note)}", "follow")]
        separator = f" {self.separator} "
        hidden = self.hidden_keys() | self.missing_actions()
        entries = self.keymap.key_entries(self.NAME, width, separator, hidden, self.key_labels())
        between = Span(separator, "dim")
        spans = [span for key, label in entries for span in (between, Span(key, "key"), Span(f" {label}"))]
        return [join((Span(" "), *spans[1:]))]

    def title_line(self, left: str, right: str, width: int) -> list[Line]:
        """Return the first row: what this is on the left, how far it is on the right."""
        glyphs = self.terminal.glyphs
        name = text_line(glyphs.spell(left), "heading")
        return [spread(name, text_line(glyphs.spell(right)), width, glyphs)]

    @property
    def keymap(self) -> Keymap:
        """The keys in force."""
        return cast("Referring", self.app).keymap

    def action_for(self, event: Key) -> Action | None:
        """Return the action that a key stands for here, or None."""
        return self.keymap.find_action(self.NAME, event.key)

    def say(self, note: str) -> None:
        """Show a note in place of the key line, until the next key."""
        self._note = note
        self.redraw()

    def take_note_away(self) -> None:
        """Show the key line again."""
        if self._note:
            self.say("")

    @property
    def separator(self) -> str:
        """What stands between two things in one line."""
        return "|" if self.terminal.glyphs.plain else "·"

    def rows(self, draw: Draw, name: str) -> Rows:
        """Return a part of this screen that a function draws."""
        return Rows(draw, self.terminal, name)

    def spell(self, text: str) -> str:
        """Return a text in the characters that this terminal has."""
        return self.terminal.glyphs.spell(text)

    def redraw(self) -> None:
        """Draw everything again; what did not change is not sent."""
        for rows in self.query(Rows):
            rows.redraw()

    def soon(self, seconds: float, do: Callable[[], Coroutine[Any, Any, None]]) -> Timer:
        """Do something after so many seconds, beside the screen: while a timer of its own waits, nothing is drawn."""

        def begin() -> None:
            self.run_worker(do())

        return self.set_timer(seconds, begin)

    async def on_screen_resume(self) -> None:
        """Draw what another screen has changed meanwhile."""
        self.redraw()

    def on_resize(self, event: Resize) -> None:
        """Draw for another size, and say what is needed where the terminal is too small.

        All of it is sent, not only what changed: between two sizes that are told the terminal may have been smaller,
        and then it has forgotten what did not fit.
        """
        too_small = event.size.width < SMALLEST[0] or event.size.height < SMALLEST[1]
        self.set_class(too_small, "-too-small")
        self.call_after_refresh(self.redraw)
        if cast("Referring", self.app).is_shown:
            self.refresh()

    async def show_keys(self) -> None:
        """Show the keys of this screen."""
        from tutor.tui.screens.help import HelpScreen  # noqa: PLC0415 - it is a screen too

        await self.app.push_screen(HelpScreen(self))

    def page_text(self) -> str:
        """Return this page as plain text."""
        return text_of_parts(self.query(Rows))

    def text_to_copy(self) -> str:
        """Return what copying takes from this page: all of it, if there is nothing better."""
        return self.page_text()

    async def do_palette(self) -> None:
        """Show all that can be done here."""
        from tutor.tui.screens.palette import PaletteScreen  # noqa: PLC0415 - as the help

        await self.app.push_screen(PaletteScreen(self))

    async def do_copy(self) -> None:
        """Copy what this page has to copy."""
        from tutor.tui.pages.actions import copy_page  # noqa: PLC0415 - as the help

        copy_page(self)

    async def do_write_page(self) -> None:
        """Ask for a file, and write this page to it."""
        from tutor.tui.pages.actions import question_for_file  # noqa: PLC0415 - as the help

        await self.app.push_screen(question_for_file(self))

    async def do_suspend(self) -> None:
        """Go back to the shell, until it brings gdtutor back."""
        if not await cast("Referring", self.app).suspend_job():
            self.say("Nothing could bring gdtutor back here: it was started without a shell.")

    def words_here(self) -> str:
        """Return the text of this page, as plain words."""
        return " ".join(plain(line) for rows in self.query(Rows) for line in rows.lines)

    async def do_glossary(self) -> None:
        """Look up a word."""
        await cast("Referring", self.app).shelf.open_glossary(self.app, self.words_here())

    async def do_search(self) -> None:
        """Search the course."""
        await cast("Referring", self.app).shelf.open_search(self.app)

    async def put_away(self) -> None:
        """Keep what is not kept yet, before the screen goes."""

    async def do_quit(self) -> None:
        """Leave gdtutor."""
        await put_away_all(self.app)
        self.app.exit(0)

    async def leave(self, status: int = 0) -> None:
        """Go back to the screen below; from the last one, leave gdtutor with an exit status."""
        await self.put_away()
        if any(isinstance(screen, TutorScreen) for screen in self.app.screen_stack[:-1]):
            await self.app.pop_screen()
        else:
            self.app.exit(status)

    async def press(self, event: Key) -> None:
        """Do what a key stands for."""
        action = self.action_for(event)
        if action is not None:
            await self.perform(action)

    async def perform(self, action: Action) -> None:
        """Do what an action says: the method `do_…` of its name."""
        await getattr(self, f"do_{action.name.replace(' ', '_')}")()

    async def paste(self, text: str) -> None:
        """Take pasted text; most screens have no use for it."""

    def _draw_too_small(self, width: int, height: int) -> Sequence[Line]:
        return wrapped(f"gdtutor needs {SMALLEST[0]}x{SMALLEST[1]}, this is {width}x{height}.", width)


class Prepared(Message):
    """A screen is ready to take the place of the one that waited for it."""

    def __init__(self, waiting: TutorScreen, screen: TutorScreen, kept: Sequence[Key]) -> None:
        """Announce a screen; kept are the keys pressed meanwhile, which are meant for it."""
        super().__init__()
        self.waiting = waiting
        self.screen = screen
        self.kept = kept


async def put_away_all(app: App[Any]) -> None:
    """Let every screen of an app keep what is not kept yet."""
    for screen in app.screen_stack:
        if isinstance(screen, TutorScreen):
            await screen.put_away()
