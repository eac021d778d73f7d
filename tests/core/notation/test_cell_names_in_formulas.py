"""The names of cells inside an answer: every spelling, what is asked back, and what they are not taken for."""

import pytest

from tutor.mathematics.cells import CellNames
from tutor.mathematics.notation.errors import ReadingError
from tutor.mathematics.notation.parser import read
from tutor.mathematics.notation.printing import plain
from tutor.mathematics.notation.scope import Scope
from tutor.mathematics.problem import read_problem

PROBLEM = """
objective = "E"
[parameters]
w1 = 1
d = 2
[steps]
h1 = "(x1 + w1*2)^2"
u = "d*h1 + h1"
E = "(t - u)^2"
[examples]
x1 = [3, 1, 2]
t = [24, 14, 11]
[update]
rule = "momentum"
eta = 0.1
beta = 0.9
steps = 3
"""
SINGLE = PROBLEM.replace("[examples]", "[given]").replace("[3, 1, 2]", "3").replace("[24, 14, 11]", "24")

READINGS = [
    ("∂E/∂h1[2]", "dE/dh1[2]"),
    ("dE/dh1[2]", "dE/dh1[2]"),
    ("∂E/∂h₁[2]", "dE/dh1[2]"),
    ("∂E/∂h_1[2]", "dE/dh1[2]"),
    ("∂E / ∂h1[2]", "dE/dh1[2]"),
    ("∂E/∂u[1]·∂u/∂h1:direct[1]", "dE/du[1]*du/dh1:direct[1]"),
    ("∂E/∂u[1] ∂h1/∂w1[1]", "dE/du[1]*dh1/dw1:direct[1]"),
    ("2∂E/∂u[1]", "2*dE/du[1]"),
    ("h1[2]²", "h1[2]^2"),
    ("x1[3]·2", "x1[3]*2"),
    ("E[1]+E[2]", "E[1] + E[2]"),
    ("∂E/∂w1", "dE/dw1"),
    ("∂E/∂w1@2", "dE/dw1@2"),
    ("w1@1 - 0.1·∂E/∂w1@1", "w1@1 - 0.1*dE/dw1@1"),
    ("v_w1@1", "v_w1@1"),
    ("0.9v_w1@1", "0.9*v_w1@1"),
    ("2h1[2]", "2*h1[2]"),
    ("2(h1[2])", "2*h1[2]"),
    ("dh1[1]", "d*h1[1]"),
    ("w1h1[2]", "w1*h1[2]"),
    ("h1[2]h1[1]", "h1[2]*h1[1]"),
    ("w1@1h1[1]", "w1@1*h1[1]"),
    ("h1[2](3)", "h1[2]*3"),
    ("w1[d+2]", "w1*(d + 2)"),
    ("h1[1]@1", "h1[1]@1"),
    ("(∂E/∂w1[1]+∂E/∂w1[2]+∂E/∂w1[3])/3", "(dE/dw1[1] + dE/dw1[2] + dE/dw1[3])/3"),
]
ALONE = [
    ("∂E/∂u·d", "dE/du*d"),
    ("dE/du·d", "dE/du*d"),
    ("∂E/∂u·∂u/∂h1·∂h1/∂w1", "dE/du*du/dh1:direct*dh1/dw1:direct"),
    ("2(u-t)·d", "2*(u - t)*d"),
    ("d/2", "d/2"),
    ("du", "d*u"),
    ("du/d", "d*u/d"),
    ("x1/d", "x1/d"),
    ("d·E/d·h1", "(d*E/d)*h1"),
    ("w1h1", "w1*h1"),
]
REFUSALS = [
    ("∂E/∂q", 0, "∂ stands only in the name of a derivative of this problem, such as ∂E/∂w1"),
    ("2+∂E", 2, "∂ stands only in the name of a derivative"),
    ("∂w1/∂E", 0, "w1 is not a step"),
    ("∂E/∂x1[1]", 0, "x1 is given data"),
    ("∂E/∂h1[9]", 0, "iteration 0 uses the examples 1, 2, 3"),
    ("h1[0]·2", 0, "say which example"),
    ("h1[4]·2", 0, "iteration 0 uses the examples 1, 2, 3"),
    ("2·h1[1]@7", 2, "the iterations of this problem are counted from 0 to 2"),
    ("w1@4", 0, "there are 3 updates in this problem"),
    ("∂E/∂w1:direct", 0, "E = (t - u)^2 has no local derivative by w1"),
]


def scope_of(text: str) -> Scope:
    names = CellNames(read_problem(text, "test.toml"))
    return Scope.of(names.quantities, names)


@pytest.mark.parametrize(("text", "reading"), READINGS)
def test_cells_of_a_batch_are_read(text: str, reading: str) -> None:
    assert plain(read(text, scope_of(PROBLEM)).tree) == reading


@pytest.mark.parametrize(("text", "reading"), ALONE)
def test_cells_without_examples_are_read(text: str, reading: str) -> None:
    assert plain(read(text, scope_of(SINGLE)).tree) == reading


@pytest.mark.parametrize(("text", "position", "words"), REFUSALS)
def test_cells_that_do_not_exist_are_refused(text: str, position: int, words: str) -> None:
    with pytest.raises(ReadingError) as caught:
        read(text, scope_of(PROBLEM))
    assert words in caught.value.message
    assert caught.value.position == position


@pytest.mark.parametrize("text", [text for text, _ in READINGS])
def test_a_reading_with_cells_typed_back_is_read_the_same_way(text: str) -> None:
    scope = scope_of(PROBLEM)
    tree = read(text, scope).tree
    assert read(plain(tree), scope).tree == tree
