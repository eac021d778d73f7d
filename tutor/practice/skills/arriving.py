"""Problems about what arrives in the backward pass: at the last layer, along a chain of weights, at a shared end."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from tutor.practice.draft import Draft
from tutor.practice.skill import HARDEST
from tutor.practice.skills.calm import calmest, with_target
from tutor.practice.skills.drawing import HALF, at_grade, one_of, polynomial, signed, whole

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

    from tutor.practice.draft import Number

_LOW: Final = 10
_GAPS: Final[tuple[Number, ...]] = (Fraction(3, 2), Fraction(5, 2), 2, 3, 4)
_WITH_HALVES: Final[tuple[Number, ...]] = (HALF, Fraction(3, 2), 2, 3, 4)
_BENCHES = (
    "",
    "A workshop with three benches: each one multiplies what it gets, and hands it on.",
    "A signal goes through three amplifiers in a row, and the last one answers.",
    "A rumour is passed on three times, and grows or shrinks each time.",
)
_HALVES = "This loss has a factor of one half."


def gap_of(numbers: Random, grade: int) -> Number:
    """Return by how much an answer misses its target: never so little that a square or a doubling hides in it."""
    if grade == HARDEST:
        return signed(numbers, numbers.choice(_GAPS))
    return whole(numbers, 2, 6) if grade == 1 else signed(numbers, whole(numbers, 2, 6))


def weight(numbers: Random, grade: int) -> Number:
    """Return a weight that shows when it is lost: 2 and more, then of either sign, then also halves."""
    if grade == 1:
        return whole(numbers, 2, 5)
    return signed(numbers, whole(numbers, 2, 5) if grade < HARDEST else numbers.choice(_WITH_HALVES))


def low_weights(entered: Sequence[Number], draw: Callable[[], Number]) -> tuple[list[Number], Fraction]:
    """Return weights of these inputs whose weighted sum is small, and the sum; draw makes a weight.

    No weight has the size of its own input: nobody can take one for the other unseen.
    """
    while True:
        weights = [draw() for _ in entered]
        summed = sum((Fraction(each) * x for each, x in zip(weights, entered, strict=True)), Fraction(0))
        unlike = all(abs(each) != abs(x) for each, x in zip(weights, entered, strict=True))
        if unlike and abs(summed) <= _LOW:
            return weights, summed


def output_gradient(shape: Random, numbers: Random, grade: int) -> Draft:
    """Ask for the gradient that arrives at the answer, and for those of the weights of the last layer."""
    if grade == HARDEST and shape.random() < HALF:
        return _two_outputs(numbers)
    count = at_grade(grade, 2, one_of(shape, 2, 3), 3)
    loss = one_of(shape, "(t - y)^2", "(y - t)^2", "0.5*(y - t)^2", "(t - y)^2/2")
    terms = [f"v{n}*a{n}" for n in range(1, count + 1)]
    steps = {"y": " + ".join([*terms, "c"]), "E": loss}
    cells = ("y", "dE/dy", *(f"dE/dv{n}" for n in range(1, count + 1)), "dE/dc")
    story = _HALVES if "2" in loss.replace("^2", "") or "0.5" in loss else ""

    def draw() -> Draft:
        values: dict[str, Number] = {"c": weight(numbers, 2)}
        entered: dict[str, Number] = {}
        for n in range(1, count + 1):
            values[f"v{n}"], entered[f"a{n}"] = _unlike(numbers, grade)
        bare = Draft(values, steps, cells, given=entered, story=story, formula="dE/dv1")
        return with_target(bare, "y", gap_of(numbers, grade))

    return calmest(draw)


def _unlike(numbers: Random, grade: int) -> tuple[Number, Number]:
    """Return a weight and an input of other size, so that nobody can take one for the other unseen."""
    first = second = weight(numbers, grade)
    while abs(first) == abs(second):
        second = weight(numbers, grade)
    return first, second


def _two_outputs(numbers: Random) -> Draft:
    steps = {"y1": "v11*a1 + v12*a2", "y2": "v21*a1 + v22*a2", "E": "(t1 - y1)^2 + (t2 - y2)^2"}
    cells = ("dE/dy1", "dE/dy2", "dE/dv11", "dE/dv12", "dE/dv21", "dE/dv22", "dE/da1", "dE/da2")

    def draw() -> Draft:
        values = {name: weight(numbers, 2) for name in ("v11", "v12", "v21", "v22", "a1", "a2")}
        bare = Draft(values, steps, cells, given={"t1": 0, "t2": 0}, formula="dE/da1")
        first, second = numbers.sample([-5, -4, -3, -2, 2, 3, 4, 5], 2)
        return with_target(with_target(bare, "y1", first, "t1"), "y2", second, "t2")

    return calmest(draw)


def chain_of_weights(shape: Random, numbers: Random, grade: int) -> Draft:
    """Ask for the way back along three weights in a row: what arrives, times the own rate, link by link."""
    parts = {1: "w1*x", 2: "w2*h1", 3: "w3*h2"}
    names = ["w1", "w2", "w3"]
    biased = [] if grade == 1 else [place for place in parts if shape.random() < HALF] or [shape.choice((1, 2, 3))]
    for place in biased:
        parts[place] += f" + b{place}"
        names.append(f"b{place}")
    if grade == HARDEST:
        bent = shape.choice((1, 2))
        parts[bent] = f"({parts[bent]})^2"
    steps = {"h1": parts[1], "h2": parts[2], "y": parts[3], "E": one_of(shape, "(t - y)^2", "(y - t)^2")}
    biases = tuple(f"dE/d{name}" for name in names if name.startswith("b"))
    cells = ("dE/dy", "dE/dw3", "dE/dh2", "dE/dw2", "dE/dh1", "dE/dw1", *biases[:2])
    story = one_of(shape, *_BENCHES) if grade == 1 else ""

    def draw() -> Draft:
        values = {name: weight(numbers, grade) for name in names}
        bare = Draft(values, steps, cells, given={"x": weight(numbers, min(grade, 2))}, story=story, formula="dE/dw1")
        return with_target(bare, "y", gap_of(numbers, grade))

    return calmest(draw)


def shared_end(shape: Random, numbers: Random, grade: int) -> Draft:
    """Ask for the gradients along a chain whose last factors all of them share: each is one multiplication more."""
    if grade == HARDEST:
        return _two_into_one(shape, numbers)
    count = at_grade(grade, one_of(shape, 3, 4), one_of(shape, 4, 5), 0)
    squared = shape.randrange(1, count) if grade > 1 else 0
    steps: dict[str, str] = {}
    before = "x"
    for place in range(1, count + 1):
        name = "L" if place == count else f"u{place}"
        steps[name] = f"{before}^2" if place == squared else f"{'abcdefg'[place - 1]}*{before}"
        before = name
    factors = [name[0] for name in steps.values() if "*" in name]
    cells = (*(f"dL/du{place}" for place in range(count - 1, 0, -1)), "dL/dx")

    def draw() -> Draft:
        given = dict(zip(factors, numbers.sample([2, 3, 4, 5, 6, 7], len(factors)), strict=True))
        given = {name: size if grade == 1 else int(signed(numbers, size)) for name, size in given.items()}
        return Draft({"x": weight(numbers, grade)}, steps, cells, given=given, formula="dL/dx")

    return calmest(draw) if squared else draw()


def _two_into_one(shape: Random, numbers: Random) -> Draft:
    """Return two inputs whose ways meet and then go on together: the shared end is worked out once."""
    first, second = one_of(shape, "a*x", "a*x^2"), one_of(shape, "b*z", "b*z^2")
    meeting = one_of(shape, "p + q", "p*q", "p - q")
    end = polynomial([(whole(shape, 2, 4), "s^2")]) if meeting != "p*q" else "c*s"
    steps = {"p": first, "q": second, "s": meeting, "u": end, "L": "d*u"}
    cells = ("dL/du", "dL/ds", "dL/dp", "dL/dq", "dL/dx", "dL/dz")

    def draw() -> Draft:
        names = [name for name in "abcd" if any(f"{name}*" in step for step in steps.values())]
        given = {name: whole(numbers, -4, 5, but=(-1, 0, 1)) for name in names}
        values: dict[str, Number] = {name: whole(numbers, -4, 4, but=(-1, 0, 1)) for name in "xz"}
        return Draft(values, steps, cells, given=given, formula="dL/dx")

    return calmest(draw)
