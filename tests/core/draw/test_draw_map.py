"""Decision maps: the sign at each place by the output there, the examples by target, part and side."""

from __future__ import annotations

import math

import pytest
from drawn import Plotted, room, texts

from tutor.draw.axes import Axis
from tutor.draw.decision_map import Example, Sides, class_picture, decision_picture
from tutor.draw.grid import Grid
from tutor.draw.palette import LEVELS, value_level

X, Y = Axis(-1, 1, "x1"), Axis(-1, 1, "x2")
SLOPE = Grid([[-1.0, 1.0], [-1.0, 1.0]], X, Y, "output")


@pytest.mark.parametrize("look", ["unicode", "ascii"])
@pytest.mark.parametrize("size", [(20, 6), (38, 16), (78, 18), (160, 50)])
def test_sign_and_size_are_characters(look: str, size: tuple[int, int]) -> None:
    plotted = Plotted(decision_picture(SLOPE, room(*size, look)))
    for row in plotted.rows:
        for column, sign in enumerate(row):
            output = (column + 0.5) / plotted.width * 2 - 1
            wanted = (
                " " if abs(output) < 0.2 else ("+" if output > 0 else "-") if abs(output) < 0.6 else "=#"[output > 0]
            )
            if min(abs(abs(output) - 0.2), abs(abs(output) - 0.6)) > 1e-9:
                assert sign == wanted


def test_a_probability_has_its_middle_at_a_half() -> None:
    chances = Grid([[0.0, 1.0], [0.0, 1.0]], X, Y)
    either = Sides("no", "yes", 0.5, 0.5)
    halves, whole = (Plotted(decision_picture(*drawn)) for drawn in ((chances, room(60, 14)), (SLOPE, room(60, 14))))
    assert halves.rows != whole.rows
    halves = Plotted(decision_picture(chances, room(60, 14), sides=either))
    assert [row.strip("?")[:20] for row in halves.rows] == [row[:20] for row in whole.rows]


def test_levels_are_even_on_both_sides() -> None:
    for place in range(-100, 101):
        value = place / 97
        there, back = value_level(value), value_level(-value)
        assert there is not None
        assert back == 4 - there
    assert value_level(math.nan) is None
    assert len({sign for sign, _ in LEVELS}) == len({role for _, role in LEVELS}) == 5


def test_examples_by_target_part_and_side() -> None:
    shown = [
        Example(0.5, 0.5, 1, 0.9),
        Example(-0.5, 0.5, -1, -0.9),
        Example(0.5, -0.5, 1, 0.2, test=True),
        Example(-0.5, -0.5, 1, -0.9, test=True),
    ]
    lines = decision_picture(SLOPE, room(60, 20), examples=shown)
    plotted = Plotted(lines)
    column = {example.x: math.floor((example.x + 1) / 2 * plotted.width) for example in shown}
    rows = {example.y: plotted.height - 1 - math.floor((example.y + 1) / 2 * plotted.height) for example in shown}
    assert [plotted.rows[rows[each.y]][column[each.x]] for each in shown] == ["x", "o", "X", "X"]
    roles = {span.role for line in lines for span in line[:] if span.text in {"x", "o", "X"}}
    assert roles >= {"positive-point", "negative-point", "wrong"}


def test_the_one_on_the_wrong_side_is_seen_among_others() -> None:
    crowd = [Example(0.5, 0.5, 1, 1)] * 3 + [Example(0.5, 0.5, -1, 1)] + [Example(0.5, 0.5, 1, 1)] * 3
    text = "".join(Plotted(decision_picture(SLOPE, room(60, 20), examples=crowd)).rows)
    assert text.count("o") == 1


def test_of_very_many_examples_an_even_share_is_shown() -> None:
    crowd = [Example(math.sin(k), math.cos(k * 1.7), (-1) ** k, (-1) ** k) for k in range(2000)]
    lines = decision_picture(SLOPE, room(60, 20), examples=crowd)
    plotted = Plotted(lines)
    text = "".join(plotted.rows)
    assert "of 2000 points" in texts(lines)[0]
    assert sum(text.count(sign) for sign in "xo") <= 0.3 * len(text)
    assert 0.5 < text.count("x") / text.count("o") < 2


def test_points_outside_are_told() -> None:
    lines = decision_picture(SLOPE, room(60, 20), examples=[Example(5, 0, 1, 1), Example(0, 0, 1, 1)])
    assert "1 outside" in texts(lines)[0]


def test_the_legend_names_the_sides() -> None:
    either = Sides("rain", "sun")
    for size in ((38, 16), (78, 18)):
        text = "\n".join(texts(decision_picture(SLOPE, room(*size), examples=[Example(0, 0, 1, 1)], sides=either)))
        assert "rain" in text
        assert "sun" in text


@pytest.mark.parametrize("width", [36, 38, 40])
def test_where_there_is_little_room_the_legend_still_tells_the_sides_apart(width: int) -> None:
    examples = [Example(0, 0, 1, 1, test=True)] * 300
    sides = Sides("class no", "class yes")
    legend = texts(decision_picture(SLOPE, room(width, 12), examples=examples, sides=sides))[0]
    assert "#+ x y" in legend
    assert "=- o n" in legend
    assert "cla" not in legend
    assert " of 300 points" in legend


def test_the_likeliest_class_has_the_place() -> None:
    chances = [Grid([[1.0, 0.0], [1.0, 0.0]], X, Y), Grid([[0.0, 1.0], [0.0, 1.0]], X, Y)]
    shown = [Example(0.5, 0, 0, 1), Example(-0.5, 0, 0, 0, test=True)]
    lines = class_picture(chances, ["cat", "dog"], room(78, 18), examples=shown)
    plotted = Plotted(lines)
    assert all(row[: plotted.width * 2 // 5].strip(".A") == "" for row in plotted.rows)
    assert all(row[plotted.width * 3 // 5 :].strip(":a") == "" for row in plotted.rows)
    assert all(row[plotted.width // 2] == " " for row in plotted.rows)
    text = "\n".join(texts(lines))
    assert ". a cat" in text
    assert ": b dog" in text
    assert next(span.role for line in lines for span in line if span.text == "a") == "wrong"


def test_no_class_is_refused() -> None:
    with pytest.raises(ValueError, match="one class at least"):
        class_picture([], [], room(40, 12))
