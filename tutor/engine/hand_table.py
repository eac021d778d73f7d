"""A step that was just taken as a problem file, so that it can be worked by hand and checked cell by cell.

Names in it: `x1`, `x2` … are the inputs, `t` the target (`t1`, `t2` … where there are several). `w2_3_1` is the weight
of layer 2 into its unit 3 from unit 1 of layer 1 (`W2[3,1]` of the engine), `b2_3` the bias of that unit, `z2_3` what
it receives and `a2_3` what it gives. `y` is the output, `p` the probability of a classifier, `E` the loss. With
dropout, `k2_3` is what the unit is multiplied by and `h2_3` the product; with penalties, `L` is the loss of the data
and `R` what the penalties add to it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from tutor.engine.activations import LEAK
from tutor.engine.error import EngineError
from tutor.engine.losses import BINARY, CATEGORICAL
from tutor.engine.optimizers import STATES
from tutor.engine.regularization import norm
from tutor.mathematics.problem import RULES, ProblemError, read_problem

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from tutor.engine.network import Network
    from tutor.engine.step import Step
    from tutor.mathematics.problem import Problem

    Floats = NDArray[np.float64]

DIGITS = 4
MOST_EXAMPLES = 100

_ACTIVATIONS = {
    "linear": "{z}",
    "square": "{z}^2",
    "relu": "relu({z})",
    "leaky-relu": f"max({{z}}, {LEAK}*{{z}})",
    "sigmoid": "sigmoid({z})",
    "tanh": "tanh({z})",
}


@dataclass(frozen=True, slots=True)
class HandTable:
    """A step as a problem, the text of its file, and sentences about what the problem leaves out."""

    problem: Problem
    text: str
    notes: tuple[str, ...]


def problem_of(step: Step, example: int | None = None) -> HandTable:
    """Return a step as a problem: of its whole batch, or of one example of the batch, counted from 1.

    Weights and data are rounded to 4 significant digits, so that they can be written down; the cells are exact for
    these rounded numbers, and agree with the step itself to about 3 digits. The update is part of the problem where it
    needs no more than the batch; the state that the optimizer has by then is in the problem, though not in its text.

    Raises EngineError where the batch or the network is too large to be worked by hand.
    """
    if example is not None and not 1 <= example <= len(step.batch):
        raise EngineError(f"the batch has examples 1 to {len(step.batch)}; there is no example {example}.")
    if example is None and len(step.batch) > MOST_EXAMPLES:
        raise EngineError(
            f"a batch of {len(step.batch)} examples is too large to be worked by hand. Choose one example."
        )
    text, notes = _Writer(step, example).text()
    try:
        problem = read_problem(text, f"step {step.number}")
        if problem.update:
            update = replace(problem.update, state=_state(step), updates_before=step.time - 1)
            problem = replace(problem, update=update)
        return HandTable(problem, text, notes)
    except ProblemError as error:
        raise EngineError(f"this network is too large to be worked by hand ({error}). Use fewer units.") from error


def _state(step: Step) -> dict[str, Fraction]:
    """Return the optimizer's state before the step, by the names of its cells; nothing where it is all 0."""
    found = {
        f"{state}_{parameter_name(name)}": Fraction(decimal(float(number)))
        for state, row in zip(STATES[step.settings.optimizer.rule], step.state_before, strict=True)
        for name, number in zip(step.network.names, row, strict=True)
    }
    return found if any(found.values()) else {}


def parameter_name(name: str) -> str:
    """Return how a parameter is called in a problem file.

    >>> parameter_name("W2[3,1]"), parameter_name("b2[3]")
    ('w2_3_1', 'b2_3')
    """
    return name.lower().replace("[", "_").replace(",", "_").rstrip("]")


def decimal(value: float, digits: int = DIGITS) -> str:
    """Return a number as a decimal with so many significant digits."""
    return f"{value:.{digits}g}"


