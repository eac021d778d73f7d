"""How each kind of block is answered: rightly, or wrongly first and then rightly or shown."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from lesson_lists import OPTION, listed, matched
from lesson_screens import RIGHTLY, SHOWN, WRONGLY
from lesson_text import BlockText, bare, starts, typed, typed_wrongly, written

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from lesson_walk import Walk

_BESIDE = re.compile(r"(\w+)\s?=\s?([-−]?[\d./]+)(?=\s|$)")
_LEFT_HALF = 45
_CLEAR, _SHOW = "\x15", "\x1bOR"


def answer(walk: Walk, block: BlockText, *, shown: bool) -> None:
    """Answer the chosen block of a page; one with a screen of its own is opened, and left as it is when it is done.

    shown says whether a wrong answer is followed by showing the right one, where that can be done.
    """
    ON_THE_PAGE[block.kind](walk, block) if block.on_the_page else _on_a_screen(walk, block, shown=shown)


def _on_a_screen(walk: Walk, block: BlockText, *, shown: bool) -> None:
    walk.until(lambda: any(row.startswith(" > ") and bare(block.title) in bare(row) for row in walk.rows), "the task")
    walk.press("enter")
    if block.kind == "steps":
        _steps(walk, block, shown=shown)
        return
    if block.kind == "lab" and not block.text("goal"):
        _look_at_lab(walk)
        return
    question = walk.lesson.filled(block.text("question"), block.problem)
    walk.until_shown(question)
    walk.check_task(block, question)
    tried = WRONGLY[block.kind](walk, block) if walk.wrongly else ""
    if tried:
        walk.until_shown(tried)
        walk.check_task(block, question, tried)
    if tried and block.kind == "explain":
        walk.until_shown("Enter goes on.")
    elif walk.wrongly and shown and block.kind in SHOWN:
        walk.type(_SHOW if block.kind == "formula" else "s")
        walk.until_shown("This is the answer. Enter goes on.")
    else:
        RIGHTLY[block.kind](walk, block)
    walk.check_task(block, question)


def _look_at_lab(walk: Walk) -> None:
    walk.until(lambda: "s step" in walk.rows[-1], "the lab")
    walk.check(lambda: "? keys" in walk.rows[-1], "the key line is not in sight")
    walk.press("escape")


# -- on the page


def _choice(walk: Walk, block: BlockText) -> None:
    problem = _drawn_problem(walk, block)
    options = [_option_text(walk, block, option, problem) for option in block.values["option"]]
    digits = _digits_of(walk, block, options)
    rights = [place for place, option in enumerate(block.values["option"]) if option.get("right")]
    wrong = next(place for place in range(len(options)) if place not in rights)
    if walk.wrongly:
        walk.type(f"{digits[wrong]}\r")
        said = walk.lesson.filled(str(block.values["option"][wrong].get("feedback", "")), problem)
        if said and options[wrong]:
            walk.until_shown(said)
        walk.until_row(r"^\s+x  \S")
        walk.check_fits()
        if block.values.get("several"):
            walk.type(digits[wrong])
    walk.type("".join(digits[place] for place in rights) + "\r")
    for place in rights:
        walk.until_shown(walk.lesson.filled(block.values["option"][place]["feedback"], problem))
    walk.until_row(r"^\s+ok  \S")
    walk.check_fits()


def _option_text(walk: Walk, block: BlockText, option: Mapping[str, str], problem: str) -> str:
    """Return the text of an option; nothing where a misconception makes it, of which only the program knows."""
    if "text" in option:
        return walk.lesson.filled(option["text"], problem)
    return written(block.text("cell"), problem) if option.get("right") else ""


def _drawn_problem(walk: Walk, block: BlockText) -> str:
    """Return the problem of a block with the numbers that its question shows."""
    question = block.text("question")
    if not block.values.get("vary"):
        walk.until_shown(walk.lesson.filled(question, block.problem))
        return block.problem
    problems = list(block.problems())
    walk.until(lambda: any(walk.shows(walk.lesson.filled(question, problem)) for problem in problems), "the question")
    return next(problem for problem in problems if walk.shows(walk.lesson.filled(question, problem)))


def _digits_of(walk: Walk, block: BlockText, options: Sequence[str]) -> list[str]:
    """Return the digit of each option of a question on the page, as the screen numbers them."""
    before = [task for task in walk.lesson.pages[walk.page].tasks if task.kind == "choice"].index(block)

    def look() -> list[tuple[str, str]]:
        rows = listed(walk.rows, OPTION)
        starts = [place for place, (digit, _) in enumerate(rows) if digit == "1"]
        return rows[starts[before] :][: len(options)] if len(starts) > before else []

    return matched(walk, options, look)


def _card(walk: Walk, block: BlockText) -> None:
    walk.until_shown(walk.lesson.filled(block.text("question"), block.problem))
    walk.press("enter")
    walk.until_shown(walk.lesson.filled(block.text("answer"), block.problem))
    walk.type("2" if walk.wrongly else "1")
    walk.until_shown("Not yet. It comes back soon." if walk.wrongly else "You knew it. It comes back later.")
    walk.check_fits()


ON_THE_PAGE: Mapping[str, Callable[[Walk, BlockText], None]] = {"choice": _choice, "card": _card}


# -- worksheets


def _steps(walk: Walk, block: BlockText, *, shown: bool) -> None:
    cells, faulty = block.values["cells"], block.values.get("faulty", {})
    walk.until_first_row(rf"\b\d+ of {len(cells)} cells?$")
    walk.check_task(block, block.text("intro"))
    walk.check(lambda: "the whole problem" not in walk.text, "the problem is cut")
    problem = _sheet_problem(walk, block)
    for done, cell in enumerate(cells, start=1):
        if walk.wrongly and (cell in faulty or (not faulty and done == 1)):
            walk.type("\r" if cell in faulty else f"{typed_wrongly(cell, problem)}\r")
            walk.until_row(r"^ x  \S")
            walk.until_row(r"\S.* x$")
            if shown and cell not in faulty:
                walk.type(_SHOW)
                walk.until_first_row(rf"\b{done} of {len(cells)} cells?$")
                continue
        walk.type(f"{_CLEAR}{typed(cell, problem)}\r")
        walk.until_first_row(rf"\b{done} of {len(cells)} cells?$")
    walk.until_shown("The cell is filled in" if len(cells) == 1 else f"All {len(cells)} cells are filled in")


def _sheet_problem(walk: Walk, block: BlockText) -> str:
    """Return the problem of a worksheet with the numbers that stand beside it."""
    names, problems = block.values.get("vary", {}), list(block.problems())

    def fits(problem: str) -> bool:
        beside = dict(_BESIDE.findall("\n".join(row[:_LEFT_HALF] for row in walk.rows)))
        return all(_number(beside.get(name, "")) == starts(problem)[name] for name in names)

    walk.until(lambda: any(map(fits, problems)), "numbers of vary beside the cells")
    return next(filter(fits, problems))


def _number(text: str) -> Fraction | None:
    return Fraction(text.replace("−", "-")) if text else None
