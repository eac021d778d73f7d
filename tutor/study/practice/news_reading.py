"""What home says about the practice, read from what a learner did. It takes all skills, and some problems of each."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain
from typing import Any

from tutor.child_process import answer_parent
from tutor.learner.events import Event
from tutor.practice.estimate import Estimate, estimate
from tutor.practice.mastery import open_skills, read_mastery
from tutor.practice.record import read_record
from tutor.study.course_map import PracticeNews
from tutor.study.practice.learner import all_skills
from tutor.study.practice.words import counted


def read_news(events: Iterable[Event], now: datetime, minutes: int) -> PracticeNews:
    """Return what is due, and how the skills stand; minutes is the length of a day's session."""
    syllabus = all_skills()
    record = read_record(events, now)
    standings = read_mastery(record, syllabus)
    is_new = any(standing.state == "learning" for standing in standings.values())
    is_new = is_new or bool(open_skills(record, standings, syllabus))
    mastered = {skill for skill, standing in standings.items() if standing.state == "mastered"}
    sections = {}
    for number in {skill.section for skill in syllabus.skills.values()}:
        own = [skill.id for skill in syllabus.skills.values() if skill.section == number]
        known = len(mastered.intersection(own))
        if known:
            sections[number] = "mastered" if known == len(own) else f"{known} of {counted(len(own), 'skill')}"
    skills = f"{len(mastered)} of {len(standings)} mastered" if mastered else "fresh problems"
    return PracticeNews(_today(estimate(record, now, syllabus, minutes), is_new=is_new), skills, sections)


def _today(estimate: Estimate, *, is_new: bool) -> str:
    if estimate.due:
        return f"{estimate.due} due, {counted(estimate.minutes, 'minute')}"
    return "nothing due, some new" if is_new else "nothing due"


def _answer(parts: Iterator[Any]) -> PracticeNews:
    now, minutes = next(parts)
    return read_news(tuple(chain.from_iterable(parts)), now, minutes)


if __name__ == "__main__":
    answer_parent(_answer)
