"""The skills of section 2."""

from __future__ import annotations

from typing import Final

from tutor.practice.skill import Skill
from tutor.practice.skills import partials, slopes, steps

_POWER = ("power.exponent-not-brought-down", "power.exponent-not-reduced")
_STEP = ("step.ascent", "step.learning-rate-forgotten", "step.only-eta-subtracted")
_ONE_STEP = (*_STEP, "step.divided-by-eta", "step.step-size-without-sign")
_STEPS = (*_STEP, "second-step.stale-gradient", "second-step.restarted-from-w0")

SECTION_2: Final[tuple[Skill, ...]] = (
    Skill(
        "measured-slope", "Slope measured with a nudge", 2, "valley-in-fog", "difference", slopes.measured_slope,
        (*_POWER, "power.exponent-increased"),
    ),
    Skill(
        "power-rule", "Power rule", 2, "valley-in-fog", "power", slopes.power_rule,
        (*_POWER, "power.coefficient-dropped", "power.exponent-increased"),
    ),
    Skill(
        "polynomial-slope", "Slope of a polynomial", 2, "valley-in-fog", "power", slopes.polynomial_slope,
        (*_POWER, "power.constant-kept", "power.linear-term-copied", "power.linear-term-deleted"), ("power-rule",),
    ),
    Skill(
        "one-step", "One step in a valley", 2, "one-rule-for-every-step", "update", steps.one_step, _ONE_STEP,
        ("power-rule",),
    ),
    Skill(
        "three-steps", "Several steps in a valley", 2, "one-rule-for-every-step", "update", steps.three_steps, _STEPS,
        ("one-step",),
    ),
    Skill(
        "slope-of-square", "Slope of the square of a line", 2, "twenty-steps-to-three", "chain",
        slopes.slope_of_square,
        ("chain.inner-derivative-missing", "chain.outer-exponent-not-brought-down", "chain.outer-power-not-lowered",
         "square-of-sum.square-distributed"),
        ("polynomial-slope",),
    ),
    Skill(
        "function-slope", "Slopes of exp, ln and roots", 2, "twenty-steps-to-three", "chain", slopes.function_slope,
        ("exponential.rate-lost", "exponential.treated-as-a-power", "logarithm.inner-derivative-lost",
         "logarithm.base-10-logarithm", "root.half-lost", "root.power-not-lowered"),
        ("slope-of-square",),
    ),
    Skill(
        "long-steps", "Steps that are long for the valley", 2, "too-short-too-long", "update", steps.long_steps,
        _STEPS, ("three-steps",),
    ),
    Skill(
        "partial-derivatives", "Partial derivatives", 2, "one-slider-at-a-time", "partial",
        partials.partial_derivatives,
        ("partial.mixed-term-dropped", "partial.mixed-term-differentiated-as-a-product", "partial.y-only-term-kept",
         "partial.wrong-variable"),
        ("polynomial-slope",),
    ),
    Skill(
        "bowl-step", "A step with two parameters", 2, "all-sliders-at-once", "update", partials.bowl_step,
        (*_STEP, "together.gradient-of-the-other-weight", "together.started-from-the-other-weight"),
        ("one-step", "partial-derivatives"),
    ),
    Skill(
        "trough-step", "Both parameters at the same moment", 2, "all-sliders-at-once", "update", partials.trough_step,
        ("together.sequential-update", "together.cross-term-dropped", "together.gradient-of-the-other-weight",
         "step.ascent", "step.learning-rate-forgotten"),
        ("bowl-step",),
    ),
    Skill(
        "gradient-of-squared-error", "Gradient of one squared error", 2, "all-sliders-at-once", "chain",
        partials.gradient_of_squared_error,
        ("mse-weight.factor-2-missing", "mse-weight.residual-reversed", "mse-weight.inner-derivative-x-missing",
         "mse.not-squared"),
        ("squared-error", "slope-of-square", "partial-derivatives"),
    ),
    Skill(
        "step-on-hillside", "A step on a hillside", 2, "two-starts", "update", steps.step_on_hillside, _ONE_STEP,
        ("one-step", "polynomial-slope"),
    ),
)  # fmt: skip
