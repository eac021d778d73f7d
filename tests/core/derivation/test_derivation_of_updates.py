"""The six update rules over several iterations, against loops written from section 1 of the contract."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import chain, repeat
from typing import Any

import pytest
from mpmath import mp

from tutor.mathematics.cells import CellError
from tutor.mathematics.derivation import Derivation, derive
from tutor.mathematics.problem import read_problem
from tutor.mathematics.values.decimal import decimal_text

X = ["1", "2", "-1.5", "3", "0.5"]
T = ["3", "4.5", "-2", "7", "2.25"]
START = {"w": "0.5", "b": "-1"}
UPDATES = 7
ETA = "0.05"
HYPERPARAMETERS = {
    "sgd": {},
    "momentum": {"beta": "0.9"},
    "nesterov": {"beta": "0.75"},
    "rmsprop": {"rho": "0.9", "epsilon": "1e-8"},
    "adam": {"beta1": "0.9", "beta2": "0.999", "epsilon": "1e-8"},
    "adamw": {"beta1": "0.8", "beta2": "0.99", "epsilon": "0.001", "weight_decay": "0.1"},
}
RATIONAL = ("sgd", "momentum", "nesterov")
Numbers = dict[str, Any]
States = dict[str, Any]


def problem(rule: str, reduce: str, size: int | None) -> str:
    lines = ["[parameters]", *(f"{name} = {value}" for name, value in START.items())]
    lines += ["[steps]", 'y = "w*x + b"', 'E = "(t - y)^2"']
    lines += ["[examples]", f"x = [{', '.join(X)}]", f"t = [{', '.join(T)}]"]
    lines += ["[update]", f'rule = "{rule}"', f"eta = {ETA}", f"steps = {UPDATES}", f'reduce = "{reduce}"']
    lines += [f"{name} = {value}" for name, value in HYPERPARAMETERS[rule].items()]
    lines += [f"batch_size = {size}"] if size else []
    return "\n".join(lines)


def batches(size: int | None) -> Iterator[list[int]]:
    """Yield the examples of each iteration, counted from 1, one pass after another."""
    everything = list(range(1, len(X) + 1))
    cut = [everything[start : start + (size or len(X))] for start in range(0, len(X), size or len(X))]
    return chain.from_iterable(repeat(cut))


def sgd(w: Any, g: Any, _state: States, h: Numbers) -> Any:
    return w - h["eta"] * g


def momentum(w: Any, g: Any, state: States, h: Numbers) -> Any:
    state["v"] = h["beta"] * state.get("v", 0) + g
    return w - h["eta"] * state["v"]


def nesterov(w: Any, g: Any, state: States, h: Numbers) -> Any:
    state["v"] = h["beta"] * state.get("v", 0) + g
    return w - h["eta"] * (g + h["beta"] * state["v"])


def rmsprop(w: Any, g: Any, state: States, h: Numbers) -> Any:
    state["v"] = h["rho"] * state.get("v", 0) + (1 - h["rho"]) * g * g
    return w - h["eta"] * g / (mp.sqrt(state["v"]) + h["epsilon"])


def adam(w: Any, g: Any, state: States, h: Numbers) -> Any:
    state["t"] = state.get("t", 0) + 1
    state["m"] = h["beta1"] * state.get("m", 0) + (1 - h["beta1"]) * g
    state["v"] = h["beta2"] * state.get("v", 0) + (1 - h["beta2"]) * g * g
    state["mhat"] = state["m"] / (1 - h["beta1"] ** state["t"])
    state["vhat"] = state["v"] / (1 - h["beta2"] ** state["t"])
    return w - h["eta"] * state["mhat"] / (mp.sqrt(state["vhat"]) + h["epsilon"])


def adamw(w: Any, g: Any, state: States, h: Numbers) -> Any:
    return adam(w, g, state, h) - h["eta"] * h["weight_decay"] * w


RULES: dict[str, Callable[[Any, Any, States, Numbers], Any]] = {
    rule.__name__: rule for rule in (sgd, momentum, nesterov, rmsprop, adam, adamw)
}
KEPT = {"sgd": "", "momentum": "v", "nesterov": "v", "rmsprop": "v", "adam": "m v mhat vhat", "adamw": "m v mhat vhat"}


def expected_cells(rule: str, reduce: str, size: int | None, number: Callable[[str], Any]) -> dict[str, Any]:
    """Run the loop and return every forward, total, parameter and state cell with its value."""
    cells: dict[str, Any] = {}
    hyperparameters = {name: number(text) for name, text in {"eta": ETA, **HYPERPARAMETERS[rule]}.items()}
    w, b = number(START["w"]), number(START["b"])
    states: dict[str, States] = {"w": {}, "b": {}}
    for k, batch in zip(range(UPDATES), batches(size), strict=False):
        at = f"@{k}" if k else ""
        slopes: dict[str, list[Any]] = {"w": [], "b": []}
        errors = []
        for i in batch:
            x, t = number(X[i - 1]), number(T[i - 1])
            y = w * x + b
            errors.append((t - y) ** 2)
            e = 2 * (y - t)
            slopes["w"].append(e * x)
            slopes["b"].append(e)
            cells |= {f"y[{i}]{at}": y, f"E[{i}]{at}": errors[-1], f"dE/dy[{i}]{at}": e}
            cells |= {f"dE/dw[{i}]{at}": e * x, f"dE/db[{i}]{at}": e}
        share = len(batch) if reduce == "mean" else 1
        gradient = {name: sum(many) / share for name, many in slopes.items()}
        cells |= {f"E{at}": sum(errors) / share, f"dE/dw{at}": gradient["w"], f"dE/db{at}": gradient["b"]}
        w = RULES[rule](w, gradient["w"], states["w"], hyperparameters)
        b = RULES[rule](b, gradient["b"], states["b"], hyperparameters)
        cells |= {f"w@{k + 1}": w, f"b@{k + 1}": b}
        for name, state in states.items():
            cells |= {f"{kept}_{name}@{k + 1}": state[kept] for kept in KEPT[rule].split()}
    return cells


def found_cells(derivation: Derivation) -> list[str]:
    return [cell.id for cell in derivation.cells() if cell.kind != "direct"]


@pytest.mark.parametrize("size", [None, 2, 1, 5, 4])
@pytest.mark.parametrize("reduce", ["mean", "sum"])
@pytest.mark.parametrize("rule", RULES)
def test_rules_over_passes_of_mini_batches(rule: str, reduce: str, size: int | None) -> None:
    derivation = derive(read_problem(problem(rule, reduce, size), "line.toml"))
    with mp.workdps(60):
        expected = expected_cells(rule, reduce, size, Fraction if rule in RATIONAL else mp.mpf)
        assert sorted(found_cells(derivation)) == sorted(expected)
        for name, value in expected.items():
            if rule in RATIONAL:
                assert derivation.value(name) == value, name
            else:
                found = mp.mpf(decimal_text(derivation.value(name), 40))
                assert abs(found - value) <= mp.mpf(10) ** -38 * abs(value), name


def test_mini_batches_come_in_order_and_each_pass_ends_with_a_shorter_one() -> None:
    derivation = derive(read_problem(problem("sgd", "mean", 2), "line.toml"))
    errors = [name for name in found_cells(derivation) if name.startswith("E[")]
    assert errors == [
        "E[1]", "E[2]", "E[3]@1", "E[4]@1", "E[5]@2",
        "E[1]@3", "E[2]@3", "E[3]@4", "E[4]@4", "E[5]@5",
        "E[1]@6", "E[2]@6",
    ]  # fmt: skip
    with pytest.raises(CellError, match="iteration 2 uses the examples 5"):
        derivation.cell("E[1]@2")


def test_the_order_of_work_is_forward_backward_update() -> None:
    derivation = derive(read_problem(problem("adam", "mean", None), "line.toml"))
    first = [cell.kind for cell in derivation.cells() if cell.iteration == 0 or cell.kind in {"parameter", "state"}]
    assert list(dict.fromkeys(first)) == ["forward", "direct", "total", "state", "parameter"]
    iterations = [cell.iteration - (cell.kind in {"parameter", "state"}) for cell in derivation.cells()]
    assert iterations == sorted(iterations)


def test_the_defaults_are_one_update_with_the_mean_of_all_examples() -> None:
    text = problem("sgd", "mean", None).replace(f"steps = {UPDATES}\n", "").replace('reduce = "mean"', "")
    derivation = derive(read_problem(text.replace('rule = "sgd"\n', ""), "line.toml"))
    assert [cell.id for cell in derivation.cells() if cell.kind == "parameter"] == ["w@1", "b@1"]
    assert derivation.value("w@1") == expected_cells("sgd", "mean", None, Fraction)["w@1"]


def test_without_an_update_nothing_moves() -> None:
    text = problem("sgd", "mean", None).partition("[update]")[0]
    derivation = derive(read_problem(text, "line.toml"))
    assert {cell.kind for cell in derivation.cells()} == {"forward", "direct", "total"}
    expected = expected_cells("sgd", "mean", None, Fraction)
    assert derivation.value("dE/dw") == expected["dE/dw"]


def test_a_parameter_that_the_objective_does_not_need_stays_but_for_its_decay() -> None:
    text = problem("adamw", "mean", None).replace("b = -1", "b = -1\nidle = 4")
    derivation = derive(read_problem(text, "line.toml"))
    names = found_cells(derivation)
    assert "dE/didle" not in names
    assert derivation.value("mhat_idle@3") == derivation.value("v_idle@3") == 0
    assert derivation.value("idle@3") == 4 * (1 - Fraction(ETA) * Fraction("0.1")) ** 3


def test_the_state_of_a_rule_starts_at_zero_and_is_counted_by_updates() -> None:
    derivation = derive(read_problem(problem("momentum", "sum", 2), "line.toml"))
    assert [name for name in found_cells(derivation) if name.startswith("v_w")] == [f"v_w@{k}" for k in range(1, 8)]
    assert derivation.value("v_w@1") == derivation.value("dE/dw")
