"""The fifth stage: how the training part is taken in groups."""

from __future__ import annotations

from dataclasses import dataclass

from tutor.engine.data.error import DataError


@dataclass(frozen=True, slots=True)
class Batches:
    """Groups of `size` examples; the last one of an epoch holds what is left, `last` of them."""

    examples: int
    size: int

    @property
    def per_epoch(self) -> int:
        """How many updates one pass over the training part makes."""
        return -(-self.examples // self.size)

    @property
    def last(self) -> int:
        """How many examples the last batch of an epoch has."""
        return self.examples - (self.per_epoch - 1) * self.size

    @property
    def ranges(self) -> tuple[range, ...]:
        """The places of each batch in an epoch's order of the examples, counted from 0."""
        return tuple(
            range(start, min(start + self.size, self.examples)) for start in range(0, self.examples, self.size)
        )

    @property
    def sentences(self) -> tuple[str, ...]:
        """What comes of it, as a sentence."""
        updates = "1 update" if self.per_epoch == 1 else f"{self.per_epoch} updates"
        end = f", the last one on {self.last} examples" if self.last < self.size else ""
        return (f"{updates} an epoch, with batches of {self.size}{end}.",)


def batches(examples: int, size: int | None = None) -> Batches:
    """Return the batches of a training part; `size` None, or one above the number of examples, takes all at once.

    Raises DataError for a size below 1.
    """
    if size is not None and size < 1:
        raise DataError(f"the batch size is {size}: write a whole number from 1.")
    return Batches(examples, min(size or examples, examples))
