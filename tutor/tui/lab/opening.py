"""Ways into the lab, and from the lab to a step that is worked by hand."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from textual.app import App

from tutor.engine.error import EngineError
from tutor.lab.bench import Bench
from tutor.lab.by_hand import HandTable, hand_table
from tutor.lab.material import Workshop
from tutor.lab.settings import Lab
from tutor.mathematics.report import as_text
from tutor.study.problem_sheets import hand_desk
from tutor.study.services import Services
from tutor.tui.screens.base import TutorScreen
from tutor.tui.screens.hand import HandScreen
from tutor.tui.screens.preparing import PreparingScreen
from tutor.tui.screens.worksheet import WaysOn, WorksheetScreen


def lab_screen(services: Services, lab: Lab, said: str = "") -> PreparingScreen:
    """Return the screen that leads to a lab; `said` is what stands there at first."""

    def prepare() -> Callable[[], TutorScreen]:
        from tutor.tui.screens.lab import LabScreen  # noqa: PLC0415 - it leads to other labs, and so back here

        bench = Bench(lab, Workshop(services.derivation_of))
        bench.said = said
        return lambda: LabScreen(services, bench)

    return PreparingScreen(services.terminal, f"Lab: {lab.title}" if lab.title else "Lab", "setting up …", prepare)


async def open_lab(app: App[Any], services: Services, lab: Lab, said: str = "") -> None:
    """Show a lab; `said` is what stands there at first."""
    await app.push_screen(lab_screen(services, lab, said))


async def open_hand_table(app: App[Any], services: Services, bench: Bench) -> None:
    """Show the step that was taken last as a table; what hinders that is said by the bench."""
    table = await _table(bench, is_next=False)
    if table is not None:
        await app.push_screen(_table_screen(app, services, table))


async def open_next_by_hand(app: App[Any], services: Services, bench: Bench) -> None:
    """Let the next step be worked on a worksheet, and take it once that is done; what hinders that is said."""
    table = await _table(bench, is_next=True)
    if table is None:
        return

    async def finish() -> None:
        bench.step()
        bench.said = f"Step {table.step} is taken: it is the one that you worked by hand."
        await app.pop_screen()

    await app.push_screen(_sheet_screen(services, table, finish))


async def _table(bench: Bench, *, is_next: bool) -> HandTable | None:
    try:
        return await asyncio.to_thread(hand_table, bench.run, is_next=is_next)
    except EngineError as error:
        bench.said = str(error)
        return None


def _table_screen(app: App[Any], services: Services, table: HandTable) -> PreparingScreen:
    """Return the screen that leads to a step with all of its numbers."""

    async def work() -> None:
        await app.push_screen(_sheet_screen(services, table, None))

    def prepare() -> Callable[[], TutorScreen]:
        lines = list(as_text(services.derivation_of(table.problem)))[1:]
        return lambda: HandScreen(services.terminal, table.problem.title, table.notes, lines, work)

    return PreparingScreen(services.terminal, table.problem.title, "deriving …", prepare)


def _sheet_screen(
    services: Services, table: HandTable, finish: Callable[[], Awaitable[None]] | None
) -> PreparingScreen:
    """Return the screen that leads to the worksheet of a step."""

    def prepare() -> Callable[[], TutorScreen]:
        desk = hand_desk(services, table.problem, " ".join(table.notes))
        return lambda: WorksheetScreen(services.terminal, table.problem.title, desk, WaysOn(finish) if finish else None)

    return PreparingScreen(services.terminal, table.problem.title, "deriving …", prepare)
