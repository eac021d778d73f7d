"""A problem is fit to be worked by hand only with short numbers, and where no usual mistake hides in them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kept_derivations import derivation_of
from plain_work import digits

from tutor.mathematics.checking.check import CellChecker
from tutor.mathematics.checking.misconceptions.situation import Suspicion
from tutor.mathematics.notation.expression import Call, Name, Node, Product, number
from tutor.mathematics.presentation import digits_of, typed_value
from tutor.mathematics.problem import read_problem
from tutor.practice import fit
from tutor.practice.draft import Draft
from tutor.practice.fit import faults, needed_cells, trap_values
from tutor.practice.fresh import draw_problem
from tutor.practice.skill import HARDEST, Skill
from tutor.practice.skills.all_skills import SKILLS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tutor.mathematics.checking.misconceptions.situation import Situation
    from tutor.mathematics.derivation import Derivation

CHAIN = Draft(
    parameters={"w1": 2, "w2": 3},
    given={"x": 5, "t": 4},
    steps={"h": "w1*x", "y": "w2*h", "E": "(y - t)^2"},
    cells=("h", "y", "E", "dE/dy", "dE/dw1"),
    formula="dE/dw1",
)
TRAPS = ("links.last-link-missing", "links.middle-link-missing", "links.first-link-missing")
TYPED_SEEDS = 2


def skill(*traps: str) -> Skill:
    return Skill("chain", "A chain", 3, "gears", "chain", lambda *_: CHAIN, traps or TRAPS)


def derived(draft: Draft) -> Derivation:
    return derivation_of(read_problem(draft.text("A chain"), "chain"))


def said(draft: Draft, *traps: str) -> str:
    return " ".join(faults(draft, skill(*traps), derived(draft)))


def test_nothing_speaks_against_a_good_problem() -> None:
    assert faults(CHAIN, skill(), derived(CHAIN)) == ()


def test_a_long_number_is_told() -> None:
    assert "E = 1523990.25 has 9 digits" in said(replace(CHAIN, given={"x": 5, "t": Fraction("1264.5")}))


def test_a_long_number_on_the_way_is_told_although_nobody_asks_for_it() -> None:
    draft = replace(CHAIN, given={"x": Fraction("1.234567"), "t": 4}, cells=("y", "dE/dw2"), formula="")
    assert "h = 2.469134 has 7 digits" in said(draft, "links.last-link-missing")


def test_a_long_number_off_the_way_does_no_harm() -> None:
    draft = replace(CHAIN, steps={**CHAIN.steps, "F": "E/7 + x/1234567"}, cells=("h", "y", "dF/dE:direct"), formula="")
    assert "digits" not in said(draft)


def test_numbers_that_are_rounded_anyway_may_be_long() -> None:
    draft = Draft({"w": 2}, {"p": "sigmoid(w)", "L": "-ln(p)"}, ("p", "L", "dL/dw"))
    assert said(draft, "links.first-link-missing", "links.last-link-missing") == ""


def test_a_mistake_with_the_right_value_is_told() -> None:
    draft = replace(CHAIN, given={"x": 5, "t": 30}, cells=("h", "y", "dE/dw1"))
    assert "links.last-link-missing gives the right value 0 in ∂E/∂w1." in said(draft)


def test_two_mistakes_with_one_value_are_told() -> None:
    same = replace(CHAIN, parameters={"w1": 2, "w2": 5})
    assert "both give 460 in ∂E/∂w1." in said(same)
    assert said(same, "links.last-link-missing") == ""


def test_mistakes_that_have_nothing_to_do_with_it_are_told() -> None:
    assert "None of the mistakes adam-step.no-bias-correction has to do with" in said(
        CHAIN, "adam-step.no-bias-correction"
    )


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ((), "Too little is asked for."),
        (("dE/dw1",), "Too little is asked for."),
        (("h", "y", "h"), "asked for twice"),
        (("h", "w1"), "w1 is given"),
        (("h", "dE/dx"), "x is given data"),
        (("h", "q"), "q"),
    ],
)
def test_what_cannot_be_asked_for_is_told(cells: tuple[str, ...], sentence: str) -> None:
    assert sentence in said(replace(CHAIN, cells=cells))


@pytest.mark.parametrize(
    ("draft", "sentence"),
    [
        (replace(CHAIN, formula="h"), "cannot be asked for"),
        (replace(CHAIN, formula="nothing"), "nothing"),
        (
            replace(CHAIN, given={"t": 4}, examples={"x": [5, 2]}, cells=("dE/dw1[1]",), formula="dE/dw1[1]"),
            "cannot be asked for",
        ),
        (replace(CHAIN, steps={**CHAIN.steps, "y": "relu(w2*h)"}), "it has a jump"),
    ],
)
def test_a_formula_that_cannot_be_typed_is_told(draft: Draft, sentence: str) -> None:
    assert sentence in said(draft)


def test_a_value_that_is_not_there_is_told() -> None:
    draft = Draft({"w": 0}, {"u": "w^2", "L": "u"}, ("u", "dL/dw", "w@1"), update={"eta": "1/2"})
    broken = replace(draft, steps={"u": "sqrt(w)", "L": "u"})
    assert "not finite" in said(broken)


def planted(wrong: Node, *ids: str) -> tuple[object, ...]:
    def family(situation: Situation) -> Iterator[Suspicion]:
        if situation.cell.id == "p":
            yield from (Suspicion(identity, wrong, "Planted.") for identity in ids)

    return (family,)


def test_a_wrong_value_that_rounds_to_the_right_one_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    draft = Draft({"w": 2}, {"p": "sigmoid(w)"}, ("p", "dp/dw"))
    close = Product((Call("sigmoid", (Name("w"),)), number(1 + Fraction(1, 10**9))))
    monkeypatch.setattr(fit, "FAMILIES", planted(close, "planted.close"))
    assert said(draft, "planted.close") == "The value ≈ 0.8807971 of the mistake planted.close passes in p."


def test_a_wrong_value_that_is_not_written_in_full_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    draft = Draft({"w": 2}, {"p": "w^2"}, ("p", "dp/dw"))
    monkeypatch.setattr(fit, "FAMILIES", planted(Call("exp", (number(20),)), "planted.long"))
    assert "too long to be known again" in said(draft, "planted.long")


def test_irrational_values_of_two_mistakes_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    draft = Draft({"w": 2}, {"p": "sigmoid(w)"}, ("p", "dp/dw"))
    monkeypatch.setattr(fit, "FAMILIES", planted(Call("exp", (number(2),)), "planted.one", "planted.two"))
    assert "planted.one and planted.two both give ≈ 7.389056 in p." in said(draft, "planted.one", "planted.two")


def test_all_that_is_needed_on_the_way_is_found() -> None:
    derivation = derived(CHAIN)
    assert set(needed_cells(derivation, ["dE/dw1"])) == {
        "dE/dw1", "dE/dh", "dh/dw1:direct", "dE/dy", "dy/dh:direct", "dE/dy:direct", "y", "h",
    }  # fmt: skip


@given(st.fractions())
@settings(max_examples=300)
def test_digits_are_counted_as_they_are_written(value: Fraction) -> None:
    assert digits_of(value) == digits(value)


@pytest.mark.parametrize("name", SKILLS)
def test_the_checker_names_every_mistake_of_a_problem_that_is_fit(name: str) -> None:
    chosen = SKILLS[name]
    for seed in range(TYPED_SEEDS):
        drawn = draw_problem(chosen, seed % HARDEST + 1, seed, derivation_of)
        checker = CellChecker(drawn.derivation)
        for cell in map(drawn.derivation.cell, drawn.draft.cells):
            for trap, values in trap_values(drawn.derivation, cell, chosen.traps).items():
                reply = checker.check(cell.id, typed_value(values[0]))
                assert reply.verdict == "incorrect", (cell.id, trap)
                assert trap in {reply.misconception, *reply.also}, (cell.id, trap)
