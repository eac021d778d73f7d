"""Choosing among options: of a choice, or of a prediction."""

from dataclasses import dataclass

from tutor.course.exercises.base import Exercise, Reply, listed, sentences, unlisted


@dataclass(frozen=True, slots=True)
class Alternative:
    """An option, its numbers filled in."""

    key: str
    text: str
    feedback: str
    right: bool
    misconception: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choosing(Exercise):
    """Options, one or several of which are right. An answer is the list of the keys chosen."""

    options: tuple[Alternative, ...]
    several: bool = False
    after: str = ""
    """What is said once it is right, besides why."""

    @property
    def chosen(self) -> frozenset[int]:
        """The places of the options of the latest answer; of the right ones where they are shown."""
        if self.shown:
            return self.rights
        keys = unlisted(self.latest) or []
        return frozenset(place for place, option in enumerate(self.options) if option.key in keys)

    @property
    def rights(self) -> frozenset[int]:
        """The places of the right options."""
        return frozenset(place for place, option in enumerate(self.options) if option.right)

    def text_of(self, places: frozenset[int]) -> str:
        """Return the answer that chooses the options at these places."""
        return listed([self.options[place].key for place in sorted(places)])

    def judged(self, text: str) -> Reply:
        """Return what is said about the options chosen."""
        keys = unlisted(text)
        if keys is None or not {option.key for option in self.options} >= set(keys):
            return Reply("invalid", "These options are not here any more.", counts=False)
        chosen = [option for option in self.options if option.key in keys]
        if not chosen:
            return Reply("invalid", "Choose an answer first: type its number.", counts=False)
        return self._several(chosen) if self.several else self._one(chosen[0])

    def _one(self, option: Alternative) -> Reply:
        if option.right:
            return Reply("correct", sentences(option.feedback, self.after))
        return Reply("incorrect", option.feedback, option.misconception or None)

    def _several(self, chosen: list[Alternative]) -> Reply:
        wrong = [option for option in chosen if not option.right]
        if wrong:
            return Reply("incorrect", f"“{wrong[0].text}”: {wrong[0].feedback}", wrong[0].misconception or None)
        missing = sum(option.right for option in self.options) - len(chosen)
        if missing:
            more = "One more belongs" if missing == 1 else f"{missing} more belong"
            return Reply("incorrect", f"What you chose is right. {more} to it.")
        return Reply("correct", sentences(*(option.feedback for option in chosen), self.after))
