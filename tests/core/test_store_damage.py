"""A damaged, newer, replaced or foreign record never stops a learner, and the old file is kept."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import sys
import threading
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tutor.learner import rescue
from tutor.learner.events import Event, Place
from tutor.learner.rescue import Rescued, read_what_is_readable, set_aside
from tutor.learner.schema import (
    APPLICATION_ID,
    STEPS,
    NewerRecordError,
    NotARecordError,
    migrate,
    transaction,
    version_of,
)
from tutor.learner.store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
PLACE = Place("lesson:4.3#2", 2, "dE/dw1", "4.3 All five gradients, page 3")
STAMP = "damaged-20260301T120000Z"
COUNT = 600


def now() -> datetime:
    return NOON


def answer(number: int) -> Event:
    return Event(f"id-{number}", NOON, f"lesson:{number % 7}", "answer", "dE/dw1", "26" * 20, "correct", None, True)


ALL = [answer(number) for number in range(COUNT)]
TODAY = answer(COUNT)


@pytest.fixture(autouse=True)
def nothing_left_open(tmp_path: Path) -> Iterator[None]:
    yield
    for descriptor in Path("/proc/self/fd").glob("*") if sys.platform == "linux" else ():
        if descriptor.is_symlink():
            assert not descriptor.readlink().is_relative_to(tmp_path)


@pytest.fixture(scope="module")
def healthy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record with 600 events over many pages, closed."""
    folder = tmp_path_factory.mktemp("healthy")
    store = open_store(folder, now)
    for event in ALL[:5]:
        store.record(event)
    store.remember(PLACE)
    store._disk.attempt(lambda file: file.write(ALL[5:], None, NOON))
    store.close()
    return folder / "learner.db"


@pytest.fixture
def record(tmp_path: Path, healthy: Path) -> Path:
    """A copy of the healthy record, to be damaged."""
    return Path(shutil.copy(healthy, tmp_path / "learner.db"))


