"""Runs of a lab: forwards, back and with changes on the way, always the same numbers; and steps worked by hand."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tutor.engine.data.table import Dataset
from tutor.engine.error import EngineError
from tutor.engine.settings import RULES, NetworkSettings, OptimizerSettings, TrainingSettings
from tutor.lab.bench import Bench
from tutor.lab.by_hand import hand_table
from tutor.lab.knobs import KNOBS, knob
from tutor.lab.material import Workshop
from tutor.lab.pictures import _thinned
from tutor.lab.presets import PRESETS
from tutor.lab.run import Run
from tutor.lab.settings import (
    DataSubject,
    FunctionSubject,
    Lab,
    LabSettings,
    PointsSubject,
    ProblemSubject,
    StopRule,
)
from tutor.lab.windows import lowest_near, window
from tutor.mathematics.derivation import derive
from tutor.mathematics.problem import read_problem
from tutor.mathematics.values.decimal import float_of

WORKSHOP = Workshop(derive)
BOWL = FunctionSubject("x1^2 + 2*x2^2", (("x1", Fraction(3)), ("x2", Fraction(2))))
LINE = """
[given]
[parameters]
w = 0
b = 0
[steps]
y = "w*x + b"
E = "(y - t)^2"
[examples]
x = [1, 2, 3, 4]
t = [3, 5, 7, 9]
[update]
rule = "sgd"
eta = 0.01
"""


def trained(rule: str, **changes: object) -> TrainingSettings:
    network = NetworkSettings((2,), loss="cross-entropy")
    settings = TrainingSettings(network, OptimizerSettings(rule, 0.05), batch_size=3)
    return replace(settings, **changes)  # type: ignore[arg-type]  # the fields of the settings


def run_of(one: LabSettings) -> Run:
    return Run(one, WORKSHOP.material(one))


def starts() -> list[LabSettings]:
    problem = ProblemSubject(read_problem(LINE, "line.toml"), "00")
    return [
        LabSettings(BOWL, TrainingSettings(optimizer=OptimizerSettings("momentum", 0.05))),
        LabSettings(problem, TrainingSettings(optimizer=OptimizerSettings("adam", 0.05), batch_size=3)),
        LabSettings(DataSubject("gauss"), trained("adam", dropout=0.5)),
    ]


# -- forwards and back


def do(run: Run, action: str) -> None:
    match action:
        case "step":
            run.step()
        case "epoch":
            run.epoch()
        case "eta":
            run.change(knob("η").turned(run.settings, 1))
        case "rule":
            rule = knob("rule")
            run.change(rule.turned_to(run.settings, "rmsprop" if rule.value(run.settings) == "adam" else "adam"))
        case "batch":
            run.change(knob("batch").turned_to(run.settings, 2 if run.settings.training.batch_size != 2 else 5))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    place=st.integers(0, 2),
    actions=st.lists(st.sampled_from(["step", "step", "step", "epoch", "eta", "rule", "batch"]), max_size=12),
)
def test_every_step_can_be_taken_back_to_exactly_the_same_numbers(place: int, actions: list[str]) -> None:
    run = run_of(starts()[place])
    seen: dict[int, tuple[list[float], float]] = {0: (run.parameters.tolist(), run.loss)}
    for action in actions:
        if action == "epoch" and place == 2:
            action = "step"  # noqa: PLW2901 - an epoch of the network has more steps than a test should go back
        do(run, action)
        if action in {"step", "epoch"}:
            seen[run.steps] = run.parameters.tolist(), run.loss
    final = run.parameters.tolist()
    steps = run.steps
    while run.steps:
        if run.steps in seen:
            assert (run.parameters.tolist(), run.loss) == seen[run.steps]
        assert run.back()
    assert (run.parameters.tolist(), run.loss) == seen[0]
    assert not run.back()
    run = run_of(starts()[place])
    for action in actions:
        do(run, "step" if action == "epoch" and place == 2 else action)
    assert (run.steps, run.parameters.tolist()) == (steps, final)


def test_a_thousand_steps_are_taken_back_one_by_one() -> None:
    run = run_of(starts()[2])
    points = [run.parameters.tolist()]
    for _ in range(1000):
        run.step()
        points.append(run.parameters.tolist())
    for expected in reversed(points[:-1]):
        assert run.back()
        assert run.parameters.tolist() == expected


def test_a_reset_goes_to_the_same_start_with_the_settings_of_now() -> None:
    run = run_of(LabSettings(BOWL, TrainingSettings(optimizer=OptimizerSettings(eta=0.1))))
    run.step()
    run.change(knob("η").turned_to(run.settings, 0.2))
    run.step()
    run.reset()
    assert (run.steps, run.parameters.tolist()) == (0, [3, 2])
    run.step()
    assert run.parameters.tolist() == pytest.approx([3 - 0.2 * 6, 2 - 0.2 * 8])


def test_the_path_and_the_losses_go_with_the_steps() -> None:
    run = run_of(LabSettings(BOWL, TrainingSettings(optimizer=OptimizerSettings(eta=0.1))))
    for _ in range(3):
        run.step()
    assert np.allclose(run.visited(), [(3, 2), (2.4, 1.2), (1.92, 0.72), (1.536, 0.432)], rtol=1e-14)
    assert np.allclose(list(run.losses), [17, 8.64, 4.7232, 2.732544], rtol=1e-14)
    run.back()
    assert len(run.visited()) == len(run.losses) == 3
    assert run.last is not None
    assert run.last.number == 2


def test_a_run_that_diverges_says_why_and_comes_back() -> None:
    run = run_of(LabSettings(BOWL, TrainingSettings(optimizer=OptimizerSettings(eta=5.0))))
    while run.step():
        pass
    assert "η" in run.trouble
    assert not run.goes_on
    with pytest.raises(EngineError):
        run.change(knob("η").turned_to(run.settings, 0.1))
    run.back()
    assert run.goes_on
    assert not run.trouble


@pytest.mark.parametrize(
    ("rule", "steps"),
    [(StopRule("steps", 7), 7), (StopRule("loss", 1.1), 5), (StopRule("gradient", 0.1), 19), (StopRule(), 50)],
)
def test_a_stop_rule_ends_the_run_where_it_says(rule: StopRule, steps: int) -> None:
    one = LabSettings(BOWL, TrainingSettings(optimizer=OptimizerSettings(eta=0.1)), rule)
    bench = Bench(Lab((one,)), WORKSHOP)
    bench.advance(50, lambda: False)
    assert bench.run.steps == steps
    assert bool(bench.run.reached) == (rule.kind != "never")


# -- the bench


@pytest.mark.parametrize("name", PRESETS)
def test_every_ready_lab_learns_something(name: str) -> None:
    bench = Bench(PRESETS[name], WORKSHOP)
    before = [run.loss for run in bench.runs]
    bench.advance(100, lambda: False)
    assert all(run.loss < start for run, start in zip(bench.runs, before, strict=True))
    bench.reset()
    assert [run.loss for run in bench.runs] == before
    labels = [bench.label(run) for run in bench.runs]
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("each", KNOBS, ids=lambda each: each.symbol)
def test_every_knob_can_be_turned_in_the_middle_of_a_run(each: object) -> None:
    chosen = knob(getattr(each, "symbol", ""))
    one = LabSettings(DataSubject("gauss"), trained("adamw" if chosen.symbol in {"λ", "β1", "β2"} else "momentum"))
    if chosen.symbol == "ρ":
        one = knob("rule").turned_to(one, "rmsprop")
    bench = Bench(Lab((one,)), WORKSHOP)
    bench.step()
    bench.step()
    before = bench.run.parameters
    bench.turn(chosen, 1)
    bench.turn(chosen, -1)
    bench.turn(chosen, -1)
    assert not bench.said or bench.said.startswith("The run begins anew")
    assert bench.run.steps == (0 if chosen.restarts else 2)
    if not chosen.restarts:
        assert np.array_equal(bench.run.parameters, before)
    bench.step()
    assert bench.run.steps in {1, 3}


def test_another_run_begins_at_the_same_start() -> None:
    bench = Bench(PRESETS["xor"], WORKSHOP)
    bench.advance(5, lambda: False)
    bench.add_run()
    assert [run.steps for run in bench.runs] == [0, 0]
    assert np.array_equal(bench.runs[0].parameters, bench.runs[1].parameters)
    bench.add_run()
    bench.add_run()
    assert len(bench.runs) == 3
    assert "room for 3" in bench.said
    bench.new_seed()
    starts_now = [run.parameters.tolist() for run in bench.runs]
    assert starts_now[0] == starts_now[1] == starts_now[2]
    for _ in range(4):
        bench.drop_run()
    assert len(bench.runs) == 1


def test_a_network_for_numbers_gets_a_loss_for_numbers() -> None:
    bench = Bench(PRESETS["xor"], WORKSHOP)
    bench.type_value(knob("data"), "plane")
    assert bench.settings.training.network.loss == "mse"
    with pytest.raises(EngineError):
        bench.type_value(knob("loss"), "cross-entropy")
    bench.turn(knob("loss"), 5)
    bench.step()
    assert bench.run.steps == 1


# -- by hand


@pytest.mark.parametrize("rule", RULES)
def test_the_table_of_a_step_has_the_numbers_of_the_run(rule: str) -> None:
    run = run_of(LabSettings(BOWL, TrainingSettings(optimizer=OptimizerSettings(rule, 0.05))))
    for number in range(1, 6):
        run.step()
        table = hand_table(run)
        assert table.step == number
        derivation = derive(table.problem)
        found = [float_of(derivation.value(f"{name}@1")) for name in run.names]
        assert found == pytest.approx(run.parameters.tolist(), rel=1e-4)


@pytest.mark.parametrize("rule", RULES)
def test_the_table_of_a_network_has_the_numbers_of_the_run(rule: str) -> None:
    one = LabSettings(DataSubject("four-points", test_share=0), trained(rule, network=NetworkSettings(), batch_size=2))
    run = run_of(one)
    for _ in range(4):
        run.step()
        problem = hand_table(run).problem
        derivation = derive(problem)
        found = [float_of(derivation.value(f"{name}@1")) for name in problem.parameters]
        assert found == pytest.approx(run.parameters.tolist(), rel=2e-3)


def test_the_next_step_is_shown_before_it_is_taken() -> None:
    run = run_of(starts()[0])
    run.step()
    before = run.parameters.tolist()
    table = hand_table(run, is_next=True)
    assert (run.steps, run.parameters.tolist()) == (1, before)
    run.step()
    derivation = derive(table.problem)
    found = [float_of(derivation.value(f"{name}@1")) for name in run.names]
    assert found == pytest.approx(run.parameters.tolist(), rel=1e-4)


def test_typed_points_are_taken_as_they_are_and_a_line_fits_them() -> None:
    points = [(1, 2), (2, 4), (3, 9), (2, 4)]
    subject = PointsSubject(";".join(f" {x} {y}" for x, y in points))
    run = Run(
        lab := LabSettings(subject, TrainingSettings(optimizer=OptimizerSettings("adam", 0.1))), WORKSHOP.material(lab)
    )
    assert isinstance(run.material, Dataset)
    assert np.array_equal(run.material.train_inputs[:, 0], [x for x, _ in points])
    assert np.array_equal(run.material.train_targets[:, 0], [y for _, y in points])
    while run.steps < 3000:
        run.step()
    slope, intercept = np.polyfit(*np.array(points, dtype=float).T, 1)
    assert np.allclose(run.parameters, [slope, intercept], atol=1e-6)


def test_typed_points_with_labels_are_two_classes() -> None:
    material = WORKSHOP.material(LabSettings(PointsSubject("0 0 no; 1 0 yes; 0 1 yes; 1 1 no")))
    assert isinstance(material, Dataset)
    assert material.classes == ("no", "yes")
    assert material.train_inputs.tolist() == [[0, 0], [1, 0], [0, 1], [1, 1]]


@pytest.mark.parametrize(
    ("text", "said"), [("1 2; 2 x", "point:2: y: “x”"), ("", "no points"), ("1 2; 3", "point:2"), ("1;2", "point:1")]
)
def test_what_is_no_point_is_told(text: str, said: str) -> None:
    with pytest.raises(EngineError, match=said):
        WORKSHOP.material(LabSettings(PointsSubject(text)))


def test_there_is_no_table_before_the_first_step() -> None:
    with pytest.raises(EngineError, match="No step"):
        hand_table(run_of(starts()[0]))


# -- what is shown of a function


@settings(max_examples=60, deadline=None)
@given(start=st.floats(-5, 5), path=st.lists(st.floats(-8, 8), max_size=6))
def test_the_window_holds_start_valley_and_path(start: float, path: list[float]) -> None:
    one = LabSettings(FunctionSubject("(x - 1)^2", (("x", Fraction(start)),)))
    function = run_of(one).material
    low = lowest_near(function, [start])  # type: ignore[arg-type]  # a function, because the subject is one
    assert low == pytest.approx((1,), abs=1e-3)
    points = [(start,), *((x,) for x in path if abs(x - 1) <= 4 * max(1, abs(start - 1)))]
    ((left, right),) = window(function, [points], low)  # type: ignore[arg-type]  # as above
    assert all(left <= x <= right for (x,) in [*points, (1,)])


def test_there_is_no_valley_where_the_function_only_falls() -> None:
    function = run_of(LabSettings(FunctionSubject("e^x", (("x", Fraction(1)),)))).material
    assert lowest_near(function, [1.0]) is None  # type: ignore[arg-type]  # as above


# -- pictures of long runs


@settings(max_examples=50, deadline=None)
@given(values=st.lists(st.floats(0, 100), min_size=1, max_size=60), times=st.integers(1, 200))
def test_a_long_curve_keeps_its_ends_and_its_extremes(values: list[float], times: int) -> None:
    numbers = [each + place for place, each in enumerate(values * times)]
    line = _thinned("f", numbers)
    places = list(line.places) if line.places is not None else list(range(len(numbers)))
    assert len(places) <= 2000
    assert [numbers[int(place)] for place in places] == list(line.values)
    assert places == sorted(places)
    assert (max(line.values), min(line.values)) == (max(numbers), min(numbers))
