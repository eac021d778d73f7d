"""The block `steps`: a worksheet, whose cells may have been filled in wrongly on purpose."""

from dataclasses import dataclass

from tutor.course.blocks.common import Source, Vary, cell_name, identity, needed_problem, vary_of_body
from tutor.course.body import Body
from tutor.course.model import Block, LessonHead


@dataclass(frozen=True, slots=True)
class Steps(Block):
    """A worksheet: the cells of a hand calculation, checked one by one."""

    problem: Source
    cells: tuple[str, ...]
    """The cells asked for, in this order."""
    given: tuple[str, ...]
    """The cells that are filled in already."""
    intro: str
    """A sentence or two to show with the worksheet; may be empty."""
    faulty: tuple[tuple[str, str], ...] = ()
    """Cells that somebody filled in wrongly, each with the id of the misconception that made its value.

    Where there are any, the other cells are filled in rightly, and the learner looks for the wrong ones.
    """
    vary: Vary = ()
    long_numbers: str = ""
    """Why values may be longer than what is worked by hand; empty where they may not."""
    order: tuple[str, ...] = ()
    """All cells, asked and given, as they stand one below the other; empty where the given ones come first."""


def read_steps(body: Body, head: LessonHead) -> Steps:
    """Read a worksheet. Raises LessonError for the first fault."""
    body.check_keys(("title", "problem", "cells", "given", "intro", "faulty", "vary", "long-numbers"))
    cells, given = body.strings("cells"), body.strings("given")
    if not cells:
        raise body.fault("cells", 'a steps block asks for at least one cell. Write cells = ["h1", "y"]')
    for cell in (*cells, *given):
        cell_name(body, "cells" if cell in cells else "given", cell)
    for cell in given:
        if cell in cells:
            raise body.fault("given", f"{cell} is both asked and given. Take it out of cells or of given.")
    return Steps(
        *identity(body, head),
        problem=needed_problem(body, head),
        cells=cells,
        given=given,
        intro=body.text("intro", ""),
        faulty=_faulty(body, cells),
        vary=vary_of_body(body),
        long_numbers=body.text("long-numbers", ""),
    )


def _faulty(body: Body, cells: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    table = body.values.get("faulty", {})
    if not isinstance(table, dict) or not all(isinstance(value, str) for value in table.values()):
        message = 'faulty is a table of cells. Write [faulty], then "dE/dw1" = "links.last-link-missing"'
        raise body.fault("faulty", message)
    for cell in table:
        if cell not in cells:
            raise body.fault(cell, f"{cell} is faulty but not asked for. Put it into cells.")
    return tuple(table.items())
