"""What `gdtutor derive FILE` prints, whatever reads it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tutor.mathematics.derivation import derive
from tutor.mathematics.problem import read_problem
from tutor.mathematics.report import as_text

FIVE_WEIGHTS = """\
title = "Five weights, one example"
[given]
x1 = 3
x2 = 2
t = 24
[parameters]
w1 = 1
w2 = 2
w3 = 1
w4 = 1
w5 = 0
[steps]
h1 = "(x1 + w1*x2)^2"
h2 = "w2*x1*x2"
"ŷ" = "w3*h1 + w4*h2 + w5"
E = "(t - ŷ)^2"
[update]
eta = 0.0001
"""
PRINTED = """\
Five weights, one example

Forward pass
  h1 = (x1 + w1·x2)² = (3 + 1·2)² = 25
  h2 = w2·x1·x2 = 2·3·2 = 12
  ŷ = w3·h1 + w4·h2 + w5 = 1·25 + 1·12 + 0 = 37
  E = (t − ŷ)² = (24 − 37)² = 169

Local derivatives
  ∂h1/∂w1 (local) = 2·(x1 + w1·x2)·x2 = 2·(3 + 1·2)·2 = 20
  ∂h2/∂w2 (local) = x1·x2 = 3·2 = 6
  ∂ŷ/∂w3 (local) = h1 = 25
  ∂ŷ/∂h1 (local) = w3 = 1
  ∂ŷ/∂w4 (local) = h2 = 12
  ∂ŷ/∂h2 (local) = w4 = 1
  ∂ŷ/∂w5 (local) = 1
  ∂E/∂ŷ (local) = 2·(ŷ − t) = 2·(37 − 24) = 26

Backward pass
  ∂E/∂ŷ = ∂E/∂ŷ:direct = 26
      path E ← ŷ: ∂E/∂ŷ = 26
  ∂E/∂h2 = ∂E/∂ŷ·∂ŷ/∂h2 = 26·1 = 26
      path E ← ŷ ← h2: ∂E/∂ŷ·∂ŷ/∂h2 = 26·1 = 26
  ∂E/∂h1 = ∂E/∂ŷ·∂ŷ/∂h1 = 26·1 = 26
      path E ← ŷ ← h1: ∂E/∂ŷ·∂ŷ/∂h1 = 26·1 = 26
  ∂E/∂w1 = ∂E/∂h1·∂h1/∂w1 = 26·20 = 520
      path E ← ŷ ← h1 ← w1: ∂E/∂ŷ·∂ŷ/∂h1·∂h1/∂w1 = 26·1·20 = 520
  ∂E/∂w2 = ∂E/∂h2·∂h2/∂w2 = 26·6 = 156
      path E ← ŷ ← h2 ← w2: ∂E/∂ŷ·∂ŷ/∂h2·∂h2/∂w2 = 26·1·6 = 156
  ∂E/∂w3 = ∂E/∂ŷ·∂ŷ/∂w3 = 26·25 = 650
      path E ← ŷ ← w3: ∂E/∂ŷ·∂ŷ/∂w3 = 26·25 = 650
  ∂E/∂w4 = ∂E/∂ŷ·∂ŷ/∂w4 = 26·12 = 312
      path E ← ŷ ← w4: ∂E/∂ŷ·∂ŷ/∂w4 = 26·12 = 312
  ∂E/∂w5 = ∂E/∂ŷ·∂ŷ/∂w5 = 26·1 = 26
      path E ← ŷ ← w5: ∂E/∂ŷ·∂ŷ/∂w5 = 26·1 = 26

Update
  w1@1 = w1 − η·∂E/∂w1 = 1 − 0.0001·520 = 0.948
  w2@1 = w2 − η·∂E/∂w2 = 2 − 0.0001·156 = 1.9844
  w3@1 = w3 − η·∂E/∂w3 = 1 − 0.0001·650 = 0.935
  w4@1 = w4 − η·∂E/∂w4 = 1 − 0.0001·312 = 0.9688
  w5@1 = w5 − η·∂E/∂w5 = 0 − 0.0001·26 = −0.0026
