"""Finding what belongs together."""

from dataclasses import dataclass

from tutor.course.exercises.base import Exercise, Reply, listed, mixed, sentences, unlisted

NOTHING = ""
"""What an answer says of a left side to which nothing was put."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching(Exercise):
    """Left sides, each with its right side. An answer lists a right side's key for each left one, in order."""

    lefts: tuple[str, ...]
    rights: tuple[str, ...]
    """The key of the right side that belongs to each left one."""
    whys: tuple[str, ...]
    texts: tuple[tuple[str, str], ...]
    """All right sides that there are to choose from: key and text."""
    name: str
    after: str = ""

    @property
    def offered(self) -> tuple[tuple[str, str], ...]:
        """The right sides, key and text, in a mixed order."""
        return tuple(mixed(self.texts, self.name))

    @property
    def put(self) -> tuple[str, ...]:
        """The key put to each left side; nothing at first."""
        if self.shown:
            return self.rights
        keys = unlisted(self.latest)
        return tuple(keys) if keys is not None and self._fits(keys) else (NOTHING,) * len(self.lefts)

    def text_of(self, put: tuple[str, ...]) -> str:
        """Return the answer that puts these keys to the left sides."""
        return listed(put)

    def judged(self, text: str) -> Reply:
        """Return what is said about what was put together: why the first wrong pair is none."""
        keys = unlisted(text)
        if keys is None or not self._fits(keys):
            return Reply("invalid", "These pairs are not here any more.", counts=False)
        if NOTHING in keys:
            left = self.lefts[keys.index(NOTHING)]
            return Reply("invalid", f"What belongs to “{left}”? Every line on the left gets a number.", counts=False)
        wrong = [place for place, key in enumerate(keys) if key != self.rights[place]]
        if not wrong:
            return Reply("correct", sentences("All pairs are found.", self.after))
        right = len(keys) - len(wrong)
        return Reply("incorrect", f"{right} of {len(keys)} are right. “{self.lefts[wrong[0]]}”: {self.whys[wrong[0]]}")

    def _fits(self, keys: list[str]) -> bool:
        known = {NOTHING, *(key for key, _ in self.texts)}
        return len(keys) == len(self.lefts) and set(keys) <= known
