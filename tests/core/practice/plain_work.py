"""A problem file worked out another way: Python's own parser, plain fractions, 50 digits, and dual numbers forwards.

Nothing of the tutor is used. A dual number is a value with its slope; running the steps with the slope 1 at one
name, and 0 at all others, gives the derivative by that name.
"""

from __future__ import annotations

import ast
import re
import tomllib
from dataclasses import dataclass
from fractions import Fraction
from keyword import iskeyword
from math import isqrt
from typing import TYPE_CHECKING

from mpmath import mp, mpf

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

mp.dps = 50
Number = Fraction | mpf
_CELL = re.compile(r"(?P<what>[^\[@]+)(?:\[(?P<example>\d+)\])?(?:@(?P<iteration>\d+))?")
_MOST_PLACES = 12
_NAME = re.compile(r"[^\W\d]\w*")
_DERIVATIVE = re.compile(r"d(?P<of>[^/]+)/d(?P<by>[^:]+)(?P<direct>:direct)?")


class UnreadableError(Exception):
    """A formula that Python does not read in the way in which a problem file means it."""


@dataclass(frozen=True)
class Dual:
    """A value, and its slope."""

    value: Number
    slope: Number = Fraction(0)


def _both(first: Number, second: Number) -> tuple[Number, Number]:
    if isinstance(first, Fraction) and isinstance(second, Fraction):
        return first, second
    return _real(first), _real(second)


def _real(number: Number) -> mpf:
    return mpf(number.numerator) / number.denominator if isinstance(number, Fraction) else number


def _plus(first: Number, second: Number) -> Number:
    one, other = _both(first, second)
    return one + other


def _times(first: Number, second: Number) -> Number:
    if 0 in (first, second):
        return Fraction(0)
    one, other = _both(first, second)
    return one * other


def _over(first: Number, second: Number) -> Number:
    one, other = _both(first, second)
    return one / other


def _less(first: Number, second: Number) -> Number:
    return _plus(first, _times(Fraction(-1), second))


def _root(number: Number) -> Number:
    if isinstance(number, Fraction):
        top, bottom = isqrt(number.numerator), isqrt(number.denominator)
        if top * top == number.numerator and bottom * bottom == number.denominator:
            return Fraction(top, bottom)
    return mp.sqrt(_real(number))


def _sigmoid(number: Number) -> mpf:
    return 1 / (1 + mp.exp(-_real(number)))


def _is_above(number: Number, limit: int = 0) -> Fraction:
    return Fraction(1 if number > limit else 0)


_SMOOTH: dict[str, tuple[Callable[[Number], Number], Callable[[Number], Number]]] = {
    "exp": (lambda x: mp.exp(_real(x)), lambda x: mp.exp(_real(x))),
    "log": (lambda x: mp.log(_real(x)), lambda x: 1 / _real(x)),
    "sqrt": (_root, lambda x: _over(Fraction(1, 2), _root(x))),
    "abs": (abs, lambda x: _less(_is_above(x), _is_above(-x))),
    "relu": (lambda x: x if x > 0 else Fraction(0), _is_above),
    "sin": (lambda x: mp.sin(_real(x)), lambda x: mp.cos(_real(x))),
    "cos": (lambda x: mp.cos(_real(x)), lambda x: -mp.sin(_real(x))),
    "tanh": (lambda x: mp.tanh(_real(x)), lambda x: mp.sech(_real(x)) ** 2),
    "sigmoid": (_sigmoid, lambda x: _sigmoid(x) * _sigmoid(-x)),
    "softplus": (lambda x: mp.log1p(mp.exp(_real(x))), _sigmoid),
}
_SMOOTH |= {"ln": _SMOOTH["log"], "sigma": _SMOOTH["sigmoid"], "σ": _SMOOTH["sigmoid"], "ReLU": _SMOOTH["relu"]}


def worked(text: str, names: Mapping[str, Dual]) -> Dual:
    """Return the value of a formula, with its slope. Raises UnreadableError."""
    source = _NAME.sub(lambda name: name[0] + "_" * iskeyword(name[0]), text.replace("^", "**").strip())
    try:
        return _Formula(source, names).of(ast.parse(source, mode="eval").body)
    except (SyntaxError, KeyError) as error:
        raise UnreadableError(text) from error


