"""Networks: every unit and number that has room, signs of lines, a table where lines would not be clear."""

from __future__ import annotations

import re

import pytest
from drawn import assert_fills, room, texts

from tutor.draw.network import Layer, Network, network_picture, network_reading

SMALL = Network(
    [Layer(["x1", "x2"], [0.5, -1]), Layer(["h1", "h2"], [0.25, -0.75]), Layer(["y"], [2.5])],
    [[[1.0, -0.9], [0.3, 0.0]], [[-0.5, 0.05]]],
    [[0.11, 0.22], [0.33]],
)


def wide(count: int) -> Network:
    names = [f"u{place}" for place in range(count)]
    return Network(
        [Layer(names, [1.0] * count), Layer([name + "'" for name in names], [2.0] * count)],
        [[[(-1) ** (row + column) / (1 + row) for column in range(count)] for row in range(count)]],
        [[0.0] * count],
    )


@pytest.mark.parametrize("look", ["unicode", "ascii"])
@pytest.mark.parametrize("size", [(60, 14), (78, 18), (160, 50)])
def test_a_small_network_shows_all_its_numbers(look: str, size: tuple[int, int]) -> None:
    lines = network_picture(SMALL, room(*size, look))
    text = "\n".join(texts(lines)).replace("−", "-")
    for word in ("x1", "x2", "h1", "h2", "y", "0.5", "-1", "0.25", "-0.75", "2.5", "-0.9", "0.3", "0.05"):
        assert re.search(rf"(?<![\w.]){re.escape(word)}(?![\w.])", text), word
    assert "without biases" in text
    assert text.count(" 0 ") >= 1
    drawn = {span.role: span.text for line in lines[1:] for span in line if re.search("[-+]", span.text)}
    assert "-" in drawn["very-negative"]
    assert "+" in drawn["very-positive"]


def test_the_larger_the_denser() -> None:
    def marks(weight: float) -> int:
        pair = Network([Layer(["a"]), Layer(["b"])], [[[weight]]], [[0.0]])
        return "".join(texts(network_picture(pair, room(40, 8), reach=1))[1:]).count("+")

    assert marks(0.9) > marks(0.5) > marks(0.1) > 0


def test_columns_go_from_the_inputs_to_the_outputs() -> None:
    rows = texts(network_picture(SMALL, room(78, 18)))[1:]
    places = {name: next(row.index(name) for row in rows if name in row) for name in ("x1", "x2", "h1", "h2", "y")}
    assert places["x1"] == places["x2"] < places["h1"] == places["h2"] < places["y"]


def test_a_crowd_of_lines_gives_way_to_a_table() -> None:
    lines = texts(network_picture(wide(8), room(100, 20)))
    assert "by target" in lines[0]
    assert lines[1].split() == [*(f"u{place}" for place in range(8)), "bias", "=", "value"]
    third = lines[4].split()
    assert third == ["u2'", *("0.333 -0.333 " * 4).split(), "0", "2"]


def test_numbers_without_room_become_signs() -> None:
    lines = texts(network_picture(wide(8), room(30, 12)))
    assert "as signs" in lines[0]
    assert lines[2].split() == ["u0'", "#=#=#=#=."]


def test_what_is_left_out_is_said() -> None:
    lines = texts(network_picture(wide(8), room(100, 6)))
    assert "4 of 9 rows left out" in lines[0]


def test_gradients_in_the_place_of_weights() -> None:
    known = Network(SMALL.layers, SMALL.weights, SMALL.biases, [[[7.0, 8.0], [9.0, 6.0]], [[4.0, 3.0]]], [[1, 2], [3]])
    text = "\n".join(texts(network_picture(known, room(78, 18), shown="gradients")))
    assert all(f" {value} " in text for value in (7, 8, 9, 6, 4, 3))
    assert "gradients" in text
    unknown = room(78, 18)
    assert_fills(network_picture(SMALL, unknown, shown="gradients"), unknown)
    assert "no gradients known" in texts(network_picture(SMALL, unknown, shown="gradients"))[0]


def test_reading() -> None:
    assert network_reading(SMALL) == (
        "A 2-2-1 network with 9 parameters; the largest weight in size, 1, leads from x1 to h1."
    )
    assert "none of them a number" in network_reading(SMALL, shown="gradients")
