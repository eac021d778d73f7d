"""The prompt before the work: “which rule leads to this value?”, answered with one key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tutor.course.blocks.choice import Choice, Option
from tutor.course.exercises.base import as_it_stands
from tutor.course.model import Prose
from tutor.learner.activities import RULE
from tutor.mathematics.notation.expression import Call, Constant, Node, Power, Quotient, walk
from tutor.mathematics.presentation import shown_name
from tutor.practice.rules import RULES
from tutor.practice.wording import question

if TYPE_CHECKING:
    from tutor.mathematics.cells import Cell
    from tutor.mathematics.derivation import Derivation
    from tutor.practice.making import Task
    from tutor.practice.rules import WorkRule

_SQUASHING: Final = frozenset({"sigmoid", "tanh", "relu", "softplus"})
_OVER_EXAMPLES: Final = frozenset({"mean", "sum"})


def rule_prompt(task: Task) -> Choice:
    """Return the question which rule a task needs: that of its skill, among those that it is taken for.

    It is about the last value of the task that the rule leads to, or about the whole task where it leads to none.
    """
    right = RULES[task.skill.rule]
    cell = cell_of_rule(right, task.draft.cells, task.derivation)
    asked = f"Which rule leads to `{shown_name(cell)}`?" if cell else "Which rule does this need first of all?"
    others = (RULES[identity] for identity in right.near)
    return Choice(
        id=task.block.id + RULE,
        title=task.skill.title,
        line=1,
        question=Prose(question(task.draft.story, task.derivation, asked), 1),
        options=(_option(right, is_right=True), *(_option(other, is_right=False) for other in others)),
        several=False,
        in_order=False,
        problem=None,
        cell="",
    )


def cell_of_rule(rule: WorkRule, cells: tuple[str, ...], derivation: Derivation) -> str:
    """Return the id of the last one of some cells that a rule leads to; empty where it leads to none."""
    found = [derivation.cell(name) for name in cells]
    return next((cell.id for cell in reversed(found) if _leads_to(rule, cell, derivation)), "")


def _leads_to(rule: WorkRule, cell: Cell, derivation: Derivation) -> bool:
    problem = derivation.problem
    over_examples = bool(problem.examples) and not cell.example and cell.kind in {"forward", "total"}
    if cell.kind not in rule.kinds or (problem.examples and over_examples != (rule.id in _OVER_EXAMPLES)):
        return False
    formula = derivation.formula(cell)
    match rule.id:
        case "loss":
            return cell.name == problem.objective
        case "log":
            return _calls(formula, {"log"})
        case "exponential":
            return isinstance(formula, Quotient) or _calls(formula, {"exp"})
        case "chain":
            return cell.kind == "total" and derivation.path_count(cell.by) == 1
        case "paths":
            return cell.kind == "total" and derivation.path_count(cell.by) > 1
        case "velocity" | "moving-average":
            return cell.state in {"v", "m"}
        case "squash":
            return cell.kind == "direct" and _calls(problem.steps[cell.name].formula, _SQUASHING)
        case _:
            return True


def _calls(formula: Node, functions: frozenset[str] | set[str]) -> bool:
    """Whether a formula has one of these functions in it; a power of e is one of exp."""
    return any(
        (isinstance(part, Call) and part.function in functions)
        or ("exp" in functions and isinstance(part, Power) and part.base == Constant("e"))
        for part in walk(formula)
    )


def _option(rule: WorkRule, *, is_right: bool) -> Option:
    feedback = rule.says if is_right else f"This is needed where {rule.where}."
    return Option(rule.name, Prose(as_it_stands(rule.name), 1), Prose(as_it_stands(feedback), 1), is_right)
