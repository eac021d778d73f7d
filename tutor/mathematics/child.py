"""Differentiating in a process of its own, so that the program on the screen never has to load SymPy.

The parent hands over trees and gets trees back, through pipes that only these two hold. The process ends when it has
answered; it runs at the lowest priority that still gets there.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tutor.mathematics.notation.expression import Node

_NICENESS = 10
_SECONDS = 120


class ChildError(Exception):
    """The process that differentiates did not answer."""


def differentiate_in_child(wanted: Mapping[tuple[str, str], Node]) -> dict[tuple[str, str], Node]:
    """Return the derivative of each (step, name), found in a process of its own. Blocks until it has answered.

    Raises ChildError where it does not answer.
    """
    if not wanted:
        return {}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "tutor.mathematics.child"],
            input=pickle.dumps(dict(wanted)),
            capture_output=True,
            check=True,
            timeout=_SECONDS,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise ChildError(f"The derivatives could not be worked out: {error}") from error
    answer: dict[tuple[str, str], Node] = pickle.loads(done.stdout)  # noqa: S301 - from our own process, by our own pipe
    return answer


def _answer() -> None:
    from tutor.mathematics.derivation import differentiate_here  # noqa: PLC0415 - only the child needs it

    os.nice(_NICENESS)
    wanted = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the process that started this one
    sys.stdout.buffer.write(pickle.dumps(differentiate_here(wanted)))


if __name__ == "__main__":
    _answer()
