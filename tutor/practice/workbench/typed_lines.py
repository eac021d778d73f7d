"""The typed text taken apart: a name, a sign =, and what stands behind it, with the place of each."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from tutor.mathematics.notation.spelling import canonical, is_name_letter, is_name_part

if TYPE_CHECKING:
    from collections.abc import Iterator

_UNNAMED: Final = ("f", "g", "h")
"""What formulas are called that have no name, in order."""
_SEPARATORS: Final = ",;"
_TITLE, _PARAMETERS = "title", "parameters"


@dataclass(frozen=True, slots=True)
class Fault:
    """Why the text cannot be worked with. `line` and `column` count from 1; 0 means that there is none to name."""

    message: str
    line: int = 0
    column: int = 0

    def sentence(self) -> str:
        """Return the message with its place.

        >>> Fault("A bracket is missing.", 2, 7).sentence()
        'Line 2, column 7: A bracket is missing.'
        """
        if not self.line:
            return self.message
        place = f"Line {self.line}, column {self.column}" if self.column else f"Line {self.line}"
        return f"{place}: {self.message}"


class BenchError(Exception):
    """The text cannot be worked with; `fault` tells why and where."""

    def __init__(self, message: str, line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.fault = Fault(message, line, column)


@dataclass(frozen=True, slots=True)
class Assignment:
    """`name = right`, or `name(arguments) = right`; `right` begins after `offset` characters of its line."""

    name: str
    right: str
    line: int
    offset: int
    arguments: tuple[str, ...] = ()

    def error(self, message: str, position: int = 0) -> BenchError:
        """Return the error about a character of the right side, counted from 0."""
        return BenchError(message, self.line, self.offset + position + 1)


@dataclass(slots=True)
class TypedLines:
    """All that the text assigns, its title, and the names that it says are parameters, with the line that says so."""

    assignments: list[Assignment] = field(default_factory=list)
    title: str = ""
    parameters: tuple[str, ...] | None = None
    parameters_line: int = 0


def take_apart(text: str) -> TypedLines:
    """Return what the text assigns. Raises BenchError for a line that assigns nothing."""
    found = TypedLines()
    bare: list[Assignment] = []
    for number, whole in enumerate(text.split("\n"), start=1):
        line = whole.partition("#")[0]
        word, colon, rest = line.partition(":")
        if not line.strip():
            continue
        if colon and word.strip().lower() == _TITLE:
            found.title = rest.strip()
        elif colon and word.strip().lower() == _PARAMETERS:
            found.parameters = tuple(rest.replace(",", " ").replace(";", " ").split())
            found.parameters_line = number
        elif "=" in line:
            found.assignments += _assignments(line, number)
        else:
            bare.append(_right(_Left(""), line, number, (0, len(line))))
            found.assignments.append(bare[-1])
    return _named(found, bare)


def _named(found: TypedLines, bare: list[Assignment]) -> TypedLines:
    """Give the formulas that have no name one of f, g and h."""
    taken = {canonical(assignment.name) for assignment in found.assignments}
    free = [name for name in _UNNAMED if name not in taken]
    if len(bare) > len(free):
        raise bare[len(free)].error("This has no name. Write a name and = before it, such as y = w*x + b.")
    names = {id(assignment): name for assignment, name in zip(bare, free, strict=False)}
    found.assignments = [
        Assignment(names.get(id(each), each.name), each.right, each.line, each.offset, each.arguments)
        for each in found.assignments
    ]
    return found


@dataclass(frozen=True, slots=True)
class _Left:
    """The left side of a sign =, and where it begins."""

    name: str
    arguments: tuple[str, ...] = ()
    start: int = 0


def _assignments(line: str, number: int) -> Iterator[Assignment]:
    """Yield the assignments of a line: one, or several with spaces, commas or semicolons between them."""
    equals = [place for place, character in enumerate(line) if character == "="]
    lefts = [_left(line, place, number) for place in equals]
    if line[: lefts[0].start].strip(f" \t{_SEPARATORS}"):
        raise BenchError("Before = stands a name alone, such as h or w1.", number, 1)
    ends = [left.start for left in lefts[1:]] + [len(line)]
    for left, place, end in zip(lefts, equals, ends, strict=True):
        yield _right(left, line, number, (place + 1, end))


def _left(line: str, equals: int, number: int) -> _Left:
    """Return the left side of a sign = at a place of a line: a name, maybe with arguments in brackets."""
    end = len(line[:equals].rstrip())
    arguments: tuple[str, ...] = ()
    if line[:end].endswith(")") and (bracket := line.rfind("(", 0, end)) >= 0:
        arguments = tuple(argument.strip() for argument in line[bracket + 1 : end - 1].split(","))
        end = len(line[:bracket].rstrip())
    start = end
    while start and is_name_part(line[start - 1]):
        start -= 1
    while start < end and not is_name_letter(line[start]):
        start += 1
    if start == end:
        raise BenchError("Before = stands a name, such as h or w1.", number, equals + 1)
    if start and line[start - 1] not in f" \t{_SEPARATORS}":
        raise BenchError("Only one = belongs here. Give each name a line of its own.", number, equals + 1)
    return _Left(line[start:end], arguments, start)


def _right(left: _Left, line: str, number: int, between: tuple[int, int]) -> Assignment:
    """Return the assignment whose right side stands between two places of a line."""
    written = line[between[0] : between[1]].rstrip(f" \t{_SEPARATORS}")
    offset = between[0] + len(written) - len(written.lstrip())
    right = Assignment(left.name, written.strip(), number, offset, left.arguments)
    if not right.right:
        raise right.error(f"{left.name} has nothing behind its =. Write a number, or a formula.")
    return right
