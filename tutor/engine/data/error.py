"""What is refused about data."""

from __future__ import annotations

from tutor.engine.error import EngineError


class DataError(EngineError):
    """A fault in data; the text tells source and line, what is wrong and what to write instead."""

    def __init__(self, message: str) -> None:
        """Keep the message on one line: what a file quotes may hold line ends and signs that steer a terminal."""
        super().__init__("".join(character if character.isprintable() else " " for character in message))
