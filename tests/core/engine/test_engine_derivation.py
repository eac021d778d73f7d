"""The engine against the symbolic derivation: the problem file of a step has the same cells, as far as floats go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from engine_sets import dataset, random_set

from tutor.engine.error import EngineError
from tutor.engine.hand_table import parameter_name, problem_of
from tutor.engine.optimizers import update
from tutor.engine.settings import ACTIVATIONS, RULES, NetworkSettings, OptimizerSettings, TrainingSettings
from tutor.engine.training import Training
from tutor.mathematics.derivation import Derivation, derive
from tutor.mathematics.problem import read_problem
from tutor.mathematics.values.decimal import decimal_text

if TYPE_CHECKING:
    from tutor.engine.step import Step

CLOSE = 1e-12
LOSSES = [
    ("mse", "regression", 1),
    ("mse", "regression", 2),
    ("sse", "regression", 2),
    ("half-mse", "regression", 1),
    ("half-mse", "regression", 2),
    ("mae", "regression", 2),
    ("cross-entropy", "binary", 1),
    ("cross-entropy", "categorical", 3),
]


def rounded(kind: Any, examples: int, outputs: int) -> Any:
    """Return data whose numbers have at most three digits, so that the problem file holds them whole."""
    data = random_set(kind, examples=examples, outputs=outputs, seed=4)
    return dataset(data.train_inputs.round(2), data.train_targets.round(2), kind)


def training_of(settings: TrainingSettings, data: Any) -> Training:
    """Return a run whose starting weights have three digits."""
    count = Training(settings, data).network.parameter_count
    names = (name for name in settings.__slots__ if name != "network")
    network = NetworkSettings(settings.network.hidden, settings.network.activation, settings.network.loss, "given")
    given = TrainingSettings(**{name: getattr(settings, name) for name in names}, network=network)
    return Training(given, data, initial=np.random.default_rng(8).uniform(-0.9, 0.9, count).round(3))


def value(derivation: Derivation, cell: str) -> float:
    return float(decimal_text(derivation.value(cell)))


def first_step(settings: TrainingSettings, data: Any) -> Step:
    step = training_of(settings, data).step()
    assert step is not None
    return step


def agree(step: Step, derivation: Derivation, *, updated: bool = True) -> None:
    """Compare forward values, loss, gradients and new parameters of a step with the derivation's cells."""
    network = step.network
    one = len(step.batch) == 1
    for layer in range(1, network.layers):
        z, a = step.forward.pre_activations[layer - 1], step.forward.activations[layer - 1]
        last = "h" if step.dropout else "a"
        for example, unit in np.ndindex(z.shape):
            place = "" if one else f"[{example + 1}]"
            assert value(derivation, f"z{layer}_{unit + 1}{place}") == pytest.approx(z[example, unit], rel=CLOSE)
            found = value(derivation, f"{last}{layer}_{unit + 1}{place}")
            assert found == pytest.approx(a[example, unit], rel=CLOSE, abs=1e-300)
    assert value(derivation, "E") == pytest.approx(step.loss, rel=CLOSE)
    for place, name in enumerate(network.names):
        own = parameter_name(name)
        assert value(derivation, f"dE/d{own}") == pytest.approx(step.gradient[place], rel=CLOSE, abs=1e-15)
        if updated:
            assert value(derivation, f"{own}@1") == pytest.approx(step.parameters_after[place], rel=CLOSE)


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize(("loss", "kind", "outputs"), LOSSES)
def test_every_activation_and_loss(activation: str, loss: str, kind: str, outputs: int) -> None:
    settings = TrainingSettings(NetworkSettings((2,), activation, loss), OptimizerSettings("sgd", eta=0.05))
    step = first_step(settings, rounded(kind, 2, outputs))
    agree(step, derive(problem_of(step).problem))


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_over_several_steps(rule: str) -> None:
    optimizer = OptimizerSettings(rule, eta=0.05, beta=0.8, rho=0.75, beta1=0.7, beta2=0.9, weight_decay=0.1)
    training = training_of(TrainingSettings(NetworkSettings((2,), "tanh"), optimizer), rounded("regression", 2, 1))
    step = training.step()
    assert step is not None
    text = problem_of(step).text
    derivation = derive(read_problem(text.replace("[update]", "[update]\nsteps = 4"), "four steps"))
    for number in range(1, 5):
        for place, name in enumerate(training.network.names):
            found = value(derivation, f"{parameter_name(name)}@{number}")
            assert found == pytest.approx(training.parameters[place], rel=CLOSE)
            states = {"momentum": "v", "nesterov": "v", "rmsprop": "v", "adam": "mv", "adamw": "mv"}.get(rule, "")
            for row, state in enumerate(states):
                found = value(derivation, f"{state}_{parameter_name(name)}@{number}")
                assert found == pytest.approx(training.optimizer_state[row, place], rel=CLOSE)
        training.step()


