"""A stage for screens: a small course, a store of its own, a clock that stands still."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from stage import COURSE, HERE, NOW, Stage

from tutor.course.loader import load_course
from tutor.learner.store import open_store
from tutor.mathematics.derivation import derive
from tutor.tui.derivations import Derivations
from tutor.tui.services import Services
from tutor.tui.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-snapshots", action="store_true", help="take what the screens show for right")


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    store = open_store(tmp_path / "home", lambda: NOW)
    services = Services(Terminal(), load_course(COURSE), store, lambda: NOW, Derivations(derive))
    return Stage(services)


@pytest.fixture
def snapshot(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a screen with what was taken for right, in snapshots/NAME.txt."""

    def compare(name: str, text: str) -> None:
        path = HERE / "snapshots" / f"{name}.txt"
        if request.config.getoption("--update-snapshots", default=False):
            path.write_text(text + "\n", encoding="utf-8")
        assert path.is_file(), f"there is no {path.name}: look at the screen, then run with --update-snapshots"
        assert text + "\n" == path.read_text(encoding="utf-8")

    return compare
