"""Follow-through: what a cell would be if the learner's own earlier answers were right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.mathematics.evaluation import evaluate
from tutor.mathematics.values.enclosure import NotDefinedError, TooLargeError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tutor.mathematics.cells import Cell
    from tutor.mathematics.derivation import Derivation
    from tutor.mathematics.values.real import Value


def followed_values(derivation: Derivation, cell: Cell, earlier: Mapping[str, Value]) -> Iterator[Value]:
    """Yield what the cell would be from the earlier answers.

    First with everything between recomputed from them, then with every other cell at its true value: the local
    derivatives in the cell's own formula from the earlier answers, and then they too at their true values.
    Where there are no earlier answers, nothing comes.
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
    return _Recomputed(derivation, own, iteration).value


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


class _Recomputed:
    """Values in which the earlier answers stand for their cells, and what depends on them is computed anew."""

    def __init__(self, derivation: Derivation, own: Mapping[str, Value], last_iteration: int) -> None:
        self._derivation = derivation
        self._own = own
        first = min(derivation.cell(identity).iteration for identity in own)
        self._first_iteration = min(first, last_iteration)
        # what each cell has become; None where it is untouched by the earlier answers
        self._changed: dict[str, Value | None] = {}

    def value(self, identity: str) -> Value:
        """Return the value of a cell with the earlier answers put in."""
        self._work_out(identity)
        changed = self._changed[identity]
        return self._derivation.value(identity) if changed is None else changed

    def _work_out(self, identity: str) -> None:
        stack = [identity]
        while stack:
            current = stack[-1]
            if current in self._changed:
                stack.pop()
            elif current in self._own:
                self._changed[current] = self._own[current]
            elif self._is_untouched(current):
                self._changed[current] = None
            else:
                inputs = self._derivation.inputs(current)
                waiting = [name for name in inputs if name not in self._changed]
                stack.extend(waiting)
                if not waiting:
                    self._changed[current] = self._computed(current, inputs)

    def _is_untouched(self, identity: str) -> bool:
        if self._derivation.is_constant(identity):
            return True
        return self._derivation.cell(identity).iteration < self._first_iteration

    def _computed(self, identity: str, inputs: tuple[str, ...]) -> Value | None:
        if all(self._changed[name] is None for name in inputs):
            return None
        cell = self._derivation.cell(identity)
        return evaluate(self._derivation.formula(cell), self._known)

    def _known(self, identity: str) -> Value:
        changed = self._changed[identity]
        return self._derivation.value(identity) if changed is None else changed
