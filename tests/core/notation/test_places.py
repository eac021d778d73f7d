"""The place that a refusal is about is counted in the characters that were typed, also in letters of several parts."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.mathematics.notation.errors import ReadingError
from tutor.mathematics.notation.parser import read
from tutor.mathematics.notation.scope import Scope
from tutor.mathematics.notation.spelling import compose, place_before_composing

SCOPE = Scope.of(["ŷ", "x"])


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("y\u0302 + ?", 5),
        ("y\u0302y\u0302 + ?", 7),
        ("y\u0302*(x", 3),
        ("y\u0302 + ", 5),
        ("2 + q\u0302", 4),
        ("y\u0302 2 3", 5),
        ("ŷ + ?", 4),
        ("x + ?", 4),
    ],
)
def test_a_refusal_is_at_the_typed_character(text: str, position: int) -> None:
    with pytest.raises(ReadingError) as caught:
        read(text, SCOPE)
    assert caught.value.position == position


def test_reading_may_start_after_letters_of_several_parts() -> None:
    text = "y\u0302 = 2 + ?"
    with pytest.raises(ReadingError) as caught:
        read(text, SCOPE, 4)
    assert caught.value.position == text.index("?")
    assert read("y\u0302 = 3x", SCOPE, 4) == read("3x", SCOPE)


@given(st.text(st.sampled_from("xyeo+2 ŷéà\u0302\u0301\u0323")))
def test_every_place_of_the_composed_text_has_its_character(text: str) -> None:
    composed = compose(text)
    places = [place_before_composing(text, place) for place in range(len(composed))]
    assert places == sorted(places)
    assert place_before_composing(text, len(composed)) == len(text)
    for place, typed in enumerate(places):
        if not unicodedata.combining(composed[place]):  # several marks on one letter may change their order
            assert unicodedata.normalize("NFD", text[typed])[0] == unicodedata.normalize("NFD", composed[place])[0]
