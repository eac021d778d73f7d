"""What is typed at the workbench, read as a problem: names, numbers, steps, update rule, faults with their place."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.mathematics.notation.parser import read
from tutor.mathematics.notation.scope import Scope
from tutor.mathematics.problem import Problem, read_problem
from tutor.practice.workbench.reading import (
    MOST_CHARACTERS,
    BenchReading,
    read_bench,
    with_line,
    with_parameters,
)

NETWORK = """h = (x1 + w1*x2)^2
E = (t - h)^2
x1 = 3, x2 = 2; t = 24 w1 = 1
eta = 0.1"""


def problem_of(text: str) -> Problem:
    reading = read_bench(text)
    assert reading.fault is None, reading.fault
    assert reading.problem is not None
    return reading.problem


def formula(text: str, *names: str) -> object:
    return read(text, Scope.of(names)).tree


def missing(reading: BenchReading) -> list[str]:
    return [each.name for each in reading.missing]


# -- functions


@pytest.mark.parametrize(
    ("typed", "name", "means", "variables"),
    [
        ("f = x^2 + 3*y", "f", "x^2 + 3*y", ["x", "y"]),
        ("x^2 + 3y", "f", "x^2 + 3*y", ["x", "y"]),
        ("f(x, y) = (x-1)² + xy + y²", "f", "(x-1)^2 + x*y + y^2", ["x", "y"]),
        ("g(w) = e^-w", "g", "e^(-w)", ["w"]),
        ("y = wx + 3w", "y", "w*x + 3*w", ["w", "x"]),
        ("f = ab", "f", "a*b", ["a", "b"]),
        ("f = 2x1² + x2", "f", "2*x1^2 + x2", ["x1", "x2"]),
        ("loss = ln p", "loss", "log(p)", ["p"]),
    ],
)
def test_the_variables_of_a_function_are_its_parameters(
    typed: str, name: str, means: str, variables: list[str]
) -> None:
    reading = read_bench(typed)
    problem = problem_of(typed)
    assert missing(reading) == variables
    assert list(problem.parameters) == variables
    assert not problem.given
    assert problem.objective == name
    assert problem.steps[name].formula == formula(means, *variables)
    assert reading.file == ""


def test_a_function_with_its_numbers_is_whole() -> None:
    reading = read_bench("f = x^2 + 3*y\nx = 1/2\ny = -0.25")
    assert missing(reading) == []
    assert problem_of("f = x^2 + 3*y\nx = 1/2\ny = -0.25").parameters == {"x": Fraction(1, 2), "y": Fraction(-1, 4)}
    assert read_problem(reading.file, "a file").parameters == {"x": Fraction(1, 2), "y": Fraction(-1, 4)}


def test_three_variables_are_three_parameters() -> None:
    assert list(problem_of("f = x^2 + y^2 + z^2").parameters) == ["x", "y", "z"]


# -- networks


def test_a_small_network() -> None:
    problem = problem_of(NETWORK)
    assert list(problem.steps) == ["h", "E"]
    assert problem.objective == "E"
    assert problem.given == {"x1": 3, "x2": 2, "t": 24}
    assert problem.parameters == {"w1": 1}
    assert problem.update is not None
    assert problem.update.rule.name == "sgd"
    assert problem.update.hyperparameters == {"eta": Fraction(1, 10)}
    assert problem.lines == {"h": 1, "E": 2, "x1": 3, "x2": 3, "t": 3, "w1": 3}


def test_what_a_number_is_missing_for_is_told_in_the_order_of_the_formulas() -> None:
    reading = read_bench("h = (x1 + w1x2)^2\nE = (t - h)^2\nrule = adam\nbeta1 = 0.8")
    assert missing(reading) == ["x1", "w1", "x2", "t", "eta", "beta2", "epsilon"]
    assert {each.name: each.offered for each in reading.missing}["beta2"] == "0.999"
    assert reading.problem is not None
    assert reading.problem.steps["h"].formula == formula("(x1 + w1*x2)^2", "x1", "w1", "x2")


@pytest.mark.parametrize(
    ("typed", "means", "names"),
    [
        ("w1x2", "w1*x2", {"w1", "x2"}),
        ("wx + x", "w*x + x", {"w", "x"}),
        ("tanhz", "tanh(z)", {"z"}),
        ("w·tanh w x", "w*tanh(w*x)", {"w", "x"}),
        ("yhat - ŷ", "yhat - yhat", {"yhat"}),
        ("eta q + 1e-3", "eta*q + 1e-3", {"eta", "q"}),
        ("net", "net", {"net"}),
        ("w_pred θ", "w_pred*θ", {"w_pred", "θ"}),
        ("pi r² + e", "pi*r^2 + e", {"r"}),
        ("x₁ + x_1", "x1 + x1", {"x1"}),
    ],
)
def test_how_words_are_taken_for_names(typed: str, means: str, names: set[str]) -> None:
    problem = problem_of(f"s = {typed}\nE = s^2")
    assert problem.steps["s"].formula == formula(means, *(problem.names)), problem.steps["s"].text
    assert len(problem.names) == len(names) + 2
    known = Scope.of(names)
    assert all(known.word(name) for name in (*problem.given, *problem.parameters))


def test_a_list_of_numbers_is_a_batch() -> None:
    text = (
        "y = w x + b\nE = (y - t)^2\nx = [1, 2, 3]\nt = [2, 4, 13/2]\nw = 1\nb = 0\neta = .1\nsteps = 2\nreduce = sum"
    )
    problem = problem_of(text)
    assert problem.examples == {"x": (1, 2, 3), "t": (2, 4, Fraction(13, 2))}
    assert list(problem.parameters) == ["w", "b"]
    assert problem.update is not None
    assert (problem.update.steps, problem.update.reduce) == (2, "sum")
    assert read_problem(read_bench(text).file, "a file").examples == problem.examples


def test_square_brackets_around_a_formula_are_brackets() -> None:
    assert problem_of("f = [x + 1]^2 [x - 2]").steps["f"].formula == formula("(x + 1)^2*(x - 2)", "x")


def test_settings_of_the_update_are_ordinary_names_where_a_formula_uses_them() -> None:
    problem = problem_of("E = (beta*x + η)^2\nbeta = 2\nη = 3\nx = 1")
    assert problem.update is None
    assert set(problem.names) == {"beta", "η", "x", "E"}


def test_which_names_are_learned_can_be_told() -> None:
    reading = read_bench(with_parameters(NETWORK, ["x₁", "w1"]))
    assert reading.problem is not None
    assert list(reading.problem.parameters) == ["x1", "w1"]
    again = read_bench(with_parameters(with_parameters(NETWORK, ["x1"]), []))
    assert again.problem is not None
    assert not again.problem.parameters


def test_title_comments_and_a_further_line() -> None:
    text = with_line('title: "Half" of it \\ all\n# a note\nf = x^2  # a parabola', "x = 3")
    assert problem_of(text).title == '"Half" of it \\ all'
    assert read_problem(read_bench(text).file, "a file").title == '"Half" of it \\ all'


def test_what_may_surprise_is_noted() -> None:
    assert read_bench("E = net*x\nq = 3").notes == (
        "No formula uses q.",
        "net is read as one name. Write * between the factors of a product.",
    )
    assert read_bench("E = w*x\neta = 1\nbeta = 0.5").notes == ("The rule sgd does not use beta.",)


# -- files


def test_the_text_of_a_problem_file_is_taken_as_it_is() -> None:
    file = '[parameters]\nw = 3\n\n[steps]\nE = "w^2"'
    reading = read_bench(file)
    assert reading.is_file
    assert reading.file == file + "\n"
    assert problem_of(file).steps["E"].text == "w^2"


def test_a_fault_in_a_file_has_its_line() -> None:
    fault = read_bench('[parameters]\nw = 3\n\n[steps]\nE = "w^"').fault
    assert fault is not None
    assert fault.line == 5
    assert fault.sentence().startswith("Line 5: E = “w^”: Something is missing")


# -- faults


@pytest.mark.parametrize(
    ("typed", "line", "column", "says"),
    [
        ("x = 3", 0, 0, "There is no formula yet"),
        ("f = x +", 1, 8, "Something is missing at the end"),
        ("a = 1\n  y = (x + 2", 2, 7, "never closed"),
        ("a = 2, y = x +* a", 1, 15, "* needs something"),
        ("y = 0,5", 1, 6, "comma"),
        ("x = [1, 2\nf = x", 1, 10, "no closing bracket"),
        ("x = [1, q]\nf = x", 1, 9, "q"),
        ("= 3", 1, 1, "Before = stands a name"),
        ("f = x == 2", 1, 8, "Before = stands a name"),
        ("2x = 4", 1, 4, "Only one = belongs here"),
        ("3 + f = 4", 1, 1, "a name alone"),
        ("x = \nf = x", 1, 4, "nothing behind its ="),
        ("E = x\n\nE = 2", 3, 0, "written in line 1 already"),
        ("x1 = 3\nx_1 = 4\nf = x1", 2, 0, "spelled x1"),
        ("sin = 3\nf = x", 1, 0, "sin is a function"),
        ("a = b\nb = a", 1, 0, "circle"),
        ("a = b^2\nb = x^2", 1, 0, "stands below it"),
        ("f = x\nparameters: q", 2, 0, "q cannot be a parameter"),
        ("s = x\nf = s\nparameters: s", 3, 0, "s cannot be a parameter"),
        ("f = w*x\nrule = adm", 2, 0, "Did you mean adam?"),
        ("f = w*x\nsteps = 1.5", 2, 0, "whole number"),
        ("y = w x\nE = y t\nx = [1, 2]\nt = [1]", 4, 0, "1 values"),
        ("f = x\nx = 1/0", 2, 0, "no finite value"),
        ("f\ng\nh\ny", 4, 1, "has no name"),
        ("f = " + "(" * 1500, 1, 45, "Too many brackets"),
        ("q" * (MOST_CHARACTERS + 1), 0, 0, "longer than 20,000"),
        ("E = " + "+".join(f"x{place}" for place in range(301)), 0, 0, "more than 300 names"),
    ],
)
def test_a_fault_tells_what_is_wrong_and_where(typed: str, line: int, column: int, says: str) -> None:
    reading = read_bench(typed)
    assert reading.problem is None
    assert reading.fault is not None
    assert (reading.fault.line, reading.fault.column) == (line, column), reading.fault
    assert says in reading.fault.message


def test_nothing_typed_is_nothing_wrong() -> None:
    assert read_bench(" \n\t") == BenchReading()


# -- whatever is typed

PIECES = [
    *"xyetwb=+-*/^()[]{}|,;:.#?_\\\"'~∂√²½σש\x1b\u202e\ud800 \n\t35",
    *("w1", "x1", "0.5", "eta", "rule", "adam", "title:", "parameters:", "sin", "pi", "1e", "loss", "w1x2"),
    *("[steps]", "[parameters]", "\ny = ", "\nx = 3", "batch_size", "m̂", "sigma", "max("),
]


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join) | st.text(max_size=60))
def test_whatever_is_typed_is_read_or_has_a_fault(text: str) -> None:
    reading = read_bench(text)
    assert (reading.problem is None) == (reading.fault is not None or not text.strip())
    if reading.fault is not None:
        assert reading.fault.message.strip()
        assert 0 <= reading.fault.line <= text.count("\n") + 1


numbers = st.fractions(max_denominator=99, min_value=-99, max_value=99).map(str) | st.sampled_from(
    ["0.25", "1e-3", ".5"]
)
shapes = st.sampled_from(
    [
        "{a}*{b} + {c}",
        "({a} - {b})²",
        "{a}{b} - {c}",
        "tanh({a}*{b})",
        "{a}/(2 + {b}^2)",
        "-{a} {b}",
        "σ({a} + {c})",
        "½{a}",
    ]
)


@given(
    st.lists(shapes, min_size=1, max_size=4),
    st.lists(st.sampled_from(["w1", "w2", "b", "x1", "x2", "t", "θ", "ŷ", "q"]), min_size=3, max_size=3, unique=True),
    st.lists(numbers, min_size=3, max_size=3),
    st.booleans(),
)
def test_what_is_saved_is_the_problem_that_was_read(
    formulas: list[str], names: list[str], values: list[str], moves: bool
) -> None:
    """Every step may use the one above it; the file, read on its own, gives the same problem."""
    lines = []
    for place, shape in enumerate(formulas):
        first = f"s{place}" if place else names[0]
        lines.append(f"s{place + 1} = {shape.format(a=first, b=names[1], c=names[2])}")
    lines += [f"{name} = {value}" for name, value in zip(names, values, strict=True)] + ["eta = 0.1"] * moves
    reading = read_bench("\n".join(lines))
    assert reading.fault is None, (lines, reading.fault)
    assert reading.problem is not None
    assert not reading.missing
    saved = read_problem(reading.file, "a file")
    assert saved.given == reading.problem.given
    assert saved.parameters == reading.problem.parameters
    assert saved.update == reading.problem.update
    assert {name: step.formula for name, step in saved.steps.items()} == {
        name: step.formula for name, step in reading.problem.steps.items()
    }
    scope = Scope.of([*names, *(f"s{place + 1}" for place in range(len(formulas)))])
    assert [step.formula for step in saved.steps.values()] == [
        read(line.partition("= ")[2], scope).tree for line in lines[: len(formulas)]
    ]
    assert {**saved.given, **saved.parameters} == {
        name: Fraction(value) for name, value in zip(names, values, strict=True) if name in saved.names
    }
