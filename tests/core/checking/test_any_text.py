"""Whatever is typed as an answer gets a reply: no exception, nothing remembered, bounded work."""

from __future__ import annotations

import gc
import os
import sys
import time
import tracemalloc
from pathlib import Path
from random import Random

import pytest
from answered_problems import checker

from tutor.mathematics.checking.formulas import check_formula

sys.path.append(str(Path(__file__).parents[1] / "notation"))
from text_mutations import mutated

LONG = os.environ.get("GDTUTOR_LONG_TESTS") == "1"
REPETITIONS = 1_000 if LONG else 3
GROWTH = 100_000
"""Bytes that so many repetitions may leave behind, for what the interpreter and its tracing keep."""
VERDICTS = {"correct", "follows", "incomplete", "incorrect", "invalid"}
CELLS = [
    ("five", "dE/dw1"),
    ("five", "w1@1"),
    ("batch", "dE/dw1[2]"),
    ("batch", "dE/dw1"),
    ("neuron", "dL/dw1"),
    ("momentum", "v_w@2"),
    ("adam", "w@1"),
]
PASTED = {
    "a megabyte": "5" * 1_000_000,
    "a megabyte of names": "w1·" * 333_333,
    "ten thousand brackets": "(" * 10_000 + "1" + ")" * 10_000,
    "towers": "9^9^9",
    "a large exponent": "w1^(10^9)",
    "a deep tower": "w1^" * 39 + "w1",
    "exponentials": "exp(" * 38 + "w1" + ")" * 38,
    "a long sum": "+".join(["w1"] * 700),
    "a long quotient": "w1" + "/w1" * 98,
    "large powers": "(w1+x1)^9999",
    "many large powers": "+".join(f"(w1+x1)^{n}" for n in range(900, 960)),
    "roots": "+".join(f"√(w1+{n})" for n in range(30)),
    "roots of roots": "√(w1+" * 30 + "1" + ")" * 30,
    "many branches": "+".join(f"|w1-{n}|" for n in range(60)),
    "a long max": f"max({','.join(f'w1-{n}' for n in range(300))})",
    "sines": "+".join(f"sin({n}w1)" for n in range(60)),
    "logarithms": "+".join(f"ln(w1²+{n})" for n in range(60)),
    "powers of names": "+".join(f"w1^(x1+{n})" for n in range(40)),
    "control characters": "\x00\x1b[2J\x07" * 200,
    "from right to left": "\u202e520\u202c",
    "Hebrew": "א" * 50 + "+520",
    "a line for each": "520\n" * 1_000,
    "combining marks": "w" + "\u0302" * 1_000,
    "brackets that do not end": "(" * 10_000,
    "bars": "|" * 1_999 + "w1",
    "minus signs": "-" * 1_999 + "w1",
    "prototype": "__import__('os').system('true')",
    "braces": "{w1.__class__}",
    "a prime without an inverse": f"√2/{2**127 - 1}",
}


@pytest.mark.parametrize("what", PASTED)
@pytest.mark.parametrize("expected", ["w1*x1", "sqrt(w1+x1)", "|w1|+x1", "520"])
def test_whatever_is_pasted_as_a_formula_gets_a_reply(what: str, expected: str) -> None:
    started = time.perf_counter()
    reply = check_formula(expected, PASTED[what])
    print(f"{what} for {expected}: {1000 * (time.perf_counter() - started):.0f} ms, {reply.verdict}")
    assert reply.verdict in {"incorrect", "invalid"}


IN_CELLS = [(what, *cell) for what in PASTED for cell in CELLS]


@pytest.mark.parametrize(("what", "problem", "cell"), IN_CELLS)
def test_whatever_is_pasted_into_a_cell_gets_a_reply(what: str, problem: str, cell: str) -> None:
    started = time.perf_counter()
    reply = checker(problem).check(cell, PASTED[what])
    print(f"{what} in {cell}: {1000 * (time.perf_counter() - started):.0f} ms, {reply.verdict}")
    assert reply.verdict in {"incorrect", "invalid"}


@pytest.mark.parametrize("what", PASTED)
def test_nothing_of_what_is_pasted_is_kept(what: str) -> None:
    def check() -> None:
        check_formula("sqrt(w1+x1)", PASTED[what])
        checker("five").check("dE/dw1", PASTED[what], {"dE/dy": "28"})

    def kept(repetitions: int) -> int:
        for _ in range(repetitions):
            check()
        gc.collect()
        return tracemalloc.get_traced_memory()[0]

    check()
    tracemalloc.start()
    try:
        before = kept(1)
        after = kept(REPETITIONS)
    finally:
        tracemalloc.stop()
    print(f"{what}: {after - before:+,} bytes after {REPETITIONS} repetitions")
    assert after - before < GROWTH


def test_mutated_answers_get_a_reply() -> None:
    random = Random("answers")
    for number in range(1_000):
        text = mutated(random)
        problem, cell = CELLS[number % len(CELLS)]
        replies = [checker(problem).check(cell, text), check_formula("x*y + w1", text)]
        for reply in replies:
            assert reply.verdict in VERDICTS, text
            assert reply.feedback, text
            assert reply.counts is False or reply.verdict not in {"invalid", "incomplete"}, text


def test_a_cell_that_does_not_exist_is_told_so() -> None:
    for cell in (
        "",
        "dE/dq",
        "E[1]",
        "w1@9",
        "∂",
        "dE/dx1",
        "h9",
        "dE/dw1:direct",
        "w1@-1",
        "E@2",
        "\x00",
        "x1",
        "eta",
    ):
        reply = checker("five").check(cell, "520")
        assert reply.verdict == "invalid", cell
        assert not reply.counts


@pytest.mark.parametrize("earlier", [{"": "1"}, {"dE/dq": "1"}, {"dE/dy": ""}, {"dE/dy": "1/0"}, {"dE/dy": "ln(-1)"}])
def test_earlier_answers_that_are_none_are_told_so(earlier: dict[str, str]) -> None:
    assert checker("five").check("dE/dw1", "520", earlier).verdict == "invalid"
