"""How learners' notation is read: every form of it, what is ambiguous, what is asked, what is refused, and where."""

from collections.abc import Sequence

import pytest
from function_rows import AMBIGUOUS, READINGS
from refusal_rows import QUESTIONS, REFUSALS

from tutor.mathematics.notation.errors import ReadingError
from tutor.mathematics.notation.parser import read
from tutor.mathematics.notation.printing import plain
from tutor.mathematics.notation.scope import Scope


def named(rows: Sequence[tuple[object, ...]]) -> list[str]:
    return [f"{str(row[1])[:24]!r} with {row[0]}" for row in rows]


@pytest.mark.parametrize(("names", "text", "reading"), READINGS, ids=named(READINGS))
def test_what_is_typed_is_read(names: str, text: str, reading: str) -> None:
    found = read(text, Scope.of(names.split()))
    assert plain(found.tree) == reading
    assert found.other is None


@pytest.mark.parametrize(("names", "text", "reading", "other"), AMBIGUOUS, ids=named(AMBIGUOUS))
def test_what_many_people_mean_otherwise_has_two_readings(names: str, text: str, reading: str, other: str) -> None:
    found = read(text, Scope.of(names.split()))
    assert plain(found.tree) == reading
    assert found.other is not None
    assert plain(found.other) == other


@pytest.mark.parametrize(("names", "text", "position", "words"), REFUSALS, ids=named(REFUSALS))
def test_what_cannot_be_read_is_refused_at_its_character(names: str, text: str, position: int, words: str) -> None:
    with pytest.raises(ReadingError) as caught:
        read(text, Scope.of(names.split()))
    assert words in caught.value.message
    assert caught.value.position == position


@pytest.mark.parametrize(("names", "text", "position", "words"), QUESTIONS, ids=named(QUESTIONS))
def test_what_could_mean_two_things_is_asked(names: str, text: str, position: int, words: str) -> None:
    del position, words
    with pytest.raises(ReadingError, match=r"\?"):
        read(text, Scope.of(names.split()))


@pytest.mark.parametrize(("names", "text"), [(row[0], row[1]) for row in [*READINGS, *AMBIGUOUS]])
def test_a_reading_typed_back_is_read_the_same_way(names: str, text: str) -> None:
    scope = Scope.of(names.split())
    tree = read(text, scope).tree
    again = read(plain(tree), scope)
    assert again.tree == tree
    assert again.other is None


def test_the_tables_are_as_large_as_they_should_be() -> None:
    assert len(READINGS) + len(AMBIGUOUS) >= 250
    assert len(QUESTIONS) >= 25
    assert len(REFUSALS) >= 150
