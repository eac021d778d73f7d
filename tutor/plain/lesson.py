"""A lesson as a conversation: page by page, what there is to read and then what there is to do."""

from collections.abc import Awaitable, Sequence
from typing import Final

from tutor.course.error import LessonError
from tutor.course.model import Block
from tutor.engine.error import EngineError
from tutor.learner.events import Place
from tutor.mathematics.problem import ProblemError
from tutor.plain.talk import Commands, Talk, Typed, ended, numbers_in
from tutor.plain.tasks import NAMES, inline_of, talk_about
from tutor.study.filled_pages import Inline, Pictured
from tutor.study.reader import Reader
from tutor.study.services import Services
from tutor.study.work import Work

FAULTS: Final = (LessonError, ProblemError, EngineError)
"""What a lesson can be wrong in; it is told, and nothing ends by it."""

COMMANDS: Final[Commands] = {
    "next": "do the next open task of this page; where there is none, go to the next page",
    "skip": "go to the next page, and leave the tasks of this one open",
    "back": "go to the page before; from the first one, to the beginning",
    "do NUMBER": "do the task of this number; the number alone does the same",
    "again NUMBER": "do a task again that is done, with other numbers",
    "tasks": "say the tasks of this page, and how far they are done",
    "page NUMBER": "go to a page",
}


