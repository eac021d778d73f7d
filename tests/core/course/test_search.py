"""The search: every way to write a name finds it, names come before texts, and nothing typed is ever a pattern."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.course.folding import folded, folded_words
from tutor.course.loader import load_course
from tutor.course.model import LessonHead
from tutor.course.search import Index, Item, PageTarget, excerpt, read_places, shown_words

HEAD = LessonHead("a", "A", 1, 1, (), (), Path("a.md"), None)
COURSE = Path(__file__).parents[2] / "screens" / "course"


def place(title: str, text: str = "", *names: str) -> Item:
    return Item("page 1", title, text, PageTarget(HEAD, 0), names)


def index_of(*items: Item) -> Index:
    index = Index()
    for item in items:
        index.add(item)
    return index


def titles(index: Index, text: str) -> list[str]:
    return [item.title for item in index.find(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("w₁", "w1"),
        ("w_1", "W1"),
        ("η", "eta"),
        ("ŷ", "y_hat"),
        ("∂E/∂w₁", "dE/dw1"),
        ("résumé", "RESUME"),
        ("mini-batch", "mini batch"),
        ("x²", "x^2"),
        ("e−3", "e-3"),
    ],
)
def test_ways_to_write_one_thing_are_one(one: str, other: str) -> None:
    assert folded_words(one) == folded_words(other)


def test_numbers_to_be_filled_in_are_no_words() -> None:
    assert folded_words("It said {{y@1 | 2 decimals}} then") == ("it", "said", "then")


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded_words(folded(text)) == folded_words(text)


def test_beginnings_of_words_find_and_all_words_are_needed() -> None:
    index = index_of(place("The chain rule", "rates multiply"), place("Links", "a chain of rules"), place("Rulers"))
    assert titles(index, "chai rul") == ["The chain rule", "Links"]
    assert titles(index, "rul") == ["The chain rule", "Rulers", "Links"]
    assert titles(index, "hain") == []
    assert titles(index, "chain rulers") == []


def test_the_name_itself_comes_first() -> None:
    index = index_of(place("batch size"), place("a batch"), place("learning rate", "", "η"), place("Batch", ""))
    assert titles(index, "batch")[0] == "Batch"
    assert titles(index, "eta") == ["learning rate"]


@pytest.mark.parametrize("text", ["", "   ", ".*", "((((", "[^-", "\\", "?", "'; --", "\x00"])
def test_text_without_words_finds_nothing(text: str) -> None:
    assert index_of(place("anything", "a b c")).find(text) == []


@given(st.text(max_size=40), st.lists(st.text(min_size=1, max_size=20), max_size=5))
def test_exactly_the_places_with_all_words_are_found(text: str, texts: list[str]) -> None:
    index = index_of(*(place(f"t{number}", content) for number, content in enumerate(texts)))
    wanted = folded_words(text)
    expected = {
        f"t{number}"
        for number, content in enumerate(texts)
        if wanted and all(any(word.startswith(w) for word in (f"t{number}", *folded_words(content))) for w in wanted)
    }
    assert set(titles(index, text)) == expected


def test_an_index_that_grows_finds_what_is_new() -> None:
    index = index_of(place("one"))
    assert titles(index, "two") == []
    index.add(place("two"))
    assert titles(index, "two") == ["two"]


def test_excerpts_begin_a_little_before_the_first_word() -> None:
    item = place("t", "one two three four five six w₁ seven eight")
    assert excerpt(item, "W1") == "… three four five six w₁ seven eight"
    assert excerpt(item, "two") == item.text
    assert excerpt(item, "absent") == item.text


def test_marks_are_not_shown() -> None:
    markdown = "See [bias](#bias), **now** `w1`.\n\n```text\na·b\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |"
    assert shown_words(markdown) == "See bias, now w1. a·b a b 1 2"


def test_a_course_is_read_page_by_page() -> None:
    course = load_course(COURSE)
    items = [item for found in read_places(course) for item, _ in found]
    pages = [item.target for item in items if isinstance(item.target, PageTarget)]
    assert pages[:4] == [PageTarget(course.lessons[0], number) for number in range(4)]
    assert items[0].title == "4.1 One weight"
    assert items[1].title.startswith("4.1 One weight: ")


def test_a_lesson_with_a_fault_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "course.md").write_text("---\ntitle: C\nsection-1: S\n---\n", encoding="utf-8")
    head = "---\nid: {0}\ntitle: {0}\nsection: 1\nneeds: []\nskills: []\n---\n"
    (tmp_path / "1-1-a.md").write_text(head.format("bad") + "```nothing\n```\n", encoding="utf-8")
    (tmp_path / "1-2-b.md").write_text(head.format("good") + "Text.\n", encoding="utf-8")
    (tmp_path / "glossary.md").write_text("no title\n", encoding="utf-8")
    found = [item.title for items in read_places(load_course(tmp_path)) for item, _ in items]
    assert found == ["1.2 good"]


def test_cards_are_found_by_their_answers_and_do_not_show_them(tmp_path: Path) -> None:
    (tmp_path / "course.md").write_text("---\ntitle: C\nsection-1: S\n---\n", encoding="utf-8")
    card = '```card\ntitle = "Minus"\nquestion = "Why?"\nanswer = "Because it descends."\n```\n'
    lesson = f"---\nid: a\ntitle: A\nsection: 1\nneeds: []\nskills: []\n---\nText.\n\n## Two\n\n{card}"
    (tmp_path / "1-1-a.md").write_text(lesson, encoding="utf-8")
    index = Index()
    for found in read_places(load_course(tmp_path)):
        for item, hidden in found:
            index.add(item, hidden)
    kinds = {item.kind: item for item in index.find("descends")}
    assert set(kinds) == {"card", "page 2"}
    assert kinds["card"].text == "Why?"
    assert all("descends" not in item.text for item in kinds.values())
