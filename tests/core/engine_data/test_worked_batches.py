"""The worked examples of batches and whole runs (course part B5), replayed to the digits printed there."""

from __future__ import annotations

import math

import numpy as np
import pytest
from printed import check, dataset, descent, network, one_step

from tutor.engine.data.named import named_table
from tutor.engine.data.pipeline import PipelineSettings, prepare
from tutor.engine.settings import OptimizerSettings

FIVE = """
[parameters]
w1 = 1
w2 = 2
w3 = 1
w4 = 1
w5 = 0
[steps]
h1 = "(x1 + w1*x2)^2"
h2 = "w2*x1*x2"
y  = "w3*h1 + w4*h2 + w5"
E  = "(t - y)^2"
[examples]
x1 = [3, 1, 2]
x2 = [2, 4, 1]
t  = [24, 14, 11]
[update]
eta = 0.0001
"""


def total(run: object) -> float:
    """Return the sum of the errors of all three examples, however the run reduces them."""
    function = run.function  # type: ignore[attr-defined]  # a Descent
    return float(function.evaluate(run.parameters).steps["E"].sum())  # type: ignore[attr-defined]  # a Descent


def test_b5_2_one_full_batch_step() -> None:
    run = descent(FIVE + 'reduce = "sum"')
    step = run.step()
    assert step is not None
    before = step.evaluation
    check(before.totals["w1"], "520 1520 24")
    check(before.totals["w2"], "156 152 8")
    check(before.totals["w3"], "650 950 36")
    check(before.totals["w4"], "312 304 16")
    check(before.totals["w5"], "26 38 4")
    check(step.gradient, "2064 316 1636 632 68")
    check(run.parameters, "496/625 4921/2500 2091/2500 1171/1250 -17/2500")
    after = run.function.evaluate(run.parameters)
    check(after.steps["h1"], "21.042404 17.425615 7.804201")
    check(after.steps["h2"], "11.8104 7.8736 3.9368")
    check(after.steps["y"], "28.657049 21.943973 10.208628")
    check(before.steps["E"], "169 361 4")
    check(after.steps["E"], "21.688108 63.106710 0.626270")
    check([before.value, after.value], "534 85.42108755")
    norm = math.sqrt(sum(step.gradient**2))
    check([norm**2, norm, 0.0001 * norm**2], "7440496 2727.727259 744.0496")


ONLINE = [
    ("520 156 650 312 26", "0.948 1.9844 0.935 0.9688 -0.0026", "33.945033 29.157999 11.968182", "329.605988"),
    (
        "1086.651463 117.480553 696.154253 240.636261 30.315997",
        "0.83933485 1.97265194 0.86538457 0.94473637 -0.0056316",
        "30.11941 23.879456 10.698217",
        "135.141904",
    ),
    (
        "-2.966062 -1.140421 -4.865838 -2.381249 -0.603566",
        "0.83963146 1.97276599 0.86587116 0.9449745 -0.00557124",
        "30.138393 23.900019 10.704814",
        "135.777377",
    ),
]


def test_b5_3_online() -> None:
    run = descent(FIVE + "batch_size = 1")
    for gradient, weights, predictions, error in ONLINE:
        step = run.step()
        assert step is not None
        check(step.gradient, gradient)
        check(run.parameters, weights)
        check(run.function.evaluate(run.parameters).steps["y"], predictions)
        check([total(run)], error)


@pytest.mark.parametrize(
    ("update", "errors"),
    [
        ('reduce = "sum"', "85.421088"),
        ('reduce = "sum"\nbatch_size = 2', "88.981830 90.126645"),
        ("batch_size = 1", "329.605988 135.141904 135.777377"),
        ("batch_size = 2", "247.354621 245.469139"),
    ],
)
def test_b5_3_one_epoch_of_each_kind(update: str, errors: str) -> None:
    run = descent(FIVE + update)
    found = []
    for _ in range(run.steps_per_epoch):
        run.step()
        found.append(total(run))
    assert run.epochs == 1
    check(found, errors)


@pytest.mark.parametrize(
    ("eta", "errors"),
    [
        (0.0001, "85.4211 38.1929 22.6973 13.4436 10.1272"),
        (0.0002, "14.4324 11.0665 9.9143 9.11791 8.01935"),
        (0.0003, "103.675 39.0068 14.1756 7.03119 6.14824"),
        (0.0004, "236.801 100.892 32.1012 5.5892 4.95398"),
        (0.0005, "361.588 171.766 65.2671 7.6989 5.00067"),
        (0.001, "877.944 244.608 47.5482 12.5701 12.3311"),
    ],
)
def test_b5_3_learning_rates(eta: float, errors: str) -> None:
    run = descent(FIVE + 'reduce = "sum"', OptimizerSettings("sgd", eta))
    losses = [found.train for found in run.run(10)]
    check([losses[epoch - 1] for epoch in (1, 2, 3, 5, 10)], errors)


