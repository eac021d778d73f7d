"""One update of one parameter, with every quantity that the catalogue's formulas speak of, by plain arithmetic."""

from __future__ import annotations

from typing import Any

from training import Run, root, stepped


def sign(value: Any) -> int:
    return (value > 0) - (value < 0)


def losses(run: Run, iteration: int) -> Any:
    point = run.parameters[iteration]
    return run.over([run.world.loss(point, example) for example in run.batch(iteration)])


class Update:
    """One update of one parameter, with every quantity that the catalogue's formulas speak of."""

    def __init__(self, run: Run, name: str, after: int) -> None:
        self.run, self.name, self.after, self.t = run, name, after, after
        self.rule = run.setting.rule
        self.h, self.eta = run.numbers, run.eta
        self.w, self.g = run.parameters[after - 1][name], run.gradients[after - 1][name]
        self.new = run.parameters[after][name]
        zero = self.g - self.g
        self.old = {state: run.states[after - 1].get(name, {}).get(state, zero) for state in ("m", "v")}
        self.now = run.states[after].get(name, {})

    @property
    def cell(self) -> str:
        return f"{self.name}@{self.after}"

    def state(self, state: str) -> str:
        return f"{state}_{self.name}@{self.after}"

    @property
    def direction(self) -> Any:
        """What the learning rate multiplies."""
        match self.rule:
            case "sgd":
                return self.g
            case "momentum":
                return self.now["v"]
            case "nesterov":
                return self.g + self.h["beta"] * self.now["v"]
            case "rmsprop":
                return self.g / (root(self.now["v"]) + self.h["epsilon"])
            case _:
                decay = self.h["weight_decay"] * self.w if self.rule == "adamw" else 0
                return self.now["mhat"] / (root(self.now["vhat"]) + self.h["epsilon"]) + decay

    def with_gradient(self, gradient: Any) -> Any:
        """Return the new parameter if this had been the gradient."""
        return stepped(self.run, self.w, gradient, self.run.states[self.after - 1].get(self.name, {}), self.t)[0]
