"""Other seeds for everything in the checker that looks drawn at random.

The points at which formulas are compared come from a seeded generator, the elements of the finite fields from a hash.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from functools import partial
from hashlib import blake2b
from typing import TYPE_CHECKING

import pytest

from tutor.mathematics.equality import sampling

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType


@contextmanager
def seeded(seed: int) -> Iterator[None]:
    """Draw anew whatever is drawn in the mathematics, inside the block."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sampling, "_SEED", 1_000 + seed)
        for module in mathematics():
            for holder in (module, getattr(module, "hashlib", None)):
                if getattr(holder, "blake2b", None) is blake2b:
                    patch.setattr(holder, "blake2b", partial(blake2b, key=f"seed {seed}".encode()))
        forget()
        yield
    forget()


def forget() -> None:
    """Empty every cache of the mathematics."""
    for module in mathematics():
        for found in list(vars(module).values()):
            clear = getattr(found, "cache_clear", None)
            if clear is not None:
                clear()


def mathematics() -> list[ModuleType]:
    """Return the modules of the mathematics that are loaded."""
    return [module for name, module in sys.modules.items() if name.startswith("tutor.mathematics")]
