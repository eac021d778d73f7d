"""Requests made of any bytes, answered as a program would ask: what a fuzzer and its corpus go through.

The first letter says what follows, in lines of UTF-8: `r` a formula to read; `f` an expected formula and an answer to
it; `c` a problem, a cell, an answer and earlier answers as `cell = answer`; `j` whatever `gdtutor check` may get.
"""

from __future__ import annotations

import json
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from answered_problems import PROBLEMS, checker
from reading_outcomes import outcome

from tutor.mathematics.checking.formulas import check_formula
from tutor.mathematics.checking.requests import answer_requests
from tutor.mathematics.notation import limits
from tutor.mathematics.notation.errors import ReadingError
from tutor.mathematics.notation.expression import Name, Node, children
from tutor.mathematics.notation.scope import Scope

if TYPE_CHECKING:
    from collections.abc import Callable

    from tutor.mathematics.checking.reply import Reply

NAMES = ("x", "y", "u", "v", "w1", "w2", "x1", "h1", "ŷ", "η", "E")
VERDICTS = frozenset({"correct", "follows", "incomplete", "incorrect", "invalid"})
_NODES = 3 * limits.TOKENS


def answer(data: bytes) -> None:
    """Make a request of the bytes, and look at what comes back: any exception is a fault."""
    kind = KINDS.get(data[:1], _read)
    kind(data[1:])


def _read(data: bytes) -> None:
    found = outcome(_text(data), _scope())
    if not isinstance(found, ReadingError):
        _look_at_tree(found.tree)


def _formula(data: bytes) -> None:
    expected, _, typed = _text(data).partition("\n")
    _look_at_reply(check_formula(expected, typed))


def _cell(data: bytes) -> None:
    problem, cell, typed, *lines = [*_text(data).split("\n"), "", "", ""]
    names = sorted(PROBLEMS)
    chosen = problem if problem in PROBLEMS else names[len(problem) % len(names)]
    earlier = {name.strip(): text for name, sign, text in (line.partition(" = ") for line in lines) if sign}
    _look_at_reply(checker(chosen).check(cell, typed, earlier))


def _lines(data: bytes) -> None:
    lines = data.replace(b"PROBLEM", _problem_file().encode())
    replies = list(answer_requests(BytesIO(lines)))
    assert len(replies) == len(lines.splitlines(keepends=True)) or b"\r" in lines or not lines.isascii()
    for reply in replies:
        record = json.loads(reply)
        assert set(record) == {"verdict", "counts", "feedback", "misconception", "also", "read_as"}
        assert record["verdict"] in VERDICTS


KINDS: dict[bytes, Callable[[bytes], None]] = {b"r": _read, b"f": _formula, b"c": _cell, b"j": _lines}


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _look_at_reply(reply: Reply) -> None:
    assert reply.verdict in VERDICTS
    assert reply.feedback
    assert not (reply.counts and reply.verdict in {"invalid", "incomplete"})
    assert len(reply.read_as) <= 10 * limits.CHARACTERS


def _look_at_tree(tree: Node) -> None:
    """See that the tree is within its limits, and holds no name that there is not."""
    level, depth, count = [tree], 0, 0
    while level:
        depth += 1
        count += len(level)
        assert all(part.name in NAMES for part in level if isinstance(part, Name))
        level = [part for above in level for part in children(above)]
    assert depth <= limits.DEPTH
    assert count <= _NODES


@cache
def _scope() -> Scope:
    return Scope.of(NAMES)


@cache
def _problem_file() -> str:
    path = Path(mkdtemp(prefix="gdtutor-fuzz-")) / "five.toml"
    path.write_text(PROBLEMS["five"], encoding="utf-8")
    return str(path)


def load_everything() -> None:
    """Derive the problems and import whatever is imported late, so that nothing is compiled afterwards."""
    for name in PROBLEMS:
        checker(name).check("dE/dw1", "1")
    for line in (b'j{"problem": "PROBLEM", "cell": "dE/dw1", "answer": "520"}\n', b"fw1*x1\nw1", b"r2x"):
        answer(line)