"""


def lines_of(text: str) -> list[str]:
    return list(as_text(derive(read_problem(text, "problem.toml"))))


def line(lines: list[str], start: str) -> str:
    (found,) = [each.strip() for each in lines if each.strip().startswith(start)]
    return found


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "five-weights.toml"
    path.write_text(FIVE_WEIGHTS, "utf-8")
    return path


def command(*arguments: str | Path, encoding: str = "utf-8", **how: Any) -> subprocess.CompletedProcess[bytes]:
    done: subprocess.CompletedProcess[bytes] = subprocess.run(
        [sys.executable, "-m", "tutor.cli", "derive", *map(str, arguments)],
        env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
        check=False,
        timeout=60,
        **{"capture_output": True, **how},
    )
    return done


def test_every_cell_with_its_rule_its_numbers_and_its_paths(file: Path) -> None:
    done = command(file)
    assert done.returncode == 0
    assert done.stderr == b""
    assert done.stdout.decode("utf-8") == PRINTED


def test_plain_ascii_says_the_same(file: Path) -> None:
    done = command(file, encoding="ascii")
    assert (done.returncode, done.stderr) == (0, b"")
    text = done.stdout.decode("ascii")
    assert text.count("\n") == PRINTED.count("\n")
    for printed in ("yhat = w3*h1 + w4*h2 + w5 = 1*25 + 1*12 + 0 = 37", "dE/dw1 = dE/dh1*dh1/dw1 = 26*20 = 520",
                    "path E <- yhat <- h1 <- w1:", "w5@1 = w5 - eta*dE/dw5 = 0 - 0.0001*26 = -0.0026"):  # fmt: skip
        assert printed in text
    assert "?" not in text
    assert "\\" not in text


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8", "utf-16"])
def test_json_is_the_same_in_every_encoding(file: Path, encoding: str) -> None:
    done = command(file, "--json", encoding=encoding)
    assert (done.returncode, done.stderr) == (0, b"")
    cells = {cell["id"]: cell["value"] for cell in json.loads(done.stdout.decode(encoding))["cells"]}
    assert cells["ŷ"] == "37"
    assert cells["dE/dŷ"] == "26"
    assert cells["w1@1"] == "0.948"


def test_a_reader_that_has_seen_enough_is_no_error(file: Path) -> None:
    for reader in (["head", "-1"], ["true"]):
        with subprocess.Popen(
            [sys.executable, "-m", "tutor.cli", "derive", str(file)],
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as derive_it:
            done = subprocess.run(reader, stdin=derive_it.stdout, capture_output=True, check=True)
            assert derive_it.stdout is not None
            derive_it.stdout.close()
            assert derive_it.stderr is not None
            assert derive_it.stderr.read() == b""
            assert derive_it.wait() == 0
            assert done.stdout.decode() in {"Five weights, one example\n", ""}


def test_a_pipe_that_nobody_reads_is_no_error(file: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = command(file, capture_output=False, stdout=writing, stderr=subprocess.PIPE)
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


# -- what the lines say


def test_two_paths_are_listed_and_their_products_add_up() -> None:
    lines = lines_of('[parameters]\nx1 = 0.5\nx2 = 0\n[steps]\nu = "2*x1 + x2"\nv = "u^2 + 3*x2^2"\nf = "v^3"\n')
    start = next(place for place, each in enumerate(lines) if each.startswith("  ∂f/∂x2 ="))
    assert lines[start].strip() == "∂f/∂x2 = ∂f/∂u·∂u/∂x2 + ∂f/∂v·∂v/∂x2 = 6·1 + 3·0 = 6"
    assert sorted(each.strip() for each in lines[start + 1 : start + 3]) == [
        "path f ← v ← u ← x2: ∂f/∂v·∂v/∂u·∂u/∂x2 = 3·2·1 = 6",
        "path f ← v ← x2: ∂f/∂v·∂v/∂x2 = 3·0 = 0",
    ]


def test_a_local_derivative_is_told_from_the_total_one() -> None:
    """With a penalty the objective uses w itself: ∂E/∂w stands for two different numbers."""
    lines = lines_of('[parameters]\nw = 2\n[steps]\ny = "3*w"\nE = "y^2 + 0.5*w^2"\n')
    assert line(lines, "∂E/∂w =") == "∂E/∂w = ∂E/∂y·∂y/∂w + ∂E/∂w:direct = 12·3 + 2 = 38"
    assert line(lines, "∂E/∂w (local)") == "∂E/∂w (local) = w = 2"


def test_negative_and_rounded_numbers_stand_in_brackets_where_they_have_to() -> None:
    steps = 'a = "w*v*w"\nb = "exp(v)*w - w"\nc = "-b^2*b"\nd = "v^b"\n'
    lines = lines_of(f"[parameters]\nw = -2\nv = 0.3\n[steps]\n{steps}")
    assert line(lines, "a =") == "a = w·v·w = (−2)·0.3·(−2) = 1.2"
    assert line(lines, "b =") == "b = exp(v)·w − w = exp(0.3)·(−2) − (−2) ≈ −0.6997176"
    assert line(lines, "c =") == "c = −b²·b = −(−0.6997176)²·(−0.6997176) ≈ 0.3425851"
    assert line(lines, "d =") == "d = v^b = 0.3^(−0.6997176) ≈ 2.322028"


def test_rounded_values_are_marked_once() -> None:
    lines = lines_of('[parameters]\nw = 1\n[steps]\na = "exp(w)"\nb = "a"\n')
    assert line(lines, "a =") == "a = exp(w) = exp(1) ≈ 2.718282"
    assert line(lines, "b =") == "b = a ≈ 2.718282"
    assert line(lines, "∂b/∂w =") == "∂b/∂w = ∂b/∂a·∂a/∂w = 1·2.718282 ≈ 2.718282"


def test_kinks_are_said_below_the_cell() -> None:
    lines = lines_of('[parameters]\nw = 1\n[steps]\na = "relu(w - 1)"\n')
    place = next(place for place, each in enumerate(lines) if each.startswith("  a ="))
    assert lines[place + 1].strip() == "a stands exactly on the kink of relu. Its slope there is taken as 0."


def test_iterations_and_examples_are_named() -> None:
    steps = '[steps]\nE = "(w*x - 1)^2"\n'
    lines = lines_of(f"[parameters]\nw = 1\n{steps}[examples]\nx = [1, 2]\n[update]\neta = 0.1\nsteps = 2\n")
    assert [each for each in lines if each and not each.startswith(" ")] == [
        "Forward pass, iteration 0", "Local derivatives, iteration 0", "Backward pass, iteration 0",
        "Update, iteration 0",
        "Forward pass, iteration 1", "Local derivatives, iteration 1", "Backward pass, iteration 1",
        "Update, iteration 1",
    ]  # fmt: skip
    assert line(lines, "E =") == "E = (E[1] + E[2])/2 = (0 + 1)/2 = 0.5"
    assert line(lines, "∂E/∂w =") == "∂E/∂w = (∂E/∂w[1] + ∂E/∂w[2])/2 = (0 + 4)/2 = 2"
    assert line(lines, "E[2]@1 =") == "E[2]@1 = (w@1·x[2] − 1)² = (0.8·2 − 1)² = 0.36"


@pytest.mark.parametrize(("rungs", "listed"), [(6, 64), (7, 6)])
def test_as_many_paths_are_listed_as_anyone_reads(rungs: int, listed: int) -> None:
    steps = [f'a{k} = "s{k - 1}/2"\ns{k} = "a{k} + s{k - 1}/2"' for k in range(1, rungs + 1)]
    lines = lines_of("[parameters]\nw = 1\n[steps]\n" + "\n".join(['s0 = "w"', *steps]))
    below = lines[next(place for place, each in enumerate(lines) if each.startswith(f"  ∂s{rungs}/∂w =")) + 1 :]
    assert sum(each.strip().startswith("path ") and each.count("w:") == 1 for each in below) == listed
    assert (f"      … and {2**rungs - listed} more of {2**rungs} paths" in below) == (2**rungs > listed)


def test_a_full_disk_is_said_in_one_line(tmp_path: Path) -> None:
    file = tmp_path / "square.toml"
    file.write_text('[parameters]\nw = 1\n[steps]\ny = "w^2*1e9000"\n')
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "tutor.cli", "derive", str(file)]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "cannot be written" in done.stderr
