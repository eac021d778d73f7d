"""The text of a settings file in which nothing is set yet: every setting with what it is for, commented out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.settings.known import KEYS_SECTION, KNOWN, TAKES

if TYPE_CHECKING:
    from collections.abc import Iterable


def settings_template(actions: Iterable[tuple[str, str]] = ()) -> str:
    """Return the text of a file to be edited; actions are the names of what keys can do, each with its usual keys."""
    lines = [
        "# Settings of gdtutor. Take the # in front of a line away, and change what stands behind the =.",
        "# gdtutor doctor says what is in force, and what is wrong in this file.",
    ]
    section = ""
    for setting in KNOWN:
        if setting.section != section:
            section = setting.section
            lines += ["", f"[{section}]"]
        lines += [f"# {setting.says}", f"# Takes {TAKES[setting.takes]}.", f"# {setting.key} = {setting.example}"]
    lines += [
        "",
        f"[{KEYS_SECTION}]",
        "# Other keys for what gdtutor does. Each line takes one key or several, and replaces the usual ones:",
        "# a letter, a sign, ctrl+e, f1 to f12, enter, escape, tab, space, backspace, delete, up, pageup and so on.",
        "# Where letters are typed, as in a worksheet, those of an action work behind the key of the help.",
    ]
    lines += [f'# "{name}" = {keys}' for name, keys in actions]
    return "\n".join(lines) + "\n"
