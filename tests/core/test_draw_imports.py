"""Drawing is cheap to import, and its documentation is true."""

import doctest
import subprocess
import sys
from types import ModuleType

import pytest

from tutor.draw import ascii as ascii_module
from tutor.draw import bar

HEAVY = ("textual", "rich", "numpy", "sympy", "markdown_it")


def test_importing_loads_nothing_heavy() -> None:
    modules = "ascii, bar, glyphs, graph, prose, table, text, width"
    code = f"import sys; from tutor.draw import {modules}; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("module", [ascii_module, bar])
def test_examples_in_docstrings(module: ModuleType) -> None:
    results = doctest.testmod(module)
    assert results.attempted
    assert not results.failed
