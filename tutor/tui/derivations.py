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
            if known is None or known.problem != problem:
                known = self._known[problem.source] = self._derive(problem)
            return known
