"""The skills of section 4."""

from __future__ import annotations

from typing import Final

from tutor.practice.skill import Skill
from tutor.practice.skills import arriving, checks, networks, slopes_of_activations

_OUTPUT = ("mse-weight.residual-reversed", "mse-weight.factor-2-missing", "mse-weight.residual-still-squared")

SECTION_4: Final[tuple[Skill, ...]] = (
    Skill(
        "gradient-at-the-output", "The gradient that arrives at the output", 4, "what-arrives", "arriving",
        arriving.output_gradient,
        (*_OUTPUT[:2], "half-square.reversed", "half-square.extra-factor-2", "multiply-gate.own-input-used"),
        ("power-of-a-line", "gradient-of-squared-error"),
    ),
    Skill(
        "backward-three-weights", "Backward along three weights", 4, "what-arrives", "arriving",
        arriving.chain_of_weights,
        (*_OUTPUT, "multiply-gate.own-input-used", "multiply-gate.upstream-missing"),
        ("chain-three-links", "gradient-at-the-output"),
    ),
    Skill(
        "two-branches-backward", "Gradients of two branches", 4, "all-five-gradients", "arriving",
        networks.two_branches,
        ("mse-weight.residual-still-squared", "chain.inner-derivative-missing", "multiply-gate.own-input-used",
         "multiply-gate.upstream-missing"),
        ("backward-three-weights", "power-of-a-line"),
    ),
    Skill(
        "shared-end", "Gradients with a shared end", 4, "shared-end", "arriving", arriving.shared_end,
        ("multiply-gate.own-input-used", "multiply-gate.upstream-missing", "multiply-gate.added-instead-of-multiplied"),
        ("backward-three-weights",),
    ),
    Skill(
        "relu-gates-backward", "ReLU gates on the way back", 4, "gates", "arriving", slopes_of_activations.relu_gates,
        ("relu-off.negative-side-left-on", "relu-off.minus-one", "output-weight.activation-missing",
         "output-weight.weight-used", "hidden-weight.hidden-layer-skipped"),
        ("two-branches-backward", "relu-layer"),
    ),
    Skill(
        "sigmoid-slope", "Slope of the sigmoid from its value", 4, "why-it-must-bend", "squash",
        slopes_of_activations.sigmoid_slope,
        ("sigmoid-slope.1-minus-s-missing", "sigmoid-slope.s-missing", "sigmoid-slope.1-minus-s-squared",
         "sigmoid-slope.sign-reversed", "delta-output.activation-slope-missing"),
        ("neuron-forward", "chain-two-links"),
    ),
    Skill(
        "tanh-slope", "Slope of tanh from its value", 4, "why-it-must-bend", "squash",
        slopes_of_activations.tanh_slope,
        ("tanh-slope.square-missing", "tanh-slope.one-minus-missing", "tanh-slope.output-given",
         "tanh-slope.sigmoid-rule", "delta-output.activation-slope-missing"),
        ("neuron-forward", "chain-two-links"),
    ),
    Skill(
        "two-layers-backward", "Backward pass of two layers", 4, "two-layer-trace", "arriving",
        networks.two_layers_back,
        (*_OUTPUT, "multiply-gate.own-input-used", "power.exponent-not-brought-down"),
        ("two-branches-backward", "two-layers-forward"),
    ),
    Skill(
        "gradients-and-update", "All gradients and one update", 4, "all-five-gradients", "update",
        networks.gradients_and_update,
        (*_OUTPUT[:2], "multiply-gate.own-input-used", "step.ascent", "step.learning-rate-forgotten",
         "step.only-eta-subtracted"),
        ("two-branches-backward", "one-step"),
    ),
    Skill(
        "gradient-check", "Gradient check by central difference", 4, "trust-but-measure", "difference",
        checks.gradient_check,
        ("central-difference.divided-by-h-only", "central-difference.not-divided",
         "central-difference.order-reversed", "central-difference.forward-difference"),
        ("power-of-a-line", "measured-slope"),
    ),
    Skill(
        "random-network", "All gradients of a random network", 4, "three-checkpoints", "arriving",
        networks.random_network,
        (*_OUTPUT, "multiply-gate.own-input-used"),
        ("two-layers-backward", "relu-gates-backward", "paths-added"),
    ),
)  # fmt: skip
"""What learners of section 4 do by hand, in the order of its lessons."""
