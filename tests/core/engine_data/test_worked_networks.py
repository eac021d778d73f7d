"""The worked examples of classifiers and networks (course part G), replayed to the digits printed there."""

from __future__ import annotations

import numpy as np
import pytest
from printed import check, dataset, network, one_step

from tutor.engine.losses import loss_for

LN3, LN6 = np.log(3.0), np.log(6.0)


@pytest.mark.parametrize(
    ("y", "printed"),
    [
        (1, "0.2876820725 -4/3 3/16 -1/4 -1/2 -1/4 1.0493061443 0.25 2.3486122887 0.9128238616 0.0912123396"),
        (0, "1.3862943611 4 3/16 3/4 3/2 3/4 -0.9506938557 -0.75 -2.6513877113 0.0659035301 0.0681755593"),
    ],
)
def test_g1_sigmoid_neuron(y: int, printed: str) -> None:
    steps = 'z = "w*x + b"\np = "sigmoid(z)"\nL = "-(y*ln(p) + (1 - y)*ln(1 - p))"'
    run = one_step(steps, 'w = "ln(3)/2"\nb = 0', f"[given]\nx = 2\ny = {y}\n[update]\neta = 1")
    before = run.function.evaluate(run.parameters)
    run.step()
    after = run.function.evaluate(run.parameters)
    p = before.steps["p"][0]
    slopes = [before.totals["p"][0], p * (1 - p), before.totals["z"][0], *before.gradient]
    new = [*run.parameters, after.steps["z"][0], after.steps["p"][0], after.value]
    check([before.value, *slopes, *new], printed)
    training = network(dataset([[2]], [[y]], "binary"), [LN3 / 2, 0], 1, loss="cross-entropy")
    step = training.step()
    assert step is not None
    check([step.loss, *step.gradient], " ".join(np.array(printed.split())[[0, 4, 5]]))
    check([*training.parameters, training.losses()[-1].train], " ".join(np.array(printed.split())[[6, 7, 10]]))


def test_g1_why_not_squared_error_behind_a_sigmoid() -> None:
    crossed = one_step('p = "sigmoid(z)"\nL = "-ln(p)"', 'z = "-ln(999)"')
    squared = one_step('p = "sigmoid(z)"\nL = "(p - 1)^2"', 'z = "-ln(999)"')
    slopes = [run.function.gradient(run.parameters)[0] for run in (crossed, squared)]
    check([*slopes, slopes[0] / slopes[1]], "-999/1000 -998001/500000000 500000/999")


@pytest.mark.parametrize(
    ("true", "printed"),
    [(0, "0.5108256238 -2/5 3/10 1/10"), (1, "1.2039728043 3/5 -7/10 1/10"), (2, "2.3025850930 3/5 3/10 -9/10")],
)
def test_g2_softmax_with_cross_entropy(true: int, printed: str) -> None:
    target = np.eye(3)[true : true + 1]
    loss = loss_for("cross-entropy", "categorical")
    logits = np.array([[LN6, LN3, 0.0]])
    check([loss.value(logits, target), *loss.slope(logits, target)[0]], printed)
    check(loss.prediction(logits), "6/10 3/10 1/10")


def test_g2_one_step_on_the_logits_and_shifted_ones() -> None:
    steps = 's = "exp(z1) + exp(z2) + exp(z3)"\np1 = "exp(z1)/s"\np2 = "exp(z2)/s"\np3 = "exp(z3)/s"\nL = "-ln(p2)"'
    run = one_step(steps, 'z1 = "ln(6)"\nz2 = "ln(3)"\nz3 = 0', "[update]\neta = 1")
    run.step()
    after = run.function.evaluate(run.parameters)
    check(run.parameters, "1.191759 1.798612 -0.1")
    check([*(after.steps[name][0] for name in ("p1", "p2", "p3")), after.value], "0.321602 0.590026 0.088372 0.527588")
    loss = loss_for("cross-entropy", "categorical")
    shifted = np.array([[1000.0, 1001.0, 1002.0]])
    check(loss.prediction(shifted), "0.09003057 0.24472847 0.66524096")
    check([loss.value(shifted, np.eye(3)[:1]) + 1000], "1002.40760596")
    check([loss.value(np.zeros((1, 10)), np.eye(10)[:1])], "2.30258509")


