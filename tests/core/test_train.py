"""The command `gdtutor train`: what it prints, what it refuses, and its exit status."""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING

import pytest

from tutor.cli import main
from tutor.engine.data.named import NAMED_SETS
from tutor.engine.settings import ACTIVATIONS, LOSSES, RULES

if TYPE_CHECKING:
    from pathlib import Path

Printed = pytest.CaptureFixture[str]
KEYS = ["epochs", "steps", "seconds", "train_loss", "test_loss", "test_accuracy", "parameters"]
PROBLEM = """
title = "A line"
[parameters]
w = 0
b = 0
[steps]
y = "w*x + b"
L = "(y - t)^2"
[examples]
x = [1, 2, 3, 4]
t = [3, 5, 7, 9]
[update]
eta = 0.02
steps = 3
"""


def as_json(capsys: Printed, *words: str) -> dict[str, object]:
    """Return the object that a call prints."""
    assert main(["train", *words, "--json"]) == 0
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    found: dict[str, object] = json.loads(out)
    return found


def without_seconds(found: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in found.items() if key != "seconds"}


def losses(found: dict[str, object], part: str) -> list[float]:
    values = found[f"{part}_loss"]
    assert isinstance(values, list)
    return values


def test_the_object_has_the_keys_of_the_contract(capsys: Printed) -> None:
    found = as_json(capsys, "--data", "xor", "--epochs", "7", "--layers", "3,2", "--batch-size", "50")
    assert list(found) == KEYS
    assert (found["epochs"], found["steps"]) == (7, 49)
    assert len(losses(found, "train")) == len(losses(found, "test")) == 8
    assert isinstance(found["test_accuracy"], float)
    assert isinstance(found["parameters"], dict)
    assert len(found["parameters"]) == 3 * 3 + 4 * 2 + 3
    assert isinstance(found["seconds"], float)


@pytest.mark.parametrize("data", [name for name in NAMED_SETS if name not in {"four-points", "three-examples"}])
def test_every_named_set_is_learned_from(capsys: Printed, data: str) -> None:
    found = as_json(capsys, "--data", data, "--epochs", "60", "--layers", "6,6")
    assert losses(found, "train")[-1] < losses(found, "train")[0] / 2
    assert (found["test_accuracy"] is None) == (data in {"line", "plane", "housing"})


def test_a_line_is_found_without_hidden_layers(capsys: Printed) -> None:
    words = ["--data", "line", "--noise", "0", "--layers", "", "--optimizer", "sgd", "--eta", "0.05"]
    found = as_json(capsys, *words, "--epochs", "200", "--test-share", "0")
    assert found["parameters"] == pytest.approx({"W1[1,1]": 2, "b1[1]": 1}, rel=1e-6)
    assert losses(found, "test") == [None] * 201
    assert found["test_accuracy"] is None


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("optimizer", RULES)
def test_every_loss_goes_with_every_rule(capsys: Printed, loss: str, optimizer: str) -> None:
    words = ["--data", "gauss", "--layers", "2", "--loss", loss, "--optimizer", optimizer, "--epochs", "3"]
    found = as_json(capsys, *words, "--eta", "0.001")
    assert losses(found, "train")[-1] < losses(found, "train")[0]


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_every_activation_is_known(capsys: Printed, activation: str) -> None:
    assert as_json(capsys, "--data", "plane", "--activation", activation, "--epochs", "1")["epochs"] == 1


def test_the_same_seed_makes_the_same_run_again(capsys: Printed) -> None:
    words = ["--data", "spiral", "--noise", "0.1", "--epochs", "3", "--seed"]
    first, again, other = (without_seconds(as_json(capsys, *words, seed)) for seed in ("5", "5", "6"))
    assert first == again
    assert first != other


def test_the_page_has_curve_sentences_and_parameters_and_nothing_of_the_time(capsys: Printed) -> None:
    words = [
        "train",
        "--data",
        "four-points",
        "--layers",
        "none",
        "--optimizer",
        "sgd",
        "--eta",
        "0.02",
        "--epochs",
        "50",
    ]
    assert main(words) == 0
    first = capsys.readouterr()
    assert main(words) == 0
    assert capsys.readouterr() == first
    assert "four-points: 3 examples to train on, 1 to test with" in first.out
    assert "network 1-1, tanh, mse; sgd, η = 0.02, batches of 3, seed 0" in first.out
    assert re.search(r"The train loss fell from [\d.]+ to [\d.]+", first.out)
    assert "W1[1,1] = " in first.out
    assert first.err == ""
    assert "\x1b" not in first.out
    assert "\r" not in first.out