def leaf_pages(record: Path, table: str) -> list[int]:
    """Offsets of the pages that hold the rows of a table or index, in the order of the file."""
    with closing(sqlite3.connect(record)) as connection:
        (size,) = connection.execute("PRAGMA page_size").fetchone()
        (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    data = record.read_bytes()
    start = (root - 1) * size
    assert data[start] in {2, 5}  # an interior page
    cells = int.from_bytes(data[start + 3 : start + 5], "big")
    pointers = [int.from_bytes(data[start + 12 + 2 * n : start + 14 + 2 * n], "big") for n in range(cells)]
    pages = [int.from_bytes(data[start + p : start + p + 4], "big") for p in pointers]
    pages.append(int.from_bytes(data[start + 8 : start + 12], "big"))
    return [(page - 1) * size for page in pages]


def overwrite(record: Path, offset: int, junk: bytes) -> None:
    with record.open("r+b") as file:
        file.seek(offset)
        file.write(junk)


def junk(size: int, seed: int = 1) -> bytes:
    return random.Random(seed).randbytes(size)


def no_database(record: Path) -> None:
    record.write_bytes(b"Dear diary, this is not a database. " * 300)


def header_lost(record: Path) -> None:
    overwrite(record, 0, junk(4096))


def truncated(record: Path) -> None:
    os.truncate(record, record.stat().st_size // 2)


def truncated_within_the_first_page(record: Path) -> None:
    os.truncate(record, 1000)


def schema_format_unknown(record: Path) -> None:
    overwrite(record, 44, (77).to_bytes(4, "big"))


def of_another_program(record: Path) -> None:
    with closing(sqlite3.connect(record)) as connection:
        connection.execute("PRAGMA application_id = 1")


def without_its_tables(record: Path) -> None:
    with closing(sqlite3.connect(record)) as connection:
        connection.execute("DROP TABLE event")


@pytest.mark.parametrize(
    "damage",
    [
        no_database,
        header_lost,
        truncated,
        truncated_within_the_first_page,
        schema_format_unknown,
        of_another_program,
        without_its_tables,
    ],
)
def test_damage_is_said_once_the_old_file_is_kept_and_work_goes_on(
    record: Path, damage: Callable[[Path], None]
) -> None:
    damage(record)
    before = record.read_bytes()
    store = open_store(record.parent, now)
    notice = store.take_notice()
    assert notice is not None
    assert "was damaged" in notice
    assert f"learner.db.{STAMP}" in notice
    assert store.take_notice() is None
    assert record.with_name(f"learner.db.{STAMP}").read_bytes() == before
    assert store.record(TODAY)
    store.close()

    again = open_store(record.parent, now)
    assert again.notice is None
    assert again.all_events()[-1] == TODAY
    again.close()
    with closing(sqlite3.connect(record)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_what_can_be_read_from_a_damaged_record_is_in_the_new_one(record: Path) -> None:
    pages = leaf_pages(record, "event")
    assert len(pages) > 12
    for number in (3, 4, 9):
        overwrite(record, pages[number], junk(4096, number))
    store = open_store(record.parent, now)
    found = store.all_events()
    notice = store.take_notice()
    store.close()

    lost = [event for event in ALL if event not in set(found)]
    assert 0 < len(lost) <= 3 * -(-COUNT // len(pages)) + 12  # three pages' worth of about equal pages
    assert [event for event in ALL if event in set(found)] == list(found)  # in order
    assert notice is not None
    assert f"{len(found)} entries could be read" in notice

    again = open_store(record.parent, now)
    assert again.all_events() == found
    assert again.place() == PLACE
    again.close()


def test_damage_that_leads_in_a_circle_is_left_again(record: Path) -> None:
    pages = leaf_pages(record, "event")
    data = record.read_bytes()
    third, ninth = ((page // 4096 + 1).to_bytes(4, "big") for page in (pages[3], pages[9]))
    root = [at for at in range(0, len(data), 4096) if data[at] == 5 and ninth in data[at : at + 4096]]
    overwrite(record, data.index(ninth, root[0]), third)  # where the rows go on, earlier ones come again
    overwrite(record, pages[10], junk(4096))
    found = read_what_is_readable(record).events
    assert [event for event in ALL if event in set(found)] == list(found)
    assert len(found) > COUNT * (len(pages) - 4) / len(pages)


def test_of_a_foreign_but_readable_record_nothing_is_lost(record: Path) -> None:
    of_another_program(record)
    store = open_store(record.parent, now)
    assert store.all_events() == tuple(ALL)
    store.close()
    again = open_store(record.parent, now)
    assert again.all_events() == tuple(ALL)
    assert again.place() == PLACE
    again.close()


def test_damage_found_while_working_loses_nothing_of_this_run(record: Path) -> None:
    indexes = leaf_pages(record, "sqlite_autoindex_event_1")
    store = open_store(record.parent, now)
    assert store.record(TODAY)
    store.close()

    for offset in indexes:  # found when the next id is looked up
        overwrite(record, offset, junk(4096))
    store = open_store(record.parent, now)
    later = [answer(COUNT + number) for number in range(1, 4)]
    assert store.notice is None
    assert [store.record(event) for event in later] == [True] * 3
    notice = store.take_notice()
    assert notice is not None
    assert "601 entries could be read" in notice
    assert store.all_events() == (*ALL, TODAY, *later)
    assert store.notice is None
    store.close()
    again = open_store(record.parent, now)
    assert again.all_events() == (*ALL, TODAY, *later)
    again.close()


def test_the_log_of_a_damaged_record_is_kept_beside_it(record: Path) -> None:
    with closing(sqlite3.connect(record)) as connection:
        connection.execute("PRAGMA journal_mode = wal")
        connection.execute("DELETE FROM place")
        connection.commit()
        log = record.with_name("learner.db-wal").read_bytes()
        shutil.copytree(record.parent, record.parent / "killed")  # as a killed process leaves it
    folder = record.parent / "killed"
    os.truncate(folder / "learner.db", 0)
    store = open_store(folder, now)
    assert f"learner.db.{STAMP}" in str(store.notice)
    assert (folder / f"learner.db.{STAMP}-wal").read_bytes() == log
    assert store.record(TODAY)
    store.close()


def test_a_record_damaged_twice_within_a_second_is_kept_twice(record: Path) -> None:
    for text in (b"first " * 100, b"second " * 100):
        record.write_bytes(text)
        store = open_store(record.parent, now)
        assert store.record(TODAY)
        store.close()
    kept = {path.name: path.read_bytes() for path in record.parent.glob("*damaged*")}
    assert kept == {f"learner.db.{STAMP}": b"first " * 100, f"learner.db.{STAMP}-2": b"second " * 100}


@pytest.mark.parametrize(("age", "said"), [(3600, True), (1, False)])
def test_an_empty_file_is_said_unless_another_process_just_began_it(tmp_path: Path, age: int, said: bool) -> None:
    record = tmp_path / "learner.db"
    record.touch()
    os.utime(record, (NOON.timestamp() - age,) * 2)
    store = open_store(tmp_path, now)
    assert ("empty file" in str(store.take_notice())) is said
    assert store.record(TODAY)
    store.close()


def test_two_runs_that_meet_the_same_damage_keep_one_old_file_and_all_events(record: Path) -> None:
    one, other = open_store(record.parent, now), open_store(record.parent, now)
    assert one.record(answer(1001))
    assert other.record(answer(1002))
    for offset in leaf_pages(record, "event")[:5]:
        overwrite(record, offset, junk(4096))
    assert one.all_events()[-2:] == other.all_events()[-2:] == (answer(1001), answer(1002))
    assert one.record(answer(1003))
    assert other.record(answer(1004))
    assert one.record(answer(1005))
    names = [path.name for path in record.parent.glob("*damaged*") if not path.name.endswith(("-wal", "-shm"))]
    assert names == [f"learner.db.{STAMP}"]
    one.close()
    other.close()
    again = open_store(record.parent, now)
    assert {event.id for event in again.all_events()} >= {f"id-{number}" for number in range(1001, 1006)}
    again.close()


@pytest.mark.parametrize("way", ["removed", "renamed", "folder removed", "replaced"])
def test_a_record_taken_away_while_working_is_written_again(tmp_path: Path, way: str) -> None:
    home = tmp_path / "home"
    store = open_store(home, now)
    assert store.record_with_place(answer(1), PLACE)
    record = home / "learner.db"
    if way == "removed":
        for path in home.iterdir():
            path.unlink()
    elif way == "renamed":
        record.rename(home / "mine.db")
    elif way == "folder removed":
        shutil.rmtree(home)
    else:
        other = open_store(tmp_path / "other", now)
        other.record(answer(5))
        other.close()
        (tmp_path / "other" / "learner.db").replace(record)
        for ending in ("-wal", "-shm"):
            (home / f"learner.db{ending}").unlink()
    assert store.record(answer(2))
    notice = store.take_notice()
    assert notice is not None
    assert ("was removed or replaced" in notice) != (way == "renamed")  # its log was left: that is damage
    store.close()
    again = open_store(home, now)
    expected = [answer(1), *[answer(5)] * (way == "replaced"), answer(2)]  # 1 and 5 in the same microsecond
    assert again.all_events() == tuple(expected)
    assert again.place() == PLACE
    again.close()


def test_a_record_replaced_while_nobody_had_it_open_gets_this_runs_events_too(tmp_path: Path) -> None:
    store, other = open_store(tmp_path / "home", now), open_store(tmp_path / "other", now)
    assert store.record(answer(1))
    assert other.record(answer(5))
    store.close()
    other.close()
    (tmp_path / "other" / "learner.db").replace(tmp_path / "home" / "learner.db")
    assert store.all_events() == (answer(1), answer(5))
    again = open_store(tmp_path / "home", now)
    assert again.all_events() == (answer(1), answer(5))
    again.close()


def set_version(record: Path, version: int) -> None:
    with closing(sqlite3.connect(record)) as connection:
        connection.execute(f"PRAGMA user_version = {version}")


@pytest.mark.parametrize("file_system", ["ext4", "nfs"])
def test_a_newer_record_is_left_untouched_and_another_file_is_used(record: Path, file_system: str) -> None:
    set_version(record, 99)
    before = record.read_bytes()
    for run in range(2):
        store = open_store(record.parent, now, file_system=lambda _: file_system)
        notice = store.take_notice()
        assert notice is not None
        assert "newer gdtutor" in notice
        assert "`gdtutor import learner-v2.db`" in notice
        assert store.take_notice() is None
        assert store.all_events() == (*ALL, TODAY)[: COUNT + run]  # what can be read is shown
        assert store.place() == (PLACE if run == 0 else Place("lesson:9", 0, "", "today"))
        assert store.record_with_place(TODAY, Place("lesson:9", 0, "", "today"))
        store.close()
    assert record.read_bytes() == before
    with closing(sqlite3.connect(record.with_name("learner-v2.db"))) as connection:
        assert connection.execute("SELECT id FROM event").fetchall() == [(TODAY.id,)]


def test_a_record_brought_to_a_newer_version_while_working_is_left_alone(record: Path) -> None:
    store = open_store(record.parent, now)
    assert store.record(TODAY)
    set_version(record, 99)
    later = answer(COUNT + 1)
    assert store.record(later)
    assert "newer gdtutor" in str(store.take_notice())
    assert store.all_events() == (*ALL, TODAY, later)
    store.close()
    assert later.id not in {event.id for event in read_what_is_readable(record).events}
    assert read_what_is_readable(record.with_name("learner-v2.db")).events == (later,)


def test_a_newer_record_with_a_damaged_one_in_its_stead_stops_nobody(record: Path) -> None:
    set_version(record, 99)
    record.with_name("learner-v2.db").write_bytes(b"nonsense" * 1000)
    store = open_store(record.parent, now)
    notice = str(store.take_notice())
    assert "newer gdtutor" in notice
    assert f"learner-v2.db.{STAMP}" in notice
    assert store.record(TODAY)
    store.close()


def spoil(record: Path, dice: random.Random) -> None:
    """Damage the record in one of the ways in which disks do."""
    size = record.stat().st_size
    for _ in range(dice.choice([1, 1, 3])):
        offset, length = dice.randrange(size), dice.choice([1, 16, 512, 4096, 20_000])
        match dice.randrange(5):
            case 0:
                overwrite(record, offset, dice.randbytes(length))
            case 1:
                overwrite(record, offset, bytes(length))
            case 2:
                overwrite(record, dice.randrange(200), dice.randbytes(min(length, 16)))
            case 3:
                overwrite(record, offset // 4096 * 4096, record.read_bytes()[:4096])
            case _:
                os.truncate(record, offset)
        size = max(1, record.stat().st_size)


@pytest.mark.parametrize("seed", range(60))
def test_no_damage_whatever_stops_the_learner(record: Path, seed: int) -> None:
    spoil(record, random.Random(seed))
    store = open_store(record.parent, now)
    store.events("lesson:3")
    today = [answer(COUNT + number) for number in range(5)]
    assert [store.record_with_place(event, PLACE) for event in today] == [True] * 5
    assert set(today) <= set(store.all_events())
    assert store.place() == PLACE
    store.close()
    again = open_store(record.parent, now)
    assert set(today) <= set(again.all_events())
    assert again.record(answer(COUNT + 9))
    again.close()
    if record.with_name(f"learner.db.{STAMP}").exists():
        assert "damaged" in str(store.notice) + str(again.notice)


def test_reading_a_record_that_is_not_there_finds_nothing_and_makes_nothing(tmp_path: Path) -> None:
    assert read_what_is_readable(tmp_path / "learner.db") == Rescued()
    assert read_what_is_readable(tmp_path / "no" / "learner.db") == Rescued()
    assert read_what_is_readable(tmp_path) == Rescued()
    assert list(tmp_path.iterdir()) == []


def test_where_no_copy_can_be_made_the_record_is_read_in_its_place(
    record: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(source: Path, _: Path) -> None:
        raise OSError(28, "No space left on device", source)

    with closing(sqlite3.connect(record)) as connection:
        connection.execute("PRAGMA journal_mode = delete")
    monkeypatch.setattr(shutil, "copyfile", full)
    assert read_what_is_readable(record) == Rescued(tuple(ALL), PLACE)


def test_putting_aside_takes_the_companions_along(tmp_path: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        (tmp_path / f"learner.db{ending}").write_text(ending)
    kept = set_aside(tmp_path / "learner.db", NOON)
    assert kept == tmp_path / f"learner.db.{STAMP}"
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {
        f"learner.db.{STAMP}{ending}": ending for ending in ("", "-wal", "-shm", "-journal")
    }


# Made-up later versions: a new table, then a column with a value worked out from the others, and an error.
LATER = (*STEPS, ("CREATE TABLE review (skill TEXT)", "INSERT INTO review VALUES ('chain rule')"))
LATEST = (*LATER, ("ALTER TABLE event ADD COLUMN length INTEGER", "UPDATE event SET length = length(text)"))
BROKEN = (*LATER, ("ALTER TABLE event ADD COLUMN length INTEGER", "UPDATE nothing SET length = 1"))


def test_an_older_record_is_read_as_if_it_were_brought_forward(record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = record.read_bytes()
    steps = (*STEPS, ("UPDATE event SET text = text || '!'",))
    monkeypatch.setattr(rescue, "migrate", lambda connection: migrate(connection, steps))
    assert {event.text for event in read_what_is_readable(record).events} == {"26" * 20 + "!"}
    assert record.read_bytes() == before


def look(connection: sqlite3.Connection, query: str) -> list[tuple[object, ...]]:
    return connection.execute(query).fetchall()


def test_a_record_is_brought_forward_step_by_step_and_keeps_its_events(record: Path) -> None:
    with closing(sqlite3.connect(record, isolation_level=None)) as connection:
        assert migrate(connection, LATEST) == len(STEPS)
        assert version_of(connection, LATEST) == len(LATEST)
        assert look(connection, "SELECT skill FROM review") == [("chain rule",)]
        assert look(connection, "SELECT DISTINCT length FROM event") == [(40,)]
        assert look(connection, "SELECT id FROM event ORDER BY position") == [(event.id,) for event in ALL]
        assert migrate(connection, LATEST) == len(LATEST)
        assert look(connection, "SELECT count(*) FROM review") == [(1,)]
        with pytest.raises(NewerRecordError):
            migrate(connection, LATER)


@pytest.mark.parametrize("steps", [STEPS, LATER, LATEST])
def test_a_new_record_takes_all_steps(tmp_path: Path, steps: tuple[tuple[str, ...], ...]) -> None:
    with closing(sqlite3.connect(tmp_path / "x.db", isolation_level=None)) as connection:
        assert version_of(connection, steps) == 0
        assert migrate(connection, steps) == 0
        assert look(connection, "PRAGMA application_id") == [(APPLICATION_ID,)]
        assert look(connection, "PRAGMA user_version") == [(len(steps),)]


def test_a_step_that_fails_leaves_the_record_as_it_was(record: Path) -> None:
    with closing(sqlite3.connect(record, isolation_level=None)) as connection:
        before = look(connection, "SELECT sql FROM sqlite_master")
        with pytest.raises(sqlite3.OperationalError):
            migrate(connection, BROKEN)
        assert not connection.in_transaction
        assert look(connection, "PRAGMA user_version") == [(len(STEPS),)]
        assert look(connection, "SELECT sql FROM sqlite_master") == before
        assert migrate(connection, LATEST) == len(STEPS)


def test_two_that_bring_a_record_forward_at_once_take_each_step_once(record: Path) -> None:
    together = threading.Barrier(4)
    before: list[int] = []

    def bring_forward() -> None:
        with closing(sqlite3.connect(record, isolation_level=None)) as connection:
            assert version_of(connection, LATEST) == len(STEPS)
            together.wait()
            before.append(migrate(connection, LATEST))

    threads = [threading.Thread(target=bring_forward) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(before) == [len(STEPS), *[len(LATEST)] * 3]
    with closing(sqlite3.connect(record)) as connection:
        assert look(connection, "SELECT count(*) FROM review") == [(1,)]


@pytest.mark.parametrize(("application", "version"), [(APPLICATION_ID, 0), (APPLICATION_ID, -1), (0, 1), (7, 1)])
def test_what_gdtutor_did_not_write_is_no_record(tmp_path: Path, application: int, version: int) -> None:
    with closing(sqlite3.connect(tmp_path / "x.db", isolation_level=None)) as connection:
        connection.execute(f"PRAGMA application_id = {application}")
        connection.execute(f"PRAGMA user_version = {version}")
        with pytest.raises(NotARecordError):
            migrate(connection)


def test_a_transaction_that_fails_keeps_nothing(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "x.db", isolation_level=None)) as connection:
        connection.execute("CREATE TABLE t (x NOT NULL)")
        with pytest.raises(sqlite3.IntegrityError), transaction(connection):
            connection.executemany("INSERT INTO t VALUES (?)", [(1,), (None,)])
        assert not connection.in_transaction
        assert look(connection, "SELECT * FROM t") == []
