"""A problem as a generator writes it, before it is proved fit to be worked by hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from tutor.mathematics.notation.printing import number_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Number = int | Fraction
Entry = Number | str | list[Number]


@dataclass(frozen=True, slots=True)
class Draft:
    """A problem, what is asked of it, and what it is about.

    The mappings are the sections of a problem file; a text in `given` or `parameters` is a constant such as "ln(3)/2".
    """

    parameters: Mapping[str, Number | str]
    steps: Mapping[str, str]
    cells: tuple[str, ...]
    """The cells that are worked, in the order of the work, the result last; at least two."""
    given: Mapping[str, Number | str] = field(default_factory=dict)
    examples: Mapping[str, Sequence[Number]] = field(default_factory=dict)
    update: Mapping[str, Number | str] = field(default_factory=dict)
    story: str = ""
    """A sentence or two that say what the numbers are about; may be empty."""
    formula: str = ""
    """The derivative whose formula is asked for in the end; empty where a formula would teach nothing."""

    def text(self, title: str) -> str:
        """Return the text of the problem file.

        >>> print(Draft({"w": 3}, {"E": "w^2"}, ("dE/dw",)).text("A square"))
        title = "A square"
        <BLANKLINE>
        [parameters]
        w = 3
        <BLANKLINE>
        [steps]
        E = "w^2"
        <BLANKLINE>
        """
        return "\n".join(self._lines(title)) + "\n"

    def _lines(self, title: str) -> Iterator[str]:
        yield f'title = "{title}"'
        sections: tuple[tuple[str, Mapping[str, Entry]], ...] = (
            ("given", dict(self.given)),
            ("parameters", dict(self.parameters)),
            ("steps", dict(self.steps)),
            ("examples", {name: list(values) for name, values in self.examples.items()}),
            ("update", dict(self.update)),
        )
        for heading, entries in sections:
            if entries:
                yield from ("", f"[{heading}]")
                yield from (f"{name} = {_written(entry)}" for name, entry in entries.items())


def _written(entry: Entry) -> str:
    match entry:
        case str():
            return f'"{entry}"'
        case list():
            return f"[{', '.join(_written(item) for item in entry)}]"
        case _:
            text = number_text(Fraction(entry))
            return f'"{text}"' if "/" in text else text
