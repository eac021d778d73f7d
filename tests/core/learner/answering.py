"""A learner who answers without end, to be killed: run as a program, it forks one for each line that it reads.

Each line is a JSON list: the activity, the type of the file system, the folder of the record, and the seconds after
which to kill: after the first answer's verdict if the last item is true, else from the start. For each one a line is
written: what the learner had been told when the kill came, as a JSON list.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import select
import signal
import sys
import time
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from tutor.learner.events import EventMaker, Place
from tutor.learner.store import open_store
from tutor.mathematics.derivation import derive
from tutor.mathematics.problem import load_problem
from tutor.mathematics.worksheet import new_worksheet
from tutor.study.session import Session

if TYPE_CHECKING:
    from tutor.mathematics.worksheet import Worksheet

PROBLEM = Path(__file__).parents[3] / "lessons" / "problems" / "five-weights.toml"


def blank_sheet() -> Worksheet:
    return new_worksheet(derive(load_problem(PROBLEM)))


def now() -> datetime:
    return datetime.now(UTC)


async def answer_without_end(sheet: Worksheet, folder: Path, file_system: str, activity: str, told: int) -> None:
    store = open_store(folder, now, file_system=lambda _: file_system)
    session = Session(sheet, store, EventMaker(activity, now), lambda cell: Place(activity, 1, cell, ""))
    for number in count():
        cell = session.worksheet.entries[number % 7].cell
        if number % 5 == 4:
            await session.hint(cell)
            line = ["hint", cell, "", ""]
        else:
            reply = await session.answer(cell, str(number))
            line = ["answer", cell, str(number), reply.verdict]
        notice = session.take_notice()
        os.write(told, json.dumps(["notice", "", notice, ""] if notice else line).encode() + b"\n")


def killed(sheet: Worksheet, request: str) -> list[list[str]]:
    """Let a learner answer in a process of their own, kill it, and return what they were told."""
    activity, file_system, folder, seconds, after_first = json.loads(request)
    told, tell = os.pipe()
    process = os.fork()
    if process == 0:
        asyncio.run(answer_without_end(sheet, Path(folder), file_system, activity, tell))
    os.close(tell)
    if after_first:
        select.select([told], [], [], 30)
    time.sleep(seconds)
    os.kill(process, signal.SIGKILL)
    status = os.waitpid(process, 0)[1]
    with os.fdopen(told, "rb") as lines:
        read = lines.read().split(b"\n")[:-1]  # what follows the last line end was not told whole
    if os.waitstatus_to_exitcode(status) != -signal.SIGKILL:
        read.append(b'["ended by itself", "", "", ""]')
    return [json.loads(line) for line in read]


def main() -> None:
    sheet = blank_sheet()
    for cell in [entry.cell for entry in sheet.entries[:7]]:
        sheet.hint(cell)
        sheet.answer(cell, "1")  # all that an answer needs is loaded before the first one is killed
    gc.freeze()  # else each learner would first copy all that is loaded
    for line in sys.stdin:
        print(json.dumps(killed(sheet, line)), flush=True)


if __name__ == "__main__":
    main()
