"""What is said below the cells: a sign, and sentences."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.draw.glyphs import Glyphs
from tutor.draw.lines import indent, wrapped
from tutor.draw.text import Line, Role, Span, join

if TYPE_CHECKING:
    from tutor.mathematics.checking.reply import Reply
    from tutor.mathematics.worksheet import Entry, Worksheet


@dataclass(frozen=True, slots=True)
class Feedback:
    """A sign with its role, and what it is about."""

    text: str
    sign: str = ""
    role: Role = "plain"

    def draw(self, width: int, glyphs: Glyphs) -> list[Line]:
        """Return the lines: the sign before the first one, the others below its text."""
        if not self.text:
            return []
        sign = f" {self.sign}  " if self.sign else " "
        lines = wrapped(glyphs.spell(self.text), width - len(sign) - 1)
        first = join((Span(sign, self.role), *lines[0]))
        return [first, *(indent(line, len(sign)) for line in lines[1:])]

    def then(self, other: "Feedback") -> "Feedback":
        """Return this, followed by something else on a line of its own, if there is anything."""
        texts = [text for text in (self.text, other.text) if text]
        return Feedback("\n".join(texts), self.sign, self.role)


MARKS: Mapping[str, tuple[str, Role]] = {
    "blank": ("", "plain"),
    "given": ("given", "dim"),
    "correct": ("ok", "good"),
    "follows": ("follows", "follow"),
    "incomplete": ("more digits", "follow"),
    "incorrect": ("x", "wrong"),
    "shown": ("shown", "shown"),
}
"""The word for each state of a cell; the colour only repeats it."""

_UNREADABLE: tuple[str, Role] = ("?", "follow")
_SIGNS: Mapping[str, tuple[str, Role]] = {**MARKS, "invalid": _UNREADABLE}


def on_reply(typed: str, reply: "Reply") -> Feedback:
    """Return what is said about an answer: how it was read, where that is not plain, and its verdict."""
    sign, role = _SIGNS[reply.verdict]
    shown = reply.read_as.replace("*", "·").replace(" - ", " − ")
    read = f"read as {shown}\n" if reply.read_as and not _says_it_all(typed, reply.read_as) else ""
    return Feedback(read + reply.feedback, sign, role)


def on_entry(entry: "Entry") -> Feedback:
    """Return what is said about a cell that the cursor comes to: why it is still open, if it was tried."""
    if entry.reply is None or entry.state in {"blank", "correct", "shown"}:
        return Feedback("")
    return on_reply(entry.text, entry.reply)


def on_marked_anew(before: "Worksheet", after: "Worksheet", cell: str) -> Feedback:
    """Return which other cells have another mark than before an answer in this one."""
    pairs = zip(before.entries, after.entries, strict=True)
    changed = [new.label for old, new in pairs if new.cell != cell and new.state != old.state]
    return Feedback(f"Marked anew: {', '.join(changed)}." if changed else "")


def on_whole(worksheet: "Worksheet", checked: int, unread: Mapping[str, "Reply"]) -> Feedback:
    """Return what is said once cells filled in together are checked: the first wrong step, and what follows from it.

    unread holds, by cell, the replies to what could not be read.
    """
    count = f"{checked} cell{'s' if checked != 1 else ''} checked. " if checked else ""
    cannot = [f"{worksheet.entry(cell).label} cannot be read: {reply.feedback}" for cell, reply in unread.items()]
    wrong = worksheet.first_wrong
    if wrong is None or wrong.reply is None:
        if cannot:
            return Feedback("\n".join([f"{count}No step is wrong.".strip(), *cannot]), *_UNREADABLE)
        return Feedback(f"{count}No step is wrong.", *MARKS["correct"])
    followers = [entry.label for entry in worksheet.following(wrong.cell)]
    credited = f"Right from your {wrong.label}, and credited: {', '.join(followers)}." if followers else ""
    lines = [f"{count}The first wrong step is {wrong.label}. {wrong.reply.feedback}", credited, *cannot]
    return Feedback("\n".join(line for line in lines if line), *MARKS["incorrect"])


def on_end(worksheet: "Worksheet") -> Feedback:
    """Return the closing line of a worksheet whose cells are all filled in."""
    count, shown = len(worksheet.asked), sum(entry.shown for entry in worksheet.asked)
    if count == 1:
        return Feedback("The cell is filled in. Enter goes on.", "done", "good")
    some = f", {shown} of them shown" if shown else ""
    return Feedback(f"All {count} cells are filled in{some}. Enter goes on.", "done", "good")


def _says_it_all(typed: str, read_as: str) -> bool:
    """Whether an answer can be read in one way only, so that the reading needs no words: a mere number."""
    return typed.strip() == read_as and not any(sign in read_as for sign in "*/^()")
