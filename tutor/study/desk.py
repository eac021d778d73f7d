"""A worksheet being worked on: cells, what is typed, what is said. Everything but the drawing."""

from typing import TYPE_CHECKING

from tutor.study.cells import Cells
from tutor.study.editing import LIMIT, first_line
from tutor.study.feedback import MARKS, Feedback, on_end, on_entry, on_marked_anew, on_reply, on_whole
from tutor.study.session import Session

if TYPE_CHECKING:
    from tutor.mathematics.checking.reply import Reply
    from tutor.mathematics.worksheet import Worksheet


class Desk:
    """What a learner can do with a worksheet. Each method leaves what is to be said in `feedback`."""

    def __init__(self, session: Session, cell: str = "", intro: str = "") -> None:
        """Go on with a session, in a cell or else where it was left; intro is what is said at first."""
        self.session = session
        self.cells = Cells(session.worksheet.entries, session.typed, cell or session.last)
        self.feedback = on_end(session.worksheet) if session.worksheet.done else Feedback(intro)
        self._heed_store()

    @property
    def worksheet(self) -> "Worksheet":
        """The worksheet as it is now."""
        return self.session.worksheet

    @property
    def finished(self) -> bool:
        """Whether every cell is filled in, and nothing is typed that was not checked."""
        return self.worksheet.done and not self.cells.changed

    @property
    def begun(self) -> bool:
        """Whether anything is typed or filled in."""
        return bool(self.cells.typed) or any(entry.text for entry in self.worksheet.asked)

    @property
    def summary(self) -> str:
        """Return how many of the cells are filled in, in a few words."""
        count = len(self.worksheet.asked)
        return f"{self.worksheet.done_count} of {count} {'cell' if count == 1 else 'cells'}"

    @property
    def text_here(self) -> str:
        """The cell that the cursor is on with what stands in it, and below it what is said."""
        cell = f"{self.cells.entry.label} = {self.cells.line.text}"
        return "\n".join(part for part in (cell, self.feedback.text) if part) + "\n"

    async def prepare(self) -> None:
        """Get ready for an answer to the cell that the cursor is in."""
        await self.session.prepare(self.cells.entry.cell)

    async def check(self) -> None:
        """Check what is typed in the cell, and go to the next open one if it is right."""
        entry = self.cells.entry
        cell, text = entry.cell, self.cells.line.text
        if entry.text and not self.cells.changed:
            self.feedback = on_entry(entry)
            self._go_on(cell)
            return
        if not text.strip():
            self.feedback = Feedback("Type a number or a calculation first.", "?", "follow")
            return
        before = self.worksheet
        reply = await self.session.answer(cell, text)
        self.feedback = on_reply(text, reply).then(on_marked_anew(before, self.worksheet, cell))
        if reply.verdict == "invalid":
            if reply.position is not None:
                self.cells.point_at(reply.position)
            return
        self.cells.take(self.worksheet.entries, settled=cell)
        self._go_on(cell)
        self._heed_store()

    async def check_all(self) -> None:
        """Check every cell filled in but not checked, in the order of work, and say where it first goes wrong."""
        filled = [entry.cell for entry in self.worksheet.entries if self.cells.typed.get(entry.cell, "").strip()]
        if not filled and self.worksheet.first_wrong is None:
            self.feedback = Feedback("Every cell that is filled in has been checked.", "?", "follow")
            return
        unread: dict[str, Reply] = {}
        for cell in filled:
            reply = await self.session.answer(cell, self.cells.typed[cell])
            if reply.verdict == "invalid":
                unread[cell] = reply
            else:
                self.cells.take(self.worksheet.entries, settled=cell)
        self.feedback = on_whole(self.worksheet, len(filled) - len(unread), unread)
        wrong = self.worksheet.first_wrong
        self._go_on(wrong.cell if wrong else next(iter(unread), self.cells.entry.cell))
        self._heed_store()

    async def show(self) -> None:
        """Fill in the cell."""
        cell = self.cells.entry.cell
        before = self.worksheet
        if not self.cells.entry.is_done:
            await self.session.show(cell)
            self.cells.take(self.worksheet.entries, settled=cell)
        shown = self.cells.entry
        feedback = Feedback(f"{shown.label} = {shown.text}", *MARKS[shown.state])
        self.feedback = feedback.then(on_marked_anew(before, self.worksheet, cell))
        self._go_on(cell)
        self._heed_store()

    async def hint(self) -> None:
        """Say more about the cell."""
        text = await self.session.hint(self.cells.entry.cell)
        self.cells.take(self.worksheet.entries)
        self.feedback = Feedback(text, "hint", "follow")
        self._heed_store()

    async def why(self) -> None:
        """Say how the cell follows."""
        lines = await self.session.why(self.cells.entry.cell)
        self.cells.take(self.worksheet.entries)
        self.feedback = Feedback("\n".join(lines), "why", "strong")
        self._heed_store()

    async def put_away(self) -> None:
        """Keep what is typed but not checked."""
        await self.session.keep_typed(self.cells.typed)

    def move(self, cells: int) -> None:
        """Go to another cell, and say why it is still open."""
        self.cells.move(cells)
        self.feedback = on_entry(self.cells.entry)

    def paste(self, text: str) -> None:
        """Take pasted text into the line, and say what of it was left out."""
        line = first_line(text)
        self.cells.type(line)
        if line != text.strip():
            self.feedback = Feedback("Of the pasted text, the first line was taken.", "?", "follow")
        if len(line) > LIMIT:
            text = f"The pasted text is too long for an answer. Its first {LIMIT} characters were taken."
            self.feedback = Feedback(text, "?", "follow")

    def _go_on(self, cell: str) -> None:
        self.cells.choose(self.session.going_on(cell))
        if self.worksheet.done:
            self.feedback = self.feedback.then(on_end(self.worksheet))

    def _heed_store(self) -> None:
        """Pass on what the store has to say."""
        self.feedback = self.feedback.then(Feedback(self.session.take_notice()))