@dataclass(frozen=True)
class _Formula:
    source: str
    names: Mapping[str, Dual]

    def of(self, node: ast.expr) -> Dual:
        match node:
            case ast.Constant():
                return Dual(Fraction(ast.get_source_segment(self.source, node) or ""))
            case ast.Name(name):
                return self._name(name)
            case ast.UnaryOp(ast.USub(), inner):
                return _product(Dual(Fraction(-1)), self.of(inner))
            case ast.BinOp(left, operation, right):
                return _combined(operation, self.of(left), self.of(right))
            case ast.Call(ast.Name("max" | "min" as name), arguments):
                values = [self.of(argument) for argument in arguments]
                return (max if name == "max" else min)(values, key=lambda dual: _real(dual.value))
            case ast.Call(ast.Name(name), [argument]):
                inner, (value, slope) = self.of(argument), _SMOOTH[name]
                return Dual(value(inner.value), _times(slope(inner.value), inner.slope) if inner.slope else Fraction(0))
            case _:
                raise UnreadableError(self.source)

    def _name(self, python_name: str) -> Dual:
        name = python_name.removesuffix("_") if iskeyword(python_name.removesuffix("_")) else python_name
        if name not in self.names and name in {"e", "pi", "π"}:
            return Dual(mp.e if name == "e" else mp.pi)
        return self.names[name]


def _combined(operation: ast.operator, left: Dual, right: Dual) -> Dual:
    match operation:
        case ast.Add():
            return Dual(_plus(left.value, right.value), _plus(left.slope, right.slope))
        case ast.Sub():
            return Dual(_less(left.value, right.value), _less(left.slope, right.slope))
        case ast.Mult():
            return _product(left, right)
        case ast.Div():
            value = _over(left.value, right.value)
            return Dual(value, _over(_less(left.slope, _times(value, right.slope)), right.value))
        case ast.Pow():
            return _power(left, right)
        case _:
            raise UnreadableError


def _product(left: Dual, right: Dual) -> Dual:
    slope = _plus(_times(left.slope, right.value), _times(left.value, right.slope))
    return Dual(_times(left.value, right.value), slope)


def _power(base: Dual, exponent: Dual) -> Dual:
    power = exponent.value
    if isinstance(power, Fraction) and power.denominator == 1 and not exponent.slope:
        count = power.numerator
        slope = _times(_times(Fraction(count), base.slope), base.value ** (count - 1)) if count else Fraction(0)
        return Dual(base.value**count, slope)
    value = mp.power(_real(base.value), _real(power))
    growth = _plus(_times(mp.log(_real(base.value)), exponent.slope), _over(_times(power, base.slope), base.value))
    return Dual(value, _times(value, growth))


