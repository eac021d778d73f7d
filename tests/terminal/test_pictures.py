"""The README's pictures show the program as it is: `python tests/terminal/pictures.py` takes them anew."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from pictures import FOLDER, README, SCENES, block, learn, photograph, svg

if TYPE_CHECKING:
    from pathlib import Path

COMPUTED = frozenset({"lab"})
"""Pictures of long calculations, whose last digits may differ from one processor to the other."""


@pytest.mark.parametrize("name", SCENES)
def test_a_picture_is_what_the_program_shows(name: str, tmp_path: Path) -> None:
    learn(tmp_path)
    kept = (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    with photograph(name, tmp_path) as program:
        if name in COMPUTED:
            assert program.text().split(" ", 5)[:5] == ["", "Lab", "·", "circle,", "network"]
        else:
            assert svg(program.cells(), SCENES[name].about) == kept
        if name == "worksheet":
            assert block(README.read_text(encoding="utf-8")) == program.text()


@pytest.mark.parametrize("name", SCENES)
def test_the_readme_shows_it_with_what_is_to_be_seen(name: str) -> None:
    picture = ET.parse(FOLDER / f"{name}.svg")
    words = "".join(node.text or "" for node in picture.iter("{http://www.w3.org/2000/svg}text"))
    assert words.isprintable()
    assert len(words) > 200
    assert f"![{SCENES[name].about}](.pictures/{name}.svg)" in README.read_text(encoding="utf-8")
