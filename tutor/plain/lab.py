"""The lab as a conversation: after each step a sentence, and the numbers that matter."""

from collections.abc import Callable
from typing import Final

from tutor.course.blocks.running import find_knob
from tutor.draw.glyphs import UNICODE
from tutor.draw.number import short_number
from tutor.engine.error import EngineError
from tutor.lab import words
from tutor.lab.bench import Bench
from tutor.lab.by_hand import HandTable, hand_table
from tutor.lab.codes import read_code
from tutor.lab.error import LabError
from tutor.lab.knobs import Knob
from tutor.lab.material import Workshop
from tutor.lab.pictures import Pictures
from tutor.lab.readings import picture_sentences
from tutor.lab.settings import Lab, OwnSubject
from tutor.mathematics.problem import ProblemError
from tutor.mathematics.report import as_text
from tutor.plain.hearing import heard_formula
from tutor.plain.sheet import SheetDialogue
from tutor.plain.talk import Commands, Talk, Typed, ended
from tutor.study.problem_sheets import hand_desk
from tutor.study.services import Services

COMMANDS: Final[Commands] = {
    "step NUMBER": "take a step, or so many",
    "epoch NUMBER": "go to the end of the epoch, or of so many",
    "run NUMBER": "take so many steps, 100 without a number; Ctrl+C stops it",
    "back NUMBER": "take the last step back, or so many",
    "set NAME VALUE": "change a setting, such as set eta 0.3",
    "settings": "say all settings",
    "reset": "go to the start: the same one",
    "numbers": "say all parameters as they are now",
    "hand": "say the step just taken with all of its numbers",
    "work": "work that step by hand on a worksheet",
    "ahead": "work the next step by hand, before it is taken",
    "view NAME": "say what another picture shows",
    "seed": "start anew with the next seed: other weights, other data",
    "another": "put another run beside it, with other settings",
    "switch": "look at the next run closely",
    "drop": "take this run away",
    "code CODE": "say the code that brings this lab back; with a code, bring that lab here",
    "leave": "leave the lab",
}

_USUAL_RUN: Final = 100
_MOST_STEPS: Final = 1_000_000
_FEW: Final = 8
"""Parameters up to which all are said after each step."""
_MOST_BACK: Final = 10_000


