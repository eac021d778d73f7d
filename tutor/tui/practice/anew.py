"""Beginning a lesson anew, and bringing back what that put aside."""

import asyncio
from collections.abc import Sequence
from typing import Any

from textual.app import App

from tutor.course.model import LessonHead
from tutor.learner.activities import LESSON
from tutor.learner.events import Event
from tutor.learner.resets import ALL, is_in
from tutor.learner.resetting import reset_work, undo_reset
from tutor.study.practice.words import counted
from tutor.study.progress import lesson_activity
from tutor.study.services import Services
from tutor.tui.screens.base import TutorScreen
from tutor.tui.screens.confirm import ConfirmScreen
from tutor.tui.screens.message import MessageScreen


async def ask_to_begin_anew(app: App[Any], services: Services, lesson: LessonHead) -> None:
    """Say what of a lesson would be put aside, and do so where the learner wants it."""
    title = f"{lesson.number} {lesson.title}"
    scope = lesson_activity(lesson)
    events = await asyncio.to_thread(services.store.all_events)
    work = [event for event in events if is_in(event.activity, scope)]
    if not work:
        text = "Nothing was done in this lesson yet, so it stands at its beginning."
        await app.push_screen(MessageScreen(services.terminal, title, text))
        return

    async def begin_anew() -> None:
        await asyncio.to_thread(reset_work, services.store, scope, services.now)
        await go_home(app)

    await app.push_screen(ConfirmScreen(services.terminal, f"Begin anew: {title}", _question(work), begin_anew))


async def go_home(app: App[Any]) -> None:
    """Close every screen but the lowest one of gdtutor."""
    while sum(isinstance(screen, TutorScreen) for screen in app.screen_stack) > 1:
        await app.pop_screen()


def bring_back(services: Services) -> str:
    """Bring back what was put aside last, and return what is said about it."""
    reset = undo_reset(services.store, services.now)
    if reset is None:
        return ""
    heads = {lesson_activity(head): f"{head.number} {head.title}" for head in services.course.lessons}
    what = "Everything" if reset.scope == ALL else heads.get(reset.scope, reset.scope.removeprefix(LESSON))
    return f"{what} is as it was before it was begun anew."


def _question(work: Sequence[Event]) -> str:
    answers = sum(event.kind == "answer" and event.counts for event in work)
    pages = len({event.cell for event in work if event.kind == "page" and event.cell.isdecimal()})
    return (
        f"What you did in this lesson is put aside: {counted(answers, 'answer')} on {counted(pages, 'page')}. "
        "All its tasks are open again, and it does not count as done. "
        "Its cards and mistakes are put aside too; what you did under Today and Practice stays.\n\n"
        "Nothing is deleted: the key u at home brings all of it back."
    )
