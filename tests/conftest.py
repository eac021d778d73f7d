"""What every folder of tests shares: screens that were looked at and taken for right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-snapshots", action="store_true", help="take what the screens show for right")


@pytest.fixture
def snapshot(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a screen with what was taken for right, in snapshots/NAME.txt beside the test."""

    def compare(name: str, text: str) -> None:
        path = request.path.parent / "snapshots" / f"{name}.txt"
        if request.config.getoption("--update-snapshots", default=False):
            path.write_text(text + "\n", encoding="utf-8")
        assert path.is_file(), f"there is no {path.name}: look at the screen, then run with --update-snapshots"
        assert text + "\n" == path.read_text(encoding="utf-8")

    return compare
