"""What the lab refuses, and why."""

from __future__ import annotations


class LabError(Exception):
    """Something that the lab cannot do as asked; the text tells what is wrong and what to write instead."""
