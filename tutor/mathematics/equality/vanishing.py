"""Whether a formula is 0, by its fingerprints: proved, disproved, or left open."""

from __future__ import annotations

from enum import Enum
from itertools import islice, product
from typing import TYPE_CHECKING

from tutor.mathematics.equality.field import CHAINS, NoRootError, UndefinedError, bits_of
from tutor.mathematics.equality.fingerprint import NO_PATTERN, Fingerprint

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tutor.mathematics.notation.expression import Node
    from tutor.mathematics.notation.outline import Outline

_MOST_ROOTS = 4
_MOST_ATTEMPTS = 40


class Finding(Enum):
    """What fingerprints say about a formula."""

    ZERO = "it is 0 wherever it is defined"
    SEEMS_ZERO = "it is 0 in the largest fields, and says more than they can tell"
    DIFFERENT = "it is not 0 on any open set"
    OPEN = "they cannot tell"


def find_out(node: Node, outline: Outline, pattern: Mapping[Node, int] = NO_PATTERN) -> Finding:
    """Return what the fingerprints of a formula say, under a pattern of branches.

    Numbers that are multiples of a field's prime vanish in it, and a formula that says more than its point has bits
    could have been made to vanish there; so what vanishes is looked at in fields that are larger than anything in it.
    """
    for chain in CHAINS:
        found = _in_fields(node, Fingerprint(chain, pattern, outline.has_logarithm))
        if found is not True:
            return Finding.OPEN if found is None else Finding.DIFFERENT
        if outline.bits < bits_of(chain):
            return Finding.ZERO
    return Finding.SEEMS_ZERO


def _in_fields(node: Node, first: Fingerprint) -> bool | None:
    """Return whether the formula is 0 in these fields, None where they cannot tell.

    A formula with square roots is 0 if it is with any signs of them, and is not 0 if it is with none.
    """
    try:
        if not first.of(node):
            return True
        if not first.has_roots:
            return False if first.complete else None
        found = _with_all_signs(node, first)
    except UndefinedError:
        return None
    return found.pop() if len(found) == 1 else None


def _with_all_signs(node: Node, first: Fingerprint) -> set[bool | None]:
    """Return whether the formula is 0 with each choice of signs, at a point where its square roots exist."""
    for attempt in range(_MOST_ATTEMPTS):
        try:
            return _at_attempt(node, first, attempt)
        except NoRootError:
            continue
    return {None}


def _at_attempt(node: Node, first: Fingerprint, attempt: int) -> set[bool | None]:
    known: dict[tuple[int, int], int] = {}

    def is_zero(signs: tuple[bool, ...]) -> tuple[bool | None, int]:
        turned = Fingerprint(first.chain, first.pattern, first.has_logarithm, signs, attempt, known_roots=known)
        zero = not turned.of(node)
        return zero if zero or turned.complete else None, len(turned.roots)

    found, count = is_zero(())
    if count > _MOST_ROOTS:
        return {None}
    all_found = {found}
    for signs in islice(product((False, True), repeat=count), 1, None):
        found, met = is_zero(signs)
        all_found.add(found if met == count else None)
    return all_found
