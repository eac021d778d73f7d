"""The skills of section 1."""

from __future__ import annotations

from typing import Final

from tutor.practice.skill import Skill
from tutor.practice.skills import entropies, misses, predictions, preparing, steps

_NEURON = ("neuron.bias-forgotten", "neuron.weights-added-to-inputs")
_ERROR = ("mse.not-squared", "mse.half-included")
_SOFTMAX = ("softmax.no-exponentials", "softmax.not-normalised", "softmax.itself-left-out-of-the-sum")

SECTION_1: Final[tuple[Skill, ...]] = (
    Skill(
        "sum-and-mean-of-squares", "Sum, squares, mean", 1, "four-things-from-school", "sum", misses.sums_and_squares,
        ("negative-square.minus-survives-the-square", "square-of-sum.square-distributed",
         "number.previous-step-repeated"),
    ),
    Skill(
        "line-prediction", "Prediction of a straight line", 1, "a-machine-with-screws", "put-in",
        predictions.line_prediction, (*_NEURON, "order-of-operations.left-to-right"),
    ),
    Skill(
        "weighted-sum", "A neuron's weighted sum", 1, "a-machine-with-screws", "put-in", predictions.weighted_sum,
        (*_NEURON, "neuron.weights-swapped"), ("line-prediction",),
    ),
    Skill(
        "squared-error", "Squared error of one example", 1, "a-machine-with-screws", "loss", misses.squared_error,
        (*_ERROR, "mse.squares-subtracted", *_NEURON), ("line-prediction",),
    ),
    Skill(
        "turned-weight", "What a turned weight does to the loss", 1, "a-machine-with-screws", "difference",
        predictions.turned_weight, (*_ERROR, *_NEURON), ("squared-error",),
    ),
    Skill(
        "share-of-distance", "Steps in proportion to the distance", 1, "too-low-too-high", "update",
        steps.share_of_distance,
        ("step.ascent", "step.learning-rate-forgotten", "step.only-eta-subtracted", "second-step.stale-gradient",
         "second-step.restarted-from-w0"),
    ),
    Skill(
        "sum-of-squared-errors", "Sum of squared errors, SSE", 1, "one-number-for-wrong", "sum",
        misses.sum_of_squared_errors, ("mse.sum-squared", *_ERROR, "mse.squares-subtracted"), ("squared-error",),
    ),
    Skill(
        "mean-squared-error", "Mean squared error, MSE", 1, "one-number-for-wrong", "mean", misses.mean_squared_error,
        ("mse.not-averaged", "mse.divided-by-n-minus-1", "mse.sum-squared", *_ERROR), ("sum-of-squared-errors",),
    ),
    Skill(
        "slopes-of-mean", "How the MSE reacts to predictions", 1, "one-number-for-wrong", "power",
        misses.slopes_of_mean,
        ("gradient.negative-gradient", "chain.outer-exponent-not-brought-down", "chain.outer-power-not-lowered",
         "mse.not-averaged", "mse.sum-squared"),
        ("mean-squared-error",),
    ),
    Skill(
        "binary-cross-entropy", "Cross-entropy of a yes or no", 1, "how-surprised-were-you", "log",
        entropies.binary_cross_entropy, ("bce.minus-missing", "bce.base-10", "bce.base-2", "bce.wrong-class"),
    ),
    Skill(
        "cross-entropy", "Cross-entropy of a one-hot truth", 1, "how-surprised-were-you", "log",
        entropies.cross_entropy, ("bce.minus-missing", "bce.base-10", "bce.both-terms-counted"),
        ("binary-cross-entropy",),
    ),
    Skill(
        "softmax-shares", "Softmax: from scores to shares", 1, "from-scores-to-shares", "exponential",
        entropies.softmax_shares, _SOFTMAX,
    ),
    Skill(
        "slopes-of-scores", "Share minus truth", 1, "from-scores-to-shares", "exponential", entropies.slopes_of_scores,
        ("ce-logit.reversed", "ce-logit.only-the-true-class", *_SOFTMAX), ("softmax-shares", "cross-entropy"),
    ),
    Skill(
        "mean-absolute-error", "Mean absolute error, MAE", 1, "which-loss", "mean", misses.mean_absolute_error,
        ("mse.not-averaged", "mse.divided-by-n-minus-1", *_NEURON), ("mean-squared-error",),
    ),
    Skill(
        "standardised-feature", "Standardise a feature", 1, "before-the-first-step", "scale", preparing.standardise,
        ("mse.not-averaged", "mse.divided-by-n-minus-1", "mse.sum-squared",
         "negative-square.minus-survives-the-square"),
        ("sum-and-mean-of-squares",),
    ),
)  # fmt: skip
