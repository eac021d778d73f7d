"""What can be written after `gdtutor`, and what it does. Everything heavy is imported by the call that needs it."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tutor import __version__
from tutor.exit_status import DONE, FAULT, INTERRUPTED
from tutor.train import options as training

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tutor.course.model import Course
    from tutor.learner.commands import Outcome
    from tutor.learner.store import Store


def run_command(arguments: Sequence[str]) -> int:
    """Do what the arguments say, and return the exit status. Raises SystemExit for wrong usage and for `--help`."""
    options = _parser().parse_args(arguments)
    status: int = options.run(options)
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

    _plain_options(_add(commands, "plain", "learn line by line, without a full screen", "gdtutor plain --width 60"))

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

    progress = _add(commands, "progress", "say what you can do, and what is due", "gdtutor progress --json")
    progress.add_argument("--json", action="store_true", help="print one JSON object")
    progress.set_defaults(run=_progress)

    reset = _add(commands, "reset", "begin a lesson anew, or everything; nothing is deleted", "gdtutor reset 4.3")
    what = reset.add_mutually_exclusive_group(required=True)
    what.add_argument("lesson", nargs="?", metavar="LESSON|all", help="a lesson's number or id, or all")
    what.add_argument("--undo", action="store_true", help="take back the latest reset")
    reset.set_defaults(run=_reset)

    export = _add(commands, "export", "write all that you did to a file", "gdtutor export my-work.jsonl")
    export.add_argument("file", type=Path, metavar="FILE", help="a new file; one that is there is left as it is")
    export.set_defaults(run=_export)

    about = "take in what you did on other machines"
    take_in = _add(commands, "import", about, "gdtutor import my-work.jsonl /media/stick/learner.db")
    about = "files that `gdtutor export` wrote, or records (learner.db) of other machines"
    take_in.add_argument("files", nargs="+", type=Path, metavar="FILE", help=about)
    take_in.set_defaults(run=_import)

    about = "write a file with all settings, and say where it is"
    settings = _add(commands, "settings", about, "gdtutor settings")
    settings.set_defaults(run=_settings)

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


def _plain_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of `gdtutor plain`; those that may stand before it too keep what they were given there."""
    about = "a folder of your own lessons, instead of those that come with gdtutor"
    parser.add_argument("--lessons", type=Path, metavar="FOLDER", default=argparse.SUPPRESS, help=about)
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="a problem file to begin with")
    parser.add_argument("--ascii", action="store_true", default=argparse.SUPPRESS, help="write plain ASCII only")
    parser.add_argument("--width", type=_columns, default=78, metavar="N", help="columns of a line, 20 to 78")
    parser.set_defaults(run=_plain)


def _screen_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--ascii", action="store_true", help="draw with plain ASCII characters only")
    parser.add_argument("--no-color", action="store_true", help="use no colour")


def _tutor(options: argparse.Namespace) -> int:
    from tutor.tui.run import run_tutor  # noqa: PLC0415 - Textual is loaded only for the screens

    return run_tutor(
        problem_file=options.file, lessons=options.lessons, ascii_only=options.ascii, no_color=options.no_color
    )


def _plain(options: argparse.Namespace) -> int:
    from tutor.plain.command import run_plain  # noqa: PLC0415 - loaded only for this call

    return run_plain(options.file, lessons=options.lessons, ascii_only=options.ascii, width=options.width)


def _columns(text: str) -> int:
    """Return a number of columns. Raises ArgumentTypeError for one in which no line can be read."""
    narrowest, widest = 20, 78
    if not (text.isascii() and text.isdecimal()) or not narrowest <= int(text[:9]) <= widest:
        raise argparse.ArgumentTypeError(f"write a number of columns from {narrowest} to {widest}")
    return int(text)


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
        return FAULT
    return DONE


def _check(options: argparse.Namespace) -> int:
    del options
    from tutor.mathematics.checking.requests import answer_requests  # noqa: PLC0415 - loaded only for this call

    for reply in answer_requests(sys.stdin.buffer):
        sys.stdout.write(reply + "\n")
        sys.stdout.flush()
    return DONE