class LessonDialogue:
    """A lesson, or an attempt at the self-test, read from a page on."""

    def __init__(self, talk: Talk, services: Services, reader: Reader, place: Place | None) -> None:
        """Read the page that the reader is at; begin in the task of a place."""
        self._talk = talk
        self._services = services
        self._reader = reader
        self._place = place

    async def run(self) -> None:
        """Talk until the lesson is read to its end, or left."""
        self._say_page()
        await self._go_on_with_task()
        while True:
            typed = self._talk.ask(self._prompt(), COMMANDS, again=self._say_page)
            if not await self._do(typed):
                return

    # -- what is said

    def _say_page(self) -> None:
        reader = self._reader
        self._talk.pause()
        self._talk.say(f"{reader.title}, {reader.where}.")
        if reader.heading:
            self._talk.say(f"Heading: {reader.heading}")
        self._talk.pause()
        numbers = {block.id: number for number, block in enumerate(reader.blocks, start=1)}
        for part in reader.parts:
            match part:
                case str():
                    self._talk.tell(part)
                case Pictured(figure, drawing):
                    self._talk.say(f"Picture: {figure.title}.")
                    for sentence in drawing.tell():
                        self._talk.say(sentence)
                    if drawing.caption:
                        self._talk.tell(drawing.caption, before="About it: ")
                case Inline(block=block) | block:
                    self._talk.say(f"Task {numbers[block.id]}, {_called(self._reader.work(block))}")
            self._talk.pause()

    def _prompt(self) -> str:
        left = self._open_places()
        if left:
            return f"Type next for task {left[0] + 1} of {len(self._reader.blocks)}, skip, back, or help."
        if self._reader.at_end:
            return "This is the last page. Type next to finish, back, menu, or help."
        return f"Type next for page {self._reader.page + 2}, back, menu, or help."

    # -- what is done

    async def _do(self, typed: Typed) -> bool:
        """Do what was typed; return whether the lesson goes on."""
        match typed.command:
            case "next":
                left = self._open_places()
                return await (self._do_task(left[0]) if left else self._turn())
            case "skip":
                return await self._turn()
            case "back":
                return self._reader.page > 0 and await self._show_page(self._reader.page - 1, or_stay=True)
            case "tasks":
                for number, work in enumerate(self._works(), start=1):
                    self._talk.say(f"Task {number}, {_called(work)}")
                if not self._reader.blocks:
                    self._talk.say("There is nothing to do on this page.")
            case "page":
                await self._go_to_page(typed.text)
            case "again":
                await self._again(typed.text)
            case _:
                await self._do_number(typed.text)
        return True

    async def _do_number(self, text: str) -> None:
        place = self._place_of(text, "Type next, or the number of a task.")
        if place is not None:
            await self._do_task(place)

    async def _do_task(self, place: int, cell: str = "") -> bool:
        self._talk.pause()
        done = await self._attempt(self._talked(self._reader.blocks[place], cell))
        if done and not self._open_places():
            self._talk.say("All tasks of this page are done.")
        return True

    async def _talked(self, block: Block, cell: str) -> None:
        """Talk about a task; whoever leaves the program meanwhile goes on in it, and else on the page."""
        if inline_of(self._reader, block) is None:
            self._services.store.remember(self._reader.place_in(block, cell))
        await talk_about(self._talk, self._services, self._reader, block, cell)
        await self._reader.open_page(self._reader.page)

    async def _again(self, text: str) -> None:
        """Do a task again with other numbers, where it has any."""
        place = self._place_of(text, "Type again with the number of a task.")
        if place is None:
            return
        block = self._reader.blocks[place]
        if not self._reader.work(block).done:
            self._talk.say("This task is not done yet. It goes on as it is.")
        elif self._reader.book.is_test or not getattr(block, "vary", ()):
            self._talk.say("This task has no other numbers: it stays as you did it.")
            return
        else:
            await self._attempt(self._reader.do_again(block))
        await self._do_task(place)

    def _place_of(self, text: str, wanted: str) -> int | None:
        """Return the place of the task that is named; of the only one, where none is named."""
        count = len(self._reader.blocks)
        if not count:
            self._talk.say("There is nothing to do on this page.")
            return None
        numbers = [1] if not text and count == 1 and "again" in wanted else numbers_in(text, count)
        if numbers is None or len(numbers) != 1:
            said = f"“{text[:40]}” is no command and no task here." if text else "Nothing was typed."
            self._talk.say(f"{said} {wanted}")
            return None
        return numbers[0] - 1

    async def _go_on_with_task(self) -> None:
        """Open the task that the learner left."""
        for number, block in enumerate(self._reader.blocks):
            is_place = self._place is not None and self._reader.place_in(block).activity == self._place.activity
            if self._place is not None and is_place and not self._reader.work(block).done:
                self._talk.say("You were at this task:")
                await self._do_task(number, self._place.cell)

    async def _turn(self) -> bool:
        """Go to the next page; from the last one, to the end."""
        if not self._reader.at_end:
            await self._show_page(self._reader.page + 1)
            return True
        await self.close()
        return False

    async def close(self) -> None:
        """Say what comes after the last page."""
        self._talk.say(_closing(await self._reader.close()))

    async def _go_to_page(self, text: str) -> None:
        count = len(self._reader.lesson.pages)
        most_digits = 4
        number = int(text) if text.isascii() and text.isdecimal() and len(text) <= most_digits else 0
        if not 1 <= number <= count:
            self._talk.say(f"Type page with a number from 1 to {count}.")
            return
        await self._show_page(number - 1)

    async def _show_page(self, page: int, *, or_stay: bool = False) -> bool:
        """Go to a page and say it; return whether that could be done, or the page stays that is read."""
        if not await self._attempt(self._reader.open_page(page)):
            return or_stay
        self._say_page()
        return True

    async def _attempt(self, action: Awaitable[None]) -> bool:
        """Do something that may find a fault in the lesson; say it then."""
        try:
            await action
        except FAULTS as error:
            self._talk.say(f"This lesson has a fault: {error}")
            return False
        return True

    def _works(self) -> list[Work]:
        return [self._reader.work(block) for block in self._reader.blocks]

    def _open_places(self) -> list[int]:
        return [place for place, work in enumerate(self._works()) if not work.done]


def _called(work: Work) -> str:
    """Return what a task is, how far it is done, and its title."""
    state = work.state or ("done" if work.done else "open")
    return ended(f"{NAMES[type(work.block)].lower()}, {state}: {work.block.title}")


def _closing(unfinished: Sequence[Work]) -> str:
    """Return what is said after the last page."""
    if not unfinished:
        return "That was the last page, and all tasks are done: this lesson is done."
    tasks = [ended(f"{work.block.title}{f', {work.state}' if work.state else ''}") for work in unfinished]
    return "\n".join(
        (
            "That was the last page. These tasks are still open, and you can come back to them:",
            *tasks,
            "The lesson counts as done when they are done.",
        )
    )
