"""The conversation with a learner: lines out, lines in, and the commands that are understood everywhere."""

import codecs
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol, TextIO

from tutor.draw.ascii import to_ascii
from tutor.draw.width import wrap
from tutor.plain.hearing import heard
from tutor.plain.markdown import paragraphs
from tutor.study.editing import LIMIT

Commands = Mapping[str, str]
"""Commands by their names, each with what it does; an argument is named in capitals: `go CELL`."""

Answers = Mapping[str, Callable[[str], None]]
"""What deals with commands, by their names; it is given what follows them."""

NARROWEST: Final = 20
WIDEST: Final = 78
"""Columns of a line at most."""

EVERYWHERE: Final[Commands] = {
    "help": "say what can be typed here; ? does the same",
    "repeat": "say again what is asked here",
    "glossary WORD": "say what a word means; without a word, all words that there are",
    "search WORDS": "say where in the course these words stand",
    "open NUMBER": "go to a place that was found",
    "conventions": "say how things are written here, and elsewhere",
    "menu": "go to the beginning; what you did is kept",
    "quit": "leave; what you did is kept",
}
"""Commands that are understood wherever something is asked."""


class EndOfTalk(Exception):  # noqa: N818 - it is the way out, not an error
    """The learner leaves, or nothing more can be read."""


class ToMenu(Exception):  # noqa: N818 - as above
    """The learner goes to the beginning."""


class Ear(Protocol):
    """Where lines come from."""

    def hear(self) -> str | None:
        """Return the next line without its end, None where nothing more comes.

        Raises KeyboardInterrupt when the learner interrupts.
        """

    def take_interruption(self) -> bool:
        """Return whether the learner has interrupted what is going on, once."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What a learner typed: a command with what follows it, or a text; its command is then empty."""

    command: str
    text: str


class Talk:
    """Says lines and asks for lines."""

    def __init__(self, out: TextIO, ear: Ear, *, width: int = WIDEST, ascii_only: bool = False) -> None:
        """Talk in lines of so many columns; with ascii_only all of them are ASCII."""
        self._out = out
        self._ear = ear
        self._width = max(NARROWEST, min(width, WIDEST))
        self.ascii_only = ascii_only or not _has_typography(out.encoding)
        self.answers: Answers = {}
        """What deals with those commands of EVERYWHERE that need to know the course, by their names."""

    # -- out

    def say(self, text: str) -> None:
        """Say a text: each of its lines by itself, as it is heard. An empty one is a blank line."""
        for line in text.split("\n"):
            self._write(heard(line, ascii_only=self.ascii_only))

    def tell(self, markdown: str, before: str = "") -> None:
        """Say Markdown; before stands in front of its first words."""
        told = paragraphs(markdown, ascii_only=self.ascii_only) or [""]
        if before or any(told):
            self._write(f"{heard(before, ascii_only=self.ascii_only)}{told[0]}")
            for paragraph in told[1:]:
                self._write(paragraph)

    def pause(self) -> None:
        """Say a blank line."""
        self._write("")

    @property
    def interrupted(self) -> bool:
        """Whether the learner wants what is going on to stop."""
        return self._ear.take_interruption()

    # -- in

    def ask(
        self,
        prompt: str,
        commands: Commands,
        *,
        colon: bool = False,
        again: Callable[[], None] | None = None,
    ) -> Typed:
        """Ask until something is typed that can be one of the commands, or a text; return it.

        With colon, commands begin with a colon and everything else is a text; without it, whatever begins like a
        command is one. again says once more what is asked. Raises EndOfTalk where the learner leaves, and ToMenu.
        """
        known = {**commands, **EVERYWHERE}
        while True:
            self.say(prompt)
            line = self._hear(prompt, colon=colon)
            typed = self._understood(line, commands, colon=colon)
            if typed is None:
                continue
            match typed.command:
                case "help":
                    self._help(known, colon=colon)
                case "repeat":
                    if again is not None:
                        again()
                case "menu":
                    raise ToMenu
                case "quit":
                    raise EndOfTalk
                case command if command in self.answers:
                    self.answers[command](typed.text)
                case _:
                    return typed

    def _hear(self, prompt: str, *, colon: bool) -> str:
        """Return the next line that is no longer than an answer can be."""
        while True:
            try:
                line = self._ear.hear()
            except KeyboardInterrupt:
                self.pause()  # the terminal has shown the key, and stays on its line
                self.say(f"To leave, type {':quit' if colon else 'quit'}. Everything you did is kept.")
            else:
                if line is None:
                    raise EndOfTalk
                if len(line) <= LIMIT:
                    return line.strip()
                self.say(f"This line is too long: {LIMIT} characters are taken at most. Nothing was taken of it.")
            self.say(prompt)

    def _understood(self, line: str, commands: Commands, *, colon: bool) -> Typed | None:
        """Return what a line means; None where that was asked back. Commands of the place go before the others."""
        if line in {"?", ":?"}:
            return Typed("help", "")
        is_marked = line.startswith(":")
        word, _, rest = line.removeprefix(":").strip().partition(" ")
        if not is_marked and (colon or not word.isalpha()):
            return Typed("", line)
        found = _named(word.lower(), commands) or _named(word.lower(), EVERYWHERE)
        if word.lower() in _names(EVERYWHERE):
            found = [word.lower()]
        if len(found) == 1:
            return Typed(found[0], rest.strip())
        sign = ":" if colon else ""
        if found:
            listed = " or ".join([", ".join(sign + name for name in found[:-1]), sign + found[-1]])
            self.say(f"“{line}” could be {listed}. Type more of it.")
            return None
        if is_marked:
            self.say(f"There is no command :{word[:40]} here. Type {sign}help for those that there are.")
            return None
        return Typed("", line)

    def _help(self, known: Commands, *, colon: bool) -> None:
        self.say("Here you can type, besides an answer:" if colon else "Here you can type:")
        for usage, does in known.items():
            self.say(f"{':' if colon else ''}{usage}: {does}.")
        self.say("The first letters of a command are enough. Where two begin alike, you are asked which one you mean.")
        if colon:
            self.say("A command begins with a colon here; a line without one is an answer.")

    def _write(self, text: str) -> None:
        for line in wrap(text, self._width):
            self._out.write(f"{_written(line, self._out.encoding)}\n")
        self._out.flush()


