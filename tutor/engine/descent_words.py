"""A step of descent in words and numbers: the update of each parameter written out, and why a run diverged."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tutor.engine.settings import OptimizerSettings

DIGITS = 6
_AGREE = 1e-12  # two floats so close are one number that two ways of calculating it have rounded
_PLAIN = range(-4, 7)
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def shown(value: float) -> str:
    """Return a number with at most 6 significant digits.

    >>> shown(0.1 + 0.2), shown(-1.5), shown(1e-8), shown(123456789.0)
    ('0.3', '−1.5', '10⁻⁸', '1.23457×10⁸')
    """
    if math.isnan(value):
        return "no number"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    digits, _, power = f"{value:.{DIGITS - 1}e}".partition("e")
    if value == 0 or int(power) in _PLAIN:
        return f"{value:.{max(0, DIGITS - 1 - int(power))}f}".rstrip("0").rstrip(".").replace("-", "−") or "0"
    digits = digits.rstrip("0").rstrip(".").replace("-", "−")
    raised = f"10{str(int(power)).translate(_RAISED)}"
    return raised if digits == "1" else f"−{raised}" if digits == "−1" else f"{digits}×{raised}"


def is_exact(value: float) -> bool:
    """Whether the digits that are shown are the whole number, but for the rounding of floats."""
    return math.isfinite(value) and math.isclose(value, float(f"{value:.{DIGITS}g}"), rel_tol=_AGREE)


def _in_product(value: float) -> str:
    text = shown(value)
    return f"({text})" if text.startswith("−") else text


def update_text(
    settings: OptimizerSettings,
    eta: float,
    move: tuple[float, float, float],
    state: Mapping[str, float],
) -> str:
    """Return the update of one parameter with its numbers: `1.536 − 0.1·3.072 = 1.2288`, with ≈ where digits are cut.

    `move` is the parameter before, its gradient, and the parameter after; `state` holds the optimizer's numbers after
    the step: v, or mhat and vhat.
    """
    before, gradient, after = move
    numbers = [eta, before, after]
    match settings.rule:
        case "sgd":
            step, numbers = f"{_in_product(eta)}·{_in_product(gradient)}", [*numbers, gradient]
        case "momentum":
            step, numbers = f"{_in_product(eta)}·{_in_product(state['v'])}", [*numbers, state["v"]]
        case "nesterov":
            ahead = f"({shown(gradient)} + {_in_product(settings.beta)}·{_in_product(state['v'])})"
            step, numbers = f"{_in_product(eta)}·{ahead}", [*numbers, gradient, settings.beta, state["v"]]
        case "rmsprop":
            step = _scaled(eta, gradient, state["v"], settings.epsilon)
            numbers += [gradient, state["v"], settings.epsilon]
        case _:
            step = _scaled(eta, state["mhat"], state["vhat"], settings.epsilon)
            numbers += [state["mhat"], state["vhat"], settings.epsilon]
    if settings.rule == "adamw":
        step += f" − {_in_product(eta)}·{_in_product(settings.weight_decay)}·{_in_product(before)}"
        numbers.append(settings.weight_decay)
    has_root = settings.rule in {"rmsprop", "adam", "adamw"}
    sign = "=" if not has_root and all(map(is_exact, numbers)) else "≈"
    return f"{shown(before)} − {step} {sign} {shown(after)}"


def _scaled(eta: float, top: float, square: float, epsilon: float) -> str:
    return f"{_in_product(eta)}·{_in_product(top)}/(√{_in_product(square)} + {shown(epsilon)})"


def gradient_text(gradient: Sequence[float]) -> str:
    """Return the gradient as it is told: a number for one parameter, else all of them in brackets."""
    numbers = ", ".join(map(shown, gradient))
    about = "" if all(map(is_exact, gradient)) else "≈ "
    return f"gradient {about}{numbers}" if len(gradient) == 1 else f"gradient {about}({numbers})"
