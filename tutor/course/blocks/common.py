"""What the readers of several kinds of blocks share: ids, problems, and numbers that are drawn anew."""

import re
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from tutor.course.body import Body
from tutor.course.files import find_file
from tutor.course.model import LessonHead, ProblemText

Source = Path | ProblemText
"""Where a problem comes from: a file, or the lesson itself."""
Vary = tuple[tuple[str, tuple[Fraction, ...]], ...]
"""Names of numbers of a problem, each with the numbers that are drawn from."""

_PROBLEM_TEXT = re.compile(r"\btext[ \t]*=[ \t]*('''|\"\"\")?\n?")
_RANGE = re.compile(r"\s*(-?\d{1,9})\s*\.\.\s*(-?\d{1,9})\s*")
_NUMBER = re.compile(r"[+-]?\d{1,18}(\.\d{1,18})?")
_MOST_NUMBERS = 1000


def identity(body: Body, head: LessonHead) -> tuple[str, str, int]:
    """Return id, title and line of a block. Raises LessonError where it has no title."""
    title = body.text("title")
    slug = re.sub(r"\W+", "-", title.lower()).strip("-")
    if not slug:
        raise body.fault("title", f"“{title}” has no letter or digit. Write a title that has one.")
    return f"{head.id}/{slug}", title, body.line


def problem_of_body(body: Body, head: LessonHead) -> Source | None:
    """Return the problem that a block names, holds itself, or takes over from the lesson; None where there is none.

    Raises LessonError for a file that does not exist, and for anything that is no problem.
    """
    value = body.values.get("problem")
    if value is None:
        return head.problem
    if isinstance(value, dict):
        if set(value) != {"text"} or not isinstance(value["text"], str):
            message = "a problem inside a lesson is one text. Write [problem], then text = ''' … '''"
            raise body.fault("problem", message)
        return ProblemText(_in_its_lines(value["text"], body), str(head.path))
    return find_file(body.text("problem"), head.path, body.line_of("problem"))


def needed_problem(body: Body, head: LessonHead) -> Source:
    """Return the problem of a block that cannot do without one. Raises LessonError where there is none."""
    found = problem_of_body(body, head)
    if found is None:
        raise body.fault("problem", 'this block has no problem. Add a line problem = "five-weights.toml"')
    return found


def vary_of_body(body: Body) -> Vary:
    """Return the numbers that are drawn anew each time: `[vary]`, then `w1 = [1, 2, 3]` or `w1 = "1..9"`.

    Raises LessonError for what is neither a list of numbers nor a range.
    """
    table = body.values.get("vary", {})
    if not isinstance(table, dict):
        raise body.fault("vary", 'vary is a table. Write [vary], then w1 = [1, 2, 3] or w1 = "1..9"')
    return tuple((name, _numbers(body, name, value)) for name, value in table.items())


def _numbers(body: Body, name: str, value: object) -> tuple[Fraction, ...]:
    found: Sequence[Fraction] = ()
    if isinstance(value, str) and (limits := _RANGE.fullmatch(value)):
        first, last = int(limits[1]), int(limits[2])
        found = [Fraction(number) for number in range(first, min(last + 1, first + _MOST_NUMBERS))]
    elif isinstance(value, list) and all(_NUMBER.fullmatch(str(item)) for item in value):
        found = [Fraction(str(item)) for item in value]
    several = 2
    if len(set(found)) < several:
        message = f'{name} needs at least two numbers to draw from. Write {name} = [1, 2, 3] or {name} = "1..9"'
        raise body.fault(name, message)
    return tuple(dict.fromkeys(found))


def cell_name(body: Body, key: str, cell: str) -> str:
    """Return the name of a cell as it stands. Raises LessonError for one with spaces."""
    if " " in cell:
        raise body.fault(key, f"“{cell}” is not a cell: they are written without spaces, as dE/dw1@1.")
    return cell


def at_least(body: Body, key: str, items: Sequence[object], least: int, why: str) -> None:
    """Raise LessonError where there are fewer items than it takes."""
    if len(items) < least:
        raise body.fault(key, f"{why} Write at least {least}.")


def different(body: Body, key: str, texts: Sequence[str]) -> None:
    """Raise LessonError where two texts of a list are the same."""
    for place, text in enumerate(texts):
        if text in texts[:place]:
            raise body.fault(key, f"“{text}” stands twice. Keep one of them.")


def _in_its_lines(text: str, body: Body) -> str:
    """Put blank lines before a problem, so that its lines are numbered as in the lesson's file."""
    start = _PROBLEM_TEXT.search(body.toml)
    before = body.toml.count("\n", 0, start.end()) if start else 0
    return "\n" * (body.line + before) + text