NETWORKS = {
    "G3": (
        {"activation": "relu"}, [[1, 2]], [[0.4]], 0.1,
        [0.5, 0.25, 0, -1, 0.25, 0, 0.8, -0.6, 0.1],
        "1 -1/2", "1 0", "9/10 1/4",
        "4/5 8/5 4/5 0 0 0 1 0 1",
        "0.42 0.09 -0.08 -1 0.25 0 0.7 -0.6 0", "0.364 0.001296",
    ),
    "G4": (
        {"activation": "sigmoid", "loss": "cross-entropy"}, [[1, 0.5]], [[1]], 0.5,
        [0.2, -0.4, 0.1, 0.6, 0.8, -0.2, 0.5, -0.3, 0.05],
        "1/10 4/5", "0.5249791875 0.6899744811", "0.1054972494 0.6417891199",
        """-0.0590584959 -0.0295292480 -0.0590584959 0.0303955061 0.0151977531 0.0303955061
        -0.2486564561 -0.3268064971 -0.4736501219""",
        "0.22952925 -0.38523538 0.12952925 0.58480225 0.79240112 -0.21519775 0.62432823 -0.13659675 0.28682506",
        "0.6298713883 0.4622396260",
    ),
    "G5": (
        {"activation": "tanh"}, [[1, -1]], [[1]], 0.05,
        [0.5, -0.5, 0, 0.25, 0.75, 0.1, 1, -2, 0],
        "1 -2/5", "0.7615941560 -0.3799489623", "1.5214920805 0.2719539900",
        """0.4380265863 -0.4380265863 0.4380265863 -1.7848354027 1.7848354027 -1.7848354027
        0.7943306417 -0.3962807496 1.0429841609""",
        "0.47809867 -0.47809867 -0.02190133 0.33924177 0.66075823 0.18924177 0.96028347 -1.98018596 -0.05214921",
        "0.9117568741 0.0077868493",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", NETWORKS)
def test_g3_to_g5_networks(name: str) -> None:
    kinds, inputs, targets, eta, start, z, a, output, gradient, after, new = NETWORKS[name]
    data = dataset(inputs, targets, "binary" if "loss" in kinds else "regression")
    run = network(data, start, eta, hidden=(2,), **kinds)
    step = run.step()
    assert step is not None
    check(step.forward.pre_activations[0], z)
    check(step.forward.activations[0], a)
    check([step.forward.outputs[0, 0], step.loss], output)
    check(step.gradient, gradient)
    check(run.parameters, after)
    check([run.predict(data.train_inputs)[0, 0], run.losses()[-1].train], new)


def test_g22_symmetry() -> None:
    data = dataset([[1, 2]], [[1]])
    run = network(data, [0.5, 0.5, 0, 0.5, 0.5, 0, 1, 1, 0], 0.1, hidden=(2,))
    step = run.step()
    assert step is not None
    check([*step.forward.pre_activations[0][0], step.forward.outputs[0, 0], step.loss], "3/2 3/2 3 4")
    check(step.gradient, "4 8 4 4 8 4 6 6 4")
    hidden = run.parameters[:6].reshape(2, 3)
    assert np.array_equal(hidden[0], hidden[1])
    zeros = network(data, [0.0] * 9, 0.1, hidden=(2,)).step()
    assert zeros is not None
    check(zeros.gradient, "0 0 0 0 0 0 0 0 -2")


def test_g23_exclusive_or_by_hand() -> None:
    data = dataset([[0, 0], [0, 1], [1, 0], [1, 1]], [[0], [1], [1], [0]])
    run = network(data, [1, 1, 0, 1, 1, -1, 1, -2, 0], 0.1, hidden=(2,))
    check(run.predict(data.train_inputs), "0 1 1 0")
    check([run.losses()[0].train], "0")
    linear = network(data, [0, 0, 0], 0.5)
    assert list(linear.run(500))[-1].train == pytest.approx(0.25, abs=1e-9)  # no line does better
