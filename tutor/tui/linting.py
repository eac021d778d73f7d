"""The whole linter: what is proved of lessons and problems, and whether their pages fit the screen."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from tutor.course.lint.run import Linted, Linter
from tutor.course.loader import lessons_folder
from tutor.mathematics.derivation import derive
from tutor.study.derivations import Derivations
from tutor.tui.pages.lint import look_at_pages


def lint_all(paths: Sequence[Path]) -> Linted:
    """Lint files and folders; the lessons that come with gdtutor where none are named."""
    derivation_of = Derivations(derive)
    linter = Linter(derivation_of, partial(look_at_pages, derivation_of=derivation_of))
    return linter.lint(paths or [lessons_folder()])
