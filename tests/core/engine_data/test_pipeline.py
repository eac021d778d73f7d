"""The way from a table to data ready to train on, stage by stage."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.engine.data.batching import batches
from tutor.engine.data.cleaning import clean
from tutor.engine.data.columns import Numbers, Table
from tutor.engine.data.encoding import encode, one_hot, read_target
from tutor.engine.data.error import DataError
from tutor.engine.data.pipeline import PipelineSettings, prepare
from tutor.engine.data.reading import read_csv_bytes
from tutor.engine.data.scaling import normalise
from tutor.engine.data.splitting import split


def table(text: str) -> Table:
    return read_csv_bytes(text.encode(), "data.csv", "data")


def numbers(*columns: list[float]) -> Table:
    names = [*(f"x{place}" for place in range(1, len(columns))), "y"]
    parts = tuple(Numbers(name, np.array(values, dtype=float)) for name, values in zip(names, columns, strict=True))
    return Table("numbers", parts, "numbers")


# -- clean


def test_rows_with_missing_values_are_left_out_and_counted_by_column() -> None:
    cleaned = clean(table("a,b,y\n1,,3\n4,5,6\n?,NA,9\n7,8,\n1,2,3\n"))
    assert cleaned.table.row_count == 2
    assert [cleaned.table.line(row) for row in range(2)] == [3, 6]
    assert (cleaned.read, cleaned.incomplete, cleaned.copies) == (5, 3, 0)
    found = [(missing.column, missing.count, missing.first_line) for missing in cleaned.missing]
    assert found == [("column 1 (a)", 1, 4), ("column 2 (b)", 2, 2), ("column 3 (y)", 1, 5)]
    assert any("3 rows are left out" in sentence and "line 2" in sentence for sentence in cleaned.sentences)


def test_copies_are_left_out_and_counted() -> None:
    cleaned = clean(table("a,c,y\n1,red,3\n1,blue,3\n1,red,3\n1,red,4\n1,red,3.0\n-0,red,3\n0,red,3\n"))
    assert [cleaned.table.line(row) for row in range(4)] == [2, 3, 5, 7]
    assert (cleaned.copies, cleaned.first_copy) == (3, 4)
    kept = clean(table("a,y\n1,3\n1,3\n"), drop_copies=False)
    assert (kept.table.row_count, kept.copies) == (2, 0)


def test_the_last_row_can_be_the_first_copy() -> None:
    cleaned = clean(table("a,y\n1,3\n2,3\n2,3\n"))
    assert (cleaned.copies, cleaned.first_copy) == (1, 4)


def test_constant_inputs_are_told() -> None:
    cleaned = clean(table("a,land,b,y\n1,X,2,3\n1,X,3,4\n1,X,5,5\n"))
    assert cleaned.constant == ("column 1 (a)", "column 2 (land)")


def test_a_table_without_a_whole_row_is_refused() -> None:
    with pytest.raises(DataError, match=r"data\.csv: every row has a value missing in column 1 \(a\), column 2 \(y\)"):
        clean(table("a,y\n,1\n2,\n"))


# -- split


@pytest.mark.parametrize(
    ("count", "validation", "test", "sizes"),
    [
        (20_640, 0.15, 0.15, (14_448, 3_096, 3_096)),
        (100, 0.15, 0.15, (70, 15, 15)),
        (500, 0.0, 0.3, (350, 0, 150)),
        (4, 0.0, 0.3, (3, 0, 1)),
        (3, 0.15, 0.15, (1, 1, 1)),
        (2, 0.15, 0.15, (1, 0, 1)),
        (1, 0.15, 0.15, (1, 0, 0)),
        (10, 0.0, 0.0, (10, 0, 0)),
        (3, 0.0, 0.99, (1, 0, 2)),
    ],
)
def test_parts_have_their_shares(count: int, validation: float, test: float, sizes: tuple[int, int, int]) -> None:
    assert split(count, validation_share=validation, test_share=test).sizes == sizes


@settings(max_examples=80, deadline=None)
@given(
    classes=st.lists(st.integers(0, 3), min_size=1, max_size=200),
    validation=st.floats(0, 0.49),
    test=st.floats(0, 0.5),
    seed=st.integers(0, 1000),
)
def test_every_row_is_in_one_part_and_every_class_has_its_share(
    classes: list[int], validation: float, test: float, seed: int
) -> None:
    codes = np.array(classes)
    parts = split(len(classes), validation_share=validation, test_share=test, seed=seed, classes=codes)
    again = split(len(classes), validation_share=validation, test_share=test, seed=seed, classes=codes)
    assert sorted([*parts.train, *parts.validation, *parts.test]) == list(range(len(classes)))
    for part, same in ((parts.train, again.train), (parts.validation, again.validation), (parts.test, again.test)):
        assert np.array_equal(part, same)
        assert np.array_equal(part, np.sort(part))
        for number in set(classes):
            share = len(part) * classes.count(number) / len(classes)
            assert abs(int((codes[part] == number).sum()) - share) <= 2
    assert len(parts.train) >= 1


@pytest.mark.parametrize("seed", range(5))
def test_a_rare_class_has_its_share_in_every_part(seed: int) -> None:
    codes = np.array([1] * 10 + [0] * 90)
    parts = split(100, validation_share=0.2, test_share=0.3, seed=seed, classes=codes)
    assert [int(codes[part].sum()) for part in (parts.train, parts.validation, parts.test)] == [5, 2, 3]


def test_another_seed_splits_otherwise() -> None:
    assert not np.array_equal(split(100, seed=0).test, split(100, seed=1).test)


@pytest.mark.parametrize(("validation", "test"), [(0.5, 0.5), (0, 1), (-0.1, 0.1), (math.nan, 0.1), (0.1, math.inf)])
def test_shares_that_leave_nothing_are_refused(validation: float, test: float) -> None:
    with pytest.raises(DataError, match="share"):
        split(10, validation_share=validation, test_share=test)


# -- normalise


def test_g26_mean_and_deviation_are_those_of_the_training_rows() -> None:
    data = numbers([2, 4, 4, 4, 5, 5, 7, 9, 11], [0] * 9)
    standard = normalise(data, np.arange(8)).standards[0]
    assert standard is not None
    assert (standard.mean, standard.deviation) == (5, 2)
    encoded = encode(data, normalise(data, np.arange(8)), read_target(data))
    assert encoded.inputs[:, 0].tolist() == [-1.5, -0.5, -0.5, -0.5, 0, 0, 1, 2, 3]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(-10_000, 10_000), min_size=2, max_size=30), st.sampled_from([1e-200, 1e-3, 1.0, 1e200]))
def test_the_training_part_has_mean_0_and_deviation_1(values: list[int], size: float) -> None:
    data = numbers([value * size for value in values], [0.0] * len(values))
    prepared = prepare(data, PipelineSettings(validation_share=0, test_share=0, drop_copies=False))
    inputs = [Fraction(value) for value in prepared.dataset.train_inputs[:, 0].tolist()]
    mean = sum(inputs) / len(inputs)
    assert abs(mean) < Fraction(1, 10**9)
    variance = sum((value - mean) ** 2 for value in inputs) / len(inputs)
    if len(set(values)) > 1:
        assert abs(variance - 1) < Fraction(1, 10**9)
    original = prepared.dataset.scaling.original(prepared.dataset.train_inputs)
    assert np.allclose(original[:, 0], [value * size for value in values], rtol=1e-9, atol=1e-9 * size)


def test_what_is_only_in_the_test_part_changes_no_scale() -> None:
    text = "x,y\n" + "".join(f"{place},{place}\n" for place in range(40))
    first = prepare(table(text), PipelineSettings(seed=3))
    row = int(first.split.test[0])
    moved = text.replace(f"\n{row},{row}\n", f"\n1000000,{row}\n")
    second = prepare(table(moved), PipelineSettings(seed=3))
    assert second.normalised == first.normalised
    assert np.array_equal(first.dataset.train_inputs, second.dataset.train_inputs)
    assert not np.array_equal(first.dataset.test_inputs, second.dataset.test_inputs)


# -- encode


def test_texts_become_one_column_each() -> None:
    assert one_hot(np.array([0, 1, 2]), 3).tolist() == [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    settings_ = PipelineSettings(validation_share=0, test_share=0, scale=False)
    data = prepare(table("pet,old,x,y\ncat,yes,1,5\ndog,no,2,6\nbird,no,3,7\n"), settings_).dataset
    assert data.input_names == ("pet=bird", "pet=cat", "pet=dog", "old", "x")
    assert data.train_inputs.tolist() == [[0, 1, 0, 1, 1], [0, 0, 1, 0, 2], [1, 0, 0, 0, 3]]


def test_texts_are_never_scaled() -> None:
    data = prepare(table("pet,x,y\ncat,10,5\ndog,20,6\ncat,40,7\ndog,20,1\n")).dataset
    assert set(np.concatenate([data.train_inputs, data.test_inputs])[:, :2].ravel().tolist()) == {0.0, 1.0}


@pytest.mark.parametrize(
    ("cells", "wanted", "kind", "classes", "targets"),
    [
        (["1.5", "2", "3"], "auto", "regression", (), [[1.5], [2], [3]]),
        (["0", "1", "0"], "auto", "binary", ("0", "1"), [[0], [1], [0]]),
        (["1", "-1", "1"], "auto", "binary", ("-1", "1"), [[1], [0], [1]]),
        (["0", "1", "0"], "numbers", "regression", (), [[0], [1], [0]]),
        (["b", "a", "b"], "auto", "binary", ("a", "b"), [[1], [0], [1]]),
        (["true", "False", "true"], "auto", "binary", ("false", "true"), [[1], [0], [1]]),
        (["c", "a", "b"], "auto", "categorical", ("a", "b", "c"), [[0, 0, 1], [1, 0, 0], [0, 1, 0]]),
        (["1", "2", "3"], "auto", "regression", (), [[1], [2], [3]]),
        (["3", "10", "2"], "classes", "categorical", ("2", "3", "10"), [[0, 1, 0], [0, 0, 1], [1, 0, 0]]),
    ],
)
def test_the_last_column_says_what_is_learned(
    cells: list[str], wanted: str, kind: str, classes: tuple[str, ...], targets: list[list[float]]
) -> None:
    text = "x,y\n" + "".join(f"{place},{cell}\n" for place, cell in enumerate(cells))
    settings_ = PipelineSettings(validation_share=0, test_share=0, target=wanted)  # type: ignore[arg-type]  # of a table
    data = prepare(table(text), settings_).dataset
    assert (data.kind, data.classes) == (kind, classes)
    assert data.train_targets.tolist() == targets
    assert len(data.target_names) == data.train_targets.shape[1]


@pytest.mark.parametrize(
    ("cells", "wanted", "message"),
    [
        (["1.5", "2", "3"], "classes", "no class"),
        (["a", "a", "a"], "auto", "in every row"),
        (["a", "b", "a"], "numbers", "holds texts"),
        (["4", "4", "4"], "classes", "in every row"),
    ],
)
def test_a_target_of_another_kind_is_refused(cells: list[str], wanted: str, message: str) -> None:
    text = "x,y\n" + "".join(f"{place},{cell}\n" for place, cell in enumerate(cells))
    with pytest.raises(DataError, match=message) as caught:
        prepare(table(text), PipelineSettings(target=wanted))  # type: ignore[arg-type]  # of a table
    assert "column 2 (y)" in str(caught.value)


# -- batch


@pytest.mark.parametrize(
    ("examples", "size", "per_epoch", "last"),
    [(16_640, 32, 520, 32), (14_448, 32, 452, 16), (1000, 32, 32, 8), (100, None, 1, 100), (3, 10, 1, 3), (4, 1, 4, 1)],
)
def test_updates_per_epoch(examples: int, size: int | None, per_epoch: int, last: int) -> None:
    found = batches(examples, size)
    assert (found.per_epoch, found.last) == (per_epoch, last)
    assert [place for part in found.ranges for place in part] == list(range(examples))
    assert len(found.ranges) == per_epoch


def test_a_batch_of_nothing_is_refused() -> None:
    with pytest.raises(DataError, match="from 1"):
        batches(10, 0)


# -- the whole


def test_every_stage_tells_what_it_did() -> None:
    text = "size,colour,price\n" + "".join(f"{place},{'red' if place % 3 else 'blue'},{place}\n" for place in range(40))
    prepared = prepare(table(text + ",red,4\n"), PipelineSettings(batch_size=8))
    told = " ".join(prepared.sentences)
    for part in (
        "40 of 41 rows", "28 to train on, 6 to validate with, 6 to test with", "by the 28 training rows alone",
        "3 inputs, 2 of them one-hot (colour=blue, colour=red)", "price is a number", "4 updates an epoch",
    ):  # fmt: skip
        assert part in told
    assert prepared.dataset.sizes == (28, 6, 6)
