"""What a lab says in words: where it stands, the step just taken, and how the loss went."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tutor.draw.curve import Series
from tutor.draw.curve_reading import curve_reading, race_reading
from tutor.draw.number import short_number
from tutor.engine.descent_function import ProblemFunction
from tutor.engine.descent_step import DescentStep
from tutor.lab.knobs import knob
from tutor.mathematics.notation.printing import pretty

if TYPE_CHECKING:
    from tutor.draw.glyphs import Glyphs
    from tutor.engine.step import Step
    from tutor.lab.bench import Bench
    from tutor.lab.run import Run

_LARGEST_NAMED = 2


def subject_text(bench: Bench) -> str:
    """Return what the lab is about, in a few words."""
    material = bench.run.material
    if isinstance(material, ProblemFunction):
        problem = material.problem
        if len(problem.steps) > 1 and problem.title:
            return problem.title
        step = problem.steps[problem.objective]
        return f"{step.name} = {pretty(step.formula)}"
    layers = bench.run.stepper.network.sizes  # type: ignore[union-attr]  # a dataset trains a network
    return f"{material.name}, network {'-'.join(map(str, layers))}"


def standing(bench: Bench, glyphs: Glyphs) -> str:
    """Return where the run stands: η, rule, step, epoch where that is something else, loss."""
    run = bench.run
    settings = run.settings
    name = run.material.problem.objective if isinstance(run.material, ProblemFunction) else "loss"
    parts = [f"η {knob('η').shown(settings)}", settings.training.optimizer.rule, f"step {run.steps}"]
    if run.stepper.steps_per_epoch > 1:
        parts.append(f"epoch {run.epochs}")
    parts.append(f"{name} {short_number(run.loss, glyphs)}")
    return "  ".join(parts)


def last_step(run: Run, glyphs: Glyphs) -> str:
    """Return the step just taken with its numbers; before the first, where the run starts."""
    step = run.last
    if step is None:
        return _start(run, glyphs)
    if isinstance(step, DescentStep):
        batch = f" (example {_numbers(step)})" if step.examples is not None else ""
        return f"step {step.number}{batch}: {step.sentence}"
    return f"step {run.steps}: {_of_network(step, glyphs)}"


def reading(bench: Bench, glyphs: Glyphs) -> str:
    """Return in a sentence how the loss went, or how the runs compare."""
    counted = "epoch" if bench.settings.is_network else "step"
    if len(bench.runs) > 1:
        series = [Series(bench.label(run), list(run.losses)) for run in bench.runs]
        return race_reading(series, counted, glyphs)
    material = bench.run.material
    name = material.problem.objective if isinstance(material, ProblemFunction) else "the training loss"
    sentence = curve_reading(name, list(bench.run.losses), counted, glyphs)
    sentence = sentence[:1].upper() + sentence[1:] if bench.settings.is_network else sentence
    accuracy = _accuracy(bench.run)
    return f"{sentence} {accuracy}" if accuracy else sentence


def state(bench: Bench) -> str:
    """Return why nothing goes on: what diverged, or which stop rule ended it; mostly nothing."""
    return bench.run.trouble or bench.run.reached


def _start(run: Run, glyphs: Glyphs) -> str:
    values = run.parameters
    if len(values) <= 2 * _LARGEST_NAMED:
        told = ", ".join(
            f"{name} = {short_number(float(each), glyphs, 6)}" for name, each in zip(run.names, values, strict=True)
        )
        return f"start: {told}"
    if isinstance(run.material, ProblemFunction):
        return f"start: {len(values)} parameters, as the problem gives them"
    return f"start: {len(values)} parameters, drawn from seed {run.settings.training.seed}"


def _numbers(step: DescentStep) -> str:
    return ", ".join(str(int(each) + 1) for each in step.batch)


def _of_network(step: Step, glyphs: Glyphs) -> str:
    """Return batch, loss and gradient of a step, and the parameters that moved most."""
    gradient = step.gradient
    length = math.hypot(*gradient)
    order = sorted(range(len(gradient)), key=lambda place: -abs(float(step.update[place])))[:_LARGEST_NAMED]
    moves = "; ".join(
        f"{step.network.names[place]} {short_number(float(step.parameters_before[place]), glyphs)} → "
        f"{short_number(float(step.parameters_after[place]), glyphs)}"
        for place in order
    )
    return (
        f"batch of {len(step.batch)}, its loss {short_number(step.loss, glyphs)}, "
        f"gradient of length {short_number(length, glyphs)}. Most moved: {moves}"
    )


def _accuracy(run: Run) -> str:
    accuracy = getattr(run.stepper, "test_accuracy", lambda: None)()
    return "" if accuracy is None else f"{round(100 * accuracy)} % of the test data are right."
