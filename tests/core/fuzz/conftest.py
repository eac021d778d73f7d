"""The fuzzer uses the problems and the mutations of the tests of checking and reading."""

import sys
from pathlib import Path

for folder in ("checking", "notation"):
    sys.path.append(str(Path(__file__).parents[1] / folder))
