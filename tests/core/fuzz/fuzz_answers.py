"""Coverage-guided fuzzing of everything that a learner or another program can send, with atheris.

Run it with `python tests/core/fuzz/fuzz_answers.py -runs=100000 WORK_FOLDER tests/core/fuzz/corpus`: new inputs are
kept in the work folder; the corpus is where it begins. It ends at the first exception, whose input it writes to a
file `crash-…`; that input belongs into FAILED of test_fuzz.py.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

for folder in ("checking", "notation", "fuzz"):
    sys.path.append(str(Path(__file__).parents[1] / folder))

with atheris.instrument_imports(include=["tutor.mathematics"]):
    from evaluation_forbidden import evaluation_forbidden
    from requests_from_bytes import answer, load_everything


def main() -> None:
    """Fuzz until an exception, or as often as the command line says."""
    load_everything()
    atheris.Setup(sys.argv, answer)
    with evaluation_forbidden():
        atheris.Fuzz()


if __name__ == "__main__":
    main()
