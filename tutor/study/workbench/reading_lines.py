"""How a typed problem was read, as lines: which names are given, which are learned, the steps, the update rule."""

from collections.abc import Iterator, Mapping

from tutor.draw.glyphs import Glyphs
from tutor.draw.lines import indent, text_line, wrapped
from tutor.draw.text import Line, Role, Span, join, wrap_line
from tutor.draw.width import NO_BREAK
from tutor.mathematics.notation.printing import pretty
from tutor.mathematics.presentation import typed_value
from tutor.mathematics.problem import SYMBOLS, Problem, Update
from tutor.mathematics.values.real import Value
from tutor.practice.workbench.reading import BenchReading

_LABELS = 12
"""Columns of the words at the left edge."""
_MOST_EXAMPLES = 12
_UNKNOWN = "?"

EXAMPLE: tuple[tuple[str, Role], ...] = (
    ("Type a function of one or two variables:", "plain"),
    ("f = x^2 + 3*y", "code"),
    ("or the steps of a small network, and their numbers:", "plain"),
    ("h = (x1 + w1*x2)^2", "code"),
    ("E = (t - h)^2", "code"),
    ("x1 = 3, x2 = 2, t = 24, w1 = 1", "code"),
    ("eta = 0.1", "code"),
    ("The text of a problem file is read too.", "plain"),
)


def draw_reading(reading: BenchReading, width: int, glyphs: Glyphs, ask_key: str) -> list[Line]:
    """Return how a text is read, in lines of at most so many columns; ask_key is the key that goes on."""
    if reading.fault is not None:
        return wrapped(glyphs.spell(f"? {reading.fault.sentence()}"), width - 1, "follow", 1)
    if reading.problem is None:
        return [line for text, role in EXAMPLE for line in wrapped(text, width - 1, role, _indent(role))]
    unknown = frozenset(missing.name for missing in reading.missing)
    lines = draw_problem(reading.problem, width, glyphs, unknown)
    for note in reading.notes:
        lines += wrapped(glyphs.spell(note), width - 1, "follow", 1)
    if unknown:
        listed = ", ".join(missing.name for missing in reading.missing)
        lines += wrapped(glyphs.spell(f"No number yet for {listed}: {ask_key} asks."), width - 1, "follow", 1)
    return lines


def draw_problem(problem: Problem, width: int, glyphs: Glyphs, unknown: frozenset[str] = frozenset()) -> list[Line]:
    """Return what a problem consists of; numbers of unknown names are not shown."""
    lines: list[Line] = []
    for label, texts in parts_of(problem, unknown):
        lines += _labelled(label, [glyphs.spell(text) for text in texts], width)
    return lines


def _indent(role: Role) -> int:
    return 3 if role == "code" else 1


def parts_of(problem: Problem, unknown: frozenset[str] = frozenset()) -> Iterator[tuple[str, list[str]]]:
    """Yield the parts of a problem: what each is called, and its texts; two spaces stand between numbers.

    The numbers of unknown names are not told.
    """
    steps = [f"{step.name} = {pretty(step.formula)}" for step in problem.steps.values()]
    yield "steps" if len(steps) > 1 else "function", steps
    if len(steps) > 1:
        yield "goal", [f"{problem.objective} as small as can be"]
    if problem.given:
        yield "given", [_values(problem.given, unknown)]
    if problem.examples:
        yield "examples", [_examples(name, values) for name, values in problem.examples.items()]
    yield "parameters", [_values(problem.parameters, unknown) or "none"]
    yield "update", [_update(problem.update, unknown) if problem.update else "none"]


def _values(values: Mapping[str, Value], unknown: frozenset[str]) -> str:
    """Return names with their numbers, none of which is broken over two rows."""
    written = (
        f"{name} = {_UNKNOWN if name in unknown else typed_value(value)}".replace(" ", NO_BREAK)
        for name, value in values.items()
    )
    return "  ".join(written)


def _examples(name: str, values: tuple[Value, ...]) -> str:
    shown = ", ".join(map(typed_value, values[:_MOST_EXAMPLES]))
    return f"{name} = {shown}{', …' if len(values) > _MOST_EXAMPLES else ''}"


def _update(update: Update, unknown: frozenset[str]) -> str:
    numbers = [
        f"{SYMBOLS[name]} = {_UNKNOWN if name in unknown else typed_value(update.hyperparameters[name])}"
        for name in update.rule.needs
    ]
    steps = [f"{update.steps} steps"] if update.steps > 1 else []
    batch = [f"batches of {update.batch_size}"] if update.batch_size else []
    return ", ".join((update.rule.name, *numbers, *steps, *batch))


def _labelled(label: str, texts: list[str], width: int) -> Iterator[Line]:
    """Yield texts beside their label, each wrapped to its column."""
    first = True
    for text in texts:
        for line in wrap_line(text_line(text), max(1, width - 2 - _LABELS)):
            if first:
                yield join((Span(f" {label:<{_LABELS}}", "dim"), *line))
            else:
                yield indent(line, 1 + _LABELS)
            first = False
