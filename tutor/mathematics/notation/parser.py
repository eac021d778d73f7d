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
from tutor.mathematics.notation.tokens import Token, plain_text, tokenize

if TYPE_CHECKING:
    from collections.abc import Callable

    from tutor.mathematics.notation.scope import Scope

_HUNDRED = Number(Fraction(100), "100")
_STARTS_FACTOR = frozenset({"number", "name", "constant", "function"})


@dataclass(frozen=True, slots=True)
class Reading:
    """How a text was read; `other` is the other way to read it, where many people mean that one."""

    tree: Node
    other: Node | None = None


def read(text: str, scope: Scope, start: int = 0) -> Reading:
    """Read the text from `start` on as one formula.

    Raises ReadingError, with the character it is about and what to write instead.
    """
    text = plain_text(text)
    tokens = tokenize(text, scope, start)
    parser = _Parser(tokens, scope, tight=False)
    tree = parser.whole()
    limits.check_size(tree, start)
    if not parser.ambiguous:
        return Reading(tree)
    other = _Parser(tokens, scope, tight=True).whole()
    limits.check_size(other, start)
    return Reading(tree, other if other != tree else None)


class _Parser:
    """One pass over the tokens."""

    def __init__(self, tokens: list[Token], scope: Scope, *, tight: bool) -> None:
        self._tokens = tokens
        self._scope = scope
        self._tight = tight
        self._at = 0
        self._depth = 0
        self._bars = 0
        self.ambiguous = False

    # -- tokens

    @property
    def _next(self) -> Token:
        return self._tokens[self._at]

    def _sees(self, *signs: str) -> bool:
        token = self._tokens[self._at]
        return token.kind == "sign" and token.text in signs

    def _take(self) -> Token:
        token = self._tokens[self._at]
        self._at += 1
        return token

    # -- grammar

    def whole(self) -> Node:
        first = self._tokens[0]
        if first.kind == "end":
            raise ReadingError("Nothing is written here yet. Write a number or a formula.", first.start)
        tree = self._sum()
        left = self._tokens[self._at]
        if left.kind != "end":
            raise ReadingError(self._unexpected(left), left.start)
        return tree

    def _deeper(self, read_inner: Callable[[], Node], refusal: str = "Too much is nested here.") -> Node:
        """Read something one level further inside; every way in which the parser calls itself goes through here."""
        self._depth += 1
        if self._depth > limits.NESTING:
            raise ReadingError(f"{refusal} Write it in parts.", self._next.start)
        inner = read_inner()
        self._depth -= 1
        return inner

    def _sum(self) -> Node:
        terms = [self._term()]
        while self._sees("+", "-"):
            minus = self._take().text == "-"
            term = self._term()
            terms.append(Negative(term) if minus else term)
        return terms[0] if len(terms) == 1 else Sum(tuple(terms))

    def _term(self) -> Node:
        if self._sees("+", "-"):
            return self._signed(self._term)
        factors = [self._side_by_side() if self._tight else self._power()]
        while True:
            if self._sees("*"):
                self._take()
                factors.append(self._factor())
            elif self._sees("/"):
                self._take()
                factors = [Quotient(product(factors), self._factor())]
                self._note_denominator()
            elif self._starts_factor():
                factors.append(self._power())
            else:
                return product(factors)

    def _signed(self, operand: Callable[[], Node]) -> Node:
        """Read a sign and what it stands before."""
        minus = self._take().text == "-"
        inner = self._deeper(operand, "Too many signs in a row.")
        if not minus:
            return inner
        if isinstance(inner, Number) and not inner.text.startswith("-"):
            return Number(-inner.value, "-" + inner.text) if inner.text else Number(-inner.value)
        return Negative(inner)

    def _factor(self) -> Node:
        if self._sees("+", "-"):
            return self._signed(self._factor)
        return self._side_by_side() if self._tight else self._power()

    def _side_by_side(self) -> Node:
        """Read the product written without signs that starts here."""
        factors = [self._power()]
        while self._starts_factor():
            factors.append(self._power())
        return product(factors)

    def _note_denominator(self) -> None:
        """Remember that a product without a sign goes on after a denominator or an exponent."""
        if self._starts_factor():
            self.ambiguous = True

    def _starts_factor(self) -> bool:
        token = self._next
        if token.kind in _STARTS_FACTOR:
            return True
        return token.kind == "sign" and (token.text in {"(", "√"} or (token.text == "|" and not self._bars))

    def _power(self) -> Node:
        base = self._primary()
        while True:
            if self._sees("^"):
                self._take()
                base = Power(base, self._deeper(self._exponent, "Too many powers inside one another."))
            elif self._next.kind == "raised":
                base = Power(base, self._raised())
            elif self._sees("%"):
                self._take()
                base = _percent(base)
            else:
                return base

    def _exponent(self) -> Node:
        """Read what follows ^: it takes a sign, and a further power from the right."""
        if self._sees("+", "-"):
            return self._signed(self._exponent)
        exponent = self._power()
        if self._starts_factor():
            self.ambiguous = True
            if self._tight:
                factors = [exponent]
                while self._starts_factor():
                    factors.append(self._power())
                return product(factors)
        return exponent

    def _raised(self) -> Node:
        token = self._take()
        try:
            return _Parser(tokenize(token.text, self._scope), self._scope, tight=False).whole()
        except ReadingError as error:
            raise ReadingError(f"The small raised text is not read: {error.message}", token.start) from error

    def _primary(self) -> Node:
        token = self._next
        match token.kind:
            case "number":
                self._take()
                return _number(token)
            case "name":
                self._take()
                return Name(token.text)
            case "constant":
                self._take()
                return Constant(token.text)
            case "function":
                return self._deeper(self._function, "Too many functions inside one another.")
            case "sign" if token.text == "(":
                return self._deeper(self._bracket)
            case "sign" if token.text == "|":
                return self._deeper(self._bars_around)
            case "sign" if token.text == "√":
                return self._deeper(self._root, "Too many roots inside one another.")
            case _:
                raise ReadingError(self._unexpected(token), token.start)

    def _root(self) -> Node:
        self._take()
        if self._sees("+", "-"):
            raise ReadingError("√ takes one factor. Write brackets around a sign: √(…).", self._next.start)
        return Call("sqrt", (self._power(),))

    def _bracket(self) -> Node:
        self._take()
        bars, self._bars = self._bars, 0
        inner = self._sum()
        self._bars = bars
        if not self._sees(")"):
            raise ReadingError(self._unexpected(self._next), self._next.start)
        self._take()
        return inner

    def _bars_around(self) -> Node:
        opening = self._take()
        self._bars += 1
        inner = self._sum()
        self._bars -= 1
        if not self._sees("|"):
            raise ReadingError("This | is never closed. Write | where the absolute value ends.", opening.start)
        self._take()
        return Call("abs", (inner,))

    # -- functions

    def _function(self) -> Node:
        token = self._take()
        function = FUNCTIONS[token.text]
        power = self._power_of_function(token)
        if self._sees("("):
            arguments = self._arguments()
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

    def _power_of_function(self, token: Token) -> Node | None:
        """Read the 2 of `tanh²(z)`; ask where it is the -1 of an inverse or of a reciprocal."""
        if self._next.kind == "raised":
            power = self._raised()
        elif self._sees("^"):
            self._take()
            power = self._signed(self._primary) if self._sees("+", "-") else self._primary()
        else:
            return None
        value = limits.constant(power)
        if value is not None and value < 0:
            name = token.text
            message = f"Does {name}⁻¹ mean 1/{name}(…) or the inverse function? Write 1/{name}(…) if you mean that."
            raise ReadingError(message, token.start)
        return power

    def _arguments(self) -> tuple[Node, ...]:
        self._take()
        bars, self._bars = self._bars, 0
        arguments = [self._sum()]
        while self._sees(","):
            self._take()
            arguments.append(self._sum())
        self._bars = bars
        if not self._sees(")"):
            raise ReadingError(self._unexpected(self._next), self._next.start)
        self._take()
        return tuple(arguments)

    def _argument_without_brackets(self, token: Token) -> Node:
        """Read the product after `ln`: up to a sign, a bracket or another function."""
        if self._next.kind == "end":
            raise ReadingError(f"Write what {token.text} is taken of: {token.text}(…).", self._next.start)
        signed = self._sees("+", "-")
        return self._signed(self._plain_product) if signed else self._plain_product()

    def _plain_product(self) -> Node:
        factors = [self._power()]
        while self._next.kind in {"number", "name", "constant"}:
            factors.append(self._power())
        if self._sees("(", "√") or (self._sees("|") and not self._bars):
            self.ambiguous = True
            if self._tight:
                factors.extend(self._rest_of_product())
        return product(factors)

    def _rest_of_product(self) -> list[Node]:
        rest: list[Node] = []
        while self._starts_factor() and self._next.kind != "function":
            rest.append(self._power())
        return rest

    # -- messages

    def _unexpected(self, token: Token) -> str:
        if token.kind == "end":
            return "Something is missing at the end. Write what follows the last sign."
        if token.kind == "sign" and token.text in {"*", "/", "^"}:
            return f"{token.text} needs something before and after it."
        if token.kind == "sign" and token.text == ",":
            return "A comma stands only between the arguments of max and min. Write decimals with a point."
        if token.kind == "sign" and token.text == ")":
            return "Something is missing before this bracket."
        if token.kind == "sign" and token.text == "%":
            return "% follows a number, such as 33.3%."
        if token.kind == "raised":
            return "A raised number needs something before it."
        return f"“{token.text}” is not expected here. Write + - * / or ^ before it."


def _number(token: Token) -> Node:
    """Return a number; one such as ½ is the division that it shows."""
    top, slash, bottom = token.text.partition("/")
    if not slash:
        return Number(token.value, token.text)
    return Quotient(Number(Fraction(top), top), Number(Fraction(bottom), bottom))


def _percent(base: Node) -> Node:
    if isinstance(base, Number) and "%" not in base.text:
        return Number(base.value / 100, base.text + "%")
    return Quotient(base, _HUNDRED)
