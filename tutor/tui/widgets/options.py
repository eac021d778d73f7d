"""Options to choose from, and cards, as lines: for pages and for screens of their own."""

from collections.abc import Collection

from tutor.course.exercises.choosing import Choosing
from tutor.course.exercises.remembering import KNEW, NOT_YET, Remembering
from tutor.draw.glyphs import Glyphs
from tutor.draw.lines import indent, wrapped
from tutor.draw.prose import prose
from tutor.draw.text import Line, Role, Span, join, line_width
from tutor.study.feedback import MARKS, Feedback

_RIGHT, _WRONG = MARKS["correct"], MARKS["incorrect"]


def listed_prose(markdown: str, first: Line, width: int, glyphs: Glyphs) -> list[Line]:
    """Return prose behind a marker: its further lines begin where the first one does."""
    lines = prose(markdown, max(1, width - line_width(first)), glyphs)
    return [join((*first, *lines[0])), *(indent(line, line_width(first)) for line in lines[1:])] if lines else [first]


def draw_options(choosing: Choosing, picked: Collection[int], width: int, glyphs: Glyphs) -> list[Line]:
    """Return the options with their numbers, what is picked, and how it was judged."""
    lines: list[Line] = []
    for place, option in enumerate(choosing.options):
        word, role = _mark(choosing, place)
        box = ("[x]" if choosing.several else "(o)") if place in picked else ("[ ]" if choosing.several else "( )")
        marker = join((Span(f" {place + 1} ", "key"), Span(f"{box} ")))
        drawn = listed_prose(option.text, marker, width - 8, glyphs)
        if word:
            drawn[0] = join((*drawn[0], Span("   "), Span(word, role)))
        lines += drawn
    return lines


def _mark(choosing: Choosing, place: int) -> tuple[str, Role]:
    """Return what is said beside an option: whether it was right, once it was chosen."""
    if choosing.done and place in choosing.rights:
        return _RIGHT
    if place in choosing.chosen and not choosing.options[place].right:
        return _WRONG
    return "", "plain"


def draw_reply(feedback: Feedback, width: int, glyphs: Glyphs) -> list[Line]:
    """Return what is said, which is Markdown, behind its sign; nothing where nothing is said."""
    if not feedback.text:
        return []
    sign = (Span(f" {feedback.sign}  " if feedback.sign else " ", feedback.role),)
    return listed_prose(feedback.text.replace("\n", "\\\n"), sign, width - 1, glyphs)


def choosing_feedback(choosing: Choosing) -> Feedback:
    """Return what is said below the options."""
    reply = choosing.reply
    if choosing.shown and reply is None:
        return Feedback("The right answer is marked.", *MARKS["shown"])
    if reply is None:
        return Feedback("")
    return Feedback(reply.feedback, *(_RIGHT if reply.verdict == "correct" else _WRONG))


def draw_card(card: Remembering, width: int, glyphs: Glyphs) -> list[Line]:
    """Return the other side of a card, or how to turn it; and how it was judged."""
    if not card.turned:
        return wrapped("Say your answer, then press Enter to turn the card.", width, "dim", indented=1)
    back = [indent(line, 1) for line in prose(card.back, width - 2, glyphs)]
    match card.latest:
        case "knew":
            last = Feedback("You knew it. It comes back later.", *_RIGHT).draw(width, glyphs)
        case "not yet":
            last = Feedback("Not yet. It comes back soon.", "again", "follow").draw(width, glyphs)
        case _:
            keys = (Span(" 1 ", "key"), Span("I knew it   "), Span(" 2 ", "key"), Span("not yet"))
            last = [join(keys)]
    return [*back, (), *last]


def card_answer(digit: int) -> str:
    """Return the answer that a digit gives to a turned card; nothing for other digits."""
    return {1: KNEW, 2: NOT_YET}.get(digit, "")
