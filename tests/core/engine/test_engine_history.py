"""Back, reset and change: whatever a run does, the same step always has exactly the same numbers."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from engine_sets import dataset, random_set, same, same_losses
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.engine import stretch
from tutor.engine.error import EngineError
from tutor.engine.history import History
from tutor.engine.settings import NetworkSettings, OptimizerSettings, TrainingSettings
from tutor.engine.training import Training

ADAM = TrainingSettings(NetworkSettings((4, 3)), OptimizerSettings("adam", eta=0.01), batch_size=5, seed=1)
DROPPING = replace(ADAM, dropout=0.3, optimizer=OptimizerSettings("momentum", eta=0.01))


def make(chosen: TrainingSettings = ADAM) -> Training:
    return Training(chosen, random_set("regression", examples=23))


@pytest.mark.parametrize("chosen", [ADAM, DROPPING])
def test_a_thousand_steps_back_and_forth(chosen: TrainingSettings) -> None:
    training = make(chosen)
    forth = [training.step() for _ in range(1200)]
    end = training.losses()
    for step in reversed(forth):
        taken = training.back()
        assert taken is not None
        assert step is not None
        assert taken.number == step.number
        assert same(taken.parameters_before, step.parameters_before)
        assert same(taken.parameters_after, step.parameters_after)
        assert same(taken.state_after, step.state_after)
        assert same(taken.batch, step.batch)
        assert same(training.parameters, step.parameters_before)
    assert training.state == "ready"
    assert training.back() is None
    assert len(training.losses()) == 1
    again = [training.step() for _ in range(1200)]
    assert all(same(a.parameters_after, b.parameters_after) for a, b in zip(forth, again, strict=True) if a and b)
    assert same_losses(training.losses(), end)


def test_little_room_changes_no_number(monkeypatch: pytest.MonkeyPatch) -> None:
    wide = make()
    steps = [wide.step() for _ in range(100)]
    monkeypatch.setattr(stretch, "History", lambda: History(room=1))
    narrow = make()
    for _ in range(100):
        narrow.step()
    for step in reversed(steps):
        taken = narrow.back()
        assert taken is not None
        assert step is not None
        assert same(taken.parameters_before, step.parameters_before)
        assert same(taken.parameters_after, step.parameters_after)


def test_snapshots_never_take_more_than_their_room() -> None:
    numbers = np.zeros(100)
    history = History(room=20 * (800 + 800 + 400))
    for step in range(1000):
        history.keep(step, numbers, numbers)
        assert len(history._snapshots) <= 20
    assert history.nearest(0).step == 0
    assert history.nearest(999).step >= 998


def test_a_run_without_anyone_looking_has_the_same_numbers() -> None:
    for chosen in (ADAM, DROPPING):
        looking, running = make(chosen), make(chosen)
        for _ in range(7 * looking.steps_per_epoch):
            looking.step()
        assert len(list(running.run(7))) == 7
        assert same(looking.parameters, running.parameters)
        assert same(looking.optimizer_state, running.optimizer_state)
        assert same_losses(looking.losses(), running.losses())
        assert same(looking.back().parameters_before, running.back().parameters_before)  # type: ignore[union-attr] - steps were taken


def test_reset_gives_the_same_start() -> None:
    training = make()
    start = training.parameters
    first = [training.step() for _ in range(20)]
    training.reset()
    assert (training.steps, training.state) == (0, "ready")
    assert same(training.parameters, start)
    again = [training.step() for _ in range(20)]
    assert all(same(a.parameters_after, b.parameters_after) for a, b in zip(first, again, strict=True) if a and b)


def test_another_seed_is_another_run() -> None:
    one, other = make(), make(replace(ADAM, seed=2))
    assert not same(one.parameters, other.parameters)
    assert not same(one.step().batch, other.step().batch)  # type: ignore[union-attr] - the first step is always there


@given(st.lists(st.sampled_from(["step", "back", "epoch", "change", "reset"]), max_size=25))
@settings(max_examples=40, deadline=None)
def test_whatever_way_leads_to_a_step_its_numbers_are_the_same(moves: list[str]) -> None:
    """With one change of η at a time, the parameters depend on where each change was made, and on nothing else."""
    training = make()
    changes: list[tuple[int, float]] = []
    rates = itertools.cycle([0.02, 0.005])
    for move in moves:
        if move == "change":
            changes.append((training.steps, next(rates)))
            training.change(replace(ADAM, optimizer=replace(ADAM.optimizer, eta=changes[-1][1])))
        else:
            getattr(training, move)()
            changes = [] if move == "reset" else [each for each in changes if each[0] <= training.steps]
    plain = make()
    for number in range(training.steps):
        for _, eta in (each for each in changes if each[0] == number):
            plain.change(replace(ADAM, optimizer=replace(ADAM.optimizer, eta=eta)))
        plain.step()
    assert same(plain.parameters, training.parameters)
    assert same(plain.optimizer_state, training.optimizer_state)
    assert same_losses(plain.losses(), training.losses())


def test_another_rule_starts_with_an_empty_state() -> None:
    training = make(DROPPING)
    for _ in range(8):
        training.step()
    before = training.parameters
    training.change(replace(DROPPING, optimizer=OptimizerSettings("adam", eta=0.01)))
    step = training.step()
    assert step is not None
    assert (step.time, step.number) == (1, 9)
    assert not step.state_before.any()
    assert np.allclose(np.abs(step.update[step.gradient != 0]), 0.01, rtol=1e-4)  # Adam's first step is as long as η
    assert training.back() is not None
    assert training.settings.optimizer.rule == "adam"
    assert same(training.parameters, before)
    training.back()
    assert training.settings.optimizer.rule == "momentum"


def test_what_belongs_to_a_whole_run_cannot_be_changed() -> None:
    training = make()
    for other in (replace(ADAM, batch_size=3), replace(ADAM, seed=4), replace(ADAM, network=NetworkSettings((2,)))):
        with pytest.raises(EngineError, match="Start a new one"):
            training.change(other)


# -- early stopping


def bumpy() -> tuple[TrainingSettings, Any]:
    """Return a run that overfits noise, so that the validation loss rises after a while."""
    random = np.random.default_rng(0)
    x, noise = random.uniform(-1, 1, (60, 2)), random.normal(size=(60, 1))
    parts = (x[:15], noise[:15]), (x[15:], noise[15:])
    chosen = TrainingSettings(
        NetworkSettings((12,)), OptimizerSettings("adam", eta=0.02), batch_size=5, epochs=300, patience=4
    )
    return chosen, dataset(*parts[0], validation=parts[1])


def test_early_stopping_takes_the_best_parameters_back() -> None:
    chosen, data = bumpy()
    training = Training(chosen, data)
    done = list(training.run())
    validation = [losses.validation for losses in done]
    best = int(np.argmin(validation)) + 1
    assert training.state == "stopped"
    assert len(done) == training.epochs == best + 4 < 300
    plain = Training(replace(chosen, patience=None), data)
    list(plain.run(best))
    assert same(training.parameters, plain.parameters)
    assert training.step() is None
    assert training.epoch() is None
    assert list(training.run()) == []
    with pytest.raises(EngineError, match="stopped"):
        training.change(chosen)


def test_stepping_stops_as_running_does_and_goes_back() -> None:
    chosen, data = bumpy()
    running, stepping = Training(chosen, data), Training(chosen, data)
    list(running.run())
    while step := stepping.step():
        last = step
    assert stepping.state == "stopped"
    assert same(stepping.parameters, running.parameters)
    assert same_losses(stepping.losses(), running.losses())
    taken = stepping.back()
    assert taken is not None
    assert same(taken.parameters_after, last.parameters_after)
    assert stepping.state == "running"
    assert same(stepping.parameters, last.parameters_before)
    stepping.step()
    assert stepping.state == "stopped"


def test_early_stopping_needs_a_validation_part() -> None:
    with pytest.raises(EngineError, match="validation"):
        make(replace(ADAM, patience=3))
