"""All skills with where the learner stands in them, placement tests, and drills against usual mistakes."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import Any, ClassVar

from textual.app import App

from tutor.draw.text import Line
from tutor.practice.drill import Mistake, common_mistakes
from tutor.practice.mastery import Standing, read_mastery
from tutor.practice.schedule import read_schedule
from tutor.practice.skill import Skill
from tutor.study.practice.drilling import Drill
from tutor.study.practice.learner import Learner
from tutor.study.practice.placing import PlacementTest
from tutor.study.practice.words import counted, mistake_words, state_of
from tutor.study.services import Services
from tutor.tui.screens.menu import Choice, Group, MenuScreen
from tutor.tui.screens.message import MessageScreen
from tutor.tui.screens.today import open_skill, walk

_TITLE = "Practice"
_MOST_MISTAKES = 20
_NO_MISTAKES = "No usual mistake has shown in your answers so far. When some do, they are listed here."


async def open_skills(app: App[Any], services: Services) -> None:
    """Show the skills."""
    skills = _Skills(app, services)
    await app.push_screen(SkillsScreen(skills, await asyncio.to_thread(skills.groups)))


class SkillsScreen(MenuScreen):
    """The skills by section. Enter practises one."""

    NOTES_STAY: ClassVar[bool] = True

    def __init__(self, skills: "_Skills", groups: Sequence[Group]) -> None:
        super().__init__(skills.terminal, _TITLE, groups)
        self._skills = skills

    def draw_title(self, width: int, height: int) -> Sequence[Line]:
        """Draw how many skills are mastered."""
        del height
        return self.title_line(_TITLE, self._skills.summary, width)

    async def on_screen_resume(self) -> None:
        """Look again at where the learner stands, and draw it."""
        self.take_groups(await asyncio.to_thread(self._skills.groups))
        self.redraw()


class _Skills:
    """Reads where the learner stands, and opens what is chosen."""

    def __init__(self, app: App[Any], services: Services) -> None:
        self.terminal = services.terminal
        self.summary = ""
        self._app = app
        self._services = services
        self._learner = Learner(services)

    def groups(self) -> list[Group]:
        """Return the rows, as they are now. This may take some milliseconds."""
        learner = self._learner
        record, now = learner.record(), self._services.now()
        standings = read_mastery(record, learner.syllabus)
        due = {found.id for found in read_schedule(record).until(now) if found.kind == "skill"}
        mastered = sum(standing.state == "mastered" for standing in standings.values())
        self.summary = f"{mastered} of {counted(len(standings), 'skill')} mastered"
        mistakes = common_mistakes(record, now)
        note = counted(len(mistakes), "kind") if mistakes else "none so far"
        first = Group("For you", (Choice("Frequent mistakes", note, lambda: self._show_mistakes(mistakes)),))
        return [first, *self._sections(standings, due)]

    def _sections(self, standings: dict[str, Standing], due: set[str]) -> Iterator[Group]:
        titles = {section.number: section.title for section in self._services.course.sections}
        skills = self._learner.syllabus.skills.values()
        for number in sorted({skill.section for skill in skills}):
            own = [skill for skill in skills if skill.section == number]
            rows = [self._row(skill, standings[skill.id], is_due=skill.id in due) for skill in own]
            test = Choice("Placement test", "skip what you know", self._placing(number))
            yield Group(f"{number} {titles.get(number, '')}".strip(), (*rows, test))

    def _row(self, skill: Skill, standing: Standing, *, is_due: bool) -> Choice:
        head = self._learner.lesson_of(skill)
        is_closed = standing.state == "new" and head is not None and head.id not in self._learner.record().lessons_done
        more = ", due" if is_due else f", after {head.number}" if head is not None and is_closed else ""
        return Choice(skill.title, state_of(standing) + more, lambda: open_skill(self._app, self._services, skill.id))

    def _placing(self, section: int) -> Callable[[], Awaitable[None]]:
        return lambda: walk(
            self._app, self._services, lambda learner: PlacementTest(learner, section), PlacementTest.name
        )

    async def _show_mistakes(self, mistakes: Sequence[Mistake]) -> None:
        title = "Frequent mistakes"
        if not mistakes:
            await self._app.push_screen(MessageScreen(self.terminal, title, _NO_MISTAKES))
            return
        rows = tuple(self._mistake(mistake) for mistake in mistakes[:_MOST_MISTAKES])
        await self._app.push_screen(_MistakesScreen(self.terminal, title, [Group("Enter begins a short drill", rows)]))

    def _mistake(self, mistake: Mistake) -> Choice:
        def begin() -> Awaitable[None]:
            return walk(self._app, self._services, lambda learner: Drill(learner, mistake.misconception), Drill.name)

        return Choice(mistake_words(mistake.misconception), counted(mistake.count, "time"), begin)


class _MistakesScreen(MenuScreen):
    """The mistakes, those first that weigh most now. Enter begins a drill."""

    NOTES_STAY: ClassVar[bool] = True
