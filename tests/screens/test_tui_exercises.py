"""Each kind of exercise, answered wrongly and rightly at 80x24, in Unicode and ASCII; left and taken up again."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from stage import Shown, Stage, run

from tutor.course.blocks.choice import Choice
from tutor.course.blocks.order import Order
from tutor.course.exercises.choosing import Choosing
from tutor.course.exercises.making import Making, make_exercise, seed_of
from tutor.course.exercises.matching import Matching
from tutor.course.exercises.ordering import Ordering
from tutor.course.loader import load_course, load_lesson
from tutor.learner.events import Place
from tutor.mathematics.derivation import derive
from tutor.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tutor.course.exercises.base import Exercise
    from tutor.course.model import Block, LessonHead

SAMPLES = Path(__file__).parents[1] / "samples"
COURSE = load_course(SAMPLES)


@pytest.fixture(params=["unicode", "ascii"])
def samples(stage: Stage, request: pytest.FixtureRequest) -> Stage:
    terminal = Terminal(unicode=request.param == "unicode")
    return Stage(replace(stage.services, course=COURSE, terminal=terminal))


def head_of(lesson: str) -> LessonHead:
    return next(head for head in COURSE.lessons if head.id == lesson)


def block_of(lesson: str, title: str) -> Block:
    return next(block for block in load_lesson(head_of(lesson)).blocks() if block.title == title)


def exercise_of(lesson: str, title: str) -> Exercise:
    block = block_of(lesson, title)
    return make_exercise(block, Making(head_of(lesson), derive, seed_of(block.id, 0)))


@asynccontextmanager
async def opened(stage: Stage, lesson: str, page: int = 0, task: str = "") -> AsyncIterator[Shown]:
    """Open a lesson at a page, as somebody does who was there before; a task of it by its title."""
    stage.services.store.remember(Place(f"lesson:{lesson}", page, "", "somewhere"))
    async with stage.show() as shown:
        await shown.press("enter")
        await shown.wait_for("page ")
        while task and f"{task}" not in next((line for line in shown.lines if line.startswith(" > ")), ""):
            await shown.press("tab")
        if task:
            await shown.press("enter")

            await shown.wait_for("? keys")
        yield shown
        fits(shown, stage)


def fits(shown: Shown, stage: Stage) -> None:
    assert len(shown.lines) == 24
    assert max(map(len, shown.lines)) <= 80
    assert stage.services.terminal.unicode or shown.text.isascii()


def verdicts(stage: Stage, lesson: str) -> list[tuple[str, bool]]:
    """Return the verdicts that were kept in a lesson, in order, and whether they used up a try."""
    return [
        (event.verdict, event.counts)
        for event in stage.services.store.all_events()
        if event.kind == "answer" and event.activity.startswith(f"lesson:{lesson}/")
    ]


def said(shown: Shown) -> str:
    return " ".join(shown.text.split())


def places(exercise: Exercise) -> tuple[str, str]:
    """Return the digits of a right and of a wrong option."""
    assert isinstance(exercise, Choosing)
    right = next(place for place, option in enumerate(exercise.options) if option.right)
    wrong = next(place for place, option in enumerate(exercise.options) if not option.right)
    return str(right + 1), str(wrong + 1)


def test_a_choice_is_made_on_the_page(samples: Stage) -> None:
    right, wrong = places(exercise_of("a-choice", "Too low"))

    async def do() -> None:
        async with opened(samples, "a-choice") as shown:
            assert "The answer 7 is lower than the target 10" in said(shown)
            await shown.press("enter")
            assert "Choose an answer first" in said(shown)
            await shown.press(wrong, "enter")
            assert "One more in b is one more in y, and y is 3 too low" not in said(shown)
            await shown.press(right, "enter")
            assert "One more in b is one more in y, and y is 3 too low" in said(shown).replace("`", "")

    run(do())
    assert verdicts(samples, "a-choice") == [("invalid", False), ("incorrect", True), ("correct", True)]


def test_several_options_are_ticked_one_by_one(samples: Stage) -> None:
    exercise = exercise_of("a-choice", "On the way")
    assert isinstance(exercise, Choosing)
    first, second = (str(place + 1) for place in sorted(exercise.rights))
    _, wrong = places(exercise)

    async def do() -> None:
        async with opened(samples, "a-choice", 1) as shown:
            await shown.press(first, "enter")
            assert "One more belongs to it" in said(shown)
            await shown.press(wrong, "enter")
            assert "has no say" in said(shown)
            await shown.press(wrong, second, "enter")
            assert "Everything goes through" in said(shown)

    run(do())
    assert [verdict for verdict, _ in verdicts(samples, "a-choice")] == ["incorrect", "incorrect", "correct"]


def test_a_choice_with_numbers_of_its_own_can_be_done_again(samples: Stage) -> None:
    block = block_of("a-choice", "The gradient of w")
    assert isinstance(block, Choice)
    right, _ = places(exercise_of("a-choice", "The gradient of w"))
    again = make_exercise(block, Making(head_of("a-choice"), derive, seed_of(block.id, 1)))
    other_right, _ = places(again)

    async def do() -> None:
        async with opened(samples, "a-choice", 2) as shown:
            question = next(line for line in shown.lines if "Here w =" in line)
            await shown.press("a")
            assert question in shown.text  # not before it is done
            await shown.press(right, "enter")
            assert "Both links" in said(shown)
            await shown.press("a")
            assert "Both links" not in said(shown)
            assert question not in shown.text
            await shown.press(other_right, "enter")
            assert "Both links" in said(shown)
        async with opened(samples, "a-choice", 2) as shown:
            assert "Both links" in said(shown)
            assert question not in shown.text

    run(do())


def test_a_formula_is_typed_and_named_mistakes_are_told(samples: Stage) -> None:
    async def do() -> None:
        async with opened(samples, "a-formula", task="How fast does E change") as shown:
            await shown.wait_for("names:")
            await shown.press("enter")
            assert "Type a formula first" in said(shown)
            await shown.type("2(y-")
            await shown.press("enter")
            await shown.press("ctrl+u")
            await shown.type("2*(y-t)*b")
            await shown.press("enter")
            assert "b has no place in this formula" in said(shown)
            await shown.press("f2")
            assert "Start with" in said(shown)
            await shown.press("ctrl+u")
            await shown.type("2(y-t)x")
            await shown.press("enter")
            assert "Right. Here it is" in said(shown)
            await shown.press("enter")
            await shown.wait_for("page 1 of 1")
            assert "done" in shown.text

    run(do())
    found = [verdict for verdict, _ in verdicts(samples, "a-formula")]
    assert found == ["invalid", "invalid", "incorrect", "correct"]


def test_a_formula_can_be_shown(samples: Stage) -> None:
    async def do() -> None:
        async with opened(samples, "a-formula", task="A key written down") as shown:
            await shown.type("u*v")
            await shown.press("enter", "f3")
            assert "This is the answer" in said(shown)
            assert "2*u*v" in shown.text
            await shown.press("enter")
            await shown.wait_for("shown")

    run(do())


def test_lines_are_carried_into_order(samples: Stage) -> None:
    exercise = exercise_of("an-order", "The loop")
    assert isinstance(exercise, Ordering)
    start = list(exercise.arrangement)

    async def do() -> None:
        async with opened(samples, "an-order", task="The loop") as shown:
            await shown.press("enter")
            assert "comes too early" in said(shown)
            now = list(start)
            at = 0
            for place in range(len(now)):
                here = now.index(place)
                await shown.press(*["down" if here > at else "up"] * abs(here - at))
                await shown.press("space", *["up"] * (here - place), "space")
                now.insert(place, now.pop(here))
                at = place
            await shown.press("enter")
            assert "In order. And then again." in said(shown)

    run(do())
    assert [verdict for verdict, _ in verdicts(samples, "an-order")] == ["incorrect", "correct"]


def test_an_order_is_judged_by_its_rules_and_says_why() -> None:
    exercise = exercise_of("an-order", "In a framework")
    assert isinstance(exercise, Ordering)
    for arrangement in ((0, 1, 2, 3), (1, 0, 2, 3)):
        assert exercise.judged(exercise.text_of(arrangement)).verdict == "correct"
    assert "Old gradients" in exercise.judged(exercise.text_of((1, 2, 0, 3))).feedback
    assert "nothing to step along" in exercise.judged(exercise.text_of((0, 1, 3, 2))).feedback


def test_pairs_are_found(samples: Stage) -> None:
    exercise = exercise_of("a-match", "What is what")
    assert isinstance(exercise, Matching)
    digit_of = {key: str(place + 1) for place, (key, _) in enumerate(exercise.offered)}
    right = [digit_of[key] for key in exercise.rights]

    async def do() -> None:
        async with opened(samples, "a-match", task="What is what") as shown:
            await shown.press(right[0], right[1], "enter")
            assert "What belongs to" in said(shown)
            await shown.press(digit_of["the learning rate"], "enter")
            assert "2 of 3 are right" in said(shown)
            assert "what the answer should be" in said(shown)
            await shown.press("down", "down", right[2], "enter")
            assert "All pairs are found" in said(shown)

    run(do())
    assert [verdict for verdict, _ in verdicts(samples, "a-match")] == ["invalid", "incorrect", "correct"]


def test_a_card_is_turned_and_judged_by_the_learner(samples: Stage) -> None:
    async def do() -> None:
        async with opened(samples, "a-card") as shown:
            assert "One number" not in shown.text
            await shown.press("1")
            assert "One number" not in shown.text
            await shown.press("enter")
            assert "One number that says how wrong the answer is: here 9." in said(shown)
            await shown.press("2")
            assert "It comes back soon" in said(shown)

    run(do())
    assert verdicts(samples, "a-card") == [("noted", False), ("incorrect", True)]


def test_words_of_ones_own_are_kept_and_never_judged(samples: Stage) -> None:
    async def write() -> None:
        async with opened(samples, "an-explanation", task="What learning is") as shown:
            await shown.press("enter")
            assert "Write a sentence or two first" in said(shown)
            await shown.type("it looks at q and 2")
            await shown.press("escape")
            await shown.wait_for("begun")

    async def go_on() -> None:
        async with opened(samples, "an-explanation", task="What learning is") as shown:
            assert "it looks at q and 2" in shown.text
            await shown.press("enter")
            await shown.press("1", "3", "enter")
            assert "Not ticked: the gradient says which way" in said(shown)
            assert "asks which way is down" in said(shown)
            await shown.press("enter")
            await shown.wait_for("page 1 of 1")

    run(write())
    run(go_on())
    assert [verdict for verdict, _ in verdicts(samples, "an-explanation")] == ["invalid", "unchecked", "correct"]


def test_a_faulty_sheet_is_put_right(samples: Stage) -> None:
    async def do() -> None:
        async with opened(samples, "a-faulty-sheet", task="Somebody else's sheet") as shown:
            await shown.wait_for("unchecked")
            await shown.press("enter", "enter")
            assert "x" in shown.text
            assert "2 of 3" not in shown.text
            await shown.press("ctrl+u")
            await shown.type("-18")
            await shown.press("enter", "enter")
            await shown.wait_for("All 3 cells are filled in")

    run(do())
    assert [verdict for verdict, _ in verdicts(samples, "a-faulty-sheet")][:3] == ["correct", "incorrect", "correct"]


def test_a_prediction_is_made_before_the_run_is_seen(samples: Stage) -> None:
    right, wrong = places(exercise_of("a-prediction", "Too long a step"))

    async def do() -> None:
        async with opened(samples, "a-prediction", task="Too long a step") as shown:
            await shown.wait_for("side to side")
            await shown.press(wrong, "enter")
            assert "side to side" in said(shown)
            await shown.press(right, "enter")
            assert "Enter goes on" in said(shown)
            assert "they go to the valley" not in shown.text
            await shown.press("enter")
            await shown.wait_for("page 1 of 1")

    run(do())
    assert [verdict for verdict, _ in verdicts(samples, "a-prediction")] == ["incorrect", "correct"]


@pytest.mark.parametrize("page", [0, 1, 2])
def test_pictures_stand_on_their_pages(page: int, samples: Stage) -> None:
    async def do() -> None:
        async with opened(samples, "figures", page) as shown:
            if page == 0:
                assert "Each step is shorter" in said(shown)
                await shown.press("enter", "1")
                assert "You knew it" in said(shown)
            elif page == 1:
                assert "loss" in shown.text
                assert "w" in shown.text
            else:
                assert sum(bool(line) for line in shown.lines) > 10

    run(do())


def test_a_goal_is_reached_by_turning_a_knob(samples: Stage) -> None:
    async def do() -> None:
        async with opened(samples, "a-lab", task="Under 0.001 in 15 steps") as shown:
            await shown.wait_for("Goal")
            await shown.press("enter")
            await shown.wait_for("Not yet.")
            assert "Try steps that are a little longer" in said(shown)
            await shown.press("t")
            await shown.wait_for("Which value?")
            await shown.press("ctrl+u")
            await shown.type("0.4")
            await shown.press("enter")
            await shown.wait_for("Goal")
            await shown.press("enter")
            await shown.wait_for("The goal is reached")
            await shown.press("enter")
            await shown.wait_for("page 1 of 1")

    run(do())
    assert [verdict for verdict, _ in verdicts(samples, "a-lab")] == ["incorrect", "correct"]


def test_a_lab_is_opened_just_to_look(samples: Stage) -> None:
    async def do() -> None:
        async with opened(samples, "a-lab", task="Just look") as shown:
            await shown.wait_for("step 0")
            await shown.press("escape")
            await shown.wait_for("seen")

    run(do())


def test_the_number_is_found_and_what_never_ends_is_said(samples: Stage) -> None:
    exercise = exercise_of("games", "Guess the number")
    secret = exercise.secret  # type: ignore[attr-defined]  # it is a game
    assert abs(secret - 50) > 2

    async def do() -> None:
        async with opened(samples, "games", task="Guess the number") as shown:
            await shown.wait_for("guess  50")
            way, back = ("up", "down") if secret > 50 else ("down", "up")
            await shown.press(back)
            assert "wrong direction" in said(shown)
            await shown.press(way, *[way] * ((abs(secret - 50) - 1) // 2))
            assert "Near enough" in said(shown)
            await shown.press("enter")
            await shown.wait_for("page 1 of 1")

    run(do())


def test_the_mixing_desk_reads_slopes_and_turns_all(samples: Stage) -> None:
    async def do() -> None:
        async with opened(samples, "games", task="The mixing desk") as shown:
            await shown.wait_for("slope not known")
            await shown.press("enter")
            assert "The slope of w is not known yet" in said(shown)
            await shown.press("right")
            assert "moved by 0.1" in said(shown)
            await shown.press("down", "right")
            assert "nobody knows which knob did it" in said(shown)
            await shown.press("up", "left")
            await shown.press("down")
            await shown.press("left", "right")
            assert "slope" in shown.text
            await shown.press("enter")
            assert "E went from 9 to" in said(shown)
            assert "one step of gradient descent" in said(shown)

    run(do())


def test_an_order_left_in_the_middle_is_there_again(samples: Stage) -> None:
    block = block_of("an-order", "The loop")
    assert isinstance(block, Order)

    async def leave() -> None:
        async with opened(samples, "an-order", task="The loop") as shown:
            await shown.press("space", "down", "space", "escape")
            await shown.wait_for("begun")

    async def come_back() -> None:
        async with samples.show() as shown:
            await shown.press("enter")
            await shown.wait_for("One round of training")
            exercise = exercise_of("an-order", "The loop")
            assert isinstance(exercise, Ordering)
            first, second, *_ = exercise.arrangement
            lines = [line for line in shown.lines if any(text in line for text in exercise.texts)]
            assert exercise.texts[second] in lines[0]
            assert exercise.texts[first] in lines[1]

    run(leave())
    run(come_back())
