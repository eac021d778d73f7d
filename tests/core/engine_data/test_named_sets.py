"""The sets with a name: their shapes, their formulas, and that a seed makes them again."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.engine.data.columns import Numbers
from tutor.engine.data.error import DataError
from tutor.engine.data.housing import HOUSING_COLUMNS
from tutor.engine.data.named import NAMED_SETS, named_table
from tutor.engine.error import EngineError


def columns(name: str, seed: int = 0, noise: float | None = None) -> list[np.ndarray]:
    found = []
    for column in named_table(name, seed=seed, noise=noise).columns:
        assert isinstance(column, Numbers)
        found.append(column.values)
    return found


def test_line_is_two_x_plus_one_with_noise_of_three_tenths() -> None:
    x, y = columns("line", seed=3)
    assert len(x) == 100
    assert np.allclose(x, [-3 + 6 * place / 99 for place in range(100)], rtol=0, atol=1e-15)
    assert np.array_equal(y, 2 * x + 1 + 0.3 * np.random.default_rng(3).standard_normal(100))


def test_line_without_noise_is_exact() -> None:
    x, y = columns("line", noise=0.0)
    assert np.array_equal(y, 2 * x + 1)


def test_plane_is_a_tenth_of_the_sum() -> None:
    x1, x2, y = columns("plane")
    assert len(y) == 500
    assert np.allclose(y, (x1 + x2) / 10, rtol=1e-15)
    assert max(np.abs(x1).max(), np.abs(x2).max()) <= 6


@pytest.mark.parametrize("name", ["circle", "xor", "gauss", "spiral"])
def test_classes_have_half_of_500_points_each(name: str) -> None:
    x1, x2, label = columns(name)
    assert len(x1) == len(x2) == 500
    assert sorted(set(label.tolist())) == [0, 1]
    assert label.sum() == 250
    assert 50 < label[:250].sum() < 200  # in no order


def test_circle_is_a_disc_in_a_ring() -> None:
    x1, x2, label = columns("circle", seed=1)
    radius = np.hypot(x1, x2)
    assert radius[label == 1].max() <= 2.5
    assert 3.5 <= radius[label == 0].min() <= radius.max() <= 5 + 1e-12


def test_xor_tells_whether_the_signs_agree() -> None:
    x1, x2, label = columns("xor", seed=1)
    assert np.array_equal(label == 1, x1 * x2 > 0)
    assert min(np.abs(x1).min(), np.abs(x2).min()) >= 0.3
    assert sorted(np.unique(np.sign(x1) + 3 * np.sign(x2), return_counts=True)[1].tolist()) == [125] * 4


def test_gauss_is_two_clouds_of_variance_one_half() -> None:
    x1, x2, label = columns("gauss", seed=1)
    for number, centre in ((1, 2), (0, -2)):
        for x in (x1[label == number], x2[label == number]):
            assert abs(x.mean() - centre) < 4 * (0.5 / 250) ** 0.5
            assert abs(x.var() - 0.5) < 4 * 0.5 * (2 / 250) ** 0.5


def test_spiral_has_two_arms_of_one_and_three_quarter_turns() -> None:
    x1, x2, label = columns("spiral")
    radius = np.hypot(x1, x2)
    for number in (0, 1):
        order = np.argsort(radius[label == number])
        angle = np.unwrap(np.arctan2(x1[label == number][order], x2[label == number][order]))
        turned = (angle[-1] - angle[0]) / (2 * np.pi)
        assert turned == pytest.approx(1.75 * 249 / 250, rel=1e-12)
        assert np.allclose(np.diff(radius[label == number][order]), 5 / 250, rtol=1e-9)
    opposite = {(round(-a, 9), round(-b, 9)) for a, b in zip(x1[label == 0], x2[label == 0], strict=True)}
    assert opposite == {(round(a, 9), round(b, 9)) for a, b in zip(x1[label == 1], x2[label == 1], strict=True)}


def test_housing_has_the_columns_and_says_that_it_is_made_up() -> None:
    table = named_table("housing", seed=4)
    assert [column.name for column in table.columns] == [column.name for column in HOUSING_COLUMNS]
    assert [column.name for column in HOUSING_COLUMNS][-1] == "MedHouseVal"
    assert all(column.meaning and column.unit for column in HOUSING_COLUMNS)
    assert any("synthetic" in note for note in table.notes)
    income, age, *_, latitude, longitude, value = columns("housing", seed=4)
    assert 0.5 <= income.min() <= income.max() <= 15
    assert 1 <= age.min() <= age.max() <= 52
    assert 31 < latitude.min() <= latitude.max() < 43
    assert -125 < longitude.min() <= longitude.max() < -114
    assert 0.15 <= value.min() <= value.max() <= 5
    assert np.corrcoef(income, value)[0, 1] > 0.5


def test_the_lessons_sets_are_their_numbers() -> None:
    assert [c.tolist() for c in columns("four-points")] == [[1, 2, 3, 4], [3, 5, 7, 9]]
    x1, x2, t = columns("three-examples")
    assert np.array_equal(t, 2 * x1**2 + 3 * x2)
    assert [c.tolist() for c in columns("truth-table")] == [[0, 0, 1, 1], [0, 1, 0, 1], [0, 1, 1, 0]]


@settings(max_examples=30, deadline=None)
@given(name=st.sampled_from(sorted(NAMED_SETS)), seed=st.integers(0, 2**63 - 1), noise=st.sampled_from([0.0, 0.5]))
def test_the_same_seed_makes_the_same_set(name: str, seed: int, noise: float) -> None:
    noise = 0.0 if NAMED_SETS[name].noise is None else noise
    first, again = columns(name, seed, noise), columns(name, seed, noise)
    assert all(np.array_equal(one, other) for one, other in zip(first, again, strict=True))
    assert all(np.isfinite(column).all() for column in first)


@pytest.mark.parametrize("name", ["circle", "xor", "gauss", "spiral"])
def test_noise_moves_points_and_leaves_classes(name: str) -> None:
    still, moved = columns(name, 5, 0.0), columns(name, 5, 0.25)
    assert np.array_equal(still[2], moved[2])
    shift = np.concatenate([moved[0] - still[0], moved[1] - still[1]])
    assert shift.std() == pytest.approx(0.25, rel=0.15)


def test_what_cannot_be_made_is_told() -> None:
    with pytest.raises(EngineError, match="Did you mean spiral"):
        named_table("sprial")
    with pytest.raises(DataError, match="takes no noise"):
        named_table("four-points", noise=0.1)
    for noise in (-1.0, float("nan"), float("inf")):
        with pytest.raises(DataError, match="write a number from 0"):
            named_table("line", noise=noise)
