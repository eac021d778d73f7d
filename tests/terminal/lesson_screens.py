"""How each kind of block with a screen of its own is answered; wrongly, that tells what has to be said then."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

from lesson_lists import LINE, OPTION, RIGHT_SIDE, listed, matched
from lesson_text import BlockText, key_of

from tutor.course.blocks.predict import Predict
from tutor.course.loader import load_head, load_lesson
from tutor.course.runs import make_run, settings_of
from tutor.mathematics.derivation import derive

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from lesson_walk import Walk

_UP, _DOWN, _RIGHT, _LEFT = "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D"
_CLEAR = "\x15"
_RIGHT_HALF = 39
_MOST_MOVES = 200


def _predict_rightly(walk: Walk, block: BlockText) -> None:
    place = _came_true(walk, block)
    option = block.values["option"][place]
    walk.type(f"{_predicted(walk, block)[place]}\r")
    walk.until_shown("What happened:")
    for text in (option["text"], option["feedback"], block.text("after"), "Enter goes on."):
        walk.until_shown(walk.lesson.filled(text, block.problem))


def _predict_wrongly(walk: Walk, block: BlockText) -> str:
    place = 1 if _came_true(walk, block) == 0 else 0
    walk.type(f"{_predicted(walk, block)[place]}\r")
    return walk.lesson.filled(block.values["option"][place]["feedback"], block.problem)


def _predicted(walk: Walk, block: BlockText) -> list[str]:
    texts = [walk.lesson.filled(option["text"], block.problem) for option in block.values["option"]]
    return matched(walk, texts, lambda: listed(walk.rows, OPTION))


def _came_true(walk: Walk, block: BlockText) -> int:
    """Return the place of the option that comes true: what a run does is the engine's to say."""
    lesson = load_lesson(load_head(walk.lesson.path))
    found = next(each for each in lesson.blocks() if isinstance(each, Predict) and each.title == block.title)
    settings = settings_of(found.plan, AssertionError)  # type: ignore[arg-type]  # a fault here is a failed test
    trace = make_run(settings, found.plan.length, derive).trace
    (place,) = [place for place, option in enumerate(found.options) if option.when.holds(trace)]
    return place


def _order_rightly(walk: Walk, block: BlockText) -> None:
    lines = [walk.lesson.filled(line, block.problem) for line in block.values["lines"]]
    digits = matched(walk, lines, lambda: listed(walk.rows, LINE))
    now = [digits.index(str(place + 1)) for place in range(len(lines))]
    keys, at = "", next(int(row[4]) - 1 for row in walk.rows if row.startswith(" > "))
    for place in range(len(now)):
        here = now.index(place)
        keys += (_DOWN if here > at else _UP) * abs(here - at) + " " + _UP * (here - place) + " "
        now.insert(place, now.pop(here))
        at = place
    walk.type(keys + "\r")
    for text in ("In order.", block.text("after"), "Enter goes on."):
        walk.until_shown(walk.lesson.filled(text, block.problem))


def _order_wrongly(walk: Walk, block: BlockText) -> str:
    walk.press("enter")
    walk.until_row(r"^ x  \S")
    walk.until_shown("comes too early")
    whys = [walk.lesson.filled(rule["why"], block.problem) for rule in block.values.get("before", [])]
    walk.check(lambda: not whys or any(map(walk.shows, whys)), "one of the reasons is given")
    return "comes too early"


def _match_rightly(walk: Walk, block: BlockText) -> None:
    _put(walk, _sides(walk, block))
    for text in ("All pairs are found.", block.text("after"), "Enter goes on."):
        walk.until_shown(walk.lesson.filled(text, block.problem))


def _match_wrongly(walk: Walk, block: BlockText) -> str:
    sides = _sides(walk, block)
    _put(walk, [next(side for side in sides if side != sides[0]), *sides[1:]])
    return walk.lesson.filled(block.values["pair"][0]["why"], block.problem)


def _put(walk: Walk, sides: Sequence[str]) -> None:
    """Put right sides by their digits to all lines, from the first one on."""
    walk.type(_UP * len(sides) + "".join(sides) + "\r")


def _sides(walk: Walk, block: BlockText) -> list[str]:
    """Return the digit of the right side of each pair."""
    texts = [walk.lesson.filled(pair["right"], block.problem) for pair in block.values["pair"]]
    return matched(walk, texts, lambda: listed([row[_RIGHT_HALF:] for row in walk.rows], RIGHT_SIDE))


def _formula_rightly(walk: Walk, block: BlockText) -> None:
    walk.type(f"{_CLEAR}{_key(block)}\r")
    for text in (block.text("after"), "Enter goes on."):
        walk.until_shown(walk.lesson.filled(text, block.problem))


def _formula_wrongly(walk: Walk, block: BlockText) -> str:
    walk.type(f"{_CLEAR}{_key(block)} + 1\r")
    walk.until_row(r"^ x  \S")
    return ""


