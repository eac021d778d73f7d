"""A course as a conversation: where to go on in it, its sections and its lessons."""

from collections.abc import Awaitable, Callable
from typing import ClassVar, Final

from tutor.course.loader import count_objectives, load_lesson
from tutor.course.model import LessonHead
from tutor.learner.events import Place
from tutor.plain.lesson import FAULTS, LessonDialogue
from tutor.plain.shelf import Shelf, ToPage
from tutor.plain.talk import Commands, Talk, ToMenu, Typed
from tutor.study.attempts import read_attempts
from tutor.study.book import book_of
from tutor.study.course_map import CourseMap, Going, Row
from tutor.study.practice.interrupted import interrupted
from tutor.study.progress import lesson_activity, read_progress
from tutor.study.reader import Reader
from tutor.study.services import Services

LESSONS: Final[Commands] = {
    "lessons SECTION": "say the sections; with a number, the lessons of one",
    "lesson NUMBER": "open a lesson, such as lesson 2.6; its number alone does the same",
}

Go = Callable[[], Awaitable[None]]
"""Leads somewhere."""


class CourseDialogue:
    """A course, talked about until it is left."""

    COMMANDS: ClassVar[Commands] = {
        "continue": "go on where you left off, or begin",
        **LESSONS,
        "back": "go to the beginning",
    }
    PROMPT: ClassVar[str] = "Type continue, lessons, back, or help."

    def __init__(self, talk: Talk, services: Services) -> None:
        self._talk = talk
        self._services = services
        self._shelf = Shelf(talk, services)

    async def run(self, first: Go | None = None) -> None:
        """Talk until the learner goes back; what is looked up is looked up in this course. It may begin elsewhere.

        Raises ToMenu where the learner goes to the beginning, and EndOfTalk.
        """
        go = first
        before = self._shelf.take_questions()
        try:
            while True:
                try:
                    if go is None:
                        self._open()
                        go = self._asked()
                    if go is None:
                        return
                    going, go = go, None
                    await going()
                except ToPage as found:
                    go = self._to_lesson(found.lesson, Place(lesson_activity(found.lesson), found.page, "", ""))
                except ToMenu:
                    self._heed_menu()
                    go = None
        finally:
            self._talk.answers = before

    def _heed_menu(self) -> None:
        """Let the learner go to the beginning, which is not here."""
        raise ToMenu

    # -- what is said

    def _open(self) -> None:
        """Say how far the learner is, and where to go on."""
        there = self._map()
        self._talk.pause()
        self._talk.say(f"{self._services.course.title}: {there.summary()}.")
        for place, row in enumerate(there.rows(())):
            self._say_way(row, "lesson" if place else "continue")

    def _say_way(self, row: Row, command: str) -> None:
        """Say where a command goes on, if a row says so."""
        if isinstance(row, Going):
            label = f", {row.place.label}" if row.place and row.place.label else ""
            word = "goes on" if row.place else "begins"
            self._talk.say(f"{command} {word} with lesson {row.lesson.number} {row.lesson.title}{label}.")

    def _say_lessons(self, text: str) -> None:
        sections = self._services.course.sections
        there = self._map()
        chosen = [section for section in sections if str(section.number) == text]
        if text and not chosen:
            self._talk.say(f"There is no section {text[:40]}. Sections are 1 to {len(sections)}.")
        for section in chosen:
            self._talk.say(f"Section {section.number}, {section.title}.")
            for head in section.lessons:
                done = head.id in there.progress.done
                state = "done" if done else "begun" if head.id in there.progress.begun else "new"
                self._talk.say(f"{head.number} {head.title}: {state}.")
        if not text:
            for section in sections:
                done_count = sum(head.id in there.progress.done for head in section.lessons)
                count = f"{done_count} of {len(section.lessons)} lessons done"
                self._talk.say(f"Section {section.number}, {section.title}: {count}.")
            self._talk.say("Type lessons with the number of a section.")

    # -- what is done

    def _asked(self) -> Go | None:
        """Ask until something is typed that leads somewhere, and return it; None where that is back."""
        while True:
            typed = self._talk.ask(self.PROMPT, self.COMMANDS, again=self._open)
            match typed.command:
                case "back":
                    return None
                case "lessons":
                    self._say_lessons(typed.text)
                case _:
                    go = self._go(typed)
                    if go is not None:
                        return go

    def _go(self, typed: Typed) -> Go | None:
        """Return what a command, or the number of a lesson, leads to; None, which is said, where it leads nowhere."""
        if typed.command == "continue" or (typed.command == "lesson" and not typed.text):
            return self._to_where_it_was_left()
        wanted = typed.text.lower()
        for head in self._services.course.lessons:
            if wanted in {head.number, head.id, head.title.lower()}:
                return self._to_lesson(head, None)
        said = f"“{typed.text[:40]}” is no command here and no lesson." if typed.text else "Nothing was typed."
        self._talk.say(f"{said} Type lessons to hear their numbers.")
        return None

    def _to_where_it_was_left(self) -> Go | None:
        """Return what leads to the lesson that was left, or to the first one."""
        for row in self._map().rows(()):
            if isinstance(row, Going):
                return self._to_lesson(row.lesson, row.place)
        self._talk.say("There are no lessons yet.")
        return None

    def _to_lesson(self, head: LessonHead, place: Place | None) -> Go:
        async def go() -> None:
            try:
                reader = Reader(self._services, book_of(load_lesson(head)), place.page if place else 0)
            except FAULTS as error:
                self._talk.say(f"This lesson has a fault: {error}")
                return
            await LessonDialogue(self._talk, self._services, reader, place).run()

        return go

    def _map(self) -> CourseMap:
        """Read from the store how far the learner is."""
        store, course = self._services.store, self._services.course
        events = store.all_events()
        practice = interrupted(events, self._services.now())
        objectives = count_objectives(course.folder)
        return CourseMap(course, read_progress(events), store.place(), read_attempts(events), objectives, practice)
