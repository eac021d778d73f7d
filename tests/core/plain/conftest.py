"""What the tests of conversations share."""

from __future__ import annotations

from pathlib import Path

import pytest
from conversation import Learner

COURSE = Path(__file__).parent / "course"


@pytest.fixture
def learner(tmp_path: Path) -> Learner:
    """Return somebody who begins the course that comes with gdtutor."""
    return Learner(tmp_path / "home")


@pytest.fixture
def small(tmp_path: Path) -> Learner:
    """Return somebody who begins a course of one lesson, with a block of each kind."""
    return Learner(tmp_path / "home", COURSE)
