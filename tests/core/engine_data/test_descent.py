"""Stepping down a problem: forwards, back, from the start again, with other settings; and how it ends."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from printed import check, descent, one_step

from tutor.engine.descent import Descent, optimizer_of
from tutor.engine.error import EngineError
from tutor.engine.settings import RULES, OptimizerSettings, ScheduleSettings
from tutor.mathematics.problem import read_problem

BOWL = '[parameters]\nx1 = 3\nx2 = 2\n[steps]\nf = "x1^2 + 2*x2^2"\n[update]\neta = 0.1'
BATCH = """
[parameters]\nw = 0\nb = 0
[steps]\nL = "(w*x + b - t)^2"
[examples]\nx = [1, 2, 3, 4, 5]\nt = [3, 5, 7, 9, 11]
[update]\neta = 0.01\nbatch_size = 2
"""


def test_a_step_tells_what_it_did() -> None:
    run = descent(BOWL)
    for _ in range(3):
        run.step()
    taken = run.step()
    assert taken is not None
    assert taken.sentence == ("gradient (3.072, 1.728) → x1 1.536 − 0.1·3.072 = 1.2288; x2 0.432 − 0.1·1.728 = 0.2592")
    assert (taken.number, taken.epoch, taken.eta, taken.loss) == (4, 4, 0.1, pytest.approx(2.732544))
    assert [move.parameter for move in taken.moves] == ["x1", "x2"]
    assert np.array_equal(taken.update, taken.parameters_after - taken.parameters_before)


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        (OptimizerSettings("sgd", 0.1), "gradient −6 → w 0 − 0.1·(−6) = 0.6"),
        (OptimizerSettings("momentum", 0.1), "gradient −6 → w 0 − 0.1·(−6) = 0.6"),
        (OptimizerSettings("nesterov", 0.1), "gradient −6 → w 0 − 0.1·(−6 + 0.9·(−6)) = 1.14"),
        (OptimizerSettings("rmsprop", 0.1), "gradient −6 → w 0 − 0.1·(−6)/(√3.6 + 10⁻⁸) ≈ 0.316228"),
        (OptimizerSettings("adam", 0.1), "gradient −6 → w 0 − 0.1·(−6)/(√36 + 10⁻⁸) ≈ 0.1"),
        (OptimizerSettings("adamw", 0.1), "gradient −6 → w 0 − 0.1·(−6)/(√36 + 10⁻⁸) − 0.1·0.01·0 ≈ 0.1"),
        (OptimizerSettings("sgd", 0.1, clip=3), "gradient −6, shortened to gradient −3 → w 0 − 0.1·(−3) = 0.3"),
        (OptimizerSettings("sgd", 1 / 3), "gradient −6 → w 0 − 0.333333·(−6) ≈ 2"),
    ],
    ids=lambda value: getattr(value, "rule", None),
)
def test_every_rule_is_written_out(rule: OptimizerSettings, sentence: str) -> None:
    run = one_step('L = "(w - 3)^2"', "w = 0")
    run.change(rule)
    taken = run.step()
    assert taken is not None
    assert taken.sentence == sentence


@pytest.mark.parametrize("rule", RULES)
def test_going_back_gives_the_same_numbers(rule: str) -> None:
    run = descent(BATCH, OptimizerSettings(rule, 0.01))
    seen = [run.step() for _ in range(1_100)]
    assert run.losses()[-1].epoch == 366
    for taken in reversed(seen):
        undone = run.back()
        assert taken is not None
        assert undone is not None
        assert undone.number == taken.number == run.steps + 1
        for name in ("parameters_before", "parameters_after", "state_before", "state_after", "batch"):
            assert np.array_equal(getattr(undone, name), getattr(taken, name))
        assert undone.eta == taken.eta
        assert np.array_equal(run.parameters, taken.parameters_before)
        assert np.array_equal(run.optimizer_state, taken.state_before)
    assert run.state == "ready"
    assert run.back() is None
    assert len(run.losses()) == 1
    again = run.step()
    assert seen[0] is not None
    assert again is not None
    assert np.array_equal(again.parameters_after, seen[0].parameters_after)


MOVES = st.lists(
    st.sampled_from(["step", "step", "step", "back", "epoch", "reset", "momentum", "adam", "slow"]), max_size=40
)


@settings(max_examples=40, deadline=None)
@given(MOVES)
def test_however_one_got_there_the_numbers_are_those_of_the_way_forward(moves: list[str]) -> None:
    run = descent(BATCH)
    way: list[OptimizerSettings] = []  # the settings of each step taken
    now = run.settings
    changes = {"momentum": OptimizerSettings("momentum", 0.01), "adam": OptimizerSettings("adam", 0.1),
               "slow": OptimizerSettings("sgd", 0.001)}  # fmt: skip
    for move in moves:
        if move == "step":
            way.append(now)
            run.step()
        elif move == "epoch":
            way += [now] * (3 - run.steps % 3)
            run.epoch()
        elif move == "back":
            run.back()
            way = way[:-1]
            now = run.settings
        elif move == "reset":
            run.reset()
            way, now = [], run.settings
        else:
            now = changes[move]
            run.change(now)
        assert run.steps == len(way)
        assert run.settings == now
    fresh = descent(BATCH)
    for taken_with in way:
        if taken_with != fresh.settings:
            fresh.change(taken_with)
        fresh.step()
    path = run.path()
    assert np.array_equal(run.parameters, fresh.parameters)
    assert np.array_equal(path, fresh.path())
    assert len(path) == len(way) + 1
    assert np.array_equal(path[-1], run.parameters)
    assert len(run.losses()) == 1 + len(way) // 3


def test_another_rule_begins_with_an_empty_state() -> None:
    run = descent(BATCH)
    for _ in range(5):
        run.step()
    run.change(OptimizerSettings("adam", 0.1, epsilon=0))
    assert not run.optimizer_state.any()
    taken = run.step()
    assert taken is not None
    assert taken.time == 1
    assert np.allclose(taken.update, -0.1 * np.sign(taken.gradient), rtol=1e-12)  # m̂/√v̂ is g/|g|
    run.change(OptimizerSettings("adam", 0.01, epsilon=0))
    after = run.step()
    assert after is not None
    assert (after.time, after.eta) == (2, 0.01)


def test_batches_come_in_order_and_each_pass_ends_with_a_shorter_one() -> None:
    run = descent(BATCH)
    batches = [taken.batch.tolist() for _ in range(7) if (taken := run.step())]
    assert batches == [[0, 1], [2, 3], [4], [0, 1], [2, 3], [4], [0, 1]]
    assert (run.epochs, run.steps, run.steps_per_epoch) == (2, 7, 3)
    assert descent(BATCH, batch_size=99).steps_per_epoch == 1
    assert descent(BATCH, batch_size=1).steps_per_epoch == 5


def test_a_schedule_changes_the_learning_rate_with_the_passes() -> None:
    schedule = ScheduleSettings("step", decay=0.5, every=1)
    run = descent(BATCH, OptimizerSettings("sgd", 0.08, schedule=schedule))
    etas = [taken.eta for _ in range(7) if (taken := run.step())]
    assert etas == [0.08, 0.08, 0.08, 0.04, 0.04, 0.04, 0.02]


@pytest.mark.parametrize(
    ("start", "eta", "end", "steps"),
    [
        (0.5, 0.01, "1.346997", 171), (0.5, 0.05, "1.346997", 24), (0.5, 0.1, "1.346997", 22),
        (0.5, 0.12, "1.346997", 52), (-0.5, 0.01, "-1.472998", 129), (-0.5, 0.05, "-1.472998", 14),
        (-0.5, 0.1, "-1.472998", 87), (0.1, 0.01, "-1.472998", 171), (0.1, 0.05, "-1.472998", 23),
        (0.2, 0.05, "1.346997", 29), (2.0, 0.05, "1.346997", 21), (-2.0, 0.05, "-1.472998", 12),
    ],
)  # fmt: skip
def test_a_stop_rule_counts_the_steps_to_each_valley(start: float, eta: float, end: str, steps: int) -> None:
    function = one_step('f = "x^4 - 4*x^2 + x + 1"', "x = 0.5").function
    run = Descent(function, OptimizerSettings("sgd", eta), start=np.array([start]))
    list(run.run(1_000, smallest_gradient=1e-9))
    assert run.state == "stopped"
    assert run.steps == steps
    check(run.parameters, end)
    assert run.step() is None
    assert run.back() is not None
    assert run.state == "running"


@pytest.mark.parametrize("start", [0.5, -0.5, 0.1, 0.2, 2.0, -2.0])
def test_too_large_a_step_diverges_with_a_sentence(start: float) -> None:
    function = one_step('f = "x^4 - 4*x^2 + x + 1"', "x = 0.5").function
    run = Descent(function, OptimizerSettings("sgd", 0.25), start=np.array([start]))
    losses = list(run.run(1_000))
    assert run.state == "diverged"
    assert run.divergence is not None
    assert run.divergence.step == run.steps < 100
    assert run.divergence.cause.startswith(f"After step {run.steps} ")
    assert "try η = 0.025" in run.divergence.cause
    assert len(losses) == run.steps
    assert run.step() is None
    assert run.epoch() is None
    with pytest.raises(EngineError, match="diverged"):
        run.change(OptimizerSettings())
    assert run.back() is not None
    assert run.state == "running"
    assert math.isfinite(run.loss)
    assert run.step() is not None
    assert run.state == "diverged"
    run.reset()
    assert run.state == "ready"


@pytest.mark.parametrize(
    ("steps", "start", "eta", "first", "word"),
    [
        ('f = "ln(x)"', "x = 0.5", 1, "f", "“ln(x)” has no value"),
        ('u = "sqrt(x)"\nf = "u^2 + 3*x"', "x = 1", 1, "u", "“sqrt(x)” has no value"),
        ('f = "x^2"', "x = 1", 1e160, "f", "“x^2” is infinite"),
        ('f = "3*x"', "x = 1", 1e308, "x", "x is infinite"),
        ('f = "sqrt(x)"', "x = 0", 1, "∂f/∂x", "∂f/∂x is infinite"),
    ],
)
def test_divergence_names_what_broke_first(steps: str, start: str, eta: float, first: str, word: str) -> None:
    run = one_step(steps, start)
    run.change(OptimizerSettings("sgd", eta))
    run.step()
    assert run.divergence is not None
    assert run.divergence.first == first
    assert word in run.divergence.cause


def test_dividing_by_epsilon_zero_is_told() -> None:
    run = one_step('f = "0*x"', "x = 1")
    run.change(OptimizerSettings("rmsprop", 0.1, epsilon=0))
    run.step()
    assert run.divergence is not None
    assert "ε = 0" in run.divergence.cause


def test_a_start_beyond_all_floats_has_diverged_before_any_step() -> None:
    run = descent('[parameters]\nz = 1000\n[steps]\ns = "exp(z)"\nL = "ln(s)"')
    assert run.state == "diverged"
    assert run.divergence is not None
    assert (run.divergence.step, run.divergence.first) == (0, "s")
    assert run.divergence.cause.startswith("Before any step s = “exp(z)” is infinite")
    assert run.step() is None


def test_what_a_file_says_becomes_settings() -> None:
    text = '[parameters]\nw = 0\n[steps]\nL = "w^2"\n[update]\nrule = "adamw"\neta = 0.2\nbeta1 = 0.8\nbeta2 = 0.7\n'
    problem = read_problem(text + "epsilon = 0.001\nweight_decay = 0.3\nsteps = 2", "p.toml")
    expected = OptimizerSettings("adamw", 0.2, beta1=0.8, beta2=0.7, epsilon=0.001, weight_decay=0.3)
    assert optimizer_of(problem) == expected
    assert optimizer_of(read_problem('[parameters]\nw = 0\n[steps]\nL = "w^2"', "p.toml")) == OptimizerSettings()


def test_a_start_of_another_length_is_refused() -> None:
    function = descent(BOWL).function
    with pytest.raises(EngineError, match="x1, x2"):
        Descent(function, start=np.array([1.0]))


@pytest.mark.parametrize("names", [[], ["x3"], ["x1", "x3"]])
def test_a_picture_over_what_is_no_parameter_is_refused(names: list[str]) -> None:
    function = descent(BOWL).function
    with pytest.raises(EngineError, match="x1, x2"):
        function.on_grid({name: [0.0, 1.0] for name in names}, function.start)
