"""The training part in batches: which examples each step uses, and their numbers laid out as the step wants them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tutor.engine.random_streams import stream

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Places = NDArray[np.intp]

_GATHERED = 8192  # so many examples are brought into order at once: enough to make it cheap, and little memory


class Batch(NamedTuple):
    """One batch as the step wants it: a column for each example.

    `inputs` has the shape (inputs + 1, examples), its last row is all ones; `transposed` is a view of it.
    """

    inputs: Floats
    transposed: Floats
    targets: Floats


class _Room:
    """Arrays for a number of batches of one size, filled again and again."""

    def __init__(self, batches: int, examples: int, inputs: int, outputs: int) -> None:
        self._inputs = np.ones((batches, inputs + 1, examples))
        self._targets = np.empty((batches, outputs, examples))
        blocks = zip(self._inputs, self._targets, strict=True)
        self._batches = [Batch(block, block.T, targets) for block, targets in blocks]

    def filled(self, inputs: Floats, targets: Floats) -> list[Batch]:
        """Return the batches of these examples, whose number is a multiple of the batch size."""
        count = len(inputs) // self._inputs.shape[2]
        self._inputs[:count, :-1] = _blocks(inputs, count)
        self._targets[:count] = _blocks(targets, count)
        return self._batches[:count]


def _blocks(rows: Floats, count: int) -> Floats:
    """Return rows (examples, columns) as so many blocks of shape (columns, examples)."""
    return rows.reshape(count, -1, rows.shape[1]).transpose(0, 2, 1)


class Batches:
    """Every batch of a run, by the number of its step, counted from 0: the same ones whenever they are asked for.

    An epoch goes through a new order by seed where `shuffle` says so; its last batch is shorter where the examples run
    out. A batch that is the whole set is never shuffled, since its order changes nothing. A batch is valid until the
    next one is asked for.
    """

    def __init__(self, inputs: Floats, targets: Floats, size: int | None, *, shuffle: bool, seed: int) -> None:
        self._inputs, self._targets = inputs, targets
        self._examples = len(inputs)
        self.size = min(size or self._examples, self._examples)
        self.per_epoch = -(-self._examples // self.size)
        self.last_size = self._examples - (self.per_epoch - 1) * self.size
        self._shuffle = shuffle and self.per_epoch > 1
        self._seed = seed
        self._order: tuple[int, Places] = (-1, np.empty(0, dtype=np.intp))
        self._together = min(max(1, _GATHERED // self.size), self.per_epoch)
        columns = inputs.shape[1], targets.shape[1]
        self._room = _Room(self._together, self.size, *columns)
        self._last_room = _Room(1, self.last_size, *columns)
        self._held: tuple[int, int] = (-1, -1)
        self._batches: list[Batch] = []

    def places(self, step: int) -> Places:
        """Return which examples the step uses, counted from 0 in the training part."""
        epoch, batch = divmod(step, self.per_epoch)
        places = self._places(epoch, batch, batch + 1)
        return np.arange(places.start, places.stop) if isinstance(places, slice) else places.copy()

    def batch(self, step: int) -> Batch:
        """Return the batch of one step."""
        epoch, batch = divmod(step, self.per_epoch)
        group, place = divmod(batch, self._together)
        return self._group(epoch, group)[place]

    def groups(self, step: int) -> Iterator[list[Batch]]:
        """Yield the batches from a step to the end of its epoch, in lists of some hundred."""
        epoch, batch = divmod(step, self.per_epoch)
        group, place = divmod(batch, self._together)
        while group * self._together < self.per_epoch:
            yield self._group(epoch, group)[place:]
            group, place = group + 1, 0

    def _places(self, epoch: int, begin: int, end: int) -> Places | slice:
        """Return the examples of the batches from `begin` to before `end` of an epoch."""
        rows = slice(begin * self.size, min(end * self.size, self._examples))
        if not self._shuffle:
            return rows
        if self._order[0] != epoch:
            self._order = epoch, stream(self._seed, "order", epoch).permutation(self._examples)
        return self._order[1][rows]

    def _group(self, epoch: int, group: int) -> list[Batch]:
        wanted = (epoch if self._shuffle else 0, group)
        if self._held != wanted:
            begin = group * self._together
            self._batches = self._fill(epoch, begin, min(begin + self._together, self.per_epoch))
            self._held = wanted
        return self._batches

    def _fill(self, epoch: int, begin: int, end: int) -> list[Batch]:
        is_short = end == self.per_epoch and self.last_size < self.size
        full = end - 1 if is_short else end
        batches = self._filled(self._room, self._places(epoch, begin, full)) if full > begin else []
        return [*batches, *(self._filled(self._last_room, self._places(epoch, full, end)) if is_short else [])]

    def _filled(self, room: _Room, places: Places | slice) -> list[Batch]:
        return room.filled(self._inputs[places], self._targets[places])
