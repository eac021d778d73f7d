"""What is said after a daily session: what was done, what moved, what is due. Nothing is praised or counted up."""

from collections.abc import Iterator, Sequence

from tutor.draw.lines import text_line, wrapped
from tutor.draw.text import Line
from tutor.practice.session import Move, Summary
from tutor.practice.syllabus import Syllabus
from tutor.study.practice.words import counted, state_of

_NOTHING = (
    "There is nothing to practise today. New skills come with the lessons you have read to their end. "
    "If you know a section already, its placement test under Practice opens its skills."
)


_NO_MORE = "Nothing more comes today. Under Practice you can go on with any skill."


def today_lines(summary: Summary, syllabus: Syllabus, width: int, *, goes_on: bool) -> list[Line]:
    """Return what came of a daily session; goes_on tells whether there is more to do."""
    lines = list(_today(summary, syllabus, width))
    if goes_on or not (summary.tasks or summary.cards):
        return lines
    return [*lines, (), *wrapped(_NO_MORE, width, indented=1)]


def _today(summary: Summary, syllabus: Syllabus, width: int) -> Iterator[Line]:
    if not summary.tasks and not summary.cards:
        yield from wrapped(_NOTHING, width, indented=1)
        return
    done = [counted(summary.tasks, "task")] if summary.tasks else []
    done += [counted(summary.cards, "card")] if summary.cards else []
    minutes = max(1, round(summary.minutes))
    yield from wrapped(f"Done: {' and '.join(done)}, in {counted(minutes, 'minute')} of work.", width, indented=1)
    if summary.tasks:
        yield from wrapped(f"Right at the first try: {summary.first_try} of {summary.tasks}.", width, indented=1)
    yield from _moved("Moved up", summary.moved_up, syllabus, width)
    yield from _moved("To practise again", summary.moved_down, syllabus, width)
    due = counted(summary.due_tomorrow, "skill or card", "skills and cards")
    yield ()
    yield from wrapped(f"Due by tomorrow: {due}.", width, indented=1)


def _moved(heading: str, moves: Sequence[Move], syllabus: Syllabus, width: int) -> Iterator[Line]:
    if moves:
        yield ()
        yield text_line(f" {heading}", "heading")
    for move in moves:
        title = syllabus.skills[move.after.skill].title
        yield from wrapped(f"{title}: was {state_of(move.before)}, is now {state_of(move.after)}", width, indented=3)
