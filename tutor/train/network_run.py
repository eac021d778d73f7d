"""Training a network on data: from the options to the report."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tutor.draw.curve_reading import curve_reading
from tutor.engine.data.named import NAMED_SETS, named_table
from tutor.engine.data.pipeline import PipelineSettings, Prepared, prepare
from tutor.engine.data.reading import read_csv
from tutor.engine.data.units import in_own_units
from tutor.engine.error import EngineError, unknown
from tutor.engine.report import Finished, report, train
from tutor.engine.settings import NetworkSettings, OptimizerSettings, TrainingSettings
from tutor.engine.training import Training
from tutor.train.error import UsageError
from tutor.train.page import Page, page_lines
from tutor.train.progress import Progress

if TYPE_CHECKING:
    import argparse

    from tutor.draw.glyphs import Glyphs
    from tutor.engine.data.columns import Table
    from tutor.train.console import Console


@dataclass(frozen=True, slots=True)
class _Run:
    settings: TrainingSettings
    prepared: Prepared


def run_network(options: argparse.Namespace, console: Console) -> None:
    """Train as the options say, and print the report.

    Raises UsageError for options that mean nothing, EngineError for faults in the data.
    """
    settings = _settings(options)
    table, is_scaled, is_own = _table(options, console)
    prepared = prepare(
        table,
        PipelineSettings(
            validation_share=0.0,
            test_share=options.test_share,
            seed=options.seed,
            scale=is_scaled,
            drop_copies=is_own,
            target="classes" if options.loss == "cross-entropy" else "auto",
            batch_size=options.batch_size,
        ),
    )
    for sentence in (*table.notes, *prepared.cleaned.sentences[1:]):
        console.say(sentence)
    _finish(options, console, _Run(settings, prepared))


def _settings(options: argparse.Namespace) -> TrainingSettings:
    try:
        return TrainingSettings(
            network=NetworkSettings(options.layers, options.activation, options.loss),
            optimizer=OptimizerSettings(options.optimizer, options.eta),
            batch_size=options.batch_size,
            epochs=options.epochs,
            l2=options.l2,
            seed=options.seed,
        )
    except EngineError as error:
        raise UsageError(str(error)) from error


def _table(options: argparse.Namespace, console: Console) -> tuple[Table, bool, bool]:
    """Return the data, whether its inputs are scaled, and whether it is a file of the user's own."""
    name = options.data
    if name in NAMED_SETS:
        return _named(name, options), NAMED_SETS[name].is_scaled, False
    path = Path(name)
    if not path.suffix and "/" not in name and not path.exists():
        raise UsageError(f"{unknown('data set', name, NAMED_SETS)} Or name a CSV file.")
    if options.noise is not None:
        console.say("--noise belongs to the sets with a name and does not apply to a file.")
    return read_csv(path), True, True


def _named(name: str, options: argparse.Namespace) -> Table:
    try:
        return named_table(name, seed=options.seed, noise=options.noise)
    except EngineError as error:
        raise UsageError(str(error)) from error


def _finish(options: argparse.Namespace, console: Console, run: _Run) -> None:
    training = Training(run.settings, run.prepared.dataset)
    progress = Progress(console.errors, run.settings.epochs, console.clock, console.columns)
    try:
        finished = train(training, console.clock, lambda losses: progress.show(losses.epoch, losses.train))
    finally:
        progress.erase()
    found = report(finished)
    own = in_own_units(training.network, training.parameters, training.data.scaling)
    parameters = dict(zip(training.network.names, own.tolist(), strict=True))
    found["parameters"] = {name: value if math.isfinite(value) else None for name, value in parameters.items()}
    if training.divergence:
        console.say(training.divergence.cause)
    if options.json:
        console.out.write(json.dumps(found) + "\n")
        return
    for line in page_lines(_page(run, finished, parameters, console.glyphs), console.columns, console.glyphs):
        console.print(line)


def _page(run: _Run, finished: Finished, parameters: dict[str, float], glyphs: Glyphs) -> Page:
    training = finished.training
    data, settings = training.data, run.settings
    losses = training.losses()
    curves = {"train": [each.train for each in losses]}
    if len(data.test_inputs):
        curves["test"] = [each.test for each in losses]
    train_size, _, test_size = data.sizes
    shape = "-".join(map(str, training.network.sizes))
    network, optimizer = settings.network, settings.optimizer
    how = f"{optimizer.rule}, η = {optimizer.eta:g}, batches of {run.prepared.batches.size}, seed {settings.seed}"
    heading = (
        f"{data.name}: {train_size} examples to train on, {test_size} to test with",
        f"network {shape}, {network.activation}, {network.loss}; {how}",
    )
    sentences = [curve_reading(f"The {name} loss", values, "epoch", glyphs) for name, values in curves.items()]
    sentences.append(f"{training.epochs} epochs, {training.steps} steps.")
    accuracy = training.test_accuracy()
    if accuracy is not None:
        sentences.append(f"{100 * accuracy:.1f} % of the test examples are classified rightly.")
    if len(data.input_names) > 1:
        sentences.append(f"Inputs, in order: {', '.join(data.input_names)}.")
    is_scaled = not data.scaling.is_identity
    about = "Parameters, for inputs in their own units" if is_scaled else "Parameters"
    return Page(heading, f"{network.loss} loss", curves, tuple(sentences), parameters, about)
