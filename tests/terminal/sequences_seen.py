"""What a program has sent to its terminal, taken apart into control sequences."""

from __future__ import annotations

import re

_SEQUENCE = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[ -/]*[0-~])")
_PLACE = re.compile(rb"\x1b\[[0-9;]*[HJKABCDGd]")
_LOOKS = re.compile(rb"\x1b\[([0-9;]*)m")
_EVERYWHERE = {b"\x1b[?25l", b"\x1b[?25h", b"\x1b[?7l", b"\x1b[?7h"}
"""The cursor hidden and shown, and lines that do not wrap: a VT220 knows them, and a VT100 passes over them."""
_NEWER = {
    b"\x1b[?1049h", b"\x1b[?1049l", b"\x1b[?1004h", b"\x1b[?1004l", b"\x1b[?2004h", b"\x1b[?2004l",
    b"\x1b[?2026$p", b"\x1b[?2048$p", b"\x1b[<u",
}  # fmt: skip
_KITTY = re.compile(rb"\x1b\[>\d+u")
_PLAIN_LOOKS = frozenset({0, 1, 2, 3, 4, 7})
COLOURS = frozenset({31, 32, 33, 34, 35, 36, 91, 92, 93, 94, 95, 96})
"""Six letters' colours and their bright ones. Not black, white and grey, which some background makes invisible."""


def looks(raw: bytes) -> set[int]:
    """Return the numbers of all styles and colours that were set."""
    found = (match[1] for match in _LOOKS.finditer(raw))
    return {int(number or 0) for group in found for number in group.split(b";")}


def unknown_sequences(raw: bytes, *, is_simple: bool, is_coloured: bool) -> set[bytes]:
    """Return what a terminal does not know, or should not be sent."""
    return {
        sequence
        for sequence in _SEQUENCE.findall(raw)
        if not (
            _PLACE.fullmatch(sequence)
            or sequence in _EVERYWHERE
            or (_LOOKS.fullmatch(sequence) and looks(sequence) <= _PLAIN_LOOKS | (COLOURS if is_coloured else set()))
            or (not is_simple and (sequence in _NEWER or _KITTY.fullmatch(sequence)))
        )
    }


def other_controls(raw: bytes) -> set[bytes]:
    """Return the control characters outside of sequences, without those that end lines."""
    rest = _SEQUENCE.sub(b"", raw)
    return {bytes([byte]) for byte in rest if byte < 32 or byte == 127} - {b"\r", b"\n"}
