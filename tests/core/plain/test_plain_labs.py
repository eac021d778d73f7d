"""Labs as conversations: after each step a sentence, and the numbers that matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversation import flat

if TYPE_CHECKING:
    from pathlib import Path

    from conversation import Learner

PARABOLA = ("lab", "parabola")


def test_steps_are_told_with_their_numbers(learner: Learner) -> None:
    said = flat(learner.types(*PARABOLA, "step", "st 2", "back", "back 9", "reset", "numbers"))
    # x² from 3 with η = 0.1: each step leaves 0.8 of x.
    assert "step 1: gradient 6. New x: 3 - 0.1*6 = 2.4" in said
    assert "f fell from 9 to 5.76 in 1 step, without a rise. Now x = 2.4. eta 0.1, sgd, step 1, f 5.76." in said
    assert "step 3: gradient 3.84. New x: 1.92 - 0.1*3.84 = 1.536" in said
    assert "step 2: gradient 4.8." in said
    assert said.count("start: x = 3. eta 0.1, sgd, step 0, f 9.") == 3
    assert said.endswith("x = 3. Type step, run 100, back, set, reset, leave, or help. Everything you did is kept.")


def test_runs_go_on_for_as_long_as_asked_and_stop_where_they_diverge(learner: Learner) -> None:
    said = flat(learner.types(*PARABOLA, "run 20", "set eta 3", "run 5000", "step"))
    assert "eta 0.1, sgd, step 20, f 0.001196." in said  # 9·0.8^40
    assert "step 20" in said
    assert "No run can go on. Step back, or go to the start." in said


def test_settings_are_told_and_set(learner: Learner) -> None:
    lines = ("settings", "set η=0.3", "set eta", "set foo 1", "set eta word", "set rule ad", "set rule adam", "set")
    said = flat(learner.types(*PARABOLA, *lines))
    assert "learning rate, set as eta: 0.1. rule, set as rule: sgd." in said
    assert "learning rate: 0.3." in said
    assert "Settings here: eta, rule, schedule, clip, stop." in said
    assert "“word” is no number." in said
    assert "“ad” is no update rule." in said
    assert "rule: adam." in said


def test_counts_that_are_none_are_asked_for(learner: Learner) -> None:
    said = flat(
        learner.types(*PARABOLA, "step x", "step 0", "run -1", "run 9999999999", "epoch 1.5", "view", "foo", "")
    )
    assert "Type step with a whole number up to 1000000, such as step 10." in said
    assert said.count("with a whole number up to 1000000") == 5
    assert "Type view with one of: curve, loss." in said
    assert "“foo” is no command here." in said
    assert "Nothing was typed." in said


def test_a_step_is_told_and_worked_by_hand(learner: Learner) -> None:
    said = flat(learner.types(*PARABOLA, "hand", "work", "step", "hand", "work", "9", "6", "2.4", ":next", "numbers"))
    assert said.count("No step has been taken yet. Type step.") == 2
    assert "Step 1 by hand" in said
    assert "df/dx (local) = 2*x = 2*3 = 6" in said
    assert "x@1 = x - eta*df/dx = 3 - 0.1*6 = 2.4" in said
    assert "Worksheet: Step 1 by hand." in said
    assert "All 3 cells are filled in." in said


def test_the_next_step_is_worked_by_hand_and_then_taken(learner: Learner) -> None:
    said = flat(learner.types(*PARABOLA, "ahead", "9", "6", "2.4", ":next", "ahead", ":back"))
    assert "Step 1 is taken: it is the one that you worked by hand." in said
    assert "Worksheet: Step 2 by hand." in said
    assert "step 2" not in said.split("Worksheet: Step 2 by hand.")[1]


def test_runs_stand_beside_each_other(learner: Learner) -> None:
    said = flat(learner.types(*PARABOLA, "drop", "another", "step", "switch", "another", "another", "drop", "seed"))
    assert "This is the only run." in said
    assert "Run 2 of 2: momentum." in said
    assert "After 1 step sgd and momentum are lowest: sgd 5.76, momentum 5.76." in said
    assert "This is run 1 of 2: sgd." in said
    assert "There is room for 3 runs." in said
    assert "Nothing is drawn by chance here." in said


def test_codes_bring_labs_back(learner: Learner) -> None:
    said = flat(learner.types(*PARABOLA, "set eta 0.3", "code"))
    code = said.split("This lab has the code ")[1].split(" ")[0]
    said = flat(learner.types("lab", f"code {code}", "step", f"code {code}", "code nonsense!"))
    assert said.count("Lab: f = x^2.") == 2
    assert "New x: 3 - 0.3*6 = 1.2" in said


def test_a_network_is_told_by_what_it_gets_right(learner: Learner) -> None:
    said = flat(learner.types("lab", "xor", "epoch 2", "view weights", "view network", "view gradients", "seed"))
    assert "Lab: xor, network 2-4-1." in said
    assert "training points and" in said
    assert "are on the right side" in said
    assert "epoch 2, loss" in said
    assert "is the largest in size" in said
    assert "drawn from seed 1" in said


def test_functions_of_ones_own(learner: Learner) -> None:
    said = flat(
        learner.types("lab", "function x^4 - 4x^2", "x = 2", "leave", "function x y z", "function", "1.5", "99")
    )
    # Minima at ±√2 with the value -4, a maximum 0 at 0.
    assert "it falls to -4 at x = -1.414; it rises to 0 at x = 0; it falls to -4 at x = 1.414" in said
    assert "Type function with what it is about; help says how." in said
    assert "“99” is no ready lab." in said


def test_asking_for_a_start_can_be_left(learner: Learner) -> None:
    said = flat(learner.types("lab", "function a^2", ":back", "function a^2", "nonsense", "function a^2", ""))
    assert "Where does it start? Type it, such as a = 1; or :back, or :help." in said
    assert "“nonsense” is no starting value." in said
    assert "start: a = 1." in said


def test_files_and_points_of_ones_own(learner: Learner, tmp_path: Path) -> None:
    problem = tmp_path / "bowl.toml"
    problem.write_text('[parameters]\na = 3\nb = 2\n[steps]\nf = "a^2 + 2*b^2"\n')
    table = tmp_path / "table.csv"
    table.write_text("x,y\n" + "".join(f"{n},{2 * n}\n" for n in range(20)))
    said = flat(
        learner.types(
            "lab", f"problem {problem}", "step", "leave", "problem nowhere.toml",
            f"csv {table}", "leave", "csv nowhere.csv", "csv \0", "points 1 2; 2 4; 3 6", "leave", "points x",
        )
    )  # fmt: skip
    assert "f is lowest, 0, at a = 0, b = 0" in said
    assert said.count("nowhere") >= 2
    assert "table.csv" in said or "network" in said
    assert said.count("Type a number, function x^2, back, or help.") == 8
