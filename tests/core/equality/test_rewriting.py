"""Right forms made by random rewriting of random expressions: no one is rejected."""

import os
from collections import Counter
from itertools import islice
from random import Random

import pytest
from expression_rewriting import RIGHT, at_random, rewritten
from random_expressions import FAMILIES, NAMES, expression, polynomial
from real_oracle import are_apart, difference, random_point

from tutor.mathematics.checking.formulas import check_formula
from tutor.mathematics.notation.expression import Name, Node, Sum, walk
from tutor.mathematics.notation.printing import plain

LONG = os.environ.get("GDTUTOR_LONG_TESTS") == "1"
SEEDS = range(20 if LONG else 1)
FORMS = 500
_LARGEST = 150


def have_common_points(first: Node, second: Node, random: Random) -> bool:
    """Whether both are defined at some of many points; without an open set in common nothing is equal."""
    points = (random_point(NAMES, random) for _ in range(80))
    common = (point for point in points if difference(first, second, point) is not None)
    return len(list(islice(common, 3))) == 3


def with_every_name(node: Node) -> Node:
    """Return the node with every name in it, as the names in the expected formula are the ones that may be used."""
    missing = [Name(name) for name in NAMES if Name(name) not in set(walk(node))]
    return Sum((node, *missing)) if missing else node


def pairs(seed: int) -> list[tuple[Node, Node]]:
    random = Random(f"rewriting {seed}")
    found: list[tuple[Node, Node]] = []
    families = [*FAMILIES, None]
    while len(found) < FORMS:
        family = families[len(found) % len(families)]
        start = with_every_name(expression(random, family, random.randint(0, 2)) if family else polynomial(random, 3))
        form = rewritten(start, random, random.randint(1, 7))
        small = len(list(walk(form))) <= _LARGEST
        if small and form != start and have_common_points(start, form, random):
            found.append((start, form))
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_no_right_form_is_rejected(seed: int) -> None:
    rejected = []
    verdicts: Counter[str] = Counter()
    for start, form in pairs(seed):
        reply = check_formula(plain(start), plain(form))
        verdicts[reply.verdict] += 1
        if reply.verdict != "correct":
            rejected.append((plain(start), plain(form), reply.verdict, reply.feedback))
    print(f"seed {seed}: {dict(verdicts)}")
    assert rejected == []


def test_every_rule_is_right_by_the_oracle() -> None:
    random = Random("are the rules right?")
    used: Counter[str] = Counter()
    for number in range(1_200):
        start = expression(random, tuple(FAMILIES)[number % len(FAMILIES)], 1)
        rule = RIGHT[number // len(FAMILIES) % len(RIGHT)]
        form = at_random(start, rule, random)
        if form == start:
            continue
        points = [random_point(NAMES, random) for _ in range(6)]
        used[rule.__name__] += any(difference(start, form, point) is not None for point in points)
        assert not any(are_apart(start, form, point) for point in points), (plain(start), plain(form))
    assert min(used[rule.__name__] for rule in RIGHT) > 0
