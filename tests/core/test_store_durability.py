"""Nothing is lost: neither by SIGKILL at any moment, nor with two processes at once."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tutor.learner.store import open_store

ROOT = Path(__file__).parents[2]
LONG = bool(os.environ.get("GDTUTOR_LONG_TESTS"))

# Records without end (or so many), and prints an id only after `record` said that it is durable.
RECORDER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from tutor.learner.events import EventMaker, Place
from tutor.learner.store import open_store

folder, file_system, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
sys.stdin.readline()  # the sign to start, or the end of file
store = open_store(folder, lambda: datetime.now(UTC), file_system=lambda folder: file_system)
maker = EventMaker("lesson:kill", lambda: datetime.now(UTC))
while count:
    event = maker.answer("dE/dw1", "520", "correct", None, counts=True)
    durable = store.record_with_place(event, Place("lesson:kill", 1, event.id, ""))
    print(event.id if durable else "not durable: " + str(store.notice), flush=True)
    count -= 1
store.close()
print("said: " + str(store.notice), flush=True)
"""


def now() -> datetime:
    return datetime.now(UTC)


def start_recorder(folder: Path, file_system: str, count: int = -1) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", RECORDER, str(folder), file_system, str(count)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def integrity(folder: Path) -> str:
    connection = sqlite3.connect(folder / "learner.db")
    try:
        return str(connection.execute("PRAGMA integrity_check").fetchone()[0])
    finally:
        connection.close()


@pytest.mark.parametrize("file_system", ["ext4", "nfs"])
def test_sigkill_at_any_moment_loses_no_recorded_event(tmp_path: Path, file_system: str) -> None:
    moments = random.Random(20)
    printed: list[str] = []
    for _ in range(20):
        with start_recorder(tmp_path, file_system) as recorder:
            assert recorder.stdin is not None
            assert recorder.stdout is not None
            recorder.stdin.close()
            first = recorder.stdout.readline()
            time.sleep(moments.uniform(0, 0.03))
            recorder.send_signal(signal.SIGKILL)
            rest = recorder.stdout.read()
        lines = (first + rest).split("\n")[:-1]  # what follows the last line end was not printed whole
        assert lines
        printed += lines
        assert list(tmp_path.glob("*damaged*")) == []

        store = open_store(tmp_path, now, file_system=lambda _: file_system)
        stored = [event.id for event in store.events("lesson:kill")]
        place = store.place()
        assert store.notice is None
        store.close()
        found = set(stored)
        assert [line for line in printed if line not in found] == []
        assert [event for event in stored if event in set(printed)] == printed  # in order
        assert place is not None
        assert place.cell == stored[-1]  # event and place of one transaction
        assert integrity(tmp_path) == "ok"
    assert len(printed) > 20  # not only the first of each run


# A rollback journal takes several times as long, and longer still where two wait for each other.
@pytest.mark.parametrize(("file_system", "count"), [("ext4", 1000), ("nfs", 1000 if LONG else 150)])
def test_two_processes_at_once_lose_nothing(tmp_path: Path, file_system: str, count: int) -> None:
    recorders = [start_recorder(tmp_path, file_system, count) for _ in range(2)]
    printed = [recorder.communicate(timeout=300)[0].splitlines() for recorder in recorders]
    assert [recorder.returncode for recorder in recorders] == [0, 0]
    assert [lines[-1] for lines in printed] == ["said: None"] * 2
    ids = [line for lines in printed for line in lines[:-1]]
    assert len(ids) == len(set(ids)) == 2 * count

    store = open_store(tmp_path, now, file_system=lambda _: file_system)
    assert {event.id for event in store.all_events()} == set(ids)
    assert len(store.all_events()) == 2 * count
    store.close()
    assert integrity(tmp_path) == "ok"


def record_at_the_same_moment(folder: Path) -> list[list[str]]:
    """Let four processes open the store at once and record one event each; return what each printed."""
    recorders = [start_recorder(folder, "ext4", 1) for _ in range(4)]
    time.sleep(0.15)  # all of them wait for the sign
    for recorder in recorders:
        assert recorder.stdin is not None
        recorder.stdin.write("go\n")
        recorder.stdin.flush()
    return [recorder.communicate(timeout=60)[0].splitlines() for recorder in recorders]


def test_processes_that_start_at_the_same_moment_share_one_new_record(tmp_path: Path) -> None:
    for round_number in range(5):
        folder = tmp_path / str(round_number)
        printed = record_at_the_same_moment(folder)
        assert [lines[-1] for lines in printed] == ["said: None"] * 4
        store = open_store(folder, now)
        assert {event.id for event in store.all_events()} == {lines[0] for lines in printed}
        store.close()
        assert [path.name for path in folder.iterdir()] == ["learner.db"]


def test_processes_that_meet_a_damaged_record_at_the_same_moment_share_one_new_record(tmp_path: Path) -> None:
    for round_number in range(5):
        folder = tmp_path / str(round_number)
        folder.mkdir()
        (folder / "learner.db").write_bytes(b"nonsense" * 1000)
        printed = record_at_the_same_moment(folder)
        assert sum("was damaged" in lines[-1] for lines in printed) == 1
        store = open_store(folder, now)
        assert {event.id for event in store.all_events()} == {lines[0] for lines in printed}
        store.close()
        (kept,) = folder.glob("*damaged*")
        assert kept.read_bytes() == b"nonsense" * 1000
