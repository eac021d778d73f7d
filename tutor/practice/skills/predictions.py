"""Problems about what a model answers: a straight line, a neuron's weighted sum, and a weight that is turned."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from tutor.practice.draft import Draft
from tutor.practice.skill import HARDEST
from tutor.practice.skills.drawing import HALF, TENTH, at_grade, different, one_of, signed, whole

if TYPE_CHECKING:
    from random import Random

    from tutor.practice.draft import Number

_RISING = (
    "A taxi charges w for each kilometre, and b for getting in. y is the fare of a ride of x kilometres.",
    "A plant is b centimetres tall and grows w centimetres a week. y is its height after x weeks.",
    "A gardener asks w for each hour, and b for the way. y is the bill for x hours.",
    "A tank holds b litres, and w litres flow in each minute. y is what it holds after x minutes.",
    "A printer needs b seconds to wake up, and w seconds for a page. y is the time for x pages.",
)
_FALLING = (
    "A candle is b centimetres tall and burns down w centimetres an hour. y is its height after x hours.",
    "A phone has b percent left and loses w of them each hour. y is what is left after x hours.",
    "A card holds b euros, and each ride costs w. y is what is left after x rides.",
)
_FED_ON = "The answer y of one line is the input of the next line, which answers z."
_WEIGHTS = (
    "A neuron multiplies each input by its weight, adds all up, and adds its bias b.",
    "A shop multiplies each amount by its price, adds all up, and adds b for the bag.",
)
_SIGNED_WEIGHTS = (
    "A neuron multiplies each input by its weight, adds all up, and adds its bias b. Weights may be negative.",
    "A judge weighs the marks of each contestant, adds them up, and adds b. What counts against has a minus.",
)
_LAYER = (
    "Two neurons read the same inputs, and a third one reads what they answer.",
    "The neurons h1 and h2 look at the same inputs. y is a weighted sum of their answers.",
)


def line_prediction(shape: Random, numbers: Random, grade: int) -> Draft:
    """Ask a straight line for two to four answers; in the hardest grade they are fed to a second line."""
    return at_grade(grade, _line_of_everyday, _line_with_signs, _line_after_line)(shape, numbers)


def _line_of_everyday(shape: Random, numbers: Random) -> Draft:
    count, falls = one_of(shape, 2, 3, 4), one_of(shape, True, False, False)
    line = "b - w*x" if falls else _line(shape, "w", "x", "b")
    story = one_of(shape, *(_FALLING if falls else _RISING))
    inputs = different(numbers, 2, 9, count)
    rate, start = whole(numbers, 2, 9), whole(numbers, 1, 12)
    start += rate * max(inputs) if falls else 0
    return Draft({"w": rate, "b": start}, {"y": line}, _asked(["y"], count), examples={"x": inputs}, story=story)


def _line_with_signs(shape: Random, numbers: Random) -> Draft:
    count, line = one_of(shape, 2, 3, 4), _line(shape, "w", "x", "b")
    rate = signed(numbers, whole(numbers, 3, 19) * one_of(numbers, HALF, 2 * TENTH, TENTH))
    inputs = different(numbers, -6, 9, count, but=(0, 1))
    return Draft({"w": rate, "b": whole(numbers, -9, 9)}, {"y": line}, _asked(["y"], count), examples={"x": inputs})


def _line_after_line(shape: Random, numbers: Random) -> Draft:
    count = one_of(shape, 2, 3)
    steps = {"y": _line(shape, "w", "x", "b"), "z": _line(shape, "v", "y", "c")}
    values: dict[str, Number] = {
        "w": signed(numbers, one_of(numbers, 1, 3, 4, 5, 6, 8) * HALF),
        "b": whole(numbers, -6, 6),
        "v": signed(numbers, whole(numbers, 2, 5)),
        "c": whole(numbers, -9, 9),
    }
    inputs = [2 * number for number in different(numbers, -4, 4, count)]
    return Draft(values, steps, _asked(["y", "z"], count), examples={"x": inputs}, story=_FED_ON)


def _line(shape: Random, weight: str, entered: str, bias: str) -> str:
    return one_of(shape, f"{weight}*{entered} + {bias}", f"{bias} + {weight}*{entered}")


def _asked(names: list[str], count: int) -> tuple[str, ...]:
    return tuple(f"{name}[{place}]" for place in range(1, count + 1) for name in names)


def weighted_sum(shape: Random, numbers: Random, grade: int) -> Draft:
    """Work out a neuron's weighted sum: of two inputs, then of more, then two neurons and a third that reads them."""
    if grade == HARDEST:
        return _two_neurons_and_one(shape, numbers)
    inputs, count = at_grade(grade, 2, one_of(shape, 3, 4), 0), one_of(shape, 2, 3)
    story = one_of(shape, *at_grade(grade, _WEIGHTS, _SIGNED_WEIGHTS, ()))
    least, most = at_grade(grade, (2, 9), (-6, 6), (0, 0))
    values: dict[str, Number] = dict(_numbered("w", different(numbers, least, most, inputs)))
    values["b"] = whole(numbers, least, most)
    asked = [different(numbers, least, most, inputs) for _ in range(count)]
    columns = {f"x{place}": [row[place - 1] for row in asked] for place in range(1, inputs + 1)}
    steps = {"y": f"{_weighted('w', 'x', inputs)} + b"}
    return Draft(values, steps, _asked(["y"], count), examples=columns, story=story)


