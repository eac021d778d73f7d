"""The stages of a skill, from an example that is only read to the formula that is found."""

from __future__ import annotations

from typing import Final, Literal, get_args

Stage = Literal["shown", "missing", "blank", "faulty", "formula"]
STAGES: Final[tuple[Stage, ...]] = get_args(Stage)
