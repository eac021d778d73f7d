"""Reading a text whatever happens: what was read, or why it was refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.mathematics.notation import limits
from tutor.mathematics.notation.errors import ReadingError
from tutor.mathematics.notation.parser import Reading, read

if TYPE_CHECKING:
    from tutor.mathematics.notation.scope import Scope


def outcome(text: str, scope: Scope) -> Reading | ReadingError:
    """Read the text; anything raised but a ReadingError is a fault of the reader, and shows as such."""
    try:
        return read(text, scope)
    except ReadingError as error:
        return checked(error, text)


def checked(error: ReadingError, text: str) -> ReadingError:
    """Return the refusal if it has what every refusal must have: a sentence and a place."""
    assert error.message, text
    assert 0 <= error.position <= max(len(text), limits.CHARACTERS), text
    return error
