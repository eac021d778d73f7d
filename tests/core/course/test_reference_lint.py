"""The linter looks at glossary, conventions and self-test too: in a folder with its lessons, and each file alone."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from tutor.course.lint.run import Linter
from tutor.mathematics.derivation import derive
from tutor.study.derivations import Derivations
from tutor.tui.pages.lint import look_at_pages

if TYPE_CHECKING:
    from pathlib import Path

LESSON = "---\nid: a\ntitle: A\nsection: 1\nneeds: []\nskills: []\n---\nText.\n"
SHEET = """
```steps
title = "S"
cells = ["y"]

[vary]
x = {x}

[problem]
text = '''
[given]
x = 3
[parameters]
w = 2
[steps]
y = "w*x"
'''
```
"""
FILES = {
    "course.md": "---\ntitle: C\nsection-1: S\n---\n",
    "1-1-a.md": LESSON,
    "glossary.md": "# G\n\n## a word\n\nIt means this.\n\nSee also: [b](#b)\n\n## b\n\nThat.\n",
    "conventions.md": "# C\n\n## One\n\nSee [A](1-1-a.md).\n",
    "self-test.md": "---\ntitle: T\nobjective-1: One\nagain-1: [a]\n---\n\n## 1 P\n\nText.\n"
    + SHEET.format(x="[3, 4]"),
}


def faults(folder: Path, *names: str, **changed: str) -> list[str]:
    for name, text in {**FILES, **{name.replace("_", "-") + ".md": text for name, text in changed.items()}}.items():
        (folder / name).write_text(text, encoding="utf-8")
    derivations = Derivations(derive)
    linter = Linter(derivations, partial(look_at_pages, derivation_of=derivations), 20)
    linted = linter.lint([folder / name for name in names] or [folder])
    return [str(fault).removeprefix(f"{folder}/") for fault in linted.sorted_faults]


def test_whole_files_are_without_fault(tmp_path: Path) -> None:
    assert not faults(tmp_path)


@pytest.mark.parametrize("alone", [True, False])
@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("glossary", "(#b)", "(#c)", "glossary.md:3: “a word” leads to #c"),
        ("glossary", "That.", "word " * 600, "glossary.md:9: the entry “b” is "),
        ("conventions", "1-1-a.md", "1-1-b.md", "conventions.md:5: the link 1-1-b.md leads nowhere"),
        ("self_test", "again-1: [a]", "again-1: [b]", "self-test.md:3: there is no lesson b"),
        ("self_test", "[3, 4]", "[3.12345678, 4]", "self-test.md:11: “S”: y has "),
        ("self_test", "Text.", "word\n\n" * 40, "the page “1 P” is "),
        ("self_test", "Text.", "{{q}}", "self-test.md:9: "),
        ("self_test", '"y"]', '"q"]', "self-test.md:11: "),
    ],
)
def test_faults_are_told_with_file_and_line(
    *, tmp_path: Path, alone: bool, name: str, old: str, new: str, said: str
) -> None:
    file = name.replace("_", "-") + ".md"
    assert old in FILES[file]
    found = faults(tmp_path, *([file] if alone else []), **{name: FILES[file].replace(old, new)})
    assert found
    assert all(fault.startswith(f"{file}:") for fault in found)
    assert any(said in fault for fault in found), found
