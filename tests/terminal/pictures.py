"""The README's pictures, taken of the real program: `python tests/terminal/pictures.py` writes them anew."""

from __future__ import annotations

import re
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from pty_driver import PtyProgram

from tutor.course.loader import lessons_folder, load_course
from tutor.learner.activities import END, LESSON
from tutor.learner.events import EventMaker
from tutor.learner.store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pyte.screens import Char

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".pictures"
README = ROOT / "README.md"
BEGIN, FINISH = "<!-- worksheet -->\n```text\n", "\n```\n<!-- end of worksheet -->"
_TUTOR = (sys.executable, "-m", "tutor.cli")
_FIVE_WEIGHTS = ROOT / "lessons" / "problems" / "five-weights.toml"
_ONE_STEP = "one-step.toml"
_DONE = 15
"""So many lessons are done on the picture of home."""
_RIGHT = ("25", "12", "37", "169", "26", "26", "26")
_EPOCHS = 30

_WIDE, _HIGH, _MARGIN, _BASE = 8.4, 18, 12, 13.5
"""The size of a character, what is around all of them, and where the foot of a line is, in pixels."""
_PAPER, _INK = "#16181d", "#d8dbe2"
_INKS = {
    "black": "#16181d", "red": "#f07178", "green": "#a5d46a", "brown": "#ffcb6b", "blue": "#7aa9ff",
    "magenta": "#d7a1f9", "cyan": "#75dfe6", "white": "#d8dbe2", "brightblack": "#7d8494", "brightred": "#ff9ba2",
    "brightgreen": "#c6f08d", "brightbrown": "#ffe0a3", "brightblue": "#a9c8ff", "brightmagenta": "#ebc8ff",
    "brightcyan": "#a8f2f7", "brightwhite": "#ffffff",
}  # fmt: skip
"""What a terminal with dark paper makes of its colours, by the names that pyte has for them."""
_FONT = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace"


@dataclass(frozen=True)
class Scene:
    """A screen worth a picture: how it is reached, and what is seen on it."""

    about: str
    command: tuple[str, ...]
    play: Callable[[PtyProgram], None]


def _home(program: PtyProgram) -> None:
    program.wait_at_rest("lessons done", "nothing due")


def _lesson(program: PtyProgram) -> None:
    _home(program)
    program.send("/ten steps down the curve")
    program.wait_for("curve_", "2.2 One rule for every step")
    program.press("enter")
    program.wait_at_rest("2.2 One rule for every step", "n next")


def _worksheet(program: PtyProgram) -> None:
    program.wait_for("of 17 cells")
    for number, text in enumerate(_RIGHT, start=1):
        program.send(f"{text}\r")
        program.wait_for(f"{number} of 17 cells")
    program.send("260\r")
    program.wait_at_rest(" x  ")


def _lab(program: PtyProgram) -> None:
    program.wait_for("lessons done")
    program.open_row("Lab")
    program.wait_for("Lab: watch it learn")
    program.open_row("circle")
    program.wait_for("step 0")
    program.send("S" * _EPOCHS)
    program.wait_at_rest(f"epoch {_EPOCHS}")


SCENES = {
    "home": Scene("Home: the course, what is due, and where to go on", _TUTOR, _home),
    "lesson": Scene("A page of a lesson, with a figure drawn from its numbers", _TUTOR, _lesson),
    "worksheet": Scene(
        "A worksheet: seven cells are right, and the mistake in the eighth is named",
        (*_TUTOR, "practice", _ONE_STEP),
        _worksheet,
    ),
    "lab": Scene("The lab: a small network has learned what is inside of a ring", _TUTOR, _lab),
}


def photograph(name: str, home: Path) -> PtyProgram:
    """Play a scene for a learner whose record is in home; the caller closes the program."""
    scene = SCENES[name]
    environment = {"GDTUTOR_HOME": str(home), "HOME": str(home), "PYTHONPATH": str(ROOT)}
    command = [str(home / part) if part == _ONE_STEP else part for part in scene.command]
    program = PtyProgram(command, environment=environment)
    scene.play(program)
    return program


def learn(home: Path) -> None:
    """Make the record of a learner who has read the first lessons, and a problem of one update."""
    lines = _FIVE_WEIGHTS.read_text(encoding="utf-8").splitlines()
    (home / _ONE_STEP).write_text("\n".join(line for line in lines if not line.startswith("steps = ")))

    def now() -> datetime:
        return datetime.now(UTC)

    store = open_store(home, now)
    for head in load_course(lessons_folder()).lessons[:_DONE]:
        store.record(EventMaker(LESSON + head.id, now).note("page", END))
    store.close()


def svg(rows: list[list[Char]], about: str) -> str:
    """Return a screen as a picture."""
    width, height = 2 * _MARGIN + len(rows[0]) * _WIDE, 2 * _MARGIN + len(rows) * _HIGH
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" role="img">',
        f"<title>{escape(about)}</title>",
        f'<rect width="100%" height="100%" rx="8" fill="{_PAPER}"/>',
        f'<g font-family="{_FONT}" font-size="14" fill="{_INK}">',
        *(piece for place, row in enumerate(rows) for piece in _pieces(row, _MARGIN + place * _HIGH)),
        "</g>",
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _pieces(row: list[Char], top: float) -> Iterator[str]:
    """Yield what is written in a row, word by word. Each character has its place, whatever font there is."""
    column = 0
    for (ink, paper, is_bold), run in groupby(row, key=_look):
        text = "".join(cell.data for cell in run)
        if paper != _PAPER:
            left, wide = _MARGIN + column * _WIDE, len(text) * _WIDE
            yield f'<rect x="{left:g}" y="{top:g}" width="{wide:g}" height="{_HIGH}" fill="{paper}"/>'
        looks = (f' fill="{ink}"' if ink != _INK else "") + (' font-weight="bold"' if is_bold else "")
        for word in re.finditer(r"\S+", text):
            places = " ".join(f"{_MARGIN + (column + place) * _WIDE:g}" for place in range(*word.span()))
            yield f'<text x="{places}" y="{top + _BASE:g}"{looks}>{escape(word.group())}</text>'
        column += len(text)


def _look(cell: Char) -> tuple[str, str, bool]:
    ink, paper = _colour(cell.fg, _INK), _colour(cell.bg, _PAPER)
    return (paper, ink, cell.bold) if cell.reverse else (ink, paper, cell.bold)


def _colour(name: str, usual: str) -> str:
    return usual if name == "default" else _INKS.get(name, f"#{name}")


def block(readme: str) -> str:
    """Return the worksheet that stands in the README as text."""
    return readme.partition(BEGIN)[2].partition(FINISH)[0]


def take_all() -> dict[str, tuple[str, str]]:
    """Return each scene as a picture, and as text."""
    taken = {}
    with tempfile.TemporaryDirectory() as folder:
        learn(Path(folder))
        for name, scene in SCENES.items():
            with photograph(name, Path(folder)) as program:
                taken[name] = svg(program.cells(), scene.about), program.text()
    return taken


def main() -> None:
    """Write the pictures, and the worksheet as text."""
    FOLDER.mkdir(exist_ok=True)
    taken = take_all()
    for name, (picture, _) in taken.items():
        (FOLDER / f"{name}.svg").write_text(picture, encoding="utf-8")
    readme = README.read_text(encoding="utf-8")
    before, _, rest = readme.partition(BEGIN)
    after = rest.partition(FINISH)[2]
    README.write_text(f"{before}{BEGIN}{taken['worksheet'][1]}{FINISH}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
