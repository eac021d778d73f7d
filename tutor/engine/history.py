"""Where a run has been: enough of its numbers to go back to any step and find exactly the same ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_BYTES = 64_000_000
_OBJECT_BYTES = 400  # what a snapshot takes besides its numbers
_FEWEST = 8


class Snapshot(NamedTuple):
    """The numbers of a run after a number of steps."""

    step: int
    parameters: Floats
    state: Floats


class History:
    """Snapshots of a run, the newest last.

    What lies between two of them is worked out again by whoever asks: the steps are the same each time. When the room
    is used up, every second one is given up, so that the recent past stays dense and the start is never lost.
    """

    def __init__(self, room: int = _BYTES) -> None:
        self._snapshots: list[Snapshot] = []
        self._room = room

    def keep(self, step: int, parameters: Floats, state: Floats) -> None:
        """Keep copies of the numbers after a step, unless that step is held already. Steps come in order."""
        if self._snapshots and self._snapshots[-1].step >= step:
            return
        size = _OBJECT_BYTES + parameters.nbytes + state.nbytes
        if len(self._snapshots) >= max(_FEWEST, self._room // size):
            self._snapshots = self._snapshots[::2]
        self._snapshots.append(Snapshot(step, parameters.copy(), state.copy()))

    def nearest(self, step: int) -> Snapshot:
        """Return the newest snapshot that is not after a step."""
        return next(snapshot for snapshot in reversed(self._snapshots) if snapshot.step <= step)

    def forget_after(self, step: int) -> None:
        """Give up every snapshot after a step."""
        while self._snapshots and self._snapshots[-1].step > step:
            self._snapshots.pop()
