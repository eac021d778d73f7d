"""The order is that of recording, whatever the clock does, and nothing is lost by it."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st
from records import NOON, answer, ids, now, store_in

from tutor.learner import events_so_far
from tutor.learner.events import Event, Place
from tutor.learner.ordering import stamp
from tutor.learner.store import open_store

if TYPE_CHECKING:
    import pytest

YEARS = st.floats(-2000, 7000).map(lambda hours: hours * 24 * 365)
CLOCKS = st.lists(st.one_of(st.floats(-100, 100), YEARS), max_size=12)


@settings(deadline=None, max_examples=60)
@given(hours=CLOCKS, runs=st.integers(1, 4))
def test_a_clock_that_jumps_changes_no_order_and_loses_nothing(hours: list[float], runs: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        events = [answer(number, hours=jump) for number, jump in enumerate(hours)]
        for run in range(runs):
            store = store_in(Path(folder))
            for event in events[run::runs]:
                store.record(event)
            store.close()
        in_order = [event for run in range(runs) for event in events[run::runs]]
        store = store_in(Path(folder))
        assert store.all_events() == store.events("lesson:chain/by-hand") == tuple(in_order)
        recorded = [event.recorded or 0 for event in store.all_events()]
        assert sorted(set(recorded)) == recorded
        assert [event.time for event in store.all_events()] == [event.time for event in in_order]
        store.close()


def test_where_the_clock_goes_forward_the_order_is_its_time() -> None:
    assert stamp(datetime(1970, 1, 2, tzinfo=UTC), None) == 24 * 3600 * 10**6
    assert stamp(datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC), None) == -1
    assert stamp(NOON, stamp(NOON, None)) == stamp(NOON, None) + 1
    assert stamp(NOON + timedelta(microseconds=2), stamp(NOON, None)) == stamp(NOON, None) + 2


def test_the_place_is_the_last_one_also_when_the_clock_went_back(tmp_path: Path) -> None:
    clock = [NOON]
    store = open_store(tmp_path, lambda: clock[0])
    for page in range(5):
        clock[0] -= timedelta(days=page)
        place = Place("lesson:chain", page, "", "")
        if page % 2:
            assert store.remember(place)
        else:
            assert store.record_with_place(replace(answer(page), time=clock[0]), place)
        again = open_store(tmp_path, lambda: clock[0])
        assert again.place() == place
        again.close()
    store.close()


def test_events_that_come_late_from_elsewhere_stand_where_they_belong(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    early, late = answer(1, hours=1), answer(3, hours=3)
    store.record(early)
    store.record(late)
    assert ids(store.all_events()) == ["id-1", "id-3"]
    between = replace(answer(2, hours=2), recorded=stamp(answer(2, hours=2).time, None))
    assert store.merge([between], None) == 1
    assert ids(store.all_events()) == ids(store.events(early.activity)) == ["id-1", "id-2", "id-3"]
    store.record(answer(4))  # the clock went back, the order does not
    assert ids(store.all_events()) == ["id-1", "id-2", "id-3", "id-4"]
    store.close()


def test_what_is_recorded_after_a_merge_comes_after_all_that_was_merged(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    future = replace(answer(1), recorded=stamp(NOON + timedelta(days=9999), None))
    assert store.merge([future], Place("lesson:x", 1, "", "", future.recorded)) == 1
    store.record_with_place(answer(2), Place("lesson:y", 2, "", ""))
    assert ids(store.all_events()) == ["id-1", "id-2"]
    store.close()
    again = store_in(tmp_path)
    assert again.place() == Place("lesson:y", 2, "", "")
    again.close()


def test_only_what_is_new_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[object] = []
    made = events_so_far.rows.event_of_row

    def counted(row: tuple[object, ...]) -> Event | None:
        read.append(row)
        return made(row)

    store, other = store_in(tmp_path), store_in(tmp_path)
    for number in range(300):
        store.record(answer(number))
    monkeypatch.setattr(events_so_far.rows, "event_of_row", counted)
    first = store.all_events()
    assert len(read) == 300
    assert store.all_events() is first
    assert len(read) == 300
    other.record(answer(300))
    store.record(answer(301))
    assert ids(store.all_events()) == [f"id-{number}" for number in range(302)]
    assert len(read) == 302
    assert store.all_events() is store.all_events()
    store.close()
    other.close()


def test_a_record_that_was_written_over_is_read_anew(tmp_path: Path) -> None:
    one, other = store_in(tmp_path / "one"), store_in(tmp_path / "other")
    for number in range(3):
        one.record(answer(number))
        other.record(answer(number + 10))
    other.close()
    assert ids(one.all_events()) == ["id-0", "id-1", "id-2"]
    one._disk.attempt(lambda file: file._connection.execute("DELETE FROM event"))
    one._disk.attempt(lambda file: file._connection.execute(f"ATTACH '{tmp_path}/other/learner.db' AS other"))
    one._disk.attempt(lambda file: file._connection.execute("INSERT INTO event SELECT * FROM other.event"))
    assert ids(one.all_events()) == ["id-10", "id-11", "id-12"]
    one.close()


def test_unsaved_events_come_last_and_once(tmp_path: Path) -> None:
    store = open_store(tmp_path, now, patience=0.05)
    store.record(answer(0))
    other = store_in(tmp_path)
    other._disk.attempt(lambda file: file._connection.execute("BEGIN IMMEDIATE"))
    assert not store.record(answer(1))
    assert ids(store.all_events()) == ["id-0", "id-1"]
    other._disk.attempt(lambda file: file._connection.execute("COMMIT"))
    other.record(answer(2))
    assert ids(store.all_events()) == ["id-0", "id-2", "id-1"]
    assert store.save()
    assert ids(store.all_events()) == ["id-0", "id-2", "id-1"]
    store.close()
    other.close()
