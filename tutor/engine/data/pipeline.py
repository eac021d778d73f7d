"""The whole way from a table to data ready to train on: clean, split, normalise, encode, batch.

Each stage is a frozen value with sentences that tell what was done, so that a lesson can show it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.engine.data.batching import Batches, batches
from tutor.engine.data.cleaning import Cleaned, clean
from tutor.engine.data.encoding import Encoded, TargetKind, encode, read_target
from tutor.engine.data.scaling import Normalised, normalise
from tutor.engine.data.splitting import Split, split
from tutor.engine.data.table import Dataset

if TYPE_CHECKING:
    from tutor.engine.data.columns import Table


@dataclass(frozen=True, slots=True)
class PipelineSettings:
    """How data is made ready.

    Shares are those of the whole; `scale` normalises the inputs; `drop_copies` leaves out rows that are the same as an
    earlier one; `target` says whether the last column holds classes or numbers, "auto" lets its values say it;
    `batch_size` None is the whole training part.
    """

    validation_share: float = 0.15
    test_share: float = 0.15
    seed: int = 0
    scale: bool = True
    drop_copies: bool = True
    target: TargetKind = "auto"
    batch_size: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """Every stage, and the data at its end."""

    cleaned: Cleaned
    split: Split
    normalised: Normalised
    encoded: Encoded
    batches: Batches
    dataset: Dataset

    @property
    def sentences(self) -> tuple[str, ...]:
        """What was found and done, stage after stage."""
        stages = (self.cleaned, self.split, self.normalised, self.encoded, self.batches)
        found = list(self.cleaned.table.notes)
        for stage in stages:
            found += stage.sentences
        return tuple(found)


def prepare(table: Table, settings: PipelineSettings | None = None) -> Prepared:
    """Make a table ready to train on. Raises DataError for whatever in it, or in the settings, cannot be used."""
    settings = settings or PipelineSettings()
    cleaned = clean(table, drop_copies=settings.drop_copies)
    target = read_target(cleaned.table, settings.target)
    parts = split(
        cleaned.table.row_count,
        validation_share=settings.validation_share,
        test_share=settings.test_share,
        seed=settings.seed,
        classes=target.codes,
    )
    normalised = normalise(cleaned.table, parts.train, scale=settings.scale)
    encoded = encode(cleaned.table, normalised, target)
    return Prepared(
        cleaned=cleaned,
        split=parts,
        normalised=normalised,
        encoded=encoded,
        batches=batches(len(parts.train), settings.batch_size),
        dataset=_dataset(table.name, encoded, parts),
    )


def _dataset(name: str, encoded: Encoded, parts: Split) -> Dataset:
    inputs, targets = encoded.inputs, encoded.target.columns
    return Dataset(
        name=name,
        train_inputs=inputs[parts.train],
        train_targets=targets[parts.train],
        validation_inputs=inputs[parts.validation],
        validation_targets=targets[parts.validation],
        test_inputs=inputs[parts.test],
        test_targets=targets[parts.test],
        input_names=encoded.input_names,
        target_names=encoded.target.names,
        kind=encoded.target.kind,
        scaling=encoded.scaling,
        classes=encoded.target.classes,
    )