class LabDialogue:
    """A lab, talked about until it is left."""

    def __init__(self, talk: Talk, services: Services, lab: Lab, said: str = "") -> None:
        """Set a lab up; `said` is said first. Raises EngineError or ProblemError for what cannot be run."""
        self._talk = talk
        self._services = services
        self._bench = Bench(lab, Workshop(services.derivation_of))
        self._pictures = Pictures(UNICODE)
        self._intro = said

    async def run(self) -> None:
        """Talk until the lab is left."""
        self._open()
        while True:
            typed = self._talk.ask("Type step, run 100, back, set, reset, leave, or help.", COMMANDS, again=self._open)
            if typed.command == "leave":
                return
            await self._do(typed)

    # -- what is said

    def _open(self) -> None:
        self._talk.say(f"Lab: {words.subject_text(self._bench)}.")
        if self._intro:
            self._talk.say(self._intro)
        for sentence in picture_sentences(self._bench, self._views[0]):
            self._talk.say(sentence)
        self._say_now()

    def _say_now(self) -> None:
        """Say the step just taken, how it went, and where it stands."""
        bench = self._bench
        if len(bench.runs) > 1:
            self._talk.say(f"Run {bench.place + 1} of {len(bench.runs)}: {bench.label(bench.run)}.")
        for sentence in _step_sentences(words.last_step(bench.run, UNICODE)):
            self._talk.say(sentence)
        if bench.run.steps:
            self._talk.say(words.reading(bench, UNICODE))
            reading = self._pictures.reading(bench, self._views[0])
            if reading:
                self._talk.say(reading)
        if bench.run.steps and len(bench.run.names) <= _FEW:
            self._talk.say(f"Now {self._parameters()}.")
        self._talk.say(f"{words.standing(bench, UNICODE).replace('  ', ', ')}.")
        for sentence in (words.state(bench), bench.said):
            if sentence:
                self._talk.say(sentence)

    def _parameters(self) -> str:
        run = self._bench.run
        pairs = zip(run.names, run.parameters, strict=True)
        return ", ".join(f"{name} = {short_number(float(value), UNICODE, 6)}" for name, value in pairs)

    @property
    def _views(self) -> tuple[str, ...]:
        return self._pictures.views(self._bench)

    # -- what is done

    async def _do(self, typed: Typed) -> None:
        bench = self._bench
        match typed.command:
            case "step" | "epoch" | "back" | "run" as command:
                self._go(command, typed.text)
            case "set":
                self._set(typed.text)
            case "reset":
                self._change(bench.reset)
            case "seed":
                self._change(bench.new_seed)
            case "another":
                self._change(bench.add_run)
            case "switch":
                self._change(bench.next_run)
            case "drop":
                self._change(bench.drop_run)
            case "hand":
                self._hand()
            case "work" | "ahead" as command:
                await self._work(is_next=command == "ahead")
            case _:
                self._tell(typed)

    def _tell(self, typed: Typed) -> None:
        """Do what changes nothing in the run."""
        match typed.command:
            case "settings":
                for each in self._bench.knobs:
                    self._talk.say(f"{each.name}, set as {_symbol(each)}: {each.shown(self._bench.settings)}.")
            case "numbers":
                self._talk.say(f"{self._parameters()}.")
            case "view":
                self._view(typed.text)
            case "code":
                self._code(typed.text)
            case _:
                self._talk.say(f"“{typed.text[:40]}” is no command here." if typed.text else "Nothing was typed.")

    def _change(self, change: Callable[[], None]) -> None:
        change()
        self._say_now()

    def _go(self, command: str, text: str) -> None:
        most = _MOST_BACK if command == "back" else _MOST_STEPS
        count = _count(text, most, _USUAL_RUN if command == "run" else 1)
        if count is None:
            self._talk.say(f"Type {command} with a whole number up to {most}, such as {command} 10.")
            return
        bench = self._bench
        match command:
            case "epoch":
                self._repeat(bench.epoch, count)
            case "back":
                self._repeat(bench.back, count)
            case "run":
                bench.said = ""
                bench.advance(count, self._is_stopped)
            case _:
                self._repeat(bench.step, count)
        self._say_now()

    def _repeat(self, move: Callable[[], None], count: int) -> None:
        """Move so many times, as long as something moves and the learner does not interrupt."""
        for _ in range(count):
            before = [run.steps for run in self._bench.runs]
            move()
            if self._is_stopped() or [run.steps for run in self._bench.runs] == before:
                return

    def _is_stopped(self) -> bool:
        """Return whether the learner has stopped what is going on, and say so."""
        if not self._talk.interrupted:
            return False
        self._talk.pause()  # the terminal has shown the key, and stays on its line
        self._talk.say("Stopped.")
        return True

    def _set(self, text: str) -> None:
        symbol, _, value = text.replace("=", " ", 1).partition(" ")
        knob = find_knob(self._bench.settings, symbol) if symbol else None
        if knob is None or not value.strip():
            known = ", ".join(map(_symbol, self._bench.knobs))
            self._talk.say(f"Type set, the name of a setting and its value. Settings here: {known}.")
            return
        try:
            self._bench.type_value(knob, value.strip())
        except EngineError as error:
            self._talk.say(str(error))
            return
        self._talk.say(f"{knob.name}: {knob.shown(self._bench.settings)}.")
        if self._bench.said:
            self._talk.say(self._bench.said)

    def _view(self, name: str) -> None:
        found = [view for view in self._views if view.startswith(name.lower())] if name else []
        if len(found) != 1:
            self._talk.say(f"Type view with one of: {', '.join(self._views)}.")
            return
        for sentence in picture_sentences(self._bench, found[0]):
            self._talk.say(sentence)

    def _code(self, text: str) -> None:
        if not text:
            try:
                self._talk.say(f"This lab has the code {self._bench.code()}")
            except LabError as error:
                self._talk.say(str(error))
            return
        subject = self._bench.settings.subject
        own = [subject] if isinstance(subject, OwnSubject) else []
        try:
            self._bench = Bench(read_code(text, own), Workshop(self._services.derivation_of))
        except (EngineError, ProblemError) as error:
            self._talk.say(str(error))
            return
        self._pictures = Pictures(UNICODE)
        self._intro = ""
        self._open()

    # -- by hand

    def _hand(self) -> None:
        table = self._table(is_next=False)
        if table is None:
            return
        for note in table.notes:
            self._talk.say(note)
        try:
            lines = list(as_text(self._services.derivation_of(table.problem)))
        except ProblemError as error:
            self._talk.say(str(error))
            return
        for line in lines:
            if line.strip():
                self._talk.say(line.strip())
        self._talk.say("To work these numbers out by hand, type work.")

    async def _work(self, *, is_next: bool) -> None:
        table = self._table(is_next=is_next)
        if table is None:
            return
        try:
            desk = hand_desk(self._services, table.problem, " ".join(table.notes))
        except ProblemError as error:
            self._talk.say(str(error))
            return
        is_done = await SheetDialogue(self._talk, table.problem.title, desk).run()
        if is_done and is_next:
            self._bench.step()
            self._bench.said = f"Step {table.step} is taken: it is the one that you worked by hand."
        self._say_now()

    def _table(self, *, is_next: bool) -> HandTable | None:
        if not is_next and self._bench.run.last is None:
            self._talk.say("No step has been taken yet. Type step.")
            return None
        try:
            return hand_table(self._bench.run, is_next=is_next)
        except EngineError as error:
            self._talk.say(str(error))
            return None


def _step_sentences(told: str) -> list[str]:
    """Return what is told of a step, the new value of each parameter in a sentence of its own.

    >>> _step_sentences("step 1: gradient (6, 8) → x1 3 − 0.6 = 2.4; x2 2 − 0.8 = 1.2")
    ['step 1: gradient (6, 8).', 'New x1: 3 − 0.6 = 2.4', 'New x2: 2 − 0.8 = 1.2']
    """
    first, arrow, moves = told.partition(" → ")
    if not arrow or "Most moved" in first:
        return [ended(told)]
    pairs = [move.partition(" ") for move in moves.split("; ")]
    return [ended(first), *(f"New {name}: {calculation}" if calculation else name for name, _, calculation in pairs)]


def _symbol(knob: Knob) -> str:
    """Return the symbol of a setting as it is typed."""
    return heard_formula(knob.symbol)


def _count(text: str, most: int, usual: int) -> int | None:
    """Return how often something is to be done; None where that cannot be read."""
    if not text:
        return usual
    is_number = text.isascii() and text.isdecimal() and len(text) <= len(str(most))
    return int(text) if is_number and 1 <= int(text) <= most else None
