"""Problems about losses of categories: the surprise about an answer, shares made of scores, and how they react."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from tutor.practice.draft import Draft
from tutor.practice.skill import HARDEST
from tutor.practice.skills.drawing import HALF, at_grade, different, one_of, whole

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from tutor.practice.draft import Number

_SURPRISES = (
    "Two forecasts gave rain the probabilities p1 and p2, and it rains. How surprised is each of them?",
    "Two models gave the right answer the probabilities p1 and p2. What does each of them cost?",
    "Two friends gave their team the chances p1 and p2, and it won. How surprised is each of them?",
)
_YES_OR_NO = (
    "p is the probability of rain. y is 1 where it rained, and 0 where it stayed dry.",
    "p is the probability that a letter is spam. y is 1 where it is, and 0 where it is not.",
    "p is the probability that a team wins. y is 1 where it won, and 0 where it lost.",
)
_WHICH = (
    "A model gives a picture the probabilities p. y is one-hot: 1 at the class that is true.",
    "A model guesses the next word. p are its probabilities, and y is 1 at the word that came.",
    "A model guesses the winner of a race. p are its probabilities, and y is 1 at the one that won.",
)
_TWO_MODELS = " A second model says q. M is what that costs, and D the difference M − L."
_SHARES = (
    "Softmax: e to the power of each score z, and each of these divided by their sum s.",
    "A network gives each class a score z. Make shares p of the scores, which add up to 1.",
)
_SCORES = (
    "The scores z become shares p by softmax. y is 1 at the true class. How does L react to each score?",
    "Softmax makes shares p of the scores z, and L is their cross-entropy with the truth y. Which scores should go up?",
)


def binary_cross_entropy(shape: Random, numbers: Random, grade: int) -> Draft:
    """Work out the cross-entropy of answers to a yes-or-no question: of yes, of either, and the mean of several."""
    count = at_grade(grade, 2, 2, 3)
    places = range(1, count + 1)
    hundredths = different(numbers, *at_grade(grade, (5, 95), (4, 96), (2, 98)), count, but=(50,))
    probabilities = [Fraction(value, 100) for value in hundredths]
    if grade == 1:
        squared = one_of(shape, True, False)
        steps = {f"Q{place}": f"(1 - p{place})^2" for place in places if squared}
        steps |= {f"L{place}": f"-ln(p{place})" for place in places}
        story = one_of(shape, *_SURPRISES) + (" Q is the squared error, for comparison." if squared else "")
        return Draft(_numbered("p", probabilities), steps, tuple(steps), story=story)
    form = one_of(shape, "-(y{0}*ln(p{0}) + (1 - y{0})*ln(1 - p{0}))", "-y{0}*ln(p{0}) - (1 - y{0})*ln(1 - p{0})")
    labels = [0, 1, *(whole(numbers, 0, 1, but=()) for _ in places[2:])]
    numbers.shuffle(labels)
    steps = {f"L{place}": form.format(place) for place in places}
    story = one_of(shape, *_YES_OR_NO) + " L is the cross-entropy of each."
    if grade == HARDEST:
        steps["L"] = f"({' + '.join(steps)})/{count}"
        story += " L without a number is their mean."
    return Draft(_numbered("p", probabilities), steps, tuple(steps), given=_numbered("y", labels), story=story)


def cross_entropy(shape: Random, numbers: Random, grade: int) -> Draft:
    """Work out the cross-entropy of a one-hot truth, in harder grades for two models to compare."""
    classes = at_grade(grade, 3, one_of(shape, 3, 4), one_of(shape, 4, 5))
    true = whole(numbers, 1, classes)
    given = {f"y{place}": int(place == true) for place in range(1, classes + 1)}
    names = ("p",) if grade == 1 else ("p", "q")
    parameters: dict[str, Number | str] = {}
    steps = {}
    for name, loss in zip(names, ("L", "M"), strict=False):
        parts = _different_parts(numbers, at_grade(grade, 50, 20, 100), classes)
        parameters |= _numbered(name, [Fraction(part, sum(parts)) for part in parts])
        terms = " + ".join(f"y{place}*ln({name}{place})" for place in range(1, classes + 1))
        steps[loss] = f"-({terms})"
    story = one_of(shape, *_WHICH) + " L is the cross-entropy."
    if grade == 1:
        steps["Q"] = " + ".join(f"(y{place} - p{place})^2" for place in range(1, classes + 1))
        return Draft(parameters, steps, ("L", "Q"), given=given, story=story + " Q is the squared error, to compare.")
    steps["D"] = "M - L"
    return Draft(parameters, steps, ("L", "M", "D"), given=given, story=story + _TWO_MODELS)


def softmax_shares(shape: Random, numbers: Random, grade: int) -> Draft:
    """Make shares of scores: of logarithms, whose powers of e are short, then of whole numbers."""
    classes = at_grade(grade, 3, one_of(shape, 3, 4), one_of(shape, 3, 4))
    places = range(1, classes + 1)
    steps = {f"a{place}": f"exp(z{place})" for place in places}
    steps["s"] = " + ".join(steps)
    steps |= {f"p{place}": f"a{place}/s" for place in places}
    short = _logarithms(numbers, grade, classes, (10, 16, 20, 25, 40, 50))
    scores = different(numbers, -3, 4, classes, but=()) if grade == HARDEST else short
    return Draft(_numbered("z", scores), steps, tuple(steps), story=one_of(shape, *_SHARES))


def slopes_of_scores(shape: Random, numbers: Random, grade: int) -> Draft:
    """Work out how a cross-entropy behind a softmax reacts to each score: share minus truth."""
    places = (1, 2, 3)
    true = whole(numbers, 1, 3)
    steps = {f"p{place}": f"exp(z{place})/(exp(z1) + exp(z2) + exp(z3))" for place in places}
    cells = [*steps, *(["L"] if grade == HARDEST else []), *(f"dL/dz{place}" for place in places)]
    steps["L"] = f"-({' + '.join(f'y{place}*ln(p{place})' for place in places)})"
    scores = _logarithms(numbers, grade, 3, at_grade(grade, (10, 20, 25), (20, 25, 50), (20, 25, 50, 100)))
    given = {f"y{place}": int(place == true) for place in places}
    return Draft(_numbered("z", scores), steps, tuple(cells), given=given, story=one_of(shape, *_SCORES))


def _logarithms(numbers: Random, grade: int, classes: int, totals: Sequence[int]) -> list[Number | str]:
    """Return scores whose powers of e are short and have one of these sums, in harder grades a part of it."""
    parts = _different_parts(numbers, one_of(numbers, *totals), classes)
    scale = one_of(numbers, *at_grade(grade, (Fraction(1),), (Fraction(1), HALF, HALF / 2), (HALF, HALF / 2)))
    return [_logarithm(part * scale) for part in parts]


def _logarithm(power: Fraction) -> Number | str:
    return 0 if power == 1 else f"ln({power})"


def _different_parts(numbers: Random, total: int, count: int) -> list[int]:
    """Return different whole numbers from 1 on that make up the total."""
    while True:
        cuts = sorted(numbers.sample(range(1, total), count - 1))
        parts = [end - start for start, end in zip([0, *cuts], [*cuts, total], strict=True)]
        if len(set(parts)) == count:
            return parts


def _numbered(name: str, values: Sequence[Number | str]) -> dict[str, Number | str]:
    return {f"{name}{place}": value for place, value in enumerate(values, start=1)}
