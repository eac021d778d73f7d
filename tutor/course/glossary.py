"""The glossary of a course: the file glossary.md in its folder, with an entry for each term."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tutor.course.chapters import Chapter, read_reference, slug
from tutor.course.error import LessonError, nearest
from tutor.course.folding import folded_words
from tutor.course.loader import GLOSSARY

_FIELD = re.compile(r"(?P<name>Symbol|Also|Example|See also): *(?P<value>.*)", re.DOTALL)
_SEE = re.compile(r"\[[^\]]+\]\(#(?P<id>[^)]+)\)")
_ORDER = ("Symbol", "Also", "", "Example", "See also")
"""The parts of an entry in their order; the one without a name is its text."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A term, and what it means."""

    id: str
    term: str
    symbol: str
    """As it stands in formulas; may be empty."""
    also: tuple[str, ...]
    """Other names of the same thing."""
    text: str
    """Markdown."""
    example: str
    """Markdown; may be empty."""
    see: tuple[str, ...]
    """Ids of entries that are worth reading next."""
    line: int

    @property
    def names(self) -> tuple[str, ...]:
        """The words by which it is found on a page."""
        return (self.term, *self.also)


@dataclass(frozen=True, slots=True)
class Glossary:
    """The entries of a course in the order of their file; there may be none."""

    entries: tuple[Entry, ...] = ()

    def entry(self, identity: str) -> Entry | None:
        """Return the entry with an id, None where there is none."""
        return next((entry for entry in self.entries if entry.id == identity), None)

    def standing_in(self, text: str) -> tuple[Entry, ...]:
        """Return the entries whose terms stand in a text, in the order in which they first do.

        A plural counts, and so does a term inside of a hyphenated word.
        """
        words = folded_words(text)
        places: dict[str, list[int]] = {}
        for place, word in enumerate(words):
            for form in {word, word.removesuffix("s"), word.removesuffix("es")}:
                places.setdefault(form, []).append(place)
        first = {entry.id: _first_place(entry, words, places) for entry in self.entries}
        found = [entry for entry in self.entries if first[entry.id] < len(words)]
        return tuple(sorted(found, key=lambda entry: first[entry.id]))


def load_glossary(folder: Path) -> Glossary:
    """Read the glossary of a course; an empty one where its folder has no file for it.

    Raises LessonError for the first fault in the file.
    """
    path = folder / GLOSSARY

    def stop(error: LessonError) -> None:
        raise error

    return read_glossary(path, stop) if path.is_file() else Glossary()


def read_glossary(path: Path, on_fault: Callable[[LessonError], None]) -> Glossary:
    """Read the entries of a file. Faults in entries are handed to on_fault, and such entries left out.

    Raises LessonError for a file that is no reference at all.
    """
    entries: dict[str, Entry] = {}
    for chapter in read_reference(path).chapters:
        try:
            entry = _entry(chapter, path)
        except LessonError as error:
            on_fault(error)
            continue
        other = entries.setdefault(entry.id, entry)
        if other is not entry:
            message = f"“{entry.term}” has the same id as “{other.term}”. Change one of the two terms."
            on_fault(LessonError(path, entry.line, message))
    for entry in entries.values():
        for identity in entry.see:
            if identity not in entries or identity == entry.id:
                message = f"“{entry.term}” leads to #{identity}, which is no other entry. {nearest(identity, entries)}"
                on_fault(LessonError(path, entry.line, message))
    return Glossary(tuple(entries.values()))


def _entry(chapter: Chapter, path: Path) -> Entry:
    fields: dict[str, str] = {}
    lines: dict[str, int] = {}
    for paragraph, line in _paragraphs(chapter):
        found = _FIELD.match(paragraph)
        name, value = (found["name"], found["value"].strip()) if found else ("", paragraph)
        latest = list(fields)[-1] if fields else "Symbol"
        if (name and name in fields) or not value or _ORDER.index(name) < _ORDER.index(latest):
            order = "Symbol: …, Also: …, the text, Example: …, See also: …"
            raise LessonError(path, line, f"this part of “{chapter.title}” is empty, or out of order. Write {order}")
        fields[name] = f"{fields[name]}\n\n{value}" if name in fields else value
        lines.setdefault(name, line)
    if "" not in fields:
        message = f"“{chapter.title}” is not explained. Write a sentence or two below its heading."
        raise LessonError(path, chapter.line, message)
    return Entry(
        id=slug(chapter.title),
        term=chapter.title,
        symbol=fields.get("Symbol", "").strip("`"),
        also=tuple(name.strip() for name in fields.get("Also", "").split(",") if name.strip()),
        text=fields[""],
        example=fields.get("Example", ""),
        see=_see(fields, lines, path),
        line=chapter.line,
    )


def _see(fields: Mapping[str, str], lines: Mapping[str, int], path: Path) -> tuple[str, ...]:
    text = fields.get("See also", "")
    if _SEE.sub("", text).strip(" ,\n"):
        message = "See also holds links to other entries alone. Write [weight](#weight), [bias](#bias)"
        raise LessonError(path, lines["See also"], message)
    return tuple(found["id"] for found in _SEE.finditer(text))


def _paragraphs(chapter: Chapter) -> Iterator[tuple[str, int]]:
    """Yield what stands between blank lines, each with the number of its first line."""
    line = chapter.first_line
    for paragraph in re.split(r"\n[ \t]*(?=\n)", chapter.markdown):
        blank = len(paragraph) - len(paragraph.lstrip("\n"))
        if paragraph.strip():
            yield paragraph.strip("\n"), line + blank
        line += paragraph.count("\n") + 1


def _first_place(entry: Entry, words: tuple[str, ...], places: Mapping[str, list[int]]) -> int:
    """Return the first place in a text where one of the names of an entry begins; its length where none does."""
    found: list[int] = []
    for name in entry.names:
        wanted = folded_words(name)
        *before, last = wanted
        starts = (place - len(before) for place in places.get(last, ()))
        found += [start for start in starts if start >= 0 and list(words[start : start + len(before)]) == before][:1]
    return min(found, default=len(words))
