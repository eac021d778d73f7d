"""What can be looked up wherever something is asked: the glossary, the conventions, and the course by its words."""

from typing import TYPE_CHECKING, Final

from tutor.course.chapters import Chapter
from tutor.course.conventions import load_conventions
from tutor.course.error import LessonError
from tutor.course.folding import folded_words
from tutor.course.glossary import Entry, Glossary, load_glossary
from tutor.course.search import Index, Item, PageTarget, excerpt, read_places
from tutor.plain.talk import Answers, Talk, listed
from tutor.study.services import Services

if TYPE_CHECKING:
    from tutor.course.model import LessonHead

_MOST: Final = 9
"""Places that are said of those that were found."""
_EXCERPT: Final = 120
"""Characters that are said of a place."""


class ToPage(Exception):  # noqa: N818 - it is a way through the course, not an error
    """The learner goes to a page of a lesson that was found."""

    def __init__(self, lesson: "LessonHead", page: int) -> None:
        super().__init__(lesson.id)
        self.lesson = lesson
        self.page = page


class Shelf:
    """Looks things up, and says them. Each file is read when it is first wanted."""

    def __init__(self, talk: Talk, services: Services) -> None:
        self._talk = talk
        self._services = services
        self._index: Index | None = None
        self._found: list[Item] = []

    def take_questions(self) -> Answers:
        """Answer what is looked up from now on; return what has answered it before."""
        before = self._talk.answers
        self._talk.answers = {
            "glossary": self.say_word,
            "search": self.search,
            "open": self.open,
            "conventions": self.say_conventions,
        }
        return before

    def say_word(self, text: str) -> None:
        """Say what a word means; without a word, all words that there are."""
        try:
            glossary = load_glossary(self._services.course.folder)
        except LessonError as error:
            self._talk.say(f"This file has a fault: {error}")
            return
        if not text:
            self._talk.say(f"Words of the glossary: {', '.join(entry.term for entry in glossary.entries)}.")
            self._talk.say("Type glossary with one of them.")
            return
        entry = _entry(glossary, text)
        if entry is None:
            near = [each.term for each in glossary.entries if _is_near(each, text)]
            found = f" There is {listed(near[:_MOST])}." if near else ""
            self._talk.say(f"“{text[:40]}” is not in the glossary.{found} With search you find it in the lessons.")
            return
        self._say_entry(glossary, entry)

    def search(self, text: str) -> None:
        """Say where in the course some words stand."""
        self._found = self._places().find(text)
        if not self._found:
            said = f"Nothing was found for “{text[:40]}”." if text else "Type search with the words to look for."
            self._talk.say(said)
            return
        count = len(self._found)
        self._talk.say(f"{count} place{'s' if count > 1 else ''} found. Type open with the number of one.")
        for number, item in enumerate(self._found[:_MOST], start=1):
            self._talk.say(f"{number}: {item.title}, {item.kind}. {_cut(excerpt(item, text))}")
        if count > _MOST:
            self._talk.say(f"And {count - _MOST} more. With more words there are fewer.")

    def open(self, text: str) -> None:
        """Go to a place that was found. Raises ToPage for a page."""
        most = min(_MOST, len(self._found))
        number = int(text) if text in {str(place) for place in range(1, most + 1)} else 0
        if not number:
            wanted = f"a number from 1 to {most}" if most else "the number of a place, after a search"
            self._talk.say(f"Type open with {wanted}.")
            return
        match self._found[number - 1].target:
            case PageTarget(lesson, page):
                raise ToPage(lesson, page)
            case Entry() as entry:
                self._say_entry(load_glossary(self._services.course.folder), entry)
            case Chapter() as chapter:
                self._say_chapter(chapter)

    def say_conventions(self, text: str) -> None:
        """Say how things are written: the chapters, or the one that is named."""
        try:
            conventions = load_conventions(self._services.course.folder)
        except LessonError as error:
            self._talk.say(f"This file has a fault: {error}")
            return
        if conventions is None:
            self._talk.say("This course has no page of conventions.")
            return
        wanted = folded_words(text)
        chapters = [each for each in conventions.chapters if wanted and set(wanted) <= set(folded_words(each.title))]
        if wanted and not chapters:
            self._talk.say(f"There is no chapter on “{text[:40]}”.")
        for chapter in chapters:
            self._say_chapter(chapter)
        if not chapters:
            titles = "; ".join(chapter.title for chapter in conventions.chapters)
            self._talk.say(f"Chapters on how things are written: {titles}.")
            self._talk.say("Type conventions with words of a title.")

    def _places(self) -> Index:
        if self._index is None:
            index = Index()
            for places in read_places(self._services.course):
                for item, hidden in places:
                    index.add(item, hidden)
            self._index = index
        return self._index

    def _say_entry(self, glossary: Glossary, entry: Entry) -> None:
        self._talk.say(f"Glossary: {entry.term}.")
        if entry.symbol:
            self._talk.say(f"Written: {entry.symbol}")
        if entry.also:
            self._talk.say(f"Also called: {', '.join(entry.also)}.")
        self._talk.tell(entry.text)
        if entry.example:
            self._talk.tell(entry.example, before="Example: ")
        see = [each.term for identity in entry.see if (each := glossary.entry(identity)) is not None]
        if see:
            self._talk.say(f"See also: {', '.join(see)}.")

    def _say_chapter(self, chapter: Chapter) -> None:
        self._talk.say(f"Convention: {chapter.title}.")
        self._talk.tell(chapter.markdown)


def _entry(glossary: Glossary, text: str) -> Entry | None:
    """Return the entry that a text names by its term, another name, or its symbol."""
    wanted = folded_words(text)
    for entry in glossary.entries:
        names = (*entry.names, *entry.symbol.split(","))
        if any(folded_words(name) == wanted for name in names if name.strip()):
            return entry
    near = [entry for entry in glossary.entries if _is_near(entry, text)]
    return near[0] if len(near) == 1 else None


def _is_near(entry: Entry, text: str) -> bool:
    """Whether all words of a text begin words of a name of an entry."""
    wanted = folded_words(text)
    return bool(wanted) and any(
        all(any(word.startswith(each) for word in folded_words(name)) for each in wanted) for name in entry.names
    )


def _cut(text: str) -> str:
    return text if len(text) <= _EXCERPT else f"{text[:_EXCERPT].rsplit(' ', 1)[0]} …"
