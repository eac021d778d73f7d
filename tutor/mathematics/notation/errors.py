"""What goes wrong while text is read."""

from __future__ import annotations


class ReadingError(Exception):
    """Text that cannot be read as mathematics.

    `position` is the character, counted from 0, that the message is about.
    """

    def __init__(self, message: str, position: int) -> None:
        """Keep the sentence for the reader and the place that it is about."""
        super().__init__(message)
        self.message = message
        self.position = position
