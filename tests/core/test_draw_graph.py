"""The picture of a graph is traced back by an independent reader: what can be followed are exactly the edges."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.draw.glyphs import ASCII, UNICODE, Glyphs
from tutor.draw.graph import draw_graph
from tutor.draw.width import display_width

Graph = tuple[list[str], list[tuple[str, str]]]
Edges = set[tuple[str, str]]
Cell = tuple[int, int]

UP, DOWN, LEFT, RIGHT = (-1, 0), (1, 0), (0, -1), (0, 1)
ARMS = {
    "─": {LEFT, RIGHT},
    "│": {UP, DOWN},
    "┌": {DOWN, RIGHT},
    "┐": {DOWN, LEFT},
    "└": {UP, RIGHT},
    "┘": {UP, LEFT},
    "├": {UP, DOWN, RIGHT},
    "┤": {UP, DOWN, LEFT},
    "┬": {DOWN, LEFT, RIGHT},
    "┴": {UP, LEFT, RIGHT},
    "┼": {UP, DOWN, LEFT, RIGHT},
}
CUT = re.compile(r"(?:…|\.\.\.) and \d+ more")
BOTH = pytest.mark.parametrize("glyphs", [UNICODE, ASCII], ids=["unicode", "ascii"])
SIZES = pytest.mark.parametrize(("width", "height"), [(36, 8), (60, 12), (78, 20)])


class Tracer:
    """Reads a picture as a person does: to the right along a line, up and down where lines join, never back."""

    def __init__(self, lines: list[str]) -> None:
        width = max(map(len, lines))
        self.cells = [line.ljust(width + 2) for line in lines]
        self.starts: dict[Cell, str] = {}
        self.ends: dict[Cell, str] = {}
        for row, line in enumerate(lines):
            for match in re.finditer(r"\w+", line):
                self.starts[row, match.start()] = match.group()
                self.ends[row, match.end()] = match.group()

    def at(self, cell: Cell) -> str:
        row, column = cell
        return self.cells[row][column] if 0 <= row < len(self.cells) and 0 <= column < len(self.cells[0]) else " "

    def arms(self, cell: Cell) -> set[Cell]:
        sign = self.at(cell)
        if sign in ARMS:
            return ARMS[sign]
        if sign in "-|":
            return {LEFT, RIGHT} if sign == "-" else {UP, DOWN}
        if sign == "+":
            beside = {way for way in (LEFT, RIGHT) if self.at(step(cell, way)) in "-+"}
            return beside | {way for way in (UP, DOWN) if self.at(step(cell, way)) in "|+"}
        return set()

    def edges(self) -> Edges:
        return {(name, target) for cell, name in self.ends.items() for target in self.follow(cell)}

    def follow(self, cell: Cell) -> set[str]:
        """Return the nodes that the line to the right of a name leads to."""
        first = step(cell, RIGHT)
        if LEFT not in self.arms(first):
            return set()
        reached: set[str] = set()
        seen: set[tuple[Cell, Cell]] = set()
        pending = [(first, RIGHT)]
        while pending:
            cell, way = pending.pop()
            if (cell, way) in seen:
                continue
            seen.add((cell, way))
            if self.at(cell) == " ":
                assert way == RIGHT, "a vertical line ends in the open"
                reached.add(self.starts[step(cell, RIGHT)])  # a line that ends beside no name is an error
            elif opposite(way) in self.arms(cell):
                pending += [(step(cell, arm), arm) for arm in self.arms(cell) - {LEFT, opposite(way)}]
            else:
                assert way == RIGHT, "a vertical line runs into a side of something"
                assert self.arms(cell) == {UP, DOWN}, "a line passes behind something that is no plain vertical line"
                pending.append((step(cell, RIGHT), RIGHT))
        return reached


def step(cell: Cell, way: Cell) -> Cell:
    return cell[0] + way[0], cell[1] + way[1]


def opposite(way: Cell) -> Cell:
    return -way[0], -way[1]


def loose_ends(lines: list[str]) -> list[Cell]:
    """Return the cells with an arm that meets no other arm, no name and no line to pass behind."""
    tracer = Tracer(lines)
    found: list[Cell] = []
    for row, line in enumerate(tracer.cells):
        for column, sign in enumerate(line):
            for arm in ARMS.get(sign, set()):
                beside = step((row, column), arm)
                named = beside in tracer.ends or step(beside, RIGHT) in tracer.starts
                met = opposite(arm) in tracer.arms(beside)
                behind = arm in (LEFT, RIGHT) and tracer.at(beside) == "│"
                if not (met or behind or (tracer.at(beside) == " " and named)):
                    found.append((row, column))
    return found


def listed(lines: list[str]) -> Edges:
    """Read the list form back."""
    entries = "\n".join(lines).replace("\n  ", " ").split("\n")
    pairs = [re.split(r" (?:←|<-) ", entry) for entry in entries]
    return {(source, target) for target, *rest in pairs for sources in rest for source in sources.split(", ")}


def is_list(lines: list[str]) -> bool:
    return any("←" in line or "<-" in line for line in lines) or CUT.match(lines[-1]) is not None


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """Up to ten nodes with names of all lengths, given in any order, and few or many edges."""
    count = draw(st.integers(1, 10))
    names = [f"{'abc' * draw(st.integers(0, 1))}{letter}" for letter in "pqrstuvwxy"[:count]]
    pairs = [(a, b) for i, a in enumerate(names) for b in names[i + 1 :]]
    size = draw(st.integers(0, min(len(pairs), 24)))
    edges = draw(st.permutations(pairs))[:size]
    return draw(st.permutations(names)), edges


@BOTH
@SIZES
@settings(max_examples=100, deadline=None)
@given(graph=graphs())
def test_what_can_be_followed_are_exactly_the_edges(glyphs: Glyphs, width: int, height: int, graph: Graph) -> None:
    nodes, edges = graph
    lines = draw_graph(nodes, edges, width, height, glyphs)
    assert len(lines) <= height
    assert all(len(line) <= width for line in lines)
    if is_list(lines):
        assert listed(lines[:-1]) <= set(edges) if CUT.match(lines[-1]) else listed(lines) == set(edges)
    else:
        tracer = Tracer(lines)
        assert tracer.edges() == set(edges)
        assert sorted(tracer.starts.values()) == sorted(nodes)
        assert not loose_ends(lines)


@settings(max_examples=60, deadline=None)
@given(graph=graphs(), width=st.integers(0, 30), height=st.integers(0, 6))
def test_nothing_is_larger_than_its_place(graph: Graph, width: int, height: int) -> None:
    for glyphs in (UNICODE, ASCII):
        lines = draw_graph(*graph, width, height, glyphs)
        assert len(lines) <= height
        assert all(display_width(line) <= width for line in lines)
        assert bool(lines) == (width > 0 and height > 0)


def dense(*sizes: int) -> Graph:
    layers = [[f"{letter}{n}" for n in range(1, size + 1)] for letter, size in zip("xghy", sizes, strict=False)]
    pairs = [(a, b) for left, right in pairwise(layers) for a in left for b in right]
    return [name for layer in layers for name in layer], pairs


SMALL: Graph = (
    ["x1", "x2", "h1", "h2", "y", "E"],
    [("x1", "h1"), ("x2", "h1"), ("x1", "h2"), ("x2", "h2"), ("h1", "y"), ("h2", "y"), ("y", "E")],
)
FIVE: Graph = (
    ["x1", "x2", "w1", "w2", "w3", "w4", "w5", "h1", "h2", "y", "E"],
    [*SMALL[1], ("w1", "h1"), ("w2", "h2"), ("w3", "y"), ("w4", "y"), ("w5", "y")],
)
CHAIN: Graph = ([f"n{i}" for i in range(1, 13)], [(f"n{i}", f"n{i + 1}") for i in range(1, 12)])
DIAMOND: Graph = (list("abcd"), [("a", "b"), ("a", "c"), ("b", "d"), ("c", "d")])


@BOTH
@SIZES
@pytest.mark.parametrize("graph", [SMALL, FIVE, DIAMOND, dense(2, 4, 4, 1)], ids=["small", "five", "diamond", "dense"])
def test_the_graphs_of_the_course_are_pictures(graph: Graph, glyphs: Glyphs, width: int, height: int) -> None:
    lines = draw_graph(*graph, width, height, glyphs)
    assert not is_list(lines)
    assert Tracer(lines).edges() == set(graph[1])


def test_a_network_looks_like_one() -> None:
    assert draw_graph(*SMALL, 36, 8, UNICODE) == [
        "x1 ─┬─ h1 ─┬─ y ── E",
        "x2 ─┴─ h2 ─┘",
    ]
    assert draw_graph(*SMALL, 36, 8, ASCII) == [
        "x1 -+- h1 -+- y -- E",
        "x2 -+- h2 -+",
    ]
    assert draw_graph(*DIAMOND, 36, 8, UNICODE) == [
        "a ─┬─ b ─┬─ d",
        "   └─ c ─┘",
    ]


def test_a_node_stands_next_to_what_it_is_used_for() -> None:
    assert draw_graph(
        ["x", "w", "b", "y", "t", "E"], [("x", "y"), ("w", "y"), ("b", "y"), ("y", "E"), ("t", "E")], 40, 8, ASCII
    ) == [
        "x -+",
        "w -+- y -+- E",
        "b -+  t -+",
    ]


def test_a_crossing_is_no_join() -> None:
    edges = [("a", "b"), ("b", "c"), ("c", "d"), ("a", "d"), ("b", "e"), ("d", "e"), ("a", "e")]
    unicode_lines = draw_graph(list("abcde"), edges, 60, 12, UNICODE)
    ascii_lines = draw_graph(list("abcde"), edges, 60, 12, ASCII)
    assert any("─│─" in line for line in unicode_lines)
    assert any("-|-" in line for line in ascii_lines)
    assert Tracer(unicode_lines).edges() == Tracer(ascii_lines).edges() == set(edges)


def test_lines_cross_only_where_they_must() -> None:
    assert draw_graph(list("abcd"), [("a", "d"), ("b", "c")], 40, 5, UNICODE) == ["a ── d", "b ── c"]


def test_a_long_chain_is_a_line_or_a_list() -> None:
    assert draw_graph(*CHAIN, 78, 20, ASCII) == [" -- ".join(CHAIN[0])]
    assert draw_graph(*CHAIN, 36, 4, UNICODE) == ["n2 ← n1", "n3 ← n2", "n4 ← n3", "… and 8 more"]
    assert draw_graph(*CHAIN, 36, 11, ASCII) == [f"n{i + 1} <- n{i}" for i in range(1, 12)]


def test_a_list_that_is_too_wide_is_wrapped() -> None:
    nodes = [f"input{i}" for i in range(1, 6)]
    lines = draw_graph([*nodes, "sum"], [(node, "sum") for node in nodes], 24, 4, ASCII)
    assert lines == ["sum <- input1, input2,", "  input3, input4, input5"]


def test_a_tight_place_is_used_before_the_list() -> None:
    wide = draw_graph(*FIVE, 60, 8, UNICODE)
    width = max(map(len, wide))
    tight = draw_graph(*FIVE, width - 1, 8, UNICODE)
    assert not is_list(tight)
    assert Tracer(tight).edges() == set(FIVE[1])


def test_names_are_spelled_in_ascii() -> None:
    assert draw_graph(["η", "ŷ₁"], [("η", "ŷ₁")], 40, 3, ASCII) == ["eta -- yhat1"]


def test_wide_names_keep_the_lines_straight() -> None:
    lines = draw_graph(["損失", "a", "b"], [("損失", "b"), ("a", "b")], 40, 3, UNICODE)
    assert lines == ["損失 ─┬─ b", "a ────┘"]


def test_nodes_without_edges_stand_alone() -> None:
    assert draw_graph(["a", "b"], [], 40, 5, UNICODE) == ["a", "b"]
    assert draw_graph([], [], 40, 5, UNICODE) == []


def test_an_edge_given_twice_is_one() -> None:
    assert draw_graph(["a", "b", "a"], [("a", "b"), ("a", "b")], 40, 5, UNICODE) == ["a ── b"]


def test_a_circle_is_refused() -> None:
    with pytest.raises(ValueError, match="go round in a circle: b, c"):
        draw_graph(["a", "b", "c"], [("a", "b"), ("b", "c"), ("c", "b")], 40, 5, UNICODE)


def test_an_unknown_node_is_refused() -> None:
    with pytest.raises(ValueError, match="from a to z names a node"):
        draw_graph(["a"], [("a", "z")], 40, 5, UNICODE)


@pytest.mark.parametrize("skipped", [1, 7])
def test_a_graph_of_a_thousand_nodes_is_listed_without_being_laid_out(skipped: int) -> None:
    nodes = [f"s{i}" for i in range(1_200)]
    edges = [(a, b) for a, b in zip(nodes, nodes[skipped:], strict=False)] + [("s0", node) for node in nodes[20:]]
    assert draw_graph(nodes, edges, 78, 20, UNICODE)[-1].startswith("… and 1")