class PlainWork:
    """All cells of a problem file."""

    def __init__(self, text: str) -> None:
        """Read the text of a problem file."""
        data = tomllib.loads(text, parse_float=Fraction)
        self._given = {name: _number(value) for name, value in data.get("given", {}).items()}
        self._examples = {name: list(map(_number, values)) for name, values in data.get("examples", {}).items()}
        self._steps: dict[str, str] = data["steps"]
        self._objective = data.get("objective", list(self._steps)[-1])
        self._update = {"rule": "sgd", "reduce": "mean", **data.get("update", {})}
        self._parameters = [{name: _number(value) for name, value in data.get("parameters", {}).items()}]
        zeros = {(state, name): Fraction(0) for state in ("v", "m", "mhat", "vhat") for name in self._parameters[0]}
        self._states: list[dict[tuple[str, str], Number]] = [zeros]

    def value(self, cell: str) -> Number:
        """Return the value of a cell. Raises UnreadableError where a formula is not understood."""
        found = _CELL.fullmatch(cell)
        assert found, cell
        example, iteration = int(found["example"] or 0), int(found["iteration"] or 0)
        derivative = _DERIVATIVE.fullmatch(found["what"])
        if derivative and (derivative["direct"] or derivative["of"] != self._objective):
            return self._direct(derivative["of"], derivative["by"], example, iteration)
        if derivative:
            by = derivative["by"]
            return self._over_batch(lambda one: self._total(by, one, iteration), example, iteration)
        if found["what"] in self._steps:
            return self._over_batch(lambda one: self._run(one, iteration)[found["what"]].value, example, iteration)
        self._go_to(iteration)
        state = re.fullmatch(r"(m|v|mhat|vhat)_(.+)", found["what"])
        if found["what"] not in self._parameters[0] and state:
            return self._states[iteration][state[1], state[2]]
        return self._parameters[iteration][found["what"]]

    # -- one pass

    def _names(self, example: int, iteration: int) -> dict[str, Dual]:
        self._go_to(iteration)
        values = {**self._given, **self._parameters[iteration]}
        if example:
            values |= {name: column[example - 1] for name, column in self._examples.items()}
        return {name: Dual(value) for name, value in values.items()}

    def _run(self, example: int, iteration: int, moved: str = "") -> dict[str, Dual]:
        """Return all values of a pass, with their slopes by the name that is moved."""
        names = self._names(example, iteration)
        if moved in names:
            names[moved] = Dual(names[moved].value, Fraction(1))
        for step, text in self._steps.items():
            names[step] = worked(text, names)
            if step == moved:
                names[step] = Dual(names[step].value, Fraction(1))
        return names

    def _direct(self, step: str, by: str, example: int, iteration: int) -> Number:
        names = {name: Dual(dual.value) for name, dual in self._run(example, iteration).items()}
        return worked(self._steps[step], {**names, by: Dual(names[by].value, Fraction(1))}).slope

    def _total(self, by: str, example: int, iteration: int) -> Number:
        return self._run(example, iteration, by)[self._objective].slope

    # -- batches and updates

    def _batch(self, iteration: int) -> list[int]:
        count = len(next(iter(self._examples.values())))
        size = int(self._update.get("batch_size", count))
        starts = range(0, count, size)
        start = starts[iteration % len(starts)]
        return list(range(start + 1, min(start + size, count) + 1))

    def _over_batch(self, one: Callable[[int], Number], example: int, iteration: int) -> Number:
        if example or not self._examples:
            return one(example)
        batch = self._batch(iteration)
        summed: Number = Fraction(0)
        for place in batch:
            summed = _plus(summed, one(place))
        return summed if self._update["reduce"] == "sum" else _over(summed, Fraction(len(batch)))

    def _go_to(self, iteration: int) -> None:
        while len(self._parameters) <= iteration:
            now = len(self._parameters) - 1
            new: dict[str, Number] = {}
            states: dict[tuple[str, str], Number] = {}
            for name in self._parameters[now]:
                slope = self._slope(name, now)
                moved = self._moved(name, slope, now)
                new[name] = moved.pop("w")
                states |= {(state, name): value for state, value in moved.items()}
            self._parameters.append(new)
            self._states.append(states)

    def _slope(self, name: str, iteration: int) -> Number:
        return self._over_batch(lambda example: self._total(name, example, iteration), 0, iteration)

    def _moved(self, name: str, g: Number, now: int) -> dict[str, Number]:
        """Return the parameter after an update as w, and its states, in the conventions of the contract."""
        w = self._parameters[now][name]
        v, m = self._states[now].get(("v", name), Fraction(0)), self._states[now].get(("m", name), Fraction(0))
        keys = ("eta", "beta", "rho", "beta1", "beta2", "epsilon", "weight_decay")
        eta, beta, rho, beta1, beta2, epsilon, decay = (_number(self._update.get(key, 0)) for key in keys)
        square = _times(g, g)
        match self._update["rule"]:
            case "sgd":
                return {"w": _less(w, _times(eta, g))}
            case "momentum":
                v = _plus(_times(beta, v), g)
                return {"w": _less(w, _times(eta, v)), "v": v}
            case "nesterov":
                v = _plus(_times(beta, v), g)
                return {"w": _less(w, _times(eta, _plus(g, _times(beta, v)))), "v": v}
            case "rmsprop":
                v = _plus(_times(rho, v), _times(1 - rho, square))
                return {"w": _less(w, _over(_times(eta, g), _plus(_root(v), epsilon))), "v": v}
        m, v = _plus(_times(beta1, m), _times(1 - beta1, g)), _plus(_times(beta2, v), _times(1 - beta2, square))
        mhat, vhat = _over(m, 1 - beta1 ** (now + 1)), _over(v, 1 - beta2 ** (now + 1))
        moved = _less(w, _over(_times(eta, mhat), _plus(_root(vhat), epsilon)))
        if self._update["rule"] == "adamw":
            moved = _less(moved, _times(_times(eta, decay), w))
        return {"w": moved, "m": m, "v": v, "mhat": mhat, "vhat": vhat}


def _number(content: object) -> Number:
    return worked(content, {}).value if isinstance(content, str) else Fraction(content)  # type: ignore[arg-type]


def digits(value: Fraction) -> int:
    """Count the significant digits of a number as a decimal; those of both parts beyond 12 places."""
    size, places = abs(value), 0
    while size.denominator != 1:
        size, places = size * 10, places + 1
        if places > _MOST_PLACES:
            return len(str(abs(value.numerator))) + len(str(value.denominator))
    return len(str(size.numerator).rstrip("0"))
