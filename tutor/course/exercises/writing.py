"""Exercises answered by writing: a formula that is checked, an explanation that is not."""

from dataclasses import dataclass, replace
from typing import Self

from tutor.course.exercises.base import Exercise, Reply, as_it_stands, listed, sentences, unlisted
from tutor.mathematics.notation.errors import ReadingError
from tutor.mathematics.notation.expression import names
from tutor.mathematics.notation.mentioned import names_in
from tutor.mathematics.notation.parser import read
from tutor.mathematics.notation.scope import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding(Exercise):
    """A formula to be found. An answer is the formula as typed."""

    expected: str
    names: tuple[str, ...] = ()
    """Names that may stand in an answer besides those of the key."""
    hints: tuple[str, ...] = ()
    hinted: int = 0
    """How many hints were taken."""
    after: str = ""
    read_as: str = ""
    """The latest answer in plain notation."""

    @property
    def may_use(self) -> tuple[str, ...]:
        """All names that may stand in an answer."""
        return tuple(sorted({*names_in(self.expected), *self.names}))

    def hint(self) -> tuple[Self, str]:
        """Return the exercise with one more hint taken, and that hint; after the last one, the last one again."""
        if not self.hints:
            return self, f"An answer may use {', '.join(self.may_use) or 'numbers only'}."
        taken = min(self.hinted + 1, len(self.hints))
        return replace(self, hinted=taken), self.hints[taken - 1]

    def judged(self, text: str) -> Reply:
        """Return what is said about a formula."""
        if not text.strip():
            return Reply("invalid", "Type a formula first.", counts=False)
        strange = self._with_other_names(text)
        if strange is not None:
            return strange
        from tutor.mathematics.checking.formulas import check_formula  # noqa: PLC0415 - not for reading the lesson

        found = check_formula(self.expected, text)
        match found.verdict:
            case "correct":
                return Reply("correct", sentences(as_it_stands(found.feedback), self.after))
            case "invalid":
                return Reply("invalid", as_it_stands(found.feedback), counts=False, position=found.position)
            case _:
                return Reply("incorrect", as_it_stands(found.feedback), found.misconception, counts=found.counts)

    def _with_other_names(self, text: str) -> Reply | None:
        """Return what is said where an answer uses a name that the key does without; None where it uses none."""
        # Imported here because the whole checker comes with them, and most pages are only read.
        from tutor.mathematics.checking.answers import read_answer  # noqa: PLC0415
        from tutor.mathematics.equality.decide import decide  # noqa: PLC0415

        own = names_in(self.expected)
        try:
            scope = Scope.of(self.may_use)
            tree = read_answer(text, scope).tree
            reference = read(self.expected, scope).tree
        except ReadingError:
            return None
        others = [name for name in names(tree) if name not in own]
        if not others:
            return None
        if decide(reference, tree).equal:
            return Reply("correct", sentences("Right.", self.after))
        return Reply("incorrect", f"`{others[0]}` has no place in this formula. On which of its parts does it depend?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Explaining(Exercise):
    """Something to explain. An answer lists the text, then the points of the checklist that it makes."""

    points: tuple[str, ...]
    model: str = ""

    @property
    def written(self) -> str:
        """What was written."""
        return (unlisted(self.latest) or [""])[0]

    @property
    def ticked(self) -> frozenset[int]:
        """The places of the points that are ticked."""
        keys = (unlisted(self.latest) or [""])[1:]
        return frozenset(place for place, point in enumerate(self.points) if point in keys)

    def text_of(self, written: str, ticked: frozenset[int]) -> str:
        """Return the answer with this text and these points."""
        return listed([written, *(self.points[place] for place in sorted(ticked))])

    def judged(self, text: str) -> Reply:
        """Return what is said: nothing about the text, only which points the learner did not tick."""
        parts = unlisted(text)
        if not parts or not parts[0].strip():
            return Reply("invalid", "Write a sentence or two first. Nobody judges them but you.", counts=False)
        missing = [point for point in self.points if point not in parts[1:]]
        if not missing:
            return Reply("correct", sentences("You have said it all.", self.model), counts=False)
        others = f", and {len(missing) - 1} more" if len(missing) > 1 else ""
        return Reply("correct", sentences(f"Not ticked: {missing[0]}{others}.", self.model), counts=False)