def ended(sentence: str) -> str:
    """Return a sentence with a full stop, unless it ends with a sign of its own.

    >>> ended("Guess"), ended("Who wins?")
    ('Guess.', 'Who wins?')
    """
    return sentence if sentence.endswith((".", "?", "!", ":")) else f"{sentence}."


def numbers_in(text: str, most: int) -> list[int] | None:
    """Return the numbers from 1 to most that a text lists, each once at most; None where it is no such list.

    Numbers of one digit may be written without anything between them.

    >>> numbers_in("2, 1 3", 3), numbers_in("213", 3), numbers_in("2 2", 3), numbers_in("4", 3)
    ([2, 1, 3], [2, 1, 3], None, None)
    """
    words = text.replace(",", " ").split()
    one_digit = 9
    if len(words) == 1 and most <= one_digit:
        words = list(words[0])
    if not words or not all(word.isascii() and word.isdecimal() and len(word) < len(str(LIMIT)) for word in words):
        return None
    numbers = [int(word) for word in words]
    is_list = all(1 <= number <= most for number in numbers) and len(set(numbers)) == len(numbers)
    return numbers if is_list else None


def listed(words: Sequence[str], last: str = "and") -> str:
    """Return words as they stand in a sentence.

    >>> listed(["x"]), listed(["x", "y", "z"])
    ('x', 'x, y and z')
    """
    return f" {last} ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else list(words))


def _named(word: str, known: Commands) -> list[str]:
    """Return the names of the commands that a word can be the beginning of; only itself where it is one."""
    names = _names(known)
    return [word] if word in names else [name for name in names if word and name.startswith(word)]


def _names(commands: Commands) -> list[str]:
    """Return the names of commands, without what follows them."""
    return [usage.partition(" ")[0] for usage in commands]


def _has_typography(encoding: str | None) -> bool:
    """Whether an encoding has the signs of typography; one that has not gets ASCII throughout."""
    try:
        codecs.encode("“…–", encoding or "utf-8")
    except (LookupError, ValueError):
        return False
    return True


def _written(line: str, encoding: str | None) -> str:
    """Return a line in characters that an encoding has; what it has not becomes ASCII."""
    try:
        line.encode(encoding or "utf-8")
    except (LookupError, ValueError):
        return to_ascii(line)
    return line
