"""What the lab refuses, and why."""

from __future__ import annotations

from tutor.engine.error import EngineError


class LabError(EngineError):
    """Something that the lab cannot do as asked; the text tells what is wrong and what to write instead."""