def _lint(options: argparse.Namespace) -> int:
    from tutor.tui.linting import lint_all  # noqa: PLC0415 - loaded only for this call

    linted = lint_all(options.paths)
    for fault in linted.sorted_faults:
        sys.stderr.write(f"{fault}\n")
    _print(linted.summary)
    return FAULT if linted.sorted_faults else DONE


def _train(options: argparse.Namespace) -> int:
    try:
        from tutor.train.command import run_train  # noqa: PLC0415 - NumPy is loaded only for this call

        return run_train(options)
    except KeyboardInterrupt:
        sys.stderr.write("gdtutor: stopped by Ctrl+C. Nothing was kept of the run.\n")
        return INTERRUPTED


def _settings(options: argparse.Namespace) -> int:
    del options
    from tutor.settings.command import SettingsFileError, settings_file  # noqa: PLC0415 - loaded only for this call
    from tutor.tui.keyboard.remapping import action_names  # noqa: PLC0415

    try:
        for line in settings_file(os.environ, action_names()):
            _print(line)
    except SettingsFileError as error:
        sys.stderr.write(f"gdtutor: {error}\n")
        return FAULT
    return DONE


def _doctor(options: argparse.Namespace) -> int:
    del options
    from tutor.doctor.command import doctor_lines, examine_here  # noqa: PLC0415 - loaded only for this call

    findings = examine_here()
    for line in doctor_lines(findings):
        _print(line)
    return FAULT if any(finding.is_fault for finding in findings) else DONE


def _progress(options: argparse.Namespace) -> int:
    from tutor.settings.start import settings_in_force  # noqa: PLC0415 - loaded only for this call
    from tutor.study.practice.progress_report import print_progress  # noqa: PLC0415

    minutes = settings_in_force(os.environ).minutes
    return _with_course(
        options,
        lambda course: _with_record(
            lambda store: print_progress(store, course, _now, minutes, in_json=options.json),
        ),
    )


def _reset(options: argparse.Namespace) -> int:
    from tutor.learner import commands  # noqa: PLC0415 - loaded only for this call

    def reset_or_undo(course: Course) -> int:
        lessons = {head.id: f"{head.number} {head.title}" for head in course.lessons}
        if options.undo:
            return _with_record(lambda store: commands.undo(store, _now, lessons))
        return _with_record(lambda store: commands.reset(store, _now, options.lesson, lessons))

    return _with_course(options, reset_or_undo)


def _export(options: argparse.Namespace) -> int:
    from tutor.learner.commands import export  # noqa: PLC0415 - loaded only for this call

    return _with_record(lambda store: export(store, options.file, _now))


def _import(options: argparse.Namespace) -> int:
    from tutor.learner.commands import take_in  # noqa: PLC0415 - loaded only for this call

    return _with_record(lambda store: take_in(store, options.files))


def _with_course(options: argparse.Namespace, command: Callable[[Course], int]) -> int:
    """Run a command with the course, or tell what is wrong with that."""
    from tutor.course.error import LessonError  # noqa: PLC0415 - loaded only for this call
    from tutor.course.loader import lessons_folder, load_course  # noqa: PLC0415

    try:
        course = load_course(options.lessons or lessons_folder())
    except LessonError as error:
        sys.stderr.write(f"gdtutor: {error}\n")
        return FAULT
    return command(course)


def _with_record(command: Callable[[Store], Outcome]) -> int:
    """Run a command on the learner's record, and print what it has to say."""
    from tutor.learner.commands import with_record  # noqa: PLC0415 - loaded only for this call
    from tutor.learner.home import data_folder  # noqa: PLC0415

    outcome = with_record(data_folder(os.environ), _now, command)
    for line in outcome.said:
        _print(line)
    for trouble in outcome.troubles:
        sys.stderr.write(f"gdtutor: {trouble}\n")
    return DONE if outcome.is_done else FAULT


def _now() -> datetime:
    return datetime.now(UTC)


def _print(line: str) -> None:
    """Write a line in whatever encoding the output has; what it cannot write becomes plain ASCII."""
    encoding = sys.stdout.encoding or "ascii"
    try:
        line.encode(encoding)
    except UnicodeEncodeError:
        from tutor.draw.glyphs import to_ascii  # noqa: PLC0415 - only for outputs without Unicode

        line = to_ascii(line)
    sys.stdout.write(line + "\n")
