"""The command: which of the two runs it is, and what it says and returns when something is wrong."""

from __future__ import annotations

import shutil
import sys
import time
from typing import TYPE_CHECKING

from tutor.engine.error import EngineError
from tutor.engine.settings import OptimizerSettings
from tutor.exit_status import DONE, FAULT, USAGE
from tutor.mathematics.problem import ProblemError
from tutor.train.console import Console
from tutor.train.error import UsageError
from tutor.train.options import DEFAULTS

if TYPE_CHECKING:
    import argparse


def run_train(options: argparse.Namespace, console: Console | None = None) -> int:
    """Train or descend as the options say.

    Return the exit status: 0 done, also where the run diverged, 1 a fault in a file, 2 wrong usage.
    """
    console = console or Console(sys.stdout, sys.stderr, time.perf_counter, shutil.get_terminal_size().columns)
    try:
        _check(options)
        if options.file is not None:
            from tutor.train.problem_run import run_problem  # noqa: PLC0415 - loads mpmath, and later SymPy

            run_problem(options, console)
        else:
            from tutor.train.network_run import run_network  # noqa: PLC0415 - loads NumPy, which a wrong call never needs

            run_network(_with_defaults(options), console)
    except UsageError as error:
        console.say(str(error))
        return USAGE
    except (EngineError, ProblemError) as error:
        console.say(str(error))
        return FAULT
    except MemoryError:
        console.say("there is not enough memory for this run. Take smaller layers, or less data.")
        return FAULT
    return DONE


def _check(options: argparse.Namespace) -> None:
    """Raise UsageError for options that say too much or too little, or a rule that there is not."""
    if (options.file is None) == (options.data is None):
        raise UsageError("name a problem file, or data: gdtutor train FILE, or gdtutor train --data spiral.")
    if options.file is not None and options.file.suffix.lower() in {".csv", ".tsv"}:
        raise UsageError(f"{options.file} is data, not a problem file. Write --data {options.file}.")
    if options.optimizer is not None:
        try:
            OptimizerSettings(options.optimizer)
        except EngineError as error:
            raise UsageError(str(error)) from error


def _with_defaults(options: argparse.Namespace) -> argparse.Namespace:
    for name, value in DEFAULTS.items():
        if getattr(options, name) is None:
            setattr(options, name, value)
    return options