def _key(block: BlockText) -> str:
    return block.text("expected") or key_of(block.text("cell"), block.problem)


def _explain_rightly(walk: Walk, block: BlockText) -> None:
    _explain(walk, block, "".join(str(place + 1) for place in range(len(block.values["checklist"]))))
    for text in ("You have said it all.", block.text("model"), "Enter goes on."):
        walk.until_shown(walk.lesson.filled(text, block.problem))


def _explain_with_gaps(walk: Walk, block: BlockText) -> str:
    _explain(walk, block, "")
    walk.until_shown(f"Not ticked: {walk.lesson.filled(block.values['checklist'][0], block.problem)}")
    return walk.lesson.filled(block.text("model"), block.problem) or "Not ticked:"


def _explain(walk: Walk, block: BlockText, ticks: str) -> None:
    walk.type("it measures, asks which way is down, and moves a little\r")
    for point in block.values["checklist"]:
        walk.until_shown(walk.lesson.filled(point, block.problem))
    walk.type(f"{ticks}\r")


def _lab_rightly(walk: Walk, block: BlockText) -> None:
    for place, symbol in enumerate(block.values["may"]):
        if symbol in block.values["solution"]:
            walk.type("t")
            walk.until_shown("Which value?")
            walk.type(f"{block.values['solution'][symbol]}\r")
            walk.until_row(r"^ Goal  ")
        if place < len(block.values["may"]) - 1:
            walk.type(_DOWN)
    walk.type("\r")
    for text in ("The goal is reached.", block.text("after"), "Enter goes on."):
        walk.until_shown(walk.lesson.filled(text, block.problem))


def _lab_wrongly(walk: Walk, block: BlockText) -> str:
    walk.press("enter")
    walk.until_shown("Not yet.")
    return walk.lesson.filled(block.text("hint"), block.problem) or "Not yet."


def _guess_rightly(walk: Walk, block: BlockText) -> None:
    """Follow what is said; where a size leads nowhere, take the next one."""
    for _ in range(_MOST_MOVES):
        walk.until_row(r"(Too low|Too high|Near enough.*)\.|for ever|worse and worse")
        said = walk.text
        if "Near enough" in said and "at once" not in said:
            break
        if "Near enough" in said:
            key = "n"
        elif re.search(r"for ever|gets worse|nowhere", said):
            key = _RIGHT
        else:
            key = _UP if "Too low." in said else _DOWN
        walk.type(key)
        walk.until(lambda said=said: _guesses(walk.text) != _guesses(said), "another guess")
    walk.until_row("Near enough")
    for text in (block.text("after"), "Enter goes on"):
        walk.until_shown(walk.lesson.filled(text, block.problem))


def _guess_wrongly(walk: Walk, block: BlockText) -> str:
    del block
    walk.until_row(r"Too low|Too high|Near enough")
    if "Near enough" in walk.text:
        return "Near enough"
    walk.type(_DOWN if "Too low." in walk.text else _UP)
    return "That was the wrong direction."


def _guesses(screen: str) -> str:
    """Return what the screen of a guess says of the guess and the sizes."""
    return " ".join(row for row in screen.split("\n") if re.match(r" (guess|step|share|moves|so far) ", row))


def _desk_rightly(walk: Walk, block: BlockText) -> None:
    for name in tomllib.loads(block.problem)["parameters"]:
        walk.type(_RIGHT)
        walk.until_row(rf"^ > {name}\s.*slope -?[^n]")
        walk.type(_LEFT + _DOWN)
        walk.until_shown(f"{name} is back in its place")
    walk.type("\r")
    for text in ("All knobs at once", block.text("after")):
        walk.until_shown(walk.lesson.filled(text, block.problem))


def _desk_wrongly(walk: Walk, block: BlockText) -> str:
    del block
    walk.press("enter")
    return "is not known yet. Move it alone first."


def _game_rightly(walk: Walk, block: BlockText) -> None:
    (_desk_rightly if block.text("play") == "mixing-desk" else _guess_rightly)(walk, block)


def _game_wrongly(walk: Walk, block: BlockText) -> str:
    return (_desk_wrongly if block.text("play") == "mixing-desk" else _guess_wrongly)(walk, block)


RIGHTLY: Mapping[str, Callable[[Walk, BlockText], None]] = {
    "predict": _predict_rightly,
    "order": _order_rightly,
    "match": _match_rightly,
    "formula": _formula_rightly,
    "explain": _explain_rightly,
    "lab": _lab_rightly,
    "game": _game_rightly,
}
WRONGLY: Mapping[str, Callable[[Walk, BlockText], str]] = {
    "predict": _predict_wrongly,
    "order": _order_wrongly,
    "match": _match_wrongly,
    "formula": _formula_wrongly,
    "explain": _explain_with_gaps,
    "lab": _lab_wrongly,
    "game": _game_wrongly,
}
SHOWN = frozenset({"predict", "order", "match", "formula", "lab"})
"""The kinds whose answer can be shown."""
