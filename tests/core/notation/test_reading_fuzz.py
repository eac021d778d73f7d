"""A hundred thousand strings (ten thousand unless GDTUTOR_LONG_TESTS=1): no exception, nothing invented, bounded."""

import os
from collections import Counter
from random import Random

from reading_outcomes import outcome
from text_mutations import NAMES, mutated

from tutor.mathematics.notation import limits
from tutor.mathematics.notation.errors import ReadingError
from tutor.mathematics.notation.expression import Name, Node, children
from tutor.mathematics.notation.printing import plain
from tutor.mathematics.notation.scope import Scope

COUNT = 100_000 if os.environ.get("GDTUTOR_LONG_TESTS") == "1" else 10_000


def shape(tree: Node) -> tuple[int, int, set[str]]:
    """Return the depth of the tree, how many nodes it has, and the names in it."""
    level, depth, count, names = [tree], 0, 0, set()
    while level:
        depth += 1
        count += len(level)
        names |= {part.name for part in level if isinstance(part, Name)}
        level = [part for above in level for part in children(above)]
    return depth, count, names


def test_mutated_strings_are_read_or_refused_with_bounded_work() -> None:
    random = Random("what learners type, and worse")
    scope = Scope.of(NAMES)
    outcomes: Counter[str] = Counter()
    deepest = largest = 0
    for _ in range(COUNT):
        text = mutated(random)
        found = outcome(text, scope)
        if isinstance(found, ReadingError):
            outcomes["refused"] += 1
            continue
        depth, count, names = shape(found.tree)
        assert depth <= limits.DEPTH, text
        assert count <= 3 * limits.TOKENS, text
        assert names <= set(NAMES), text
        deepest, largest = max(deepest, depth), max(largest, count)
        printed = plain(found.tree)
        if len(printed) <= limits.CHARACTERS:
            outcomes["typed back"] += read_back(printed, scope, found.tree)
        outcomes["ambiguous" if found.other else "read"] += 1
    print(f"{COUNT} strings: {dict(outcomes)}; deepest {deepest}, largest {largest} nodes")
    assert outcomes["read"] > COUNT / 10
    assert outcomes["refused"] > COUNT / 10
    assert outcomes["ambiguous"] > COUNT / 200


def read_back(printed: str, scope: Scope, tree: Node) -> bool:
    """Read what was printed; more brackets than were typed may be too many, but never another formula."""
    again = outcome(printed, scope)
    if isinstance(again, ReadingError):
        assert "Write it in parts" in again.message or "too long" in again.message, printed
        return False
    assert again.tree == tree, printed
    assert again.other is None, printed
    return True
