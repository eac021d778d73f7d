"""What is refused, with sentences that say what to write; names and starting weights; the report of a finished run."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from engine_sets import dataset, random_set

from tutor.engine.error import EngineError
from tutor.engine.report import report, train
from tutor.engine.settings import NetworkSettings, OptimizerSettings, ScheduleSettings, TrainingSettings
from tutor.engine.training import Training

if TYPE_CHECKING:
    from collections.abc import Callable

NAN = float("nan")


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: NetworkSettings((4, 0)), "hidden layers of 4, 0 units"),
        (lambda: NetworkSettings((2.5,)), "whole numbers"),  # type: ignore[arg-type] - what is refused
        (lambda: NetworkSettings(activation="tan"), "Did you mean tanh"),
        (lambda: NetworkSettings(loss="rmse"), "Did you mean mse"),
        (lambda: NetworkSettings(initial="random"), "xavier, he, zero, given"),
        (lambda: OptimizerSettings("adma"), "Did you mean adam"),
        (lambda: OptimizerSettings(eta=-0.1), "learning rate η is -0.1"),
        (lambda: OptimizerSettings(eta=NAN), "learning rate η is nan"),
        (lambda: OptimizerSettings(beta1=1), "β1 is 1"),
        (lambda: OptimizerSettings(clip=0), "above 0"),
        (lambda: ScheduleSettings("linear"), "is no schedule"),
        (lambda: ScheduleSettings(every=0), "whole number from 1"),
        (lambda: TrainingSettings(batch_size=0), "batch size is 0"),
        (lambda: TrainingSettings(epochs=-1), "number of epochs is -1"),
        (lambda: TrainingSettings(dropout=1), "dropout is 1"),
        (lambda: TrainingSettings(l2=float("inf")), "strength of L2 is inf"),
        (lambda: TrainingSettings(patience=0), "patience is 0"),
        (lambda: TrainingSettings(seed=-1), "seed is -1"),
        (lambda: TrainingSettings(seed=2**63), "up to"),
    ],
)
def test_what_no_run_can_be_made_of(make: Callable[[], object], words: str) -> None:
    with pytest.raises(EngineError, match=words):
        make()


def test_settings_need_no_numpy() -> None:
    code = "import sys, tutor.engine.settings; print('numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_data_and_settings_must_fit() -> None:
    numbers = random_set("regression")
    with pytest.raises(EngineError, match="classes as targets"):
        Training(TrainingSettings(NetworkSettings(loss="cross-entropy")), numbers)
    with pytest.raises(EngineError, match="no examples to train on"):
        Training(TrainingSettings(), dataset(np.empty((0, 2)), np.empty((0, 1))))
    with pytest.raises(EngineError, match="none are"):
        Training(TrainingSettings(NetworkSettings(initial="given")), numbers)
    with pytest.raises(EngineError, match="needs 6 numbers"):
        Training(TrainingSettings(NetworkSettings(initial="given")), numbers, initial=np.zeros(5))
    with pytest.raises(EngineError, match=r"b1\[1\] is not a finite number"):
        Training(TrainingSettings(NetworkSettings(initial="given")), numbers, initial=np.array([0, 0, NAN, 0, 0, 0]))
    with pytest.raises(EngineError, match="starts with xavier"):
        Training(TrainingSettings(), numbers, initial=np.zeros(6))


def test_names_follow_the_flat_vector() -> None:
    network = Training(TrainingSettings(NetworkSettings((2,))), random_set("binary")).network
    names = ("W1[1,1]", "W1[1,2]", "b1[1]", "W1[2,1]", "W1[2,2]", "b1[2]", "W2[1,1]", "W2[1,2]", "b2[1]")
    assert network.names == names
    flat = np.arange(9.0)
    assert network.weights(flat, 1)[1, 0] == flat[names.index("W1[2,1]")]
    assert network.biases(flat, 2)[0] == flat[names.index("b2[1]")]
    assert [name[0] == "W" for name in names] == list(network.is_weight)


@pytest.mark.parametrize(("how", "spread"), [("xavier", np.sqrt(2 / 500)), ("he", np.sqrt(2 / 300))])
def test_the_spread_of_starting_weights(how: str, spread: float) -> None:
    data = random_set("regression", inputs=300)
    training = Training(TrainingSettings(NetworkSettings((200,), initial=how), seed=7), data)
    weights = training.network.weights(training.parameters, 1)
    assert weights.std() == pytest.approx(spread, rel=0.02)
    assert abs(weights.mean()) < spread / 50
    assert not training.network.biases(training.parameters, 1).any()
    if how == "xavier":
        assert np.abs(weights).max() <= np.sqrt(6 / 500)


# -- the report


def finished(kind: Any, loss: str, *, with_test: bool = True, **settings: Any) -> dict[str, Any]:
    data = random_set(kind, outputs=1 if kind == "regression" else 3)
    if not with_test:
        data = dataset(data.train_inputs, data.train_targets, kind)
    chosen = TrainingSettings(NetworkSettings((3,), loss=loss), batch_size=5, epochs=4, **settings)
    seen: list[int] = []
    ticks = itertools.count()
    done = train(Training(chosen, data), lambda: float(next(ticks)), lambda losses: seen.append(losses.epoch))
    found = report(done)
    assert seen == list(range(1, int(found["epochs"]) + 1))  # type: ignore[call-overload] - a whole number
    return json.loads(json.dumps(found, allow_nan=False))  # type: ignore[no-any-return] - an object


def test_the_report_has_what_the_contract_says() -> None:
    found = finished("regression", "mse")
    assert list(found) == ["epochs", "steps", "seconds", "train_loss", "test_loss", "test_accuracy", "parameters"]
    assert (found["epochs"], found["steps"]) == (4, 20)
    assert found["seconds"] == 5  # one tick around each epoch and one at the end, none for the progress
    assert len(found["train_loss"]) == len(found["test_loss"]) == 5
    assert found["test_accuracy"] is None
    assert len(found["parameters"]) == 13
    assert set(found["parameters"]) >= {"W1[3,2]", "b1[3]", "W2[1,3]", "b2[1]"}


def test_what_does_not_exist_is_null() -> None:
    found = finished("categorical", "cross-entropy", with_test=False)
    assert found["test_loss"] == [None] * 5
    assert found["test_accuracy"] is None


def test_a_diverged_run_is_valid_json() -> None:
    found = finished("regression", "mse", optimizer=OptimizerSettings(eta=1e300))
    assert None in found["parameters"].values() or None in found["train_loss"]


@pytest.mark.parametrize(("kind", "loss"), [("binary", "cross-entropy"), ("binary", "mse"), ("categorical", "mse")])
def test_accuracy_counts_right_classes(kind: Any, loss: str) -> None:
    data = random_set(kind, examples=600, outputs=3)
    training = Training(TrainingSettings(NetworkSettings((3,), loss=loss)), data)
    said = training.predict(data.test_inputs)
    right = 0
    for row, truth in zip(said, data.test_targets, strict=True):
        if len(truth) == 1:
            right += (row[0] > 0.5) == (truth[0] == 1)
        else:
            right += max(range(3), key=lambda place: row[place]) == list(truth).index(1)
    assert training.test_accuracy() == pytest.approx(right / len(said))
