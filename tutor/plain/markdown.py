"""Lessons' Markdown as paragraphs to be heard: no tables, no rules, formulas in one line each."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from tutor.draw.width import NO_BREAK
from tutor.plain.hearing import heard, heard_verbatim

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

_MOST_NESTING = 100
"""Text nested deeper than this is left out, as on the screen."""
_TOGETHER = 39
"""Characters up to which a formula inside of a sentence is not broken between two lines."""
_CODE = frozenset({"python", "toml"})
"""Fences whose lines keep their indents: there they have a meaning."""


def paragraphs(markdown: str, *, ascii_only: bool = False) -> list[str]:
    """Return Markdown as paragraphs, each to be wrapped by itself; an empty one is a pause.

    A row of a table becomes a sentence that names its columns: `w: 3; loss: 9`.
    """
    from markdown_it.tree import SyntaxTreeNode  # noqa: PLC0415 - only texts of lessons need it

    tree = SyntaxTreeNode(_parser().parse(markdown))
    return list(_Teller(ascii_only=ascii_only).blocks(tree.children))


@lru_cache(maxsize=1)
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # noqa: PLC0415 - see above

    return MarkdownIt("commonmark", {"maxNesting": _MOST_NESTING}).enable("table")


class _Teller:
    """Turns blocks into paragraphs."""

    def __init__(self, *, ascii_only: bool) -> None:
        self._ascii = ascii_only

    def blocks(self, nodes: "Sequence[SyntaxTreeNode]") -> Iterator[str]:
        """Yield the paragraphs of blocks, with a pause between two blocks."""
        told = [paragraphs for node in nodes if (paragraphs := list(self._block(node)))]
        for place, paragraphs in enumerate(told):
            if place:
                yield ""
            yield from paragraphs

    def _block(self, node: "SyntaxTreeNode") -> Iterable[str]:
        match node.type:
            case "paragraph" | "heading":
                return self._inline(node).split("\n")
            case "bullet_list" | "ordered_list":
                return self._list(node)
            case "blockquote":
                return self._led("Quote: ", list(self.blocks(node.children)))
            case "table":
                return self._table(node)
            case "fence" | "code_block":
                return self._fence(node)
            case "hr":
                return ()
            case _:
                return [self._heard(node.content.strip())] if node.content.strip() else ()

    def _list(self, node: "SyntaxTreeNode") -> Iterator[str]:
        start = int(node.attrs.get("start", 1))
        for place, item in enumerate(node.children):
            marker = "- " if node.type == "bullet_list" else f"{start + place}. "
            told = [paragraph for paragraph in self.blocks(item.children) if paragraph]
            yield from self._led(marker, told or [""])

    def _led(self, marker: str, told: Sequence[str]) -> Iterator[str]:
        yield f"{marker}{told[0]}" if told else marker.strip()
        yield from told[1:]

    def _table(self, node: "SyntaxTreeNode") -> Iterator[str]:
        header, *rows = [
            [self._inline(cell) for cell in row.children] for part in node.children for row in part.children
        ]
        for row in rows:
            named = zip([*header, *[""] * len(row)], row, strict=False)
            yield "; ".join(f"{name}: {cell}" if name else cell for name, cell in named if cell)

    def _fence(self, node: "SyntaxTreeNode") -> Iterator[str]:
        for line in node.content.rstrip("\n").split("\n"):
            if node.info.strip() in _CODE:
                yield self._heard(line.rstrip()).replace(" ", NO_BREAK)
            elif line.strip():
                yield heard_verbatim(line, ascii_only=self._ascii)

    def _inline(self, node: "SyntaxTreeNode") -> str:
        return "".join(text for child in node.children for text in self._texts(child)).strip()

    def _texts(self, node: "SyntaxTreeNode") -> Iterable[str]:
        match node.type:
            case "softbreak":
                return [" "]
            case "hardbreak":
                return ["\n"]
            case "code_inline":
                code = self._heard(node.content)
                return [code.replace(" ", NO_BREAK) if len(code) <= _TOGETHER else code]
            case "image":
                return [f"Picture: {self._heard(node.content)}"]
            case "inline" | "strong" | "em" | "link":
                texts = [text for child in node.children for text in self._texts(child)]
                return [*texts, *self._address(node, texts)]
            case _:
                return ["\n".join(map(self._heard, node.content.split("\n")))]

    def _address(self, node: "SyntaxTreeNode", texts: Sequence[str]) -> list[str]:
        """Return where a link to another place than the lessons leads, unless its text says so."""
        address = str(node.attrs.get("href", "")) if node.type == "link" else ""
        return [f" ({self._heard(address)})"] if "://" in address and address != "".join(texts) else []

    def _heard(self, text: str) -> str:
        return heard(text, ascii_only=self._ascii)
