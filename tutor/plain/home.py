"""The beginning: where to go on, and everything that there is."""

from dataclasses import replace
from typing import ClassVar

from tutor.course.error import LessonError
from tutor.course.loader import load_course
from tutor.learner.events import Place
from tutor.plain.course import LESSONS, CourseDialogue, Go
from tutor.plain.talk import Commands, Talk, Typed
from tutor.study.course_map import GoingInPractice, GoingInTest, Row
from tutor.study.further import FurtherCourse
from tutor.study.services import Services
from tutor.study.workbench.own import OwnProblem


class Home(CourseDialogue):
    """Talks at the beginning, and leads to everything else. It can only be left by leaving altogether."""

    COMMANDS: ClassVar[Commands] = {
        "continue": "go on where you left off",
        "today": "practise what is due today",
        **LESSONS,
        "practice": "choose a skill to practise, a drill or a placement test",
        "workbench": "make a problem of your own, line by line, or open a problem file",
        "lab": "watch a function or a network learn, step by step",
        "test": "take the self-test, or go on with it",
        "progress": "say what you can do, and what is due",
        "more NUMBER": "say which further courses there are; with a number, open one",
    }
    PROMPT: ClassVar[str] = "Type continue, today, lessons, practice, lab, quit, or help."

    def __init__(self, talk: Talk, services: Services) -> None:
        super().__init__(talk, services)
        talk.say("gdtutor, line by line. Type help wherever you are to hear what can be typed there.")
        if services.notice:
            talk.say(services.notice)

    def _heed_menu(self) -> None:
        """Stay: this is the beginning."""

    def _open(self) -> None:
        notice = self._services.store.take_notice()
        if notice:
            self._talk.say(notice)
        super()._open()
        if self._services.further:
            self._talk.say(f"Further courses: {len(self._services.further)}. Type more to hear them.")

    def _say_way(self, row: Row, command: str) -> None:
        match row:
            case GoingInTest(place):
                self._talk.say(f"{command} goes on with the self-test, {place.label}.")
            case GoingInPractice():
                self._talk.say(f"{command} goes on with the practice that you left.")
            case _:
                super()._say_way(row, command)

    def _go(self, typed: Typed) -> Go | None:
        match typed.command:
            case "continue":
                return self._to_what_was_left()
            case "today":
                return self._practise_today
            case "practice":
                return self._talk_about_skills
            case "workbench":
                return self._go_to_workbench
            case "lab":
                return self._talk_about_labs
            case "test" if self._map().objectives:
                return lambda: self._test(None)
            case "test":
                self._talk.say("This course has no self-test.")
            case "progress":
                self._say_progress()
            case "more":
                return self._to_further_course(typed.text)
            case _ if typed.text.lower() == "back":
                self._talk.say("This is the beginning. Type quit to leave.")
            case _:
                return super()._go(typed)
        return None

    def _to_what_was_left(self) -> Go | None:
        """Return what leads to what was done last: practice, the self-test, or a lesson."""
        match self._map().rows(())[:1]:
            case (GoingInPractice(),):
                return self._practise_on
            case (GoingInTest(place),):
                return lambda: self._test(place)
            case _:
                return self._to_where_it_was_left()

    def _to_further_course(self, text: str) -> Go | None:
        """Return what leads to the further course of a number; None, which is said, where there is none."""
        further = self._services.further
        found = {str(number): course for number, course in enumerate(further, start=1)}.get(text)
        if found is None:
            for number, course in enumerate(further, start=1):
                self._talk.say(f"{number}: {course.title}.")
            self._talk.say(
                "Type more with the number of a course." if further else "There are no further courses here."
            )
            return None
        return lambda: self._talk_about_course(found)

    def _say_progress(self) -> None:
        # Imported here because the skills and the schedule come with them.
        from tutor.plain.progress import progress_sentences  # noqa: PLC0415
        from tutor.study.practice.progress_report import look_at_progress  # noqa: PLC0415

        services = self._services
        seen = look_at_progress(services.store, services.course, services.now(), services.minutes)
        for sentence in progress_sentences(seen):
            self._talk.say(sentence)

    # -- where it leads

    async def _talk_about_course(self, further: FurtherCourse) -> None:
        try:
            course = load_course(further.folder)
        except LessonError as error:
            self._talk.say(f"This course has a fault: {error}")
            return
        await CourseDialogue(self._talk, replace(self._services, course=course, further=(), notice="")).run()

    async def _test(self, place: Place | None) -> None:
        from tutor.plain.attempt import talk_about_self_test  # noqa: PLC0415 - it is rarely taken

        await talk_about_self_test(self._talk, self._services, place)

    async def _practise_today(self) -> None:
        # Imported here because the skills and the schedule come with them.
        from tutor.plain.practice import Walk  # noqa: PLC0415
        from tutor.study.practice.errands import Today  # noqa: PLC0415
        from tutor.study.practice.learner import Learner  # noqa: PLC0415

        learner = Learner(self._services)
        await Walk(self._talk, learner, Today(learner)).run()

    async def _practise_on(self) -> None:
        """Go on with what the learner practised last."""
        from tutor.plain.practice import Walk  # noqa: PLC0415 - as above
        from tutor.study.practice.learner import Learner  # noqa: PLC0415
        from tutor.study.practice.left import errand_left  # noqa: PLC0415

        learner = Learner(self._services)
        await Walk(self._talk, learner, errand_left(learner)).run()

    async def _talk_about_skills(self) -> None:
        from tutor.plain.skills import SkillsDialogue  # noqa: PLC0415 - as above
        from tutor.study.practice.learner import Learner  # noqa: PLC0415

        await SkillsDialogue(self._talk, Learner(self._services)).run()

    async def work_with(self, own: OwnProblem) -> None:
        """Talk about a problem of the learner's own."""
        from tutor.plain.own import OwnProblemDialogue  # noqa: PLC0415 - NumPy comes with it

        await OwnProblemDialogue(self._talk, self._services, own).run()

    async def _go_to_workbench(self) -> None:
        from tutor.plain.workbench import WorkbenchDialogue  # noqa: PLC0415 - as above

        await WorkbenchDialogue(self._talk, self._services).run()

    async def _talk_about_labs(self) -> None:
        from tutor.plain.labs import LabsDialogue  # noqa: PLC0415 - NumPy comes with it

        await LabsDialogue(self._talk, self._services).run()