def test_b5_3_too_large_a_learning_rate_overflows() -> None:
    run = descent(FIVE + 'reduce = "sum"', OptimizerSettings("sgd", 0.002))
    losses = [found.train for found in run.run(30)]
    assert losses[0] == pytest.approx(103043, abs=0.5)
    assert losses[1] == pytest.approx(3.997e16, rel=2e-4)
    assert losses[2] == pytest.approx(4.982e74, rel=2e-4)
    assert run.state == "diverged"
    assert run.divergence is not None
    assert run.divergence.step == run.steps == 4


def test_b5_4_every_rule_moves_a_parameter_against_its_gradient() -> None:
    for rule in ("sgd", "momentum", "nesterov", "rmsprop", "adam", "adamw"):
        run = one_step('L = "(w - 3)^2"', "w = 0")
        run.change(OptimizerSettings(rule, 0.1))
        step = run.step()
        assert step is not None
        assert step.gradient[0] == -6
        assert run.parameters[0] > 0


def test_b5_5_gradients_that_are_never_cleared() -> None:
    run = one_step('L = "(w - 3)^2"', "w = 0")
    run.change(OptimizerSettings("momentum", 0.1, beta=1.0))
    places = [run.parameters[0] for _ in range(8) if run.step()]
    check(places, "0.6 1.68 3.024 4.3632 5.42976 6.010368 5.988902 5.369656")


def test_b5_5_one_forgotten_clearing_doubles_the_step() -> None:
    run = one_step('L = "(w - 3)^2"', "w = 0")
    gradient = run.function.gradient(run.parameters)
    check([gradient[0], gradient[0] * 2, -0.1 * gradient[0] * 2, -0.1 * gradient[0]], "-6 -12 1.2 0.6")


LINE = [
    ("0.612121", "0.1", "6.705362"),
    ("1.036896", "0.19", "3.495023"),
    ("1.331664", "0.271", "1.89853"),
    ("1.536216", "0.3439", "1.088791"),
    ("1.678162", "0.40951", "0.665696"),
]
WHOLE = PipelineSettings(validation_share=0, test_share=0, scale=False, drop_copies=False)


def test_b5_6_the_line_without_noise() -> None:
    data = prepare(named_table("line", noise=0.0), WHOLE).dataset
    run = network(data, [0, 0], 0.05)
    check([run.losses()[0].train], "13.242424")
    for w, b, loss in LINE:
        run.step()
        check([*run.parameters, run.losses()[-1].train], f"{w} {b} {loss}")


def test_b5_6_distances_shrink_by_their_factors() -> None:
    data = prepare(named_table("line", noise=0.0), WHOLE).dataset
    run = network(data, [0, 0], 0.05)
    run.step()
    w, b = run.parameters
    check([(w - 2) / (0 - 2), (b - 1) / (0 - 1)], "229/330 9/10")
    check([np.mean(data.train_inputs), np.mean(data.train_inputs**2)], "0 101/33")


@pytest.mark.parametrize(
    ("seed", "printed"),
    [
        (0, "2.0073 1.0243 0.0832"),
        (1, "1.991 0.9779 0.065"),
        (2, "1.9889 0.9975 0.0811"),
        (3, "1.9965 0.9815 0.1023"),
        (4, "2.0017 0.981 0.0922"),
    ],
)
def test_b5_6_the_line_with_noise(seed: int, printed: str) -> None:
    run = network(prepare(named_table("line", seed=seed), WHOLE).dataset, [0, 0], 0.05)
    losses = list(run.run(200))
    check([*run.parameters, losses[-1].train], printed)


def test_b5_6_beyond_the_largest_stable_learning_rate() -> None:
    data = prepare(named_table("line", noise=0.0), WHOLE).dataset
    stable, unstable = network(data, [0, 0], 33 / 101 - 1e-3), network(data, [0, 0], 33 / 101 + 1e-3)
    first = stable.losses()[0].train
    assert list(stable.run(500))[-1].train < first / 10
    assert list(unstable.run(500))[-1].train > first


def test_g17_batch_stochastic_and_mini_batch_on_a_line() -> None:
    data = dataset([[1], [2], [3], [4]], [[3], [5], [7], [9]])
    rows = {
        None: [("-35 -12", "0.7 0.24", "18.1926")],
        1: [
            ("-6 -6", "0.12 0.12", "35.5544"),
            ("-464/25 -232/25", "0.4912 0.3056", "22.794326"),
            ("-19578/625 -6526/625", "1.117696 0.514432", "8.216322"),
            ("-501848/15625 -125462/15625", "1.760061 0.675023", "0.927261"),
        ],
        2: [("-13 -8", "0.26 0.16", "30.7206"), ("-2469/50 -693/50", "1.2476 0.4372", "6.679791")],
    }
    for size, steps in rows.items():
        run = network(data, [0, 0], 0.02, batch_size=size)
        check([run.losses()[0].train], "41")
        for gradient, weights, loss in steps:
            step = run.step()
            assert step is not None
            check(step.gradient, gradient)
            check(run.parameters, weights)
            errors = run.predict(data.train_inputs) - data.train_targets
            check([float(np.mean(errors**2))], loss)
