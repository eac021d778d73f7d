"""Home: where to go on, and the course as a map."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import ClassVar, cast

from textual.widget import Widget

from tutor.course.error import LessonError
from tutor.course.loader import count_objectives, load_lesson
from tutor.course.model import LessonHead
from tutor.draw.lines import wrapped
from tutor.draw.text import Line
from tutor.learner.events import Place
from tutor.study.attempts import read_attempts
from tutor.study.course_map import (
    CourseMap,
    FurtherRow,
    Going,
    GoingInPractice,
    GoingInTest,
    LabRow,
    LessonRow,
    PracticeNews,
    Row,
    SectionRow,
    SelfTestRow,
    SkillsRow,
    TodayRow,
    WorkbenchRow,
)
from tutor.study.practice.interrupted import interrupted
from tutor.study.practice.news import practice_news
from tutor.study.progress import read_progress
from tutor.study.services import Services
from tutor.tui.keyboard.keys import ScreenName
from tutor.tui.screens.base import Referring, TutorScreen
from tutor.tui.scrolling import keep_in_sight


class HomeScreen(TutorScreen):
    """The course map; its cursor starts on the row that goes on where the learner left off."""

    NAME: ClassVar[ScreenName] = "home"

    def __init__(self, services: Services) -> None:
        super().__init__(services.terminal)
        self._services = services
        self._news = PracticeNews()
        self._map = self._look()
        self._opened: set[int] = set()
        self._cursor = 0
        self._first = 0
        self._notice = services.store.take_notice() or services.notice
        self._open_current_section()

    def compose_body(self) -> Iterator[Widget]:
        """Lay out the map."""
        yield self.rows(self._draw_body, "body")

    def draw_title(self, width: int, height: int) -> Sequence[Line]:
        """Draw the program's name and how much of the course is done."""
        del height
        return self.title_line("gdtutor", self._map.summary(), width)

    async def on_screen_resume(self) -> None:
        """Look again at what was done and what is due, and draw it."""
        await self._look_again()
        # What is due is worked out once home is on the screen: that takes longer than home itself.
        self.call_after_refresh(self._look_for_news)

    async def _look_again(self) -> None:
        row = self._rows[self._cursor]
        self._map = await asyncio.to_thread(self._look)
        self._notice = self._services.store.take_notice() or self._notice
        rows = self._rows
        self._cursor = rows.index(row) if row in rows else min(self._cursor, len(rows) - 1)
        self.redraw()

    async def do_up(self) -> None:
        """Move the cursor to the row above."""
        self._move(-1)

    async def do_down(self) -> None:
        """Move the cursor to the row below."""
        self._move(1)

    async def do_page_up(self) -> None:
        """Move the cursor up by a screen."""
        self._move(-self._list_height)

    async def do_page_down(self) -> None:
        """Move the cursor down by a screen."""
        self._move(self._list_height)

    async def do_open(self) -> None:
        """Open the lesson, or open or close the section, that the cursor is on."""
        match self._rows[self._cursor]:
            case Going(lesson, place):
                await self._open_lesson(lesson, place)
            case LessonRow(lesson):
                await self._open_lesson(lesson, None)
            case GoingInTest(place):
                await self._open_test(place)
            case SelfTestRow():
                await self._open_test(None)
            case SectionRow(section):
                self._opened ^= {section.number}
                self.redraw()
            case row:
                await self._open_room(row)

    def hidden_keys(self) -> frozenset[str]:
        """Hide the key that brings something back where nothing was put aside, and that of lessons on other rows."""
        hidden = set() if self._can_undo else {"undo"}
        if not isinstance(self._rows[self._cursor], Going | LessonRow):
            hidden.add("reset")
        return frozenset(hidden)

    async def do_reset(self) -> None:
        """Begin the lesson that the cursor is on anew, after asking."""
        match self._rows[self._cursor]:
            case Going(lesson) | LessonRow(lesson):
                from tutor.tui.practice.anew import ask_to_begin_anew  # noqa: PLC0415 - as with progress

                await ask_to_begin_anew(self.app, self._services, lesson)

    async def do_undo(self) -> None:
        """Bring back what was put aside last."""
        if self._can_undo:
            from tutor.tui.practice.anew import bring_back  # noqa: PLC0415 - as with progress

            self._notice = await asyncio.to_thread(bring_back, self._services)
            await self.on_screen_resume()

    async def do_progress(self) -> None:
        """Show what was learnt, and what is due."""
        from tutor.tui.screens.progress import open_progress  # noqa: PLC0415 - home is drawn before it is needed

        await open_progress(self.app, self._services)

    async def do_close_section(self) -> None:
        """Close the section that the cursor is in, and put the cursor on it."""
        match self._rows[self._cursor]:
            case SectionRow(section):
                number = section.number
            case LessonRow(lesson):
                number = lesson.section
            case _:
                return
        self._opened.discard(number)
        self._cursor = next(
            place
            for place, row in enumerate(self._rows)
            if isinstance(row, SectionRow) and row.section.number == number
        )
        self.redraw()

    async def do_keys(self) -> None:
        """Show the keys."""
        await self.show_keys()

    async def do_conventions(self) -> None:
        """Show how things are written in this course."""
        await cast("Referring", self.app).shelf.open_conventions(self.app)

    @property
    def _rows(self) -> tuple[Row, ...]:
        return self._map.rows(self._opened)

    @property
    def _list_height(self) -> int:
        return max(1, self.size.height - 2)

    def _look(self) -> CourseMap:
        """Read from the store how far the learner is."""
        store, course = self._services.store, self._services.course
        self._can_undo = bool(store.resets())
        events = store.all_events()
        objectives = count_objectives(course.folder)
        attempts, practice = read_attempts(events), interrupted(events, self._services.now())
        progress, further = read_progress(events), self._services.further
        return CourseMap(course, progress, store.place(), attempts, objectives, practice, self._news, further)

    def _look_for_news(self) -> None:
        self.run_worker(self._take_news(), group="news", exclusive=True)

    async def _take_news(self) -> None:
        self._news = await asyncio.to_thread(practice_news, self._services)
        self._map = replace(self._map, news=self._news)
        self.redraw()

    def _open_current_section(self) -> None:
        going = next((row for row in self._rows if isinstance(row, Going)), None)
        if going is not None:
            self._opened.add(going.lesson.section)

    def _move(self, rows: int) -> None:
        self._cursor = max(0, min(self._cursor + rows, len(self._rows) - 1))
        self.redraw()

    async def _open_lesson(self, head: LessonHead, place: Place | None) -> None:
        # Imported here because home is drawn before they are needed.
        from tutor.tui.screens.lesson import open_lesson  # noqa: PLC0415
        from tutor.tui.screens.message import MessageScreen  # noqa: PLC0415

        try:
            lesson = await asyncio.to_thread(load_lesson, head)
        except LessonError as error:
            await self.app.push_screen(MessageScreen(self.terminal, "This lesson has a fault", str(error)))
            return
        await open_lesson(self.app, self._services, lesson, place)

    async def _open_room(self, row: Row) -> None:
        """Open what is not a lesson. All of it is loaded now: home is drawn before any of it is needed."""
        match row:
            case GoingInPractice():
                from tutor.tui.screens.today import go_on_practising  # noqa: PLC0415

                await go_on_practising(self.app, self._services)
            case TodayRow():
                from tutor.tui.screens.today import open_today  # noqa: PLC0415

                await open_today(self.app, self._services)
            case SkillsRow():
                from tutor.tui.screens.skills import open_skills  # noqa: PLC0415

                await open_skills(self.app, self._services)
            case WorkbenchRow():
                from tutor.tui.workbench.opening import open_workbench  # noqa: PLC0415

                await open_workbench(self.app, self._services)
            case LabRow():
                from tutor.tui.lab.menu import lab_menu  # noqa: PLC0415

                await self.app.push_screen(lab_menu(self.app, self._services))
            case FurtherRow(further):
                from tutor.tui.screens.course import open_further_course  # noqa: PLC0415

                await open_further_course(self.app, self._services, further)

    async def _open_test(self, place: Place | None) -> None:
        from tutor.tui.screens.self_test import open_self_test  # noqa: PLC0415 - as above

        await open_self_test(self.app, self._services, place)

    def _draw_body(self, width: int, height: int) -> Sequence[Line]:
        notice = wrapped(self.spell(self._notice), width - 1, "follow", 1)[: height // 2] if self._notice else []
        lines = self._draw_list(width, height - len(notice))
        return [*lines, *[()] * (height - len(notice) - len(lines)), *notice]

    def _draw_list(self, width: int, height: int) -> list[Line]:
        """Draw the rows that are in sight; where there is room for all, a blank one sets the sections apart."""
        lines: list[Line] = []
        chosen = 0
        has_room = len(self._rows) < height
        for place, row in enumerate(self._rows):
            if place == self._cursor:
                chosen = len(lines)
            lines.append(self._map.draw(row, width, self.terminal.glyphs, chosen=place == self._cursor))
            if isinstance(row, LabRow) and has_room:
                lines.append(())
        self._first = keep_in_sight(self._first, chosen, height, len(lines))
        return lines[self._first : self._first + height]
