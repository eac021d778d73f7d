"""A synthetic table with the columns of California housing: made by seed, nothing of it was ever measured.

The real set (20,640 census block groups of 1990) is not shipped; a file of it is read like any other CSV file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tutor.engine.data.columns import Numbers, Table

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ColumnMeaning:
    """What a column tells, and in which unit."""

    name: str
    meaning: str
    unit: str


HOUSING_COLUMNS = (
    ColumnMeaning("MedInc", "median income of the households in the block group", "10,000 US dollars"),
    ColumnMeaning("HouseAge", "median age of the houses", "years"),
    ColumnMeaning("AveRooms", "rooms per household, on average", "rooms"),
    ColumnMeaning("AveBedrms", "bedrooms per household, on average", "rooms"),
    ColumnMeaning("Population", "people who live in the block group", "people"),
    ColumnMeaning("AveOccup", "people per household, on average", "people"),
    ColumnMeaning("Latitude", "how far north", "degrees"),
    ColumnMeaning("Longitude", "how far east; west is negative", "degrees"),
    ColumnMeaning("MedHouseVal", "median value of the houses: the target", "100,000 US dollars"),
)
HOUSING_ROWS = 500
# Around which places people live, and with which share: latitude, longitude, how far from the coast (degrees).
_PLACES = ((34.0, -118.2, 0.2), (37.7, -122.2, 0.2), (32.8, -117.1, 0.1), (36.7, -119.8, 1.9), (38.6, -121.4, 1.1))
_SHARES = (0.4, 0.25, 0.12, 0.11, 0.12)
_LOWEST, _HIGHEST = 0.15, 5.0  # the real survey cut the values off there


def housing_table(seed: int, noise: float) -> Table:
    """Return the synthetic table: 500 rows, the ranges roughly those of the real one.

    `noise` is the standard deviation of the normal noise on the value of the houses, in its unit.
    """
    random = np.random.default_rng(seed)
    count = HOUSING_ROWS
    place = random.choice(len(_PLACES), count, p=_SHARES)
    latitude, longitude, inland = np.array(_PLACES)[place].T + random.normal(0.0, [[0.35], [0.3], [0.1]], (3, count))
    income = np.clip(np.exp(random.normal(1.25, 0.45, count)), 0.5, 15.0)
    age = np.clip(random.normal(28.6, 12.6, count), 1.0, 52.0).round()
    rooms = np.clip(3.4 + 0.5 * income + random.normal(0.0, 0.7, count), 1.0, None)
    bedrooms = np.clip(random.normal(1.07, 0.08, count), 0.5, None)
    population = np.clip(np.exp(random.normal(7.05, 0.65, count)), 3.0, 35_000.0).round()
    occupants = np.clip(random.normal(2.95, 0.6, count), 1.0, None)
    value = 0.55 + 0.43 * income + 0.008 * (age - 28.6) - 0.35 * np.abs(inland) - 0.2 * (occupants - 2.95)
    value = np.clip(value + noise * random.standard_normal(count), _LOWEST, _HIGHEST)
    values = (income, age, rooms, bedrooms, population, occupants, latitude, longitude, value)
    return Table(
        "synthetic housing",
        tuple(_rounded(column.name, found) for column, found in zip(HOUSING_COLUMNS, values, strict=True)),
        source="the synthetic housing sample",
        notes=("this is a synthetic sample with the columns of California housing: no row of it was ever measured.",),
    )


def _rounded(name: str, values: Floats) -> Numbers:
    return Numbers(name, values.round(4))
