"""Something to explain in one's own words: first it is written, then the learner ticks what it says."""

from typing import ClassVar

from textual.events import Key

from tutor.course.exercises.base import unlisted
from tutor.course.exercises.writing import Explaining
from tutor.draw.lines import indent, text_line
from tutor.draw.text import Line, Span, join, wrap_line
from tutor.study.cells import EDITS
from tutor.study.editing import Line as EditedLine
from tutor.tui.harmless import one_column_each
from tutor.tui.keyboard.keys import Action, ScreenName
from tutor.tui.screens.exercises.base import ExerciseScreen, Task
from tutor.tui.widgets.options import listed_prose


class ExplainScreen(ExerciseScreen[Explaining]):
    """A text, and a checklist that appears once it is written."""

    NAME: ClassVar[ScreenName] = "explain"

    def __init__(self, task: Task) -> None:
        super().__init__(task)
        drafted = unlisted(self._session.draft)
        text = drafted[0] if drafted else self.exercise.written
        self._line = EditedLine(text, len(text))
        ticked = (point in (drafted or [])[1:] for point in self.exercise.points)
        self._ticked = frozenset(place for place, is_in in enumerate(ticked) if is_in) or self.exercise.ticked
        self._written = self.exercise.done

    async def press(self, event: Key) -> None:
        """Tick points once the text is written; before, type whatever is no key."""
        if self._written and event.key.isdigit() and 1 <= int(event.key) <= len(self.exercise.points):
            self._ticked ^= {int(event.key) - 1}
            self.redraw()
        elif self.action_for(event) is not None:
            await super().press(event)
        elif not self._written and event.character and event.is_printable and "+" not in event.key:
            self._line = self._line.insert(event.character)
            self.redraw()

    async def perform(self, action: Action) -> None:
        """Do what an action says; those of the line are all alike, and lead back to the text."""
        if action.name in EDITS:
            self._written = False
            self._line = EDITS[action.name](self._line)
            self.redraw()
        else:
            await super().perform(action)

    async def paste(self, text: str) -> None:
        """Take a pasted text, its lines as one."""
        if not self._written:
            self._line = self._line.insert(" ".join(text.split()))
            self.redraw()

    async def do_check(self) -> None:
        """Go from the text to the checklist, from there to the end."""
        if not self._written and self._line.text.strip():
            self._written = True
            self.redraw()
            return
        await super().do_check()

    async def do_pick(self) -> None:
        """Tick a point: the digits are dealt with where they arrive."""

    def answer_text(self) -> str:
        """Return the text and the points ticked."""
        return self.exercise.text_of(self._line.text, self._ticked)

    def draw_view(self, width: int) -> tuple[list[Line], int]:
        """Draw the text, and below it the checklist once it is written."""
        text = self._drawn_text(width)
        if not self._written:
            return [*text, (), text_line(" Enter: compare with the checklist.", "dim")], len(text) - 1
        points: list[Line] = []
        for place, point in enumerate(self.exercise.points):
            box = "[x]" if place in self._ticked else "[ ]"
            points += listed_prose(
                point, join((Span(f" {place + 1} ", "key"), Span(f"{box} "))), width, self.terminal.glyphs
            )
        heading = text_line(" Did you say this? Tick it with its number, then press Enter.", "dim")
        return [*text, (), heading, *points], len(text)

    def _drawn_text(self, width: int) -> list[Line]:
        shown = one_column_each(self._line.text, plain=self.terminal.glyphs.plain)
        caret = self._line.caret
        if self._written:
            spans: tuple[Span, ...] = (Span(shown),)
        else:
            spans = (Span(shown[:caret]), Span(shown[caret : caret + 1] or "_", "cursor"), Span(shown[caret + 1 :]))
        return [indent(line, 1) for line in wrap_line(join(spans), max(1, width - 1))]