def _two_neurons_and_one(shape: Random, numbers: Random) -> Draft:
    inputs, biased = one_of(shape, 2, 3), one_of(shape, True, False)
    values: dict[str, Number] = {}
    steps = {}
    for weight, bias, neuron in (("u", "b1", "h1"), ("v", "b2", "h2")):
        values |= _numbered(weight, different(numbers, -4, 5, inputs))
        values |= {bias: whole(numbers, -5, 5)} if biased else {}
        steps[neuron] = _weighted(weight, "x", inputs) + (f" + {bias}" if biased else "")
    values |= {**_numbered("w", different(numbers, -3, 4, 2)), "c": whole(numbers, -6, 6)}
    steps["y"] = "w1*h1 + w2*h2 + c"
    given = dict(_numbered("x", different(numbers, -3, 5, inputs)))
    return Draft(values, steps, ("h1", "h2", "y"), given=given, story=one_of(shape, *_LAYER))


def _weighted(weight: str, entered: str, count: int) -> str:
    return " + ".join(f"{weight}{place}*{entered}{place}" for place in range(1, count + 1))


def _numbered(name: str, values: list[int]) -> dict[str, int]:
    return {f"{name}{place}": value for place, value in enumerate(values, start=1)}


def turned_weight(shape: Random, numbers: Random, grade: int) -> Draft:
    """Turn one weight of a model up a little, and see what its squared error does, for each unit of the turn."""
    pairs = at_grade(grade, {"w": "x"}, {"w": "x"}, {"w1": "x1", "w2": "x2"})
    turned = one_of(shape, *pairs, "b")
    least = at_grade(grade, 2, -4, -4)
    values: dict[str, Number] = {weight: whole(numbers, least, 5) for weight in (*pairs, "b")}
    given: dict[str, Number] = {x: whole(numbers, least, 6, but=(-1, 0, 1)) for x in pairs.values()}
    answer = Fraction(values["b"]) + sum(Fraction(values[w]) * Fraction(given[x]) for w, x in pairs.items())
    nudge = at_grade(grade, TENTH, one_of(numbers, TENTH, TENTH / 5), one_of(numbers, TENTH, TENTH / 10))
    given |= {"t": answer + signed(numbers, whole(numbers, 3, 9)), "h": nudge}
    products = [f"{weight}*{x}" for weight, x in pairs.items()]
    steps = {
        "y": " + ".join([*products, "b"]),
        "E": "(t - y)^2",
        "yup": " + ".join([*products, "b"]).replace(turned, f"({turned} + h)"),
        "Eup": "(t - yup)^2",
        "change": "Eup - E",
        "rate": "change/h",
    }
    story = f"{turned} is turned up by h. How does the squared error react, for each unit of the turn?"
    return Draft(values, steps, tuple(steps), given=given, story=story)
