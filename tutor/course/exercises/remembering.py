"""Cards: the learner turns one over, and says whether they knew it."""

from dataclasses import dataclass

from tutor.course.exercises.base import Exercise, Reply

TURNED, KNEW, NOT_YET = "turned", "knew", "not yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembering(Exercise):
    """A card. An answer is one of the three words above."""

    question: str
    back: str

    @property
    def turned(self) -> bool:
        """Whether the answer is in sight."""
        return self.latest != ""

    @property
    def done(self) -> bool:
        """Whether the learner has judged it, one way or the other."""
        return self.latest in {KNEW, NOT_YET}

    def judged(self, text: str) -> Reply:
        """Return what is said: when the card comes back."""
        match text:
            case "turned":
                return Reply("noted", "", counts=False)
            case "knew":
                return Reply("correct", "It comes back later.")
            case "not yet":
                return Reply("incorrect", "It comes back soon.")
            case _:
                return Reply("invalid", "Turn the card first.", counts=False)
