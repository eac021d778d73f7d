"""What is proved of worksheets and problem files: right values pass, blanks and mistakes fail, numbers are short."""

from collections.abc import Callable
from fractions import Fraction

from tutor.course.blocks.steps import Steps
from tutor.course.exercises.making import Making
from tutor.course.exercises.sheet import Sheet, make_sheet
from tutor.course.numbers import Derive
from tutor.mathematics.presentation import digits_of
from tutor.mathematics.problem import Problem, ProblemError
from tutor.mathematics.values.decimal import decimal_text
from tutor.mathematics.values.real import Value
from tutor.mathematics.worksheet import Worksheet

MOST_DIGITS = 7
"""Digits of a number that is worked with by hand: as many as a telephone number, and as a cell shows."""
_PRECISE = 15


def prove_steps(block: Steps, making: Making, say: Callable[[str], None]) -> None:
    """Say whatever is wrong with a worksheet, its numbers as one seed draws them.

    Raises LessonError or ProblemError for what cannot even be made.
    """
    sheet = make_sheet(block, making)
    derivation = sheet.worksheet.derivation
    when = f" with seed {making.seed}" if block.vary else ""
    for name in block.cells:
        cell = derivation.cell(name).id
        value = derivation.value(cell)
        _prove_cell(sheet.worksheet, cell, value, say, when)
        if not block.long_numbers and (digits := digits_of(value)) > MOST_DIGITS:
            say(
                f"{cell} has {digits} digits{when}, and {MOST_DIGITS} are enough to work with by hand. "
                'Choose other numbers, or say why they may be long: long-numbers = "a calculator is at hand"'
            )
    for cell, rule in block.faulty:
        _prove_faulty(sheet, derivation.cell(cell).id, rule, say, when)


def prove_problem(problem: Problem, derivation_of: Derive) -> None:
    """Work out every cell of a problem file. Raises ProblemError for one that has no value."""
    derivation = derivation_of(problem)
    for cell in derivation.cells():
        derivation.value(cell.id)
    if not any(True for _ in derivation.cells()):
        raise ProblemError(f"{problem.source}: there is nothing to work out. Write a step.")


def written_exactly(value: Value) -> str:
    """Return a value as it may be typed in full: exactly where it is rational, else with many digits."""
    return str(value) if isinstance(value, Fraction) else decimal_text(value, _PRECISE)


def _prove_cell(sheet: Worksheet, cell: str, value: Value, say: Callable[[str], None], when: str) -> None:
    _, reply = sheet.answer(cell, written_exactly(value))
    if reply.verdict != "correct":
        say(f"the right value of {cell} does not pass{when}: {reply.feedback}")
    _, blank = sheet.answer(cell, "")
    if blank.verdict != "invalid":
        say(f"a blank passes as {cell}{when}.")


def _prove_faulty(sheet: Sheet, cell: str, rule: str, say: Callable[[str], None], when: str) -> None:
    _, reply = sheet.worksheet.answer(cell, sheet.filled_in[cell])
    if reply.verdict != "incorrect":
        say(f"the faulty value {sheet.filled_in[cell]} of {cell} is not refused{when}. Choose other numbers.")
    elif rule not in {reply.misconception, *reply.also}:
        named = reply.misconception or "nothing"
        say(f"the faulty value of {cell} is named {named}, not {rule}{when}. Choose other numbers, or that mistake.")
