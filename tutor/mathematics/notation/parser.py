"""A learner's mathematics to a tree: a recursive-descent parser over tokens that never evaluates anything.

    sum      term { (+|-) term }
    term     [+|-] power { [*|/] power }         a missing sign between two factors is a product
    power    primary { ^ exponent | ² | % }      grouped from the right
    primary  number, name, constant, function, ( sum ), | sum |, √ power

`1/2x` is read from left to right as (1/2)·x. Because many people mean 1/(2x), the other reading, in which a product
without a sign holds together more tightly, is made as well where it differs (`Reading.other`).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from tutor.mathematics.notation import limits
from tutor.mathematics.notation.cursor import Cursor
from tutor.mathematics.notation.errors import ReadingError
from tutor.mathematics.notation.expression import (
    Call,
    Constant,
    Name,
    Negative,
    Node,
    Number,
    Power,
    Quotient,
    Sum,
    product,
)
from tutor.mathematics.notation.functions import FUNCTIONS
from tutor.mathematics.notation.outline import check_size
from tutor.mathematics.notation.spelling import compose, place_before_composing
from tutor.mathematics.notation.tokens import Token, tokenize

if TYPE_CHECKING:
    from collections.abc import Callable

    from tutor.mathematics.notation.scope import Scope

_HUNDRED = Number(Fraction(100), "100")
_SIGNS = frozenset({"+", "-"})
_AFTER_BASE = frozenset({"^", "raised", "%"})
_PLAIN_FACTORS = frozenset({"number", "name", "constant"})
_SHORT_RAISED = 3  # digits that are read without another look


@dataclass(frozen=True, slots=True)
class Reading:
    """How a text was read; `other` is the other way to read it, where many people mean that one."""

    tree: Node
    other: Node | None = None


def read(text: str, scope: Scope, start: int = 0) -> Reading:
    """Read the text from `start` on as one formula.

    Raises ReadingError, with the character of the text it is about and what to write instead.
    """
    composed = compose(text)
    if composed == text:
        return _read(text, scope, start)
    try:
        return _read(composed, scope, len(compose(text[:start])))
    except ReadingError as error:
        raise ReadingError(error.message, place_before_composing(text, error.position)) from error


def _read(text: str, scope: Scope, start: int) -> Reading:
    tokens = tokenize(text, scope, start)
    parser = _Parser(tokens, scope, tight=False)
    tree = parser.whole()
    check_size(tree, start, len(tokens))
    if not parser.ambiguous:
        return Reading(tree)
    other = _Parser(tokens, scope, tight=True).whole()
    check_size(other, start, len(tokens))
    return Reading(tree, other if other != tree else None)


class _Parser(Cursor):
    """One pass over the tokens."""

    def __init__(self, tokens: list[Token], scope: Scope, *, tight: bool) -> None:
        super().__init__(tokens)
        self._scope = scope
        self._tight = tight
        self.ambiguous = False

    def whole(self) -> Node:
        if self.kind == "end":
            raise ReadingError("Nothing is written here yet. Write a number or a formula.", self.token.start)
        tree = self._sum()
        self.expect("end")
        return tree

    def _sum(self) -> Node:
        first = self._term()
        if self.kind not in _SIGNS:
            return first
        terms = [first]
        while self.kind in _SIGNS:
            minus = self.take().kind == "-"
            term = self._term()
            terms.append(Negative(term) if minus else term)
        return Sum(tuple(terms))

    def _term(self) -> Node:
        if self.kind in _SIGNS:
            return self._signed(self._term)
        factors = [self._side_by_side() if self._tight else self._power()]
        while True:
            if self.kind == "*":
                self.take()
                factors.append(self._factor())
            elif self.kind == "/":
                self.take()
                factors = [Quotient(product(factors), self._factor())]
                self.ambiguous |= self.starts_factor()
            elif self.starts_factor():
                factors.append(self._power())
            else:
                return product(factors)

    def _signed(self, operand: Callable[[], Node]) -> Node:
        """Read a sign and what it stands before."""
        minus = self.take().kind == "-"
        inner = self.deeper(operand, "Too many signs in a row.")
        if not minus:
            return inner
        if isinstance(inner, Number) and not inner.text.startswith("-"):
            return Number(-inner.value, "-" + inner.text) if inner.text else Number(-inner.value)
        return Negative(inner)

    def _factor(self) -> Node:
        if self.kind in _SIGNS:
            return self._signed(self._factor)
        return self._side_by_side() if self._tight else self._power()

    def _side_by_side(self) -> Node:
        """Read the product written without signs that starts here."""
        factors = [self._power()]
        while self.starts_factor():
            factors.append(self._power())
        return product(factors)

    def _power(self) -> Node:
        base = self._primary()
        while self.kind in _AFTER_BASE:
            if self.kind == "raised":
                base = Power(base, self._raised())
            elif self.take().kind == "%":
                base = _percent(base)
            else:
                base = Power(base, self.deeper(self._exponent, "Too many powers inside one another."))
        return base

    def _exponent(self) -> Node:
        """Read what follows ^: it takes a sign, and a further power from the right."""
        if self.kind in _SIGNS:
            return self._signed(self._exponent)
        exponent = self._power()
        if not self.starts_factor():
            return exponent
        self.ambiguous = True
        factors = [exponent]
        while self._tight and self.starts_factor():
            factors.append(self._power())
        return product(factors)

    def _raised(self) -> Node:
        token = self.take()
        if token.text.isdecimal() and len(token.text) <= _SHORT_RAISED:
            return Number(Fraction(int(token.text)), token.text)
        try:
            return _Parser(tokenize(token.text, self._scope), self._scope, tight=False).whole()
        except ReadingError as error:
            raise ReadingError(f"The small raised text is not read: {error.message}", token.start) from error

    def _primary(self) -> Node:
        match self.kind:
            case "number":
                return _number(self.take())
            case "name":
                return Name(self.take().text)
            case "(":
                return self.deeper(self._bracket)
            case "function":
                return self.deeper(self._function, "Too many functions inside one another.")
            case "constant":
                return Constant(self.take().text)
            case "|":
                return self.deeper(self._absolute)
            case "√":
                return self.deeper(self._root, "Too many roots inside one another.")
            case _:
                raise self.refusal()

    def _root(self) -> Node:
        self.take()
        if self.kind in _SIGNS:
            raise ReadingError("√ takes one factor. Write brackets around a sign: √(…).", self.token.start)
        return Call("sqrt", (self._power(),))

    def _bracket(self) -> Node:
        return self.between_brackets(self._sum)

    def _absolute(self) -> Node:
        return Call("abs", (self.between_bars(self._sum),))

    # -- functions

    def _function(self) -> Node:
        token = self.take()
        function = FUNCTIONS[token.text]
        power = self._power_of_function(token)
        if self.kind == "(":
            arguments = tuple(self.between_brackets(self._list))
        elif function.most == 1:
            arguments = (self._argument_without_brackets(token),)
        else:
            raise ReadingError(f"Write {token.text} with brackets and commas: {token.text}(a, b).", token.end)
        most = function.most
        if len(arguments) < function.least or (most is not None and len(arguments) > most):
            wanted = "one argument" if most == 1 else f"at least {function.least} arguments"
            raise ReadingError(f"{token.text} takes {wanted}; here are {len(arguments)}.", token.start)
        call = Call(token.text, arguments)
        return call if power is None else Power(call, power)

    def _list(self) -> list[Node]:
        found = [self._sum()]
        while self.kind == ",":
            self.take()
            found.append(self._sum())
        return found

    def _power_of_function(self, token: Token) -> Node | None:
        """Read the 2 of `tanh²(z)`; ask where it is the -1 of an inverse or of a reciprocal."""
        if self.kind == "raised":
            power = self._raised()
        elif self.kind == "^":
            self.take()
            power = self._signed(self._primary) if self.kind in _SIGNS else self._primary()
        else:
            return None
        value = limits.constant(power)
        if value is not None and value < 0:
            name = token.text
            message = f"Does {name}⁻¹ mean 1/{name}(…) or the inverse function? Write 1/{name}(…) if you mean that."
            raise ReadingError(message, token.start)
        return power

    def _argument_without_brackets(self, token: Token) -> Node:
        """Read the product after `ln`: up to a sign, a bracket or another function."""
        if self.kind == "end":
            raise ReadingError(f"Write what {token.text} is taken of: {token.text}(…).", self.token.start)
        return self._signed(self._plain_product) if self.kind in _SIGNS else self._plain_product()

    def _plain_product(self) -> Node:
        factors = [self._power()]
        while self.kind in _PLAIN_FACTORS:
            factors.append(self._power())
        if self.kind != "function" and self.starts_factor():
            self.ambiguous = True
            while self._tight and self.kind != "function" and self.starts_factor():
                factors.append(self._power())
        return product(factors)


def _number(token: Token) -> Node:
    """Return a number; one such as ½ is the division that it shows."""
    if "/" not in token.text:
        return Number(token.value, token.text)
    top, _, bottom = token.text.partition("/")
    return Quotient(Number(Fraction(top), top), Number(Fraction(bottom), bottom))


def _percent(base: Node) -> Node:
    if isinstance(base, Number) and "%" not in base.text:
        return Number(base.value / 100, base.text + "%")
    return Quotient(base, _HUNDRED)
