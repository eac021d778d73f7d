"""Runs that lessons ask for, made by the engine: what they did, step by step."""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from tutor.course.blocks.running import RunPlan, content_of, find_knob
from tutor.course.error import LessonError, nearest
from tutor.course.numbers import Derive, given_values, problem_of
from tutor.course.outcome import Trace
from tutor.draw.glyphs import UNICODE
from tutor.draw.number import short_number
from tutor.engine.descent import Descent, optimizer_of
from tutor.engine.error import EngineError
from tutor.engine.settings import TrainingSettings
from tutor.lab.bench import Bench
from tutor.lab.knobs import knobs_of
from tutor.lab.material import Workshop
from tutor.lab.run import Run
from tutor.lab.settings import Lab, LabSettings, ProblemSubject
from tutor.mathematics.notation.spelling import canonical
from tutor.mathematics.problem import Problem
from tutor.mathematics.values.decimal import float_of

Fault = Callable[[str], LessonError]
"""Makes the error about the block that asks for a run."""


@dataclass(frozen=True, slots=True)
class Made:
    """A run that stands at its end, and what it did on the way."""

    bench: Bench
    trace: Trace


def settings_of(plan: RunPlan, fault: Fault, drawn: Problem | None = None) -> LabSettings:
    """Return the settings of a run; drawn is its problem where that has other numbers than its file.

    Raises ProblemError for a fault in its problem, and what fault makes.
    """
    if plan.settings is not None:
        return plan.settings
    assert plan.problem is not None
    problem = drawn or problem_of(plan.problem)
    size = problem.update.batch_size if problem.update else None
    training = TrainingSettings(optimizer=optimizer_of(problem), batch_size=size)
    settings = LabSettings(ProblemSubject(problem, content_of(plan.problem)), training)
    return with_changes(settings, plan.changes, fault)


def with_changes(settings: LabSettings, changes: Iterable[tuple[str, str]], fault: Fault) -> LabSettings:
    """Return settings with knobs turned to values as they are typed. Raises what fault makes."""
    for symbol, value in changes:
        knob = find_knob(settings, symbol)
        if knob is None:
            known = [canonical(each.symbol) for each in knobs_of(settings)]
            raise fault(f"there is no setting {symbol} here. {nearest(canonical(symbol), known)}")
        try:
            settings = knob.typed(settings, value)
        except EngineError as error:
            raise fault(str(error)) from error
    return settings


def stands_at(settings: LabSettings, symbol: str, fault: Fault) -> str:
    """Return the value at which a knob stands, as it is read. Raises what fault makes for an unknown knob."""
    knob = find_knob(settings, symbol)
    if knob is None:
        raise fault(f"there is no setting {symbol} here. Take it out of may.")
    return knob.shown(settings)


def make_run(settings: LabSettings, length: int, derivation_of: Derive) -> Made:
    """Take so many steps (of a network: epochs), as far as the run goes; this may take a second.

    Raises EngineError or ProblemError for what cannot be run.
    """
    bench = Bench(Lab((settings,)), Workshop(derivation_of))
    run = bench.run
    rows = [_now(run)]
    for _ in range(length):
        if not (run.epoch() if settings.is_network else run.step()):
            break
        rows.append(_now(run))
    values = {name: tuple(row[name] for row in rows) for name in rows[0]}
    diverged = bool(run.trouble) or not math.isfinite(rows[-1]["loss"])
    return Made(bench, Trace("epochs" if settings.is_network else "steps", values, diverged))


def _now(run: Run) -> Mapping[str, float]:
    """Return every quantity of a run at the moment: of a network, the losses."""
    now = run.stepper
    if not isinstance(now, Descent):
        tests = {"test_loss": run.test_losses[-1]} if run.test_losses else {}
        return {**tests, "loss": run.loss}
    problem = now.function.problem
    found = {name: float_of(value) for name, value in given_values(problem).items()}
    if not now.function.example_count:
        steps = now.function.evaluate(now.parameters).steps
        found |= {name: float(values[0]) for name, values in steps.items()}
    found |= dict(zip(run.names, map(float, now.parameters), strict=True))
    return {**found, "loss": run.loss}


def told(trace: Trace) -> str:
    """Return in a sentence how the loss went."""
    losses = trace.values["loss"]
    first, last = (short_number(loss, UNICODE) for loss in (losses[0], losses[-1]))
    counted = trace.unit if trace.length != 1 else trace.unit.removesuffix("s")
    if trace.diverged:
        return f"The loss began at {first} and grew beyond all bounds in {trace.length} {counted}."
    return f"The loss went from {first} to {last} in {trace.length} {counted}."
