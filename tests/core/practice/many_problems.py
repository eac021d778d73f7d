"""Draws very many problems of each skill, and writes down what they are like: the worst of them, and every fault.

python tests/core/practice/many_problems.py LOG --skills chain-two-links,one-step --count 10000
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path
from typing import TYPE_CHECKING

from census import take_census
from kept_derivations import KeptDerivations

from tutor.practice.skills.all_skills import SKILLS

if TYPE_CHECKING:
    from census import Census

_NICENESS = 10


def main() -> int:
    """Draw problems, and return 1 where something is wrong with one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("log", type=Path, help="the file that is written")
    parser.add_argument("--skills", default="", help="ids with commas between them; all where it is left out")
    parser.add_argument("--count", type=int, default=10_000, help="problems of each skill")
    parser.add_argument(
        "--every",
        type=int,
        default=50,
        help="every so-manieth seed is worked out another way, at all stages; 0 for none",
    )
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    chosen = parser.parse_args()
    ids = [name for name in chosen.skills.split(",") if name] or list(SKILLS)
    unknown = [name for name in ids if name not in SKILLS]
    if unknown:
        parser.error(f"there is no skill {unknown[0]}")
    with chosen.log.open("w", encoding="utf-8") as log, ProcessPoolExecutor(chosen.jobs) as pool:
        work = {pool.submit(_timed, name, chosen.count, chosen.every): name for name in ids}
        found = []
        for future in as_completed(work):
            census, milliseconds = future.result()
            found.append(census)
            lines = [*census.lines(), f"  {milliseconds:.1f} ms for each problem"]
            print("\n".join(lines), file=log, flush=True)
            print(census.line, flush=True)
        print("\n".join(_summary(found)), file=log)
    print("\n".join(_summary(found)))
    return 1 if any(census.faults for census in found) else 0


def _timed(name: str, count: int, every: int) -> tuple[Census, float]:
    os.nice(_NICENESS)
    start = time.perf_counter()
    census = take_census(SKILLS[name], count, every, KeptDerivations())
    return census, (time.perf_counter() - start) * 1000 / count


def _summary(found: list[Census]) -> list[str]:
    problems = sum(census.problems for census in found)
    longest = max(found, key=lambda census: census.longest[0])
    fewest = min(found, key=lambda census: len(census.texts) / max(1, census.problems))
    wasteful = min(found, key=lambda census: census.share)
    return [
        f"{len(found)} skills, {problems} problems, {sum(len(census.faults) for census in found)} faults.",
        f"Longest number: {longest.longest[0]} digits, {longest.skill}: {longest.longest[1]}.",
        f"Fewest different ones: {fewest.skill}, {len(fewest.texts)} of {fewest.problems}.",
        f"Fewest drafts taken: {wasteful.skill}, {wasteful.share:.0%}.",
    ]


if __name__ == "__main__":
    sys.exit(main())
