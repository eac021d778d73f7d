"""The problems of section 6: fit for work by hand, ever new, and right by other ways of calculating."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from math import prod
from typing import TYPE_CHECKING

import pytest
from hand_problems import (
    GRADES,
    derived,
    drafted,
)
from plain_work import Dual, worked

from tutor.practice.skills.section_6 import SECTION_6

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tutor.practice.draft import Draft

SKILLS = {skill.id: skill for skill in SECTION_6}
fifty = pytest.mark.parametrize(("grade", "shape"), [(grade, shape) for grade in GRADES for shape in range(17)])


def height(draft: Draft, place: Mapping[str, Fraction]) -> Fraction:
    """Return the objective at another place."""
    names = {name: Dual(Fraction(value)) for name, value in {**draft.given, **place}.items()}
    for step, text in draft.steps.items():
        names[step] = worked(text, names)
    return Fraction(names[list(draft.steps)[-1]].value)


def slope(draft: Draft, place: Mapping[str, Fraction], name: str) -> Fraction:
    """Return a slope of the objective by differences, which are exact up to the fourth power."""

    def change(size: int) -> Fraction:
        return height(draft, {**place, name: place[name] + size}) - height(draft, {**place, name: place[name] - size})

    return (8 * change(1) - change(2)) / 12


def start(draft: Draft) -> dict[str, Fraction]:
    return {name: Fraction(value) for name, value in draft.parameters.items()}


@fifty
@pytest.mark.parametrize("skill", ["diverging-run", "saddle-steps", "two-walkers", "penalty-steps", "decayed-weights"])
def test_steps_go_against_the_slope(skill: str, grade: int, shape: int) -> None:
    draft = drafted(SKILLS[skill], grade, shape)
    derivation, place, eta = derived(draft), start(draft), Fraction(draft.update["eta"])
    objective = list(draft.steps)[-1]
    for count in range(int(draft.update.get("steps", 1))):
        slopes = {name: slope(draft, place, name) for name in place}
        at = f"@{count}" if count else ""
        assert all(derivation.value(f"d{objective}/d{name}{at}") == value for name, value in slopes.items())
        place = {name: value - eta * slopes[name] for name, value in place.items()}
        assert all(derivation.value(f"{name}@{count + 1}") == value for name, value in place.items())


@fifty
def test_a_signal_through_centred_sigmoids_is_quartered_each_time(grade: int, shape: int) -> None:
    draft = drafted(SKILLS["vanishing-product"], grade, shape)
    derivation = derived(draft)
    depth = sum(name.startswith("z") for name in draft.steps)
    units = [name for name in draft.steps if name[0] in "ay"]
    expected = 2 * (Fraction(1, 2) - Fraction(draft.given["t"]))
    for place in range(depth, 0, -1):
        expected *= 1 if draft.steps[units[place - 1]].startswith("relu") else Fraction(1, 4)
        assert derivation.value(f"dE/dz{place}") == expected
        expected *= Fraction(draft.parameters[f"w{place}"])


@fifty
def test_a_steep_chain_multiplies_its_rates(grade: int, shape: int) -> None:
    draft = drafted(SKILLS["exploding-product"], grade, shape)
    derivation = derived(draft)
    signal, rates = Fraction(draft.parameters["s"]), []
    for place, text in enumerate(draft.steps.values(), start=1):
        weight, shift = Fraction(draft.given.get(f"w{place}", 1)), Fraction(draft.given.get(f"b{place}", 0))
        rates.append(2 * weight * signal if "^2" in text else weight)
        signal = weight * (signal**2 if "^2" in text else signal) + shift
        assert derivation.value(f"h{place}") == signal
    assert derivation.value(f"dh{len(rates)}/ds") == prod(rates)


@fifty
def test_a_unit_that_is_off_learns_nothing(grade: int, shape: int) -> None:
    draft = drafted(SKILLS["dead-unit"], grade, shape)
    derivation = derived(draft)
    w, b, v, c = (Fraction(draft.parameters[name]) for name in "wbvc")
    pairs = [(Fraction(x), Fraction(t)) for x, t in zip(draft.examples["x"], draft.examples["t"], strict=True)]
    on = [w * x + b > 0 for x, _ in pairs]
    misses = [v * max(Fraction(0), w * x + b) + c - t for x, t in pairs]
    assert sum(on) <= (0 if grade == 1 else 1)
    assert derivation.value("dE/dc") == Fraction(2 * sum(misses), len(pairs))
    of_w = sum((miss * v * x for miss, (x, _), is_on in zip(misses, pairs, on, strict=True) if is_on), Fraction(0))
    assert derivation.value("dE/dw") == 2 * of_w / len(pairs)


def test_some_units_are_dead_and_some_are_on_once() -> None:
    values = [derived(drafted(SKILLS["dead-unit"], 3, shape)).value("dE/dv") for shape in range(40)]
    assert any(value == 0 for value in values)
    assert any(value != 0 for value in values)


@fifty
def test_a_diverging_run_grows_by_one_factor(grade: int, shape: int) -> None:
    draft = drafted(SKILLS["diverging-run"], grade, shape)
    derivation = derived(draft)
    name = list(draft.parameters)[-1]
    places = [Fraction(draft.parameters[name]), *(derivation.value(f"{name}@{count}") for count in (1, 2, 3))]
    first, second, third = (after - before for before, after in pairwise(places))
    assert second / first == third / second < -1
    if "factor" in draft.steps:
        assert derivation.value("factor") == second / first


@fifty
def test_near_a_saddle_one_number_shrinks_and_one_grows(grade: int, shape: int) -> None:
    if grade == 3:
        return  # both directions are mixed there
    draft = drafted(SKILLS["saddle-steps"], grade, shape)
    derivation = derived(draft)
    ratios = sorted(abs(derivation.value(f"{name}@1") / value) for name, value in start(draft).items())
    assert ratios[0] < 1 < ratios[1]


@fifty
def test_level_places_are_found(grade: int, shape: int) -> None:
    draft = drafted(SKILLS["level-places"], grade, shape)
    derivation, place = derived(draft), start(draft)
    slopes = {name: slope(draft, place, name) for name in place}
    assert all(derivation.value(f"df/d{name}") == value for name, value in slopes.items())
    assert sum(value == 0 for value in slopes.values()) == len(slopes) - 1
    for name in place:
        rates = [slope(draft, {**place, name: place[name] + move}, name) for move in (-2, -1, 1, 2)]
        curvature = (8 * (rates[2] - rates[1]) - (rates[3] - rates[0])) / 12
        assert derivation.value(f"c{name[1:]}") == curvature


@fifty
def test_dropout_scales_those_that_stay_and_forgets_the_others(grade: int, shape: int) -> None:
    draft = drafted(SKILLS["dropout-pass"], grade, shape)
    derivation = derived(draft)
    masks = {name[1:]: value for name, value in draft.given.items() if name[0] == "m"}
    keep = Fraction(draft.given["keep"])
    shares = [
        Fraction(draft.parameters[f"w{place}"]) * Fraction(draft.given[f"h{place}"]) / keep
        for place, mask in masks.items()
        if mask
    ]
    assert 0 < len(shares) < len(masks)
    assert derivation.value("y") == sum(shares) + Fraction(draft.parameters["b"])
    assert all((derivation.value(f"dE/dw{place}") == 0) is (mask == 0) for place, mask in masks.items())


@fifty
def test_clipping_keeps_the_direction_or_the_box(grade: int, shape: int) -> None:
    draft = drafted(SKILLS["clipped-gradient"], grade, shape)
    derivation, limit = derived(draft), Fraction(draft.given["limit"])
    places = range(1, len(draft.parameters) + 1)
    source = draft.parameters if grade == 1 else {f"g{place}": derivation.value(f"g{place}") for place in places}
    gradient = [Fraction(source[f"g{place}"]) for place in places]
    clipped = [derivation.value(f"c{place}") for place in places]
    if "length" not in draft.steps:
        assert clipped == [max(-limit, min(limit, part)) for part in gradient]
        return
    length = sum(part**2 for part in gradient)
    assert derivation.value("length") ** 2 == length
    assert sum(part**2 for part in clipped) == min(limit**2, length)
    assert all(part * clipped[0] == other * gradient[0] for part, other in zip(gradient, clipped, strict=True))


def test_some_gradients_are_not_too_long() -> None:
    drafts = [drafted(SKILLS["clipped-gradient"], 2, shape) for shape in range(60)]
    factors = [derived(draft).value("factor") for draft in drafts if "factor" in draft.steps]
    assert 0 < factors.count(Fraction(1)) < len(factors) / 2


@fifty
def test_weights_of_a_network_are_counted(grade: int, shape: int) -> None:
    draft = drafted(SKILLS["counting-weights"], grade, shape)
    derivation = derived(draft)
    widths = list(map(int, draft.parameters.values()))
    weights = sum((before + 1) * here for before, here in pairwise(widths))
    assert derivation.value("weights") == weights
    if "nudging" in draft.steps:
        assert derivation.value("nudging") == (weights + 1) * Fraction(draft.given["seconds"])
