"""Injected mistakes in a softmax over three scores with a cross-entropy behind it."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from elementary_rules import constant, exp, log, sigmoid, size
from injection import Wrong

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

TEN, TWO = Fraction(10), Fraction(2)


def softmax_cells(source: random.Random) -> Iterator[Wrong]:
    """Yield the cells of a softmax over three scores, with their wrong answers; none where a share is very small."""
    data = {"x": size(source), **{f"w{i}": constant(source) / 2 for i in (1, 2, 3)}}
    label = source.choice([1, 2, 3])
    z = {i: data[f"w{i}"] * data["x"] for i in (1, 2, 3)}
    whole = sum(exp(score) for score in z.values())
    p = {i: exp(z[i]) / whole for i in z}
    if min(p.values()) < Fraction(1, 100):
        return
    lines = ["[given]", f'x = "{data["x"]}"', "[parameters]", *(f'w{i} = "{data[f"w{i}"]}"' for i in z), "[steps]"]
    lines += [f'z{i} = "w{i}*x"' for i in z]
    lines += [f'p{i} = "exp(z{i})/(exp(z1) + exp(z2) + exp(z3))"' for i in z]
    text = "\n".join([*lines, f'L = "-ln(p{label})"'])
    scores = sum(z.values())
    for i, score in z.items():
        others = whole - exp(score)
        wrong = {
            "softmax.no-exponentials": score / scores if abs(scores) > Fraction(1, 20) else None,
            "softmax.not-normalised": exp(score),
            "softmax.itself-left-out-of-the-sum": exp(score) / others,
            "softmax.exponential-of-the-share": exp(score / scores) if abs(scores) > Fraction(1, 20) else None,
            "softmax.sigmoid-per-component": sigmoid(score),
        }
        yield Wrong(text, f"p{i}", p[i], wrong)
        yield Wrong(
            text,
            f"dp{i}/dz{i}:direct",
            p[i] * (1 - p[i]),
            {"softmax-own.off-diagonal-rule-used": -(p[i] ** 2), "softmax-own.probability-given": p[i]},
        )
        j = i % 3 + 1
        yield Wrong(
            text,
            f"dp{i}/dz{j}:direct",
            -p[i] * p[j],
            {
                "softmax-other.sign-lost": p[i] * p[j],
                "softmax-other.assumed-independent": Fraction(0),
                "softmax-other.diagonal-rule-used": p[i] * (1 - p[i]),
            },
        )
    q = p[label]
    yield Wrong(
        text,
        "L",
        -log(q),
        {
            "bce.minus-missing": log(q),
            "bce.base-10": -log(q) / log(TEN),
            "bce.base-2": -log(q) / log(TWO),
            "bce.log-forgotten": 1 - q,
            "bce.probability-negated": -q,
            "bce.squared-error-used": (1 - q) ** 2,
        },
    )
    for i in z:
        is_true = i == label
        wrong = {
            "ce-logit.one-hot-not-subtracted": p[i] if is_true else None,
            "ce-logit.reversed": -(p[i] - is_true),
            "ce-logit.only-the-true-class": None if is_true else Fraction(0),
            "ce-logit.1-subtracted-everywhere": None if is_true else p[i] - 1,
            "ce-logit.wrong-class-index": p[i] if is_true else p[i] - 1,
        }
        yield Wrong(text, f"dL/dz{i}", p[i] - is_true, wrong)
