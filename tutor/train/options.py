"""What can be written after `gdtutor train`. Light: every call with arguments builds it."""

from __future__ import annotations

import argparse
import math
from pathlib import Path

ABOUT = "train a network on data, or descend a problem file, and show the loss curve"
EXAMPLE = "gdtutor train --data spiral --layers 8,8 --optimizer adam --eta 0.03 --epochs 300 --seed 1"
# For a problem file these have no meaning: it says itself what is calculated.
NETWORK_ONLY = ("layers", "activation", "loss", "l2", "noise", "test_share")
DEFAULTS: dict[str, object] = {
    "layers": (4, 4), "activation": "tanh", "loss": "mse", "optimizer": "adam", "eta": 0.03, "batch_size": 10,
    "epochs": 100, "l2": 0.0, "test_share": 0.3, "seed": 0,
}  # fmt: skip
_LARGEST_SEED = 2**63 - 1


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the options. None stands for what was not written: a problem file has its own values for some."""
    add = parser.add_argument
    add("file", nargs="?", type=Path, metavar="FILE", help="a problem file: its parameters are moved as it says")
    add(
        "--data",
        metavar="NAME|FILE.csv",
        help="line, plane, circle, xor, gauss, spiral, housing (synthetic), four-points, three-examples, truth-table; "
        "or a CSV file, whose last column is the target; its inputs are normalised, and rows that miss a value or "
        "repeat an earlier one are left out",
    )
    add("--layers", type=_layers, metavar="4,4", help="units of each hidden layer; none for no hidden layer (4,4)")
    add("--activation", metavar="NAME", help="linear, square, relu, leaky-relu, sigmoid or tanh (tanh)")
    add("--loss", metavar="NAME", help="mse, sse, half-mse, mae or cross-entropy (mse)")
    add("--optimizer", metavar="RULE", help="sgd, momentum, nesterov, rmsprop, adam or adamw (adam)")
    add("--eta", type=_from_zero, metavar="0.03", help="the learning rate (0.03)")
    add("--batch-size", type=_counted, metavar="10", help="examples in a mini-batch (10)")
    add("--epochs", type=_whole, metavar="100", help="passes over the training part (100)")
    add("--l2", type=_from_zero, metavar="0", help="weight of the L2 penalty (0)")
    add("--noise", type=_from_zero, metavar="0", help="noise of a set with a name (0; line 0.3, housing 0.4)")
    add("--test-share", type=_share, metavar="0.3", help="share of the examples that only test (0.3)")
    add("--seed", type=_seed, metavar="N", help="the same number makes the same run again (0)")
    add("--json", action="store_true", help="print one JSON object instead of the curve")


def _layers(text: str) -> tuple[int, ...]:
    if text.strip().lower() in {"", "none", "0"}:
        return ()
    try:
        return tuple(_counted(part) for part in text.split(","))
    except argparse.ArgumentTypeError as error:
        raise argparse.ArgumentTypeError(f"“{text}” is no list of layers: write units such as 4,4, or none") from error


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 16):  # noqa: PLR2004 - beyond any run
        raise argparse.ArgumentTypeError(f"“{text}” is no whole number from 0")
    return int(text)


def _counted(text: str) -> int:
    text = text.strip()
    value = _whole(text)
    if not value:
        raise argparse.ArgumentTypeError(f"“{text}” is no whole number from 1")
    return value


def _seed(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > 19 or int(text) > _LARGEST_SEED:  # noqa: PLR2004 - digits
        raise argparse.ArgumentTypeError(f"“{text}” is no seed: write a whole number from 0")
    return int(text)


def _from_zero(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not (math.isfinite(value) and value >= 0):
        raise argparse.ArgumentTypeError(f"“{text}” is no number from 0")
    return value


def _share(text: str) -> float:
    value = _from_zero(text)
    if value >= 1:
        raise argparse.ArgumentTypeError(f"“{text}” is no share: write a number from 0 to below 1, such as 0.3")
    return value
