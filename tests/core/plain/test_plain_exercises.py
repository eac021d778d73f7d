"""Each kind of exercise as a conversation, rightly and wrongly; what is kept is what the screens would keep."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from conversation import flat

if TYPE_CHECKING:
    from conversation import Learner

BLOCK = "lesson:one-of-each/"
QUESTIONS, TASKS, RUNS, GAMES = (("1.1", f"page {page}") for page in (2, 3, 4, 5))


def listed(*items: str) -> str:
    return json.dumps(list(items), ensure_ascii=False)


def test_a_choice(small: Learner) -> None:
    said = flat(small.types(*QUESTIONS, "1", "4", "foo", "1", "", "2"))
    assert "Question: Which sign? The minus in the rule leads which way? 1: uphill 2: downhill 3: nowhere" in said
    assert said.count("Answers are numbers of options.") == 3
    assert "Not right. A gradient points uphill, and the minus turns it round." in said
    assert "Right. Against the gradient." in said
    assert small.kept(f"{BLOCK}which-sign") == [
        ("answer", "answer", listed("uphill"), "incorrect"),
        ("answer", "answer", listed("downhill"), "correct"),
    ]
    assert small.events(f"{BLOCK}which-sign")[0].misconception == "update.sign"
    said = flat(small.types(*QUESTIONS, "1"))
    assert "This is done already. The answer is 2: downhill" in said


def test_several_answers(small: Learner) -> None:
    said = flat(small.types(*QUESTIONS, "2", "1", "1 2", "31"))
    assert "What you chose is right. One more belongs to it." in said
    assert "“E”: That is the error itself." in said
    assert "Right. By the weight. By the answer." in said
    verdicts = [verdict for *_, verdict in small.kept(f"{BLOCK}which-two")]
    assert verdicts == ["incorrect", "incorrect", "correct"]


@pytest.mark.parametrize(
    ("word", "said", "verdict"),
    [
        ("knew", "You knew it. It comes back later.", "correct"),
        ("1", "You knew it. It comes back later.", "correct"),
        ("not", "Not yet. It comes back soon.", "incorrect"),
        ("2", "Not yet. It comes back soon.", "incorrect"),
    ],
)
def test_a_card(small: Learner, word: str, said: str, verdict: str) -> None:
    heard = flat(small.types(*QUESTIONS, "3", "knew", "foo", "turn", "turn", word))
    assert "The card is not turned yet. Type turn." in heard
    assert heard.count("The other side: w - eta*dE/dw") == 2
    assert said in heard
    assert [kept[3] for kept in small.kept(f"{BLOCK}the-rule")] == ["noted", verdict]


def test_a_formula(small: Learner) -> None:
    said = flat(small.types(*TASKS, "3", "t - y", "2(y", "", ":hint", ":hint", "z", "2y - 2t"))
    assert "Write the slope of (y - t)^2 by y. Names that may be used: t, y." in said
    assert "Not right." in said
    assert "Hint: The 2 comes down." in said
    assert "Hint: It is 2*(…)." in said
    assert "z is not a name here." in said
    assert "Right. The inner slope is 1." in said
    kept = small.kept(f"{BLOCK}the-outer-slope")
    assert [(kind, verdict) for kind, _, _, verdict in kept] == [
        ("answer", "incorrect"),
        ("answer", "invalid"),
        ("hint", ""),
        ("hint", ""),
        ("answer", "invalid"),
        ("answer", "correct"),
    ]
    assert "The formula: 2y - 2t" in flat(small.types(*TASKS, "3"))


def test_a_formula_is_shown(small: Learner) -> None:
    said = flat(small.types(*TASKS, "3", "show", ":show"))
    assert "This is the answer. It counts as shown. The formula: 2*(y - t)" in said
    assert [kept[0] for kept in small.kept(f"{BLOCK}the-outer-slope")][-1] == "shown"


def _order(said: str) -> dict[str, str]:
    """Return the number of each line of the order."""
    lines = ("forward", "backward", "update")
    return {line: next(str(n) for n in (1, 2, 3) if f"{n}: {line}\n" in said) for line in lines}


def test_lines_in_order(small: Learner) -> None:
    numbers = _order(small.types(*TASKS, "4"))
    right = " ".join(numbers[line] for line in ("forward", "backward", "update"))
    wrong = "".join(numbers[line] for line in ("backward", "forward", "update"))
    said = flat(small.types(*TASKS, "4", "1 2", "1 1 2", wrong, right))
    assert said.count("An answer has each number from 1 to 3 once.") == 2
    assert "Not right. “backward” comes too early" in said
    assert "Right. In order. Each needs the one before." in said
    assert small.kept(f"{BLOCK}from-top-to-bottom") == [
        ("answer", "answer", listed("backward", "forward", "update"), "incorrect"),
        ("answer", "answer", listed("forward", "backward", "update"), "correct"),
    ]


def test_the_numbers_of_lines_stay_after_a_wrong_order(small: Learner) -> None:
    numbers = _order(small.types(*TASKS, "4"))
    wrong = "".join(numbers[line] for line in ("update", "forward", "backward"))
    said = small.types(*TASKS, "4", wrong, "repeat")
    assert _order(said.split("Not right.")[1]) == numbers


def test_an_order_is_shown(small: Learner) -> None:
    said = flat(small.types(*TASKS, "4", "show"))
    assert "In order, 1: forward In order, 2: backward In order, 3: update" in said


def _rights(said: str) -> dict[str, str]:
    """Return the number of each right side of the pairs."""
    texts = ("2*x", "3", "0", "nothing at all")
    return {text: next(str(n) for n in range(1, 5) if f"{n}: {text}\n" in said) for text in texts}


def test_pairs(small: Learner) -> None:
    numbers = _rights(small.types(*TASKS, "5"))
    wrong = (numbers["3"], "foo", numbers["2*x"], numbers["0"])
    said = small.types(*TASKS, "5", *wrong, "pairs", numbers["2*x"], numbers["3"], "")
    heard = flat(said)
    assert "What belongs to this: x^2 Pair 1 of 3. Type a number from 1 to 4, or help." in heard
    assert "Answers are numbers of lines." in heard
    assert "Not right. 1 of 3 are right. “x^2”: The 2 comes down." in heard
    assert f"Pair 1, now {numbers['3']}: x^2" in heard
    assert f"Pair 3 of 3, now {numbers['0']}. Type a number from 1 to 4, Enter to keep it, or help." in heard
    assert "Right. All pairs are found. So it is." in heard
    verdicts = [verdict for *_, verdict in small.kept(f"{BLOCK}what-belongs-together")]
    assert [verdict for verdict in verdicts if verdict != "unchecked"] == ["incorrect", "correct"]


def test_pairs_go_on_where_they_were_left(small: Learner) -> None:
    numbers = _rights(small.types(*TASKS, "5"))
    small.types(*TASKS, "5", numbers["2*x"])
    said = flat(small.types("continue"))
    assert "You were at this task: Pairs: What belongs together." in said
    assert "What belongs to this: 3*x Pair 2 of 3." in said
    assert "Right." in small.types("continue", numbers["3"], numbers["0"])


def test_pairs_that_are_left_open_are_asked_for(small: Learner) -> None:
    numbers = _rights(small.types(*TASKS, "5"))
    said = flat(small.types(*TASKS, "5", "go 3", numbers["0"], "go 9"))
    assert "What belongs to this: 7 Pair 3 of 3." in said
    assert "What belongs to this: x^2 Pair 1 of 3." in said.split("Pair 3 of 3.")[1]
    assert "Type go with a number from 1 to 3." in said


def test_pairs_are_shown(small: Learner) -> None:
    said = flat(small.types(*TASKS, "5", "show"))
    assert "Pair: x^2 belongs to: 2*x Pair: 3*x belongs to: 3 Pair: 7 belongs to: 0" in said


def test_an_explanation(small: Learner) -> None:
    said = flat(small.types(*TASKS, "6", "", "quit is a word.", "3", "1"))
    assert "Nothing was typed. Write a sentence or two. Nobody judges them but you." in said
    assert "You wrote: quit is a word. Did you say this? 1: how fast it changes 2: at one point" in said
    assert "Not ticked: at one point. How fast it changes, at a point." in said
    assert small.kept(f"{BLOCK}in-a-sentence") == [
        ("answer", "answer", listed("quit is a word."), "unchecked"),
        ("answer", "answer", listed("quit is a word.", "how fast it changes"), "correct"),
    ]


def test_an_explanation_is_written_anew_or_gone_on_with(small: Learner) -> None:
    small.types(*TASKS, "6", "First.")
    said = flat(small.types("continue", ":anew", "Second.", "none"))
    assert "You wrote: First." in said
    assert "You wrote: Second." in said
    assert small.kept(f"{BLOCK}in-a-sentence")[-1][2] == listed("Second.")


def test_a_prediction(small: Learner) -> None:
    said = flat(small.types(*RUNS, "1", "2", "1"))
    assert "Two steps from 3 with eta = 0.25. Where?" in said
    assert "Not right. Half is left each time." in said
    assert "Right. 3, 1.5, 0.75. It halves each time." in said
    # From 3 with half of it left each time: 3, 1.5, 0.75, and the squares 9, 2.25, 0.5625.
    assert "The run began at x = 3 and stands at x = 0.75 after 2 steps." in said
    assert "f fell from 9 to 0.5625 in 2 steps, without a rise." in said
    assert [kept[3] for kept in small.kept(f"{BLOCK}where-does-it-end")] == ["incorrect", "correct"]


def test_a_prediction_is_shown(small: Learner) -> None:
    said = flat(small.types(*RUNS, "1", "show"))
    assert "This is the answer. It counts as shown. What happened: at 0.75" in said


def test_a_run_with_a_goal(small: Learner) -> None:
    said = flat(small.types(*RUNS, "2", "foo", "run", "set eta x", "set w 1", "set η 0.5", "settings", "run"))
    assert "The goal: loss < 0.001 within 5 steps. learning rate, set as eta: 0.01." in said
    assert "Not right. Not yet." in said
    assert "Longer steps." in said
    assert "“x” is no number." in said
    assert "What may be set here is eta." in said
    assert "Right. The goal is reached. The loss went from 9 to 0 in 5 steps. That was it." in said
    assert small.kept(f"{BLOCK}quickly-down") == [
        ("answer", "answer", listed("eta=0.01"), "incorrect"),
        ("answer", "answer", listed("eta=0.5"), "correct"),
    ]


def test_a_run_with_a_goal_is_shown_or_seen_in_the_lab(small: Learner) -> None:
    said = flat(small.types(*RUNS, "2", "lab", "step", "leave", "show"))
    assert "New x: 3 - 0.01*6 = 2.94" in said
    assert "learning rate, set as eta: 0.5." in said


def test_a_lab_to_look_at(small: Learner) -> None:
    said = flat(small.types(*RUNS, "3", "step", "leave"))
    assert "Lab: f = x^2. Take a few steps." in said
    assert small.kept(f"{BLOCK}look-at-it") == [("page", "opened", "", "")]


def test_a_number_is_guessed(small: Learner) -> None:
    heard = flat(small.types(*GAMES, "1", "foo", "next", "size 3"))
    assert "The secret is between 1 and 20; within 1 is near enough." in heard
    assert "“foo” is no answer here." in heard
    assert "The number is not found yet." in heard
    assert "Type size with a number from 1 to 2." in heard


def test_a_number_is_found_move_by_move_and_another_one_taken(small: Learner) -> None:
    said = small.types(*GAMES, "1", "size 2")
    for _ in range(20):
        if "Near enough" in said:
            break
        said = small.types(*GAMES, "1", "up" if "Too low." in said.rsplit("Your guess is", 1)[1] else "down")
    assert "Small steps get everywhere." in flat(said)
    assert small.kept(f"{BLOCK}a-number")[-1][3] == "correct"
    again = flat(small.types(*GAMES, "1", "new", "next"))
    assert "Type next to go on, new for another number, back, or help." in again


def test_the_desk(small: Learner) -> None:
    said = flat(
        small.types(*GAMES, "2", "v +", ":all", "w +", "w up", "w -", ":knobs", "w down", ":all"),
    )
    # E = (2w - 3)^2 from w = 4: 25, and (2·4.1 - 3)^2 = 27.04; its slope there is 4(2w - 3) = 20.
    assert "w = 4; slope not known yet. E = 25. A move is a step of 0.1." in said
    assert "Knobs are w; type one with + or -." in said
    assert "The slope of w is not known yet. Move it alone first." in said
    assert "w moved by 0.1, E by 2.04" in said
    assert "w = 4.1, 1 step up; slope 20. E = 27.04." in said
    assert "Right. All knobs at once" in said
    assert "E went from 25 to 1." in said  # w = 4 - 0.1·20 = 2, and (2·2 - 3)^2 = 1


def test_numbers_are_drawn_anew(small: Learner) -> None:
    answers = ("1", "2", "3")
    said = small.types(*GAMES, "3", *answers, "again 3", *answers)
    assert flat(said).count("Right. Yes.") == 2
    assert small.kept(f"{BLOCK}drawn-numbers#1")
    assert "This task has no other numbers" not in said
    small.types(*QUESTIONS, "1", "2")
    assert "This task has no other numbers" in flat(small.types(*QUESTIONS, "again 1"))
