"""Letting the runs of a lab go on by themselves, at a speed of the learner's choice."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from time import monotonic

from tutor.lab.bench import Bench

SPEEDS = (1, 2, 5, 10, 30, 100, 1000, 0)
"""Steps a second; 0 is as fast as it goes."""
_USUAL = 3
_FRAME = 0.1
"""Seconds between two pictures."""
_SLICE = 0.03
"""Seconds of a frame in which steps are taken, so that keys find time."""
_MOST_STEPS = 100_000


class Runner:
    """Takes steps in a thread, between pictures."""

    def __init__(self, bench: Bench, redraw: Callable[[], None]) -> None:
        """Run a bench; redraw is called after each frame."""
        self._bench = bench
        self._redraw = redraw
        self._speed = _USUAL
        self._task: asyncio.Task[None] | None = None
        self._stepping = asyncio.Lock()
        self._owed = 0.0
        self._is_wanted_still = False

    @property
    def is_running(self) -> bool:
        """Whether steps are being taken."""
        return self._task is not None

    @property
    def pace(self) -> str:
        """The speed in words."""
        steps = SPEEDS[self._speed]
        return f"{steps} step{'s' if steps > 1 else ''} a second" if steps else "as fast as it goes"

    def change_speed(self, steps: int) -> None:
        """Run faster or slower."""
        self._speed = max(0, min(self._speed + steps, len(SPEEDS) - 1))

    def start(self, wait: float = 0.0) -> None:
        """Begin to run, after so many seconds."""
        if self._task is None:
            self._owed = 1.0
            self._task = asyncio.create_task(self._run(wait))
            self._task.add_done_callback(_pass_on_error)

    async def stop(self) -> None:
        """Stop, after the step that is being taken."""
        self._task = None
        self._is_wanted_still = True
        async with self._stepping:
            self._is_wanted_still = False

    @asynccontextmanager
    async def paused(self) -> AsyncIterator[None]:
        """Hold still while something is changed, then go on: what was changed is seen first."""
        was_running = self.is_running
        await self.stop()
        try:
            yield
        finally:
            if was_running:
                self.start(_FRAME)

    async def _run(self, wait: float) -> None:
        this = asyncio.current_task()
        await asyncio.sleep(wait)
        while self._task is this and self._bench.goes_on:
            begin = monotonic()
            async with self._stepping:
                if self._task is this:
                    await self._frame(begin)
            if self._task is this:
                self._redraw()
                await asyncio.sleep(max(0.0, begin + _FRAME - monotonic()))
        if self._task is this:
            self._task = None
            self._redraw()

    async def _frame(self, begin: float) -> None:
        """Take the steps that are due."""
        speed = SPEEDS[self._speed]
        self._owed += speed * _FRAME
        due = int(self._owed + 1e-9) if speed else _MOST_STEPS
        self._owed = self._owed - due if speed else 0.0
        if due:
            await asyncio.to_thread(self._bench.advance, due, lambda: self._is_over(begin))

    def _is_over(self, begin: float) -> bool:
        """Whether a frame that began then takes no more steps."""
        return self._is_wanted_still or monotonic() > begin + _SLICE


def _pass_on_error(task: asyncio.Task[None]) -> None:
    """Let the event loop know of an error in a run, which nobody awaits."""
    if not task.cancelled():
        task.result()
