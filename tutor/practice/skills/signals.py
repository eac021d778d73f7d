"""Problems about signals on their way back: rates below 1, rates above 1, and units that are off."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from tutor.practice.draft import Draft
from tutor.practice.skill import HARDEST
from tutor.practice.skills.drawing import HALF, at_grade, different, one_of, signed, whole

if TYPE_CHECKING:
    from random import Random

    from tutor.practice.draft import Number


_WEIGHTS: Final = tuple(map(Fraction, ("1/2", "3/2", "2", "3", "4")))


def vanishing_product(shape: Random, numbers: Random, grade: int) -> Draft:
    """Go back through sigmoids that stand where they are steepest, in the hardest grade with a ReLU among them."""
    depth = at_grade(grade, 2, 3, one_of(shape, 3, 4))
    relu = one_of(shape, *range(1, depth)) if grade == HARDEST else 0
    values: dict[str, Number] = {}
    steps: dict[str, str] = {}
    before, reached = "x", Fraction(whole(numbers, *at_grade(grade, (2, 8), (-5, 8), (-6, 8)), (-1, 0, 1)))
    given: dict[str, Number] = {"x": reached, "t": _target(numbers, grade)}
    for place in range(1, depth + 1):
        weight = numbers.choice(_WEIGHTS) if grade == 1 else signed(numbers, numbers.choice(_WEIGHTS))
        height = Fraction(whole(numbers, 2, 5)) if place == relu else Fraction(0)
        values |= {f"w{place}": weight, f"b{place}": height - weight * reached}
        steps[f"z{place}"] = f"w{place}*{before} + b{place}"
        before, reached = (f"a{place}" if place < depth else "y"), height or HALF
        steps[before] = f"{'relu' if place == relu else 'sigmoid'}(z{place})"
    steps["E"] = one_of(shape, "(t - y)^2", "(y - t)^2")
    back = [cell for place in range(depth, 0, -1) for cell in (f"dE/dz{place}", f"dE/dw{place}")]
    if depth > HARDEST:
        back = [cell for cell in back if cell not in {"dE/dw2", "dE/dw3"}]
    story = "Each sigmoid is fed with 0, where it is as steep as it can be: its rate is a quarter there."
    story = story.replace("Each sigmoid", "One unit is a ReLU that is on. Each sigmoid") if relu else story
    return Draft(values, steps, ("dE/dy", *back), given=given, story=story)


def _target(numbers: Random, grade: int) -> Fraction:
    return (
        Fraction(
            numbers.choice(at_grade(grade, range(1, 9), (-6, -4, -2, 2, 4, 6, 8), (-8, -7, -6, -4, -2, 2, 3, 4, 6, 8)))
        )
        + HALF
    )


def exploding_product(shape: Random, numbers: Random, grade: int) -> Draft:
    """Go through a chain of steep links, and multiply their rates: factors, lines, squares and cubes."""
    links = at_grade(grade, 3, 3, 4)
    kinds = [one_of(shape, "factor", "line") for _ in range(links)]
    for place in shape.sample(range(links), at_grade(grade, 0, 1, 2)):
        kinds[place] = one_of(shape, "square", "square", "factored square")
    if grade == 1 or "line" not in kinds:
        kinds[one_of(shape, *range(links))] = one_of(shape, "line", "square") if grade == 1 else "line"
    steps: dict[str, str] = {}
    given: dict[str, Number] = {}
    before = "s"
    start = at_grade(grade, whole(numbers, 1, 3), whole(numbers, -3, 3), whole(numbers, -2, 3))
    for place, kind in enumerate(kinds, start=1):
        here = f"h{place}"
        match kind:
            case "factor":
                steps[here] = f"w{place}*{before}"
            case "line":
                steps[here] = f"w{place}*{before} + b{place}"
            case "square":
                steps[here] = f"{before}^2"
            case _:
                steps[here] = f"w{place}*{before}^2"
        if "w" in steps[here]:
            given[f"w{place}"] = _steep(numbers, grade)
        if "b" in steps[here]:
            given[f"b{place}"] = whole(numbers, at_grade(grade, 1, -4, -4), 4)
        before = here
    cells = [*steps]
    cells += [f"dh{place}/d{f'h{place - 1}' if place > 1 else 's'}:direct" for place in range(1, links + 1)]
    last = f"h{links}"
    story = one_of(
        shape,
        "Every link is steeper than 1. How much louder is a whisper at the start, at the end?",
        "The signal passes one link after another. By how much does each multiply a small change, and all together?",
    )
    shown = cells if grade < HARDEST else cells[links:]
    return Draft({"s": start}, steps, (*shown, f"d{last}/ds"), given=given, story=story, formula=f"d{last}/ds")


def _steep(numbers: Random, grade: int) -> Fraction | int:
    whole_ones = at_grade(grade, (2, 3, 4, 5), (2, 3, 4), (2, 3))
    size = numbers.choice([*map(Fraction, whole_ones), *at_grade(grade, [], [3 * HALF], [3 * HALF])])
    return size if grade == 1 else signed(numbers, size)


def dead_unit(shape: Random, numbers: Random, grade: int) -> Draft:
    """Look at a ReLU unit that is off for every example, or for all but one, and at what still learns."""
    count = at_grade(grade, 2, 3, 3)
    is_on_once = grade > 1 and one_of(shape, True, False)
    inputs = different(numbers, *at_grade(grade, (1, 6), (-4, 6), (-5, 6)), count)
    slope = -whole(numbers, 1, 4) if grade == 1 else int(signed(numbers, whole(numbers, 3, 5)))
    highest = one_of(shape, *range(count))
    largest_first = sorted(inputs, key=lambda number: -slope * number)
    inputs = [*largest_first[1 : highest + 1], largest_first[0], *largest_first[highest + 1 :]]
    second, largest = slope * largest_first[1], slope * largest_first[0]
    bias = whole(numbers, 1 - largest, -second - 2, ()) if is_on_once else -largest - whole(numbers, 2, 5)
    weights = {
        "w": slope,
        "b": bias,
        "v": whole(numbers, at_grade(grade, 2, -4, -4), 4, (-1, 0, 1)),
        "c": whole(numbers, 1, 6),
    }
    misses = _with_whole_mean(numbers, count, grade)
    outputs = [weights["v"] * max(0, slope * number + bias) + weights["c"] for number in inputs]
    targets = [output - miss for output, miss in zip(outputs, misses, strict=True)]
    steps = {"z": "w*x + b", "a": "relu(z)", "y": "v*a + c", "E": one_of(shape, "(t - y)^2", "(y - t)^2")}
    places = range(1, count + 1)
    off = [place for place in places if not (is_on_once and place == highest + 1)][: at_grade(grade, 1, 3, 2)]
    cells = [*(f"z[{place}]" for place in places), *(f"da/dz:direct[{place}]" for place in off), "dE/dw"]
    cells += at_grade(grade, ["dE/dc"], ["dE/dc"], ["dE/db", "dE/dv", "dE/dc"])
    story = "A ReLU unit with the weight w and the bias b. Is it on for any example? E is the mean over the examples."
    return Draft(weights, steps, tuple(cells), examples={"x": inputs, "t": targets}, story=story)


def _with_whole_mean(numbers: Random, count: int, grade: int) -> list[int]:
    """Return by how much the answers miss their targets: twice the mean of these is a whole number, and not 0."""
    most = at_grade(grade, -1, 5, 6)
    drawn = [whole(numbers, -6, most) for _ in range(count - 1)]
    fitting = [
        last for last in range(-6, most + 1) if last and sum(drawn) != -last and 2 * (sum(drawn) + last) % count == 0
    ]
    return [*drawn, numbers.choice(fitting)]
