"""Putting lines in order."""

from dataclasses import dataclass

from tutor.course.exercises.base import Exercise, Reply, listed, mixed, sentences, unlisted


@dataclass(frozen=True, slots=True)
class Rule:
    """That one line has to stand before another one, and why; lines by their keys."""

    first: str
    then: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordering(Exercise):
    """Lines by their keys, in a right order. An answer is the list of all keys in the learner's order."""

    keys: tuple[str, ...]
    texts: tuple[str, ...]
    rules: tuple[Rule, ...]
    """What makes an order right; where there is nothing, it is the order of the keys alone."""
    name: str
    after: str = ""

    @property
    def arrangement(self) -> tuple[int, ...]:
        """The places of the lines as the learner left them; mixed at first, and never right by chance."""
        if self.shown:
            return tuple(range(len(self.keys)))
        keys = unlisted(self.latest)
        if keys is not None and sorted(keys) == sorted(self.keys):
            return tuple(self.keys.index(key) for key in keys)
        for attempt in range(100):
            found = tuple(mixed(range(len(self.keys)), f"{self.name} {attempt}"))
            if self.judged(self.text_of(found)).verdict != "correct":
                return found
        return tuple(reversed(range(len(self.keys))))

    def text_of(self, arrangement: tuple[int, ...]) -> str:
        """Return the answer that an arrangement is."""
        return listed([self.keys[place] for place in arrangement])

    def judged(self, text: str) -> Reply:
        """Return what is said about an order: why its first mistake is one."""
        keys = unlisted(text)
        if keys is None or sorted(keys) != sorted(self.keys):
            return Reply("invalid", "These lines are not here any more.", counts=False)
        if self.rules:
            broken = [rule for rule in self.rules if keys.index(rule.first) > keys.index(rule.then)]
            if broken:
                first = min(broken, key=lambda rule: keys.index(rule.then))
                return Reply("incorrect", f"“{self._text(first.then)}” comes too early. {first.why}")
        else:
            place = next((place for place, key in enumerate(keys) if key != self.keys[place]), None)
            if place is not None:
                good = "" if not place else f"The first {place} are right. " if place > 1 else "The first is right. "
                early = f"“{self._text(keys[place])}” comes too early: something goes before it."
                return Reply("incorrect", good + early)
        return Reply("correct", sentences("In order.", self.after))

    def _text(self, key: str) -> str:
        return self.texts[self.keys.index(key)]
