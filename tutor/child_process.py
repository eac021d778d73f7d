"""Work in a process of its own, so that the program on the screen need not load what the work takes.

The parent hands over objects and gets one back, through pipes that only these two hold. The process ends when it has
answered, or when the parent has gone, in whatever way; it runs at the lowest priority that still gets there.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from threading import Thread, Timer
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import IO

_NICENESS = 10
_SECONDS = 120


class ChildError(Exception):
    """The process did not answer."""


def ask_child(module: str, parts: Iterable[object]) -> Any:  # noqa: ANN401 - what the module answers with
    """Return what a module of gdtutor, run in a process of its own, answers to the parts. Blocks until it has answered.

    The module hands a function to `answer_parent`. The parts are not None, and written one after another: between two
    of them other threads get their turn. Raises ChildError where the process does not answer.
    """
    try:
        status, answered = _exchange(module, parts)
    except OSError as error:
        raise ChildError(f"{module} did not answer: {error}") from error
    if status != 0:
        raise ChildError(f"{module} did not answer: its process ended with status {status}.")
    return pickle.loads(answered)  # noqa: S301 - from our own process, by our own pipe


def answer_parent(answer: Callable[[Iterator[Any]], object]) -> None:
    """Answer the process that asked; the function is given the parts."""
    os.nice(_NICENESS)
    parts = list(iter(lambda: pickle.load(sys.stdin.buffer), None))  # noqa: S301 - from the process that started this one
    Thread(target=_end_with_parent, daemon=True).start()
    sys.stdout.buffer.write(pickle.dumps(answer(iter(parts))))


def _exchange(module: str, parts: Iterable[object]) -> tuple[int, bytes]:
    """Return the exit status of the process, and what it answered."""
    with subprocess.Popen(  # noqa: S603 - a module of gdtutor, and no shell
        [sys.executable, "-P", "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        # It finds what the parent finds: never the modules of the folder that the learner happens to be in.
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    ) as child:
        limit = Timer(_SECONDS, child.kill)
        limit.daemon = True
        limit.start()
        try:
            # The pipe stays open until the answer is there: the process takes its end for ours.
            request = cast("IO[bytes]", child.stdin)
            for part in (*parts, None):
                request.write(pickle.dumps(part))
            request.flush()
            answer = cast("IO[bytes]", child.stdout).read()
            return child.wait(), answer
        finally:
            limit.cancel()


def _end_with_parent() -> None:
    """Wait for the end of the pipe from the parent, and end at once: nobody waits for the answer any more."""
    # Below Python's own buffer: its lock must not be held when the process ends as usual.
    while os.read(sys.stdin.fileno(), 1):
        pass
    os._exit(1)
