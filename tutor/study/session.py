"""The work on one worksheet: what a learner does goes through the core, is kept, and only then is shown."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from tutor.learner.events import Event, EventMaker, Place
from tutor.learner.store import Store
from tutor.mathematics.explaining import HINTS

if TYPE_CHECKING:
    from tutor.mathematics.checking.reply import Reply
    from tutor.mathematics.worksheet import Worksheet

P = ParamSpec("P")
R = TypeVar("R")

UNCHECKED = "unchecked"
"""The verdict of an answer that was typed and left: it costs nothing, and is there again the next time."""

_UNJUDGED = frozenset({"invalid", UNCHECKED})


class Session:
    """The state of a worksheet, each change of which is kept before it counts."""

    def __init__(
        self,
        worksheet: "Worksheet",
        store: Store,
        maker: EventMaker,
        place_of: Callable[[str], Place] | None = None,
    ) -> None:
        """Go on with a worksheet, given blank, where the store says that it was left.

        maker makes the events that are kept; place_of tells the place that a cell is, if the next start is to
        go on there.
        """
        events = store.events(maker.activity)
        self.touched = frozenset(event.cell for event in events)
        """The cells in which anything was done before."""
        self.worksheet, self.typed = replay(worksheet, events)
        known = {entry.cell for entry in worksheet.entries}
        self.last = self.going_on(next((event.cell for event in reversed(events) if event.cell in known), ""))
        self._store = store
        self._maker = maker
        self._place_of = place_of
        self._calculating = asyncio.Lock()

    async def prepare(self, cell: str) -> None:
        """Get ready for an answer to a cell, while it is typed."""
        await self._calculated(self.worksheet.prepare, cell)

    async def answer(self, cell: str, text: str) -> "Reply":
        """Check an answer; when this returns, it is on disk with its verdict."""
        worksheet, reply = await self._calculated(self.worksheet.answer, cell, text)
        event = self._maker.answer(cell, text, reply.verdict, reply.misconception, counts=reply.counts)
        await self._keep(event, worksheet)
        self.typed.pop(cell, None)
        if reply.verdict == "invalid":
            self.typed[cell] = text
        return reply

    async def hint(self, cell: str) -> str:
        """Return the next hint for a cell; that it was asked for is on disk."""
        worksheet, text = await self._calculated(self.worksheet.hint, cell)
        await self._keep(self._maker.note("hint", cell), worksheet)
        return text

    async def show(self, cell: str) -> None:
        """Fill in a cell, as shown and not as solved."""
        worksheet = await self._calculated(self.worksheet.show, cell)
        await self._keep(self._maker.note("shown", cell), worksheet)
        self.typed.pop(cell, None)

    async def why(self, cell: str) -> list[str]:
        """Return the lines that tell how a cell follows; for an open cell that counts as all of its hints."""
        entry = self.worksheet.entry(cell)
        for _ in range(entry.hints, 0 if entry.is_done else HINTS):
            await self.hint(cell)
        return await self._calculated(self.worksheet.why, cell)

    async def keep_typed(self, typed: Mapping[str, str]) -> None:
        """Keep what is typed in cells but not checked, as far as it is new."""
        for entry in self.worksheet.entries:
            text = typed.get(entry.cell, entry.text)
            if text != self.typed.get(entry.cell, entry.text):
                event = self._maker.answer(entry.cell, text, UNCHECKED, None, counts=False)
                await asyncio.to_thread(self._store.record, event)
        self.typed = dict(typed)

    def take_notice(self) -> str:
        """Return what the store has to say about keeping the work, once; mostly nothing."""
        return self._store.take_notice() or ""

    def going_on(self, cell: str) -> str:
        """Return the cell where work goes on: this one while it is open, else the next open one."""
        is_open = any(entry.cell == cell and not entry.is_done for entry in self.worksheet.entries)
        return cell if is_open else self.worksheet.next_open(cell) or cell

    async def _calculated(self, calculate: Callable[P, R], *arguments: P.args, **named: P.kwargs) -> R:
        """Return what a calculation gives; one after the other, because they share what they have worked out."""
        async with self._calculating:
            return await asyncio.to_thread(calculate, *arguments, **named)

    async def _keep(self, event: Event, worksheet: "Worksheet") -> None:
        self.worksheet = worksheet
        if self._place_of is None:
            await asyncio.to_thread(self._store.record, event)
        else:
            place = self._place_of(self.going_on(event.cell))
            await asyncio.to_thread(self._store.record_with_place, event, place)


def replay(worksheet: "Worksheet", events: Iterable[Event]) -> tuple["Worksheet", dict[str, str]]:
    """Return a blank worksheet as events left it, and what is typed in its cells without a verdict."""
    typed: dict[str, str] = {}
    cells = {entry.cell for entry in worksheet.entries}
    for event in events:
        if event.cell not in cells:
            continue
        match event.kind:
            case "answer" if event.verdict in _UNJUDGED:
                typed[event.cell] = event.text
            case "answer":
                worksheet, _ = worksheet.answer(event.cell, event.text)
                typed.pop(event.cell, None)
            case "hint":
                worksheet, _ = worksheet.hint(event.cell)
            case "shown":
                worksheet = worksheet.show(event.cell)
                typed.pop(event.cell, None)
            case _:
                continue
    return worksheet, typed
