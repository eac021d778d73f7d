"""The command `gdtutor`: what it does at its start and at its end, whatever was asked for."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tutor.exit_status import DONE, FAULT, INTERRUPTED

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one call of the command and return its exit status: 0 done, 1 a fault in a file, 2 wrong usage."""
    written = sys.argv[1:] if arguments is None else arguments
    _use_one_thread()
    try:
        status = _run(written)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever reads the output has gone, for instance `gdtutor derive FILE | head`: nothing is left to say.
        sys.stderr.close()
        # What is left in the buffer cannot be written either: the end of the program must not try again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:
        # A file has a name; the output, which fails for instance because the disk is full, has none.
        what = "the output cannot be written" if error.filename is None else f"{error.filename} cannot be used"
        sys.stderr.write(f"gdtutor: {what}: {error.strerror or error}.\n")
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # as above
        return FAULT
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told in a sentence, and its details are kept
        return _tell_of_crash(error)
    return status


def _run(arguments: Sequence[str]) -> int:
    if not arguments:
        # The course is what nearly every call is for: reading no arguments needs no parser.
        from tutor.tui.run import run_tutor  # noqa: PLC0415 - loaded only for this call

        return run_tutor()
    from tutor.commands import run_command  # noqa: PLC0415 - as above

    return run_command(arguments)


def _use_one_thread() -> None:
    """Let NumPy calculate in one thread; this is read once, when it is loaded. Small matrices only lose by more."""
    for threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(threads, "1")


def _tell_of_crash(error: Exception) -> int:
    from tutor.crash import tell_of_crash  # noqa: PLC0415 - loaded only where something went wrong
    from tutor.learner.home import data_folder  # noqa: PLC0415

    sys.stderr.write(f"{tell_of_crash(error, data_folder(os.environ), datetime.now(UTC), os.environ)}\n")
    return FAULT


if __name__ == "__main__":
    sys.exit(main())
