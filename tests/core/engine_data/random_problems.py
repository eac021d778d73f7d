"""Random problems of layers, kinks, shared weights and batches, whose values stay within what floats hold."""

from __future__ import annotations

from hypothesis import strategies as st

RULES = {
    "sgd": "",
    "momentum": "beta = 0.9",
    "nesterov": "beta = 0.8",
    "rmsprop": "rho = 0.9\nepsilon = 1e-4",
    "adam": "beta1 = 0.9\nbeta2 = 0.99\nepsilon = 1e-4",
    "adamw": "beta1 = 0.8\nbeta2 = 0.9\nepsilon = 1e-3\nweight_decay = 0.1",
}
FORMULAS = (
    "{a}*{b} + {c}", "{a} - {b}", "0.3*({a} - {b})^2", "tanh({a} + {b})", "sigmoid({a})*{b}", "1 - sigmoid({a}*{b})",
    "max({a}, {b}, 0.25)", "min({a}, {b})", "relu({a} + {b})", "abs({a} - {b})", "exp(-{a}^2/4)", "ln(2 + {a}^2)",
    "sqrt(1 + {a}^2)", "{a}/(2 + sin({b}))", "softplus({a}) - {b}", "cos({a})*sinh({b}/9)", "cosh({a}/9)", "-{a}",
    "e^(-{a}^2)*pi", "(1 + {a}^2)^0.5", "2^sin({a})", "{a}^3/27 + tan({b}/50)", "{a}", "({a} + 2*{b})/3",
)  # fmt: skip
DECIMALS = st.integers(-300, 300).map(lambda hundredths: f"{hundredths / 100:.2f}")


@st.composite
def problem_texts(draw: st.DrawFn) -> str:
    """Return the text of a random problem file."""
    parameters = draw(st.lists(st.sampled_from(["w1", "w2", "θ", "b"]), min_size=1, max_size=4, unique=True))
    count = draw(st.integers(0, 4))
    names = [*parameters, "x", "t"]
    lines = ["[parameters]", *(f'"{name}" = {draw(DECIMALS)}' for name in parameters)]
    for section, data in (("examples", "x"), ("given", "t")) if count else (("given", "x"), ("given", "t")):
        values = ", ".join(draw(DECIMALS) for _ in range(count if section == "examples" else 1))
        lines += [f"[{section}]"] if f"[{section}]" not in lines else []
        lines.append(f"{data} = [{values}]" if section == "examples" else f"{data} = {values}")
    lines.append("[steps]")
    for number in range(draw(st.integers(1, 6))):
        chosen = [draw(st.sampled_from(names + names[-2:] * 2)) for _ in range(3)]
        formula = draw(st.sampled_from(FORMULAS)).format(**dict(zip("abc", chosen, strict=True)))
        lines.append(f's{number} = "{formula}"')
        names.append(f"s{number}")
    used = " + ".join(f"0.1*{name}^2" for name in parameters)
    lines.append(f'E = "({names[-1]} - t)^2/4 + {used}"')
    rule = draw(st.sampled_from(sorted(RULES)))
    lines += ["[update]", f'rule = "{rule}"', RULES[rule], f"eta = {draw(st.sampled_from(['0.1', '0.01']))}"]
    lines += [f'reduce = "{draw(st.sampled_from(["mean", "sum"]))}"', "steps = 3"]
    if count:
        lines.append(f"batch_size = {draw(st.integers(1, count))}")
    return "\n".join(lines) + "\n"
