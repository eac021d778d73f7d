"""The additional worked examples (course part G), replayed by the engine to the digits printed there.

G1 to G5, G22 and G23 are in test_worked_networks, G17 is in test_worked_batches, G26 in test_pipeline. G24, G25 and G27
stand for what B3.3, B3.7 and B4.6 calculate.
"""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from printed import check, descent, one_step

from tutor.engine.descent import Descent
from tutor.engine.regularization import best_epoch, dropout_factors, shorten
from tutor.engine.settings import OptimizerSettings


def taken(run: Descent, steps: int) -> list[dict[str, float]]:
    """Take steps of a run with one parameter, and return the numbers of each."""
    rows = []
    for _ in range(steps):
        step = run.step()
        assert step is not None
        after = float(run.parameters[0])
        rows.append({"g": float(step.gradient[0]), **step.state(0), "w": after, "loss": run.loss})
    return rows


def rows_of(rule: OptimizerSettings, columns: str, steps: int) -> list[list[float]]:
    """Return the columns of a table of (w − 3)², start 0, under a rule."""
    run = one_step('L = "(w - 3)^2"', "w = 0")
    run.change(rule)
    return [[row[name] for name in columns.split()] for row in taken(run, steps)]


# -- G6 to G12: rules


def test_g6_momentum() -> None:
    check(
        rows_of(OptimizerSettings("momentum", 0.1, beta=0.9), "g v w loss", 5),
        """-6 -6 3/5 5.76  -24/5 -51/5 81/50 1.9044  -69/25 -597/50 1407/500 0.034596
        -93/250 -5559/500 19629/5000 0.857106  4629/2500 -40773/5000 237063/50000 3.031986""",
    )
    plain = rows_of(OptimizerSettings("sgd", 0.1), "w", 5)
    check(plain[-1], "2.01696")


def test_g7_nesterov_goes_through_the_look_ahead_points() -> None:
    rows = rows_of(OptimizerSettings("nesterov", 0.1, beta=0.9), "g w", 5)
    check(rows[:4], "-6 1.14 -3.72 2.3328 -1.3344 3.325056 0.650112 3.974469")
    check(rows[4][:1], "1.948938")
    v = w = 0.0
    for (gradient, ahead), printed in zip(rows, ("0.6", "1.512", "2.46624", "3.260045", "3.779575"), strict=True):
        v = 0.9 * v - 0.1 * gradient  # the look-ahead form, from the same gradients
        w += v
        check([w], printed)
        assert ahead == pytest.approx(w + 0.9 * v, rel=1e-12)


def test_g8_rmsprop() -> None:
    rows = rows_of(OptimizerSettings("rmsprop", 0.1, rho=0.9, epsilon=1e-8), "g v w loss", 3)
    check(
        rows,
        """-6 3.6 0.31622776 7.20263341  -5.36754447 6.12105337 0.53317922 6.08520476
        -4.93364156 7.94302993 0.70823421 5.25219044""",
    )
    check([row[1] ** 0.5 for row in rows], "1.8973666 2.47407627 2.81833815")


def test_g9_adam() -> None:
    check(
        rows_of(OptimizerSettings("adam", 0.1), "g m v mhat vhat w loss", 3),
        """-6 -0.6 0.036 -6 36 0.1 8.41
        -5.8 -1.12 0.069604 -5.89473684 34.81940971 0.19989729 7.84057517
        -5.60020541 -1.56802054 0.1008967 -5.78605366 33.6658869 0.29961848 7.29206037""",
    )


@pytest.mark.parametrize(
    ("loss", "rule", "gradients", "places"),
    [
        ("0.5*w", "adam", "0.5 0.5 0.5", "1.9 1.8 1.70000001"),
        ("0.5*w + 0.05*w^2", "adam", "0.7 0.69 0.68000401", "1.9 1.80004009 1.70014771"),
        ("0.5*w", "adamw", "0.5 0.5 0.5", "1.88 1.7612 1.64358801"),
    ],
)
def test_g10_adamw_and_adam_with_l2(loss: str, rule: str, gradients: str, places: str) -> None:
    run = one_step(f'L = "{loss}"', "w = 2")
    run.change(OptimizerSettings(rule, 0.1, weight_decay=0.1))
    rows = taken(run, 3)
    check([row["g"] for row in rows], gradients)
    check([row["w"] for row in rows], places)


def test_g11_l2_regularisation() -> None:
    run = one_step('fit = "(w - 3)^2"\npenalty = "0.5*w^2"\nJ = "fit + penalty"', "w = 0", "[update]\neta = 0.1")
    rows = taken(run, 4)
    check([[row["g"], row["w"]] for row in rows], "-6 0.6 -21/5 1.02 -147/50 1.314 -1029/500 1.5198")
    check([run.function.gradient(np.array([2.0]))[0], run.function.value(np.array([2.0]))], "0 3")


