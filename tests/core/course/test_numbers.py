"""The numbers of a lesson, looked up in its problems."""

import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest

from tutor.course.blocks import read_block
from tutor.course.blocks.steps import Steps
from tutor.course.fill_in import UnknownNumberError, fill_in
from tutor.course.model import LessonHead
from tutor.course.number import Number
from tutor.course.numbers import LessonNumbers, problem_of
from tutor.mathematics.derivation import Derivation, derive
from tutor.mathematics.problem import Problem, ProblemError

NEURON = """
objective = "E"
[given]
x = 2
[parameters]
w = 3
eta = 5
[steps]
E = "w*x - 4"
p = "sqrt(E)"
[update]
rule = "sgd"
eta = 0.25
steps = 2
"""
BATCH = """
[parameters]
w = 3
[steps]
y = "w*x"
E = "(t - y)^2"
[examples]
x = [1, 2]
t = [4, 4]
[update]
rule = "sgd"
eta = 0.125
"""


@pytest.fixture
def head(tmp_path: Path) -> LessonHead:
    (tmp_path / "neuron.toml").write_text(NEURON.replace("eta = 5\n", ""), encoding="utf-8")
    (tmp_path / "names.toml").write_text(NEURON, encoding="utf-8")
    (tmp_path / "batch.toml").write_text(BATCH, encoding="utf-8")
    (tmp_path / "broken.toml").write_text("[steps]\n", encoding="utf-8")
    return LessonHead("a", "A", 1, 1, (), (), tmp_path / "1-1-a.md", tmp_path / "neuron.toml")


@pytest.mark.parametrize(
    ("file", "name", "value"),
    [
        (None, "x", "2"),
        (None, "w", "3"),
        (None, "w@0", "3"),
        (None, "eta", "0.25"),
        (None, "E", "2"),
        (None, "dE/dw", "2"),
        (None, "w@1", "2.5"),
        (None, "E@1", "1"),
        (None, "w@2", "2"),
        ("names.toml", "eta", "5"),
        ("batch.toml", "x[2]", "2"),
        ("batch.toml", "y[2]", "6"),
        ("batch.toml", "E[1]", "1"),
        ("batch.toml", "E", "2.5"),
        ("batch.toml", "dE/dw[2]", "8"),
        ("batch.toml", "dE/dw", "3"),
        ("batch.toml", "w@1", "2.625"),
    ],
)
def test_looking_up(file: str | None, name: str, value: str, head: LessonHead) -> None:
    assert LessonNumbers(head)(file, name) == Number(Fraction(value))


def test_an_irrational_number_comes_with_many_digits_and_says_so(head: LessonHead) -> None:
    number = LessonNumbers(head)(None, "p")
    assert not number.exact
    assert abs(number.value**2 - 2) < Fraction(1, 10**28)
    assert fill_in("p = {{p}}", LessonNumbers(head), head.path) == "p ≈ 1.41421"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("E@7", "E@7: the iterations of this problem are counted from 0 to 1."),
        ("dE/dx", "dE/dx: x is given data; derivatives are taken by steps and parameters."),
        ("q", "“q” is not a cell of this problem."),
    ],
)
def test_a_number_that_does_not_exist(name: str, message: str, head: LessonHead) -> None:
    with pytest.raises(UnknownNumberError) as caught:
        LessonNumbers(head)(None, name)
    assert str(caught.value).startswith(message)


def test_a_lesson_without_a_problem(head: LessonHead) -> None:
    alone = LessonHead("a", "A", 1, 1, (), (), head.path, None)
    assert LessonNumbers(alone)("neuron.toml", "w") == Number(Fraction(3))
    with pytest.raises(UnknownNumberError, match="belongs to no problem"):
        LessonNumbers(alone)(None, "w")


def test_a_fault_in_a_problem_file_names_that_file(head: LessonHead) -> None:
    with pytest.raises(ProblemError, match=r"broken\.toml"):
        LessonNumbers(head)("broken.toml", "w")


def test_a_fault_in_a_problem_inside_a_lesson_names_the_line_of_the_lesson(head: LessonHead) -> None:
    body = "title = \"A\"\ncells = [\"y\"]\n[problem]\ntext = '''\n[given]\nx = 1\n[steps]\ny = \"x + z\"\n'''"
    steps = read_block("steps", body, head, 20)
    assert isinstance(steps, Steps)
    with pytest.raises(ProblemError) as caught:
        problem_of(steps.problem)
    assert str(caught.value).startswith(f"{head.path}:28: ")


def test_each_problem_is_derived_once_and_only_for_what_needs_it(head: LessonHead) -> None:
    derived: list[Problem] = []

    def counted(problem: Problem) -> Derivation:
        derived.append(problem)
        return derive(problem)

    numbers = LessonNumbers(head, counted)
    for name in ("x", "eta", "p", "E"):
        numbers(None, name)
    assert derived == []
    for name in ("dE/dw", "w@1", "E@1"):
        numbers(None, name)
    numbers("batch.toml", "w@1")
    assert len(derived) == 2


def test_a_forward_pass_is_shown_without_sympy(head: LessonHead) -> None:
    code = (
        "import sys; from pathlib import Path; from tutor.course.model import LessonHead;"
        "from tutor.course.numbers import LessonNumbers;"
        "path = Path(sys.argv[1]); head = LessonHead('a', 'A', 1, 1, (), (), path, path);"
        "print(LessonNumbers(head)(None, 'E').value, 'sympy' in sys.modules)"
    )
    command = [sys.executable, "-c", code, str(head.problem)]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    assert result.stdout.split() == ["2", "False"]
