"""As many random pairs as wanted, in pieces that can be stopped and gone on with; what was found stands in a log.

Run it with `python tests/core/attacks/many_pairs.py LOG --pieces 1000`. A piece is a thousand pairs of its own seed.
The log gets one JSON object a piece; pieces that are in it are not run again. At the end the sums are printed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
from collections import Counter
from itertools import chain, repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.append(str(Path(__file__).parents[1] / "equality"))
sys.path.append(str(Path(__file__).parent))

from harder_pairs import harder_pairs
from pair_kinds import kinds_of
from random_pairs import hidden_pairs, pairs
from wrong_verdicts import minimal, wrong_verdict

from tutor.mathematics import equality
from tutor.mathematics.equality.decide import decide
from tutor.mathematics.notation.printing import plain
from tutor.mathematics.values.real import limited_precision

if TYPE_CHECKING:
    from random_pairs import Pair

PIECE = 1_000
HIDDEN = 50
"""So many pairs of a piece differ only where nobody looks by chance."""
HARDER = 50
"""So many have signs and domains that are hidden deeper."""
SLOW = 0.2
"""Seconds that a verdict may take."""
PRECISION = 4_096


def run(piece: int) -> dict[str, Any]:
    """Decide the pairs of a piece, and return what is to be kept about it."""
    started = time.perf_counter()
    verdicts: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    wrong: list[dict[str, str]] = []
    slow: list[tuple[float, str]] = []
    seed = f"piece {piece}"
    open_pairs = chain(pairs(seed, PIECE - HIDDEN - HARDER), harder_pairs(seed, HARDER))
    for pair, is_hidden in chain(zip(open_pairs, repeat(False)), zip(hidden_pairs(seed, HIDDEN), repeat(True))):
        began = time.process_time()
        with limited_precision(PRECISION):
            answer = decide(*pair).answer
        took = time.process_time() - began
        if took > SLOW:
            slow.append((round(took, 2), shown(pair)))
        verdicts[answer] += 1
        kinds.update(kinds_of(pair))
        fault = wrong_verdict(pair, answer, is_hidden=is_hidden)
        if fault:
            smallest = minimal(pair) if fault == "wrongly equal" and not is_hidden else pair
            wrong.append({"is": fault, "pair": shown(pair), "minimal": shown(smallest)})
    return {
        "piece": piece,
        "pairs": PIECE,
        "version": version(),
        "seconds": round(time.perf_counter() - started, 1),
        "verdicts": dict(verdicts),
        "kinds": dict(kinds),
        "wrong": wrong,
        "slow": slow,
    }


def shown(pair: Pair) -> str:
    return f"{plain(pair[0])} == {plain(pair[1])}"


def version() -> str:
    """Return a short name for the equality as it is: a hash of its modules."""
    digest = hashlib.sha256()
    for path in sorted(Path(str(equality.__file__)).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def logged(log: Path) -> list[dict[str, Any]]:
    """Return what the log has of earlier runs; a last line that was not finished is left out."""
    if not log.exists():
        return []
    return [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines() if line.endswith("}")]


def summary(found: list[dict[str, Any]]) -> str:
    """Return the sums over all pieces, as text."""
    verdicts: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    versions: Counter[str] = Counter()
    slow: list[tuple[float, str]] = []
    wrong: list[dict[str, str]] = []
    for piece in found:
        versions[str(piece["version"])] += PIECE
        verdicts.update(piece["verdicts"])
        kinds.update(piece["kinds"])
        wrong += piece["wrong"]
        slow += piece["slow"]
    lines = [f"{sum(verdicts.values()):,} pairs: {dict(verdicts)}", f"kinds: {dict(kinds.most_common())}"]
    lines.append(f"by version of the equality: {dict(versions)}")
    slowest = "; ".join(f"{took} s: {pair}" for took, pair in sorted(slow, reverse=True)[:5])
    lines.append(f"{len(slow)} verdicts took over {SLOW} s; the slowest: {slowest}")
    lines += [f"{case['is']}: {case['minimal']}   (from {case['pair']})" for case in wrong]
    return "\n".join([*lines, f"{len(wrong)} wrong verdicts"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("log", type=Path)
    parser.add_argument("--pieces", type=int, default=1_000)
    parser.add_argument("--first", type=int, default=0, help="the first piece")
    options = parser.parse_args()
    known = {piece["piece"] for piece in logged(options.log)}
    for piece in range(options.first, options.first + options.pieces):
        if piece not in known:
            line = json.dumps(run(piece), ensure_ascii=False)
            with options.log.open("a", encoding="utf-8") as log:
                log.write(line + "\n")
    print(summary(logged(options.log)))


if __name__ == "__main__":
    main()
