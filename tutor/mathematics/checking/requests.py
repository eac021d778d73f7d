"""`gdtutor check --json`: one JSON object a line in, one verdict a line out, in order."""

from __future__ import annotations

import json
from pathlib import Path
from typing import IO, TYPE_CHECKING

from tutor.mathematics.checking.check import CellChecker
from tutor.mathematics.checking.formulas import check_formula
from tutor.mathematics.checking.reply import Reply, invalid
from tutor.mathematics.derivation import derive
from tutor.mathematics.problem import ProblemError, load_problem

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST_LINE = 4_000_000
_MOST_PROBLEMS = 64
_FORMS = 'Write {"problem": FILE, "cell": CELL, "answer": TEXT} or {"expected": FORMULA, "answer": TEXT}.'


class RequestError(Exception):
    """A line that is not a request."""


def answer_requests(lines: IO[bytes]) -> Iterator[str]:
    """Yield one JSON reply for each line; a line that is no request gets `invalid`, and the next is still answered."""
    desk = _Desk()
    while line := lines.readline(_LONGEST_LINE + 1):
        if len(line) > _LONGEST_LINE:
            while line and not line.endswith(b"\n"):
                line = lines.readline(_LONGEST_LINE)
            reply = invalid("This line is too long for a request.")
        else:
            reply = desk.reply(line)
        yield json.dumps(reply.as_record(), ensure_ascii=True)


class _Desk:
    """Answers requests, and keeps the derivations of the problems asked about."""

    def __init__(self) -> None:
        self._checkers: dict[tuple[str, int, int], CellChecker] = {}

    def reply(self, line: bytes) -> Reply:
        try:
            request = _parse(line)
            if "expected" in request:
                return check_formula(_text(request, "expected"), _text(request, "answer"))
            checker = self._checker(_text(request, "problem"))
            return checker.check(_text(request, "cell"), _text(request, "answer"), _earlier(request))
        except (RequestError, ProblemError) as error:
            return invalid(str(error))

    def _checker(self, name: str) -> CellChecker:
        path = Path(name)
        try:
            state = path.stat()
        except (OSError, ValueError) as error:
            raise RequestError(f"{name}: there is no such problem file.") from error
        key = (name, state.st_mtime_ns, state.st_size)
        if key not in self._checkers:
            if len(self._checkers) >= _MOST_PROBLEMS:
                self._checkers.pop(next(iter(self._checkers)))
            self._checkers[key] = CellChecker(derive(load_problem(path)))
        return self._checkers[key]


def _parse(line: bytes) -> dict[str, object]:
    try:
        request = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise RequestError(f"This line is not JSON. {_FORMS}") from error
    if not isinstance(request, dict):
        raise RequestError(f"This line is not a JSON object. {_FORMS}")
    return request


def _text(request: dict[str, object], key: str) -> str:
    content = request.get(key)
    if not isinstance(content, str):
        problem = "is missing" if key not in request else "is not text"
        raise RequestError(f"“{key}” {problem}. {_FORMS}")
    return content


def _earlier(request: dict[str, object]) -> dict[str, str]:
    earlier = request.get("earlier", {})
    if not isinstance(earlier, dict) or not all(isinstance(answer, str) for answer in earlier.values()):
        raise RequestError(f"“earlier” must be an object of cells and texts. {_FORMS}")
    return earlier
