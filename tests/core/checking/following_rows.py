"""Answers that follow from earlier ones, mistakes that have a name, and verdicts that are known to be wrong."""

from verdict_rows import Row

FOLLOWING = [
    Row("five", "dE/dw1", "560", "follows", {"dE/dy": "28"}),
    Row("five", "dE/dw1", "28·20", "follows", {"dE/dy": "28"}),
    Row("five", "dE/dw1", "560.0", "follows", {"dE/dy": "2·14"}),
    Row("five", "dE/dw1", "520", "correct", {"dE/dy": "28"}),
    Row("five", "dE/dw1", "560", "incorrect", {}),
    Row("five", "dE/dw1", "540", "incorrect", {"dE/dy": "28"}),
    Row("five", "dE/dw1", "280", "incorrect", {"dE/dy": "28"}),
    Row("five", "dE/dw1", "560", "follows", {"dE/dh1": "28"}),
    Row("five", "dE/dw1", "560", "follows", {"dE/dh1": "28", "dE/dy": "30"}),
    Row("five", "dE/dw1", "600", "incorrect", {"dE/dh1": "28", "dE/dy": "30"}),
    Row("five", "dE/dw1", "520", "correct", {"dE/dw1": "1"}),
    Row("five", "dE/dw1", "1", "incorrect", {"dE/dw1": "1"}),
    Row("five", "dE/dw3", "576", "follows", {"h1": "24"}),  # recomputed: y = 36, ∂E/∂y = 24
    Row("five", "dE/dw3", "624", "follows", {"h1": "24", "dE/dy": "26"}),
    Row("five", "dE/dw3", "650", "correct", {"h1": "24"}),
    Row("five", "dE/dw3", "600", "incorrect", {"h1": "24"}),
    Row("five", "y", "36", "follows", {"h1": "24"}),
    Row("five", "y", "37", "correct", {"h1": "24"}),
    Row("five", "y", "38", "follows", {"h1": "24", "h2": "14"}),
    Row("five", "E", "144", "follows", {"h1": "24"}),
    Row("five", "E", "144", "follows", {"h1": "20", "y": "36"}),
    Row("five", "E", "12²", "follows", {"y": "36"}),
    Row("five", "dE/dy", "24", "follows", {"y": "36"}),
    Row("five", "dE/dy", "26", "correct", {"y": "36"}),
    Row("five", "dE/dy", "-26", "incorrect", {"y": "36"}),
    Row("five", "w1@1", "0.944", "follows", {"dE/dw1": "560"}),
    Row("five", "w1@1", "0.948", "correct", {"dE/dw1": "560"}),
    Row("five", "w1@1", "w1 = 0.944", "follows", {"dE/dw1": "560"}),
    Row("five", "w1@1", "1-0.056", "follows", {"dE/dw1": "560"}),
    Row("five", "w1@1", "0.974", "follows", {"dE/dy": "13"}),
    Row("five", "w1@1", "0.9667", "follows", {"dE/dw1": "333"}),
    Row("five", "w1@1", "0.967", "follows", {"dE/dw1": "333"}),
    Row("five", "w1@1", "0.966", "follows", {"dE/dw1": "333"}),
    Row("five", "w1@1", "0.97", "incomplete", {"dE/dw1": "333"}, counts=False),
    Row("five", "w1@1", "0.968", "incorrect", {"dE/dw1": "333"}),
    Row("five", "w1@1", "1.056", "incorrect", {"dE/dw1": "560"}, misconception="step.ascent"),
    Row("five", "dE/dw1", "560", "follows", {"∂E/∂y": "28"}),
    Row("five", "dE/dw1", "560", "follows", {"∂E/∂y": "∂E/∂y = 28"}),
    Row("five", "dE/dw1", "520", "invalid", {"dE/dy": "abc"}),
    Row("five", "dE/dw1", "520", "invalid", {"dE/dq": "28"}),
    Row("five", "dE/dw1@1", "0", "follows", {"y@1": "24"}),
    Row("nested", "df/dx2", "1080", "follows", {"v": "6"}),  # 3·36·10
    Row("nested", "df/dx2", "1470", "correct", {"v": "6"}),
    Row("nested", "df/dx2", "1176", "follows", {"df/du": "294"}),  # 294 + 147·6
    Row("nested", "v", "12", "follows", {"u": "3"}),
    Row("neuron", "a", "0.768", "follows", {"z": "1.2"}),  # σ(1.2) = 0.76852478…
    Row("neuron", "a", "0.769", "follows", {"z": "1.2"}),
    Row("neuron", "a", "0.77", "incomplete", {"z": "1.2"}),
    Row("neuron", "a", "0.767", "incorrect", {"z": "1.2"}),
    Row("neuron", "dL/da", "-0.2500", "follows", {"a": "0.75"}),
    Row("neuron", "dL/dz", "-0.0468", "correct", {"a": "0.75"}),
    Row("neuron", "dL/dw1", "-0.0703125", "follows", {"dL/dz": "-0.046875"}),
    Row("neuron", "w1@1", "0.8450", "follows", {"dL/dw1": "-0.09"}),
    Row("batch", "dE/dw1", "2144", "follows", {"dE/dw1[1]": "600"}),
    Row("batch", "dE/dw1", "2064", "correct", {"dE/dw1[1]": "600"}),
    Row("batch", "w1@1", "0.6", "follows", {"dE/dw1": "4000"}),
    Row("mean", "dE/dw1", "714.67", "follows", {"dE/dw1[1]": "600"}),
    Row("mean", "dE/dw1", "714.66", "follows", {"dE/dw1[1]": "600"}),
    Row("momentum", "w@1", "2.5", "follows", {"v_w@1": "5"}),
    Row("momentum", "v_w@2", "9.3", "follows", {"v_w@1": "5"}),  # all else true: 4.5 + 4.8
    Row("momentum", "v_w@2", "9.5", "follows", {"v_w@1": "5"}),  # recomputed: w = 2.5, 4.5 + 5
    Row("momentum", "v_w@2", "10.2", "correct", {"v_w@1": "5"}),
    Row("momentum", "w@2", "1.5", "follows", {"v_w@2": "9"}),
    Row("adam", "mhat_w@1", "3", "follows", {"m_w@1": "0.3"}),
    Row("adam", "w@1", "0.850", "follows", {"mhat_w@1": "3"}),  # 0.85000000075
    Row("adam", "w@1", "0.85", "incomplete", {"mhat_w@1": "3"}),
    # exactly right from an earlier answer, where the true value begins with these digits
    Row("neuron", "dL/da", "-0.25", "follows", {"a": "0.75"}),
    Row("neuron", "w1@1", "0.84", "follows", {"dL/dw1": "-0.08"}),
    Row("batch", "w1@1", "0.7", "follows", {"dE/dw1": "3000"}),
    # -0.25·0.75·0.25: the slope of a = σ(z) from the own a
    Row("neuron", "dL/dz", "-0.0469", "follows", {"a": "0.75"}),
    Row("neuron", "dL/dz", "-0.046875", "follows", {"a": "0.75", "dL/da": "-0.25"}),
    Row("five", "dE/dw3", "624", "follows", {"h1": "24"}),  # 26·24: all else at its true value
]

