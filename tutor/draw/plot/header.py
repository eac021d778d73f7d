"""The line above a picture: what is drawn, by what sign, and what could not be shown."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.draw.glyphs import spelled
from tutor.draw.text import Line, Role, Span, cut_line, join, line_width, pad_line
from tutor.draw.width import cut, display_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tutor.draw.room import Room

_GAP = Span("   ")
_TIGHT = Span(" ")


@dataclass(frozen=True, slots=True)
class Entry:
    """A sign and what it stands for; text without a sign has an empty one."""

    sign: str
    text: str
    role: Role = "plain"

    @property
    def spans(self) -> Line:
        """The sign in its role, and the text."""
        return (Span(self.sign, self.role), Span(f" {self.text}")) if self.sign else (Span(self.text, self.role),)


def header(title: str, entries: Sequence[Entry], note: str, room: Room) -> Line:
    """Return title, entries and note as one line of at most the room's width.

    Where it is too narrow the title goes first, then the gaps, then the word with which several entries begin, then the
    ends of their texts, then the entries; what is left of the note stays.
    """
    spell = room.glyphs.spell
    shown = [Entry(spell(entry.sign), spelled(entry.text, room.glyphs), entry.role) for entry in entries]
    last = [(Span(spell(note), "emphasis"),)] if note else []
    named = [entry.spans for entry in shown]
    said = title and all(entry.text != title for entry in entries)
    titled = [(Span(spelled(title, room.glyphs), "strong"),)] if said else []
    shorter = [entry.spans for entry in _shortened(shown, room.width - sum(line_width(part) + 1 for part in last))]
    tight = [line for line in ([*shorter, *last], last or titled) if line]
    for parts, gap in (
        ([*titled, *named, *last], _GAP),
        ([*named, *last], _GAP),
        *((parts, _TIGHT) for parts in tight),
    ):
        line = _joined(parts, gap)
        if line_width(line) <= room.width and parts:
            return line
    return cut_line(_joined(last or titled or named, _TIGHT), room.width, room.glyphs)


def _shortened(entries: Sequence[Entry], width: int) -> list[Entry]:
    """Return the entries with their texts cut so that all together take no more than the width, if that can be."""
    left = width - sum(display_width(entry.sign) + bool(entry.sign) for entry in entries) - len(entries) + 1
    if sum(display_width(entry.text) for entry in entries) > left:
        entries = _without_shared_word(entries)
    sizes = [display_width(entry.text) for entry in entries]
    while sum(sizes) > max(left, len(sizes)):
        sizes[sizes.index(max(sizes))] -= 1
    return [
        Entry(entry.sign, cut(entry.text, size, ""), entry.role) for entry, size in zip(entries, sizes, strict=True)
    ]


def _without_shared_word(entries: Sequence[Entry]) -> Sequence[Entry]:
    """Return the entries without the first word of those that share it: it does not tell one from the other."""
    first = Counter(entry.text.partition(" ")[0] for entry in entries if " " in entry.text)
    shared = {word for word, count in first.items() if count > 1}
    return [
        Entry(entry.sign, rest, entry.role) if rest and word in shared else entry
        for entry in entries
        for word, _, rest in [entry.text.partition(" ")]
    ]


def _joined(parts: Sequence[Line], gap: Span) -> Line:
    spans = [span for part in parts for span in (gap, *part)]
    return join(spans[1:])


def centred(text: str, room: Room, width: int) -> Line:
    """Return the text in the middle of a line of this width."""
    return pad_line(cut_line((Span(room.glyphs.spell(text), "dim"),), width, room.glyphs), width, "center")
