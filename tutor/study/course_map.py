"""The course as the rows of home: where to go on, and the sections with their lessons."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from tutor.course.model import Course, LessonHead, Section
from tutor.draw.bar import bar
from tutor.draw.glyphs import Glyphs
from tutor.draw.text import Line, Span, join
from tutor.draw.width import display_width, fit
from tutor.learner.activities import Reason
from tutor.learner.events import Place
from tutor.study.attempts import AttemptRecord
from tutor.study.further import FurtherCourse
from tutor.study.progress import Progress, find_lesson

NO_LESSONS = "no lessons yet"
TODAY, SKILL_LIST, WORKBENCH, LAB, TEST_TITLE = "Today", "Practice", "Workbench", "Lab", "Self-test"
_PRACTICES: Mapping[Reason, str] = {"drill": "Drill", "chosen": SKILL_LIST, "placement": "Placement test"}
"""What is gone on with; where none of these was interrupted, it was a daily session."""

_MARKER_WIDTH = 3
_BAR_WIDTH = 8
_BAR_NEEDS = 60
"""Columns from which on there is room for the bars, and for words on the skills."""


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
class GoingInPractice:
    """The row that goes on in practice that was interrupted."""

    reason: Reason


@dataclass(frozen=True, slots=True)
class TodayRow:
    """The row of today's practice."""


@dataclass(frozen=True, slots=True)
class SkillsRow:
    """The row of all skills."""


@dataclass(frozen=True, slots=True)
class WorkbenchRow:
    """The row of the workbench."""


@dataclass(frozen=True, slots=True)
class LabRow:
    """The row of the lab."""


@dataclass(frozen=True, slots=True)
class SelfTestRow:
    """The row of the self-test."""


@dataclass(frozen=True, slots=True)
class FurtherRow:
    """The row of a further course."""

    course: FurtherCourse


@dataclass(frozen=True, slots=True)
class SectionRow:
    """The row of a section."""

    section: Section


@dataclass(frozen=True, slots=True)
class LessonRow:
    """The row of a lesson in an opened section."""

    lesson: LessonHead


Row = (
    Going
    | GoingInTest
    | GoingInPractice
    | TodayRow
    | SkillsRow
    | WorkbenchRow
    | LabRow
    | SectionRow
    | LessonRow
    | SelfTestRow
    | FurtherRow
)


@dataclass(frozen=True, slots=True)
class PracticeNews:
    """What home says about the practice. It is worked out once home is shown; until then nothing is said."""

    today: str = ""
    """What today's practice would be, in a few words."""
    skills: str = ""
    """How many skills are mastered, in a few words."""
    sections: Mapping[int, str] = field(default_factory=dict)
    """How the skills of a section stand, for those sections of which there is something to say."""


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
    practice: Reason | None = None
    """Why the practice was going on that was interrupted; None where none was."""
    news: PracticeNews = field(default_factory=PracticeNews)
    further: tuple[FurtherCourse, ...] = ()
    """The courses shown below this one."""
    has_rooms: bool = True
    """Whether what lies beside the lessons is shown with it: practice, workbench, lab."""

    def rows(self, opened: Collection[int]) -> tuple[Row, ...]:
        """Return the rows that the cursor can be on; opened are the numbers of the open sections."""
        test = (SelfTestRow(),) if self.objectives else ()
        rooms = (TodayRow(), SkillsRow(), WorkbenchRow(), LabRow()) if self.has_rooms else ()
        return (*self._going(), *rooms, *self._sections(opened), *test, *map(FurtherRow, self.further))

    def summary(self) -> str:
        """Return how much of the course is done, in a few words."""
        lessons = self.course.lessons
        return f"{self._done(lessons)} of {len(lessons)} lessons done"

    def draw(self, row: Row, width: int, glyphs: Glyphs, *, chosen: bool) -> Line:
        """Return the line of a row."""
        left, right = self._parts(row, width, glyphs)
        label = fit(glyphs.spell(left), self._label_width(right, width, glyphs), glyphs.ellipsis)
        return join(
            (
                Span(" > ", "key") if chosen else Span("   "),
                Span(label, "strong" if chosen else "plain"),
                Span(f"  {glyphs.spell(right)}" if right else ""),
            )
        )

    def _parts(self, row: Row, width: int, glyphs: Glyphs) -> tuple[str, str]:
        """Return what a row is called, and what is said about it."""
        match row:
            case Going(lesson, place):
                left = f"{'Continue' if place else 'Start'}   {lesson.number} {lesson.title}"
                return left, place.label if place else ""
            case GoingInTest(place):
                return f"Continue   {TEST_TITLE}", place.label
            case GoingInPractice(reason):
                return f"Continue   {_PRACTICES.get(reason, TODAY)}", "begun"
            case SectionRow(section):
                return f"{section.number} {section.title}", self._section_state(section, width, glyphs)
            case LessonRow(lesson):
                return f"    {lesson.number} {lesson.title}", self._lesson_state(lesson)
            case _:
                return self._room(row)

    def _room(self, row: Row) -> tuple[str, str]:
        """Return the same for a row that leads out of the course."""
        match row:
            case TodayRow():
                return TODAY, self.news.today
            case SkillsRow():
                return SKILL_LIST, self.news.skills
            case WorkbenchRow():
                return WORKBENCH, "a problem of your own"
            case LabRow():
                return LAB, "watch it learn"
            case FurtherRow(further):
                return f"More: {further.title}", "further lessons"
            case _:
                return TEST_TITLE, self._test_state()

    def _going(self) -> Iterator[Row]:
        lesson = find_lesson(self.course, self.place)
        if self.practice is not None:
            yield GoingInPractice(self.practice)
        if self.place is not None and self.objectives and self.attempt.is_here(self.place):
            yield GoingInTest(self.place)
        elif lesson is not None:
            yield Going(lesson, self.place)
        elif self.course.lessons:
            undone = (head for head in self.course.lessons if head.id not in self.progress.done)
            yield Going(next(undone, self.course.lessons[0]), None)

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
        word = "done" if done == len(lessons) else ""
        if width >= _BAR_NEEDS:
            word = self.news.sections.get(section.number, word)
        return f"{drawn}{done}/{len(lessons)}{'  ' if word else ''}{word}"

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
        labels += [f"More: {further.title}" for further in self.further]
        labels += [f"Continue   {name}" for reason, name in _PRACTICES.items() if reason == self.practice]
        longest = max((display_width(glyphs.spell(label)) for label in labels), default=0)
        widest = max(display_width(right), len(NO_LESSONS)) if right else 0
        return max(0, min(longest, width - _MARKER_WIDTH - 2 - widest - 1))
