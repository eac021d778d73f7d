"""A module that is loaded when something of it is first used."""

from __future__ import annotations

from importlib import import_module
from typing import Any


class LazyModule:
    """Stands for a module; what was used of it once is at hand from then on. Any thread may be the first."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the module has
        """Return something of the module, loading it if need be."""
        found = getattr(import_module(self._name), name)
        setattr(self, name, found)
        return found
