"""What the command says to whoever started it when it ends."""

from typing import Final

DONE: Final = 0
FAULT: Final = 1
"""A file has a fault, or nothing could be done for another reason that is told."""
USAGE: Final = 2
"""The command cannot be used like this."""
INTERRUPTED: Final = 130
"""Stopped by Ctrl+C; a shell says the same of a program that a signal ended."""
