"""Differentiating in a process of its own, so that the program on the screen never has to load SymPy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.child_process import answer_parent, ask_child

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tutor.mathematics.notation.expression import Node

    Wanted = Mapping[tuple[str, str], Node]


def differentiate_in_child(wanted: Wanted) -> dict[tuple[str, str], Node]:
    """Return the derivative of each (step, name), found in a process of its own. Blocks until it has answered.

    Raises ChildError where it does not answer.
    """
    if not wanted:
        return {}
    answer: dict[tuple[str, str], Node] = ask_child(__name__, [dict(wanted)])
    return answer


def _answer(parts: Iterator[Wanted]) -> dict[tuple[str, str], Node]:
    # Only the child needs it, and nothing else of what derives: that is memory for each of many learners.
    from tutor.mathematics.symbolic import differentiate_all  # noqa: PLC0415

    return differentiate_all(next(parts))


if __name__ == "__main__":
    answer_parent(_answer)
