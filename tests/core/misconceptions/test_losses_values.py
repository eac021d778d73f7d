"""Mistakes in the values of losses: squared errors, cross-entropies."""

from __future__ import annotations

import pytest
from mpmath import exp, log, sqrt
from wrong_answers import Operation, Tally, examine

WIDE = (-2.5, 2.5)
ABOVE = (0.2, 2.5)
SHARE = (0.05, 0.95)


def gap(v: object) -> object:
    return v.p - v.y


SINGLE = {
    "mse.not-squared": (gap, lambda v: v.y - v.p),
    "mse.absolute-error": lambda v: abs(gap(v)),
    "mse.root-taken": lambda v: abs(gap(v)),
    "mse.half-included": lambda v: gap(v) ** 2 / 2,
    "mse.squares-subtracted": (lambda v: v.p**2 - v.y**2, lambda v: v.y**2 - v.p**2),
    "square-of-sum.square-distributed": lambda v: v.p**2 + v.y**2,
}
HALF = {
    "mse.not-squared": (lambda v: gap(v) / 2, lambda v: -gap(v) / 2),
    "mse.absolute-error": lambda v: abs(gap(v)) / 2,
    "mse.root-taken": lambda v: sqrt(gap(v) ** 2 / 2),
    "half-square.extra-factor-2": lambda v: gap(v) ** 2,
    "mse.squares-subtracted": (lambda v: (v.p**2 - v.y**2) / 2, lambda v: (v.y**2 - v.p**2) / 2),
    "square-of-sum.square-distributed": lambda v: (v.p**2 + v.y**2) / 2,
}


def single(formula: str, steps: dict[str, str] | None = None) -> Operation:
    return Operation(
        {**(steps or {}), "E": formula}, "E", lambda v: gap(v) ** 2, SINGLE, given={"y": WIDE}, parameters={"p": WIDE}
    )


def half(formula: str) -> Operation:
    return Operation({"E": formula}, "E", lambda v: gap(v) ** 2 / 2, HALF, given={"y": WIDE}, parameters={"p": WIDE})


def errors(v: object) -> list[object]:
    return [v.w * v.x1 + v.b - v.y1, v.w * v.x2 + v.b - v.y2, v.w * v.x3 + v.b - v.y3]


def sides(v: object) -> object:
    return sum((v.w * x + v.b) ** 2 - y**2 for x, y in ((v.x1, v.y1), (v.x2, v.y2), (v.x3, v.y3)))


MEAN = {
    "mse.not-averaged": lambda v: sum(e**2 for e in errors(v)),
    "mse.not-squared": lambda v: sum(errors(v)) / 3,
    "mse.absolute-error": lambda v: sum(abs(e) for e in errors(v)) / 3,
    "mse.root-taken": lambda v: sqrt(sum(e**2 for e in errors(v)) / 3),
    "mse.sum-squared": lambda v: sum(errors(v)) ** 2 / 3,
    "mse.half-included": lambda v: sum(e**2 for e in errors(v)) / 6,
    "mse.divided-by-n-minus-1": lambda v: sum(e**2 for e in errors(v)) / 2,
    "mse.squares-subtracted": lambda v: sides(v) / 3,
    "mse.bias-left-out-of-the-prediction": lambda v: sum((e - v.b) ** 2 for e in errors(v)) / 3,
    "mse.one-sample-only": lambda v: errors(v)[0] ** 2,
}
THREE = {"x1": WIDE, "x2": WIDE, "x3": WIDE, "y1": WIDE, "y2": WIDE, "y3": WIDE}


def mean(*steps: tuple[str, str]) -> Operation:
    return Operation(
        dict(steps),
        steps[-1][0],
        lambda v: sum(e**2 for e in errors(v)) / 3,
        MEAN,
        given=THREE,
        parameters={"w": WIDE, "b": WIDE},
    )


PREDICTIONS = tuple((f"p{n}", f"w*x{n} + b") for n in (1, 2, 3))
ALL = " + ".join(f"(p{n} - y{n})^2" for n in (1, 2, 3))

BINARY = {
    "bce.minus-missing": lambda v: v.y * log(v.p) + (1 - v.y) * log(1 - v.p),
    "bce.base-10": lambda v: cross(v) / log(10),
    "bce.base-2": lambda v: cross(v) / log(2),
    "bce.wrong-class": lambda v: -((1 - v.y) * log(v.p) + v.y * log(1 - v.p)),
    "bce.log-forgotten": lambda v: v.y * (1 - v.p) + (1 - v.y) * v.p,
    "bce.probability-negated": lambda v: -(v.y * v.p + (1 - v.y) * (1 - v.p)),
    "bce.squared-error-used": lambda v: (v.y - v.p) ** 2,
    "bce.both-terms-counted": lambda v: -log(v.p) - log(1 - v.p),
}


def cross(v: object) -> object:
    return -(v.y * log(v.p) + (1 - v.y) * log(1 - v.p))


def binary(formula: str, labels: str = "0 1", **steps: str) -> Operation:
    return Operation({**steps, "L": formula}, "L", cross, BINARY, given={"y": labels}, parameters={"p": SHARE})


TRUE = {key: lambda v, wrong=wrong: wrong(One(v.p, 1)) for key, wrong in BINARY.items()}
FALSE = {key: lambda v, wrong=wrong: wrong(One(v.p, 0)) for key, wrong in BINARY.items()}


class One:
    """A probability with a label."""

    def __init__(self, p: object, y: object) -> None:
        self.p, self.y = p, y


