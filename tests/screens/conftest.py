"""A stage for screens: a small course, a store of its own, a clock that stands still."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from stage import COURSE, NOW, Stage

from tutor.course.loader import load_course
from tutor.learner.store import open_store
from tutor.mathematics.derivation import derive
from tutor.study.derivations import Derivations
from tutor.study.services import Services
from tutor.terminal import Terminal

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    store = open_store(tmp_path / "home", lambda: NOW)
    services = Services(Terminal(), load_course(COURSE), store, lambda: NOW, Derivations(derive))
    return Stage(services)
