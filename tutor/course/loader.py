"""Finds the lessons, and reads the course's map at once and each lesson when it is opened."""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import tutor
from tutor.course.error import LessonError
from tutor.course.files import find_file, read_text
from tutor.course.front_matter import FrontMatter, read_front_matter
from tutor.course.model import Course, Lesson, LessonHead, Section, prose_in

OUTLINE = "course.md"
"""The file with the titles of the course and its sections."""

_KEYS = ("id", "title", "section", "needs", "skills", "problem")
GLOSSARY, CONVENTIONS, SELF_TEST = "glossary.md", "conventions.md", "self-test.md"
"""Files that a course may have besides its lessons."""
_OTHER_FILES = (OUTLINE, GLOSSARY, CONVENTIONS, SELF_TEST, "README.md")
_FILE_NAME = re.compile(r"(?P<section>[1-9]\d?)-(?P<order>[1-9]\d?)-[a-z0-9-]+\.md")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def lessons_folder() -> Path:
    """Return the folder of the lessons that come with gdtutor: in the package, else beside it in a checkout.

    Raises FileNotFoundError if it is in neither place.
    """
    package = Path(tutor.__file__).parent
    for folder in (package / "lessons", package.parent / "lessons"):
        if (folder / OUTLINE).is_file():
            return folder
    raise FileNotFoundError(f"the lessons are missing from {package}: install gdtutor again.")


def load_course(folder: Path) -> Course:
    """Read the map of a course: the titles in its course.md, and the front matter of each lesson.

    Lessons are the files named like 4-3-two-suspects.md in the folder and the folders inside it.
    Raises LessonError for the first fault found.
    """
    title, section_titles = read_outline(folder / OUTLINE)
    heads = sorted(
        (load_head(path) for path in lesson_files(folder)),
        key=lambda head: (head.section, head.order, head.path),
    )
    for error in together(heads, len(section_titles)):
        raise error
    sections = (
        Section(number, section_title, tuple(head for head in heads if head.section == number))
        for number, section_title in enumerate(section_titles, start=1)
    )
    return Course(title, tuple(sections), folder)


def load_head(path: Path) -> LessonHead:
    """Read the front matter of one lesson.

    Raises LessonError if it, or the file's name, has a fault.
    """
    return _head(read_front_matter(read_text(path), path))


def load_lesson(head: LessonHead, on_fault: Callable[[LessonError], None] | None = None) -> Lesson:
    """Read all pages of a lesson.

    Raises LessonError for the first fault found. With on_fault, faults in blocks and numbers are handed to it instead,
    and the blocks left out.
    """
    # Imported here because TOML is needed for pages only, and home is drawn before any page is read.
    from tutor.course.pages import read_pages  # noqa: PLC0415

    text = read_text(head.path)
    length = read_front_matter(text, head.path).length
    lesson = Lesson(head, read_pages(text.split("\n")[length:], length + 1, head, on_fault))
    check_lesson(lesson, on_fault)
    return lesson


def check_lesson(lesson: Lesson, on_fault: Callable[[LessonError], None] | None = None) -> None:
    """Check what its pages cannot know of each other and of the lesson; faults are raised, or handed to on_fault."""
    from tutor.course.fill_in import check_numbers  # noqa: PLC0415 - as above

    head = lesson.head
    titles: set[str] = set()
    for block in lesson.blocks():
        if block.id in titles:
            message = f"two blocks of this lesson are called “{block.title}”. Give each a title of its own."
            _tell(LessonError(head.path, block.line, message), on_fault)
        titles.add(block.id)
    for page in lesson.pages:
        for part in page.parts:
            has_problem = bool(head.problem or getattr(part, "problem", None))
            for prose in prose_in(part):
                try:
                    check_numbers(prose, head, has_problem=has_problem)
                except LessonError as error:
                    _tell(error, on_fault)


def _tell(error: LessonError, on_fault: Callable[[LessonError], None] | None) -> None:
    """Hand a fault on, or raise it where nobody takes it."""
    if on_fault is None:
        raise error
    on_fault(error)


def lesson_files(folder: Path) -> Iterator[Path]:
    """Yield the files of a folder and the folders inside it that should be lessons."""
    for path in (*folder.glob("*.md"), *folder.glob("*/*.md")):
        if path.name not in _OTHER_FILES and not path.parent.name.startswith("."):
            yield path


def _head(front_matter: FrontMatter) -> LessonHead:
    path = front_matter.path
    front_matter.check_keys(_KEYS)
    section, order = _place(front_matter)
    for key, words in (
        ("id", (front_matter.text("id"),)),
        ("needs", front_matter.items("needs")),
        ("skills", front_matter.items("skills")),
    ):
        for word in words:
            if not _ID.fullmatch(word):
                message = f"“{word}” is not an id. Write lower-case letters and digits joined by hyphens."
                raise front_matter.fault(key, message)
    return LessonHead(
        id=front_matter.text("id"),
        title=front_matter.text("title"),
        section=section,
        order=order,
        needs=front_matter.items("needs"),
        skills=front_matter.items("skills"),
        path=path,
        problem=_problem(front_matter),
    )


def _place(front_matter: FrontMatter) -> tuple[int, int]:
    """Return section and place in it: both from the file's name, which the front matter must agree with."""
    path = front_matter.path
    name = _FILE_NAME.fullmatch(path.name)
    if name is None:
        message = "the file's name does not say its place. Name it like 4-3-two-suspects.md"
        raise LessonError(path, 1, message)
    if front_matter.text("section") != name["section"]:
        message = f"the file's name says section {name['section']}. Write that, or rename the file."
        raise front_matter.fault("section", message)
    return int(name["section"]), int(name["order"])


def _problem(front_matter: FrontMatter) -> Path | None:
    if "problem" not in front_matter.values:
        return None
    return find_file(front_matter.text("problem"), front_matter.path, front_matter.lines["problem"])


def read_outline(path: Path) -> tuple[str, tuple[str, ...]]:
    """Read the course's title and its sections' titles: `section-1: …` and so on without a gap.

    Raises LessonError for a fault.
    """
    front_matter = read_front_matter(read_text(path), path)
    count = sum(key.startswith("section-") for key in front_matter.values)
    keys = tuple(f"section-{number}" for number in range(1, max(count, 1) + 1))
    front_matter.check_keys(("title", *keys))
    return front_matter.text("title"), tuple(front_matter.text(key) for key in keys)


def count_objectives(folder: Path) -> int:
    """Return how many objectives the self-test of a course has; 0 where it has none that can be read."""
    path = folder / SELF_TEST
    try:
        keys = read_front_matter(read_text(path), path).values
    except LessonError:
        return 0
    return sum(key.startswith("objective-") for key in keys)


def together(heads: Iterable[LessonHead], section_count: int) -> Iterator[LessonError]:
    """Yield the faults of lessons that are in each other's way, and of those that have no section."""
    ids: dict[str, LessonHead] = {}
    places: dict[str, LessonHead] = {}
    for head in heads:
        if head.section > section_count:
            message = f"there is no section {head.section}: {OUTLINE} names {section_count}."
            yield LessonError(head.path, 1, f"{message} Add section-{head.section}: … there.")
        for known, word in ((ids, head.id), (places, head.number)):
            if word in known:
                message = f"{word} is already taken by {known[word].path.name}. Choose another one."
                yield LessonError(head.path, 1, message)
            known.setdefault(word, head)
