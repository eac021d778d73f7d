"""A record of each older version, made with the statements of its time, is opened whole and goes on."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from records import NOON, answer, ids, store_in

from tutor.learner.events import Event, Place
from tutor.learner.ordering import stamped
from tutor.learner.rescue import read_what_is_readable
from tutor.learner.schema import STEPS, migrate
from tutor.learner.transfer import read_file

if TYPE_CHECKING:
    from pathlib import Path

# What gdtutor 0.1 did to an empty file. It is not to be changed: such records are out there.
VERSION_1 = """
CREATE TABLE event (
    position INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    time TEXT NOT NULL,
    activity TEXT NOT NULL,
    kind TEXT NOT NULL,
    cell TEXT NOT NULL,
    text TEXT NOT NULL,
    verdict TEXT NOT NULL,
    misconception TEXT,
    counts INTEGER NOT NULL
);
CREATE INDEX event_by_activity ON event (activity, position);
CREATE TABLE place (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    activity TEXT NOT NULL,
    page INTEGER NOT NULL,
    cell TEXT NOT NULL,
    label TEXT NOT NULL
);
PRAGMA application_id = 1734636661;
PRAGMA user_version = 1;
"""
OLDER = {1: VERSION_1}
PLACE = Place("lesson:chain", 3, "dE/dw1", "page 4 of 7")
EVENTS = [
    answer(0),
    answer(1, hours=5),
    answer(2, hours=-3),  # the clock went back
    Event("id-3", NOON + timedelta(microseconds=7), "lesson:chain", "page", "3", "é\0", "", None, False),
    Event("id-4", datetime(1, 1, 1, tzinfo=NOON.tzinfo), "problem:00ff", "hint", "w1@1", "", "", None, False),
    Event("id-5", datetime.max.replace(tzinfo=NOON.tzinfo), "problem:00ff", "shown", "w1@1", "", "", None, False),
    answer(6),
]


def fill(connection: sqlite3.Connection, events: list[Event]) -> None:
    for event in events:
        fields = (event.activity, event.kind, event.cell, event.text, event.verdict, event.misconception)
        connection.execute(
            "INSERT INTO event (id, time, activity, kind, cell, text, verdict, misconception, counts)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (event.id, event.time.isoformat(), *fields, int(event.counts)),
        )


@pytest.fixture(params=sorted(OLDER))
def older(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A record of an older version."""
    path = tmp_path / "learner.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(OLDER[request.param])
        fill(connection, EVENTS)
        connection.execute("INSERT INTO place VALUES (1, 'lesson:chain', 3, 'dE/dw1', 'page 4 of 7')")
        connection.commit()
    return path


def test_each_older_version_is_known_here() -> None:
    assert sorted(OLDER) == list(range(1, len(STEPS)))


def test_an_older_record_is_opened_with_all_of_it_and_goes_on(older: Path) -> None:
    store = store_in(older.parent)
    assert store.notice is None
    assert store.all_events() == tuple(EVENTS)
    assert store.place() == PLACE
    assert store.record_with_place(answer(7), Place("lesson:next", 0, "", ""))
    store.close()
    again = store_in(older.parent)
    assert again.all_events() == (*EVENTS, answer(7))
    assert again.place() == Place("lesson:next", 0, "", "")
    assert again.notice is None
    again.close()
    with closing(sqlite3.connect(older)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (len(STEPS),)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall() == [
            ("event",),
            ("place",),
        ]


def test_an_older_record_is_ordered_as_if_it_had_been_made_now(older: Path) -> None:
    with closing(sqlite3.connect(older, isolation_level=None)) as connection:
        migrate(connection)
        found = connection.execute("SELECT recorded FROM event ORDER BY position").fetchall()
        assert [recorded for (recorded,) in found] == [event.recorded for event in stamped(EVENTS, None)]
        assert connection.execute("SELECT recorded FROM place").fetchone() == found[-1]


@given(times=st.lists(st.datetimes(), max_size=8))
def test_any_times_are_brought_forward(times: list[datetime]) -> None:
    events = [
        Event(f"id-{number}", time.replace(tzinfo=NOON.tzinfo), "a", "hint", "", "", "", None, False)
        for number, time in enumerate(times)
    ]
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.executescript(VERSION_1)
        fill(connection, events)
        migrate(connection)
        found = connection.execute("SELECT recorded FROM event ORDER BY position").fetchall()
    assert [recorded for (recorded,) in found] == [event.recorded for event in stamped(events, None)]


def test_a_time_that_is_none_does_not_stop_a_record(older: Path) -> None:
    with closing(sqlite3.connect(older)) as connection:
        connection.execute("UPDATE event SET time = 'yesterday' WHERE id IN ('id-0', 'id-3')")
        connection.commit()
    store = store_in(older.parent)
    assert store.notice is None
    assert ids(store.all_events()) == ["id-1", "id-2", "id-4", "id-5", "id-6"]
    store.close()


def test_an_older_record_is_taken_in_from_elsewhere_and_left_as_it_is(older: Path, tmp_path: Path) -> None:
    before = older.read_bytes()
    found = read_file(older)
    assert found.events == tuple(EVENTS)
    assert found.place == PLACE
    store = store_in(tmp_path / "home")
    assert store.merge(found.events, found.place) == len(EVENTS)
    assert store.all_events() == tuple(EVENTS)
    assert store.place() == PLACE
    store.close()
    assert older.read_bytes() == before


def test_a_damaged_older_record_that_cannot_be_brought_forward_is_rescued(older: Path) -> None:
    with closing(sqlite3.connect(older)) as connection:
        connection.execute("CREATE TABLE stamp (in_the_way)")
    found = read_what_is_readable(older)
    assert found.events == tuple(EVENTS)
    assert found.place == PLACE
    store = store_in(older.parent)
    assert "was damaged" in str(store.take_notice())
    assert store.all_events() == tuple(EVENTS)
    assert store.place() == PLACE
    store.close()


def test_a_program_that_knows_an_older_version_only_leaves_this_one_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = store_in(tmp_path)
    store.record(answer(1))
    store.close()
    before = (tmp_path / "learner.db").read_bytes()
    for module in ("disk", "record_file", "schema"):
        monkeypatch.setattr(f"tutor.learner.{module}.STEPS", STEPS[:1])
    monkeypatch.setattr("tutor.learner.schema.version_of.__defaults__", (STEPS[:1],))
    monkeypatch.setattr("tutor.learner.schema.migrate.__defaults__", (STEPS[:1],))
    older_program = store_in(tmp_path)
    assert "newer gdtutor" in str(older_program.take_notice())
    older_program.close()
    assert (tmp_path / "learner.db").read_bytes() == before
