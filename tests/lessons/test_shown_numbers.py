"""Finding numbers in texts as learners read them."""

from fractions import Fraction

import pytest
from shown_numbers import exactly, missing, numbers_in, rounded, stands_in


@pytest.mark.parametrize(
    ("wanted", "text"),
    [
        ("520", "so `∂E/∂w1 = 26·20 = 520`."),
        ("-0.0026", "the new `w5` is −0.0026"),
        ("-0.0026", "w5 = -0.0026"),
        ("-4", "the slope at (−2, −4)"),
        ("0.052", "1 − 0.052"),
        ("3", "5−3"),
        ("3", "t-3"),
        ("16640", "16 640 rows"),
        ("16640", "16,640 rows"),
        ("16640", "16\u202f640 rows"),
        ("16640", "16640"),
        ("0.3567", "≈ 0.356675"),
        ("98.904", "E ≈ 98.9037"),
        ("1/3", "a third is 1/3"),
        ("-1/3", "(−1/3, 1/3)"),
        ("0.5", "½ of it"),
        ("1/2", "that is 0.5"),
        ("9.54e-7", "9.53674316·10⁻⁷"),
        ("9.54e-7", "9.5367e-07"),
        ("0.25|1/4", "at most 1/4"),
        ("2", "two inputs"),
        ("100", "100 %"),
        ("7.5", "h1=7.5"),
        ("4", "and 4."),
    ],
)
def test_a_number_is_found(wanted: str, text: str) -> None:
    assert stands_in(wanted, numbers_in(text))


@pytest.mark.parametrize(
    ("wanted", "text"),
    [
        ("5", "w5 and x_5 and h₅"),
        ("2", "x² + y^2"),
        ("3", "3.4"),
        ("4", "3.4"),
        ("0.0026", "moved to −0.0026"),
        ("-6", "6"),
        ("4.7232", "4.72"),
        ("4.7232", "4.7222"),
        ("0.3567", "0.3561"),
        ("20", "520"),
        ("1/4", "1/40"),
        ("9.54e-7", "9.54"),
        ("0.63|5/8", "0.6"),
    ],
)
def test_another_number_is_not_taken_for_it(wanted: str, text: str) -> None:
    assert not stands_in(wanted, numbers_in(text))


def test_values_that_are_there_in_full_are_rounded_to_what_is_looked_for() -> None:
    values = exactly([Fraction(2, 3), Fraction(534)])
    assert missing(["0.667", "0.66667", "534", "0.66", "533"], values) == ["0.66", "533"]
    assert missing(["2.4", "9"], rounded([2.4000000000000004, 9.000000000000002])) == []


def test_what_is_no_number_is_told() -> None:
    with pytest.raises(ValueError, match="no number"):
        stands_in("many", numbers_in("1"))
