"""Going to sleep in the shell's hands: the whole job stops, until the shell goes on with it."""

import os
import signal
import time
from contextlib import suppress
from types import FrameType
from typing import Final

_PATIENCE: Final = 0.3
"""Seconds until it is certain that nothing stopped the job."""
_LOOK: Final = 0.01


def stop_job(terminal: int) -> bool:
    """Stop all processes of this job, and return once it goes on in the foreground of a terminal (a file descriptor).

    Returns False if nothing could go on with it: without a shell that looks after jobs the system stops none.
    Call it in the main thread, with the terminal as the shell had it.
    """
    continued = False

    def note(number: int, frame: FrameType | None) -> None:
        nonlocal continued
        del number, frame
        continued = True

    before = {number: signal.getsignal(number) for number in (signal.SIGTSTP, signal.SIGCONT)}
    signal.signal(signal.SIGTSTP, signal.SIG_DFL)
    signal.signal(signal.SIGCONT, note)
    try:
        while True:
            continued = False
            os.killpg(os.getpgrp(), signal.SIGTSTP)
            # Another thread may be the one that takes the signal, a moment later.
            end = time.monotonic() + _PATIENCE
            while not continued and time.monotonic() < end:
                time.sleep(_LOOK)
            if not continued or _is_in_foreground(terminal):
                return continued
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _is_in_foreground(terminal: int) -> bool:
    """Whether this job may use the terminal; also where there is none any more, which the program finds out itself."""
    with suppress(OSError):
        return os.tcgetpgrp(terminal) == os.getpgrp()
    return True
