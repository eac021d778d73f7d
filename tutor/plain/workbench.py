"""The workbench as a conversation: a problem is typed line by line, or taken from a file, and then worked with."""

from typing import Final

from tutor.mathematics.problem import ProblemError
from tutor.plain.dialogue import BACK
from tutor.plain.own import OwnProblemDialogue, parts_told
from tutor.plain.talk import Commands, Talk, Typed, listed
from tutor.practice.workbench.reading import BenchReading, read_bench, with_line
from tutor.practice.workbench.saving import SavingError
from tutor.practice.workbench.sorting import number_fault
from tutor.study.services import Services
from tutor.study.workbench.bench import load_bench
from tutor.study.workbench.own import OwnProblem, own_of_file, own_of_reading
from tutor.study.workbench.reading_lines import EXAMPLE

COMMANDS: Final[Commands] = {
    "done": "go on with what is typed: its worksheet, derivation and lab",
    "list": "say all lines, and how they are read",
    "change NUMBER LINE": "put another line in the place of this one; without a line, remove it",
    "undo": "bring back what stood there before",
    "clear": "remove all lines; undo brings them back",
    "file PATH": "open a problem file",
    **BACK,
}


class WorkbenchDialogue:
    """A problem typed line by line, as it was left, until it is worked with or left again."""

    def __init__(self, talk: Talk, services: Services) -> None:
        self._talk = talk
        self._services = services
        self._bench = load_bench(services)

    async def run(self) -> None:
        """Talk until the workbench is left."""
        self._open()
        while True:
            number = len(self._lines) + 1
            prompt = f"Line {number}: type a line of the problem; or :done, or :help."
            typed = self._talk.ask(prompt, COMMANDS, colon=True, again=self._list)
            if typed.command == "back":
                return
            await self._do(typed)

    # -- what is said

    @property
    def _lines(self) -> list[str]:
        return [line for line in self._bench.text.text.split("\n") if line.strip()]

    def _open(self) -> None:
        self._talk.say("Workbench: a problem of your own.")
        self._list()

    def _list(self) -> None:
        for number, line in enumerate(self._lines, start=1):
            self._talk.say(f"Line {number}: {line}")
        for said in _told(self._bench.reading):
            self._talk.say(said)

    # -- what is done

    async def _do(self, typed: Typed) -> None:
        match typed.command:
            case "":
                self._take(typed.text)
            case "list":
                self._list()
            case "change":
                self._change(typed.text)
            case "undo" if self._bench.can_undo:
                self._bench.undo()
                self._taken()
            case "undo":
                self._talk.say("There is nothing to bring back.")
            case "clear":
                self._put([])
            case "file":
                await self._open_file(typed.text)
            case "done":
                await self._go_on()

    def _take(self, text: str) -> None:
        if not text:
            self._talk.say("Nothing was typed. Type a formula such as f = x^2 + 3*y, or a number such as x = 2.")
            return
        self._put([*self._lines, text])

    def _change(self, text: str) -> None:
        """Put another line in the place of one, or remove it."""
        number, _, line = text.partition(" ")
        lines = self._lines
        if number not in map(str, range(1, len(lines) + 1)):
            self._talk.say("Type change with the number of a line and what it is to be, such as :change 1 f = x^2.")
            return
        place = int(number) - 1
        self._put([*lines[:place], *([line.strip()] if line.strip() else []), *lines[place + 1 :]])

    def _put(self, lines: list[str]) -> None:
        """Put lines in the place of all, and keep them."""
        self._bench.replace("\n".join(lines))
        self._taken()

    def _taken(self) -> None:
        """Read what is typed now, keep it, and say what has changed."""
        before = set(_told(self._bench.reading))
        text = self._bench.text.text
        self._bench.take_reading(text, read_bench(text))
        self._bench.keep()
        told = _told(self._bench.reading)
        for said in [line for line in told if line not in before] or (
            told if self._bench.reading.fault else ["Taken."]
        ):
            self._talk.say(said)
        notice = self._services.store.take_notice()
        if notice:
            self._talk.say(notice)

    async def _open_file(self, path: str) -> None:
        try:
            own = own_of_file(path)
        except (ProblemError, SavingError) as error:
            self._talk.say(str(error))
        except OSError as error:
            self._talk.say(f"{path[:200]} cannot be read: {error.strerror or error}.")
        else:
            await self._work_with(own)

    async def _go_on(self) -> None:
        """Go on to the problem; ask for numbers that are missing, or say where it cannot be read."""
        reading = self._bench.reading
        if reading.problem is None:
            for said in _told(reading):
                self._talk.say(said)
            return
        while reading.missing:
            missing = reading.missing[0]
            question = (
                f"{missing.name} has no number yet. Type one, or Enter for {missing.offered}; or :back, or :help."
            )
            typed = self._talk.ask(question, BACK, colon=True)
            if typed.command == "back":
                return
            reading = self._with_number(missing.name, typed.text or missing.offered)
        await self._work_with(own_of_reading(reading, self._bench.text.text))

    def _with_number(self, name: str, typed: str) -> BenchReading:
        """Add the line that gives a name its number, or say what is wrong with it; return how all is read then."""
        fault = number_fault(typed)
        text = with_line(self._bench.text.text, f"{name} = {typed}")
        reading = read_bench(text)
        if fault is not None and not typed.startswith("["):
            self._talk.say(f"{fault.message} A number is needed, such as 3, 0.5 or 1/3.")
        elif reading.fault is not None:
            self._talk.say(reading.fault.message)
        else:
            self._bench.replace(text)
            self._bench.take_reading(text, reading)
            self._bench.keep()
        return self._bench.reading

    async def _work_with(self, own: OwnProblem) -> None:
        await OwnProblemDialogue(self._talk, self._services, own).run()


def _told(reading: BenchReading) -> list[str]:
    """Return how a text is read, a sentence for each part of it."""
    if reading.fault is not None:
        return [reading.fault.sentence()]
    if reading.problem is None:
        return [text for text, _ in EXAMPLE]
    missing = [missing.name for missing in reading.missing]
    asked = [f"No number yet for {listed(missing)}: :done asks."] if missing else []
    return [*parts_told(reading.problem, frozenset(missing)), *reading.notes, *asked]
