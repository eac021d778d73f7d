"""A pupil who hears what is said and types what fits: nothing but lines in, nothing but lines out."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import io
    from collections.abc import Callable, Iterator


@dataclass
class Scripted:
    """Types lines one after the other; after the last one nothing more comes."""

    lines: Iterator[str]
    interruptions: int = 0

    def hear(self) -> str | None:
        return next(self.lines, None)

    def take_interruption(self) -> bool:
        return False


@dataclass
class Pupil:
    """Works a course through by what is asked: looks at the latest prompt, and answers it.

    Options are tried one after the other; what can be shown is shown.
    """

    out: io.StringIO
    first: str = ""
    """What is typed at the beginning; when it comes back there, nothing more is typed."""
    most: int = 20_000
    heard: list[str] = field(default_factory=list)
    _place: int = 0
    _tries: dict[str, Iterator[str]] = field(default_factory=dict)

    def take_interruption(self) -> bool:
        return False

    def hear(self) -> str | None:
        """Return what is typed next."""
        text = self.out.getvalue()
        new, self._place = text[self._place :], len(text)
        self.most -= 1
        if not self.most:
            raise AssertionError(f"nothing comes of it; the latest words:\n{text[-3000:]}")
        typed = self.answer(new, re.sub(r"\s+", " ", new))
        self.heard.append(typed or "")
        if typed is not None:
            self.out.write(f"[{typed}]\n")
            self._place = len(self.out.getvalue())
        return typed

    def answer(self, new: str, flat: str) -> str | None:
        """Return what fits the latest prompt; None where nothing more is to be done."""
        prompt = flat[-260:]
        if prompt.endswith("Type continue, today, lessons, practice, lab, quit, or help. "):
            first, self.first = self.first, ""
            return first or None
        for pattern, act in ANSWERS:
            found = re.search(pattern, prompt)
            if found:
                return act(Asked(self, found, flat, new))
        raise AssertionError(f"no answer to: {prompt}")

    def tried(self, key: str, make: Callable[[], Iterator[str]], *, afresh: bool) -> str:
        """Return the next thing to try for a question."""
        if afresh or key not in self._tries:
            self._tries[key] = make()
        return next(self._tries[key])


@dataclass(frozen=True)
class Asked:
    """What a pupil is asked: by a prompt, after what was said since the latest answer, as one line and as it stands."""

    pupil: Pupil
    prompt: re.Match[str]
    flat: str
    said: str


def _number(asked: Asked) -> str:
    most = int(asked.prompt["most"])
    return asked.pupil.tried("number", lambda: map(str, range(1, most + 1)), afresh="Not right." not in asked.flat)


def _numbers(asked: Asked) -> str:
    afresh = "Not right." not in asked.flat
    count = len(re.findall(r"^\d+: ", asked.said, re.MULTILINE))

    def subsets() -> Iterator[str]:
        for size in range(1, count + 1):
            yield from (" ".join(map(str, chosen)) for chosen in itertools.combinations(range(1, count + 1), size))

    return asked.pupil.tried("numbers", subsets, afresh=afresh)


def _guess(asked: Asked) -> str:
    hopeless = ("swings for ever", "goes on for ever", "worse and worse", "leads nowhere")
    if any(words in asked.flat for words in hopeless):
        return asked.pupil.tried("size", lambda: (f"size {place}" for place in range(1, 10)), afresh=False)
    return "up" if "Too low." in asked.flat else "down"


def _desk(asked: Asked) -> str:
    if "slope not known yet" in asked.flat:
        names = re.findall(r"^(\S+) (?:=|is about) .*slope not known yet", asked.said, re.MULTILINE)
        moves = [move for name in names for move in (f"{name} +", f"{name} down")]
        asked.pupil.tried("desk", lambda: iter(["", *moves, ":all"]), afresh=True)
    assert "Not right." not in asked.flat, "all knobs were turned, and it was no less"
    return asked.pupil.tried("desk", lambda: iter([":knobs"]), afresh=False)


def _always(text: str) -> Callable[[Asked], str]:
    return lambda _: text


ANSWERS: list[tuple[str, Callable[[Asked], str]]] = [
    (r"Type next for task \d+ of \d+, skip, back, or help\. $", _always("next")),
    (r"Type next for page \d+, back, menu, or help\. $", _always("next")),
    (r"Type next to finish, back, menu, or help\. $", _always("next")),
    (r"What will happen\? Type a number from 1 to (?P<most>\d), show, back, or help\. $", _number),
    (r"Pair \d+ of \d+.* or help\. $", _always("show")),
    (r"Type a number from 1 to (?P<most>\d), back, or help\. $", _number),
    (r"Type the numbers of all that are right, back, or help\. $", _numbers),
    (r"then type turn; or back, or help\. $", _always("turn")),
    (r"Type knew or not; back, or help\. $", _always("knew")),
    (r"in the right order; show, back, or help\. $", _always("show")),
    (r"Type the formula; or :hint, :show, :back, or :help\. $", _always(":show")),
    (r"Write it in one line, in your own words; or :back, or :help\. $", _always("It is the chain rule.")),
    (r"of what you said, or none; or :anew, :back, or :help\. $", _always("1")),
    (r"Type next to go on, new for another number, back, or help\. $", _always("next")),
    (r"Type up, down, size 1, new, back, or help\. $", _guess),
    (r"to move a knob; :all, :reset, :back, or :help\. $", _desk),
    (r"Type run, set \S+ VALUE, show, lab, back, or help\. $", _always("show")),
    (r"Type step, run 100, back, set, reset, leave, or help\. $", _always("leave")),
    (r"Type :next to go on, or :help\. $", _always(":next")),
    (r"= what\? Type it; or :hint, :show, or :help\. $", _always(":show")),
    (r"filled in: .* Type another, Enter to check it, or :help\. $", _always(":show")),
    (r"Type another answer, :next, or :help\. $", _always(":show")),
]
"""What is typed where a prompt ends like this."""