def test_g12_clipping() -> None:
    gradient = np.array([3.0, 4.0])
    shorten(gradient, 1.0)
    check(gradient, "3/5 4/5")
    batch = np.array([2064.0, 316.0, 1636.0, 632.0, 68.0])
    shorten(batch, 100.0)
    check(batch, "75.667389 11.584736 59.976671 23.169472 2.492918")
    run = one_step('f = "3*x + 4*y"', "x = 0\ny = 0")
    run.change(OptimizerSettings("sgd", 1.0, clip=1.0))
    run.step()
    check(run.parameters, "-3/5 -4/5")


# -- G13 and G14: chains


def chain(formula: str, layers: int, start: str = "0") -> list[float]:
    """Return the derivative of each layer by the start; in a formula, a is the layer before."""
    steps = "\n".join(f'a{layer} = "{formula.replace("a", f"a{layer - 1}")}"' for layer in range(1, layers + 1))
    found = []
    for layer in range(1, layers + 1):
        run = descent(f'objective = "a{layer}"\n[parameters]\na0 = {start}\n[steps]\n{steps}')
        found.append(float(run.function.gradient(run.parameters)[0]))
    return found


def test_g13_vanishing_gradient() -> None:
    check(
        chain("1/(1 + e^(-a))", 10),
        """0.25 5.875093e-2 1.335209e-2 3.008129e-3 6.763392e-4 1.519966e-4 3.415531e-5 7.674898e-6 1.724586e-6
        3.875220e-7""",
    )
    steepest = chain("1/(1 + e^(-a)) - 0.5", 20)
    check([steepest[4], steepest[9], steepest[19]], "0.0009765625 9.53674316e-7 9.0949470e-13")
    check(chain("1/(1 + e^(-4*a)) - 0.5", 10)[-1:], "1")
    tanh = one_step('f = "tanh(z)"', "z = 2")
    slope = tanh.function.gradient(tanh.parameters)[0]
    check([slope, slope**10], "0.07065082 3.098649e-12")


def test_g14_exploding_gradient() -> None:
    check([chain("1.5*a", 10, "1")[-1], chain("2*a", 10, "1")[-1]], "59049/1024 1024")
    check(chain("1/(1 + e^(-8*a)) - 0.5", 10)[-1:], "1024")
    squares = [chain("a^2", 5, start)[-1] for start in ("0.9", "1", "1.1", "2")]
    check(squares, "1.2208654 32 614.21896 6.8719477e10")


def test_g14_a_hundred_layers() -> None:
    for factor, printed in (("1.1", "13780.612"), ("0.9", "2.6561399e-5")):
        steps = "\n".join(f'a{layer} = "{factor}*a{layer - 1}"' for layer in range(1, 101))
        run = one_step(steps, "a0 = 1")
        check(run.function.gradient(run.parameters), printed)


# -- G15, G16, G20, G24, G28: landscapes


@pytest.mark.parametrize(
    ("eta", "places"),
    [
        (0.01, "2.94 2.8812 2.823576 2.767104 2.711762"),
        (0.1, "2.4 1.92 1.536 1.2288 0.98304"),
        (0.3, "1.2 0.48 0.192 0.0768 0.03072"),
        (0.5, "0 0 0 0 0"),
        (0.9, "-2.4 1.92 -1.536 1.2288 -0.98304"),
        (1.0, "-3 3 -3 3 -3"),
        (1.1, "-3.6 4.32 -5.184 6.2208 -7.46496"),
    ],
)
def test_g15_learning_rates_on_a_parabola(eta: float, places: str) -> None:
    run = one_step('f = "x^2"', "x = 3")
    run.change(OptimizerSettings("sgd", eta))
    check([row["w"] for row in taken(run, 5)], places)


@pytest.mark.parametrize(
    ("eta", "printed"),
    [
        (0.1, "17 8.64 4.7232 2.732544"),
        (1 / 4, "17 2.25 0.5625 0.140625"),
        (1 / 3, "17 1.888889 0.209877 0.023320"),
        (2 / 5, "17 3.24 1.0512 0.373824"),
        (1 / 2, "17 8 8 8"),
        (3 / 5, "17 16.04 30.7472 60.236864"),
    ],
)
def test_g16_two_curvatures(eta: float, printed: str) -> None:
    run = one_step('f = "x1^2 + 2*x2^2"', "x1 = 3\nx2 = 2")
    run.change(OptimizerSettings("sgd", eta))
    list(run.run(3))
    check([losses.train for losses in run.losses()], printed)


def test_g20_saddle() -> None:
    run = one_step('f = "x^2 - y^2"', "x = 1\ny = 0.001", "[update]\neta = 0.1")
    list(run.run(40))
    path = run.path()
    f = [losses.train for losses in run.losses()]
    rows = {
        0: "1 0.001 0.999999", 1: "0.8 0.0012 0.639999", 2: "0.64 0.00144 0.409598", 5: "0.32768 0.002488 0.107368",
        10: "0.107374 0.006192 0.011491", 20: "0.011529 0.038338 -0.001337", 30: "0.001238 0.237376 -0.056346",
        37: "0.00026 0.850562 -0.723456", 38: "0.000208 1.020675 -1.041777", 40: "0.000133 1.469772 -2.160228",
    }  # fmt: skip
    for step, printed in rows.items():
        check([*path[step], f[step]], printed)
    ridge = Descent(run.function, OptimizerSettings("sgd", 0.1), start=np.array([1.0, 0.0]))
    list(ridge.run(200))
    assert abs(ridge.parameters[0]) < 1e-15
    assert ridge.parameters[1] == 0


