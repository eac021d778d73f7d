"""What `gdtutor derive` prints: every cell with its rule, the numbers put in, and its value."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from tutor.mathematics.cells import Cell
from tutor.mathematics.evaluation import evaluate
from tutor.mathematics.notation.expression import Name, product
from tutor.mathematics.paths import MOST_PATHS
from tutor.mathematics.presentation import (
    plain_formula,
    pretty_formula,
    shown_name,
    shown_value,
    with_numbers,
)
from tutor.mathematics.values.decimal import decimal_text, exact_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tutor.mathematics.derivation import Derivation

_HEADINGS = {
    "forward": "Forward pass",
    "direct": "Local derivatives",
    "total": "Backward pass",
    "state": "State of the optimizer",
    "parameter": "Update",
}
_SHOWN_PATHS = 6  # of those that are too many to be listed


def as_json(derivation: Derivation) -> str:
    """Return the one JSON object of the contract. Raises ProblemError where a cell is not finite."""
    import json  # noqa: PLC0415 - only the command prints JSON, screens need the text

    cells = [_record(derivation, cell) for cell in derivation.cells()]
    return json.dumps({"objective": derivation.problem.objective, "cells": cells})


def _record(derivation: Derivation, cell: Cell) -> dict[str, object]:
    value = derivation.value(cell.id)
    record: dict[str, object] = {
        "id": cell.id,
        "kind": cell.kind,
        "expression": plain_formula(derivation.formula(cell)),
        "exact": exact_text(value),
        "value": decimal_text(value),
    }
    if cell.kind == "total":
        record["path_count"] = derivation.path_count(cell.by)
        record["paths"] = derivation.paths(cell.by)
    note = derivation.note(cell)
    if note:
        record["note"] = note
    return record


def as_text(derivation: Derivation) -> Iterator[str]:
    """Yield the lines for a reader. Raises ProblemError where a cell is not finite."""
    problem = derivation.problem
    if problem.title:
        yield problem.title
    heading = ""
    for cell in derivation.cells():
        after = cell.kind in {"parameter", "state"}
        iteration = cell.iteration - 1 if after else cell.iteration
        here = _HEADINGS[cell.kind] + (f", iteration {iteration}" if problem.iterations > 1 else "")
        if here != heading:
            yield ""
            yield here
            heading = here
        yield from _cell_lines(derivation, cell)


def _cell_lines(derivation: Derivation, cell: Cell) -> Iterator[str]:
    formula = derivation.formula(cell)
    label = shown_name(cell.id) + (" (local)" if cell.kind == "direct" else "")
    rule = pretty_formula(formula, cell.id)
    numbers = pretty_formula(with_numbers(formula, derivation))
    value = shown_value(derivation.value(cell.id))
    pieces = [rule]
    pieces += [numbers] if numbers not in {rule, value.removeprefix("≈ ")} else []
    pieces += [value] if value != pieces[-1] else []
    yield f"  {label} = {' = '.join(pieces)}".replace("= ≈", "≈")
    note = derivation.note(cell)
    if note:
        yield f"      {note}"
    if cell.kind == "total" and (cell.example or not derivation.problem.examples):
        yield from _path_lines(derivation, cell)


def _path_lines(derivation: Derivation, cell: Cell) -> Iterator[str]:
    count = derivation.path_count(cell.by)
    paths = derivation.paths(cell.by, MOST_PATHS if count <= MOST_PATHS else _SHOWN_PATHS)
    for path in paths:
        links = [
            Cell("direct", above, below, example=cell.example, iteration=cell.iteration)
            for above, below in pairwise(path)
        ]
        for link in links:
            derivation.formula(link)
        chain = product([Name(link.id) for link in links])
        pieces = [pretty_formula(chain)]
        if len(links) > 1:
            pieces.append(pretty_formula(with_numbers(chain, derivation)))
        pieces.append(shown_value(evaluate(chain, derivation.value)))
        yield f"      path {' ← '.join(path)}: {' = '.join(pieces)}".replace("= ≈", "≈")
    if count > len(paths):
        yield f"      … and {count - len(paths)} more of {count} paths"
