"""What can be looked up from every screen: the glossary, the conventions, and the whole course by its words."""

import asyncio
from typing import TYPE_CHECKING, Any

from textual.app import App

from tutor.course.error import LessonError
from tutor.study.progress import lesson_activity
from tutor.study.services import Services

if TYPE_CHECKING:
    from collections.abc import Callable

    from tutor.course.chapters import Chapter, Reference
    from tutor.course.glossary import Entry, Glossary
    from tutor.course.search import Index, Item, PageTarget
    from tutor.tui.screens.base import TutorScreen


class ReferenceShelf:
    """Reads each file when it is first wanted, and opens what was looked up. Nothing is loaded before."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._glossary: Glossary | None = None
        self._index: Index | None = None

    async def open_glossary(self, app: App[Any], here: str) -> None:
        """Show the list of words: those that stand in the text `here` come first."""
        from tutor.tui.screens.glossary import GlossaryScreen  # noqa: PLC0415 - none of it is needed for the first frame

        def prepare() -> "Callable[[], TutorScreen]":
            glossary, conventions = self.glossary(), self.conventions()
            near = glossary.standing_in(here)
            return lambda: GlossaryScreen(self._services.terminal, self, glossary, near, conventions)

        await self._open(app, prepare)

    async def open_entry(self, app: App[Any], entry: "Entry") -> None:
        """Show an entry of the glossary."""
        from tutor.tui.screens.glossary import EntryScreen  # noqa: PLC0415 - as above

        await self._open(app, lambda: lambda: EntryScreen(self._services.terminal, self.glossary(), entry))

    async def open_conventions(self, app: App[Any], chapter: "Chapter | None" = None) -> None:
        """Show how things are written in this course, from a chapter on."""
        from tutor.tui.screens.glossary import ConventionsScreen  # noqa: PLC0415 - as above

        def prepare() -> "Callable[[], TutorScreen]":
            conventions = self.conventions()
            return lambda: ConventionsScreen(self._services.terminal, conventions, chapter)

        await self._open(app, prepare)

    async def open_search(self, app: App[Any]) -> None:
        """Show the search; the course is read for it when it is first opened."""
        from tutor.tui.screens.search import SearchScreen  # noqa: PLC0415 - as above

        await app.push_screen(SearchScreen(self._services.terminal, self))

    async def open_item(self, app: App[Any], item: "Item") -> None:
        """Show a place that was found."""
        from tutor.course.chapters import Chapter  # noqa: PLC0415 - as above
        from tutor.course.glossary import Entry  # noqa: PLC0415 - as above

        match item.target:
            case Entry() as entry:
                await self.open_entry(app, entry)
            case Chapter() as chapter:
                await self.open_conventions(app, chapter)
            case page:
                await self._open_page(app, page)

    async def index(self) -> "Index":
        """Return all places of the course. They are read once, file by file beside the event loop."""
        if self._index is None:
            from tutor.course.search import Index, read_places  # noqa: PLC0415 - as above

            index = Index()
            places = read_places(self._services.course)

            def read_one() -> bool:
                found = next(places, None)
                for item, hidden in found or ():
                    index.add(item, hidden)
                return found is not None

            while await asyncio.to_thread(read_one):
                pass
            self._index = index
        return self._index

    def glossary(self) -> "Glossary":
        """Return the glossary of the course. Raises LessonError for a fault in its file."""
        from tutor.course.glossary import load_glossary  # noqa: PLC0415 - as above

        if self._glossary is None:
            self._glossary = load_glossary(self._services.course.folder)
        return self._glossary

    def conventions(self) -> "Reference | None":
        """Return the conventions of the course, None where it has none. Raises LessonError for a fault."""
        from tutor.course.conventions import load_conventions  # noqa: PLC0415 - as above

        return load_conventions(self._services.course.folder)

    async def _open(self, app: App[Any], prepare: "Callable[[], Callable[[], TutorScreen]]") -> None:
        """Show the screen that is prepared, or the fault that was found on the way."""
        from tutor.tui.screens.message import MessageScreen  # noqa: PLC0415 - as above

        try:
            make = await asyncio.to_thread(prepare)
        except LessonError as error:
            await app.push_screen(MessageScreen(self._services.terminal, "This file has a fault", str(error)))
            return
        await app.push_screen(make())

    async def _open_page(self, app: App[Any], target: "PageTarget") -> None:
        """Show a page of a lesson. Where that lesson is open below, go back to it."""
        from tutor.course.loader import load_lesson  # noqa: PLC0415 - as above
        from tutor.learner.events import Place  # noqa: PLC0415 - as above
        from tutor.tui.screens.lesson import LessonScreen, open_lesson  # noqa: PLC0415 - as above
        from tutor.tui.screens.message import MessageScreen  # noqa: PLC0415 - as above

        below = [screen for screen in app.screen_stack if isinstance(screen, LessonScreen)]
        is_open = next((screen for screen in below if screen.lesson == target.lesson), None)
        if is_open is not None:
            while app.screen is not is_open:
                await app.pop_screen()
            await is_open.turn_to(target.page)
            return
        try:
            lesson = await asyncio.to_thread(load_lesson, target.lesson)
        except LessonError as error:
            await app.push_screen(MessageScreen(self._services.terminal, "This lesson has a fault", str(error)))
            return
        await open_lesson(app, self._services, lesson, Place(lesson_activity(target.lesson), target.page, "", ""))
