"""What every folder of tests shares: screens that were looked at and taken for right, and records that are closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tutor.learner import disk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tutor.learner.record_file import RecordFile


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


@pytest.fixture(autouse=True)
def no_record_stays_open(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Close the records that a test left open, as the end of the program does: Python 3.13 and later warn of them."""
    opened: list[RecordFile] = []
    really_open = disk.open_record

    def open_and_note(path: Path, wait: float, *, write_ahead: bool) -> RecordFile:
        opened.append(really_open(path, wait, write_ahead=write_ahead))
        return opened[-1]

    monkeypatch.setattr(disk, "open_record", open_and_note)
    yield
    for file in opened:
        file.close()
