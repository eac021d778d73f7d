"""A place among the tokens of a text, and what is said where one of them does not belong."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from tutor.mathematics.notation import limits
from tutor.mathematics.notation.errors import ReadingError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tutor.mathematics.notation.expression import Node
    from tutor.mathematics.notation.tokens import Token

Inner = TypeVar("Inner")
_STARTS_FACTOR = frozenset({"number", "name", "constant", "function", "(", "√"})


class Cursor:
    """Goes over the tokens, the last of which is an `end`; `token` is the next one, and `kind` its kind."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        """Stand before the first token."""
        self._tokens = tokens
        self._at = 0
        self._depth = 0
        self._bars = 0
        self.token = tokens[0]
        self.kind = self.token.kind

    def take(self) -> Token:
        """Return the next token and go past it."""
        token = self.token
        self._at += 1
        self.token = self._tokens[self._at]
        self.kind = self.token.kind
        return token

    def starts_factor(self) -> bool:
        """Whether the next token can begin another factor of a product without signs."""
        return self.kind in _STARTS_FACTOR or (self.kind == "|" and not self._bars)

    def deeper(self, read_inner: Callable[[], Node], refusal: str = "Too much is nested here.") -> Node:
        """Read something one level further inside; every way in which a parser calls itself goes through here.

        Raises ReadingError, with the refusal, where that is too deep.
        """
        self._depth += 1
        if self._depth > limits.NESTING:
            raise ReadingError(f"{refusal} Write it in parts.", self.token.start)
        inner = read_inner()
        self._depth -= 1
        return inner

    def between_brackets(self, read_inner: Callable[[], Inner]) -> Inner:
        """Read what stands between two brackets, where a | opens a new absolute value.

        Raises ReadingError where something else than the closing bracket follows.
        """
        self.take()
        bars, self._bars = self._bars, 0
        inner = read_inner()
        self._bars = bars
        self.expect(")")
        return inner

    def between_bars(self, read_inner: Callable[[], Node]) -> Node:
        """Read what stands between two bars. Raises ReadingError where the second one is missing."""
        opening = self.take()
        self._bars += 1
        inner = read_inner()
        self._bars -= 1
        if self.kind != "|":
            raise ReadingError("This | is never closed. Write | where the absolute value ends.", opening.start)
        self.take()
        return inner

    def expect(self, kind: str) -> None:
        """Go past a token of this kind. Raises ReadingError where another one stands."""
        if self.kind != kind:
            raise self.refusal()
        if kind != "end":
            self.take()

    def refusal(self) -> ReadingError:
        """Return the error that says why the next token does not belong here."""
        return ReadingError(_unexpected(self.token), self.token.start)


def _unexpected(token: Token) -> str:
    match token.kind:
        case "end":
            return "Something is missing at the end. Write what follows the last sign."
        case "*" | "/" | "^":
            return f"{token.text} needs something before and after it."
        case ",":
            return "A comma stands only between the arguments of max and min. Write decimals with a point."
        case ")":
            return "Something is missing before this bracket."
        case "%":
            return "% follows a number, such as 33.3%."
        case "raised":
            return "A raised number needs something before it."
        case _:
            return f"“{token.text}” is not expected here. Write + - * / or ^ before it."
