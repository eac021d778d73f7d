"""Descending a problem file: from the options to the report."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from typing import TYPE_CHECKING

from tutor.draw.curve_reading import curve_reading
from tutor.engine.descent import Descent, optimizer_of
from tutor.engine.descent_function import ProblemFunction
from tutor.engine.error import EngineError
from tutor.mathematics.derivation import derive
from tutor.mathematics.problem import load_problem
from tutor.train.options import NETWORK_ONLY
from tutor.train.page import Page, page_lines
from tutor.train.progress import Progress

if TYPE_CHECKING:
    import argparse

    from tutor.draw.glyphs import Glyphs
    from tutor.mathematics.problem import Problem
    from tutor.train.console import Console


def run_problem(options: argparse.Namespace, console: Console) -> None:
    """Descend the problem file as it says, but for what the options say otherwise, and print the report.

    Raises ProblemError for faults in the file, EngineError where it cannot be descended.
    """
    problem = load_problem(options.file)
    _say_what_does_not_apply(options, problem, console)
    descent = _descent(options, problem)
    seconds = _descend(descent, _steps(options, problem, descent), console)
    losses = [each.train for each in descent.losses()]
    if descent.steps % descent.steps_per_epoch and descent.divergence is None:
        losses.append(descent.loss)  # the last pass is not complete
    parameters = dict(zip(descent.function.parameters, descent.parameters.tolist(), strict=True))
    if descent.divergence:
        console.say(descent.divergence.cause)
    if options.json:
        found = {
            "epochs": len(losses) - 1,
            "steps": descent.steps,
            "seconds": seconds,
            "train_loss": [_finite(loss) for loss in losses],
            "test_loss": [None] * len(losses),
            "test_accuracy": None,
            "parameters": {name: _finite(value) for name, value in parameters.items()},
        }
        console.out.write(json.dumps(found) + "\n")
        return
    for line in page_lines(_page(descent, losses, parameters, console.glyphs), console.columns, console.glyphs):
        console.print(line)


def _say_what_does_not_apply(options: argparse.Namespace, problem: Problem, console: Console) -> None:
    written = [name for name in NETWORK_ONLY if getattr(options, name) is not None]
    if options.batch_size is not None and not problem.examples:
        written.append("batch_size")
    if written:
        shown = ", ".join("--" + name.replace("_", "-") for name in written)
        verb = "do" if len(written) > 1 else "does"
        console.say(f"{shown} {verb} not apply to {options.file}, which says itself what is calculated.")


def _descent(options: argparse.Namespace, problem: Problem) -> Descent:
    if not problem.parameters:
        raise EngineError(f"{problem.source}: there is nothing to learn. Write a section [parameters] with w = 1.")
    try:
        settings = optimizer_of(problem)
    except EngineError as error:
        raise EngineError(f"{problem.source}: {error}") from error
    if options.optimizer is not None:
        settings = replace(settings, rule=options.optimizer)
    if options.eta is not None:
        settings = replace(settings, eta=options.eta)
    return Descent(ProblemFunction(derive(problem)), settings, batch_size=options.batch_size)


def _steps(options: argparse.Namespace, problem: Problem, descent: Descent) -> int:
    if options.epochs is not None:
        return int(options.epochs) * descent.steps_per_epoch
    return problem.update.steps if problem.update else 100


def _descend(descent: Descent, steps: int, console: Console) -> float:
    """Take the steps, and return how many seconds they took."""
    progress = Progress(console.errors, -(-steps // descent.steps_per_epoch), console.clock, console.columns)
    seconds, begin = 0.0, console.clock()
    try:
        while descent.steps < steps and descent.step():
            seconds += console.clock() - begin
            progress.show(descent.epochs, descent.losses()[-1].train)
            begin = console.clock()
    finally:
        progress.erase()
    return seconds


def _page(descent: Descent, losses: list[float], parameters: dict[str, float], glyphs: Glyphs) -> Page:
    function, settings = descent.function, descent.settings
    problem = function.problem
    count = function.example_count
    over = f", {function.reduce} over {count} examples" if count else ""
    heading = (
        problem.title or problem.source,
        f"{problem.objective} over {', '.join(parameters)}{over}; {settings.rule}, η = {settings.eta:g}",
    )
    steps = "1 step" if descent.steps == 1 else f"{descent.steps} steps"
    counted = "step" if descent.steps_per_epoch == 1 else "epoch"
    sentences = (curve_reading(problem.objective, losses, counted, glyphs), f"{steps}.")
    return Page(heading, problem.objective, {problem.objective: losses}, sentences, parameters, "Parameters")


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
