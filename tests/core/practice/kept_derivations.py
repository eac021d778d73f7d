"""Derivations without waiting: each formula is differentiated once, whatever problem it stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.mathematics.derivation import Derivation, derive, differentiate_here

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tutor.mathematics.notation.expression import Node
    from tutor.mathematics.problem import Problem


class KeptDerivations:
    """Derives problems, and keeps the derivatives by formula."""

    def __init__(self) -> None:
        self._kept: dict[tuple[Node, str], Node] = {}

    def __call__(self, problem: Problem) -> Derivation:
        """Return the derivation of a problem. Raises ProblemError where it has none."""
        return derive(problem, self._differentiated)

    def _differentiated(self, wanted: Mapping[tuple[str, str], Node]) -> dict[tuple[str, str], Node]:
        found = {}
        for (step, name), formula in wanted.items():
            if (formula, name) not in self._kept:
                self._kept[formula, name] = differentiate_here({(step, name): formula})[step, name]
            found[step, name] = self._kept[formula, name]
        return found


derivation_of = KeptDerivations()
