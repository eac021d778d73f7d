"""Where settings files are: one for the machine, one for the learner."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE_NAME: Final = "settings.toml"


def own_file(environment: Mapping[str, str]) -> Path:
    """Return the learner's own settings file: in `GDTUTOR_HOME`, else where the platform keeps settings."""
    named = environment.get("GDTUTOR_HOME")
    if named:
        return Path(named) / FILE_NAME
    import platformdirs  # noqa: PLC0415  costs 17 ms, which no start with GDTUTOR_HOME should pay

    return platformdirs.user_config_path("gdtutor", appauthor=False) / FILE_NAME


def site_file(environment: Mapping[str, str]) -> Path:
    """Return the settings file of the machine: in `GDTUTOR_SITE`, else /etc/xdg/gdtutor or what the platform has."""
    named = environment.get("GDTUTOR_SITE")
    if named:
        return Path(named) / FILE_NAME
    if not environment.get("XDG_CONFIG_DIRS"):
        return Path("/etc/xdg/gdtutor") / FILE_NAME
    import platformdirs  # noqa: PLC0415  as above

    return platformdirs.site_config_path("gdtutor", appauthor=False) / FILE_NAME
