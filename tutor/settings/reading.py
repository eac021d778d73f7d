"""From settings files to settings: whatever is wrong in them is told, and the rest is in force."""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tutor.settings.known import KEYS_SECTION, KNOWN, LEAST_MINUTES, MOST_MINUTES, SECTIONS, TAKES, Setting
from tutor.settings.model import Fault, KeyWish, Settings
from tutor.toml_places import TomlPlaces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_BY_NAME: Final = {(setting.section, setting.key): setting for setting in KNOWN}
_AT_LINE: Final = re.compile(r" \(at line (\d+), column \d+\)$")
_LARGEST: Final = 100_000  # bytes


def read_settings(files: Iterable[Path]) -> Settings:
    """Return what is set in these files; a later one wins. Those that do not exist are passed over.

    Nothing is raised: what cannot be read is left out, and told in `faults`.
    """
    settings = Settings()
    for path in files:
        settings = _FileReader(path).added_to(settings)
    return settings


class _FileReader:
    """Reads one file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._faults: list[Fault] = []
        self._places = TomlPlaces("")

    def added_to(self, settings: Settings) -> Settings:
        """Return the settings with what this file sets."""
        found: dict[str, Any] = {}
        keys = dict(settings.keys)
        for section, table in self._sections().items():
            for key, value in table.items():
                if section == KEYS_SECTION:
                    keys |= self._keys(key, value)
                else:
                    found |= self._setting(section, key, value)
        if "more" in found:
            found["more"] = (*settings.more, *found["more"])  # one's own folders do not take away those of the site
        return replace(settings, **found, keys=keys, faults=(*settings.faults, *self._faults))

    def _sections(self) -> dict[str, dict[str, object]]:
        """Return the tables of the file that are known, each with its entries."""
        tables = {}
        for name, value in self._parsed().items():
            if name not in SECTIONS:
                self._fault(name, None, f"there is no such section. {_nearest(name, SECTIONS)}")
            elif not isinstance(value, dict):
                self._fault(name, None, f"this is a section. Write [{name}] on a line of its own, its settings below.")
            else:
                tables[name] = value
        return tables

    def _data(self) -> bytes | None:
        """Return what the file holds; None where there is none that can be read."""
        try:
            with self._path.open("rb") as file:
                data = file.read(_LARGEST + 1)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            self._whole(0, f"the file cannot be read: {error.strerror or error}.")
            return None
        if len(data) > _LARGEST:
            self._whole(0, f"the file has more than {_LARGEST} bytes, and settings are short. Name another one.")
            return None
        return data

    def _parsed(self) -> Mapping[str, object]:
        data = self._data()
        if data is None:
            return {}
        import tomllib  # noqa: PLC0415  - most learners have no such file, and the first frame is soon

        text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n")
        self._places = TomlPlaces(text)
        try:
            data.decode("utf-8-sig")
            return tomllib.loads(text)
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            self._whole(line, "this is not UTF-8 text. Save the file as UTF-8.")
        except tomllib.TOMLDecodeError as error:
            found = _AT_LINE.search(str(error))
            line = int(found[1]) if found else text.rstrip("\n").count("\n") + 1
            what = _AT_LINE.sub("", str(error)).removesuffix(" (at end of document)")
            self._whole(line, f"this is not valid TOML: {what}. Write one name = value on each line.")
        except (RecursionError, ValueError) as error:
            self._whole(0, f"the file cannot be read: {error}.")
        return {}

    def _setting(self, section: str, key: str, value: object) -> dict[str, object]:
        """Return a setting's value under its name in `Settings`; nothing where it is faulty."""
        setting = _BY_NAME.get((section, key))
        if setting is None:
            known = [other.key for other in KNOWN if other.section == section]
            self._fault(section, key, f"there is no such setting. {_nearest(key, known)}")
            return {}
        match setting.takes, value:
            case "switch", bool():
                return {key: value}
            case "minutes", int() if not isinstance(value, bool) and LEAST_MINUTES <= value <= MOST_MINUTES:
                return {key: value}
            case "folders", list() if all(isinstance(item, str) and item for item in value):
                return {key: tuple(self._folders(setting, value))}
        self._fault(section, key, f"this takes {TAKES[setting.takes]}. Write {key} = {setting.example}")
        return {}

    def _folders(self, setting: Setting, names: list[str]) -> Iterator[Path]:
        for name in names:
            try:
                folder = (self._path.parent / Path(name).expanduser()).resolve()
                is_folder = folder.is_dir()
            except (OSError, RuntimeError, ValueError):
                is_folder = False
            if is_folder:
                yield folder
            else:
                self._fault(setting.section, setting.key, f"there is no folder {name}. Name one that exists.")

    def _keys(self, action: str, value: object) -> dict[str, KeyWish]:
        """Return the keys of an action; whether there is such an action, the registry of keys knows."""
        keys = [value] if isinstance(value, str) else value
        if isinstance(keys, list) and keys and all(isinstance(key, str) and key for key in keys):
            line = self._places.line(KEYS_SECTION, action) or 0
            return {action: KeyWish(tuple(keys), self._path, line)}
        self._fault(KEYS_SECTION, action, f'this takes a key, or a list of keys. Write "{action}" = "f2"')
        return {}

    def _fault(self, section: str, key: str | None, message: str) -> None:
        name = section if key is None else f"{section}.{key}"
        self._faults.append(Fault(self._path, self._places.line(section, key) or 0, _on_one_line(name), message))

    def _whole(self, line: int, message: str) -> None:
        self._faults.append(Fault(self._path, line, "", message))


def _nearest(word: str, known: Iterable[str]) -> str:
    choices = list(known)
    near = get_close_matches(word[:60], choices, n=1)
    return f"Did you mean {near[0]}?" if near else f"There are: {', '.join(choices)}."


def _on_one_line(name: str) -> str:
    return "".join(character if character.isprintable() else "?" for character in name[:60])
