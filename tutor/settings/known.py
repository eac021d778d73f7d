"""Every setting there is: its name, what it takes, what it is for. The file, its faults and its help come from here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Takes = Literal["switch", "minutes", "folders"]
KEYS_SECTION: Final = "keys"
"""The section whose keys are the names of actions, each with the keys that do it."""
LEAST_MINUTES, MOST_MINUTES = 5, 120


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting."""

    section: str
    key: str
    takes: Takes
    example: str
    """How it is written in the file."""
    says: str
    """What it is for, in a sentence or two."""

    @property
    def name(self) -> str:
        """Section and key, as messages name it."""
        return f"{self.section}.{self.key}"


KNOWN: Final = (
    Setting("display", "ascii", "switch", "true", "Draw with plain ASCII characters only, as --ascii does."),
    Setting("display", "color", "switch", "false", "Use colour. Every state has a sign besides its colour."),
    Setting("practice", "minutes", "minutes", "15", "After how many minutes of work a day's session ends by itself."),
    Setting("course", "more", "folders", '["/srv/lessons"]', "Folders with further lessons, shown below the course."),
)

SECTIONS: Final = (*dict.fromkeys(setting.section for setting in KNOWN), KEYS_SECTION)
TAKES: Final[dict[Takes, str]] = {
    "switch": "true or false",
    "minutes": f"a whole number from {LEAST_MINUTES} to {MOST_MINUTES}",
    "folders": 'a list of folders in quotes, such as ["/srv/lessons"]',
}
