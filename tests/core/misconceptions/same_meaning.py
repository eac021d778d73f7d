"""Ids that say the same thing on a cell: their rules are one formula there, so either name is right.

Each group holds only where its reason does; elsewhere the rules of its ids give different values.
"""

from __future__ import annotations

SAME: tuple[tuple[tuple[str, ...], str], ...] = (
    # -- updates
    (
        ("step.only-eta-subtracted", "step.only-the-sign-of-the-gradient"),
        "where the gradient is positive, its sign is 1, and both are w − η",
    ),
    (
        (
            "step.gradient-sign-ignored",
            "step.ascent",
            "momentum-step.added",
            "adam-step.sign",
            "velocity.minus-sign",
        ),
        "where the direction is negative, ignoring its sign climbs; a first velocity with the sign turned climbs too",
    ),
    (
        ("step.unchanged", "second-step.one-step-too-few", "momentum-step.old-velocity-used"),
        "the parameter before this step is the one that has not moved; the velocity before the first step is 0",
    ),
    (
        ("adam-correction.t-ignored", "adam-correction.t-counted-from-0", "adam-correction.not-corrected"),
        "at the second step t − 1 is 1; at the first, β^(t − 1) is 1 and there is nothing to divide by",
    ),
    (
        ("velocity.beta-on-the-gradient", "velocity.roles-swapped"),
        "before the first step the old velocity is 0, and both are β·g",
    ),
    (
        ("rmsprop-step.sum-instead-of-average", "adam-m.full-gradient-added"),
        "before the first step the old average is 0, and both are g²",
    ),
    (
        (
            "momentum-step.plain-gradient-used",
            "velocity.old-velocity-forgotten",
            "momentum-step.old-velocity-used",
            "adam-step.scaling-left-out",
        ),
        "all are w − η·g: with the first moment still g, or with Nesterov's old velocity 0",
    ),
    (
        ("adam-step.only-m-corrected", "adam-v.whole-share-squared"),
        "at the first step both have (1 − β2)·g² under the root",
    ),
    (
        ("weight-decay.weight-missing", "weight-decay.l1-penalty"),
        "where w is positive, its sign is 1, and both are λ",
    ),
    # -- batches
    (
        ("batch-gradient.summed", "mse-weight.not-averaged"),
        "both are the sum over the examples, for any loss and for a squared error",
    ),
    (
        ("batch-gradient.first-sample-only", "mse-weight.one-sample-only", "batch-gradient.median"),
        "one example's gradient; of an odd number of gradients the middle one is one of them",
    ),
    (
        ("batch-gradient.last-sample-only", "mse-weight.one-sample-only", "batch-gradient.median"),
        "one example's gradient; of an odd number of gradients the middle one is one of them",
    ),
    # -- losses
    (
        ("mse.not-squared", "mse.absolute-error", "mse.root-taken"),
        "of one example |p − y| is p − y or y − p, and the root of its square",
    ),
    (
        ("ce-logit.1-subtracted-everywhere", "ce-logit.wrong-class-index"),
        "at a class that is not true both are p − 1",
    ),
    (
        ("ce-logit.one-hot-not-subtracted", "ce-logit.wrong-class-index"),
        "at the true class both are p",
    ),
    # -- layers
    (
        ("layer.only-the-diagonal", "layer.products-not-summed"),
        "in the first row the entry on the diagonal is the first entry",
    ),
    # -- rounding
    (
        (
            "rounding.intermediate-rounded-to-2-decimals",
            "rounding.intermediate-truncated-to-2-decimals",
            "rounding.intermediate-rounded-to-1-decimal",
        ),
        "a value whose next digit is below 5 is cut off to what it is rounded to, one whose second digit is 0 to both",
    ),
    # -- derivatives
    (
        (
            "links.last-link-missing",
            "links.only-the-first-link",
            "links.middle-link-missing",
            "multiply-gate.upstream-passed-unchanged",
        ),
        "on a path of two links (other than those with rate 1), without the last one only the first is left",
    ),
    (
        (
            "links.first-link-missing",
            "links.only-the-last-link",
            "links.middle-link-missing",
            "multiply-gate.upstream-missing",
            "add-gate.local-slope-1-given",
        ),
        "on a path of two links (other than those with rate 1), without the first one only the last is left",
    ),
    (
        ("links.links-added", "multiply-gate.added-instead-of-multiplied"),
        "on a path of two links, what arrives at the product is the other one",
    ),
    (
        ("paths.first-path-missing", "paths.second-path-missing", "shared-weight.one-use-only"),
        "one use of a parameter is one path, where each use leads to the objective in one way",
    ),
    (("paths.paths-averaged", "shared-weight.averaged"), "one use of a parameter is one path"),
    (
        (
            "partial.wrong-variable",
            "gradient.components-swapped",
            "gradient.first-component-repeated",
            "multiply-gate.own-input-used",
        ),
        "the derivative by another parameter of the same formula is another component of the gradient",
    ),
    (
        (
            "partial.other-variable-also-differentiated",
            "partial.mixed-term-differentiated-as-a-product",
            "gradient.summed-to-one-number",
        ),
        "all add the slope by the other variable: where no term holds it alone, where there is no third parameter",
    ),
)
# A rule about any path, product or gradient, and the rules that it is in a network, at a loss, at an activation.
IN_GENERAL: dict[str, tuple[tuple[str, ...], str]] = {
    "links.last-link-missing": (
        (
            "delta-output.activation-slope-missing",
            "bce-logit.stopped-at-p",
            "delta-hidden.activation-slope-missing",
            "hidden-weight.input-missing",
            "output-weight.activation-missing",
        ),
        "the link that is missing is the last one",
    ),
    "links.only-the-first-link": (
        ("delta-output.activation-slope-missing", "bce-logit.stopped-at-p"),
        "on a path of two links only the first is left",
    ),
    "links.middle-link-missing": (
        (
            "delta-hidden.weight-missing",
            "delta-hidden.output-slope-missing",
            "hidden-weight.hidden-layer-skipped",
            "hidden-weight.output-error-only",
        ),
        "the link that is missing stands between others",
    ),
    "links.first-link-missing": (("delta-output.error-missing",), "the link that is missing is the first one"),
    "links.only-the-last-link": (("delta-output.error-missing",), "on a path of two links only the last is left"),
    "links.a-link-used-twice": (
        ("bce-logit.sigmoid-slope-applied-twice", "add-gate.scaled-by-the-other-input"),
        "the slope of the sigmoid is the link; the other term happens to be one",
    ),
    "multiply-gate.upstream-passed-unchanged": (
        ("hidden-weight.input-missing", "output-weight.activation-missing"),
        "a weight stands at a product with its input",
    ),
    "multiply-gate.own-input-used": (("output-weight.weight-used",), "the weight's own value stands for its input's"),
    "gradient.components-swapped": (
        (
            "hidden-weight.transposed",
            "hidden-weight.input-missing",
            "output-weight.activation-missing",
            "output-weight.neighbouring-index",
            "output-weight.weight-used",
            "multiply-gate.own-input-used",
            "multiply-gate.upstream-passed-unchanged",
        ),
        "another weight's gradient, or the bias's",
    ),
    "partial.wrong-variable": (
        (
            "hidden-weight.input-missing",
            "output-weight.activation-missing",
            "output-weight.neighbouring-index",
            "softmax-other.diagonal-rule-used",
            "max-gate.routed-to-both",
        ),
        "the derivative by another name of the same step",
    ),
    "gradient.summed-to-one-number": (
        ("max-gate.routed-to-both",),
        "the one that loses has slope 0, so the sum is what the other one gets",
    ),
    "weight-matrix.outer-product-transposed": (("hidden-weight.transposed",), "one entry of the transposed matrix"),
    "sigmoid-slope.pre-activation-used": (
        ("delta-output.slope-from-the-pre-activation", "delta-hidden.slope-from-the-pre-activation"),
        "z·(1 − z) for the slope of the sigmoid, in the delta",
    ),
    "sigmoid-slope.1-minus-s-missing": (("delta-hidden.slope-is-h-only",), "h for h·(1 − h), in the delta"),
    "quotient.only-the-top-varied": (("softmax-own.probability-given",), "e^z/Σ for its slope"),
    "negative-power.minus-sign-lost": (("softmax-other.sign-lost",), "−e^z·e^y/Σ² without its minus"),
    "negative-exponent.minus-dropped": (
        ("sigmoid.sign-in-the-exponent", "sigmoid.reciprocal-not-taken"),
        "e^z for the e^(−z) of a sigmoid that is written out",
    ),
    "negative-exponent.negative-exponent-as-negative-number": (
        ("sigmoid.e-minusz-read-as-minuse-z",),
        "−e^z for the e^(−z) of a sigmoid that is written out",
    ),
    "logarithm.inner-derivative-lost": (("bce-probability.inner-minus-lost",), "the inner derivative of 1 − p is −1"),
    "chain.outer-exponent-not-brought-down": (
        ("half-square.half-left-over", "mse-weight.factor-2-missing"),
        "the 2 of the square",
    ),
    "chain.inner-derivative-missing": (
        ("mse-weight.residual-reversed", "half-square.reversed"),
        "the inner derivative of t − y is −1",
    ),
    "chain.multiplied-by-the-inside-not-its-derivative": (
        ("mse-weight.residual-still-squared",),
        "the inside once more, where its derivative is 1",
    ),
}
SIGN_TURNED = (
    "gradient.negative-gradient",
    "sine.sign-added",
    "negative-power.minus-sign-lost",
    "quotient.numerator-in-the-wrong-order",
    "sigmoid-slope.sign-reversed",
    "mse-weight.residual-reversed",
    "mse-bias.residual-reversed",
    "half-square.reversed",
    "delta-output.target-reversed",
    "bce-logit.reversed",
    "ce-logit.reversed",
    "bce-probability.inner-minus-lost",
    "central-difference.order-reversed",
)
"""Ids whose rule gives the right value with its sign turned, whatever the numbers."""

IN_GENERAL["gradient.first-component-repeated"] = IN_GENERAL["gradient.components-swapped"]

_GROUPS = [set(group) for group, _ in SAME] + [set(SIGN_TURNED)]


def is_same_meaning(first: str, second: str) -> bool:
    """Whether two ids mean the same mistake; a `number.*` tells how large an answer is, not why, and adds none."""
    if first == second or second.startswith("number."):
        return True
    if any(first in group and second in group for group in _GROUPS):
        return True
    return any(
        special in IN_GENERAL.get(general, ((), ""))[0] for general, special in ((first, second), (second, first))
    )
