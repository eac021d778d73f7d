"""The one table of functions: their names, spellings and how many arguments they take."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Function:
    """A function that formulas may use.

    `spellings` are further ways to write it; `most` is None where any number of arguments may follow.
    An `internal` one appears only in derivatives and cannot be typed.
    """

    name: str
    spellings: tuple[str, ...] = ()
    least: int = 1
    most: int | None = 1
    internal: bool = False


FUNCTIONS: dict[str, Function] = {
    function.name: function
    for function in (
        Function("exp"),
        Function("log", ("ln",)),
        Function("sqrt"),
        Function("abs"),
        Function("sin"),
        Function("cos"),
        Function("tan"),
        Function("sinh"),
        Function("cosh"),
        Function("tanh"),
        Function("sigmoid", ("sigma", "σ")),
        Function("relu", ("ReLU", "Relu", "RELU")),
        Function("softplus"),
        Function("max", least=2, most=None),
        Function("min", least=2, most=None),
        Function("step", internal=True),  # 1 above 0, else 0: the slope of relu, with relu'(0) = 0
        Function("sign", internal=True),  # the slope of abs, with abs'(0) = 0
    )
}

FUNCTION_SPELLINGS: dict[str, str] = {
    spelling: function.name
    for function in FUNCTIONS.values()
    if not function.internal
    for spelling in (function.name, *function.spellings)
}

# A file may use these as names of its own, and then they are only that.
MAY_BE_NAMES = frozenset({"sigma", "σ"})

CONSTANTS: dict[str, str] = {"pi": "pi", "π": "pi", "e": "e"}
