"""Lessons' Markdown as styled lines."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from tutor.draw.table import table
from tutor.draw.text import Align, Line, Role, Span, join, line_width, trim_line, wrap_line
from tutor.draw.width import NO_BREAK, display_width, printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

    from tutor.draw.glyphs import Glyphs

_CODE_INDENT = 2
_FORMULA_INDENT = 4
_TAB = 4
_LEAST_ROOM = 2  # one wide character
_MOST_NESTING = 100  # text nested deeper than this is left out; the usual 20 are ten lists within one another
_UNDERLINED = 2  # headings of the first levels have a line below them, so that they show without any style
_INLINE_ROLES: dict[str, Role] = {"strong": "strong", "em": "emphasis", "code_inline": "code", "link": "emphasis"}


def prose(markdown: str, width: int, glyphs: Glyphs) -> list[Line]:
    """Return the Markdown text (CommonMark with tables) as styled lines of at most `width` columns.

    A fenced block with the info `math` holds one formula a line, which is set with fractions. HTML is shown as the text
    that it is.
    """
    from markdown_it.tree import SyntaxTreeNode  # noqa: PLC0415 - only pages need it, the first frame does not

    tree = SyntaxTreeNode(_parser().parse(markdown))
    return [trim_line(line) for line in _Renderer(glyphs).blocks(tree.children, max(1, width))]


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - see above

    return MarkdownIt("commonmark", {"maxNesting": _MOST_NESTING}).enable("table")


class _Renderer:
    """Turns blocks into lines; each method takes a block and the width that it has."""

    def __init__(self, glyphs: Glyphs) -> None:
        self._glyphs = glyphs

    def blocks(self, nodes: Sequence[SyntaxTreeNode], width: int) -> list[Line]:
        lines: list[Line] = []
        for before, node in zip([None, *nodes], nodes, strict=False):
            if before is not None and not _belongs_together(before):
                lines.append(())
            lines += self._block(node, width)
        return lines

    def _block(self, node: SyntaxTreeNode, width: int) -> list[Line]:
        match node.type:
            case "paragraph":
                return wrap_line(self._inline(node, width), width)
            case "heading":
                return self._heading(node, width)
            case "bullet_list" | "ordered_list":
                return self._list(node, width)
            case "blockquote":
                bar: Line = (Span(f"{self._glyphs.vertical} ", "quote"),)
                lines = self.blocks(node.children, _room(width, bar))
                return _prefixed([_quoted(line) for line in lines], bar, bar, width)
            case "table":
                return self._table(node, width)
            case "hr":
                return [(Span(self._glyphs.horizontal * width, "dim"),)]
            case "fence" if node.info.strip() == "math":
                return self._formulas(node.content.strip("\n"), width)
            case "fence" | "code_block":
                return self._verbatim(node.content.rstrip("\n"), _CODE_INDENT, width)
            case _:
                return wrap_line((Span(self._spell(node.content.strip())),), width)

    def _heading(self, node: SyntaxTreeNode, width: int) -> list[Line]:
        text = join(Span(span.text, "heading") for span in self._inline(node, width))
        lines = wrap_line(text, width)
        level = int(node.tag[1:])
        if level > _UNDERLINED:
            return lines
        sign = self._glyphs.heavy if level == 1 else self._glyphs.horizontal
        return [*lines, (Span(sign * max(map(line_width, lines)), "heading"),)]

    def _list(self, node: SyntaxTreeNode, width: int) -> list[Line]:
        loose = any(child.type == "paragraph" and not child.hidden for item in node.children for child in item.children)
        lines: list[Line] = []
        for marker, item in zip(self._markers(node), node.children, strict=True):
            first: Line = (Span(f"{marker} "),)
            rest: Line = (Span(" " * line_width(first)),)
            if lines and loose:
                lines.append(())
            inner = self.blocks(item.children, _room(width, first)) or [()]
            lines += _prefixed(inner, first, rest, width)
        return lines

    def _markers(self, node: SyntaxTreeNode) -> list[str]:
        if node.type == "bullet_list":
            bullets = self._glyphs.bullets
            return [bullets[_depth(node) % len(bullets)]] * len(node.children)
        start = int(node.attrs.get("start", 1))
        numbers = [f"{start + place}{item.markup}" for place, item in enumerate(node.children)]
        widest = max(map(len, numbers))
        return [number.rjust(widest) for number in numbers]

    def _table(self, node: SyntaxTreeNode, width: int) -> list[Line]:
        rows = [row for part in node.children for row in part.children]
        cells = [[self._inline(cell, width) for cell in row.children] for row in rows]
        align = [_alignment(str(cell.attrs.get("style", ""))) for cell in rows[0].children]
        return table(cells[1:], cells[0], align, width, self._glyphs)

    def _formulas(self, text: str, width: int) -> list[Line]:
        """Return formulas as they are set; as they are written where they cannot be read, or are too wide."""
        from tutor.draw.formula import FormulaError, set_formula  # noqa: PLC0415 - only pages with formulas need it

        lines: list[Line] = []
        for written in text.split("\n"):
            try:
                rows = set_formula(written, self._glyphs)
            except FormulaError:
                rows = []
            if lines and (len(rows) > 1 or not written.strip()):
                lines.append(())
            if rows and max(map(display_width, rows)) <= width - _FORMULA_INDENT:
                lines += [(Span(" " * _FORMULA_INDENT), Span(row, "code")) for row in rows]
            elif written.strip():
                lines += self._verbatim(written, _FORMULA_INDENT, width)
        return lines

    def _verbatim(self, text: str, indent: int, width: int) -> list[Line]:
        """Return the lines as they are, indented; what is too long goes on in the next line, further in."""
        lines: list[Line] = []
        for written in text.split("\n"):
            spelled = self._glyphs.spell(printable(written.expandtabs(_TAB)))
            first: Line = (Span(" " * indent),)
            rest: Line = (Span(" " * (indent + 2)),)
            if display_width(spelled) <= width - indent:
                lines.append((*first, Span(spelled, "code")))
            else:
                lines += _prefixed(wrap_line((Span(spelled, "code"),), _room(width, rest)), first, rest, width)
        return lines

    def _inline(self, node: SyntaxTreeNode, width: int) -> Line:
        """Return the styled text of a block; line ends in it are the ones that have to stay."""
        return join(span for child in node.children for span in self._spans(child, "plain", width))

    def _spans(self, node: SyntaxTreeNode, role: Role, width: int) -> Iterable[Span]:
        match node.type:
            case "softbreak":
                return [Span(" ", role)]
            case "hardbreak":
                return [Span("\n", role)]
            case "code_inline":
                code = self._glyphs.spell(printable(node.content))
                together = display_width(code) <= width // 2  # a short formula stays on one line
                return [Span(code.replace(" ", NO_BREAK) if together else code, "code")]
            case "image":
                return [Span(self._spell(f"[{node.content}]"), role)]
            case "inline" | "strong" | "em" | "link":
                inner = _INLINE_ROLES.get(node.type, role)
                spans = [span for child in node.children for span in self._spans(child, inner, width)]
                return [*spans, *self._address(node, spans)]
            case _:
                return [Span(self._spell(node.content), role)]

    def _address(self, node: SyntaxTreeNode, text: Iterable[Span]) -> list[Span]:
        """Return where a link to another place than the lessons leads, unless its text says so."""
        address = str(node.attrs.get("href", "")) if node.type == "link" else ""
        if "://" not in address or address == "".join(span.text for span in text):
            return []
        return [Span(f" ({self._spell(address)})", "dim")]

    def _spell(self, text: str) -> str:
        return self._glyphs.spell("\n".join(map(printable, text.split("\n"))))


def _belongs_together(node: SyntaxTreeNode) -> bool:
    """Whether no blank line follows the block."""
    return node.type == "heading" or (node.type == "paragraph" and node.hidden)


def _depth(node: SyntaxTreeNode) -> int:
    """Return how many bullet lists the list is in."""
    depth = 0
    parent = node.parent
    while parent is not None:
        depth += parent.type == "bullet_list"
        parent = parent.parent
    return depth


def _alignment(style: str) -> Align:
    match style.removeprefix("text-align:"):
        case "right":
            return "right"
        case "center":
            return "center"
        case _:
            return "left"


def _room(width: int, prefix: Line) -> int:
    """Return the width beside a prefix, or all of it where the prefix leaves none."""
    room = width - line_width(prefix)
    return room if room >= _LEAST_ROOM else width


def _prefixed(lines: Iterable[Line], first: Line, rest: Line, width: int) -> list[Line]:
    if width - max(line_width(first), line_width(rest)) < _LEAST_ROOM:
        return list(lines)
    return [(*(rest if place else first), *line) for place, line in enumerate(lines)]


def _quoted(line: Line) -> Line:
    return join(Span(span.text, "quote" if span.role == "plain" else span.role) for span in line)
