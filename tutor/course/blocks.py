"""The kinds of fenced blocks: to add one, write its dataclass and its reader, and enter it in BLOCK_KINDS."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from tutor.course.body import Body, read_body
from tutor.course.error import LessonError, nearest
from tutor.course.files import find_file
from tutor.course.model import Block, LessonHead, ProblemText, Steps

CODE_LANGUAGES = frozenset({"", "text", "python"})
"""Fences that are part of the prose: they are shown as they stand."""

_PROBLEM_TEXT = re.compile(r"\btext[ \t]*=[ \t]*('''|\"\"\")?\n?")


def read_block(kind: str, toml: str, head: LessonHead, line: int) -> Block:
    """Read one fenced block of a lesson: its kind, its TOML body, and the line of its opening fence.

    Raises LessonError if the kind is not known or its reader finds a fault in the body.
    """
    reader = BLOCK_KINDS.get(kind)
    if reader is None:
        known = [*BLOCK_KINDS, *(language for language in CODE_LANGUAGES if language)]
        raise LessonError(head.path, line, f"there is no block of the kind “{kind}”. {nearest(kind, known)}")
    return reader(read_body(kind, toml, head.path, line), head)


def _read_steps(body: Body, head: LessonHead) -> Steps:
    body.check_keys(("title", "problem", "cells", "given", "intro"))
    cells, given = body.strings("cells"), body.strings("given")
    if not cells:
        raise body.fault("cells", 'a steps block asks for at least one cell. Write cells = ["h1", "y"]')
    for cell in (*cells, *given):
        if " " in cell:
            key = "cells" if cell in cells else "given"
            raise body.fault(key, f"“{cell}” is not a cell: they are written without spaces, as dE/dw1@1.")
    for cell in given:
        if cell in cells:
            raise body.fault("given", f"{cell} is both asked and given. Take it out of cells or of given.")
    title = body.text("title")
    return Steps(
        id=f"{head.id}/{_slug(title)}",
        title=title,
        line=body.line,
        problem=_problem(body, head),
        cells=cells,
        given=given,
        intro=body.text("intro", ""),
    )


def _problem(body: Body, head: LessonHead) -> Path | ProblemText:
    """Return the problem that a block names, holds itself, or takes over from the lesson."""
    value = body.values.get("problem")
    if value is None:
        if head.problem is None:
            raise body.fault("problem", 'this block has no problem. Add a line problem = "five-weights.toml"')
        return head.problem
    if isinstance(value, dict):
        if set(value) != {"text"} or not isinstance(value["text"], str):
            message = "a problem inside a lesson is one text. Write [problem], then text = ''' … '''"
            raise body.fault("problem", message)
        return ProblemText(_in_its_lines(value["text"], body), str(head.path))
    return find_file(body.text("problem"), head.path, body.line_of("problem"))


def _in_its_lines(text: str, body: Body) -> str:
    """Put blank lines before a problem, so that its lines are numbered as in the lesson's file."""
    start = _PROBLEM_TEXT.search(body.toml)
    before = body.toml.count("\n", 0, start.end()) if start else 0
    return "\n" * (body.line + before) + text


def _slug(title: str) -> str:
    return re.sub(r"\W+", "-", title.lower()).strip("-")


BLOCK_KINDS: Mapping[str, Callable[[Body, LessonHead], Block]] = {"steps": _read_steps}
