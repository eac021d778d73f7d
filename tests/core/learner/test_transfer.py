"""Export and import: nothing lost, nothing doubled, in whatever order, and a damaged line costs only itself."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import stat
import tempfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from records import NOON, PLACE, answer, ids, now, store_in

from tutor.learner.activities import END
from tutor.learner.events import NOWHERE, Event, Place
from tutor.learner.record_text import Heading, LineError, read_line, written
from tutor.learner.resets import ALL
from tutor.learner.resetting import reset_work, undo_reset
from tutor.learner.transfer import TransferError, export_to, read_file
from tutor.study.attempts import BEGUN, TEST, read_attempts
from tutor.study.progress import read_progress
from tutor.study.work import filled

if TYPE_CHECKING:
    from tutor.learner.store import Store

ANY_TEXT = st.text(st.characters(), max_size=20)
ANY_EVENT = st.builds(
    Event,
    id=st.text(st.characters(), min_size=1, max_size=20),
    time=st.datetimes().map(lambda time: time.replace(tzinfo=NOON.tzinfo)),
    activity=ANY_TEXT,
    kind=st.sampled_from(["answer", "hint", "shown", "cleared", "page", "reset", "restored"]),
    cell=ANY_TEXT,
    text=ANY_TEXT | st.just("\0\u2028\r\n\ud800"),
    verdict=ANY_TEXT,
    misconception=st.none() | ANY_TEXT,
    counts=st.booleans(),
    recorded=st.integers(-(2**62), 2**62),
)
ANY_PLACE = st.none() | st.builds(Place, ANY_TEXT, st.integers(0, 99), ANY_TEXT, ANY_TEXT, st.integers(-(2**62), 2**62))


def whole(event: Event) -> tuple[object, ...]:
    """An event with what it is ordered by, which is not compared."""
    return event, event.recorded


@settings(deadline=None, max_examples=200)
@given(events=st.lists(ANY_EVENT, max_size=4), place=ANY_PLACE)
def test_any_event_and_place_can_be_written_and_read(events: list[Event], place: Place | None) -> None:
    lines = list(written(events, place, NOON))
    assert all(line.endswith(b"\n") and line.count(b"\n") == 1 for line in lines)
    heading, *found = map(read_line, lines)
    assert isinstance(heading, Heading)
    assert heading.entries == len(events)
    assert heading.place == place
    assert heading.place is None or heading.place.recorded == place.recorded
    assert list(map(whole, found)) == list(map(whole, events))


def lines_of(events: list[Event], place: Place | None = None) -> list[bytes]:
    return list(written([replace(event, recorded=number) for number, event in enumerate(events)], place, NOON))


def changed(**fields: object) -> bytes:
    told = {**json.loads(lines_of([answer(0)])[1]), **fields}
    return json.dumps({name: value for name, value in told.items() if value != "left out"}).encode()


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"{", "not JSON"),
        (b"\xff\xfe", "not UTF-8"),
        (b"[" * 100_000, "not JSON"),
        (b"1" * 5000, "not JSON"),
        (b"[1]", "not a JSON object"),
        (changed(id="left out"), "“id” is missing"),
        (changed(id=7), "“id” is not a text"),
        (changed(id=""), "“id” is empty"),
        (changed(counts=1), "“counts” is not true or false"),
        (changed(recorded=True), "“recorded” is not a whole number"),
        (changed(recorded=1.5), "“recorded” is not a whole number"),
        (changed(recorded=2**63), "“recorded” is too large a number"),
        (changed(misconception=[]), "“misconception” is neither"),
        (changed(misconception="left out"), "“misconception” is neither"),
        (changed(kind="guess"), "“guess”, is not known"),
        (changed(time="yesterday"), "“time” is not a time in UTC"),
        (changed(time="2026-03-01T12:00:00"), "“time” is not a time in UTC"),
        (changed(time="2026-03-01T12:00:00+01:00"), "“time” is not a time in UTC"),
        (b'{"format": "other", "version": 1, "entries": 0}', "its format is not"),
        (b'{"format": "gdtutor record", "entries": 0}', "“version” is missing"),
        (b'{"format": "gdtutor record", "version": 1, "entries": 0, "place": 3}', "“place” is not a JSON object"),
        (b'{"format": "gdtutor record", "version": 1, "entries": 0, "place": {}}', "“activity” is missing"),
    ],
)
def test_a_line_that_cannot_be_understood_is_told_with_its_reason(tmp_path: Path, line: bytes, why: str) -> None:
    with pytest.raises(LineError, match=why):
        read_line(line)
    path = tmp_path / "work.jsonl"
    lines = lines_of([answer(1), answer(2)], PLACE and replace(PLACE, recorded=7))
    path.write_bytes(b"".join([lines[0], lines[1], line + b"\n", lines[2]]))
    found = read_file(path)
    assert ids(found.events) == ["id-1", "id-2"]
    assert found.place == PLACE
    (fault,) = found.faults
    assert fault.startswith(f"{path}:3: this line is left out: ")
    assert why in fault


def test_a_damaged_heading_costs_only_what_it_says(tmp_path: Path) -> None:
    path = tmp_path / "work.jsonl"
    heading, *lines = lines_of([answer(1), answer(2)])
    path.write_bytes(b"".join([heading[5:], *lines]))
    found = read_file(path)
    assert ids(found.events) == ["id-1", "id-2"]
    assert len(found.faults) == 1
    assert f"{path}:1" in found.faults[0]


def test_a_file_that_ends_too_early_is_told(tmp_path: Path) -> None:
    path = tmp_path / "work.jsonl"
    lines = lines_of([answer(number) for number in range(10)])
    path.write_bytes(b"".join(lines[:7]))
    assert read_file(path).faults == (f"{path} ends too early: 4 entries of it did not come along.",)
    path.write_bytes(b"".join(lines[:7]) + lines[7][:20])
    line, end = read_file(path).faults
    assert f"{path}:8: " in line
    assert "3 entries" in end
    assert len(read_file(path).events) == 6


def test_what_editors_and_people_do_to_a_file_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "work.jsonl"
    one, two = lines_of([answer(1)], replace(PLACE, recorded=5)), lines_of([answer(2)], Place("x", 1, "", "", 4))
    text = b"\xef\xbb\xbf" + b"".join([*one, b"\n", *two, b"  \n"]).replace(b"\n", b"\r\n")  # one behind the other
    path.write_bytes(text)
    found = read_file(path)
    assert found.faults == ()
    assert ids(found.events) == ["id-1", "id-2"]
    assert found.place == PLACE


@pytest.mark.parametrize("content", [b"", b"\n\n", b"Dear diary\n" * 30, b"\0" * 1000, b'{"a": 1}\n'])
def test_another_file_is_not_taken_for_a_record(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other"
    path.write_bytes(content)
    with pytest.raises(TransferError, match="is not a file that `gdtutor export` wrote"):
        read_file(path)


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    for path, why in ((tmp_path / "nowhere", "No such file"), (tmp_path, "Is a directory")):
        with pytest.raises(TransferError, match=why):
            read_file(path)


def test_a_newer_format_is_refused_whole(tmp_path: Path) -> None:
    path = tmp_path / "work.jsonl"
    heading, line = lines_of([answer(1)])
    path.write_bytes(heading.replace(b'"version": 1', b'"version": 2') + line)
    with pytest.raises(TransferError, match="written by a newer gdtutor"):
        read_file(path)


def test_an_export_is_for_its_owner_and_never_takes_another_files_place(tmp_path: Path) -> None:
    store = store_in(tmp_path / "home")
    store.record_with_place(answer(1), PLACE)
    before = os.umask(0)
    try:
        assert export_to(tmp_path / "work.jsonl", store, NOON) == 1
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "work.jsonl").stat().st_mode) == 0o600
    kept = (tmp_path / "work.jsonl").read_bytes()
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for path in (tmp_path / "work.jsonl", tmp_path, tmp_path / "link"):
        with pytest.raises(TransferError, match="is there already"):
            export_to(path, store, NOON)
    with pytest.raises(TransferError, match="cannot be written: No such file"):
        export_to(tmp_path / "no" / "work.jsonl", store, NOON)
    assert (tmp_path / "work.jsonl").read_bytes() == kept
    assert not (tmp_path / "nowhere").exists()
    store.close()


def test_an_export_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    store.record(answer(1))

    def full(_: int) -> None:
        raise OSError(28, os.strerror(28))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(TransferError, match="No space left"):
            export_to(tmp_path / "work.jsonl", store, NOON)
    assert not (tmp_path / "work.jsonl").exists()
    store.close()


def test_what_is_not_saved_is_exported_too(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("in the way")
    store = store_in(tmp_path / "home")
    assert not store.record_with_place(answer(1), PLACE)
    assert export_to(tmp_path / "work.jsonl", store, NOON) == 1
    store.close()
    found = read_file(tmp_path / "work.jsonl")
    assert ids(found.events) == ["id-1"]
    assert found.place == PLACE
    assert (found.place.recorded or 0) > (found.events[0].recorded or 0)


def everything(store: Store) -> list[tuple[object, ...]]:
    return list(map(whole, store.everything()))


def test_a_record_comes_over_whole_with_its_resets_and_its_place(tmp_path: Path) -> None:
    one, other = store_in(tmp_path / "one"), store_in(tmp_path / "other")
    for number in range(5):
        one.record_with_place(answer(number, hours=-number), PLACE)
    reset_work(one, ALL, now)
    assert export_to(tmp_path / "work.jsonl", one, NOON) == 6
    found = read_file(tmp_path / "work.jsonl")
    assert found.place == NOWHERE
    assert [other.merge(found.events, found.place) for _ in range(2)] == [6, 0]
    assert everything(other) == everything(one)
    assert other.all_events() == ()
    assert other.place() is None
    assert undo_reset(other, now) is not None
    assert other.all_events() == tuple(answer(number, hours=-number) for number in range(5))
    assert other.place() == PLACE
    one.close()
    other.close()


def test_work_from_elsewhere_is_not_hidden_by_a_reset_that_never_saw_it(tmp_path: Path) -> None:
    lab, home = store_in(tmp_path / "lab"), store_in(tmp_path / "home")
    lab.record(answer(1))
    home.record(answer(2))
    reset_work(home, ALL, now)
    export_to(tmp_path / "lab.jsonl", lab, NOON)
    export_to(tmp_path / "home.jsonl", home, NOON)
    for store, path in ((home, tmp_path / "lab.jsonl"), (lab, tmp_path / "home.jsonl")):
        found = read_file(path)
        store.merge(found.events, found.place)
    assert ids(home.all_events()) == ids(lab.all_events()) == ["id-1"]
    undo_reset(lab, now)
    assert ids(lab.all_events()) == ["id-1", "id-2"]
    lab.close()
    home.close()


def test_another_machines_record_is_taken_in_and_left_as_it_is(tmp_path: Path) -> None:
    one, other = store_in(tmp_path / "one"), store_in(tmp_path / "other")
    one.record_with_place(answer(1), PLACE)
    shutil.copytree(tmp_path / "one", tmp_path / "killed")  # with all of it still in the log
    before = {path.name: path.read_bytes() for path in (tmp_path / "killed").iterdir()}
    found = read_file(tmp_path / "killed" / "learner.db")
    assert found.faults == ()
    assert other.merge(found.events, found.place) == 1
    assert everything(other) == everything(one)
    assert other.place() == PLACE
    assert {path.name: path.read_bytes() for path in (tmp_path / "killed").iterdir()} == before
    one.close()
    other.close()


def test_of_a_damaged_record_what_can_be_read_is_taken_in(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    store.merge([replace(answer(number), recorded=number) for number in range(2000)], None)
    store.close()
    path = tmp_path / "learner.db"
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        file.write(b"\xa5" * 4096)
    found = read_file(path)
    assert 0 < len(found.events) < 2000
    assert found.faults == (f"{path} is damaged: {len(found.events)} entries could be read from it.",)


@pytest.mark.parametrize(
    ("statement", "why"),
    [("PRAGMA user_version = 99", "newer gdtutor"), ("PRAGMA application_id = 7", "of another program")],
)
def test_a_record_that_is_newer_or_no_record_is_refused(tmp_path: Path, statement: str, why: str) -> None:
    store_in(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / "learner.db")) as connection:
        connection.execute(statement)
    with pytest.raises(TransferError, match=why):
        read_file(tmp_path / "learner.db")


def test_a_merge_that_the_disk_refuses_takes_in_nothing(tmp_path: Path) -> None:
    store, other = store_in(tmp_path), store_in(tmp_path)
    store._disk.wait_at_most(0.01)
    other._disk.attempt(lambda file: file._connection.execute("BEGIN IMMEDIATE"))
    assert store.merge([replace(answer(1), recorded=1)], None) is None
    assert "keeps it locked" in str(store.take_notice())
    assert store.unsaved == 0
    other._disk.attempt(lambda file: file._connection.execute("COMMIT"))
    assert store.merge([replace(answer(1), recorded=1)], None) == 1
    store.close()
    other.close()


# What three machines did, with clocks of their own: answers, pages read, attempts, resets and what was taken back.
ACTS = st.tuples(
    st.sampled_from(["answer", "answer", "page", "begun", "reset", "reset one", "undo"]),
    st.integers(0, 3),
    st.floats(-50, 50),
)
MACHINES = st.lists(st.lists(ACTS, max_size=7), min_size=2, max_size=3)


def work(store: Store, machine: int, acts: list[tuple[str, int, float]]) -> None:
    for number, (act, which, hours) in enumerate(acts):
        event = answer(machine * 100 + number, f"lesson:{which}/sheet", hours)
        name = event.id

        def at(time: object = event.time) -> object:
            return time

        match act:
            case "answer":
                right = replace(event, verdict="correct" if number % 2 else "incorrect", cell=str(which % 2))
                store.record_with_place(right, Place(event.activity, number, "", name))
            case "page":
                store.record(replace(event, activity=f"lesson:{which}", kind="page", cell=END))
            case "begun":
                store.record(replace(event, activity=TEST, kind="page", cell=BEGUN, text=str(machine)))
            case "undo":
                undo_reset(store, at, lambda name=name: name)
            case _:
                scope = ALL if act == "reset" else f"lesson:{which}"
                reset_work(store, scope, at, lambda name=name: name)


def derived(store: Store) -> tuple[object, ...]:
    """All that is shown of a record."""

    class Sheet:
        cells = ("0", "1")

    events = store.all_events()
    sheets = [filled(Sheet(), store.events(f"lesson:{which}/sheet")) for which in range(4)]
    return events, store.place(), read_progress(events), read_attempts(events), sheets, store.resets()


@settings(deadline=None, max_examples=40)
@given(machines=MACHINES, data=st.data())
def test_in_whatever_order_and_however_often_records_are_merged_the_same_comes_of_it(
    machines: list[list[tuple[str, int, float]]], data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for machine, acts in enumerate(machines):
            home = Path(folder, f"machine-{machine}")
            store = store_in(home)
            work(store, machine, acts)
            files.append(home.with_suffix(".jsonl"))
            export_to(files[-1], store, NOON)
            store.close()
        results = []
        for number in range(3):
            once = data.draw(st.permutations(files))
            store = store_in(Path(folder, f"merged-{number}"))
            for path in (*once, *data.draw(st.lists(st.sampled_from(files), max_size=2))):
                found = read_file(path)
                assert found.faults == ()
                store.merge(found.events, found.place)
            results.append((everything(store), derived(store)))
            store.close()
        assert results[0] == results[1] == results[2]
        found = {event.id for path in files for event in read_file(path).events}
        assert sorted(event.id for event, _ in results[0][0]) == sorted(found)
        for machine in range(len(machines)):  # what one machine did keeps its order
            own = ids(read_file(files[machine]).events)
            assert [name for event, _ in results[0][0] if (name := event.id) in set(own)] == own
        store = store_in(Path(folder, "merged-0"))
        again = Path(folder, "again.jsonl")
        export_to(again, store, NOON)  # what was merged can go on to a further machine
        store.close()
        last, found_again = store_in(Path(folder, "last")), read_file(again)
        last.merge(found_again.events, found_again.place)
        assert (everything(last), derived(last)) == results[0]
        last.close()
