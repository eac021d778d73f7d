"""A worksheet as a conversation: one cell asked after another; every command begins with a colon."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from tutor.draw.width import NO_BREAK
from tutor.mathematics.cells import CellError
from tutor.plain.dialogue import ASIDE, BACK
from tutor.plain.hearing import heard_formula
from tutor.plain.talk import EVERYWHERE, Commands, Talk, Typed, ended
from tutor.study.desk import Desk
from tutor.study.feedback import on_end

if TYPE_CHECKING:
    from tutor.mathematics.worksheet import Entry

COMMANDS: Final[Commands] = {
    "hint": "get a hint; each further one says more",
    "show": "fill in this cell; it is remembered as shown, not as solved",
    "why": "say how this cell follows, with a test; it counts as told",
    "list": "say all cells with their answers and marks",
    "go CELL": "go to a cell, by its name or its number",
    "next": "go to the next open cell; where all are filled in, go on",
    "check": "check all cells that are filled in, and say where it first goes wrong",
    "problem": "say the problem again: its formulas and values",
    **BACK,
}

_NAMES: Final = frozenset(usage.partition(" ")[0] for usage in (*COMMANDS, *ASIDE, *EVERYWHERE))

_SIGNS: Final = {
    "ok": "Right.",
    "follows": "Right from your own earlier answer.",
    "more digits": "Not complete.",
    "x": "Not right.",
    "hint": "Hint:",
    "why": "Why:",
    "shown": "Shown:",
}
"""What is heard for the signs that stand before what is said on the screen; the others say nothing more."""

_STATES: Final = {
    "blank": "open",
    "given": "given",
    "correct": "right",
    "follows": "right from your own earlier answer",
    "incomplete": "not complete",
    "incorrect": "not right",
    "shown": "shown",
}


class SheetDialogue:
    """A worksheet, asked about cell by cell until it is done or left."""

    def __init__(self, talk: Talk, title: str, desk: Desk, *, among_others: bool = False) -> None:
        """Ask about a desk; among others of its kind, it can be laid aside."""
        self._commands = {**COMMANDS, **ASIDE} if among_others else COMMANDS
        self.laid_aside = False
        """Whether the learner wants another worksheet instead."""
        self._talk = talk
        self._title = title
        self._desk = desk

    async def run(self) -> bool:
        """Talk until the learner goes on, from the filled-in sheet or to another one; False where it is left before."""
        self._open()
        while True:
            typed = self._talk.ask(self._prompt(), self._commands, colon=True, again=self._say_problem)
            if typed.command == "back":
                return False
            self.laid_aside = typed.command == "aside"
            if self.laid_aside or (typed.command == "next" and self._desk.worksheet.done):
                return True
            await self._do(typed)

    # -- what is said

    def _open(self) -> None:
        self._talk.say(ended(f"Worksheet: {self._title}"))
        said = self._said()
        self._say_problem()
        given = [entry for entry in self._desk.worksheet.entries if entry.given]
        for entry in given:
            self._talk.say(f"Given: {_name(entry)} = {entry.text}")
        if said:
            self._talk.say(said)
        count = len(self._desk.worksheet.asked)
        self._talk.say(f"{count} cell{'s' if count != 1 else ''} to fill in; {self._desk.worksheet.done_count} done.")

    def _say_problem(self) -> None:
        sheet = self._desk.worksheet
        for formula in sheet.formulas():
            self._talk.say(f"Formula: {formula}")
        values = [value.replace("=", f"{NO_BREAK}={NO_BREAK}", 1) for value in sheet.values()]
        if values:
            self._talk.say(f"Values: {'; '.join(values)}")

    def _prompt(self) -> str:
        sheet, entry = self._desk.worksheet, self._desk.cells.entry
        if sheet.done and not self._desk.cells.changed:
            return f"{self._filled_in()} Type :next to go on, or :help."
        number = sheet.asked.index(entry) + 1 if entry in sheet.asked else 0
        place = f"Cell {number} of {len(sheet.asked)}: {_name(entry)}"
        typed = self._desk.cells.line.text
        if typed and self._desk.cells.changed:
            return f"{place}, filled in: {typed}. Type another, Enter to check it, or :help."
        if entry.text:
            return f"{place}, now {entry.text}. Type another answer, :next, or :help."
        return f"{place} = what? Type it; or :hint, :show, or :help."

    def _filled_in(self) -> str:
        """Return that all cells are filled in, and how many of them were shown."""
        asked = self._desk.worksheet.asked
        shown = sum(entry.shown for entry in asked)
        if len(asked) == 1:
            return f"The cell is filled in{', as shown' if shown else ''}."
        return f"All {len(asked)} cells are filled in{f', {shown} of them shown' if shown else ''}."

    def _said(self) -> str:
        """Return what the desk has to say, in words."""
        feedback = self._desk.feedback
        text = feedback.text.removesuffix(on_end(self._desk.worksheet).text).strip()
        word = _SIGNS.get(feedback.sign, "")
        lines = _joined(text.split("\n")) if text else []
        read = lines.pop(0) if lines and lines[0].startswith("read as ") else ""
        rest = "\n".join(lines).removeprefix(word).strip()
        said = f"{word} {rest}".strip()
        return "\n".join(part for part in (f"It was {read}." if read else "", said) if part)

    def _say_what_the_desk_says(self) -> None:
        said = self._said()
        if said:
            self._talk.say(said)

    # -- what is done

    async def _do(self, typed: Typed) -> None:
        desk = self._desk
        match typed.command:
            case "":
                await self._answer(typed.text)
                return
            case "list":
                self._list()
                return
            case "problem":
                self._say_problem()
                return
            case "next":
                desk.cells.choose(desk.worksheet.next_open(desk.cells.entry.cell) or "")
                return
            case "go":
                self._go(typed.text)
                return
            case "hint":
                await desk.hint()
            case "show":
                await desk.show()
            case "why":
                await desk.why()
            case "check":
                await desk.check_all()
        self._say_what_the_desk_says()

    async def _answer(self, text: str) -> None:
        desk = self._desk
        if not text and not desk.cells.changed:
            self._talk.say("Nothing was typed. Type a number or a calculation.")
            return
        if text and desk.worksheet.done and not desk.cells.changed:
            self._talk.say("All cells are filled in. Type :next to go on; with :go CELL you can answer a cell anew.")
            return
        if text:
            desk.cells.edit("clear")
            desk.cells.type(text)
        cell = desk.cells.entry.cell
        await desk.check()
        self._say_what_the_desk_says()
        if desk.feedback.sign == "?" and text:
            desk.cells.choose(cell)
            desk.cells.edit("clear")
            if text.partition(" ")[0].lower() in _NAMES:
                self._talk.say(f"If you meant the command, type :{text}")

    def _list(self) -> None:
        typed = self._desk.cells.typed
        for number, entry in enumerate(self._desk.worksheet.entries, start=1):
            state = _STATES[entry.state]
            answer = typed.get(entry.cell, entry.text)
            mark = "not checked" if typed.get(entry.cell) else state
            here = ", you are here" if entry.cell == self._desk.cells.entry.cell else ""
            self._talk.say(f"{number}, {_name(entry)}: {f'{answer}, ' if answer else ''}{mark}{here}.")

    def _go(self, text: str) -> None:
        sheet = self._desk.worksheet
        cell = self._cell_of(text.strip())
        entry = next((each for each in sheet.entries if each.cell == cell), None)
        if entry is None:
            names = ", ".join(_name(each) for each in sheet.asked)
            self._talk.say(f"There is no cell “{text[:40]}” here. The cells are: {names}.")
            return
        if entry.given:
            self._talk.say(f"{_name(entry)} is given: {entry.text}")
            return
        self._desk.cells.choose(cell)
        if sheet.done:
            self._desk.cells.edit("clear")
        self._desk.move(0)
        self._say_what_the_desk_says()

    def _cell_of(self, text: str) -> str:
        """Return the cell that a learner names: by its number in the list, as it is heard, or as it is typed."""
        sheet = self._desk.worksheet
        if text.isascii() and text.isdecimal() and len(text) < len(str(10**6)):
            number = int(text)
            return sheet.entries[number - 1].cell if 1 <= number <= len(sheet.entries) else ""
        heard = heard_formula(text).casefold()
        known = [entry.cell for entry in sheet.entries if _name(entry).casefold() == heard]
        if known:
            return known[0]
        try:
            return sheet.derivation.cell(text).id
        except CellError:
            return ""


def _joined(lines: Sequence[str]) -> list[str]:
    """Return lines with those that go on with an equals sign joined to the ones before them."""
    found: list[str] = []
    for line in lines:
        if found and line.lstrip().startswith(("=", "≈")):
            found[-1] += f" {line.lstrip()}"
        else:
            found.append(line)
    return found


def _name(entry: "Entry") -> str:
    """Return the name of a cell as it is heard and typed."""
    return heard_formula(entry.label)
