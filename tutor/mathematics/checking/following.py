"""Follow-through: what a cell would be if the learner's own earlier answers were right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.mathematics.checking.recomputing import Recomputation
from tutor.mathematics.evaluation import evaluate
from tutor.mathematics.values.errors import NotDefinedError, TooLargeError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tutor.mathematics.cells import Cell
    from tutor.mathematics.derivation import Derivation
    from tutor.mathematics.values.real import Value


def followed_values(derivation: Derivation, cell: Cell, earlier: Mapping[str, Value]) -> Iterator[Value]:
    """Yield what the cell would be from the earlier answers.

    First with everything between recomputed from them, then with every other cell at its true value: the local
    derivatives in the cell's own formula from the earlier answers, and then they too at their true values.
    Where there are no earlier answers, nothing comes. The cell is not a given one.
    """
    own = {identity: value for identity, value in earlier.items() if identity != cell.id}
    if not own:
        return
    for lookup in (
        own_world(derivation, own, cell.iteration),
        _with_own_slopes(derivation, own),
        _with_true_values(derivation, own),
    ):
        try:
            yield evaluate(derivation.formula(cell), lookup)
        except (NotDefinedError, TooLargeError):
            continue


def own_world(derivation: Derivation, own: Mapping[str, Value], iteration: int) -> Callable[[str], Value]:
    """Return what every cell is in the learner's own work: from the earlier answers, else the truth."""
    first = min([iteration, *(derivation.cell(identity).iteration for identity in own)])
    world = Recomputation(derivation, derivation.value, evaluate, own)
    return world.keeping(lambda cell: cell.iteration < first).value


def _with_true_values(derivation: Derivation, own: Mapping[str, Value]) -> Callable[[str], Value]:
    return lambda identity: own[identity] if identity in own else derivation.value(identity)


def _with_own_slopes(derivation: Derivation, own: Mapping[str, Value]) -> Callable[[str], Value]:
    true = _with_true_values(derivation, own)

    def value(identity: str) -> Value:
        if identity in own or derivation.is_constant(identity):
            return true(identity)
        cell = derivation.cell(identity)
        return evaluate(derivation.formula(cell), true) if cell.kind == "direct" else true(identity)

    return value
