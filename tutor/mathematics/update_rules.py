"""The six update rules as formulas: how a parameter and the optimizer's state move, in PyTorch's conventions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.mathematics.notation.expression import (
    ONE,
    Call,
    Name,
    Negative,
    Node,
    Power,
    Product,
    Quotient,
    Sum,
    number,
)

if TYPE_CHECKING:
    from collections.abc import Callable

HYPERPARAMETER = "update."  # no name of a file has a dot in it


def hyperparameter(name: str) -> Name:
    """Return the name under which a hyperparameter stands in formulas."""
    return Name(HYPERPARAMETER + name)


def _minus(first: Node, *others: Node) -> Node:
    return Sum((first, *(Negative(other) for other in others)))


def _mixed(share: Node, old: Node, new: Node) -> Node:
    """Return share·old + (1 − share)·new."""
    return Sum((Product((share, old)), Product((_minus(ONE, share), new))))


class UpdateFormulas:
    """The formulas of one update of one parameter.

    `state(name, before)` gives the tree that stands for a state before or after the update; `time` counts updates
    from 1. Sources: Sutskever et al. 2013 (momentum), Tieleman and Hinton 2012 (RMSprop), Kingma and Ba 2015 (Adam),
    Loshchilov and Hutter 2019 (AdamW).
    """

    def __init__(self, rule: str, old: Node, gradient: Node, state: Callable[[str, bool], Node], time: int) -> None:
        """Remember what the formulas are made of."""
        self._rule = rule
        self._old = old
        self._gradient = gradient
        self._state = state
        self._time = time

    def _before(self, name: str) -> Node:
        return self._state(name, True)

    def _after(self, name: str) -> Node:
        return self._state(name, False)

    def parameter(self) -> Node:
        """Return the formula of the parameter after the update."""
        eta = hyperparameter("eta")
        match self._rule:
            case "sgd":
                return _minus(self._old, Product((eta, self._gradient)))
            case "momentum":
                return _minus(self._old, Product((eta, self._after("v"))))
            case "nesterov":
                ahead = Sum((self._gradient, Product((hyperparameter("beta"), self._after("v")))))
                return _minus(self._old, Product((eta, ahead)))
            case "rmsprop":
                return _minus(self._old, self._scaled(self._gradient, self._after("v")))
            case "adam":
                return _minus(self._old, self._scaled(self._after("mhat"), self._after("vhat")))
            case _:
                decay = Product((eta, hyperparameter("weight_decay"), self._old))
                return _minus(self._old, self._scaled(self._after("mhat"), self._after("vhat")), decay)

    @staticmethod
    def _scaled(top: Node, square: Node) -> Node:
        bottom = Sum((Call("sqrt", (square,)), hyperparameter("epsilon")))
        return Quotient(Product((hyperparameter("eta"), top)), bottom)

    def state(self, name: str) -> Node:
        """Return the formula of a state after the update."""
        squared = Power(self._gradient, number(2))
        match self._rule, name:
            case "momentum" | "nesterov", _:
                return Sum((Product((hyperparameter("beta"), self._before("v"))), self._gradient))
            case "rmsprop", _:
                return _mixed(hyperparameter("rho"), self._before("v"), squared)
            case _, "m":
                return _mixed(hyperparameter("beta1"), self._before("m"), self._gradient)
            case _, "v":
                return _mixed(hyperparameter("beta2"), self._before("v"), squared)
            case _, "mhat":
                return self._corrected("m", "beta1")
            case _:
                return self._corrected("v", "beta2")

    def _corrected(self, name: str, share: str) -> Node:
        return Quotient(self._after(name), _minus(ONE, Power(hyperparameter(share), number(self._time))))
