"""Guess the number: raise or lower a guess until it is near a secret.

With the same step each time, the guess lands only on start ± step, ± 2·step and so on, and where none of these is near
the secret it swings for ever. With a share of the distance, it comes nearer for a share below 2, bounces between two
numbers at 2, and flies off above. Guesses outside of the secret's range are allowed.
"""

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Self

from tutor.course.exercises.base import Exercise, Reply, mixed
from tutor.course.number import Number, write_number

UP, DOWN, NEW = "up", "down", "new"
_SIZE = "size "
_FARTHEST = 10**6
_MOST_MOVES = 300
_BOUNCING = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Guessing(Exercise):
    """A guess on its way. An answer is `up`, `down`, `new`, or `size 2`: the third size, from the start again."""

    sizes: tuple[Fraction, ...]
    proportional: bool
    smallest: int
    largest: int
    start: int
    near: int
    name: str
    after: str = ""
    chosen: int = 0
    """The place of the size that is used."""
    secrets: int = 0
    """How many secrets were given up or found before this one."""
    moves: tuple[Fraction, ...] = ()
    """The guesses after the first one."""

    @property
    def secret(self) -> int:
        """The number to find; which one it is, is decided by the name of the game alone."""
        return mixed(range(self.smallest, self.largest + 1), f"{self.name} {self.secrets}")[0]

    @property
    def guesses(self) -> tuple[Fraction, ...]:
        """All guesses, the first one first."""
        return (Fraction(self.start), *self.moves)

    @property
    def guess(self) -> Fraction:
        """The guess now."""
        return self.guesses[-1]

    @property
    def size(self) -> Fraction:
        """The step, or the share of the distance."""
        return self.sizes[self.chosen]

    @property
    def found(self) -> bool:
        """Whether the guess is near enough."""
        return abs(self.guess - self.secret) <= self.near

    @property
    def word(self) -> str:
        """What is said about the guess now."""
        if self.found:
            moves = "at once" if not self.moves else f"in {len(self.moves)} move{'s' if len(self.moves) > 1 else ''}"
            return f"Near enough, {moves}: the secret is {self.secret}."
        return "Too low." if self.guess < self.secret else "Too high."

    @property
    def reachable(self) -> bool:
        """Whether any number of moves in the right direction leads near the secret."""
        if self.proportional:
            return self.size < _BOUNCING or abs(self.start - self.secret) <= self.near
        rest = (self.secret - self.start) % self.size
        return min(rest, self.size - rest) <= self.near

    def judged(self, text: str) -> Reply:
        """Return what is said about a move."""
        if text not in {UP, DOWN}:
            known = text == NEW or text in {f"{_SIZE}{place}" for place in range(len(self.sizes))}
            reply = Reply("noted", self._moved(text).word, counts=False) if known else None
            return reply or Reply("invalid", "Raise the guess, or lower it.", counts=False)
        if self.found:
            return Reply("invalid", "This secret is found. Take a new one.", counts=False)
        after = self._moved(text)
        if abs(after.guess) > _FARTHEST or len(after.moves) > _MOST_MOVES:
            return Reply("invalid", "This leads nowhere any more. Choose another size.", counts=False)
        if after.found:
            return Reply("correct", f"{after.word} {self.after}".strip())
        return Reply("noted", f"{after.word} {after.trouble}".strip())

    def taken(self, text: str, reply: Reply) -> Self:
        """Return the game after a move."""
        return super(Guessing, self._moved(text)).taken(text, reply)

    def _moved(self, text: str) -> Self:
        if text == NEW:
            return replace(self, secrets=self.secrets + 1, moves=())
        if text.startswith(_SIZE):
            return replace(self, chosen=int(text.removeprefix(_SIZE)), moves=())
        length = self.size * (abs(self.guess - self.secret) if self.proportional else 1)
        return replace(self, moves=(*self.moves, self.guess + (length if text == UP else -length)))

    @property
    def trouble(self) -> str:
        """Return what goes wrong for ever, once it can be seen; nothing where nothing does."""
        if not self.moves:
            return ""
        before = self.guesses[-2]
        towards = (self.guess > before) == (before < self.secret)
        if not towards:
            return "That was the wrong direction."
        if self.reachable:
            return ""
        if self.proportional:
            if self.size == _BOUNCING:
                return "It jumps over the secret and lands just as far away on the other side: this goes on for ever."
            return "It jumps over the secret and lands further away than it was: this gets worse and worse."
        if self.guess in self.guesses[:-1]:
            step = written(self.size)
            return (
                f"You were here before. From {self.start}, steps of {step} never land within {self.near} of the "
                "secret: the guess swings for ever. Choose a shorter step."
            )
        return ""


def written(number: Fraction) -> str:
    """Return a number as it is read: rounded where it has many digits."""
    found = write_number(Number(number))
    return f"≈ {found.text}" if found.rounded else found.text


def equation(name: str, number: Fraction) -> str:
    """Return what a name equals as it is read: with ≈ in place of = where it is rounded."""
    text = written(number)
    return f"{name} {text}" if text.startswith("≈") else f"{name} = {text}"


def size_answer(place: int) -> str:
    """Return the answer that chooses a size."""
    return f"{_SIZE}{place}"
