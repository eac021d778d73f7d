"""The course covers what it has to cover: each item has its place, and the numbers of the item are seen there."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from coverage_table import Places, Row, gaps, read_rows

ROOT = Path(__file__).parents[2]
TABLES = Path(__file__).parent / "coverage"
ITEMS = read_rows(TABLES / "items.tsv", ("id", "item", "numbers"))


def rows() -> list[Row]:
    paths = sorted({*TABLES.glob("*.tsv")} - {TABLES / "items.tsv"})
    return [row for path in paths for row in read_rows(path)]


def test_the_list_of_items_is_whole() -> None:
    assert Counter(item.id.partition("-")[0] for item in ITEMS) == {"S0": 28, "S1": 103, "S2": 41, "S3": 38, "S4": 129}
    assert len({item.id for item in ITEMS}) == 339


def test_every_item_is_covered_and_its_numbers_are_seen_there(capsys: pytest.CaptureFixture[str]) -> None:
    table = rows()
    found = list(gaps(ITEMS, table, Places(ROOT)))
    numbers = sum(len(row.numbers) for row in (*ITEMS, *table))
    with capsys.disabled():
        print(f"\n{len(ITEMS)} items, {len(table)} rows, {numbers} numbers looked for, {len(found)} gaps")
    assert not found, "\n" + "\n".join(found)


def small_course(folder: Path) -> Places:
    lessons = folder / "lessons"
    lessons.mkdir()
    (lessons / "course.md").write_text("---\ntitle: A course\nsection-1: One\n---\n", encoding="utf-8")
    (lessons / "glossary.md").write_text("## Loss\n\nHere it is 7.\n\n## Rate\n\nIt is 0.1.\n", encoding="utf-8")
    (lessons / "1-1-a.md").write_text(
        "---\nid: a\ntitle: A\nsection: 1\nneeds: []\nskills: [b]\n---\nIt begins at 9.\n\n## Then\n\nIt is 2.40 now.\n"
        '\n```card\ntitle = "Back"\nquestion = "Half?"\nanswer = "1/2 of −4"\n```\n',
        encoding="utf-8",
    )
    (folder / "test_a.py").write_text("def test_it() -> None:\n    assert 3 + 4 == 7\n", encoding="utf-8")
    return Places(folder)


@pytest.mark.parametrize(
    ("where", "numbers"),
    [
        ("a#A", "9"),
        ("a#Then", "2.4 -4 0.5"),
        ("a#Back", "0.5 -4"),
        ("glossary:loss", "7"),
        ("screen:home", ""),
        ("command:train", ""),
        ("test:test_a.py::test_it", "3 4 7"),
    ],
)
def test_a_place_that_shows_its_numbers_is_no_gap(where: str, numbers: str, tmp_path: Path) -> None:
    item = Row("items.tsv", 2, "X-1", "it", "", tuple(numbers.split()))
    row = Row("one.tsv", 2, "X-1", "it", where, tuple(numbers.split()))
    assert not list(gaps([item], [row], small_course(tmp_path)))


@pytest.mark.parametrize(
    ("where", "numbers", "said"),
    [
        ("a#A", "2.4", "does not show 2.4"),
        ("a#Back", "2.4", "does not show 2.4"),
        ("a#Nowhere", "", "no page or block “Nowhere”"),
        ("b#A", "", "no lesson b"),
        ("glossary:rate", "7", "does not show 7"),
        ("glossary:slope", "", "no entry “slope”"),
        ("screen:cinema", "", "no screen cinema"),
        ("command:fly", "", "no call gdtutor fly"),
        ("test:test_a.py::test_that", "", "no test test_that"),
        ("test:test_b.py::test_it", "", "no file test_b.py"),
        ("street:5", "", "is no place"),
    ],
)
def test_each_gap_is_named(where: str, numbers: str, said: str, tmp_path: Path) -> None:
    item = Row("items.tsv", 2, "X-1", "it", "", ())
    row = Row("one.tsv", 2, "X-1", "it", where, tuple(numbers.split()))
    (found,) = gaps([item], [row], small_course(tmp_path))
    assert said in found
    assert found.startswith("one.tsv:2: X-1")


def test_items_without_a_row_or_with_numbers_nowhere_are_gaps(tmp_path: Path) -> None:
    items = [Row("items.tsv", 2, "X-1", "it", "", ("9", "7")), Row("items.tsv", 3, "X-2", "that", "", ())]
    table = [Row("one.tsv", 2, "X-1", "it", "a#A", ()), Row("one.tsv", 3, "X-3", "?", "a#A", ())]
    found = list(gaps(items, table, small_course(tmp_path)))
    assert [line.partition(" “")[0] for line in found] == ["one.tsv:3: X-3", "items.tsv:2: X-1", "items.tsv:3: X-2"]
    assert "does not show 7" in found[1]


def test_a_row_that_cannot_be_read_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "one.tsv"
    path.write_text("id\titem\twhere\tnumbers\nX-1\tit\ta#A\t9\t8\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"one\.tsv:2: write id item where numbers"):
        read_rows(path)
    path.write_text("id item where numbers\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"one\.tsv:1"):
        read_rows(path)
