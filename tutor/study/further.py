"""Further courses: folders that the settings name, shown below the course."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tutor.course.error import LessonError
from tutor.course.loader import OUTLINE, read_outline


@dataclass(frozen=True, slots=True)
class FurtherCourse:
    """A folder with a course, and its title; that of a faulty one is the folder's name."""

    title: str
    folder: Path


def further_courses(folders: Iterable[Path]) -> Iterator[FurtherCourse]:
    """Yield the courses of these folders, each folder once. Nothing is raised: faults are told when one is opened."""
    for folder in dict.fromkeys(folders):
        try:
            title, _ = read_outline(folder / OUTLINE)
        except LessonError:
            title = folder.name
        yield FurtherCourse(title, folder)
