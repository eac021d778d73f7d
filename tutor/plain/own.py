"""A problem of the learner's own, as a conversation: its worksheet, its derivation, its lab, and its file."""

from typing import Final

from tutor.digest import digest_of
from tutor.engine.error import EngineError
from tutor.lab.error import LabError
from tutor.lab.own import problem_lab
from tutor.lab.settings import ProblemSubject
from tutor.mathematics.cells import CellError
from tutor.mathematics.problem import Problem, ProblemError
from tutor.mathematics.report import as_text
from tutor.plain.hearing import heard_formula
from tutor.plain.lab import LabDialogue
from tutor.plain.sheet import SheetDialogue
from tutor.plain.talk import Commands, Talk, Typed, ended
from tutor.practice.workbench.choice import CellChoice, CellRow, Group, usual_choice
from tutor.practice.workbench.saving import SavingError, offered_name, save_problem
from tutor.study.problem_sheets import practice_desk
from tutor.study.services import Services
from tutor.study.workbench.own import OwnProblem
from tutor.study.workbench.reading_lines import parts_of

COMMANDS: Final[Commands] = {
    "work": "fill in every cell of its worksheet",
    "choose CELLS": "fill in these cells alone, such as choose y dE/dw; or choose forward, backward or update",
    "derivation": "say every cell with its rule and its numbers: all answers",
    "lab": "watch its parameters go downhill",
    "list": "say the problem again: its formulas and values",
    "save PATH": "write it to a problem file",
    "leave": "leave this problem",
}
_GROUPS: Final[dict[str, Group]] = {"forward": "forward", "backward": "backward", "update": "update"}


def parts_told(problem: Problem, unknown: frozenset[str] = frozenset()) -> list[str]:
    """Return what a problem consists of, a sentence for each part; the numbers of unknown names are not told."""
    return [
        f"{label.capitalize()}: {'; '.join(texts).replace('  ', ', ')}" for label, texts in parts_of(problem, unknown)
    ]


class OwnProblemDialogue:
    """A problem, talked about until it is left."""

    def __init__(self, talk: Talk, services: Services, own: OwnProblem) -> None:
        self._talk = talk
        self._services = services
        self._own = own

    async def run(self) -> None:
        """Talk until the problem is left."""
        self._open()
        while True:
            prompt = "Type work, choose forward, derivation, lab, save, leave, or help."
            typed = self._talk.ask(prompt, COMMANDS, again=self._open)
            if typed.command == "leave":
                return
            try:
                await self._do(typed)
            except (ProblemError, EngineError, LabError, SavingError) as error:
                self._talk.say(str(error))

    def _open(self) -> None:
        self._talk.say(ended(self._own.title))
        for said in parts_told(self._own.problem):
            self._talk.say(said)
        for note in self._own.notes:
            self._talk.say(note)

    async def _do(self, typed: Typed) -> None:
        """Do what a command says. Raises ProblemError, EngineError, LabError or SavingError where that cannot be."""
        own = self._own
        match typed.command:
            case "work":
                await self._work(None)
            case "choose":
                await self._choose(typed.text)
            case "derivation":
                for line in as_text(self._services.derivation_of(own.problem)):
                    self._talk.say(line)
                    if self._talk.interrupted:
                        break
            case "lab":
                lab = problem_lab(ProblemSubject(own.problem, digest_of(own.file).hex()))
                await LabDialogue(self._talk, self._services, lab).run()
            case "list":
                self._open()
            case "save" if typed.text:
                self._talk.say(f"Saved as {save_problem(typed.text, own.file)}")
            case "save":
                self._talk.say(f"Type save with the path of a file, such as save {offered_name(own.title)}.")
            case _:
                self._talk.say(f"“{typed.text[:40]}” is no command here." if typed.text else "Nothing was typed.")

    async def _work(self, choice: CellChoice | None) -> None:
        desk = practice_desk(self._services, self._own.problem, self._own.file, choice)
        await SheetDialogue(self._talk, self._own.title, desk).run()

    async def _choose(self, text: str) -> None:
        """Open the worksheet in which only these cells are blank. Raises ProblemError."""
        usual = usual_choice(self._services.derivation_of(self._own.problem))
        words = text.replace(",", " ").split()
        groups = [_GROUPS[word] for word in words if word in _GROUPS]
        blank = {self._place_of(word, usual.rows) for word in words if word not in _GROUPS}
        if not words or None in blank:
            names = ", ".join(
                heard_formula(row.label) for row, mark in zip(usual.rows, usual.marks, strict=True) if mark != "out"
            )
            self._talk.say(f"Type choose with cells, or with forward, backward or update. The cells are: {names}.")
            return
        choice = usual.only(*groups)
        for place in sorted(place for place in blank if place is not None):
            choice = choice if choice.marks[place] == "blank" else choice.toggle(place)
        if not choice.blank:
            self._talk.say("This problem has no such cells.")
            return
        await self._work(choice)

    def _place_of(self, word: str, rows: tuple[CellRow, ...]) -> int | None:
        """Return the place of the cell that a word names, as it is heard or as it is typed; None for no cell."""
        heard = heard_formula(word).casefold()
        names = [heard_formula(row.label).casefold() for row in rows]
        if heard in names:
            return names.index(heard)
        try:
            cell = self._services.derivation_of(self._own.problem).cell(word).id
        except CellError:
            return None
        return next((place for place, row in enumerate(rows) if row.cell == cell), None)
