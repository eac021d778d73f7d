"""Writes `live_ids.json` anew: for every id of the catalogue, an answer to a cell of a problem that it explains.

Run it with the catalogue's file: `python tests/core/misconceptions/live_ids.py misconceptions.md`. The answers are
wrong values that the tests work out by formulas of their own; the first one that the id is given for is kept, where
possible one that it is the best explanation of.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import injected_graphs
import injected_networks
import injected_rest
import injected_training
import injected_values
from injection import exactly

from tutor.mathematics.checking.check import CellChecker
from tutor.mathematics.derivation import derive
from tutor.mathematics.problem import read_problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from injection import Wrong

FILE = Path(__file__).with_name("live_ids.json")
OPERATION = re.compile(r"\*\*`([\w-]+)`: (.+?)\*\*")
ID = re.compile(r"\| `([\w-]+\.[\w-]+)` \|")


def catalogue(path: Path) -> dict[str, str]:
    """Return every id of the catalogue with its operation."""
    found: dict[str, str] = {}
    operation = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if heading := OPERATION.match(line):
            operation = heading[2]
        if identity := ID.match(line):
            found[identity[1]] = operation
    return found


def cells() -> Iterator[Wrong]:
    yield from injected_rest.injected(1, 1)
    yield from injected_values.injected(1, 1)
    yield from injected_networks.injected(2, 1)
    yield from injected_graphs.injected(20, 3)
    yield from injected_training.injected(1, 1)


def examples(wanted: set[str]) -> dict[str, tuple[str, str, str]]:
    """Return a problem, a cell and an answer for each id; an answer that the id explains best before any other."""
    best: dict[str, tuple[str, str, str]] = {}
    also: dict[str, tuple[str, str, str]] = {}
    for cell in cells():
        if wanted <= set(best):
            break
        checker = CellChecker(derive(read_problem(cell.problem, "live.toml")))
        for _, value in cell.values():
            reply = checker.check(cell.cell, exactly(value), cell.earlier)
            example = (cell.problem, cell.cell, exactly(value))
            if reply.misconception:
                best.setdefault(reply.misconception, example)
            for identity in reply.also:
                also.setdefault(identity, example)
    return {**also, **best}


def main(path: Path) -> None:
    operations = catalogue(path)
    found = examples(set(operations))
    problems = {text: f"p{place}" for place, text in enumerate(dict.fromkeys(row[0] for row in found.values()), 1)}
    ids = {
        identity: {
            "operation": operation,
            **({"problem": problems[found[identity][0]], "cell": found[identity][1], "answer": found[identity][2]}
               if identity in found else {}),
        }
        for identity, operation in operations.items()
    }  # fmt: skip
    used = {row["problem"] for row in ids.values() if "problem" in row}
    data = {"problems": {name: text for text, name in problems.items() if name in used}, "ids": ids}
    FILE.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
