"""The numbers of a network as a table for each layer: a row for each unit, a column for each unit before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.draw.glyphs import spelled
from tutor.draw.number import short_number
from tutor.draw.palette import LEVELS, value_level
from tutor.draw.text import Line, Role, Span, line_width
from tutor.draw.width import cut, display_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tutor.draw.plot.canvas import Canvas

_DIGITS = 3
_WIDEST_NAME = 6
_BIAS, _VALUE = "bias", "= value"


@dataclass(frozen=True, slots=True)
class Block:
    """What leads from one layer to the next: `weights[target][source]`, a bias for each target, and its activation."""

    sources: Sequence[str]
    targets: Sequence[str]
    values: Sequence[float]
    weights: Sequence[Sequence[float]]
    biases: Sequence[float]

    @property
    def rows(self) -> list[tuple[str, list[float]]]:
        """Each target with its numbers, the bias last."""
        return [
            (target, [*row, bias]) for target, row, bias in zip(self.targets, self.weights, self.biases, strict=False)
        ]


def draw_blocks(canvas: Canvas, blocks: Sequence[Block], top: int, reach: float) -> str:
    """Draw the tables under each other from row `top` on, and return in a few words what did not fit.

    Numbers that are too wide together for the canvas are all shown as signs: `= - . + #` by sign and size.
    """
    numbers = [_number_lines(block, canvas) for block in blocks]
    spelled = all(line_width(line) <= canvas.width for lines in numbers for line in lines)
    lines = [line for block in numbers for line in block]
    if not spelled:
        lines = [line for block in blocks for line in _sign_lines(block, canvas, reach)]
    room = max(0, canvas.height - top)
    for row, line in enumerate(lines[:room]):
        canvas.line(top + row, 0, line)
    said = [] if spelled else ["as signs"]
    if len(lines) > room:
        said.append(f"{len(lines) - room} of {len(lines)} rows left out")
    if not spelled and any(
        line_width(line) > canvas.width for block in blocks for line in _strips(block, reach, canvas)
    ):
        said.append("cut")
    return ", ".join(said)


def _number_lines(block: Block, canvas: Canvas) -> list[Line]:
    glyphs = canvas.room.glyphs
    valued = len(block.values) == len(block.targets)
    texts = [[short_number(value, glyphs, _DIGITS) for value in row] for _, row in block.rows]
    heads = [cut(spelled(name, canvas.room.glyphs), _WIDEST_NAME, "") for name in (*block.sources, _BIAS)]
    if valued:
        heads.append(_VALUE)
        texts = [[*row, short_number(value, glyphs, _DIGITS)] for row, value in zip(texts, block.values, strict=False)]
    widths = [max(map(display_width, column)) for column in zip(heads, *texts, strict=False)]
    lines = [_row("", heads, widths, "dim")]
    for (name, _), row in zip(block.rows, texts, strict=True):
        lines.append(_row(cut(spelled(name, canvas.room.glyphs), _WIDEST_NAME, ""), row, widths, "plain"))
    return lines


def _row(name: str, texts: Sequence[str], widths: Sequence[int], role: Role) -> Line:
    cells = [" " * (width + 1 - display_width(text)) + text for text, width in zip(texts, widths, strict=False)]
    return (Span(name + " " * (_WIDEST_NAME - display_width(name)), "strong"), Span("".join(cells), role))


def _sign_lines(block: Block, canvas: Canvas, reach: float) -> list[Line]:
    head = spelled(" ".join(("from", *block.sources, _BIAS)), canvas.room.glyphs)
    return [(Span(cut(head, canvas.width, canvas.room.glyphs.ellipsis), "dim"),), *_strips(block, reach, canvas)]


def _strips(block: Block, reach: float, canvas: Canvas) -> list[Line]:
    lines: list[Line] = []
    for name, row in block.rows:
        shown = cut(spelled(name, canvas.room.glyphs), _WIDEST_NAME, "")
        signs = tuple(_sign(value / reach) for value in row)
        lines.append((Span(shown + " " * (_WIDEST_NAME - display_width(shown)), "strong"), Span(" "), *signs))
    return lines


def _sign(part: float) -> Span:
    level = value_level(part)
    if level is None:
        return Span("?", "wrong")
    sign, role = LEVELS[level]
    return Span(sign if sign != " " else ".", role)
