"""What learners are told when their record is reset, taken out or taken in: plain sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tutor.learner.notices import entries

if TYPE_CHECKING:
    from pathlib import Path

    from tutor.learner.resets import Reset

NOTHING_TO_UNDO: Final = "There is no reset to take back."
_BACK: Final = "`gdtutor reset --undo`"


def said_of_reset(reset: Reset | None, lesson: str = "") -> str:
    """Say what was reset: a lesson with this number and title, or everything where that is empty."""
    what = f"The lesson {lesson}" if lesson else "Everything"
    if reset is None:
        return f"There is nothing to reset: nothing was done {f'in the lesson {lesson}' if lesson else 'yet'}."
    count = len(reset.hides)
    verb = "is" if count == 1 else "are"
    return f"{what} was reset: {entries(count)} {verb} hidden, and nothing is deleted. {_BACK} takes that back."


def said_of_undo(reset: Reset | None, lesson: str = "") -> str:
    """Say which reset was taken back; lesson as with `said_of_reset`."""
    if reset is None:
        return NOTHING_TO_UNDO
    what = f"the lesson {lesson}" if lesson else "everything"
    back = f"{entries(len(reset.hides))} came back"
    return f"The reset of {what}, made on {reset.time:%Y-%m-%d at %H:%M} UTC, was taken back: {back}."


def said_of_export(path: Path, count: int) -> str:
    """Say what was written."""
    return f"{entries(count).capitalize()} of your record {'is' if count == 1 else 'are'} in {path} now."


def said_of_import(path: Path, count: int, new: int, away: int) -> str:
    """Say what was taken in: so many entries, of which so many are new, and so many are hidden by resets."""
    known = count - new
    said = f"{path}: {entries(new)} taken in"
    if known:
        said += f", {known} {'was' if known == 1 else 'were'} here already"
    if away:
        said += f". Of them {away} {'is' if away == 1 else 'are'} hidden by a reset: {_BACK} brings them back"
    return f"{said}."
