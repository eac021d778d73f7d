"""SIGKILL at any moment while answering: every answer whose verdict was shown is there, and the record opens clean."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from answering import blank_sheet, now

from tutor.learner.events import EventMaker
from tutor.learner.store import open_store
from tutor.study.session import Session

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
KILLS = 250 if os.environ.get("GDTUTOR_LONG_TESTS") else 25
LONGEST = 0.04
"""Seconds after which the latest kill comes: time to open the record, or for some more answers."""


@pytest.mark.parametrize("file_system", ["ext4", "nfs"])
def test_every_answer_whose_verdict_was_shown_is_there(tmp_path: Path, file_system: str) -> None:
    moments = random.Random(f"kill {file_system}")
    sheet = blank_sheet()
    shown = half_done = 0
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, str(HERE / "answering.py")],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as learners:
        assert learners.stdin is not None
        assert learners.stdout is not None
        for number in range(KILLS):
            activity = f"lesson:kill/{number}"
            request = [activity, file_system, str(tmp_path), moments.uniform(0, LONGEST), moments.random() < 0.8]
            learners.stdin.write(json.dumps(request) + "\n")
            learners.stdin.flush()
            told = json.loads(learners.stdout.readline())

            store = open_store(tmp_path, now, file_system=lambda _: file_system)
            events = store.events(activity)
            kept = [[event.kind, event.cell, event.text, event.verdict] for event in events]
            assert kept[: len(told)] == told
            assert len(kept) <= len(told) + 1  # what was kept, but could not be told any more
            assert store.notice is None
            place = store.place()
            assert not kept or (place is not None and place.activity == activity)
            session = Session(sheet, store, EventMaker(activity, now))
            for entry in session.worksheet.entries:
                texts = [text for kind, cell, text, _ in kept if kind == "answer" and cell == entry.cell]
                assert entry.text == (texts[-1] if texts else "")
                assert entry.hints == min(3, sum(line[:2] == ["hint", entry.cell] for line in kept))
            store.close()
            shown += len(told)
            half_done += len(kept) > len(told)
        learners.stdin.close()
    with closing(sqlite3.connect(tmp_path / "learner.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert not list(tmp_path.glob("*damaged*"))
    print(f"{KILLS} kills on {file_system}: {shown} verdicts shown, {half_done} kept but not shown")
    assert shown > KILLS // 2  # most were killed after the first one, some before
