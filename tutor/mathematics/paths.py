"""Along which paths the objective depends on each name. Counted in time linear in the edges, listed a few at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tutor.mathematics.problem import Problem

MOST_PATHS = 64


class Paths:
    """The paths from the objective of a problem to its steps and parameters."""

    def __init__(self, problem: Problem) -> None:
        """Count every path."""
        self._problem = problem
        self._consumers = _consumers(problem)
        self._counts = _path_counts(problem, self._consumers)

    def consumers(self, name: str) -> tuple[str, ...]:
        """Return the steps that use a name and lead to the objective."""
        return tuple(self._consumers.get(name, ()))

    def count(self, name: str) -> int:
        """Return along how many paths the objective depends on a name."""
        return self._counts.get(name, 0)

    def first(self, name: str, most: int = MOST_PATHS) -> list[tuple[str, ...]]:
        """Return the first paths from the objective to a name, in the order of the steps."""
        leads = _leading_to(self._problem, name)
        found: list[tuple[str, ...]] = []
        path = [self._problem.objective]
        choices = [self._next(path[-1], leads)]
        while choices and len(found) < most:
            used = next(choices[-1], None)
            if used is None:
                choices.pop()
                path.pop()
            elif used == name:
                found.append((*path, used))
            else:
                path.append(used)
                choices.append(self._next(used, leads))
        return found

    def _next(self, step: str, leads: set[str]) -> Iterator[str]:
        """Return one after another what a step uses that leads on."""
        return (used for used in self._problem.steps[step].uses if used in leads)


def _consumers(problem: Problem) -> dict[str, list[str]]:
    """Return, for what the objective depends on, the steps that use it on the way there."""
    leads = {problem.objective}
    consumers: dict[str, list[str]] = {}
    for step in reversed(list(problem.steps.values())):
        if step.name in leads:
            for used in step.uses:
                if used in problem.steps or used in problem.parameters:
                    leads.add(used)
                    consumers.setdefault(used, []).insert(0, step.name)
    return consumers


def _path_counts(problem: Problem, consumers: Mapping[str, list[str]]) -> dict[str, int]:
    """Return along how many paths the objective depends on each name: time linear in the edges."""
    counts = {problem.objective: 1}
    for name in (*reversed(list(problem.steps)), *problem.parameters):
        if name in consumers:
            counts[name] = sum(counts[consumer] for consumer in consumers[name])
    return counts


def _leading_to(problem: Problem, name: str) -> set[str]:
    """Return the steps that depend on a name, and the name itself."""
    leads = {name}
    for step in problem.steps.values():
        if any(used in leads for used in step.uses):
            leads.add(step.name)
    return leads
