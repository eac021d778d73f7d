"""The skills as a conversation: where the learner stands, what to practise, drills, placement tests."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from tutor.plain.practice import Walk
from tutor.plain.talk import Commands, Talk, Typed
from tutor.practice.drill import Mistake, common_mistakes
from tutor.practice.mastery import read_mastery
from tutor.practice.schedule import read_schedule
from tutor.study.practice.drilling import Drill
from tutor.study.practice.errands import OneSkill
from tutor.study.practice.learner import Learner
from tutor.study.practice.placing import PlacementTest
from tutor.study.practice.words import counted, mistake_words, state_of

if TYPE_CHECKING:
    from tutor.practice.skill import Skill

_MOST_MISTAKES: Final = 20
COMMANDS: Final[Commands] = {
    "section NUMBER": "say the skills of a section, with their numbers",
    "practise NUMBER": "practise a skill; its number alone does the same",
    "mistakes": "say the mistakes that you make most",
    "drill NUMBER": "do a short drill against a mistake",
    "placement SECTION": "do the placement test of a section, to skip what you know",
    "back": "go to the beginning",
}


class SkillsDialogue:
    """The skills, talked about until they are left."""

    def __init__(self, talk: Talk, learner: Learner) -> None:
        self._talk = talk
        self._learner = learner
        self._skills: Sequence[Skill] = tuple(learner.syllabus.skills.values())

    async def run(self) -> None:
        """Talk until the learner goes back."""
        self._open()
        while True:
            prompt = "Type section 1, practise 1, mistakes, placement 1, back, or help."
            typed = self._talk.ask(prompt, COMMANDS, again=self._open)
            if typed.command == "back":
                return
            await self._do(typed)

    def _open(self) -> None:
        standings = read_mastery(self._learner.record(), self._learner.syllabus)
        mastered = sum(standing.state == "mastered" for standing in standings.values())
        self._talk.say(f"Practice: {mastered} of {counted(len(standings), 'skill')} mastered.")
        for number in self._sections:
            count = sum(skill.section == number for skill in self._skills)
            self._talk.say(f"Section {self._title(number)}: {counted(count, 'skill')}.")

    async def _do(self, typed: Typed) -> None:
        match typed.command:
            case "section":
                number = self._chosen(typed.text, self._sections, "section")
                if number:
                    self._say_section(number)
            case "mistakes":
                self._say_mistakes()
            case "drill":
                mistakes = self._mistakes()
                number = self._chosen(typed.text, range(1, len(mistakes) + 1), "drill")
                if number:
                    await self._walk(Drill(self._learner, mistakes[number - 1].misconception))
            case "placement":
                number = self._chosen(typed.text, self._sections, "placement")
                if number:
                    await self._walk(PlacementTest(self._learner, number))
            case _:
                number = self._chosen(typed.text, range(1, len(self._skills) + 1), "practise")
                if number:
                    await self._walk(OneSkill(self._learner, self._skills[number - 1].id))

    async def _walk(self, errand: Drill | PlacementTest | OneSkill) -> None:
        await Walk(self._talk, self._learner, errand).run()

    def _say_section(self, number: int) -> None:
        record = self._learner.record()
        standings = read_mastery(record, self._learner.syllabus)
        now = self._learner.services.now()
        due = {found.id for found in read_schedule(record).until(now) if found.kind == "skill"}
        self._talk.say(f"Section {self._title(number)}.")
        for place, skill in enumerate(self._skills, start=1):
            if skill.section != number:
                continue
            standing, head = standings[skill.id], self._learner.lesson_of(skill)
            is_closed = standing.state == "new" and head is not None and head.id not in record.lessons_done
            more = ", due" if skill.id in due else f", after lesson {head.number}" if head and is_closed else ""
            self._talk.say(f"{place}: {skill.title}, {state_of(standing)}{more}.")

    def _say_mistakes(self) -> None:
        mistakes = self._mistakes()
        if not mistakes:
            self._talk.say("No usual mistake has shown in your answers so far. When some do, they are listed here.")
            return
        for number, mistake in enumerate(mistakes, start=1):
            self._talk.say(f"{number}: {mistake_words(mistake.misconception)}, {counted(mistake.count, 'time')}.")
        self._talk.say("Type drill with a number for a short drill against one of them.")

    def _mistakes(self) -> tuple[Mistake, ...]:
        return common_mistakes(self._learner.record(), self._learner.services.now())[:_MOST_MISTAKES]

    @property
    def _sections(self) -> list[int]:
        return sorted({skill.section for skill in self._skills})

    def _title(self, number: int) -> str:
        sections = self._learner.services.course.sections
        title = next((section.title for section in sections if section.number == number), "")
        return f"{number}, {title}" if title else str(number)

    def _chosen(self, text: str, known: Sequence[int], command: str) -> int:
        """Return the number that was typed, 0 where it is none of those known."""
        number = next((number for number in known if str(number) == text.strip()), 0)
        if not number:
            offered = f"a number from {known[0]} to {known[-1]}" if known else "nothing yet: there is none"
            self._talk.say(f"Type {command} with {offered}.")
        return number
