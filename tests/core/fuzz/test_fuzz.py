"""Whatever is sent gets a reply: the fuzzer's corpus, all that once failed, and a short run of the fuzzer itself."""

from __future__ import annotations

import importlib.util
import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sympy
from evaluation_forbidden import EvaluatedError, evaluation_forbidden
from failed_inputs import FAILED, KNOWN_FAILURES
from requests_from_bytes import KINDS, answer, load_everything

if TYPE_CHECKING:
    from collections.abc import Iterator

CORPUS = Path(__file__).with_name("corpus")
SEEDS = sorted(CORPUS.iterdir())
RUNS = 100_000 if os.environ.get("GDTUTOR_LONG_TESTS") == "1" else 1_000
PATIENCE = 5
"""Seconds after which an input is given up; reached only where the work is without bounds."""
HAS_ATHERIS = importlib.util.find_spec("atheris") is not None


@pytest.fixture(scope="module", autouse=True)
def everything_loaded() -> None:
    load_everything()


@contextmanager
def patience() -> Iterator[None]:
    """Fail instead of waiting for ever."""

    def give_up(*_: object) -> None:
        raise TimeoutError(f"no reply after {PATIENCE} s")

    usual = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(PATIENCE)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, usual)


@pytest.mark.parametrize("seed", SEEDS, ids=[path.name for path in SEEDS])
def test_the_corpus_gets_replies(seed: Path) -> None:
    with patience(), evaluation_forbidden():
        answer(seed.read_bytes())


def test_the_corpus_has_every_kind() -> None:
    kinds = {path.read_bytes()[:1] for path in SEEDS}
    assert kinds == set(KINDS)


def with_mark(data: bytes) -> object:
    reason = KNOWN_FAILURES.get(data)
    return pytest.param(data, marks=[pytest.mark.xfail(reason=reason)] if reason else [])


@pytest.mark.parametrize("data", list(map(with_mark, FAILED)), ids=[repr(data)[2:60] for data in FAILED])
def test_what_once_failed_gets_a_reply(data: bytes) -> None:
    with patience(), evaluation_forbidden():
        answer(data)


@pytest.mark.parametrize("text", ["1+1", "x"])
def test_the_guard_notices_an_evaluation(text: str) -> None:
    with evaluation_forbidden():
        for evaluate in (eval, exec, sympy.sympify, sympy.parse_expr):
            with pytest.raises(EvaluatedError):
                evaluate(text)
    assert sympy.sympify("1+1") == 2


@pytest.mark.skipif(not HAS_ATHERIS, reason="atheris, the coverage-guided fuzzer, is not installed")
def test_a_run_of_the_fuzzer_finds_nothing(tmp_path: Path) -> None:
    found = tmp_path / "found"
    found.mkdir()
    done = subprocess.run(
        [
            sys.executable,
            str(Path(__file__).with_name("fuzz_answers.py")),
            f"-runs={RUNS}",
            "-max_len=300",
            "-seed=20",
            f"-timeout={PATIENCE}",
            f"-artifact_prefix={tmp_path}/",
            str(found),
            str(CORPUS),
        ],
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    print(done.stderr[-400:])
    assert done.returncode == 0, done.stderr[-3_000:]
