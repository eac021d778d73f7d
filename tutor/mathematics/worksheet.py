"""A worksheet: cells in order, each with the learner's answer and its verdict. Every change makes a new one."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from tutor.mathematics.explaining import HINTS, Explainer
from tutor.mathematics.notation.printing import pretty
from tutor.mathematics.presentation import shown_name, shown_value
from tutor.mathematics.problem import SYMBOLS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from tutor.mathematics.cells import Cell
    from tutor.mathematics.checking.check import CellChecker
    from tutor.mathematics.checking.reply import Reply
    from tutor.mathematics.derivation import Derivation
    from tutor.mathematics.values.real import Value

State = Literal["blank", "given", "correct", "follows", "incomplete", "incorrect", "shown"]
_MOST_CELLS = 60
_PHASES = {
    "forward": "forward",
    "direct": "local",
    "total": "backward",
    "state": "update",
    "parameter": "update",
}


@dataclass(frozen=True)
class Entry:
    """One cell of a worksheet.

    `text` is the latest answer that could be read (or the value, where it is given or shown), `reply` the verdict on
    it, `hints` how many hint steps were taken, `tries` how many answers counted.
    """

    cell: str
    label: str
    phase: str
    given: bool = False
    text: str = ""
    reply: Reply | None = None
    hints: int = 0
    shown: bool = False
    tries: int = 0

    @property
    def state(self) -> State:
        """What the row shows."""
        if self.given:
            return "given"
        if self.shown:
            return "shown"
        if self.reply is None or self.reply.verdict == "invalid":
            return "blank"
        return self.reply.verdict

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do here."""
        return self.state in {"given", "shown", "correct", "follows"}

    @property
    def is_solved_alone(self) -> bool:
        """Whether the learner found the value: not given, not shown, not told by the last hint."""
        return self.state in {"correct", "follows"} and self.hints < HINTS


class _CheckerWhenNeeded:
    """The checker of a derivation, which is loaded with all its rules when the first answer is to be checked."""

    def __init__(self, derivation: Derivation) -> None:
        self._derivation = derivation

    @cached_property
    def checker(self) -> CellChecker:
        """The checker."""
        from tutor.mathematics.checking.check import CellChecker  # noqa: PLC0415 - many worksheets are only shown

        return CellChecker(self._derivation)


@dataclass(frozen=True)
class Worksheet:
    """The cells of one exercise, in order; they can be taken in any order."""

    title: str
    entries: tuple[Entry, ...]
    derivation: Derivation = field(repr=False, compare=False)
    _check: _CheckerWhenNeeded = field(repr=False, compare=False)

    # -- what there is

    def entry(self, cell: str) -> Entry:
        """Return the entry of a cell. Raises KeyError where the worksheet does not ask for it."""
        for entry in self.entries:
            if entry.cell == cell:
                return entry
        raise KeyError(cell)

    @property
    def done(self) -> bool:
        """Whether every cell is done."""
        return all(entry.is_done for entry in self.entries)

    @property
    def done_count(self) -> int:
        """How many of the asked cells are done."""
        return sum(entry.is_done for entry in self.asked)

    @property
    def asked(self) -> tuple[Entry, ...]:
        """The entries that are not given."""
        return tuple(entry for entry in self.entries if not entry.given)

    def next_open(self, cell: str | None = None) -> str | None:
        """Return the next cell after this one that is still to be done, going round; None where all are done."""
        names = [entry.cell for entry in self.entries]
        start = names.index(cell) + 1 if cell in names else 0
        for entry in (*self.entries[start:], *self.entries[:start]):
            if not entry.is_done and entry.cell != cell:
                return entry.cell
        return cell if cell in names and not self.entry(str(cell)).is_done else None

    @property
    def first_wrong(self) -> Entry | None:
        """The first cell, in the order of work, whose answer is neither right nor follows from the ones before it."""
        return next((entry for entry in self.entries if entry.state == "incorrect"), None)

    def following(self, cell: str) -> tuple[Entry, ...]:
        """Return the entries that are right from the learner's own answer in this cell."""
        return tuple(
            entry
            for entry in self.entries
            if entry.state == "follows" and entry.cell != cell and self.derivation.depends(entry.cell, cell)
        )

    # -- what a learner does

    def answer(self, cell: str, text: str) -> tuple[Worksheet, Reply]:
        """Check an answer. Later cells are marked anew; an answer that cannot be read changes nothing."""
        reply = self._check.checker.check(cell, text, self._own_texts(except_for=cell))
        if reply.verdict == "invalid":
            return self, reply
        old = self.entry(cell)
        entry = replace(old, text=text.strip(), reply=reply, tries=old.tries + reply.counts)
        return self._with(entry)._marked_after(cell), reply  # noqa: SLF001 - another worksheet of this class

    def prepare(self, cell: str) -> None:
        """Get ready for an answer to a cell: what can be worked out before it is typed."""
        if not self.entry(cell).is_done:
            self._check.checker.prepare(cell, self._own_texts(except_for=cell))

    def hint(self, cell: str) -> tuple[Worksheet, str]:
        """Return the next hint for a cell: a nudge, the rule, the rule with its numbers, the value."""
        entry = self.entry(cell)
        level = min(entry.hints + 1, HINTS)
        sentence = self._explainer().hint(self.derivation.cell(cell), level)
        return self._with(replace(entry, hints=level)), sentence

    def show(self, cell: str) -> Worksheet:
        """Fill in a cell's value; it is remembered as shown, not as solved."""
        entry = self.entry(cell)
        if entry.is_done:
            return self
        value = shown_value(self.derivation.value(cell)).removeprefix("≈ ")
        return self._with(replace(entry, text=value, reply=None, shown=True))._marked_after(cell)  # noqa: SLF001

    def why(self, cell: str) -> list[str]:
        """Return the lines that derive a cell, with a check that can be repeated on a calculator."""
        return Explainer(self.derivation).why(self.derivation.cell(cell))

    # -- what the problem is

    def formulas(self) -> tuple[str, ...]:
        """Return the steps of the problem as they are shown."""
        steps = self.derivation.problem.steps.values()
        return tuple(f"{step.name} = {pretty(step.formula)}" for step in steps)

    def values(self) -> tuple[str, ...]:
        """Return what is given: data, examples, starting values, hyperparameters."""
        problem = self.derivation.problem
        listed = [f"{name}={_short(value)}" for name, value in problem.given.items()]
        for name, values in problem.examples.items():
            listed.append(f"{name}={', '.join(map(_short, values))}")
        listed += [f"{name}={_short(value)}" for name, value in problem.parameters.items()]
        if problem.update:
            used = problem.update.rule.needs
            hyperparameters = problem.update.hyperparameters
            listed += [f"{SYMBOLS[name]}={_short(hyperparameters[name])}" for name in used]
            listed += [f"{name}={_short(value)}" for name, value in problem.update.state.items()]
        return tuple(listed)

    def graph(self) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
        """Return the nodes and edges to draw: data and steps, from what is used to what uses it.

        Parameters are left out: each formula names them.
        """
        problem = self.derivation.problem
        data = (*problem.given, *problem.examples)
        drawn = {*data, *problem.steps}
        edges = [
            (used, step.name) for step in problem.steps.values() for used in dict.fromkeys(step.uses) if used in drawn
        ]
        if not any(source in data for source, _ in edges):
            edges = [(used, step.name) for step in problem.steps.values() for used in dict.fromkeys(step.uses)]
            drawn |= set(problem.parameters)
        nodes = [name for name in problem.names if name in drawn and any(name in edge for edge in edges)]
        return tuple(nodes), tuple(edges)

    # -- inside

    def _with(self, changed: Entry) -> Worksheet:
        entries = tuple(changed if entry.cell == changed.cell else entry for entry in self.entries)
        return replace(self, entries=entries)

    def _own_texts(self, except_for: str) -> dict[str, str]:
        """Return the learner's answers in the other cells, as far as they are not the exact truth."""
        return {
            entry.cell: entry.text
            for entry in self.entries
            if entry.cell != except_for and entry.text and not entry.given and not entry.shown
        }

    def _marked_after(self, cell: str) -> Worksheet:
        """Return the worksheet with every cell that depends on this one marked anew."""
        sheet = self
        for entry in self.entries:
            if entry.cell == cell or entry.reply is None or entry.given or entry.shown:
                continue
            if self.derivation.depends(entry.cell, cell):
                reply = self._check.checker.check(entry.cell, entry.text, sheet._own_texts(except_for=entry.cell))
                sheet = sheet._with(replace(entry, reply=reply))
        return sheet

    def _explainer(self) -> Explainer:
        own: dict[str, Value] = self._check.checker.values_of(self._own_texts(except_for=""))
        return Explainer(self.derivation, own)