def test_g24_nested_function() -> None:
    run = one_step('u = "2*x1 + x2"\nv = "u^2 + 3*x2^2"\nf = "v^3"', "x1 = 0.5\nx2 = 0", "[update]\neta = 0.01")
    step = run.step()
    assert step is not None
    at = step.evaluation
    check([at.steps["u"][0], at.steps["v"][0], at.value, *step.gradient], "1 1 1 12 6")
    check([*run.parameters, run.loss], "0.38 -0.06 0.125601")


def test_g28_flat_region() -> None:
    run = one_step('f = "x^4"', "x = 1")
    slopes = [run.function.gradient(np.array([x]))[0] for x in (1.0, 0.1, 0.01)]
    check([*slopes, *(0.1 * slope for slope in slopes)], "4 0.004 0.000004 0.4 0.0004 0.0000004")


# -- G18, G19: dropout, early stopping


def test_g18_dropout() -> None:
    a = np.array([2.0, 4.0, 6.0, 8.0])
    dropped = np.array([a * mask / 0.5 for mask in product((0, 1), repeat=4)])
    check(dropped.mean(axis=0), "2 4 6 8")
    check(dropped.var(axis=0), "4 16 36 64")
    drawn = {tuple(row) for row in dropout_factors(seed=1, step=3, units=4, examples=400, share=0.5).T}
    assert drawn == set(product((0.0, 2.0), repeat=4))
    check(a * np.array([2.0, 0.0, 2.0, 0.0]), "4 0 12 0")


@pytest.mark.parametrize(
    ("losses", "patience", "stopped_after", "best"),
    [
        ("0.95 0.70 0.55 0.48 0.46 0.47 0.50 0.56", 1, 6, 5),
        ("0.95 0.70 0.55 0.48 0.46 0.47 0.50 0.56", 2, 7, 5),
        ("0.95 0.70 0.55 0.48 0.46 0.47 0.50 0.56", 3, 8, 5),
        ("0.80 0.60 0.61 0.55 0.50 0.52 0.54 0.57", 1, 3, 2),
        ("0.80 0.60 0.61 0.55 0.50 0.52 0.54 0.57", 2, 7, 5),
    ],
)
def test_g19_early_stopping(losses: str, patience: int, stopped_after: int, best: int) -> None:
    values = [float(loss) for loss in losses.split()]
    found = [best_epoch(values[:epoch], patience) for epoch in range(1, len(values) + 1)]
    assert found[: stopped_after - 1] == [None] * (stopped_after - 1)
    assert found[stopped_after - 1] == best


# -- G21, G25 to G27, G29: checks by hand


def test_g21_numerical_gradient_check() -> None:
    cube = one_step('f = "x^3"', "x = 2").function

    def differences(h: float) -> tuple[float, float]:
        middle, above, below = (cube.value(np.array([2 + move])) for move in (0, h, -h))
        return abs((above - middle) / h - 12), abs((above - below) / (2 * h) - 12)

    check(cube.gradient(np.array([2.0])), "12")
    for power, printed in ((1, "6.100e-1 1.000e-2"), (2, "6.010e-2 1.000e-4"), (3, "6.001e-3 1.000e-6")):
        check(differences(10.0**-power), printed)
    central = {power: differences(10.0**-power)[1] for power in range(1, 14)}
    assert min(central, key=central.__getitem__) in {5, 6}
    assert central[13] > 1e-3


def test_g25_no_error_and_the_wrong_rule() -> None:
    run = descent(
        """
        [parameters]\nw1 = 0\nw2 = "27/11"\nw3 = "7/11"\nw4 = 1\nw5 = "39/11"
        [steps]\ny = "w3*(x1 + w1*x2)^2 + w4*w2*x1*x2 + w5"\nE = "(t - y)^2"
        [examples]\nx1 = [3, 1, 2, 0, 0, 5, 4]\nx2 = [2, 4, 1, 0, 5, 0, 3]\nt = [24, 14, 11, 0, 15, 50, 41]
        """
    )
    check(run.function.evaluate(run.parameters).steps["y"], "24 14 11 39/11 39/11 214/11 475/11")


def test_g27_shared_products() -> None:
    run = one_step('s1 = "2*x"\ns2 = "3*s1"\ns3 = "5*s2"\ns4 = "7*s3"', "x = 1")
    totals = run.function.evaluate(run.parameters).totals
    check([totals[name][0] for name in ("s3", "s2", "s1", "x")], "7 35 105 210")


def test_g29_nudging_a_weight() -> None:
    nudge = one_step('E = "16*w^4 + 96*w^3 + 120*w^2 - 72*w + 9"', "w = 1").function
    at = nudge.value(np.array([1.0]))
    check([at, nudge.gradient(np.array([1.0]))[0]], "169 520")
    changes = [nudge.value(np.array([1 + move])) - at for move in (0.001, 0.01, -0.01)]
    check(changes, "0.52050416 5.25056016 -5.14975984")
