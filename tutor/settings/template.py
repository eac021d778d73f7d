"""The text of a settings file in which nothing is set yet: every setting with what it is for, commented out."""

from __future__ import annotations

from tutor.settings.known import KEYS_SECTION, KNOWN, TAKES


def settings_template() -> str:
    """Return the text of a file to be edited."""
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
        "# Other keys for what gdtutor does: the name of the action as the help tells it, and one key or several.",
        '# "hint" = "f2"',
        '# "next page" = ["right", "n"]',
    ]
    return "\n".join(lines) + "\n"
