"""What the lab offers, as a conversation: ready labs, or a function, points, a file, a code of one's own."""

from typing import TYPE_CHECKING, Final

from tutor.engine.error import EngineError
from tutor.lab.codes import read_code
from tutor.lab.functions import usual_start
from tutor.lab.own import csv_lab, function_lab, points_lab, problem_lab, problem_subject
from tutor.lab.presets import PRESETS
from tutor.lab.settings import Lab
from tutor.mathematics.problem import ProblemError
from tutor.plain.dialogue import BACK
from tutor.plain.lab import LabDialogue
from tutor.plain.talk import Commands, Talk, Typed
from tutor.study.services import Services

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

COMMANDS: Final[Commands] = {
    "ready NAME": "open a ready lab; its name or its number alone does the same",
    "function FORMULA": "open the lab of a function of your own, of one or two variables",
    "points POINTS": "fit points: 1 2; 2 4; 3 6.5, or with labels, 0 0 no; 1 0 yes",
    "problem FILE": "open the lab of a problem file: its parameters go downhill",
    "csv FILE": "let a network learn the last column of a CSV file",
    "code CODE": "bring back a lab from another machine",
    "back": "go to the beginning",
}
_FAULTS: Final = (EngineError, ProblemError, OSError, ValueError, RuntimeError)
"""What can be wrong with what is typed here, and with files."""


class LabsDialogue:
    """The labs, talked about until they are left."""

    def __init__(self, talk: Talk, services: Services) -> None:
        self._talk = talk
        self._services = services
        self._names = tuple(PRESETS)

    async def run(self) -> None:
        """Talk until the learner goes back."""
        self._open()
        while True:
            typed = self._talk.ask("Type a number, function x^2, back, or help.", COMMANDS, again=self._open)
            if typed.command == "back":
                return
            await self._do(typed)

    def _open(self) -> None:
        self._talk.say("Lab: watch it learn. These are ready:")
        for number, name in enumerate(self._names, start=1):
            self._talk.say(f"{number}: {name}, {PRESETS[name].title}.")

    async def _do(self, typed: Typed) -> None:
        makers: Mapping[str, Callable[[str], Lab | None]] = {
            "function": self._function,
            "points": points_lab,
            "problem": lambda path: problem_lab(problem_subject(path)),
            "csv": csv_lab,
            "code": read_code,
        }
        if typed.command not in makers:
            await self._ready(typed.text)
            return
        if not typed.text:
            self._talk.say(f"Type {typed.command} with what it is about; help says how.")
            return
        try:
            lab = makers[typed.command](typed.text)
        except _FAULTS as error:
            self._talk.say(str(error))
            return
        if lab is not None:
            await self._show(lab)

    async def _ready(self, text: str) -> None:
        by_number = {str(number): name for number, name in enumerate(self._names, start=1)}
        name = by_number.get(text, text.lower())
        if name not in PRESETS:
            self._talk.say(f"“{text[:40]}” is no ready lab." if text else "Nothing was typed.")
            return
        await self._show(PRESETS[name])

    async def _show(self, lab: Lab) -> None:
        try:
            dialogue = LabDialogue(self._talk, self._services, lab)
        except _FAULTS as error:
            self._talk.say(str(error))
            return
        await dialogue.run()

    def _function(self, formula: str) -> Lab | None:
        """Return the lab of a function, after asking where it starts; None where the learner goes back.

        Raises EngineError for what cannot be read.
        """
        offered = usual_start(formula)
        prompt = f"Where does it start? Type it, such as {offered}; or :back, or :help."
        typed = self._talk.ask(prompt, BACK, colon=True)
        return function_lab(formula, typed.text or offered) if not typed.command else None
