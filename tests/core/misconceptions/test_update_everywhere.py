"""Diagnosis of updates in problems of every kind: it never fails, never invents a cell, and stays bounded."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.mathematics.cells import CellError
from tutor.mathematics.checking.check import CellChecker
from tutor.mathematics.derivation import Derivation, derive
from tutor.mathematics.problem import ProblemError, read_problem
from tutor.mathematics.values.decimal import decimal_text

HYPERPARAMETERS = "eta = 0.1\nbeta = 0.9\nrho = 0.9\nbeta1 = 0.9\nbeta2 = 0.99\nepsilon = 0.01\nweight_decay = 0.1"
RULES = ("sgd", "momentum", "nesterov", "rmsprop", "adam", "adamw")
LONG = "\n".join(f's{place} = "s{place - 1} + 0.01*s{place - 1}"' for place in range(1, 201))
PROBLEMS = {
    "a slope by another parameter that has no value": '[parameters]\nw = 2\nv = 0\n[steps]\nE = "w^2 + sqrt(v)"',
    "a next step where the loss has no value": '[parameters]\nw = 0.01\nv = 1\n[steps]\nE = "v*w - ln(w)"',
    "a step onto a division by 0": '[parameters]\nw = 0.2\n[steps]\nu = "w^2"\nE = "u + 1/(u + 3)"',
    "a parameter that nothing depends on": '[parameters]\nw = 2\nidle = 3\n[steps]\nE = "(w - 1)^2"',
    "a kink": '[parameters]\nw = 0\nv = 1\n[steps]\nE = "relu(w) + abs(v - 1) + max(w, v)"',
    "a flat place": '[parameters]\nw = 0\nv = 0\n[steps]\nE = "w^2*v^2"',
    "a saddle": '[parameters]\nw = 1\nv = 2\n[steps]\nE = "w^2 - v^2 + w*v"',
    "a valley without a lowest point": '[parameters]\nw = 1\nv = 2\n[steps]\nE = "(w + v - 1)^2"',
    "irrational factors": '[parameters]\nw = 1\nv = 2\n[steps]\nE = "sin(2)*w^2 + pi*v^2 + e^w"',
    "names of a kind": '[given]\n"η0" = 1\n[parameters]\nE = 1\nI = 2\n[steps]\nS = "(E*η0 - 3)^2 + I^2"',
    "many paths": f'[parameters]\ns0 = 1\n[steps]\n{LONG}\nE = "s200^2"',
    "many parameters": "[parameters]\n"
    + "\n".join(f"w{place} = {place}" for place in range(1, 31))
    + '\n[steps]\nE = "'
    + " + ".join(f"w{place}*w{place % 30 + 1}" for place in range(1, 31))
    + '"',
    "a long batch": '[parameters]\nw = 1\n[steps]\nE = "(w*x - t)^2"\n[examples]\nx = ['
    + ", ".join(str(place % 7 - 3) for place in range(40))
    + "]\nt = ["
    + ", ".join(str(place % 5) for place in range(40))
    + "]",
    "residuals of 0": '[parameters]\nw = 1\nb = 0\n[steps]\nE = "(w*x + b - t)^2"\n[examples]\nx = [1, 2]\nt = [1, 2]',
    "a target that is learned": '[parameters]\nw = 1\nt = 2\n[steps]\nE = "(w - t)^2/2"',
    "data as a factor": '[parameters]\nw = 1\n[steps]\ny = "w*x"\nE = "c*(y - t)^2"\n'
    "[examples]\nx = [1, 2, 3]\nt = [3, 1, 2]\nc = [1, 2, 1]",
}


def checker(problem: str, rule: str, more: str = "steps = 2") -> CellChecker:
    text = f'{problem}\n[update]\nrule = "{rule}"\n{HYPERPARAMETERS}\n{more}\n'
    return CellChecker(derive(read_problem(text, "any.toml")))


def has_value(derivation: Derivation, cell: str) -> bool:
    try:
        derivation.value(cell)
    except ProblemError:
        return False
    return True


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("kind", PROBLEMS)
def test_every_cell_of_every_problem_can_be_answered_wrongly(kind: str, rule: str) -> None:
    desk = checker(PROBLEMS[kind], rule)
    derivation = desk._derivation
    cells = [cell for cell in derivation.cells() if cell.kind in {"total", "state", "parameter"}]
    by_kind = [cell.id for cell in cells if cell.name != derivation.problem.objective or cell.by][:3]
    for cell in dict.fromkeys([*by_kind, *(cell.id for cell in cells[-3:]), *(cell.id for cell in cells[:2])]):
        if not has_value(derivation, cell):
            continue  # it is asked of nobody
        for answer in ("0.7654321", "-12345.5", "w" if "w" in derivation.problem.parameters else "1.5"):
            reply = desk.check(cell, answer)
            assert reply.verdict in {"incorrect", "incomplete"}, (cell, reply)
            assert reply.feedback


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("kind", ["a saddle", "a long batch", "irrational factors"])
def test_a_diagnosis_makes_no_cells_that_the_problem_does_not_have(kind: str, rule: str) -> None:
    desk = checker(PROBLEMS[kind], rule)
    derivation = desk._derivation
    before = [cell.id for cell in derivation.cells()]
    for cell in before[-4:]:
        desk.check(cell, "0.7654321")
    assert [cell.id for cell in derivation.cells()] == before
    objective = derivation.problem.objective
    for absent in ("w@3", f"d{objective}/dw@2", "w@-1", f"d{objective}/dw@-1"):
        with pytest.raises(CellError):
            derivation.cell(absent)


def test_a_starting_value_stays_given_after_a_diagnosis() -> None:
    """Nothing may take `w` for the result of an update before the first one."""
    desk = checker('[parameters]\nw = 2\n[steps]\nE = "(w - 1)^2"', "momentum")
    desk.check("w@1", "0.7654321")
    desk.check("v_w@1", "0.7654321")
    assert desk._derivation.is_constant("w")
    assert desk._derivation.is_constant("v_w")


def test_a_parameter_that_rests_has_no_mistakes_of_a_step() -> None:
    desk = checker(PROBLEMS["a parameter that nothing depends on"], "sgd")
    reply = desk.check("idle@1", "2.9")
    assert (reply.verdict, reply.misconception) == ("incorrect", None)


@settings(max_examples=40, deadline=None)
@given(
    rule=st.sampled_from(RULES),
    numbers=st.lists(st.integers(-30, 30), min_size=6, max_size=6),
    reduce=st.sampled_from(["mean", "sum"]),
    size=st.integers(1, 3),
)
def test_right_answers_never_get_a_misconception(rule: str, numbers: list[int], reduce: str, size: int) -> None:
    """Whatever the numbers are, also where they are 0 or 1 and broken rules give the right value."""
    w, b, *data = numbers
    problem = (
        f'[parameters]\nw = "{w}/10"\nb = "{b}/10"\n[steps]\ny = "w*x + b"\nE = "(y - t)^2 + 0.1*w^2"\n'
        f'[examples]\nx = ["{data[0]}/10", 1, 0]\nt = ["{data[1]}/10", "{data[2]}/10", "{data[3]}/10"]'
    )
    desk = checker(problem, rule, f'steps = 2\nreduce = "{reduce}"\nbatch_size = {size}')
    derivation = desk._derivation
    for cell in derivation.cells():
        if cell.kind in {"total", "parameter", "state"} or (cell.kind == "forward" and not cell.example):
            value = derivation.value(cell.id)
            text = str(value) if hasattr(value, "numerator") else _digits(desk, cell.id)
            reply = desk.check(cell.id, text)
            assert reply.verdict == "correct", (cell.id, text, reply)
            assert (reply.misconception, reply.also) == (None, ())


def _digits(desk: CellChecker, cell: str) -> str:
    return decimal_text(desk._derivation.value(cell), 12)
