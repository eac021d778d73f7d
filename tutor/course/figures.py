"""The pictures of lessons, made from a problem or a run and drawn for the room that there is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tutor.course.blocks.figure import Figure
from tutor.course.error import nearest
from tutor.course.exercises.making import Making
from tutor.course.numbers import forward_only, problem_of
from tutor.course.outcome import Trace
from tutor.course.runs import Made, make_run, settings_of
from tutor.draw.glyphs import ASCII, Glyphs
from tutor.draw.graph import draw_graph
from tutor.draw.number import short_number
from tutor.draw.table import table
from tutor.draw.text import Align, Line, Span
from tutor.lab.pictures import Pictures
from tutor.mathematics.worksheet import new_worksheet

MOST_TABLE_ROWS = 60

Draw = Callable[[int, Glyphs], list[Line]]
"""Draws a picture for a width, in the signs that the terminal has."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture, ready to be drawn, and what is said below it."""

    draw: Draw
    caption: str


def make_figure(figure: Figure, making: Making) -> Drawing:
    """Return the picture that a block asks for; this may take a second.

    Raises LessonError, ProblemError or EngineError for what cannot be drawn.
    """
    caption = making.filled(figure).caption.markdown
    if figure.show == "graph":
        return Drawing(_graph(figure), caption)
    fault = making.fault(figure.line)
    made = make_run(settings_of(figure.plan, fault), figure.plan.length, making.derivation_of)
    if figure.show == "table":
        for name in figure.quantities:
            if name not in made.trace.values:
                raise fault(f"this run has no {name}. {nearest(name, made.trace.values)}")
        return Drawing(_table(figure.quantities, made.trace), caption)
    views = run_views(made)
    if figure.show not in views:
        raise fault(
            f"of this run there is no {figure.show}. Write show = {' or '.join(f'“{view}”' for view in views)}."
        )
    return Drawing(run_drawing(made, figure.show, figure.rows), caption)


def run_views(made: Made) -> tuple[str, ...]:
    """Return which pictures there are of a run, the telling one first."""
    return Pictures(ASCII).views(made.bench)


def run_drawing(made: Made, view: str, rows: int) -> Draw:
    """Return what draws a picture of a run in so many rows."""

    def draw(width: int, glyphs: Glyphs) -> list[Line]:
        return Pictures(glyphs).draw(made.bench, view, width, rows)

    return draw


def _graph(figure: Figure) -> Draw:
    assert figure.plan.problem is not None
    nodes, edges = new_worksheet(forward_only(problem_of(figure.plan.problem)), []).graph()

    def draw(width: int, glyphs: Glyphs) -> list[Line]:
        return [(Span(row),) for row in draw_graph(nodes, edges, width, figure.rows, glyphs)]

    return draw


def _table(quantities: tuple[str, ...], trace: Trace) -> Draw:
    counted = trace.unit.removesuffix("s")
    align: list[Align] = ["right"] * (1 + len(quantities))

    def rows(glyphs: Glyphs) -> Iterator[list[str]]:
        for moment in range(min(trace.length, MOST_TABLE_ROWS) + 1):
            yield [str(moment), *(short_number(trace.at(name, moment), glyphs, 6) for name in quantities)]

    def draw(width: int, glyphs: Glyphs) -> list[Line]:
        return table(rows(glyphs), (counted, *quantities), align, width, glyphs)

    return draw