_NAMED = {
    ("five", "w1@1"): {
        "1.052": "step.ascent",
        "-519": "step.learning-rate-forgotten",
        "0.9999": "step.only-eta-subtracted",
        "-0.052": "step.step-given-instead-of-new-value",
        "0.052": "step.step-size-without-sign",
        "520": "step.gradient-given-as-new-weight",
        "-5199999": "step.divided-by-eta",
        "0.9831": "step.loss-used-in-place-of-gradient",
        "0.48": "step.learning-rate-ten-times-too-large",
        "0.9948": "step.learning-rate-ten-times-too-small",
        "-0.948": "step.order-of-subtraction-reversed",
        "0.896": "step.step-taken-twice",
        "0.9844": "together.gradient-of-the-other-weight",
        "1.948": "together.started-from-the-other-weight",
        "1": "step.unchanged",
    },
    ("five", "w1@2"): {"0.948": "second-step.one-step-too-few"},
    ("five", "dE/dw1"): {"26": "links.last-link-missing"},
    ("five", "dE/dy"): {
        "-26": "mse-weight.residual-reversed",
        "13": "mse-weight.factor-2-missing",
        "338": "mse-weight.residual-still-squared",
    },
    ("five", "E"): {"13": "mse.not-squared", "84.5": "mse.half-included", "793": "mse.squares-subtracted"},
    ("nested", "df/dx2"): {
        "588": "paths.second-path-missing",
        "882": "paths.first-path-missing",
        "735": "paths.paths-averaged",
        "518616": "paths.paths-multiplied",
    },
    ("neuron", "dL/da"): {"0.250": "half-square.reversed", "-0.499": "half-square.extra-factor-2"},
    ("mean", "dE/dw1"): {
        "2064": "batch-gradient.summed",
        "520": "batch-gradient.first-sample-only",
        "24": "batch-gradient.last-sample-only",
        "1032": "batch-gradient.off-by-one-in-n",
    },
    ("mean", "w1@1"): {"0.7936": "batch-step.summed-gradients"},
    ("neuron", "w1@1"): {"0.765": "step.ascent"},
}
NAMED = [
    Row(problem, cell, answer, "incorrect", misconception=misconception)
    for (problem, cell), answers in _NAMED.items()
    for answer, misconception in answers.items()
]

OTHER_READINGS = [
    Row("places", "sixth", "1/2·3", "incorrect"),
    Row("places", "sixth", "1/2(3)", "incorrect", counts=False),
    Row("places", "sixth", "1/6w", "incomplete"),
    Row("nested", "v", "7", "correct"),
]

KNOWN_FAILURES = [
    Row(
        "five",
        "dE/dw1",
        "exp(exp(exp(exp(exp(exp(w1))))))",
        "incorrect",
    ),
    Row(
        "neuron",
        "a",
        "σ(1.1)+10^-400",
        "incorrect",
    ),
]