@pytest.mark.parametrize("loss", ["mse", "sse"])
def test_penalties_and_two_hidden_layers(loss: str) -> None:
    network = NetworkSettings((2, 2), "sigmoid", loss)
    settings = TrainingSettings(network, OptimizerSettings(eta=0.01), l1=0.02, l2=0.3)
    step = first_step(settings, rounded("regression", 3, 1))
    agree(step, derive(problem_of(step).problem))


def test_dropout_is_part_of_the_table() -> None:
    settings = TrainingSettings(NetworkSettings((3,), "tanh"), OptimizerSettings(eta=0.01), dropout=0.5)
    step = first_step(settings, rounded("regression", 3, 1))
    assert set(np.unique(step.dropout[0])) == {0.0, 2.0}
    agree(step, derive(problem_of(step).problem))


def test_one_example_of_a_batch() -> None:
    settings = TrainingSettings(NetworkSettings((2,), "tanh"), OptimizerSettings(eta=0.01))
    data = rounded("regression", 3, 2)
    table = problem_of(first_step(settings, data), example=2)
    assert table.problem.update is None
    assert "all 3 examples" in table.notes[-1]
    alone = dataset(data.train_inputs[1:2], data.train_targets[1:2])
    agree(first_step(settings, alone), derive(table.problem), updated=False)


@pytest.mark.parametrize("rule", ["momentum", "nesterov", "rmsprop", "adam", "adamw"])
def test_a_later_step_goes_on_from_the_state_of_the_optimizer(rule: str) -> None:
    """The update is worked out again from the rounded numbers that the table holds, and is near the step's own."""
    settings = TrainingSettings(NetworkSettings((2,)), OptimizerSettings(rule, eta=0.05))
    training = training_of(settings, rounded("regression", 2, 1))
    training.epoch()
    training.epoch()
    step = training.step()
    assert step is not None
    problem = problem_of(step).problem
    assert problem.update is not None
    derivation = derive(problem)
    names = [parameter_name(name) for name in step.network.names]
    before = np.array([float(f"{number:.4g}") for number in step.parameters_before])
    state = np.array([[float(f"{number:.4g}") for number in row] for row in step.state_before])
    gradient = np.array([value(derivation, f"dE/d{name}") for name in names])
    wanted, _ = update(settings.optimizer, step.eta, before, gradient, state, time=3)
    found = [value(derivation, f"{name}@1") for name in names]
    assert found == pytest.approx(wanted, rel=CLOSE)
    assert found == pytest.approx(step.parameters_after, rel=5e-3, abs=1e-3)


def test_clipping_leaves_the_update_out_only_where_it_shortens() -> None:
    for clip, is_there in ((1e-3, False), (1e3, True)):
        settings = TrainingSettings(NetworkSettings((2,)), OptimizerSettings(clip=clip))
        table = problem_of(first_step(settings, rounded("regression", 2, 1)))
        assert (table.problem.update is not None) == is_there


def test_numbers_are_rounded_to_four_digits_and_that_is_said() -> None:
    settings = TrainingSettings(NetworkSettings((3,)), OptimizerSettings("sgd", eta=0.01), batch_size=4)
    step = Training(settings, random_set("regression")).step()
    assert step is not None
    table = problem_of(step)
    assert "4 significant digits" in table.notes[0]
    exact = dict(zip(map(parameter_name, step.network.names), step.parameters_before, strict=True))
    for name, written in table.problem.parameters.items():
        assert float(str(written.numerator)) / written.denominator == pytest.approx(exact[name], rel=5.1e-4)
        assert len(str(abs(written.numerator * 10**20 // written.denominator)).strip("0")) <= 4
    assert value(derive(table.problem), "E") == pytest.approx(step.loss, rel=5e-3)


def test_what_is_too_large_is_refused() -> None:
    settings = TrainingSettings(NetworkSettings((2,)))
    with pytest.raises(EngineError, match="Choose one example"):
        problem_of(first_step(settings, rounded("regression", 101, 1)))
    with pytest.raises(EngineError, match="examples 1 to 3"):
        problem_of(first_step(settings, rounded("regression", 3, 1)), example=4)
    with pytest.raises(EngineError, match="too large to be worked by hand"):
        problem_of(first_step(TrainingSettings(NetworkSettings((1500,))), rounded("regression", 1, 1)))
