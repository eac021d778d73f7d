"""The problems that answers are checked in, as their authors would write them."""

from __future__ import annotations

from functools import cache

from tutor.mathematics.checking.check import CellChecker
from tutor.mathematics.derivation import derive
from tutor.mathematics.problem import read_problem

FIVE = """
objective = "E"
[given]
x1 = 3
x2 = 2
t = 24
[parameters]
w1 = 1
w2 = 2
w3 = 1
w4 = 1
w5 = 0
[steps]
h1 = "(x1 + w1*x2)^2"
h2 = "w2*x1*x2"
y = "w3*h1 + w4*h2 + w5"
E = "(t - y)^2"
[update]
rule = "sgd"
eta = 0.0001
steps = 2
"""

BATCH = """
objective = "E"
[parameters]
w1 = 1
w2 = 2
w3 = 1
w4 = 1
w5 = 0
[steps]
h1 = "(x1 + w1*x2)^2"
h2 = "w2*x1*x2"
y = "w3*h1 + w4*h2 + w5"
E = "(t - y)^2"
[examples]
x1 = [3, 1, 2]
x2 = [2, 4, 1]
t = [24, 14, 11]
[update]
rule = "sgd"
eta = 0.0001
reduce = "sum"
"""

# f = v^3 with v = u^2 + 3·x2^2 and u = 2·x1 + x2, at x1 = 1/2, x2 = 1: u = 2, v = 7, f = 343
NESTED = """
objective = "f"
[parameters]
x1 = 0.5
x2 = 1
[steps]
u = "2*x1 + x2"
v = "u^2 + 3*x2^2"
f = "v^3"
[update]
rule = "sgd"
eta = 0.001
"""

# z = 1.1, so that a = σ(1.1) and everything after it is irrational
NEURON = """
objective = "L"
[given]
x1 = 1.5
x2 = 0.5
t = 1
[parameters]
w1 = 0.8
w2 = -0.4
b = 0.1
[steps]
z = "w1*x1 + w2*x2 + b"
a = "sigmoid(z)"
L = "(a - t)^2/2"
[update]
rule = "sgd"
eta = 0.5
"""

MOMENTUM = """
[parameters]
w = 3
[steps]
f = "w^2"
[update]
rule = "momentum"
eta = 0.1
beta = 0.9
steps = 3
"""

ADAM = """
[parameters]
w = 1
[steps]
f = "w^2"
[update]
rule = "adam"
eta = 0.1
beta1 = 0.9
beta2 = 0.999
epsilon = 1e-8
"""

# places to round at: 1/3, 2/3, 1/8, -1/8, 12345.678, 1/7000, 0, 1/6
PLACES = """
objective = "last"
[parameters]
w = 1
[steps]
third = "w/3"
two_thirds = "2*w/3"
eighth = "w/8"
minus_eighth = "-w/8"
many = "12345.678*w"
small = "w/7000"
zero = "w - 1"
whole = "1234*w"
sixth = "1/(6*w)"
root = "sqrt(2*w)"
last = "third + two_thirds + eighth + minus_eighth + many + small + zero + whole + sixth + root"
"""

PROBLEMS = {
    "five": FIVE,
    "batch": BATCH,
    "mean": BATCH.replace('"sum"', '"mean"'),
    "nested": NESTED,
    "neuron": NEURON,
    "momentum": MOMENTUM,
    "adam": ADAM,
    "places": PLACES,
}


@cache
def checker(name: str) -> CellChecker:
    """Return what checks answers to the problem."""
    return CellChecker(derive(read_problem(PROBLEMS[name], f"{name}.toml")))
