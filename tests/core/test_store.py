"""The store on a healthy disk: what is recorded comes back, in order, for its owner only."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.learner.events import Event, EventMaker, Place, unique_id
from tutor.learner.filesystem import file_system_type, is_local
from tutor.learner.home import data_folder
from tutor.learner.store import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
PLACE = Place("lesson:4.3#2", 2, "dE/dw1", "4.3 All five gradients, page 3")


def now() -> datetime:
    return NOON


def answer(number: int, activity: str = "lesson:4.3#2") -> Event:
    return Event(f"id-{number}", NOON, activity, "answer", "dE/dw1", str(number), "incorrect", "factor-missing", True)


@pytest.fixture(autouse=True)
def nothing_left_open(tmp_path: Path) -> Iterator[None]:
    yield
    for descriptor in Path("/proc/self/fd").glob("*") if sys.platform == "linux" else ():
        if descriptor.is_symlink():
            assert not descriptor.readlink().is_relative_to(tmp_path)


def test_what_is_recorded_is_there_at_the_next_start_in_order(tmp_path: Path) -> None:
    store = open_store(tmp_path / "home", now)
    assert [store.record(answer(number)) for number in range(5)] == [True] * 5
    assert store.record(answer(5, "problem:00ff"))
    assert store.events("lesson:4.3#2") == tuple(answer(number) for number in range(5))
    store.close()

    again = open_store(tmp_path / "home", now)
    assert again.notice is None
    assert again.events("lesson:4.3#2") == tuple(answer(number) for number in range(5))
    assert again.all_events() == (*map(answer, range(5)), answer(5, "problem:00ff"))
    assert again.events("lesson:4.3") == ()
    again.close()


def test_the_place_is_the_one_remembered_last(tmp_path: Path) -> None:
    store = open_store(tmp_path, now)
    assert store.place() is None
    assert store.remember(PLACE)
    later = Place("lesson:4.3#2", 2, "w1@1", "4.3 All five gradients, page 3")
    assert store.record_with_place(answer(1), later)
    assert store.place() == later
    store.close()

    again = open_store(tmp_path, now)
    assert again.place() == later
    assert again.all_events() == (answer(1),)
    again.close()


def test_a_clock_that_goes_back_changes_no_order(tmp_path: Path) -> None:
    events = [
        Event(f"id-{hours}", NOON - timedelta(hours=hours), "a", "hint", "c", "", "", None, False) for hours in range(9)
    ]
    store = open_store(tmp_path, now)
    for event in events:
        store.record(event)
    store.close()
    again = open_store(tmp_path, now)
    assert again.events("a") == tuple(events)
    again.close()


def test_an_id_that_was_recorded_is_not_recorded_again(tmp_path: Path) -> None:
    store = open_store(tmp_path, now)
    assert store.record(answer(1))
    assert store.record(answer(1))
    other = open_store(tmp_path, now)
    assert other.record(answer(1))
    assert other.all_events() == (answer(1),)
    store.close()
    other.close()


def test_another_run_sees_what_this_one_recorded_at_once(tmp_path: Path) -> None:
    one, other = open_store(tmp_path, now), open_store(tmp_path, now)
    one.record(answer(1))
    other.record(answer(2))
    assert one.all_events() == other.all_events() == (answer(1), answer(2))
    one.close()
    other.close()


def test_what_is_recorded_after_closing_is_kept_too(tmp_path: Path) -> None:
    store = open_store(tmp_path, now)
    store.close()
    assert store.record(answer(1))
    again = open_store(tmp_path, now)
    assert again.all_events() == (answer(1),)
    again.close()


def test_threads_lose_nothing(tmp_path: Path) -> None:
    store = open_store(tmp_path, now)
    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(lambda number: store.record(answer(number)), range(200)))
    store.close()
    again = open_store(tmp_path, now)
    assert {event.id for event in again.all_events()} == {f"id-{number}" for number in range(200)}
    again.close()


# Text as keyboards, pastes and broken terminals deliver it: NUL and halves of surrogate pairs are among it.
ANY_TEXT = st.text(st.characters(), max_size=30)
EVENTS = st.builds(
    Event,
    id=st.text(st.characters(), min_size=1, max_size=40),
    time=st.datetimes(timezones=st.just(UTC)),
    activity=ANY_TEXT,
    kind=st.sampled_from(["answer", "hint", "shown", "cleared", "page"]),
    cell=ANY_TEXT,
    text=ANY_TEXT | st.just("\0") | st.just("\ud800x\udfff") | st.just("x" * 100_000),
    verdict=ANY_TEXT,
    misconception=st.none() | ANY_TEXT,
    counts=st.booleans(),
)
PLACES = st.builds(Place, activity=ANY_TEXT.filter(bool), page=st.integers(0, 10_000), cell=ANY_TEXT, label=ANY_TEXT)


@settings(deadline=None, max_examples=150)
@given(events=st.lists(EVENTS, max_size=4, unique_by=lambda event: event.id), place=PLACES)
def test_any_event_and_place_come_back_as_they_were(events: list[Event], place: Place) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder), now)
        assert all(store.record_with_place(event, place) for event in events)
        assert store.remember(place)
        store.close()
        again = open_store(Path(folder), now)
        assert again.all_events() == tuple(events)
        for event in events:
            assert event in again.events(event.activity)
        assert again.place() == place
        again.close()
        assert store.notice is again.notice is None


def test_an_event_needs_a_time_in_utc() -> None:
    with pytest.raises(ValueError, match="UTC"):
        Event("id", datetime(2026, 3, 1), "a", "hint", "c", "", "", None, False)  # noqa: DTZ001  the fault tested
    with pytest.raises(ValueError, match="UTC"):
        Event("id", NOON.astimezone(timezone(timedelta(hours=1))), "a", "hint", "c", "", "", None, False)


def test_the_maker_of_events_takes_time_and_ids_from_outside() -> None:
    numbers = iter(range(9))
    maker = EventMaker("lesson:4.3#2", now, lambda: f"id-{next(numbers)}")
    assert maker.answer("w1@1", "0.948", "correct", None, counts=True) == Event(
        "id-0", NOON, "lesson:4.3#2", "answer", "w1@1", "0.948", "correct", None, True
    )
    assert maker.note("hint", "w1@1") == Event("id-1", NOON, "lesson:4.3#2", "hint", "w1@1", "", "", None, False)
    assert len({unique_id() for _ in range(1000)}) == 1000


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_folder_and_files_are_for_their_owner_only(tmp_path: Path, mask: int) -> None:
    home = tmp_path / "deep" / "home"
    before = os.umask(mask)
    try:
        store = open_store(home, now)
        store.record(answer(1))
        assert mode(home) == 0o700
        assert {path.name for path in home.iterdir()} == {"learner.db", "learner.db-wal", "learner.db-shm"}
        assert {mode(path) for path in home.iterdir()} == {0o600}
        store.close()
    finally:
        os.umask(before)


def test_a_record_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    open_store(tmp_path, now).close()
    (tmp_path / "learner.db").chmod(0o644)
    store = open_store(tmp_path, now)
    store.record(answer(1))
    assert {mode(path) for path in tmp_path.iterdir()} == {0o600}
    store.close()


def pragma(folder: Path, name: str) -> object:
    connection = sqlite3.connect(folder / "learner.db")
    try:
        return connection.execute(f"PRAGMA {name}").fetchone()[0]
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("file_system", "journal"),
    [
        ("ext4", "wal"),
        ("tmpfs", "wal"),
        ("nfs4", "delete"),
        ("cifs", "delete"),
        ("fuse.sshfs", "delete"),
        ("", "delete"),
    ],
)
def test_the_journal_fits_the_file_system(tmp_path: Path, file_system: str, journal: str) -> None:
    store = open_store(tmp_path, now, file_system=lambda folder: file_system if folder == tmp_path else "?")
    assert store.record(answer(1))
    assert pragma(tmp_path, "journal_mode") == journal
    synchronous = store._disk.attempt(lambda file: file._connection.execute("PRAGMA synchronous").fetchone())
    assert synchronous == (3,)  # EXTRA: FULL and more
    store.close()


def test_a_record_that_moves_to_a_network_disk_changes_its_journal(tmp_path: Path) -> None:
    for file_system, journal in [("ext4", "wal"), ("nfs", "delete"), ("ext4", "wal")]:
        store = open_store(tmp_path, now, file_system=lambda _, found=file_system: found)
        assert store.record(answer(len(store.all_events())))
        assert store.notice is None
        store.close()
        assert pragma(tmp_path, "journal_mode") == journal
    assert pragma(tmp_path, "integrity_check") == "ok"


MOUNTS = """\
/dev/vda / ext4 rw 0 0
proc /proc proc rw 0 0
auto.home {home} autofs rw 0 0
server:/export {home}/ada nfs4 rw 0 0
server:/export {home}/ada\\040lovelace nfs4 rw 0 0
ada@host: {home}/ada/remote fuse.sshfs rw 0 0
tmpfs {home}/ada/remote/deep tmpfs rw 0 0
//server/share {home}/ada/remote/deep cifs rw 0 0
broken
"""


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        ("/etc", "ext4"),
        ("{home}", "autofs"),
        ("{home}/ada", "nfs4"),
        ("{home}/adam", "autofs"),
        ("{home}/ada lovelace/x", "nfs4"),
        ("{home}/ada/remote/x", "fuse.sshfs"),
        ("{home}/ada/remote/deep/er", "cifs"),
        ("{home}/ada/remote/../x", "nfs4"),
    ],
)
def test_the_file_system_is_the_one_mounted_nearest(tmp_path: Path, folder: str, expected: str) -> None:
    home = tmp_path.resolve() / "home"
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS.format(home=home))
    assert file_system_type(Path(folder.format(home=home)), mounts) == expected
    assert is_local(expected) == (expected == "ext4")


def test_a_link_counts_as_what_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/vda / ext4 rw 0 0\nserver: {tmp_path.resolve()}/real nfs rw 0 0\n")
    assert file_system_type(tmp_path / "link", mounts) == "nfs"
    assert file_system_type(tmp_path, tmp_path / "no such list") == ""


def test_the_folder_is_the_named_one_or_the_platforms_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert data_folder({"GDTUTOR_HOME": str(tmp_path / "x")}) == tmp_path / "x"
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    if sys.platform == "linux":
        assert data_folder({"GDTUTOR_HOME": ""}) == data_folder({}) == tmp_path / "gdtutor"
    assert list(tmp_path.iterdir()) == []


def test_the_store_loads_nothing_heavy() -> None:
    code = (
        "import sys, tutor.learner.store, tutor.learner.events, tutor.learner.home\n"
        "heavy = {'textual', 'rich', 'sympy', 'numpy', 'mpmath', 'platformdirs', 'uuid', 'tempfile'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
