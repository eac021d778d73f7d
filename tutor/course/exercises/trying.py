"""Setting up a run so that it reaches a goal."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Self

from tutor.course.exercises.base import Exercise, Reply, as_it_stands, listed, sentences, unlisted

Settings = tuple[tuple[str, str], ...]
"""Knobs by their symbols, with values as they are typed."""
Judge = Callable[[Settings], tuple[bool, str]]
"""Runs with these settings: whether the goal is reached, and what the run did. Raises ValueError for what cannot be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trying(Exercise):
    """Settings that may be changed. An answer lists them as `eta=0.4`."""

    first: Settings
    """The settings to begin with."""
    solution: Settings
    judge: Judge = field(compare=False, repr=False)
    hint: str = ""
    after: str = ""

    @property
    def settings(self) -> Settings:
        """The settings as they were tried last; the solution where it is shown."""
        if self.shown:
            return tuple((symbol, dict(self.solution).get(symbol, value)) for symbol, value in self.first)
        return self._settings(self.latest) or self.first

    def text_of(self, settings: Settings) -> str:
        """Return the answer that these settings are."""
        return listed([f"{symbol}={value}" for symbol, value in settings])

    def judged(self, text: str) -> Reply:
        """Run, and return what is said about it."""
        settings = self._settings(text)
        if settings is None:
            return Reply("invalid", "These settings are not here any more.", counts=False)
        try:
            reached, did = self.judge(settings)
        except ValueError as error:
            return Reply("invalid", as_it_stands(str(error)), counts=False)
        if reached:
            return Reply("correct", sentences("The goal is reached.", did, self.after))
        return Reply("incorrect", sentences("Not yet.", did, self.hint))

    def replayed(self, text: str, verdict: str) -> Self:
        """Return the exercise after settings that were tried before, without running them again."""
        if self._settings(text) is None or verdict not in {"correct", "incorrect"}:
            return self
        return self.taken(text, Reply("correct" if verdict == "correct" else "incorrect", ""))

    def _settings(self, text: str) -> Settings | None:
        pairs = [(symbol, value) for symbol, _, value in (item.partition("=") for item in unlisted(text) or [])]
        return tuple(pairs) if [symbol for symbol, _ in pairs] == [symbol for symbol, _ in self.first] else None
