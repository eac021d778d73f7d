"""Front matter: every line of it is read, or its fault is named with file, line and what to write."""

import string
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.course.error import LessonError
from tutor.course.front_matter import FrontMatter, read_front_matter

PATH = Path("lessons/4-3-two-suspects.md")

keys = st.from_regex(r"[a-z][a-z0-9-]{0,11}", fullmatch=True)
letters = st.sampled_from(string.ascii_letters + "0123456789 -–'.’éŷ∂₁?!()=/")
words = st.builds(
    lambda first, rest: (first + rest).strip(),
    st.sampled_from(string.ascii_letters + "0123456789é∂"),
    st.text(letters, max_size=20),
)
values = words | st.lists(words, max_size=5).map(tuple)


def read(text: str) -> FrontMatter:
    return read_front_matter(text, PATH)


def write(values: Mapping[str, str | tuple[str, ...]]) -> str:
    rows = (
        f"{key}: [{', '.join(value)}]" if isinstance(value, tuple) else f"{key}: {value}"
        for key, value in values.items()
    )
    return "\n".join(["---", *rows, "---", "", "Text."])


@given(st.dictionaries(keys, values, max_size=6))
def test_what_was_written_is_read(written: dict[str, str | tuple[str, ...]]) -> None:
    front_matter = read(write(written))
    assert front_matter.values == written
    assert list(front_matter.lines.values()) == list(range(2, len(written) + 2))
    assert front_matter.length == len(written) + 2
    for key, value in written.items():
        assert value == (front_matter.items(key) if isinstance(value, tuple) else front_matter.text(key))


def test_blanks_around_values_and_blank_lines_mean_nothing() -> None:
    front_matter = read("---  \n\nid:   a-b  \nneeds: [ one ,two ]\n---\nid: not read\n")
    assert front_matter.values == {"id": "a-b", "needs": ("one", "two")}
    assert front_matter.length == 5


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "the file does not start with front matter. Make its first line ---"),
        ("# Title\n", 1, "the file does not start with front matter. Make its first line ---"),
        ("---\nid: a\n", 1, "the front matter does not end. Close it with a second line ---"),
        (
            "---\nid = a\n---\n",
            2,
            "cannot read “id = a”. Write it as key: value, the key in lower case.",
        ),
        ("---\nId: a\n---\n", 2, "cannot read “Id: a”. Write it as key: value, the key in lower case."),
        ("---\nid:a\n---\n", 2, "cannot read “id:a”. Write it as key: value, the key in lower case."),
        ("---\n  id: a\n---\n", 2, "cannot read “  id: a”. Write it as key: value, the key in lower case."),
        ("---\nid:\n---\n", 2, "id has no value. Write id: value, or id: [] for none."),
        ("---\nid: a\nid: b\n---\n", 3, "id stands twice, first in line 2. Keep one of them."),
        ("---\nneeds: [a, b\n---\n", 2, "the list of needs does not end in this line. Close it with ]"),
        (
            "---\nneeds: [a, , b]\n---\n",
            2,
            "the list of needs has an empty place. Put exactly one comma between two items.",
        ),
        ("---\nneeds: [a, [b]]\n---\n", 2, "“[b]” holds a bracket. Lists here hold plain words only."),
        (
            '---\ntitle: "Two"\n---\n',
            2,
            'a value cannot start with " here. Begin with a letter, without quotes.',
        ),
        (
            "---\ntitle: - a\n---\n",
            2,
            "a value cannot start with - here. Begin with a letter, without quotes.",
        ),
        (
            "---\ntitle: Two suspects: w5 and w1\n---\n",
            2,
            "a colon inside a value starts a new key in YAML. Write a comma or a dash.",
        ),
        (
            "---\ntitle: Why:\n---\n",
            2,
            "a colon inside a value starts a new key in YAML. Write a comma or a dash.",
        ),
        ("---\ntitle: a #b\n---\n", 2, "a # after a space starts a comment in YAML. Leave it out."),
    ],
)
def test_faults_name_file_line_and_what_to_write(text: str, line: int, message: str) -> None:
    with pytest.raises(LessonError) as caught:
        read(text)
    assert str(caught.value) == f"{PATH}:{line}: {message}"


def test_a_missing_key_is_named() -> None:
    with pytest.raises(LessonError, match=r":1: the front matter has no title. Add a line title: …$"):
        read("---\nid: a\n---\n").text("title")


def test_a_list_where_one_value_belongs() -> None:
    with pytest.raises(LessonError, match=r":2: id takes one value. Write it without \[ and \].$"):
        read("---\nid: [a]\n---\n").text("id")


def test_one_value_where_a_list_belongs() -> None:
    with pytest.raises(LessonError, match=r":2: needs takes a list. Write needs: \[a\]$"):
        read("---\nneeds: a\n---\n").items("needs")


@pytest.mark.parametrize(
    ("key", "advice"),
    [("need", "Did you mean needs?"), ("colour", "Known here: id, needs, skills.")],
)
def test_an_unknown_key_leads_to_the_known_ones(key: str, advice: str) -> None:
    front_matter = read(f"---\nid: a\n{key}: b\n---\n")
    with pytest.raises(LessonError) as caught:
        front_matter.check_keys(("id", "needs", "skills"))
    assert str(caught.value) == f"{PATH}:3: the key {key} is not known. {advice}"
