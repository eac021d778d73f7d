"""The attacks use the oracle and the generators of the tests of the equality."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "equality"))
