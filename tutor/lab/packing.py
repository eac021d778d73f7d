"""Packing small choices and numbers into one short word, and reading it back.

Everything becomes a digit of a number with changing radix, so that no part of a bit is wasted. That number is written
with 32 signs, none of which is mistaken for another when it is copied by hand; where that would be too long, with all
signs of a keyboard behind a mark, and then capital and small letters differ.
"""

from __future__ import annotations

from fractions import Fraction

from tutor.digest import digest_of
from tutor.lab.error import LabError

_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MORE_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+,/:;<=>?@[]^_{|}~"
_MARK = "."
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})
_LONGEST = 64
_CHECK = 512
_EXPONENTS = range(-12, 10)
_MANY_DIGITS, _MOST_DIGITS = 5, 20


class Packer:
    """Takes digits, first to last, and writes them as a word."""

    def __init__(self) -> None:
        self._digits: list[tuple[int, int]] = []

    def choice(self, value: int, radix: int) -> None:
        """Take one of `radix` values, counted from 0."""
        assert 0 <= value < radix
        self._digits.append((value, radix))

    def whole(self, value: int) -> None:
        """Take a whole number from 0: how many digits it has, then these."""
        digits = len(str(value)) if value else 0
        if digits > _MOST_DIGITS:
            raise LabError("A number here is too long for a lab code. Write a shorter one.")
        self.choice(min(digits, _MANY_DIGITS), _MANY_DIGITS + 1)
        if digits >= _MANY_DIGITS:
            self.choice(digits, _MOST_DIGITS + 1)
        self.choice(value, 10**digits)

    def number(self, value: Fraction) -> None:
        """Take a fraction from 0, exactly; a decimal takes least."""
        decimal = _decimal(value)
        if decimal is None:
            self.choice(0, len(_EXPONENTS) + 1)
            self.whole(value.numerator)
            self.whole(value.denominator - 1)
        else:
            mantissa, exponent = decimal
            self.choice(_EXPONENTS.index(exponent) + 1, len(_EXPONENTS) + 1)
            self.whole(mantissa)

    def signed(self, value: Fraction) -> None:
        """Take a fraction with its sign."""
        self.choice(int(value < 0), 2)
        self.number(abs(value))

    def word(self, longest: int) -> str:
        """Return the word, its last part a check against slips of the pen; in groups of five where there is room.

        It is longer than allowed where all of this cannot be said shorter.
        """
        packed = 1
        for value, radix in reversed(self._digits):
            packed = packed * radix + value
        packed = packed * _CHECK + _check(packed)
        word = _written(packed, _SIGNS)
        if len(word) > longest:
            return _MARK + _written(packed, _MORE_SIGNS)
        dashed = "-".join(word[start : start + 5] for start in range(0, len(word), 5))
        return dashed if len(dashed) <= longest else word


class Unpacker:
    """Gives the digits of a word back, first to last."""

    def __init__(self, word: str) -> None:
        """Read a word, with or without dashes, and mostly in small or capital letters. Raises LabError for none."""
        given = "".join(word.split()).replace("-", "")
        signs = _MORE_SIGNS if given.startswith(_MARK) else _SIGNS
        given = given.removeprefix(_MARK) if signs is _MORE_SIGNS else given.upper().translate(_MISREAD)
        if not given or len(given) > _LONGEST or any(sign not in signs for sign in given):
            raise LabError("This is no lab code. A code has digits and letters, as the lab shows it.")
        packed = 0
        for sign in given:
            packed = packed * len(signs) + signs.index(sign)
        self._packed, check = divmod(packed, _CHECK)
        if check != _check(self._packed):
            raise LabError("This lab code has a slip in it. Compare it with the original, sign by sign.")

    def choice(self, radix: int) -> int:
        """Return one of `radix` values."""
        self._packed, value = divmod(self._packed, radix)
        if not self._packed:
            raise LabError("This lab code is not whole. Copy all of it.")
        return value

    def whole(self) -> int:
        """Return a whole number from 0."""
        digits = self.choice(_MANY_DIGITS + 1)
        if digits == _MANY_DIGITS:
            digits = self.choice(_MOST_DIGITS + 1)
        return self.choice(10**digits)

    def number(self) -> Fraction:
        """Return a fraction from 0."""
        place = self.choice(len(_EXPONENTS) + 1)
        top = self.whole()
        if place:
            return top * Fraction(10) ** _EXPONENTS[place - 1]
        return Fraction(top, self.whole() + 1)

    def signed(self) -> Fraction:
        """Return a fraction with its sign."""
        return -self.number() if self.choice(2) else self.number()

    def end(self) -> None:
        """Raise LabError if something is left."""
        if self._packed != 1:
            raise LabError("This lab code comes from another version of gdtutor, and cannot be read here.")


def _written(packed: int, signs: str) -> str:
    word = ""
    while packed:
        packed, place = divmod(packed, len(signs))
        word = signs[place] + word
    return word


def _decimal(value: Fraction) -> tuple[int, int] | None:
    """Return mantissa and exponent of a number that is a short decimal, None for any other."""
    for exponent in reversed(_EXPONENTS):
        mantissa = value / Fraction(10) ** exponent
        if mantissa.denominator == 1:
            return mantissa.numerator, exponent
    return None


def _check(packed: int) -> int:
    digest = digest_of(packed.to_bytes((packed.bit_length() + 7) // 8 or 1))
    return int.from_bytes(digest[:2]) % _CHECK
