"""The command: says where the learner's settings are, and writes a file to edit where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.settings.places import own_file
from tutor.settings.template import settings_template

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


class SettingsFileError(Exception):
    """The file cannot be written; str(error) says why and what to do."""


def settings_file(environment: Mapping[str, str], actions: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield the path of the settings file and what became of it; one that is there is left as it is.

    actions are the names of what keys can do, each with its keys as they would be written in the file.
    Raises SettingsFileError where no file can be written.
    """
    path = own_file(environment)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(settings_template(actions))
    except FileExistsError as error:
        if not path.is_file():
            message = f"{path} cannot be a settings file: {path.parent} or the name itself is taken by something else."
            raise SettingsFileError(message) from error
        yield str(path)
        yield "Change it with any editor. gdtutor doctor says what is in force."
    except OSError as error:
        message = f"{path} cannot be written: {error.strerror or error}. Let GDTUTOR_HOME name a folder of your own."
        raise SettingsFileError(message) from error
    else:
        yield str(path)
        yield "It is new, and nothing is set in it yet. Change it with any editor."
