"""The course as the rows of home: where to go on, and the sections with their lessons."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from tutor.course.model import Course, LessonHead, Section
from tutor.draw.bar import bar
from tutor.draw.glyphs import Glyphs
from tutor.draw.text import Line, Span, join
from tutor.draw.width import display_width, fit
from tutor.learner.events import Place
from tutor.tui.attempts import AttemptRecord
from tutor.tui.progress import Progress, find_lesson

NO_LESSONS = "no lessons yet"
LAB, TEST_TITLE = "Lab", "Self-test"

_MARKER_WIDTH = 3
_BAR_WIDTH = 8
_BAR_NEEDS = 60
"""Columns from which on there is room for the bars."""


@dataclass(frozen=True, slots=True)
class Going:
    """The row that goes on where the learner left off, or begins with the first lesson."""

    lesson: LessonHead
    place: Place | None


@dataclass(frozen=True, slots=True)
class GoingInTest:
    """The row that goes on in an attempt at the self-test."""

    place: Place


@dataclass(frozen=True, slots=True)
class LabRow:
    """The row of the lab."""


@dataclass(frozen=True, slots=True)
class SelfTestRow:
    """The row of the self-test."""


@dataclass(frozen=True, slots=True)
class SectionRow:
    """The row of a section."""

    section: Section


@dataclass(frozen=True, slots=True)
class LessonRow:
    """The row of a lesson in an opened section."""

    lesson: LessonHead


Row = Going | GoingInTest | LabRow | SectionRow | LessonRow | SelfTestRow


@dataclass(frozen=True, slots=True)
class CourseMap:
    """What home shows, and how far the learner is in it."""

    course: Course
    progress: Progress
    place: Place | None
    attempt: AttemptRecord
    """The latest attempt at the self-test."""
    objectives: int
    """How many objectives the self-test has; 0 where the course has none."""

    def rows(self, opened: Collection[int]) -> tuple[Row, ...]:
        """Return the rows that the cursor can be on; opened are the numbers of the open sections."""
        test = (SelfTestRow(),) if self.objectives else ()
        return (*self._going(), LabRow(), *self._sections(opened), *test)

    def summary(self) -> str:
        """Return how much of the course is done, in a few words."""
        lessons = self.course.lessons
        return f"{self._done(lessons)} of {len(lessons)} lessons done"

    def draw(self, row: Row, width: int, glyphs: Glyphs, *, chosen: bool) -> Line:
        """Return the line of a row."""
        match row:
            case Going(lesson, place):
                left = f"{'Continue' if place else 'Start'}   {lesson.number} {lesson.title}"
                right = place.label if place else ""
            case GoingInTest(place):
                left, right = f"Continue   {TEST_TITLE}", place.label
            case LabRow():
                left, right = LAB, "watch it learn"
            case SelfTestRow():
                left, right = TEST_TITLE, self._test_state()
            case SectionRow(section):
                left = f"{section.number} {section.title}"
                right = self._section_state(section, width, glyphs)
            case LessonRow(lesson):
                left = f"    {lesson.number} {lesson.title}"
                right = self._lesson_state(lesson)
        label = fit(glyphs.spell(left), self._label_width(right, width, glyphs), glyphs.ellipsis)
        return join(
            (
                Span(" > ", "key") if chosen else Span("   "),
                Span(label, "strong" if chosen else "plain"),
                Span(f"  {glyphs.spell(right)}" if right else ""),
            )
        )

    def _going(self) -> Iterator[Row]:
        lesson = find_lesson(self.course, self.place)
        if self.place is not None and self.objectives and self.attempt.is_here(self.place):
            yield GoingInTest(self.place)
        elif lesson is not None:
            yield Going(lesson, self.place)
        elif self.course.lessons:
            yield Going(self.course.lessons[0], None)

    def _sections(self, opened: Collection[int]) -> Iterator[Row]:
        for section in self.course.sections:
            yield SectionRow(section)
            if section.number in opened:
                yield from map(LessonRow, section.lessons)

    def _section_state(self, section: Section, width: int, glyphs: Glyphs) -> str:
        lessons = section.lessons
        if not lessons:
            return NO_LESSONS
        done = self._done(lessons)
        drawn = f"{bar(done, len(lessons), _BAR_WIDTH, glyphs)}  " if width >= _BAR_NEEDS else ""
        return f"{drawn}{done}/{len(lessons)}{'  done' if done == len(lessons) else ''}"

    def _lesson_state(self, lesson: LessonHead) -> str:
        if lesson.id in self.progress.done:
            return "done"
        return "begun" if lesson.id in self.progress.begun else ""

    def _test_state(self) -> str:
        if len(self.attempt.results) >= self.objectives:
            return f"{self.attempt.reached} of {self.objectives} reached"
        return "begun" if self.attempt.number else "all you can do by hand"

    def _done(self, lessons: Collection[LessonHead]) -> int:
        return sum(lesson.id in self.progress.done for lesson in lessons)

    def _label_width(self, right: str, width: int, glyphs: Glyphs) -> int:
        """Return the columns of the left part: the longest label's, but no more than the right part leaves."""
        labels = [f"Continue   {head.number} {head.title}" for head in self.course.lessons]
        labels += [f"{section.number} {section.title}" for section in self.course.sections]
        longest = max((display_width(glyphs.spell(label)) for label in labels), default=0)
        widest = max(display_width(right), len(NO_LESSONS)) if right else 0
        return max(0, min(longest, width - _MARKER_WIDTH - 2 - widest - 1))
