"""Whatever is wrong with a problem file: one message that names the file, the line, the text and what to write."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tutor.mathematics.derivation import derive
from tutor.mathematics.problem import ProblemError, load_problem, read_problem
from tutor.mathematics.report import as_json, as_text

GOOD = """\
title = "A line"
objective = "E"
[given]
x = 3
[parameters]
w = 1
b = 0.5
[steps]
h = "w*x"
y = "h + b"
E = "(y - t)^2"
[examples]
t = [1, 2]
s = [1, 1]
[update]
rule = "sgd"
eta = 0.1
steps = 2
"""
# what is changed, to what; the line that the message names; what it says: what is wrong, and what to write instead
FAULTS: dict[str, tuple[str, str, int, list[str]]] = {
    "a quote is missing": ('"w*x"', '"w*x', 9, ["not valid TOML", "h = ", "quotes"]),
    "no quotes at all": ('"w*x"', "w*x", 9, ["not valid TOML", "h = w*x", "quotes"]),
    "a bracket is missing": ("[given]", "[given", 3, ["not valid TOML", "[given", "]"]),
    "no equals sign": ("x = 3", "x 3", 4, ["not valid TOML", "x 3", "name = value"]),
    "a Greek key without quotes": ("b = 0.5", "β = 0.5", 7, ["quotes", '"β"']),
    "a name twice in a section": ("b = 0.5", "w = 0.5", 7, ["w = 0.5", "only once"]),
    "a name in two sections": ("b = 0.5", "b = 0.5\nx = 2", 8, ["x", "[given]", "[parameters]", "Keep one"]),
    "a name in examples and given": ("s = [1, 1]", "x = [1, 1]", 14, ["x", "[given]", "[examples]", "Keep one"]),
    "an undefined name": ("h + b", "h + c", 10, ["h + c", "c is not a name", "x", "w", "b", "h"]),
    "a misspelt name": ("(y - t)^2", "(yy - t)^2", 11, ["yy is not a name", "Did you mean y?"]),
    "a misspelt function": ("h + b", "sigmiod(h)", 10, ["sigmiod", "Did you mean sigmoid?"]),
    "names side by side as one word": ("w*x", "wx", 9, ["wx is not a name", "w", "x"]),
    "used before its step": ("h + b", "h + E", 10, ["E", "circle", "above"]),
    "used before its step, no circle": ('h = "w*x"', 'h = "w*q"\nq = "b*x"', 9, ["h uses q", "below", "Move"]),
    "a circle by name": ('h = "w*x"', 'h = "w*y"', 9, ["circle", "h needs y needs h", "above"]),
    "a circle of three": ('h = "w*x"', 'h = "w*E"', 9, ["circle", "h needs E needs y needs h"]),
    "used in itself": ("w*x", "w*h", 9, ["h is used in its own formula", "above"]),
    "lists of unequal length": ("s = [1, 1]", "s = [1]", 14, ["s has 1", "t has 2", "one value for each example"]),
    "an empty list": ("s = [1, 1]", "s = []", 14, ["s must be a list of numbers", "s = ["]),
    "no list": ("s = [1, 1]", "s = 1", 14, ["s must be a list of numbers", "s = ["]),
    "a word in a list": ("s = [1, 1]", 's = [1, "one"]', 14, ["one", "not a number"]),
    "an unknown rule": ('"sgd"', '"sgdm"', 16, ["sgdm", "rule", "Did you mean sgd?", "adamw"]),
    "a rule that is a number": ('"sgd"', "3", 16, ["3", "rule", "momentum"]),
    "no learning rate": ("eta = 0.1\n", "", 16, ["sgd needs eta", "eta = 0.1", "[update]"]),
    "momentum without beta": ('"sgd"', '"momentum"', 16, ["momentum needs beta", "beta = 0.9"]),
    "rmsprop without rho": ('"sgd"', '"rmsprop"', 16, ["rmsprop needs rho", "rho = 0.9"]),
    "adam without beta1": ('"sgd"', '"adam"', 16, ["adam needs beta1", "beta1 = 0.9"]),
    "adamw without decay": (
        '"sgd"', '"adamw"\nbeta1 = 0.9\nbeta2 = 0.999\nepsilon = 1e-8', 16, ["needs weight_decay", "weight_decay = "],
    ),
    "no update at all": ("steps = 2", "steps = 0", 18, ["steps = 0", "whole number from 1"]),
    "half an update": ("steps = 2", "steps = 1.5", 18, ["steps = ", "whole number from 1"]),
    "updates in words": ("steps = 2", 'steps = "two"', 18, ["two", "whole number from 1"]),
    "a truth for a number": ("steps = 2", "steps = true", 18, ["whole number from 1"]),
    "far too many updates": ("steps = 2", "steps = 1000000", 18, ["1000000", "whole number from 1 to"]),
    "an unknown reduction": ("steps = 2", 'reduce = "average"', 18, ["average", '"mean" or "sum"']),
    "a list for a reduction": ("steps = 2", "reduce = [1]", 18, ["reduce", '"mean" or "sum"']),
    "a batch larger than the examples": ("steps = 2", "batch_size = 3", 18, ["batch_size = 3", "examples, 2"]),
    "an empty batch": ("steps = 2", "batch_size = 0", 18, ["batch_size = 0", "whole number from 1"]),
    "a batch without examples": (
        'E = "(y - t)^2"\n[examples]\nt = [1, 2]\ns = [1, 1]\n[update]', 'E = "y^2"\n[update]\nbatch_size = 1', 13,
        ["needs examples", "[examples]"],
    ),
    "an unknown hyperparameter": ("eta = 0.1", "etaa = 0.1", 17, ["etaa", "Did you mean eta?", "batch_size"]),
    "a learning rate in words": ("eta = 0.1", 'eta = "small"', 17, ["small", "not a number"]),
    "a learning rate that is not finite": ("eta = 0.1", "eta = inf", 17, ["inf", "finite"]),
    "not a number": ("x = 3", "x = nan", 4, ["nan", "finite"]),
    "a date": ("x = 3", "x = 2024-05-06", 4, ["x must be a number", "x = 0.5"]),
    "a truth": ("x = 3", "x = true", 4, ["x must be a number", "x = 0.5"]),
    "a table": ("x = 3", "x = {a = 1}", 4, ["x must be a number"]),
    "a list of data": ("x = 3", "x = [3, 4]", 4, ["x is a list", "[examples]"]),
    "a number without end": ("x = 3", "x = 1e99999", 4, ["1e99999", "too long", "shorter"]),
    "too many digits": ("x = 3", f"x = {'9' * 5000}", 4, ["too many digits", "shorter"]),
    "a value beyond all bounds": ("x = 3", 'x = "e^(e^(e^(e^5)))"', 4, ["no finite value", "another number"]),
    "a name equal to a function": ("b = 0.5", "b = 0.5\nexp = 1", 8, ["exp is a function", "exp1"]),
    "a name equal to a spelling of a function": ("b = 0.5", "b = 0.5\nReLU = 1", 8, ["ReLU is a function"]),
    "two spellings of one name": ("b = 0.5", "b = 0.5\nx1 = 1\nx_1 = 2", 9, ["x_1", "x1", "one name", "Rename"]),
    "a Greek letter and its name": ("b = 0.5", 'b = 0.5\neta = 1\n"η" = 2', 9, ["η", "eta", "one name", "Rename"]),
    "a hat and its name": ("b = 0.5", 'b = 0.5\nyhat = 1\n"ŷ" = 2', 9, ["ŷ", "yhat", "one name", "Rename"]),
    "a name equal to a state": ("b = 0.5", "b = 0.5\nv_w = 1", 8, ["v_w", "state", "w", "another name"]),
    "a step equal to a state": ('h = "w*x"', 'h = "w*x"\nmhat_b = "h"', 10, ["mhat_b", "state", "b"]),
    "a name that begins with a digit": ("b = 0.5", "b = 0.5\n1x = 1", 8, ["1x", "begin with a letter"]),
    "a name with a space": ("b = 0.5", 'b = 0.5\n"b 1" = 1', 8, ["b 1", "letters, digits and _"]),
    "an empty name": ("b = 0.5", 'b = 0.5\n"" = 1', 8, ["cannot be a name"]),
    "an objective that is no step": ('objective = "E"', 'objective = "w"', 2, ["w", "h, y, E"]),
    "an objective that is a number": ('objective = "E"', "objective = 3", 2, ["objective must be text"]),
    "a misspelt key": ('title = "A line"', 'titel = "A line"', 1, ["titel", "Did you mean title?"]),
    "a misspelt section": ("[given]", "[givens]", 3, ["givens", "Did you mean given?"]),
    "a section that is a number": ("[given]\nx = 3", "given = 3", 3, ["given must be a section", "[given]"]),
    "a section in double brackets": ("[given]", "[[given]]", 3, ["[given]"]),
    "a step that is a number": ('"h + b"', "3", 10, ["y", "formula in quotes", 'y = "']),
    "half a formula": ("h + b", "h + ", 10, ["h + ", "missing at the end"]),
    "an empty formula": ("h + b", "", 10, ["Nothing is written"]),
    "an open bracket": ("(y - t)^2", "((y - t)^2", 11, ["never closed", "Write )"]),
    "a bracket too many": ("(y - t)^2", "(y - t))^2", 11, ["closes no bracket"]),
    "a decimal comma": ("h + b", "h + 1,5", 10, ["comma", "1.5", "15"]),
    "a sign that is none": ("h + b", "h $ b", 10, ["$", "+ - * / ^"]),
    "too few arguments": ("h + b", "max(h)", 10, ["max takes at least 2"]),
    "too many arguments": ("h + b", "exp(h, b)", 10, ["exp takes one argument", "2"]),
    "a power beyond all bounds": ("(y - t)^2", "(y - t)^99999999", 11, ["powers", "too large", "smaller"]),
    "a tower of powers": ("(y - t)^2", "9^9^9", 11, ["powers", "too large", "smaller"]),
    "too many brackets": ("h + b", "(" * 60 + "h" + ")" * 60, 10, ["brackets", "in parts"]),
    "a line end in a formula": ('"h + b"', '"""h +\nc"""', 10, ["h + c", "c is not a name"]),
    "a sign that steers a terminal": ("h + b", "h + \\u001b[31m", 10, ["y = “h +", "cannot be seen"]),
    "a division by 0": ("h + b", "h/(w - 1)", 10, ["h/(w - 1)", "not finite", "division by 0", "Change"]),
    "a logarithm of 0": ("h + b", "ln(w - 1)", 10, ["ln(w - 1)", "not finite", "logarithm", "Change"]),
    "a root below 0": ("h + b", "sqrt(-4)*w", 10, ["sqrt(-4)*w", "not finite", "square root", "Change"]),
    "a broken power below 0": ("h + b", "(-h)^0.5", 10, ["(-h)^0.5", "not finite", "negative", "Change"]),
    "a pole of the tangent": ("h + b", "tan(pi/2)*w", 10, ["tan(pi/2)*w", "not finite", "Change"]),
    "an exponential beyond all bounds": ("h + b", "exp(exp(exp(exp(h))))", 10, ["not finite", "e to a power"]),
    "0 to a negative power": ("h + b", "(w - 1)^-2", 10, ["not finite", "division by 0"]),
    "a slope that is not finite": ("h + b", "sqrt(w - 1)", 10, ["dy/dw:direct", "not finite", "division by 0"]),
    "no steps": ('[steps]\nh = "w*x"\ny = "h + b"\nE = "(y - t)^2"\n', "[steps]\n", 8, ["no steps", 'y = "']),
    "lists deep in lists": ("x = 3", f"x = {'[' * 3000}{']' * 3000}", 0, ["brackets", "too deep"]),
}  # fmt: skip


def message_of(text: str) -> str:
    """Return what is said about a text, by whatever part finds the fault."""
    with pytest.raises(ProblemError) as caught:
        as_json(derive(read_problem(text, "bad.toml")))
    return str(caught.value)


def broken(fault: str) -> str:
    old, new, _, _ = FAULTS[fault]
    assert GOOD.count(old) == 1, old
    return GOOD.replace(old, new)


def test_the_good_file_is_good() -> None:
    assert as_json(derive(read_problem(GOOD, "good.toml")))


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_named_with_its_line_and_what_to_write(fault: str) -> None:
    _, _, line, words = FAULTS[fault]
    message = message_of(broken(fault))
    assert message.startswith(f"bad.toml:{line}: " if line else "bad.toml: ")
    assert message.isprintable()  # one line, and nothing that steers a terminal
    assert len(message) < 400
    assert all(word in message for word in words), message


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing\n", "[given]\nx = 1\n", 'title = "t"'])
def test_a_file_without_steps(text: str) -> None:
    assert message_of(text).startswith("bad.toml: there are no steps")


def test_lines_are_right_in_files_from_other_systems_and_with_other_line_ends() -> None:
    windows = broken("an undefined name").replace("\n", "\r\n")
    assert message_of(windows).startswith("bad.toml:10: ")
    rare = broken("an undefined name").replace("A line", "A\u2028li\u0085ne")
    assert message_of(rare).startswith("bad.toml:10: ")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('given.x = 1\nparameters = {w = 1, v = [2]}\nsteps.y = "w*x"', 2),
        ('given.x = true\nsteps.y = "x"', 1),
        ('[ "given" ]  # data\n"x" = true\n[steps]\ny = "x"', 2),
        ('[given]\n[given.x]\nz = 1\n[steps]\ny = "x"', 2),
        ('[steps]\ny = "1"\n[given]\n# x = 1\nx = true', 5),
    ],
)
def test_lines_are_right_however_toml_is_written(text: str, line: int) -> None:
    assert message_of(text).startswith(f"bad.toml:{line}: ")


def test_what_is_not_finite_later_is_named_with_its_iteration() -> None:
    text = '[parameters]\nw = 1\n[steps]\ny = "1/w"\n[update]\neta = -1\nsteps = 3\n'
    message = message_of(text)
    assert message.startswith("bad.toml:4: y@1 = “1/w” is not finite: a division by 0.")


def test_the_message_of_a_long_file_comes_at_once() -> None:
    """Lines are looked up, not searched for again and again: the work for a file is linear in its length."""
    steps = "\n".join(f's{k} = "s{k - 1} + w"' for k in range(1, 2000))
    assert message_of(f'[parameters]\nw = 1\n[steps]\ns0 = "w"\n{steps}\nlast = "s1999"').startswith("bad.toml:")
    assert message_of(f'[parameters]\nw = 1\n[steps]\ns0 = "w"\n{steps}'.replace("s700 + w", "q")).startswith(
        "bad.toml:705: "
    )


# -- files


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(ProblemError, match=r"none\.toml: the file cannot be read .* Name a problem file that exists"):
        load_problem(tmp_path / "none.toml")
    with pytest.raises(ProblemError, match="this is not a file"):
        load_problem(tmp_path)
    latin = tmp_path / "latin.toml"
    latin.write_bytes('title = "a"\n# é'.encode("latin-1"))
    with pytest.raises(ProblemError, match=r"latin\.toml:2: this is not UTF-8 text. Save the file as UTF-8"):
        load_problem(latin)


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "bom.toml"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.encode())
    assert load_problem(path).title == "A line"


@pytest.mark.parametrize(
    "fault",
    ["a quote is missing", "a circle by name", "a division by 0", "a line end in a formula", "lists deep in lists"],
)
def test_the_command_says_one_line_and_exits_with_1(fault: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(broken(fault), "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "tutor.cli", "derive", str(path)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith(f"gdtutor: {path}")
    assert "Traceback" not in done.stderr


# -- whatever else is done to a file

MATHEMATICS = [
    *"()|,*^/+-√²⁻¹½% 0", "w", "x", "h", "y", "E", "b", "t", "pi", "e", "sigma", "exp(", "log(", "sqrt(", "relu(",
    "max(", "tan(", "abs(", "(-1)", "^-1", "^0.5", "^(1/3)", "^w", "^1000", "1e99", "1/0", "-2*", "9" * 30,
]  # fmt: skip
PIECES = [
    *MATHEMATICS, *"=[]\"'{}#.₁ηŷ∂\n\t\\\x00\x1b\u2028", "v_w", "[update]", "[steps]", "inf", "nan", "true", '"""',
]  # fmt: skip
FORMULAS = [GOOD.index(formula) + place for formula in ("w*x", "h + b", "(y - t)^2") for place in range(len(formula))]


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """Return the good file with pieces of its formulas exchanged, or with anything deleted, inserted, doubled, cut."""
    text = GOOD
    if draw(st.booleans()):
        for start in sorted(
            draw(st.lists(st.sampled_from(FORMULAS), min_size=1, max_size=3, unique=True)), reverse=True
        ):
            text = text[:start] + draw(st.sampled_from(PIECES)) + text[start + draw(st.integers(0, 1)) :]
        return text
    for _ in range(draw(st.integers(1, 3))):
        start = min(draw(st.integers(0, len(GOOD))), len(text))
        match draw(st.sampled_from(["delete", "insert", "replace", "drop-line", "add-line", "cut"])):
            case "delete":
                text = text[:start] + text[start + draw(st.integers(1, 8)) :]
            case "insert":
                text = text[:start] + draw(st.sampled_from(PIECES)) + text[start:]
            case "replace":
                text = text[:start] + draw(st.sampled_from(PIECES)) + text[start + draw(st.integers(1, 4)) :]
            case "cut":
                text = text[:start]
            case action:
                lines = text.split("\n")
                place = draw(st.integers(0, len(lines) - 1))
                other = draw(st.sampled_from(GOOD.splitlines()))
                lines[place : place + 1] = [] if action == "drop-line" else [lines[place], other]
                text = "\n".join(lines)
    return text


def refusal(text: str) -> str | None:
    """Return why a text is refused, None where everything about it can be shown."""
    try:
        derivation = derive(read_problem(text, "mutated.toml"))
        as_json(derivation)
        list(as_text(derivation))
    except ProblemError as error:
        return str(error)
    return None


@given(mutated())
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example(GOOD.replace("steps = 2", "steps = 2\nreduce = {a = 1}"))
@example(GOOD.replace("h + b", "h + b*ln(-1)"))
@example(GOOD.replace("h + b", "h*tan(b + pi/2)"))
@example(GOOD.replace("h + b", "(-1)^w"))
def test_a_mutated_file_is_derived_or_refused(text: str) -> None:
    message = refusal(text)
    if message is not None:
        assert message.startswith("mutated.toml")
        assert message.isprintable()
