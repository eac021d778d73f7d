"""The command `gdtutor` and its subcommands. Everything heavy is imported by the call that needs it."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tutor import __version__
from tutor.train import options as training

if TYPE_CHECKING:
    from collections.abc import Sequence

_FAULT = 1
_DONE = 0
_INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one call of the command and return its exit status: 0 done, 1 a fault in a file, 2 wrong usage."""
    options = _parser().parse_args(arguments)
    try:
        status: int = options.run(options)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever reads the output has gone, for instance `gdtutor derive FILE | head`: nothing is left to say.
        sys.stderr.close()
        return _DONE
    except OSError as error:
        # Writing the output failed, for instance because the disk is full.
        sys.stderr.write(f"gdtutor: the output cannot be written: {error.strerror or error}.\n")
        # What is left in the buffer cannot be written either: the end of the program must not try again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _FAULT
    return status


def _parser() -> argparse.ArgumentParser:
    parser = _command(argparse.ArgumentParser, "gdtutor", "Learn how models learn, by hand.", "gdtutor")
    parser.add_argument("--version", action="version", version=f"gdtutor {__version__}")
    _screen_options(parser)
    about = "a folder of your own lessons, instead of those that come with gdtutor"
    parser.add_argument("--lessons", type=Path, metavar="FOLDER", help=about)
    parser.set_defaults(run=_tutor, file=None)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    practice = _add(commands, "practice", "work a problem file by hand", "gdtutor practice five-weights.toml")
    practice.add_argument("file", type=Path, metavar="FILE", help="a problem file")
    _screen_options(practice)
    practice.set_defaults(run=_tutor)

    derive = _add(commands, "derive", "print every cell of a problem file", "gdtutor derive five-weights.toml --json")
    derive.add_argument("file", type=Path, metavar="FILE", help="a problem file")
    derive.add_argument("--json", action="store_true", help="print one JSON object")
    derive.set_defaults(run=_derive)

    example = """echo '{"expected": "12*u*v^2", "answer": "3v²·2u·2"}' | gdtutor check --json"""
    check = _add(commands, "check", "check answers: one JSON object a line in, one out", example)
    check.add_argument("--json", action="store_true", required=True, help="read and write JSON lines")
    check.set_defaults(run=_check)

    lint = _add(commands, "lint", "prove lessons and problem files", "gdtutor lint my-lessons")
    about = "lessons, problem files, or folders of them (default: the lessons that come with gdtutor)"
    lint.add_argument("paths", nargs="*", type=Path, metavar="PATH", help=about)
    lint.set_defaults(run=_lint)

    train = _add(commands, "train", training.ABOUT, training.EXAMPLE)
    training.add_options(train)
    train.set_defaults(run=_train)

    doctor = _add(commands, "doctor", "say what this terminal, locale and home can do", "gdtutor doctor")
    doctor.set_defaults(run=_doctor)
    return parser


def _command(make: type[argparse.ArgumentParser], name: str, about: str, example: str) -> argparse.ArgumentParser:
    return make(
        prog=name,
        description=about,
        epilog=f"example: {example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def _add(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, about: str, example: str
) -> argparse.ArgumentParser:
    return commands.add_parser(
        name,
        help=about,
        description=about[0].upper() + about[1:] + ".",
        epilog=f"example: {example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def _screen_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--ascii", action="store_true", help="draw with plain ASCII characters only")
    parser.add_argument("--no-color", action="store_true", help="use no colour")


def _tutor(options: argparse.Namespace) -> int:
    from tutor.tui.run import run_tutor  # noqa: PLC0415 - Textual is loaded only for the screens

    return run_tutor(
        problem_file=options.file, lessons=options.lessons, ascii_only=options.ascii, no_color=options.no_color
    )


def _derive(options: argparse.Namespace) -> int:
    from tutor.mathematics.derivation import derive  # noqa: PLC0415 - SymPy is loaded only for this call
    from tutor.mathematics.problem import ProblemError, load_problem  # noqa: PLC0415
    from tutor.mathematics.report import as_json, as_text  # noqa: PLC0415

    try:
        derivation = derive(load_problem(options.file))
        if options.json:
            _print(as_json(derivation))
        else:
            for line in as_text(derivation):
                _print(line)
    except ProblemError as error:
        sys.stderr.write(f"gdtutor: {error}\n")
        return _FAULT
    return _DONE


def _check(options: argparse.Namespace) -> int:
    del options
    from tutor.mathematics.checking.requests import answer_requests  # noqa: PLC0415 - loaded only for this call

    for reply in answer_requests(sys.stdin.buffer):
        sys.stdout.write(reply + "\n")
        sys.stdout.flush()
    return _DONE


def _lint(options: argparse.Namespace) -> int:
    from tutor.tui.linting import lint_all  # noqa: PLC0415 - loaded only for this call

    linted = lint_all(options.paths)
    for fault in linted.sorted_faults:
        sys.stderr.write(f"{fault}\n")
    _print(linted.summary)
    return _FAULT if linted.sorted_faults else _DONE


def _train(options: argparse.Namespace) -> int:
    for threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(threads, "1")  # read once, when NumPy is loaded: small matrices only lose by more
    try:
        from tutor.train.command import run_train  # noqa: PLC0415 - NumPy is loaded only for this call

        return run_train(options)
    except KeyboardInterrupt:
        sys.stderr.write("gdtutor: stopped by Ctrl+C. Nothing was kept of the run.\n")
        return _INTERRUPTED


def _doctor(options: argparse.Namespace) -> int:
    del options
    from tutor.doctor.command import doctor_lines, examine_here  # noqa: PLC0415 - loaded only for this call

    findings = examine_here()
    for line in doctor_lines(findings):
        _print(line)
    return _FAULT if any(finding.is_fault for finding in findings) else _DONE


def _print(line: str) -> None:
    """Write a line in whatever encoding the output has; what it cannot write becomes plain ASCII."""
    encoding = sys.stdout.encoding or "ascii"
    try:
        line.encode(encoding)
    except UnicodeEncodeError:
        from tutor.draw.glyphs import to_ascii  # noqa: PLC0415 - only for outputs without Unicode

        line = to_ascii(line)
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    sys.exit(main())