def new_worksheet(
    derivation: Derivation, cells: Sequence[str] | None = None, given: Collection[str] = (), title: str = ""
) -> Worksheet:
    """Return a blank worksheet on a problem.

    `cells` are asked in this order (by default the forward pass, the backward pass and the update); `given` are
    already filled in. Raises CellError for a name that is no cell, ProblemError where a value is not finite.
    """
    wanted = [derivation.cell(name) for name in cells] if cells is not None else list(_usual_cells(derivation))
    filled = {derivation.cell(name).id for name in given}
    listed = list(dict.fromkeys([*wanted, *(derivation.cell(name) for name in given)])) if cells is None else wanted
    entries = tuple(_entry(derivation, cell, given=cell.id in filled) for cell in listed)
    return Worksheet(title or derivation.problem.title, entries, derivation, _CheckerWhenNeeded(derivation))


def _entry(derivation: Derivation, cell: Cell, *, given: bool) -> Entry:
    value = derivation.value(cell.id)
    text = shown_value(value).removeprefix("≈ ") if given else ""
    phase = _PHASES[cell.kind]
    round_number = cell.iteration - 1 if phase == "update" else cell.iteration
    return Entry(
        cell=cell.id,
        label=_label(derivation, cell),
        phase=phase + (f" @{round_number}" if round_number else ""),
        given=given,
        text=text,
    )


def _label(derivation: Derivation, cell: Cell) -> str:
    problem = derivation.problem
    if cell.kind == "parameter" and problem.iterations == 1:
        return f"new {cell.name}"
    if problem.examples and not cell.example and cell.kind in {"forward", "total"}:
        reduced = problem.update.reduce if problem.update else "mean"
        return f"{reduced} {shown_name(cell.id)}"
    return shown_name(cell.id)


def _usual_cells(derivation: Derivation) -> Iterator[Cell]:
    """Yield the cells of as many iterations as make a worksheet of bearable length, of one at least."""
    count = 0
    for iteration in range(derivation.problem.iterations):
        cells = [*derivation.forward_cells(iteration), *derivation.total_cells(iteration)]
        cells += derivation.update_cells(iteration + 1)
        count += len(cells)
        if iteration and count > _MOST_CELLS:
            return
        yield from cells


def _short(value: Value) -> str:
    return shown_value(value).removeprefix("≈ ")
