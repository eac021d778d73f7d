"""The conventions of a course: the file conventions.md in its folder."""

from pathlib import Path

from tutor.course.chapters import Reference, read_reference
from tutor.course.loader import CONVENTIONS


def load_conventions(folder: Path) -> Reference | None:
    """Read the conventions of a course; None where its folder has no file for them. Raises LessonError for a fault."""
    path = folder / CONVENTIONS
    return read_reference(path) if path.is_file() else None
