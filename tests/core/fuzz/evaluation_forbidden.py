"""A guard: inside it nothing may evaluate text as code, neither Python's own functions nor SymPy's parsers."""

from __future__ import annotations

import builtins
import contextlib
import importlib
from typing import TYPE_CHECKING, Any

import pytest
import sympy
from sympy.parsing import sympy_parser

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FORBIDDEN: tuple[tuple[Any, str], ...] = (
    (builtins, "eval"),
    (builtins, "exec"),
    (builtins, "compile"),
    (sympy, "sympify"),
    (sympy, "parse_expr"),
    (sympy, "simplify"),
    (importlib.import_module("sympy.core.sympify"), "sympify"),
    (sympy_parser, "parse_expr"),
    (sympy_parser, "eval_expr"),
)
FOR_OBJECTS = frozenset({"sympify", "exec"})
"""These may be called for what is no text: SymPy's own objects, and a module that is imported late."""


class EvaluatedError(AssertionError):
    """Something was evaluated that a learner has typed."""


@contextlib.contextmanager
def evaluation_forbidden() -> Iterator[None]:
    """Let every way to evaluate text fail inside the block; what SymPy makes of its own objects may go on."""
    with pytest.MonkeyPatch.context() as patch:
        for owner, name in FORBIDDEN:
            patch.setattr(owner, name, _without_text(name, getattr(owner, name)))
        yield


def _without_text(name: str, usual: Callable[..., Any]) -> Callable[..., Any]:
    def call(subject: object, *others: Any, **options: Any) -> Any:
        if name not in FOR_OBJECTS or isinstance(subject, str | bytes):
            raise EvaluatedError(f"{name} was called with {subject!r:.200}")
        return usual(subject, *others, **options)

    return call