def test_zero_epochs_tell_the_start(capsys: Printed) -> None:
    found = as_json(capsys, "--data", "line", "--epochs", "0")
    assert (found["epochs"], found["steps"], len(losses(found, "train"))) == (0, 0, 1)


# -- files of data


def test_a_file_is_scaled_and_told_in_its_own_units(capsys: Printed, tmp_path: Path) -> None:
    path = tmp_path / "houses.csv"
    rows = [(area, rooms, 3 * area + 20 * rooms + 7) for area in range(50, 150, 7) for rooms in range(1, 6)]
    path.write_text("area,rooms,price\n" + "".join(f"{a},{r},{p}\n" for a, r, p in rows))
    words = ["--data", str(path), "--layers", "none", "--optimizer", "sgd", "--eta", "0.1", "--epochs", "300"]
    found = as_json(capsys, *words, "--test-share", "0")
    assert found["parameters"] == pytest.approx({"W1[1,1]": 3, "W1[1,2]": 20, "b1[1]": 7}, rel=1e-6)
    assert losses(found, "train")[-1] < 1e-9
    assert losses(found, "train")[0] > 10_000


def test_texts_and_classes_in_a_file(capsys: Printed, tmp_path: Path) -> None:
    path = tmp_path / "pets.csv"
    names = {"small": ("cat", 4), "big": ("horse", 500), "flat": ("fish", 1)}
    lines = [f"{shape};{weight + place / 10};{pet}" for shape, (pet, weight) in names.items() for place in range(20)]
    path.write_text("shape;weight;pet\n" + "\n".join(lines) + "\n;5;cat\nflat;1.0;fish\n")
    assert main(["train", "--data", str(path), "--loss", "cross-entropy", "--epochs", "60", "--json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["test_accuracy"] == 1.0
    assert "1 row is left out because a value is missing: column 1 (shape) in 1, first in line 62" in err
    assert "1 row is left out because an earlier one is the same in every column, first in line 63" in err


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "empty"),
        ("x,y\n1,2\n3\n", ":3: this row has 1 value"),
        ("x,y\n1,2\n3,x\n4,5\n", ":3: column 2 (y): “x” is not a number"),
    ],
)
def test_a_fault_in_a_file_is_told_with_status_1(capsys: Printed, tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "data.csv"
    path.write_text(content)
    assert main(["train", "--data", str(path)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"gdtutor: {path}")
    assert message in err
    assert err.count("\n") == 1


def test_a_missing_file_is_a_fault(capsys: Printed) -> None:
    assert main(["train", "--data", "missing.csv"]) == 1
    assert "missing.csv: the file cannot be read (No such file or directory)" in capsys.readouterr().err


# -- problem files


def problem(tmp_path: Path, text: str = PROBLEM) -> str:
    path = tmp_path / "line.toml"
    path.write_text(text)
    return str(path)


def test_a_problem_file_is_descended_as_it_says(capsys: Printed, tmp_path: Path) -> None:
    found = as_json(capsys, problem(tmp_path))
    assert list(found) == KEYS
    assert (found["epochs"], found["steps"], found["test_accuracy"]) == (3, 3, None)
    assert losses(found, "train")[:2] == pytest.approx([41, 18.1926], rel=1e-12)
    assert losses(found, "test") == [None] * 4
    assert set(found["parameters"]) == {"w", "b"}  # type: ignore[call-overload]  # a dictionary


def test_options_go_before_the_problem_file(capsys: Printed, tmp_path: Path) -> None:
    words = [problem(tmp_path), "--batch-size", "1", "--epochs", "1", "--eta", "0.02", "--optimizer", "sgd"]
    found = as_json(capsys, *words)
    assert (found["epochs"], found["steps"]) == (1, 4)
    assert found["parameters"] == pytest.approx({"w": 1.760061, "b": 0.675023}, abs=5e-7)


def test_steps_that_end_within_a_pass_count_as_one_more(capsys: Printed, tmp_path: Path) -> None:
    text = PROBLEM.replace("eta = 0.02", "eta = 0.02\nbatch_size = 2")
    found = as_json(capsys, problem(tmp_path, text))
    assert (found["epochs"], found["steps"], len(losses(found, "train"))) == (2, 3, 3)


def test_options_of_networks_do_not_apply_to_a_problem_file(capsys: Printed, tmp_path: Path) -> None:
    path = problem(tmp_path)
    assert main(["train", path, "--layers", "3", "--noise", "0", "--json"]) == 0
    out, err = capsys.readouterr()
    assert "--layers, --noise do not apply" in err
    assert json.loads(out)["steps"] == 3


def test_the_page_of_a_problem_file(capsys: Printed, tmp_path: Path) -> None:
    assert main(["train", problem(tmp_path)]) == 0
    out = capsys.readouterr().out
    assert out.startswith("A line\nL over w, b, mean over 4 examples; sgd, η = 0.02\n")
    assert "L fell from 41 to " in out
    assert "Parameters: w = " in out


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[steps]\ny = "w*x"\n', "line.toml:2: "),
        ('[given]\nx = 1\n[steps]\ny = "x^2"\n', "nothing to learn"),
        ('[parameters]\nw = 0\n[steps]\ny = "1/w"\n', "line.toml:4: "),
        ('[parameters]\nw = 1\n[steps]\ny = "w^2"\n[update]\neta = -1\n', "learning rate"),
    ],
)
def test_a_fault_in_a_problem_file_is_told_with_status_1(
    capsys: Printed, tmp_path: Path, text: str, message: str
) -> None:
    assert main(["train", problem(tmp_path, text)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("gdtutor: ")
    assert message in err


# -- divergence


def test_divergence_is_said_and_no_fault(capsys: Printed, tmp_path: Path) -> None:
    for words in (
        ["--data", "line", "--optimizer", "sgd", "--eta", "1e9", "--layers", "none"],
        [problem(tmp_path), "--eta", "1e9", "--epochs", "99"],
    ):
        assert main(["train", *words, "--json"]) == 0
        out, err = capsys.readouterr()
        found = json.loads(out)
        assert re.search(r"after step \d+", err, re.IGNORECASE)
        assert "1e+08" in err
        assert len(found["train_loss"]) == found["epochs"] + 1
        assert all(loss is None or math.isfinite(loss) for loss in found["train_loss"])
        assert main(["train", *words]) == 0
        capsys.readouterr()


def test_too_little_memory_is_said(capsys: Printed, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*words: object) -> None:
        raise MemoryError(words)

    monkeypatch.setattr("tutor.train.network_run.Training", refuse)
    assert main(["train", "--data", "line"]) == 1
    assert capsys.readouterr().err == (
        "gdtutor: there is not enough memory for this run. Take smaller layers, or less data.\n"
    )


# -- usage


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "name a problem file, or data"),
        (["a.toml", "--data", "line"], "name a problem file, or data"),
        (["data.csv"], "Write --data data.csv"),
        (["--data", "sprial"], "Did you mean spiral"),
        (["--data", "line", "--loss", "mes"], "Did you mean mse"),
        (["--data", "line", "--activation", "tan"], "Did you mean tanh"),
        (["--data", "line", "--optimizer", "adm"], "Did you mean adam"),
        (["a.toml", "--optimizer", "adm"], "Did you mean adam"),
        (["--data", "four-points", "--noise", "1"], "takes no noise"),
    ],
)
def test_wrong_usage_is_told_with_status_2(capsys: Printed, words: list[str], message: str) -> None:
    assert main(["train", *words]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert message in err


@pytest.mark.parametrize(
    "words",
    [
        ["--eta", "x"], ["--eta", "-1"], ["--eta", "nan"], ["--layers", "4,,4"], ["--layers", "4,0"], ["--layers", "a"],
        ["--batch-size", "0"], ["--epochs", "-1"], ["--epochs", "1.5"], ["--test-share", "1"], ["--seed", "-1"],
        ["--seed", "99999999999999999999"], ["--noise", "inf"], ["--l2", "-0.1"], ["--what"],
    ],
)  # fmt: skip
def test_options_that_cannot_be_read_end_with_status_2(capsys: Printed, words: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["train", "--data", "line", *words])
    assert caught.value.code == 2
    assert "error: " in capsys.readouterr().err


def test_help_names_everything_that_can_be_chosen(capsys: Printed) -> None:
    with pytest.raises(SystemExit):
        main(["train", "--help"])
    told = " ".join(capsys.readouterr().out.split())
    assert [name for name in (*ACTIVATIONS, *LOSSES, *RULES, *NAMED_SETS) if name not in told] == []
    assert "example: gdtutor train --data spiral" in told
