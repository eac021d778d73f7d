"""Search over a course: its lessons page by page, their cards, the glossary and the conventions.

Every text is read once, as words (see `folding`). A word that is typed stands for all words that begin with it, and a
place is found where all typed words are. So nothing that is typed is ever a pattern, and a look-up costs a bisection.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain

from tutor.course.blocks.card import Card
from tutor.course.chapters import Chapter
from tutor.course.conventions import load_conventions
from tutor.course.error import LessonError
from tutor.course.folding import folded_words
from tutor.course.glossary import Entry, load_glossary
from tutor.course.loader import load_lesson
from tutor.course.model import Block, Course, Lesson, LessonHead, Prose, prose_in

_LINKED = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_NUMBER = re.compile(r"\{\{[^{}]*\}\}")
"""A number that is worked out where the page is shown: see `fill_in`."""
_MARKS = re.compile(r"^(?:```|~~~).*$|^[-:| ]+$|^#+ |`|\*\*|\|", re.MULTILINE)
_BEFORE = 4
"""Words of an excerpt before the one that was found."""


@dataclass(frozen=True, slots=True)
class PageTarget:
    """A page of a lesson, counted from 0."""

    lesson: LessonHead
    page: int


@dataclass(frozen=True, slots=True)
class Item:
    """A place that can be found, and what is shown of it."""

    kind: str
    """In a word or two, for the learner."""
    title: str
    text: str
    """What stands there, as plain words; without the answers of tasks."""
    target: PageTarget | Entry | Chapter
    names: tuple[str, ...] = ()
    """What it is also called."""


@dataclass(slots=True)
class Index:
    """Places by their words."""

    items: list[Item] = field(default_factory=list)
    _names: list[tuple[tuple[str, ...], ...]] = field(default_factory=list)
    _places: dict[str, set[int]] = field(default_factory=dict)
    _words: list[str] = field(default_factory=list)

    def add(self, item: Item, hidden: str = "") -> None:
        """Take a place in; hidden is text by which it is found and which is not shown."""
        number = len(self.items)
        self.items.append(item)
        names = tuple(map(folded_words, (item.title, *item.names)))
        self._names.append(names)
        for word in {*chain.from_iterable(names), *folded_words(item.text), *folded_words(hidden)}:
            self._places.setdefault(word, set()).add(number)
        self._words.clear()

    def find(self, text: str) -> list[Item]:
        """Return the places that hold all words of a text: those with the words in their title first.

        A text without words finds nothing.
        """
        wanted = folded_words(text)
        if not wanted:
            return []
        found = set.intersection(*(self._beginning_with(word) for word in wanted))
        return [self.items[number] for number in sorted(found, key=lambda number: self._distance(number, wanted))]

    def _beginning_with(self, beginning: str) -> set[int]:
        if not self._words:
            self._words = sorted(self._places)
        found: set[int] = set()
        for place in range(bisect_left(self._words, beginning), len(self._words)):
            if not self._words[place].startswith(beginning):
                break
            found |= self._places[self._words[place]]
        return found

    def _distance(self, number: int, wanted: Sequence[str]) -> tuple[bool, int, int]:
        """Return how far a place is from what was meant: another name, words missing in its names, further below."""
        names = self._names[number]
        missing = min(sum(not any(word.startswith(each) for word in name) for each in wanted) for name in names)
        return tuple(wanted) not in names, missing, number


def read_places(course: Course) -> Iterator[list[tuple[Item, str]]]:
    """Yield the places of a course with their hidden texts, one file after another; each may take some milliseconds.

    Files with a fault are left out: the fault is told where they are opened.
    """
    with suppress(LessonError):
        yield [(item_of(entry), "") for entry in load_glossary(course.folder).entries]
    with suppress(LessonError):
        conventions = load_conventions(course.folder)
        yield [_of_chapter(chapter) for chapter in conventions.chapters] if conventions else []
    for head in course.lessons:
        with suppress(LessonError):
            yield list(_of_lesson(load_lesson(head)))


def excerpt(item: Item, text: str) -> str:
    """Return what stands at a place, from a little before the first of the typed words on."""
    words = item.text.split()
    wanted = folded_words(text)
    for place, word in enumerate(words):
        if any(part.startswith(each) for part in folded_words(word) for each in wanted):
            first = max(0, place - _BEFORE)
            return ("… " if first else "") + " ".join(words[first:])
    return " ".join(words)


def item_of(entry: Entry) -> Item:
    """Return an entry of the glossary as a place."""
    names = (*entry.also, *(symbol for symbol in entry.symbol.split(",") if symbol.strip()))
    return Item("glossary", entry.term, shown_words(f"{entry.text} {entry.example}"), entry, names)


def _of_chapter(chapter: Chapter) -> tuple[Item, str]:
    return Item("convention", chapter.title, shown_words(chapter.markdown), chapter), ""


def _of_lesson(lesson: Lesson) -> Iterator[tuple[Item, str]]:
    head = lesson.head
    name = f"{head.number} {head.title}"
    for number, page in enumerate(lesson.pages):
        shown = " ".join(part.markdown for part in page.parts if isinstance(part, Prose))
        blocks = [part for part in page.parts if isinstance(part, Block)]
        hidden = " ".join(prose.markdown for block in blocks for prose in prose_in(block))
        title = name if page.title == head.title else f"{name}: {page.title}"
        target = PageTarget(head, number)
        yield Item(f"page {number + 1}", title, shown_words(shown), target), " ".join((hidden, *_titles(blocks)))
        for card in blocks:
            if isinstance(card, Card):
                yield Item("card", card.title, shown_words(card.question.markdown), target), card.answer.markdown


def _titles(blocks: Sequence[Block]) -> Iterator[str]:
    return (block.title for block in blocks)


def shown_words(markdown: str) -> str:
    """Return Markdown as plain words in one line, without its marks and without what is worked out only for a page.

    >>> shown_words("Turn `w1` **down** to {{w1@2}}, see [bias](#bias).")
    'Turn w1 down to …, see bias.'
    """
    return " ".join(_MARKS.sub("", _LINKED.sub(r"\1", _NUMBER.sub("…", markdown))).split())
