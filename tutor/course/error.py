"""What a fault in a lesson looks like to its author."""

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path


class LessonError(Exception):
    """A fault in a lesson: the file, the line, what is wrong there and what to write instead."""

    def __init__(self, path: Path, line: int, message: str) -> None:
        super().__init__(f"{path}:{line}: {message}")
        self.path = path
        self.line = line
        self.message = message


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the sentence that leads from a word that is not known to those that are.

    The nearest known word is suggested where one is near; otherwise all of them are listed.
    """
    choices = sorted(known)
    near = get_close_matches(word, choices, n=1)
    return f"Did you mean {near[0]}?" if near else f"Known here: {', '.join(choices)}."
