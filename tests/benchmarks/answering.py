"""From Enter to the painted verdict: the real worksheet beside one that checks nothing, in real terminals.

Run it with `python tests/benchmarks/answering.py`. Both worksheets are worked on in turns, with the same answers; the
other one's checker gives a constant reply of the same kind. What counts is the ratio; nothing about time is asserted.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.append(str(Path(__file__).parents[1] / "terminal"))

from pty_driver import PtyProgram

from tutor.mathematics.checking.check import CellChecker
from tutor.mathematics.derivation import derive
from tutor.mathematics.presentation import short_decimal
from tutor.mathematics.problem import load_problem
from tutor.mathematics.worksheet import new_worksheet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pyte

    from tutor.mathematics.derivation import Derivation

ROOT = Path(__file__).parents[2]
PROBLEM = ROOT / "lessons" / "problems" / "five-weights.toml"
ROUNDS = 3
QUIET = 0.06
"""Seconds without output after which the screen is taken to be painted."""
WANTED = 1.15

CONSTANT = """
import sys
from itertools import cycle
from tutor.mathematics.checking.check import CellChecker
from tutor.mathematics.checking.reply import Reply
feedback, file = sys.argv[1:]
right = ("correct", "Right.")
replies = cycle([("incorrect", feedback), right] if feedback else [right])
def check(self, cell, answer, earlier=None):
    verdict, said = next(replies)
    return Reply(verdict, said, answer)
CellChecker.check = check
from tutor.cli import main
sys.exit(main(["practice", file]))
"""
"""Starts gdtutor with a checker that looks at nothing: every answer is right, or every second one if some are wrong."""


@dataclass(frozen=True)
class Kind:
    """One kind of answers: what is typed in each cell, and what is said about the first one where it is wrong."""

    name: str
    answers: tuple[str, ...]
    feedback: str = ""


class Clock:
    """Stands between a terminal and its screen, and notes when something arrived."""

    def __init__(self, stream: pyte.ByteStream) -> None:
        self._stream = stream
        self.last = 0.0

    def feed(self, data: bytes) -> None:
        """Note the time, and pass on what has arrived."""
        self.last = time.perf_counter()
        self._stream.feed(data)


class Desk:
    """A worksheet in a terminal of its own."""

    def __init__(self, command: Sequence[str], home: Path) -> None:
        """Start it."""
        environment = {"GDTUTOR_HOME": str(home), "PYTHONPATH": str(ROOT), "HOME": str(home)}
        self.program = PtyProgram(command, environment=environment)
        self._clock = Clock(self.program._stream)
        self.program._stream = self._clock  # type: ignore[assignment]  # it feeds, which is all that is asked of it

    def ready(self) -> None:
        """Wait until the worksheet can be worked on."""
        self.program.wait_for("0 of 34 cells", "> h1")
        self.program.wait_quiet(0.5)

    def answer(self, text: str) -> float:
        """Type an answer, and return the seconds from Enter until the last byte of what it changes on the screen."""
        self.program.send(text)
        self.program.wait_quiet(QUIET)
        before = self.program.received
        entered = time.perf_counter()
        self.program.press("enter")
        self.program.wait_until(lambda: self.program.received > before, "a verdict")
        self.program.wait_quiet(QUIET)
        return self._clock.last - entered


def kinds(derivation: Derivation) -> Iterator[Kind]:
    """Yield right, wrong and diagnosed answers to every cell of the worksheet."""
    checker = CellChecker(derivation)
    cells = [entry.cell for entry in new_worksheet(derivation).asked]
    values = [derivation.value(cell) for cell in cells]
    yield Kind("right answers", right_answers(derivation))
    wrong = tuple(f"{number + 7}.77" for number in range(len(cells)))
    yield Kind("wrong answers", wrong, checker.check(cells[0], wrong[0]).feedback)
    diagnosed = tuple(_diagnosed(checker, cell, value) for cell, value in zip(cells, values, strict=True))
    named = sum(checker.check(*answered).misconception is not None for answered in zip(cells, diagnosed, strict=True))
    feedback = checker.check(cells[0], diagnosed[0]).feedback
    yield Kind(f"wrong answers of which {named / len(cells):.0%} get a name", diagnosed, feedback)


def right_answers(derivation: Derivation) -> tuple[str, ...]:
    """Return what is right in each cell."""
    return tuple(short_decimal(derivation.value(entry.cell), 8) for entry in new_worksheet(derivation).asked)


def _diagnosed(checker: CellChecker, cell: str, value: object) -> str:
    """Return a wrong answer to a cell whose mistake gets a name, if one of a few gets it."""
    assert isinstance(value, Fraction)
    tried = (-value, value * 2, value / 2, value + 1, value * value, 2 - value)
    answers = [short_decimal(other, 8) for other in tried]
    return next((text for text in answers if checker.check(cell, text).misconception), answers[1])


def measure(kind: Kind, corrections: Sequence[str], folder: Path) -> tuple[list[float], list[float]]:
    """Answer every cell in both worksheets, in turns; return the seconds of the real one and of the other.

    A wrong answer is corrected before the next cell, as learners do; that is not measured.
    """
    module = (sys.executable, "-m", "tutor.cli", "practice", str(PROBLEM))
    constant = (sys.executable, "-c", CONSTANT, kind.feedback, str(PROBLEM))
    with ExitStack() as open_programs:
        desks = [Desk(command, folder / name) for command, name in ((module, "real"), (constant, "constant"))]
        for desk in desks:
            open_programs.enter_context(desk.program)
        for desk in desks:
            desk.ready()
        times: dict[Desk, list[float]] = {desk: [] for desk in desks}
        for number, (text, correction) in enumerate(zip(kind.answers, corrections, strict=True)):
            for desk in desks if number % 2 else reversed(desks):
                times[desk].append(desk.answer(text))
                if kind.feedback:
                    desk.answer(correction)
        for desk in desks:
            desk.program.wait_for(f"{len(corrections)} of {len(corrections)} cells")
        return times[desks[0]], times[desks[1]]


def summary(times: Sequence[float]) -> tuple[float, float]:
    """Return the median and the 95th percentile."""
    return statistics.median(times), sorted(times)[int(len(times) * 0.95)]


def main() -> None:
    """Measure each kind of answers, and print both worksheets with their ratio."""
    derivation = derive(load_problem(PROBLEM))
    for kind in kinds(derivation):
        real: list[float] = []
        other: list[float] = []
        for _ in range(ROUNDS):
            with tempfile.TemporaryDirectory() as folder:
                found = measure(kind, right_answers(derivation), Path(folder))
            real += found[0]
            other += found[1]
        (median, high), (floor, high_floor) = summary(real), summary(other)
        print(f"{kind.name}, {len(real)} each: from Enter to the last byte of the painted verdict")
        print(f"  gdtutor           median {median * 1e3:.1f} ms, 95 % within {high * 1e3:.1f} ms")
        print(f"  checking nothing  median {floor * 1e3:.1f} ms, 95 % within {high_floor * 1e3:.1f} ms")
        print(f"  ratio             {median / floor:.2f} and {high / high_floor:.2f} (wanted: at most {WANTED})")


if __name__ == "__main__":
    main()
