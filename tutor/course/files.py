"""Reading the files of a course, with errors that name them."""

from os.path import normpath
from pathlib import Path

from tutor.course.error import LessonError


def read_text(path: Path) -> str:
    """Return the text of a file.

    Raises LessonError if the file cannot be read or is not UTF-8.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise LessonError(path, 1, f"this file cannot be read: {error.strerror}.") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise LessonError(path, line, "this line is not UTF-8 text. Save the file as UTF-8.") from error
    return text.replace("\r\n", "\n")


def find_file(name: str, lesson: Path, line: int) -> Path:
    """Return the path of a file that a lesson names in the given line.

    Raises LessonError if there is no such file.
    """
    path = Path(normpath(lesson.parent / name))
    if not path.is_file():
        message = f"there is no file {name}. Write its path as seen from the folder of this lesson."
        raise LessonError(lesson, line, message)
    return path
