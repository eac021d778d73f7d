"""`gdtutor check --json` as another program meets it: a process, lines in, lines out, in order, status 0."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import IO, TYPE_CHECKING, Any

import pytest
from answered_problems import BATCH, FIVE

if TYPE_CHECKING:
    from pathlib import Path

KEYS = {"verdict", "counts", "feedback", "misconception", "also", "read_as"}
COMMAND = [sys.executable, "-m", "tutor.cli", "check", "--json"]
Reply = dict[str, Any]


def answered(data: bytes, folder: Path | None = None) -> list[Reply]:
    """Send bytes to the command and return its replies."""
    done = subprocess.run(COMMAND, input=data, capture_output=True, cwd=folder, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    assert done.stderr == b""
    replies = [json.loads(line) for line in done.stdout.decode("ascii").splitlines()]
    for reply in replies:
        assert set(reply) == KEYS
        assert isinstance(reply["counts"], bool)
        assert isinstance(reply["also"], list)
        assert reply["feedback"]
    return replies


def line(**request: object) -> bytes:
    return json.dumps(request).encode() + b"\n"


def verdicts(replies: list[Reply]) -> list[str]:
    return [reply["verdict"] for reply in replies]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "five.toml").write_text(FIVE, encoding="utf-8")
    (tmp_path / "batch.toml").write_text(BATCH, encoding="utf-8")
    return tmp_path


def test_requests_are_answered_in_order(folder: Path) -> None:
    requests: list[tuple[dict[str, object], str]] = [
        ({"expected": "12*u*v^2", "answer": "3v²·2u·2"}, "correct"),
        ({"problem": "five.toml", "cell": "dE/dw1", "answer": "520"}, "correct"),
        ({"problem": "five.toml", "cell": "dE/dw1", "answer": "560", "earlier": {"dE/dy": "28"}}, "follows"),
        ({"problem": "batch.toml", "cell": "dE/dw1", "answer": "924"}, "incorrect"),
        ({"problem": "five.toml", "cell": "w1@1", "answer": "0.95"}, "incomplete"),
        ({"expected": "x^2", "answer": "x2"}, "invalid"),
        ({"expected": "2/3", "answer": "0.667"}, "correct"),
        ({"problem": "five.toml", "cell": "∂E/∂w₁", "answer": "∂E/∂w1 = 520"}, "correct"),
    ]
    replies = answered(b"".join(line(**request) for request, _ in requests), folder)
    assert verdicts(replies) == [verdict for _, verdict in requests]
    assert replies[0]["read_as"] == "3*v^2*2*u*2"
    assert replies[5]["counts"] is False


NO_REQUESTS: dict[str, bytes] = {
    "nothing": b"\n",
    "blanks": b"   \t \n",
    "a word": b"hello\n",
    "half an object": b'{"expected": "x"\n',
    "a number": b"520\n",
    "a text": b'"520"\n',
    "a list": b'[{"expected": "x", "answer": "x"}]\n',
    "null": b"null\n",
    "an empty object": b"{}\n",
    "not a number": b"NaN\n",
    "infinity": b'{"expected": "x", "answer": Infinity}\n',
    "not a number as answer": b'{"expected": "x", "answer": NaN}\n',
    "a number as answer": b'{"expected": "x", "answer": 5}\n',
    "null as answer": b'{"expected": "x", "answer": null}\n',
    "a list as expected": b'{"expected": ["x"], "answer": "x"}\n',
    "no answer": b'{"expected": "x"}\n',
    "no cell": b'{"problem": "five.toml", "answer": "5"}\n',
    "no problem": b'{"cell": "h1", "answer": "5"}\n',
    "a number as cell": b'{"problem": "five.toml", "cell": 1, "answer": "5"}\n',
    "an object as problem": b'{"problem": {}, "cell": "h1", "answer": "5"}\n',
    "a list as earlier": b'{"problem": "five.toml", "cell": "h1", "answer": "25", "earlier": []}\n',
    "numbers as earlier": b'{"problem": "five.toml", "cell": "h1", "answer": "25", "earlier": {"y": 3}}\n',
    "null as earlier": b'{"problem": "five.toml", "cell": "h1", "answer": "25", "earlier": null}\n',
    "a missing file": b'{"problem": "nowhere.toml", "cell": "h1", "answer": "25"}\n',
    "a folder": b'{"problem": ".", "cell": "h1", "answer": "25"}\n',
    "an empty path": b'{"problem": "", "cell": "h1", "answer": "25"}\n',
    "a path with a null": b'{"problem": "a\\u0000b", "cell": "h1", "answer": "25"}\n',
    "a path that is too long": b'{"problem": "' + b"a" * 5_000 + b'", "cell": "h1", "answer": "25"}\n',
    "a missing cell": b'{"problem": "five.toml", "cell": "h9", "answer": "25"}\n',
    "bytes that are no UTF-8": b'{"expected": "x", "answer": "\xff\xfe"}\n',
    "only bytes": b"\x00\xff\xfe\x80\n",
    "a number of five thousand digits": b'{"expected": "x", "answer": ' + b"9" * 5_000 + b"}\n",
    "deep lists": b"[" * 100_000 + b"]" * 100_000 + b"\n",
    "deep objects": b'{"a":' * 50_000 + b"1" + b"}" * 50_000 + b"\n",
    "deep lists inside a request": b'{"expected": "x", "answer": "x", "more": ' + b"[" * 99_999 + b"}\n",
    "a line of five megabytes": b'{"expected": "x", "answer": "' + b"x" * 5_000_000 + b'"}\n',
    "five megabytes without an end": b"[" * 5_000_000 + b"\n",
    "an answer of one megabyte": b'{"expected": "x", "answer": "' + b"x+" * 500_000 + b'"}\n',
    "half a surrogate": b'{"expected": "x", "answer": "\\ud800"}\n',
    "an expected formula that is none": b'{"expected": "x+", "answer": "x"}\n',
    "an expected formula without a value": b'{"expected": "1/0", "answer": "1"}\n',
}


def test_what_is_no_request_is_answered_and_the_next_one_still_is(folder: Path) -> None:
    good = line(expected="x", answer="x")
    replies = answered(good + b"".join(bad + good for bad in NO_REQUESTS.values()), folder)
    assert len(replies) == 2 * len(NO_REQUESTS) + 1
    assert set(verdicts(replies[0::2])) == {"correct"}
    for name, reply in zip(NO_REQUESTS, replies[1::2], strict=True):
        assert (reply["verdict"], reply["counts"], reply["misconception"]) == ("invalid", False, None), name


def test_the_last_line_may_have_no_end() -> None:
    assert verdicts(answered(line(expected="x", answer="x") + b'{"expected": "x", "answer": "y"}')) == [
        "correct",
        "invalid",
    ]


def test_lines_may_end_as_on_windows() -> None:
    assert verdicts(answered(b'{"expected": "x", "answer": "x"}\r\n{"expected": "x", "answer": "2x"}\r\n')) == [
        "correct",
        "incorrect",
    ]


def test_no_line_at_all_is_no_fault() -> None:
    assert answered(b"") == []


def test_a_faulty_problem_file_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text('[steps]\ny = "q+1"\n', encoding="utf-8")
    (tmp_path / "worse.toml").write_bytes(b"\xff\xfe")
    requests = [line(problem=name, cell="y", answer="1") for name in ("bad.toml", "worse.toml")]
    bad, worse = answered(b"".join(requests), tmp_path)
    assert (bad["verdict"], worse["verdict"]) == ("invalid", "invalid")
    assert "bad.toml:2:" in bad["feedback"]
    assert "worse.toml:1:" in worse["feedback"]


class Conversation:
    """Asks one question after the other of one process."""

    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder)

    def ask(self, **request: object) -> Reply:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(line(**request))
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())  # type: ignore[no-any-return]  # JSON

    def end(self) -> int:
        assert self.process.stdin
        self.process.stdin.close()
        status = self.process.wait(timeout=30)
        assert self.process.stdout
        self.process.stdout.close()
        return status


def test_each_reply_comes_before_the_next_request_and_a_changed_file_is_read_anew(folder: Path) -> None:
    path = folder / "five.toml"
    talk = Conversation(folder)
    question = {"problem": "five.toml", "cell": "h1", "answer": "25"}
    assert talk.ask(**question)["verdict"] == "correct"
    assert talk.ask(**question)["verdict"] == "correct"
    path.write_text(FIVE.replace("x1 = 3", "x1 = 33"), encoding="utf-8")
    assert talk.ask(**question)["verdict"] == "incorrect"
    assert talk.ask(**{**question, "answer": "1225"})["verdict"] == "correct"
    path.write_text("nothing of the kind", encoding="utf-8")
    assert talk.ask(**question)["verdict"] == "invalid"
    path.unlink()
    assert talk.ask(**question)["verdict"] == "invalid"
    path.write_text(FIVE, encoding="utf-8")
    assert talk.ask(**question)["verdict"] == "correct"
    assert talk.end() == 0


def write_on(stream: IO[bytes]) -> None:
    for _ in range(200):
        stream.write(line(expected="x", answer="x") * 100)
        stream.flush()


def test_a_reader_that_goes_away_is_no_fault(folder: Path) -> None:
    process = subprocess.Popen(
        COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=folder
    )
    assert process.stdin
    assert process.stdout
    assert process.stderr
    process.stdin.write(line(expected="x", answer="x"))
    process.stdin.flush()
    assert process.stdout.readline()
    process.stdout.close()
    with pytest.raises(BrokenPipeError):
        write_on(process.stdin)
    assert process.wait(timeout=30) == 0
    assert b"Traceback" not in process.stderr.read()
    process.stderr.close()
    with pytest.raises(BrokenPipeError):
        process.stdin.close()


def test_replies_are_plain_ascii_whatever_the_locale(folder: Path) -> None:
    done = subprocess.run(
        COMMAND,
        input='{"problem": "five.toml", "cell": "∂E/∂w1", "answer": "−520·ŷ"}\n'.encode(),
        capture_output=True,
        cwd=folder,
        check=True,
        env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"},
    )
    assert done.stdout.isascii()
    assert json.loads(done.stdout)["verdict"] == "invalid"
