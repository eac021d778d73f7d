"""Injected mistakes of the operations that the random problems seldom have, each in a problem of its own."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from injection import Wrong

if TYPE_CHECKING:
    from collections.abc import Iterator

ETA = Fraction("0.07")


def injected(_count: int, _seed: int) -> Iterator[Wrong]:
    """Yield the cells with their wrong answers."""
    yield from bowl()
    yield valley()
    yield from line()
    yield relu_off()
    yield diamond()
    yield from matrix()
    yield share()


def bowl() -> Iterator[Wrong]:
    a, b, c, w, v = Fraction("1.7"), Fraction("0.6"), Fraction("2.1"), Fraction("0.7"), Fraction("-1.3")
    text = (
        f'[given]\na = "{a}"\nb = "{b}"\nc = "{c}"\n[parameters]\nw = "{w}"\nv = "{v}"\n'
        f'[steps]\nF = "a*w^2 + b*w*v + c*v^2"\n[update]\neta = "{ETA}"'
    )
    by_w, by_v = 2 * a * w + b * v, b * w + 2 * c * v
    yield Wrong(text, "v@1", v - ETA * by_v, {"together.cross-term-dropped": v - ETA * 2 * c * v})
    wrong = {"gradient.first-component-repeated": by_w, "gradient.second-component-missing": Fraction(0)}
    yield Wrong(text, "dF/dv", by_v, wrong)


def valley() -> Wrong:
    a, t, w = Fraction("1.7"), Fraction("2.3"), Fraction("0.9")
    text = (
        f'[given]\na = "{a}"\nt = "{t}"\n[parameters]\nw = "{w}"\n[steps]\nF = "a*(w - t)^2"\n[update]\neta = "{ETA}"'
    )
    return Wrong(text, "w@1", w - ETA * 2 * a * (w - t), {"second-step.jumped-to-the-minimum": t})


def line() -> Iterator[Wrong]:
    """Yield the slopes of a mean squared error over four examples, by the weight and by the bias."""
    xs, ts = [Fraction(x) for x in ("1.3", "-0.8", "2.1", "0.4")], [Fraction(t) for t in ("2.2", "0.7", "-1.4", "3.1")]
    w, b, n = Fraction("0.7"), Fraction("-0.45"), 4
    text = (
        f'[parameters]\nw = "{w}"\nb = "{b}"\n[steps]\ny = "w*x + b"\nE = "(y - t)^2"\n'
        f"[examples]\nx = [{', '.join(map(str, map(float, xs)))}]\nt = [{', '.join(map(str, map(float, ts)))}]\n"
        f'[update]\neta = "{ETA}"\nreduce = "mean"'
    )
    e = [w * x + b - t for x, t in zip(xs, ts, strict=True)]

    def mean(parts: Any) -> Fraction:
        return sum(parts, Fraction(0)) * 2 / n

    by_w = mean(gap * x for gap, x in zip(e, xs, strict=True))
    wrong = {
        "mse-weight.factor-2-missing": by_w / 2,
        "mse-weight.not-averaged": by_w * n,
        "mse-weight.residual-reversed": -by_w,
        "mse-weight.inner-derivative-x-missing": mean(e),
        "mse-weight.residual-still-squared": mean(gap**2 * x for gap, x in zip(e, xs, strict=True)),
        "mse-weight.factor-2-and-mean-both-missing": by_w * n / 2,
        "mse-weight.averaged-separately": 2 * sum(e) / n * sum(xs) / n,
        "mse-weight.multiplied-by-y": mean(gap * t for gap, t in zip(e, ts, strict=True)),
        "mse-weight.multiplied-by-w": mean(gap * w for gap in e),
        "mse-weight.prediction-without-bias": mean((gap - b) * x for gap, x in zip(e, xs, strict=True)),
        "mse-weight.one-sample-only": 2 * e[0] * xs[0],
        "mse-weight.x-squared": mean(gap * x**2 for gap, x in zip(e, xs, strict=True)),
        "mse-weight.divided-by-n-twice": by_w / n,
    }
    yield Wrong(text, "dE/dw", by_w, wrong)
    by_b = mean(e)
    yield Wrong(
        text,
        "dE/db",
        by_b,
        {
            "mse-bias.multiplied-by-x": by_w,
            "mse-bias.factor-2-missing": by_b / 2,
            "mse-bias.multiplied-by-b": mean(gap * b for gap in e),
            "mse-bias.residual-reversed": -by_b,
        },
    )


def relu_off() -> Wrong:
    z = Fraction("-1.3")
    text = f'[parameters]\nz = "{z}"\n[steps]\nh = "relu(z)"\nE = "(h - 0.6)^2"'
    wrong = {
        "relu-off.negative-side-left-on": Fraction(1),
        "relu-off.minus-one": Fraction(-1),
        "relu-off.input-instead-of-slope": z,
        "relu-off.leaky-slope": Fraction("0.01"),
    }
    return Wrong(text, "dh/dz:direct", Fraction(0), wrong)


def diamond() -> Wrong:
    """Return the slope of y = u·v by the x that both are made of."""
    x = Fraction("1.3")
    u, v, by_u, by_v = Fraction("0.7") * x**2, Fraction("2.3") * x**3, Fraction("1.4") * x, Fraction("6.9") * x**2
    text = f'[parameters]\nx = "{x}"\n[steps]\nu = "0.7*x^2"\nv = "2.3*x^3"\ny = "u*v"'
    wrong = {
        "paths.first-path-missing": u * by_v,
        "paths.second-path-missing": v * by_u,
        "paths.paths-multiplied": u * by_v * v * by_u,
        "paths.paths-averaged": (u * by_v + v * by_u) / 2,
        "paths.links-crossed": v * by_v + u * by_u,
        "paths.sums-multiplied": (u + v) * (by_u + by_v),
    }
    return Wrong(text, "dy/dx", v * by_u + u * by_v, wrong)


def matrix() -> Iterator[Wrong]:
    """Yield a layer z = W·h with a ReLU behind it: the gradient sent back to h1, and that of W[1,2]."""
    h1, h2, p, q = Fraction("1.3"), Fraction("0.6"), Fraction("0.9"), Fraction("2.7")
    w = {"w11": Fraction("0.7"), "w12": Fraction("1.9"), "w21": Fraction("2.3"), "w22": Fraction("0.4")}
    lines = ["[given]", f'h1 = "{h1}"', f'p = "{p}"', f'q = "{q}"', "[parameters]", f'k = "{h2}"']
    lines += [*(f'{name} = "{value}"' for name, value in w.items()), "[steps]", 'h2 = "relu(k)"']
    lines += ['z1 = "w11*h1 + w12*h2"', 'z2 = "w21*h1 + w22*h2"', 'E = "p*z1 + q*z2"']
    text = "\n".join(lines)
    wrong = {
        "back-through-weights.not-transposed": w["w21"] * p + w["w22"] * q,
        "back-through-weights.element-wise": w["w22"] * q,
    }
    yield Wrong(text, "dE/dh2", w["w12"] * p + w["w22"] * q, wrong)
    wrong = {"hidden-weight.transposed": q * h1, "weight-matrix.inner-product": p * h1 + q * h2}
    yield Wrong(text.replace('h2 = "relu(k)"', 'h2 = "k*1"\nr = "relu(k)"'), "dE/dw12", p * h2, wrong)


def share() -> Wrong:
    text = '[parameters]\nw = "0.37"\n[steps]\nE = "(w - 0.1)^2"'
    value = Fraction("0.27") ** 2
    wrong = {
        "number.percent-for-fraction": 100 * value,
        "number.decimal-point-one-place-left": value / 10,
        "number.decimal-point-one-place-right": value * 10,
        "number.reciprocal": 1 / value,
        "number.squared": value**2,
        "number.doubled": 2 * value,
    }
    return Wrong(text, "E", value, wrong)
