"""The same verdict every time: again in this process, and in fresh ones with other hashes."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from functools import cache

import pytest
from equal_pairs import EQUAL
from random_pairs import hidden_pairs, pairs
from unequal_pairs import UNEQUAL

from tutor.mathematics.checking.formulas import check_formula
from tutor.mathematics.notation.mentioned import names_in
from tutor.mathematics.notation.printing import plain

PAIRS = [
    *EQUAL[::6],
    *UNEQUAL[::6],
    *((plain(first), plain(second)) for first, second in pairs("repeated", 30)),
    *((plain(first), plain(second)) for first, second in hidden_pairs("repeated", 10)),
]
PAIRS = [pair for pair in PAIRS if names_in(pair[0])]

FRESH = """
import json, sys
from dataclasses import asdict
from tutor.mathematics.checking.formulas import check_formula
pairs = json.load(sys.stdin)
print(json.dumps([asdict(check_formula(*pair)) for pair in pairs]))
"""


def replies(found: Sequence[tuple[str, str]]) -> list[dict[str, object]]:
    return json.loads(json.dumps([asdict(check_formula(*pair)) for pair in found]))  # type: ignore[no-any-return]  # JSON


@cache
def replies_here() -> list[dict[str, object]]:
    return replies(PAIRS)


def test_a_verdict_is_the_same_when_it_is_asked_again_in_another_order() -> None:
    assert replies(PAIRS[::-1])[::-1] == replies_here()


@pytest.mark.parametrize("hash_seed", ["1", "4242"])
def test_a_verdict_is_the_same_in_a_fresh_process(hash_seed: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FRESH],
        input=json.dumps(PAIRS),
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout) == replies_here()
