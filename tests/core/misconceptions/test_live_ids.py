"""Every id of the catalogue is live: some answer to some cell is explained by it."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache

import pytest
from live_ids import FILE

from tutor.mathematics.checking.check import CellChecker
from tutor.mathematics.derivation import derive
from tutor.mathematics.problem import read_problem

DATA = json.loads(FILE.read_text(encoding="utf-8"))
NOT_LIVE = {
    "updates-per-epoch.last-partial-batch-ignored": "no function that a file can use rounds up, so no cell is ⌈N/B⌉",
    "updates-per-epoch.samples-counted": "no function that a file can use rounds up, so no cell is ⌈N/B⌉",
}
LIVE = [identity for identity in DATA["ids"] if identity not in NOT_LIVE]


@cache
def checker(problem: str) -> CellChecker:
    return CellChecker(derive(read_problem(DATA["problems"][problem], f"{problem}.toml")))


@pytest.mark.parametrize("identity", LIVE)
def test_the_id_explains_an_answer(identity: str) -> None:
    row = DATA["ids"][identity]
    reply = checker(row["problem"]).check(row["cell"], row["answer"])
    assert reply.verdict == "incorrect"
    assert identity in {reply.misconception, *reply.also}, reply


def test_the_catalogue_is_here_as_a_whole() -> None:
    assert len(DATA["ids"]) == 321
    assert len({identity.partition(".")[0] for identity in DATA["ids"]}) == 64
    assert set(NOT_LIVE) <= set(DATA["ids"])


def test_most_ids_are_the_best_explanation_of_their_answer() -> None:
    first = Counter(
        checker(row["problem"]).check(row["cell"], row["answer"]).misconception == identity
        for identity, row in DATA["ids"].items()
        if identity in LIVE
    )
    print(f"{len(LIVE)} ids are live, {first[True]} of them as the best explanation")
    assert first[True] >= 300
