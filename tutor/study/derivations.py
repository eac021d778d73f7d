"""Derivations, each worked out once."""

from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from tutor.mathematics.derivation import Derivation
    from tutor.mathematics.problem import Problem


class Derivations:
    """Derives problems and keeps the results. May be called from any thread, and may block for a second."""

    def __init__(self, derive: "Callable[[Problem], Derivation]") -> None:
        self._derive = derive
        self._known: dict[str, Derivation] = {}
        self._lock = Lock()

    def __call__(self, problem: "Problem") -> "Derivation":
        """Return the derivation of a problem.

        Raises ProblemError where the problem has none.
        """
        with self._lock:
            known = self._known.get(problem.source)
            if known is None or not _has_same_names(known.problem, problem):
                known = self._derive(problem)
            elif known.problem != problem:
                known = known.with_numbers(problem)
            self._known[problem.source] = known
            return known


def _has_same_names(one: "Problem", other: "Problem") -> bool:
    """Whether two problems have the same formulas over the same names, so that only numbers differ."""
    return (
        one.steps == other.steps and one.objective == other.objective and set(one.parameters) == set(other.parameters)
    )
