"""“Which rule leads to this value?” has one right answer, and the others are rules of other work."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from kept_derivations import derivation_of

from tutor.course.exercises.choosing import Choosing
from tutor.course.exercises.making import Making, make_exercise
from tutor.mathematics.problem import read_problem
from tutor.practice.draft import Draft
from tutor.practice.making import make_task
from tutor.practice.prompts import cell_of_rule, rule_prompt
from tutor.practice.rules import RULES
from tutor.practice.skills.all_skills import SKILLS
from tutor.practice.task_name import TaskName

if TYPE_CHECKING:
    from tutor.practice.rules import WorkRule

NETWORK = Draft(
    {"w": 2, "v": 1},
    {"z": "w*x", "a": "tanh(z)", "y": "v*a + w", "E": "(y - t)^2"},
    (),
    {"x": 1, "t": 0},
    update={"rule": "momentum", "eta": "0.1", "beta": "0.9"},
)
BATCH = Draft({"w": 2}, {"y": "w*x", "E": "(y - t)^2"}, (), {}, {"x": [1, 2], "t": [3, 5]}, {"eta": "0.1"})
SOFTMAX = Draft({"z1": 1, "z2": 2}, {"p": "e^z1/(e^z1 + e^z2)", "L": "-ln(p)"}, ())


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_a_rule_is_taken_for_others_and_never_for_itself(rule: WorkRule) -> None:
    assert 2 <= len(set(rule.near)) == len(rule.near) <= 8
    assert rule.id not in rule.near
    assert {RULES[other].name for other in rule.near}.isdisjoint({rule.name})
    assert rule.kinds


def test_names_of_rules_are_different() -> None:
    for what in ("name", "says", "where"):
        texts = [getattr(rule, what) for rule in RULES.values()]
        assert len(set(texts)) == len(texts)
    assert all(rule.says.endswith(".") and not rule.where.endswith(".") for rule in RULES.values())


@pytest.mark.parametrize(
    ("rule", "draft", "cells", "asked"),
    [
        ("put-in", NETWORK, ("z", "a", "dE/dy"), "a"),
        ("loss", NETWORK, ("E", "y"), "E"),
        ("chain", NETWORK, ("dE/dv", "dE/dw", "dE/dz"), "dE/dz"),
        ("paths", NETWORK, ("dE/dv", "dE/dw", "dE/dz"), "dE/dw"),
        ("squash", NETWORK, ("da/dz:direct", "dy/da:direct"), "da/dz:direct"),
        ("update", NETWORK, ("dE/dw", "v_w@1", "w@1", "v_v@1"), "w@1"),
        ("velocity", NETWORK, ("dE/dw", "v_w@1", "w@1"), "v_w@1"),
        ("mean", BATCH, ("E[1]", "E[2]", "E", "dE/dw[1]", "dE/dw", "w@1"), "dE/dw"),
        ("loss", BATCH, ("E[1]", "E[2]", "E"), "E[2]"),
        ("arriving", BATCH, ("dE/dw[2]", "dE/dw"), "dE/dw[2]"),
        ("exponential", SOFTMAX, ("p", "L"), "p"),
        ("log", SOFTMAX, ("L", "p"), "L"),
        ("moving-average", NETWORK, ("z", "a"), ""),
    ],
)
def test_a_prompt_is_about_the_last_value_that_the_rule_leads_to(
    rule: str, draft: Draft, cells: tuple[str, ...], asked: str
) -> None:
    derivation = derivation_of(read_problem(draft.text("A network"), "network"))
    assert cell_of_rule(RULES[rule], cells, derivation) == asked


@pytest.mark.parametrize("name", SKILLS)
def test_every_skill_has_its_prompt(name: str) -> None:
    task = make_task(TaskName(name, "blank", 1, 0), derivation_of)
    prompt = rule_prompt(task)
    assert prompt.id == f"{name}/blank/1/0#rule"
    exercise = make_exercise(prompt, Making(task.head, derivation_of))
    assert isinstance(exercise, Choosing)
    right = RULES[SKILLS[name].rule]
    for place, option in enumerate(exercise.options):
        reply = exercise.judged(exercise.text_of(frozenset({place})))
        assert reply.verdict == ("correct" if option.key == right.name else "incorrect")
        assert reply.feedback
    assert [option.key for option in exercise.options if option.right] == [right.name]
