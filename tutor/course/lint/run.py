"""Linting files and folders: which lessons and problems there are, and what is wrong with them, all in one run."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from os.path import normpath
from pathlib import Path

from tutor.course import loader
from tutor.course.blocks.figure import Figure
from tutor.course.error import LessonError, nearest
from tutor.course.fill_in import fill_in
from tutor.course.lint.faults import Fault, Faults
from tutor.course.lint.proofs import SEEDS, Ground, prove
from tutor.course.lint.references import conventions_prose, prove_glossary, prove_self_test
from tutor.course.lint.sheets import prove_problem
from tutor.course.loader import (
    CONVENTIONS,
    GLOSSARY,
    OUTLINE,
    SELF_TEST,
    lesson_files,
    load_head,
    load_lesson,
    read_outline,
    together,
)
from tutor.course.model import Block, Lesson, LessonHead, Prose
from tutor.course.numbers import Derive, LessonNumbers
from tutor.draw.formula import FormulaError, set_formula
from tutor.draw.glyphs import UNICODE
from tutor.mathematics.problem import load_problem

Look = Callable[[Lesson, Faults], None]
"""Looks at the pages of a lesson as a screen shows them, and takes what does not fit."""

_LINK = re.compile(r"(?<!!)\[[^\]]*\]\((?P<target>[^)\s]+)(?:\s+\"[^\"]*\")?\)")
_MATH = re.compile(r"^```math[ \t]*\n(?P<body>.*?)\n?^```", re.DOTALL | re.MULTILINE)
_CODE = re.compile(r"(`+).+?\1", re.DOTALL)


@dataclass(slots=True)
class Linted:
    """What was looked at, and what is wrong with it."""

    faults: Faults = field(default_factory=Faults)
    lessons: int = 0
    blocks: int = 0
    problems: int = 0

    @property
    def sorted_faults(self) -> list[Fault]:
        """The faults by file and line."""
        return sorted(self.faults.found)

    @property
    def summary(self) -> str:
        """What was looked at and how much is wrong, in a line."""
        looked = ", ".join(
            _count(number, word)
            for number, word in ((self.lessons, "lesson"), (self.blocks, "block"), (self.problems, "problem file"))
        )
        count = len(self.faults.found)
        return f"{looked}: {_count(count, 'fault') if count else 'no fault'}."


class Linter:
    """Looks at lessons and problem files."""

    def __init__(self, derivation_of: Derive, look: Look, seeds: int = SEEDS) -> None:
        self._derivation_of = derivation_of
        self._look = look
        self._seeds = seeds
        self.linted = Linted()

    def lint(self, paths: Iterable[Path]) -> Linted:
        """Look at files and folders, and return what is wrong with them."""
        for path in paths:
            if path.is_dir():
                self._folder(path)
            elif path.suffix == ".toml":
                self._problem(path)
            elif path.name == OUTLINE:
                self._outline(path)
            elif path.name in {GLOSSARY, CONVENTIONS, SELF_TEST}:
                self._reference(path, [load_head(lesson) for lesson in lesson_files(path.parent)])
            else:
                self._lessons([path])
        return self.linted

    def _folder(self, folder: Path) -> None:
        before = self.linted.lessons + self.linted.problems
        heads = self._lessons(sorted(lesson_files(folder)))
        if (folder / OUTLINE).is_file():
            sections = self._outline(folder / OUTLINE)
            for error in together(heads, sections):
                self.linted.faults.take(error)
            self._needs(heads)
        for path in sorted(folder.rglob("*.toml")):
            self._problem(path)
        self._references(folder, heads)
        if self.linted.lessons + self.linted.problems == before and not self.linted.faults.found:
            self.linted.faults.add(
                folder, 0, "there is no lesson and no problem file in this folder. Name another one."
            )

    def _outline(self, path: Path) -> int:
        """Look at the titles of a course, and return how many sections there are."""
        titles: tuple[str, ...] = ()
        with self.linted.faults.collecting(path, 1):
            _, titles = read_outline(path)
        return len(titles)

    def _problem(self, path: Path) -> None:
        self.linted.problems += 1
        with self.linted.faults.collecting(path, 0):
            prove_problem(load_problem(path), self._derivation_of)

    def _references(self, folder: Path, heads: Sequence[LessonHead]) -> None:
        """Look at what a course has besides its lessons, as far as it is there."""
        for name in (GLOSSARY, CONVENTIONS, SELF_TEST):
            if (folder / name).is_file():
                self._reference(folder / name, heads)

    def _reference(self, path: Path, heads: Sequence[LessonHead]) -> None:
        faults = self.linted.faults
        with faults.collecting(path, 1):
            match path.name:
                case loader.GLOSSARY:
                    prove_glossary(path, faults)
                case loader.CONVENTIONS:
                    for prose in conventions_prose(path):
                        self._links(prose, path)
                case _:
                    self._pages(prove_self_test(path, heads, faults))

    # -- lessons

    def _lessons(self, paths: Sequence[Path]) -> list[LessonHead]:
        heads: list[LessonHead] = []
        for path in paths:
            self.linted.lessons += 1
            with self.linted.faults.collecting(path, 1):
                head = load_head(path)
                heads.append(head)
                self._lesson(load_lesson(head, self.linted.faults.take))
        return sorted(heads, key=lambda head: (head.section, head.order, head.path))

    def _lesson(self, lesson: Lesson) -> None:
        faults, head = self.linted.faults, lesson.head
        known = set(faults.found)
        self._pages(lesson)
        if head.skills and all(isinstance(block, Figure) for block in lesson.blocks()) and faults.found == known:
            message = f"nothing practises {', '.join(head.skills)}: there is no task. Add a block, or write skills: []"
            faults.add(head.path, 1, message)

    def _pages(self, lesson: Lesson) -> None:
        """Look at the pages of a lesson, or of the self-test."""
        faults, head = self.linted.faults, lesson.head
        known = set(faults.found)
        blocks = list(lesson.blocks())
        self.linted.blocks += len(blocks)
        for block in blocks:
            self._block(block, head)
        numbers = LessonNumbers(head, self._derivation_of)
        for prose in (part for page in lesson.pages for part in page.parts if isinstance(part, Prose)):
            with faults.collecting(head.path, prose.line):
                fill_in(prose.markdown, numbers, head.path, prose.line)
        for prose in lesson.prose():
            self._links(prose, head.path)
            self._formulas(prose, head)
        if faults.found == known:
            self._look(lesson, faults)

    def _block(self, block: Block, head: LessonHead) -> None:
        faults = self.linted.faults
        ground = Ground(head, self._derivation_of, self._seeds)
        with faults.collecting(head.path, block.line):
            prove(block, ground, lambda message: faults.add(head.path, block.line, f"“{block.title}”: {message}"))

    def _links(self, prose: Prose, source: Path) -> None:
        """Take links to files that are not there."""
        for line, target in links(prose):
            path = Path(normpath(source.parent / target.partition("#")[0]))
            if not path.exists():
                message = f"the link {target} leads nowhere. Write the path as seen from the folder of this file."
                self.linted.faults.add(source, line, message)

    def _formulas(self, prose: Prose, head: LessonHead) -> None:
        """Take formulas in `math` fences that cannot be set."""
        for line, text in math_lines(prose):
            try:
                set_formula(text, UNICODE)
            except FormulaError as error:
                message = f"{error} Write it as it would be typed, or make the fence ```text."
                self.linted.faults.add(head.path, line, message)

    def _needs(self, heads: Sequence[LessonHead]) -> None:
        """Take needs of lessons that do not exist or do not come before."""
        ids = [head.id for head in heads]
        for place, head in enumerate(heads):
            for need in head.needs:
                if need not in ids:
                    message = f"there is no lesson {need}. {nearest(need, ids)}"
                elif need not in ids[:place]:
                    message = f"{need} is needed here and comes no earlier. Put it before, or take it out of needs."
                else:
                    continue
                self.linted.faults.take(LessonError(head.path, _line_of(head.path, "needs"), message))


def links(prose: Prose) -> Iterator[tuple[int, str]]:
    """Yield the targets of links to files, with their lines; what stands in code is no link."""
    text = _CODE.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), prose.markdown)
    for found in _LINK.finditer(text):
        target = found["target"]
        if "://" not in target and not target.startswith(("#", "mailto:")):
            yield prose.line + text.count("\n", 0, found.start()), target


def math_lines(prose: Prose) -> Iterator[tuple[int, str]]:
    """Yield the lines of `math` fences that hold no number still to be filled in, with their lines."""
    for fence in _MATH.finditer(prose.markdown):
        first = prose.line + prose.markdown.count("\n", 0, fence.start("body"))
        for offset, text in enumerate(fence["body"].split("\n")):
            if text.strip() and "{{" not in text:
                yield first + offset, text


def _line_of(path: Path, key: str) -> int:
    lines = path.read_text(encoding="utf-8").split("\n")
    return next((number for number, line in enumerate(lines, start=1) if line.startswith(f"{key}:")), 1)


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
