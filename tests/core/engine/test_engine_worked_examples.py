"""Worked examples of the course that are networks or updates, replayed by the engine to the digits that are printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from engine_sets import dataset

from tutor.engine.activations import ACTIVATIONS
from tutor.engine.losses import loss_for, softmax
from tutor.engine.optimizers import start_state, update
from tutor.engine.regularization import best_epoch, dropout_factors, norm, penalty_slope, shorten
from tutor.engine.settings import NetworkSettings, OptimizerSettings, TrainingSettings
from tutor.engine.training import Training

if TYPE_CHECKING:
    from tutor.engine.step import Step


def one_step(
    layers: list[tuple[Any, Any]],
    example: tuple[Any, Any],
    network: dict[str, str],
    eta: float,
    kind: Any = "regression",
) -> Step:
    """Return one sgd step of a network with these weights and biases on one example."""
    flat = np.concatenate([np.column_stack([w, b]).ravel() for w, b in layers])
    hidden = tuple(len(b) for _, b in layers[:-1])
    settings = TrainingSettings(NetworkSettings(hidden, initial="given", **network), OptimizerSettings(eta=eta))
    data = dataset(np.array([example[0]], float), np.array([example[1]], float), kind)
    step = Training(settings, data, initial=flat).step()
    assert step is not None
    return step


def after(step: Step) -> tuple[float, float]:
    """Return what the network says about the example after the step, and its loss then."""
    outputs = step.network.forward(step.parameters_after, step.inputs).outputs
    said = float(step.network.loss.prediction(outputs)[0, 0])
    return said, step.network.loss.value(outputs, step.targets)


def layer(step: Step, number: int, flat: Any) -> tuple[Any, Any]:
    return step.network.weights(flat, number), step.network.biases(flat, number)


@pytest.mark.parametrize(
    ("y", "loss", "slopes", "new", "then"),
    [
        (1, 0.2876820725, (-0.5, -0.25), (1.0493061443, 0.25), (0.9128238616, 0.0912123396)),
        (0, 1.3862943611, (1.5, 0.75), (-0.9506938557, -0.75), (0.0659035301, 0.0681755593)),
    ],
)
def test_sigmoid_neuron_with_binary_cross_entropy(
    y: float, loss: float, slopes: Any, new: Any, then: tuple[float, float]
) -> None:
    start = [([[np.log(3) / 2]], [0.0])]
    step = one_step(start, ([2], [y]), {"loss": "cross-entropy"}, 1.0, "binary")
    assert step.loss == pytest.approx(loss, abs=1e-10)
    assert step.gradient == pytest.approx(slopes, abs=1e-12)
    assert step.parameters_after == pytest.approx(new, abs=1e-10)
    assert after(step) == pytest.approx(then, abs=1e-10)


@pytest.mark.parametrize(
    ("right", "loss", "slopes"),
    [
        (0, 0.5108256238, (-2 / 5, 3 / 10, 1 / 10)),
        (1, 1.2039728043, (3 / 5, -7 / 10, 1 / 10)),
        (2, 2.3025850930, (3 / 5, 3 / 10, -9 / 10)),
    ],
)
def test_softmax_with_cross_entropy(right: int, loss: float, slopes: Any) -> None:
    logits, truth = np.log([[6.0, 3.0, 1.0]]), np.eye(3)[[right]]
    found = loss_for("cross-entropy", "categorical")
    assert found.value(logits, truth) == pytest.approx(loss, abs=1e-10)
    assert found.slope(logits, truth)[0] == pytest.approx(slopes, abs=1e-14)


def test_large_logits() -> None:
    logits = np.array([[1000.0, 1001.0, 1002.0]])
    assert softmax(logits)[0] == pytest.approx((0.09003057, 0.24472847, 0.66524096), abs=1e-8)
    loss = loss_for("cross-entropy", "categorical").value(logits, np.array([[1.0, 0.0, 0.0]]))
    assert loss == pytest.approx(1002.40760596 - 1000, abs=1e-8)


def test_two_layer_relu_network_with_one_unit_dead() -> None:
    start = [([[1 / 2, 1 / 4], [-1, 1 / 4]], [0, 0]), ([[4 / 5, -3 / 5]], [1 / 10])]
    step = one_step(start, ([1, 2], [2 / 5]), {"activation": "relu"}, 0.1)
    assert step.forward.pre_activations[0][0] == pytest.approx((1, -1 / 2))
    assert step.forward.activations[0][0] == pytest.approx((1, 0))
    assert step.loss == pytest.approx(1 / 4)
    assert step.deltas[0][0] == pytest.approx((4 / 5, 0))
    weights, biases = layer(step, 1, step.gradient)
    assert weights == pytest.approx(np.array([[4 / 5, 8 / 5], [0, 0]]))
    assert biases == pytest.approx((4 / 5, 0))
    assert layer(step, 1, step.parameters_after)[0] == pytest.approx(np.array([[0.42, 0.09], [-1, 0.25]]))
    assert layer(step, 2, step.parameters_after)[0] == pytest.approx(np.array([[0.7, -0.6]]))
    assert after(step) == pytest.approx((0.364, 0.001296))


@pytest.mark.parametrize(
    ("bias", "output", "loss", "first_row"),
    [(0.0, -0.175, 1.380625, (0, 0)), (0.2, -0.105, 1.221025, (-1.547, -3.094))],
)
def test_three_relu_units_without_a_tie(bias: float, output: float, loss: float, first_row: Any) -> None:
    start = [([[0.5, -0.3], [0.8, 0.2], [-0.1, 0.4]], [bias, -0.2, 0.05]), ([[0.7, -0.5, 0.3]], [0.1])]
    step = one_step(start, ([1, 2], [1]), {"activation": "relu"}, 0.1)
    assert step.forward.outputs[0, 0] == pytest.approx(output)
    assert step.loss == pytest.approx(loss)
    assert layer(step, 1, step.gradient)[0][0] == pytest.approx(first_row)


def test_sigmoid_network_with_binary_cross_entropy() -> None:
    start = [([[1 / 5, -2 / 5], [3 / 5, 4 / 5]], [1 / 10, -1 / 5]), ([[1 / 2, -3 / 10]], [1 / 20])]
    step = one_step(start, ([1, 1 / 2], [1]), {"activation": "sigmoid", "loss": "cross-entropy"}, 0.5, "binary")
    assert step.forward.activations[0][0] == pytest.approx((0.5249791875, 0.6899744811), abs=1e-10)
    assert step.loss == pytest.approx(0.6417891199, abs=1e-10)
    assert step.deltas[1][0, 0] == pytest.approx(-0.4736501219, abs=1e-10)
    expected = [[-0.0590584959, -0.0295292480], [0.0303955061, 0.0151977531]]
    assert layer(step, 1, step.gradient)[0] == pytest.approx(np.array(expected), abs=1e-10)
    assert layer(step, 2, step.parameters_after)[0][0] == pytest.approx((0.62432823, -0.13659675), abs=1e-8)
    assert after(step) == pytest.approx((0.6298713883, 0.4622396260), abs=1e-10)


def test_tanh_network_with_squared_error() -> None:
    start = [([[1 / 2, -1 / 2], [1 / 4, 3 / 4]], [0, 1 / 10]), ([[1, -2]], [0])]
    step = one_step(start, ([1, -1], [1]), {"activation": "tanh"}, 0.05)
    assert step.forward.activations[0][0] == pytest.approx((0.7615941560, -0.3799489623), abs=1e-10)
    assert step.loss == pytest.approx(0.2719539900, abs=1e-10)
    expected = [[0.4380265863, -0.4380265863], [-1.7848354027, 1.7848354027]]
    assert layer(step, 1, step.gradient)[0] == pytest.approx(np.array(expected), abs=1e-10)
    assert layer(step, 2, step.gradient)[0][0] == pytest.approx((0.7943306417, -0.3962807496), abs=1e-10)
    assert after(step) == pytest.approx((0.9117568741, 0.0077868493), abs=1e-10)


@pytest.mark.parametrize(
    ("rule", "numbers", "expected", "digits"),
    [
        ("momentum", {"beta": 0.9}, (0.6, 1.62, 2.814, 3.9258, 4.74126), 1e-12),
        ("nesterov", {"beta": 0.9}, (1.14, 2.3328, 3.325056), 1e-12),
        ("rmsprop", {"rho": 0.9}, (0.31622776, 0.53317922, 0.70823421), 1e-8),
        ("adam", {}, (0.1, 0.19989729, 0.29961848), 1e-8),
    ],
)
def test_rules_on_one_parabola(rule: str, numbers: dict[str, float], expected: Any, digits: float) -> None:
    """(w − 3)² from 0 with η = 0.1."""
    optimizer = OptimizerSettings(rule, eta=0.1, **numbers)  # type: ignore[arg-type] - numbers of the rule
    w, state = np.zeros(1), start_state(rule, 1)
    for time, wanted in enumerate(expected, start=1):
        w, state = update(optimizer, 0.1, w, 2 * (w - 3), state, time)
        assert w[0] == pytest.approx(wanted, abs=digits)


@pytest.mark.parametrize(
    ("rule", "l2", "expected"),
    [
        ("adam", 0.0, (1.9, 1.8, 1.70000001)),
        ("adam", 0.1, (1.9, 1.80004009, 1.70014771)),
        ("adamw", 0.0, (1.88, 1.7612, 1.64358801)),
    ],
)
def test_decay_in_the_gradient_and_beside_it(rule: str, l2: float, expected: Any) -> None:
    optimizer = OptimizerSettings(rule, eta=0.1, weight_decay=0.1)
    w, state = np.array([2.0]), start_state(rule, 1)
    for time, wanted in enumerate(expected, start=1):
        w, state = update(optimizer, 0.1, w, 0.5 + penalty_slope(w, 0, l2), state, time)
        assert w[0] == pytest.approx(wanted, abs=1e-8)


def test_l2_pulls_the_minimum() -> None:
    """(w − 3)² + ½·w² is l2 = 1 here: λw² has λ = l2/2."""
    w = np.zeros(1)
    for wanted in (0.6, 1.02, 1.314, 1.5198):
        w, _ = update(OptimizerSettings(), 0.1, w, 2 * (w - 3) + penalty_slope(w, 0, 1.0), start_state("sgd", 1), 1)
        assert w[0] == pytest.approx(wanted)


def test_clipping_by_norm() -> None:
    short = np.array([3.0, 4.0])
    shorten(short, 1.0)
    assert short == pytest.approx((0.6, 0.8))
    long = np.array([2064.0, 316.0, 1636.0, 632.0, 68.0])
    assert norm(long) == pytest.approx(2727.727259)
    shorten(long, 100.0)
    assert long == pytest.approx((75.667389, 11.584736, 59.976671, 23.169472, 2.492918))
    shorten(long, 100.1)
    assert norm(long) == pytest.approx(100)


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        (None, [(0.7, 0.24, 18.1926)]),
        (2, [(0.26, 0.16, 30.7206), (1.2476, 0.4372, 6.679791)]),
        (
            1,
            [
                (0.12, 0.12, 35.5544),
                (0.4912, 0.3056, 22.794326),
                (1.117696, 0.514432, 8.216322),
                (1.760061, 0.675023, 0.927261),
            ],
        ),
    ],
)
def test_batch_online_and_mini_batch_on_a_line(size: int | None, expected: Any) -> None:
    x = np.array([[1.0], [2.0], [3.0], [4.0]])
    settings = TrainingSettings(NetworkSettings(initial="zero"), OptimizerSettings(eta=0.02), size, shuffle=False)
    training = Training(settings, dataset(x, 2 * x + 1))
    assert training.losses()[0].train == 41
    for w, b, loss in expected:
        step = training.step()
        assert step is not None
        assert step.parameters_after == pytest.approx((w, b), abs=1e-6)
        residuals = training.predict(x) - (2 * x + 1)
        assert np.square(residuals).mean() == pytest.approx(loss, abs=1e-6)
    assert training.epochs == 1
    assert training.losses()[1].train == pytest.approx(expected[-1][2], abs=1e-6)


def test_a_line_is_recovered() -> None:
    x = np.linspace(-3, 3, 100)[:, None]
    settings = TrainingSettings(NetworkSettings(initial="zero"), OptimizerSettings(eta=0.05), epochs=200)
    training = Training(settings, dataset(x, 2 * x + 1))
    losses = list(training.run())
    assert [training.losses()[0].train, *(each.train for each in losses[:5])] == pytest.approx(
        (13.242424, 6.705362, 3.495023, 1.89853, 1.088791, 0.665696), abs=1e-6
    )
    assert training.parameters == pytest.approx((2, 1), abs=1e-8)


@pytest.mark.parametrize(
    ("seed", "w", "b", "loss"),
    [(0, 2.0073, 1.0243, 0.0832), (1, 1.991, 0.9779, 0.065), (2, 1.9889, 0.9975, 0.0811), (3, 1.9965, 0.9815, 0.1023)],
)
def test_a_line_with_noise_is_recovered(seed: int, w: float, b: float, loss: float) -> None:
    x = np.linspace(-3, 3, 100)
    t = 2 * x + 1 + 0.3 * np.random.default_rng(seed).standard_normal(100)
    settings = TrainingSettings(NetworkSettings(initial="zero"), OptimizerSettings(eta=0.05), epochs=200)
    training = Training(settings, dataset(x[:, None], t[:, None]))
    last = list(training.run())[-1]
    assert (*training.parameters, last.train) == pytest.approx((w, b, loss), abs=5.1e-5)


def test_dropout_keeps_the_mean() -> None:
    factors = dropout_factors(seed=0, step=0, units=4, examples=100_000, share=0.5)
    assert set(np.unique(factors)) == {0.0, 2.0}
    means = (factors * np.array([[2.0], [4.0], [6.0], [8.0]])).mean(axis=1)
    assert means == pytest.approx((2, 4, 6, 8), rel=0.02)
    assert not np.array_equal(factors, dropout_factors(seed=0, step=1, units=4, examples=100_000, share=0.5))


SMOOTH = [0.95, 0.70, 0.55, 0.48, 0.46, 0.47, 0.50, 0.56]
BUMPY = [0.80, 0.60, 0.61, 0.55, 0.50, 0.52, 0.54, 0.57]


@pytest.mark.parametrize(
    ("losses", "patience", "end", "best"),
    [(SMOOTH, 1, 6, 5), (SMOOTH, 2, 7, 5), (SMOOTH, 3, 8, 5), (BUMPY, 1, 3, 2), (BUMPY, 2, 7, 5)],
)
def test_early_stopping(losses: list[float], patience: int, end: int, best: int) -> None:
    stops = [epoch for epoch in range(1, 9) if best_epoch(losses[:epoch], patience)]
    assert stops[0] == end
    assert best_epoch(losses[:end], patience) == best


def test_equal_weights_stay_twins() -> None:
    start = [([[0.5, 0.5], [0.5, 0.5]], [0, 0]), ([[1, 1]], [0])]
    step = one_step(start, ([1, 2], [1]), {"activation": "relu"}, 0.01)
    assert step.loss == 4
    assert layer(step, 1, step.gradient)[0] == pytest.approx(np.array([[4, 8], [4, 8]]))
    zeros = one_step([(np.zeros((2, 2)), [0, 0]), ([[0, 0]], [0])], ([1, 2], [1]), {"activation": "relu"}, 0.01)
    assert list(zeros.gradient) == [0] * 8 + [-2]


def test_relu_units_solve_exclusive_or() -> None:
    x = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    settings = TrainingSettings(NetworkSettings((2,), "relu", initial="given"))
    flat = np.array([1.0, 1.0, 0.0, 1.0, 1.0, -1.0, 1.0, -2.0, 0.0])
    training = Training(settings, dataset(x, np.zeros((4, 1))), initial=flat)
    assert list(training.predict(x)[:, 0]) == [0, 1, 1, 0]


def test_slopes_of_the_activations() -> None:
    z = np.array([2.0, 5.0, 10.0])
    sigmoid, tanh = ACTIVATIONS["sigmoid"], ACTIVATIONS["tanh"]
    assert sigmoid.slope(z, sigmoid.value(z)) == pytest.approx((0.10499359, 0.00664806, 4.539581e-5), abs=1e-8)
    assert tanh.slope(z, tanh.value(z))[0] == pytest.approx(0.07065082, abs=1e-8)
    kink = np.array([0.0])
    assert ACTIVATIONS["relu"].slope(kink, kink)[0] == 0