def scores(v: object) -> list[object]:
    grown = [exp(v.z1), exp(v.z2), exp(v.z3)]
    return [each / sum(grown) for each in grown]


def weighted(v: object, f: object) -> object:
    return sum(y * f(p) for y, p in zip((v.y1, v.y2, v.y3), scores(v), strict=True))


CATEGORICAL = {
    "bce.minus-missing": lambda v: weighted(v, log),
    "bce.base-10": lambda v: -weighted(v, log) / log(10),
    "bce.base-2": lambda v: -weighted(v, log) / log(2),
    "bce.wrong-class": (lambda v: -log(scores(v)[0]), lambda v: -log(scores(v)[2])),
    "bce.log-forgotten": lambda v: weighted(v, lambda p: 1 - p),
    "bce.probability-negated": lambda v: -weighted(v, lambda p: p),
    "bce.squared-error-used": lambda v: sum((y - p) ** 2 for y, p in zip((0, 1, 0), scores(v), strict=True)),
    "bce.both-terms-counted": lambda v: -sum(log(p) for p in scores(v)),
}
SOFTMAX = {f"p{n}": f"exp(z{n})/(exp(z1) + exp(z2) + exp(z3))" for n in (1, 2, 3)}

OPERATIONS = {
    "squared error": single("(p - y)^2"),
    "squared error, target first": single("(y - p)^2"),
    "squared error as a product": single("(p - y)*(p - y)"),
    "squared error of a residual": single("r^2", {"r": "y - p"}),
    "half squared error": half("(p - y)^2/2"),
    "half squared error, half in front": half("½(y - p)²"),
    "half squared error as a decimal": half("0.5*(p - y)^2"),
    "squared error with a penalty": Operation(
        {"E": "(p - y)^2 + lam*p^2"},
        "E",
        lambda v: gap(v) ** 2 + v.lam * v.p**2,
        {
            "mse.not-squared": lambda v: gap(v) + v.lam * v.p**2,
            "mse.squares-subtracted": lambda v: v.p**2 - v.y**2 + v.lam * v.p**2,
            "mse.half-included": lambda v: gap(v) ** 2 / 2 + v.lam * v.p**2,
        },
        given={"y": WIDE, "lam": SHARE},
        parameters={"p": WIDE},
    ),
    "bias in a prediction": Operation(
        {"p": "w*x + b", "E": "(p - y)^2"},
        "E",
        lambda v: (v.w * v.x + v.b - v.y) ** 2,
        {"mse.bias-left-out-of-the-prediction": lambda v: (v.w * v.x - v.y) ** 2},
        given={"x": WIDE, "y": WIDE},
        parameters={"w": WIDE, "b": WIDE},
    ),
    "bias in the formula": Operation(
        {"E": "(y - w*x - b)^2"},
        "E",
        lambda v: (v.w * v.x + v.b - v.y) ** 2,
        {
            "mse.bias-left-out-of-the-prediction": lambda v: (v.w * v.x - v.y) ** 2,
            "mse.squares-subtracted": lambda v: (v.w * v.x + v.b) ** 2 - v.y**2,
        },
        given={"x": WIDE, "y": WIDE},
        parameters={"w": WIDE, "b": WIDE},
    ),
    "mean in one formula": mean(*PREDICTIONS, ("E", f"({ALL})/3")),
    "mean with a factor": mean(*PREDICTIONS, ("E", f"1/3*({ALL})")),
    "mean of steps": mean(*PREDICTIONS, *((f"e{n}", f"(y{n} - p{n})^2") for n in (1, 2, 3)), ("E", "(e1 + e2 + e3)/3")),
    "mean of residuals": mean(*((f"r{n}", f"w*x{n} + b - y{n}") for n in (1, 2, 3)), ("E", "(r1^2 + r2^2 + r3^2)/3")),
    "binary cross-entropy": binary("-(y*ln(p) + (1 - y)*ln(1 - p))"),
    "binary cross-entropy, two minus signs": binary("-y*log(p) - (1 - y)*log(1 - p)"),
    "binary cross-entropy, turned": binary("-((1 - y)*ln(1 - p) + y*ln(p))"),
    "binary cross-entropy, soft label": binary("-(y*ln(p) + (1 - y)*ln(1 - p))", "0.2 0.7 0.9"),
    "binary cross-entropy, complement in a step": binary("-(y*ln(p) + (1 - y)*ln(q))", q="1 - p"),
    "minus ln p": Operation({"L": "-ln(p)"}, "L", lambda v: -log(v.p), TRUE, given={"p": SHARE}),
    "minus ln of 1 minus p": Operation(
        {"L": "-ln(1 - p)"}, "L", lambda v: -log(1 - v.p), FALSE, parameters={"p": SHARE}
    ),
    "labels as numbers": Operation(
        {"L": "-(1*ln(p) + 0*ln(1 - p))"}, "L", lambda v: -log(v.p), TRUE, parameters={"p": SHARE}
    ),
    "categorical cross-entropy": Operation(
        {**SOFTMAX, "L": "-(y1*ln(p1) + y2*ln(p2) + y3*ln(p3))"},
        "L",
        lambda v: -weighted(v, log),
        CATEGORICAL,
        given={"y1": "0", "y2": "1", "y3": "0", "z1": WIDE, "z2": WIDE, "z3": WIDE},
    ),
}


@pytest.mark.parametrize("name", OPERATIONS)
def test_mistakes_in_losses_are_named(name: str) -> None:
    tally = Tally()
    examine(OPERATIONS[name], tally)
    print(f"{name}: {tally}")
