"""Problems in which something is counted: updates in a training, weights in a network."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from tutor.practice.draft import Draft
from tutor.practice.skills.drawing import TENTH, at_grade, one_of, whole

if TYPE_CHECKING:
    from random import Random

    from tutor.practice.draft import Number

_STACKS = (
    ("photographs", "A network is trained on photographs"),
    ("rows", "A table with a row for each house is the training data"),
    ("letters", "A program learns to read handwriting from letters"),
    ("songs", "A network is trained to tell songs apart"),
    ("sentences", "A translator is trained on sentences"),
)


def counting_updates(shape: Random, numbers: Random, grade: int) -> Draft:
    """Count the updates of an epoch and of a training; from the second grade on, the last batch is a short one."""
    things, story = one_of(shape, *_STACKS)
    size = numbers.choice(
        at_grade(
            grade, (4, 5, 8, 10, 15, 16, 20, 25, 30, 32, 40, 50), (8, 16, 20, 32, 50, 64), (12, 16, 24, 32, 48, 64)
        )
    )
    full = whole(numbers, *at_grade(grade, (6, 60), (7, 60), (11, 90)))
    epochs = whole(numbers, *at_grade(grade, (2, 12), (3, 12), (3, 30)))
    story += ", in batches of size, epochs times over."
    values: dict[str, Number] = {"size": size, "epochs": epochs}
    if grade == 1:
        steps = {"updates": f"{things}/size", "total": "epochs*updates", "shown": f"epochs*{things}"}
        return Draft({things: size * full}, steps, tuple(steps), given=values, story=story)
    values["full"] = full
    steps = {"rest": f"{things} - full*size", "updates": "full + 1", "total": "epochs*updates"}
    steps |= {"shown": f"epochs*{things}"} if one_of(shape, True, False) else {}
    story += f" Of the {things}, full whole batches can be made, and the rest is one batch more."
    share = Fraction(at_grade(grade, "1", "1", numbers.choice(("0.5", "0.6", "0.75", "0.8", "0.9"))))
    rest = whole(numbers, 2, size - 1, [left for left in range(size) if (size * full + left) % share.numerator])
    number = (size * full + rest) / share
    if share == 1:
        return Draft({things: number}, steps, tuple(steps), given=values, story=story)
    steps = {things: "share*all", **steps}
    story += " They are only a share of all; what is left is for testing."
    return Draft({"all": number}, steps, tuple(steps), given={**values, "share": share}, story=story)


def counting_weights(shape: Random, numbers: Random, grade: int) -> Draft:
    """Count the weights and biases of a network, layer by layer, and what its gradient costs."""
    hidden = at_grade(grade, 1, 1, 2)
    widths = ["inputs", *(f"h{place}" for place in range(1, hidden + 1)), "outputs"]
    sizes = [
        whole(numbers, *at_grade(grade, (2, 16), (4, 30), (5, 40))),
        *(whole(numbers, *at_grade(grade, (2, 12), (5, 20), (4, 16))) for _ in range(hidden)),
        whole(numbers, *at_grade(grade, (2, 9), (2, 10), (2, 10))),
    ]
    steps = {
        f"layer{place}": f"{here} + {before}*{here}" for place, (before, here) in enumerate(pairwise(widths), start=1)
    }
    steps["weights"] = " + ".join(steps)
    story = "Every unit of a layer has a weight for each unit before it, and one bias."
    given: dict[str, Number] = {}
    if grade > 1 and one_of(shape, True, False):
        given["seconds"] = numbers.choice((1, 2, 4, 5)) * TENTH**2
        steps |= {"nudging": "(weights + 1)*seconds", "backwards": "3*seconds"}
        story += (
            " A forward pass takes seconds. Nudging needs one for each weight and one more, backprop the time of three."
        )
    return Draft(dict(zip(widths, sizes, strict=True)), steps, tuple(steps), given=given, story=story)
