"""The skills of section 3."""

from __future__ import annotations

from typing import Final

from tutor.practice.skill import Skill
from tutor.practice.skills import chains, forward, roads

_LINKS = ("links.last-link-missing", "links.first-link-missing", "links.links-added")
_POWERS = ("power.exponent-not-brought-down", "power.exponent-not-reduced")
_PATHS = ("paths.first-path-missing", "paths.second-path-missing", "paths.paths-multiplied", "paths.paths-averaged")

SECTION_3: Final[tuple[Skill, ...]] = (
    Skill(
        "nested-value", "Value of a nested function", 3, "three-floors-deep", "put-in", chains.nested_value,
        ("square-of-sum.square-distributed", "negative-square.minus-survives-the-square",
         "order-of-operations.left-to-right"),
    ),
    Skill(
        "chain-two-links", "Chain rule, two links", 3, "gears-in-a-row", "chain", chains.chain_of_two,
        (*_LINKS, *_POWERS, "power.constant-kept"), ("nested-value", "polynomial-slope"),
    ),
    Skill(
        "chain-three-links", "Chain rule, three links", 3, "gears-in-a-row", "chain", chains.chain_of_three,
        (*_LINKS, "links.middle-link-missing", "power.exponent-not-brought-down"), ("chain-two-links",),
    ),
    Skill(
        "power-of-a-line", "Slope of a power of an inner line", 3, "three-floors-deep", "chain", roads.power_of_a_line,
        ("chain.inner-derivative-missing", "chain.outer-exponent-not-brought-down", "chain.outer-power-not-lowered",
         "chain.factors-added", "chain.only-the-inside-differentiated"),
        ("chain-two-links",),
    ),
    Skill(
        "paths-added", "One input along several paths", 3, "blame-along-every-road", "paths", roads.two_roads,
        _PATHS, ("chain-two-links",),
    ),
    Skill(
        "product-of-inner-functions", "Product of two inner functions", 3, "three-floors-deep", "product",
        roads.product_of_inner,
        ("product.first-term-missing", "product.second-term-missing", "product.product-of-derivatives",
         "paths.first-path-missing", "paths.second-path-missing", "power.exponent-not-brought-down"),
        ("paths-added", "power-of-a-line", "partial-derivatives"),
    ),
    Skill(
        "neuron-forward", "Forward pass of one neuron", 3, "neurons-side-by-side", "put-in", forward.one_neuron,
        ("neuron.bias-forgotten", "neuron.activation-forgotten", "neuron.weights-swapped",
         "neuron.bias-added-after-the-activation", "sigmoid.sign-in-the-exponent"),
        ("weighted-sum",),
    ),
    Skill(
        "relu-layer", "Forward pass of a ReLU layer", 3, "neurons-side-by-side", "put-in", forward.relu_layer,
        ("neuron.bias-forgotten", "neuron.activation-per-product", "relu.derivative-given"), ("neuron-forward",),
    ),
    Skill(
        "two-layers-forward", "Forward pass of two layers", 3, "two-layers-by-hand", "put-in", forward.two_layers,
        ("neuron.bias-forgotten", "negative-square.minus-survives-the-square", "relu.derivative-given"),
        ("relu-layer",),
    ),
    Skill(
        "batch-loss", "Loss of a network over a batch", 3, "three-examples-one-number", "loss", forward.batch_loss,
        ("mse.not-squared", "mse.half-included", "mse.squares-subtracted", "mse.not-averaged"),
        ("two-layers-forward", "mean-squared-error"),
    ),
)  # fmt: skip
"""What learners of section 3 do by hand, in the order of its lessons."""