class _Writer:
    """Writes the file of one step."""

    def __init__(self, step: Step, example: int | None) -> None:
        self._step = step
        self._network: Network = step.network
        self._rows = slice(None) if example is None else slice(example - 1, example)
        self._examples = len(step.batch[self._rows])
        self._is_whole = self._examples == len(step.batch)

    def text(self) -> tuple[str, tuple[str, ...]]:
        """Return the file and the notes about it."""
        step = self._step
        sizes = "-".join(str(size) for size in self._network.sizes)
        lines = [f'title = "Step {step.number}: {sizes} {self._network.activation.name}, {self._network.loss.name}"']
        lines += ['objective = "E"', "", "[given]", *self._constants()]
        columns = self._columns()
        if self._examples == 1:
            lines += [f"{name} = {decimal(float(values[0]))}" for name, values in columns.items()]
        lines += ["", "[parameters]", *self._parameters(), "", "[steps]", *self._steps()]
        if self._examples > 1:
            lines += ["", "[examples]"]
            lines += [f"{name} = [{', '.join(decimal(float(v)) for v in column)}]" for name, column in columns.items()]
        update, notes = self._update()
        return "\n".join([*lines, *update, ""]), notes

    # -- numbers

    def _columns(self) -> dict[str, Floats]:
        """Return what differs from example to example: inputs, targets, dropout's factors."""
        step = self._step
        found = dict(zip(_numbered("x", step.inputs.shape[1]), step.inputs[self._rows].T, strict=True))
        found |= zip(self._targets(), step.targets[self._rows].T, strict=True)
        for layer, factors in enumerate(step.dropout, start=1):
            found |= {f"k{layer}_{unit}": row for unit, row in enumerate(factors[self._rows].T, start=1)}
        return found

    def _constants(self) -> list[str]:
        settings = self._step.settings
        strengths = {"l1": settings.l1, "l2": settings.l2}
        return [f"{name} = {strength!r}" for name, strength in strengths.items() if strength]

    def _parameters(self) -> list[str]:
        values = self._step.parameters_before
        named = zip(self._network.names, values, strict=True)
        return [f"{parameter_name(name)} = {decimal(float(value))}" for name, value in named]

    # -- formulas

    def _steps(self) -> list[str]:
        network = self._network
        formulas: dict[str, str] = {}
        received = _numbered("x", network.sizes[0])
        for layer in range(1, network.layers + 1):
            sums = self._sums(layer, received)
            if layer == network.layers:
                formulas |= self._outputs(sums)
            else:
                received = self._hidden(layer, sums, formulas)
        formulas |= self._objective()
        return [f'{name} = "{formula}"' for name, formula in formulas.items()]

    def _sums(self, layer: int, received: list[str]) -> list[str]:
        return [
            " + ".join([*(f"w{layer}_{unit}_{i}*{a}" for i, a in enumerate(received, start=1)), f"b{layer}_{unit}"])
            for unit in range(1, self._network.sizes[layer] + 1)
        ]

    def _hidden(self, layer: int, sums: list[str], formulas: dict[str, str]) -> list[str]:
        """Add the formulas of a hidden layer; return the names of what it hands on."""
        places = [f"{layer}_{unit}" for unit in range(1, len(sums) + 1)]
        formulas |= {f"z{place}": total for place, total in zip(places, sums, strict=True)}
        template = _ACTIVATIONS[self._network.activation.name]
        formulas |= {f"a{place}": template.format(z=f"z{place}") for place in places}
        if not self._step.dropout:
            return [f"a{place}" for place in places]
        formulas |= {f"h{place}": f"k{place}*a{place}" for place in places}
        return [f"h{place}" for place in places]

    def _outputs(self, sums: list[str]) -> dict[str, str]:
        layer, name = self._network.layers, self._network.loss.name
        if name not in {BINARY, CATEGORICAL}:
            return dict(zip(_numbered_or_one("y", len(sums)), sums, strict=True))
        logits = [f"z{layer}_{unit}" for unit in range(1, len(sums) + 1)]
        found = dict(zip(logits, sums, strict=True))
        if name == BINARY:
            chances = [f"sigmoid({logit})" for logit in logits]
        else:
            powers = " + ".join(f"exp({logit})" for logit in logits)
            chances = [f"exp({logit})/({powers})" for logit in logits]
        return found | dict(zip(_numbered_or_one("p", len(sums)), chances, strict=True))

    def _targets(self) -> list[str]:
        return _numbered_or_one("t", self._network.outputs)

    def _objective(self) -> dict[str, str]:
        loss, weights = self._loss(), self._weights()
        parts = []
        if self._step.settings.l1:
            parts.append(f"l1*({' + '.join(f'abs({weight})' for weight in weights)})")
        if self._step.settings.l2:
            parts.append(f"l2/2*({' + '.join(f'{weight}^2' for weight in weights)})")
        if not parts:
            return {"E": loss}
        # Where the losses of the examples are added, each carries its share, so that the sum has the penalty once.
        share = "R" if self._network.loss.is_mean else f"R/{len(self._step.batch)}"
        return {"L": loss, "R": " + ".join(parts), "E": f"L + {share}"}

    def _weights(self) -> list[str]:
        network = self._network
        return [parameter_name(name) for name, is_one in zip(network.names, network.is_weight, strict=True) if is_one]

    def _loss(self) -> str:
        """Return the loss of one example, whose mean (or sum, for sse) over the batch is the batch's."""
        targets = self._targets()
        name, count = self._network.loss.name, len(targets)
        if name == BINARY:
            return "-(t*ln(p) + (1 - t)*ln(1 - p))"
        if name == CATEGORICAL:
            return f"-({' + '.join(f't{k}*ln(p{k})' for k in range(1, count + 1))})"
        outputs = _numbered_or_one("y", count)
        pairs = zip(outputs, targets, strict=True)
        terms = [f"abs({y} - {t})" if name == "mae" else f"({y} - {t})^2" for y, t in pairs]
        divisor = {"sse": 1, "half-mse": 2 * count}.get(name, count)
        total = " + ".join(terms)
        if divisor == 1:
            return total
        return f"({total})/{divisor}" if count > 1 else f"{total}/{divisor}"

    # -- the update

    def _update(self) -> tuple[list[str], tuple[str, ...]]:
        """Return the section of the update, and the notes."""
        notes = [f"Weights and data are rounded to {DIGITS} significant digits."]
        missing = self._missing()
        if missing:
            return [], (*notes, missing)
        optimizer = self._step.settings.optimizer
        lines = ["", "[update]", f'rule = "{optimizer.rule}"', f"eta = {decimal(self._step.eta, 6)}"]
        others = (name for name in RULES[optimizer.rule].needs if name != "eta")
        lines += [f"{name} = {getattr(optimizer, name)!r}" for name in others]
        if not self._network.loss.is_mean:
            lines.append('reduce = "sum"')
        return lines, tuple(notes)

    def _missing(self) -> str:
        """Return why the update cannot be part of the problem, empty where it can."""
        step = self._step
        optimizer = step.settings.optimizer
        if not self._is_whole:
            return (
                f"The update is made of all {len(step.batch)} examples of the batch, so it is not part of this table."
            )
        if optimizer.clip is not None and norm(step.gradient) > optimizer.clip:
            return "The gradient was shortened before the update, so the update is not part of this table."
        return ""


def _numbered(letter: str, count: int) -> list[str]:
    return [f"{letter}{place}" for place in range(1, count + 1)]


def _numbered_or_one(letter: str, count: int) -> list[str]:
    return _numbered(letter, count) if count > 1 else [letter]
