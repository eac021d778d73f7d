"""The map of a further course: its lessons, and where to go on in it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, ClassVar, cast

from textual.app import App

from tutor.course.loader import load_course
from tutor.draw.text import Line
from tutor.study.course_map import CourseMap
from tutor.study.further import FurtherCourse
from tutor.study.services import Services
from tutor.tui.keyboard.keys import ScreenName
from tutor.tui.reference import ReferenceShelf
from tutor.tui.screens.base import Referring, TutorScreen
from tutor.tui.screens.home import HomeScreen
from tutor.tui.screens.preparing import PreparingScreen


async def open_further_course(app: App[Any], services: Services, further: FurtherCourse) -> None:
    """Show the map of a course; where its folder has a fault, show that."""

    def prepare() -> Callable[[], TutorScreen]:
        course = load_course(further.folder)
        own = replace(services, course=course, further=(), notice="")
        return lambda: CourseScreen(own)

    await app.push_screen(PreparingScreen(services.terminal, further.title, "Reading the lessons …", prepare))


class CourseScreen(HomeScreen):
    """A course map without what there is only once: practice, workbench, lab, self-test."""

    NAME: ClassVar[ScreenName] = "course"

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._shelf = ReferenceShelf(services)
        self._shelf_before: ReferenceShelf | None = None

    def draw_title(self, width: int, height: int) -> Sequence[Line]:
        """Draw the course's title and how much of it is done."""
        del height
        return self.title_line(self._services.course.title, self._map.summary(), width)

    def on_mount(self) -> None:
        """Have words looked up in this course."""
        app = cast("Referring", self.app)
        self._shelf_before, app.shelf = app.shelf, self._shelf

    async def on_screen_resume(self) -> None:
        """Look again at what was done, and draw it."""
        await self._look_again()

    async def do_back(self) -> None:
        """Go back to the course below, and have words looked up in that again."""
        if self._shelf_before is not None:
            cast("Referring", self.app).shelf = self._shelf_before
        await self.leave()

    def _look(self) -> CourseMap:
        return replace(super()._look(), has_rooms=False, objectives=0, practice=None)
