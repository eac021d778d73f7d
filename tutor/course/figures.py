"""The pictures of lessons, made from a problem or a run and drawn for the room that there is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tutor.course.blocks.figure import Figure
from tutor.course.error import nearest
from tutor.course.exercises.making import Making
from tutor.course.numbers import forward_only, problem_of
from tutor.course.outcome import Trace
from tutor.course.runs import Made, make_run, settings_of
from tutor.draw.glyphs import ASCII, UNICODE, Glyphs
from tutor.draw.graph import draw_graph
from tutor.draw.number import short_number
from tutor.draw.table import table
from tutor.draw.text import Align, Line, Span
from tutor.lab.pictures import Pictures
from tutor.lab.readings import picture_sentences
from tutor.mathematics.worksheet import new_worksheet

MOST_TABLE_ROWS = 60

Draw = Callable[[int, Glyphs], list[Line]]
"""Draws a picture for a width, in the signs that the terminal has."""
Tell = Callable[[], list[str]]
"""Tells of a picture in sentences, for those who hear it."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture, ready to be drawn or told, and what is said below it."""

    draw: Draw
    tell: Tell
    caption: str


def make_figure(figure: Figure, making: Making) -> Drawing:
    """Return the picture that a block asks for; this may take a second.

    Raises LessonError, ProblemError or EngineError for what cannot be drawn.
    """
    caption = making.filled(figure).caption.markdown
    if figure.show == "graph":
        return Drawing(*_graph(figure), caption)
    fault = making.fault(figure.line)
    made = make_run(settings_of(figure.plan, fault), figure.plan.length, making.derivation_of)
    if figure.show == "table":
        for name in figure.quantities:
            if name not in made.trace.values:
                raise fault(f"this run has no {name}. {nearest(name, made.trace.values)}")
        trace, quantities = made.trace, figure.quantities
        return Drawing(_table(quantities, trace), lambda: list(_told_rows(quantities, trace)), caption)
    views = run_views(made)
    if figure.show not in views:
        raise fault(
            f"of this run there is no {figure.show}. Write show = {' or '.join(f'“{view}”' for view in views)}."
        )
    return Drawing(run_drawing(made, figure.show, figure.rows), run_telling(made, figure.show), caption)


def run_views(made: Made) -> tuple[str, ...]:
    """Return which pictures there are of a run, the telling one first."""
    return Pictures(ASCII).views(made.bench)


def run_drawing(made: Made, view: str, rows: int) -> Draw:
    """Return what draws a picture of a run in so many rows."""

    def draw(width: int, glyphs: Glyphs) -> list[Line]:
        return Pictures(glyphs).draw(made.bench, view, width, rows)

    return draw


def run_telling(made: Made, view: str) -> Tell:
    """Return what tells of a picture of a run."""
    return lambda: picture_sentences(made.bench, view)


def _graph(figure: Figure) -> tuple[Draw, Tell]:
    assert figure.plan.problem is not None
    nodes, edges = new_worksheet(forward_only(problem_of(figure.plan.problem)), []).graph()

    def draw(width: int, glyphs: Glyphs) -> list[Line]:
        return [(Span(row),) for row in draw_graph(nodes, edges, width, figure.rows, glyphs)]

    def tell() -> list[str]:
        used = {node: [source for source, target in edges if target == node] for node in nodes}
        return [f"{node} uses {' and '.join(sources)}." for node, sources in used.items() if sources]

    return draw, tell


def _table(quantities: tuple[str, ...], trace: Trace) -> Draw:
    counted = trace.unit.removesuffix("s")
    align: list[Align] = ["right"] * (1 + len(quantities))

    def draw(width: int, glyphs: Glyphs) -> list[Line]:
        return table(_rows(quantities, trace, glyphs), (counted, *quantities), align, width, glyphs)

    return draw


def _told_rows(quantities: tuple[str, ...], trace: Trace) -> Iterator[str]:
    """Yield each row of a table with the names of its columns."""
    counted = trace.unit.removesuffix("s")
    for moment, *numbers in _rows(quantities, trace, UNICODE):
        pairs = (f"{name}: {number}" for name, number in zip(quantities, numbers, strict=True))
        yield f"{counted} {moment}: {', '.join(pairs)}"


def _rows(quantities: tuple[str, ...], trace: Trace, glyphs: Glyphs) -> Iterator[list[str]]:
    for moment in range(min(trace.length, MOST_TABLE_ROWS) + 1):
        yield [str(moment), *(short_number(trace.at(name, moment), glyphs, 6) for name in quantities)]
