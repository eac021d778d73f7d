"""The mixing desk: one knob is moved while the others stand still, until every slope is known; then all are turned."""

from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Self, TypeVar

from tutor.course.exercises.base import Exercise, Reply
from tutor.course.exercises.guessing import equation, written
from tutor.course.numbers import as_number, forward_only
from tutor.mathematics.problem import Problem, ProblemError

APPLY, AGAIN = "apply", "again"
_FARTHEST = 50

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mixing(Exercise):
    """Knobs, one for each parameter. An answer is `w1 +`, `w1 -`, `apply` or `again`."""

    problem: Problem = field(compare=False, repr=False)
    step: Fraction
    eta: Fraction
    after: str = ""
    base: tuple[Fraction, ...] = ()
    """Where the knobs stood when the slopes were measured; the problem's own values at first."""
    offsets: tuple[int, ...] = ()
    """How many steps each knob is away from there."""
    slopes: tuple[Fraction | None, ...] = ()
    """The slope that was read at each knob."""

    @property
    def names(self) -> tuple[str, ...]:
        """The knobs."""
        return tuple(self.problem.parameters)

    @property
    def values(self) -> tuple[Fraction, ...]:
        """Where the knobs stand."""
        return tuple(value + offset * self.step for value, offset in zip(self.base, self.offsets, strict=True))

    @property
    def objective(self) -> Fraction:
        """What comes out with the knobs as they stand. Raises ProblemError where it has no value there."""
        names = self.problem.parameters
        derivation = forward_only(replace(self.problem, parameters=dict(zip(names, self.values, strict=True))))
        return as_number(derivation.value(derivation.cell(self.problem.objective).id)).value

    def judged(self, text: str) -> Reply:
        """Return what is said about a move."""
        if text == AGAIN:
            return Reply("noted", "All knobs are back.", counts=False)
        if text == APPLY:
            return self._applied()
        after = self._moved(text)
        if after is None:
            return Reply("invalid", "Move one of the knobs.", counts=False)
        try:
            return Reply("noted", after.reading(text.partition(" ")[0]), counts=False)
        except ProblemError:
            return Reply("invalid", "There is no value further out. Turn back.", counts=False)

    def taken(self, text: str, reply: Reply) -> Self:
        """Return the desk after a move."""
        match text:
            case "again":
                after: Self = replace(
                    self, offsets=(0,) * len(self.names), base=_start(self.problem), slopes=self._none
                )
            case "apply":
                after = replace(self, base=self._turned(), offsets=(0,) * len(self.names), slopes=self._none)
            case _:
                after = self._moved(text) or self
        return super(Mixing, after).taken(text, reply)

    # -- inside

    @property
    def _none(self) -> tuple[Fraction | None, ...]:
        return (None,) * len(self.names)

    def _moved(self, text: str) -> Self | None:
        name, _, way = text.partition(" ")
        if name not in self.names or way not in {"+", "-"}:
            return None
        place = self.names.index(name)
        offset = self.offsets[place] + (1 if way == "+" else -1)
        if abs(offset) > _FARTHEST:
            return None
        moved = replace(self, offsets=_with(self.offsets, place, offset))
        slope = moved.slope_at(place)
        return moved if slope is None else replace(moved, slopes=_with(self.slopes, place, slope))

    def slope_at(self, place: int) -> Fraction | None:
        """Return the slope at a knob, the mean of both sides; None where another knob is not in its place."""
        if any(offset for other, offset in enumerate(self.offsets) if other != place) or not self.offsets[place]:
            return None
        try:
            one = replace(self, offsets=_with(self.offsets, place, 1)).objective
            other = replace(self, offsets=_with(self.offsets, place, -1)).objective
        except ProblemError:
            return None
        return (one - other) / (2 * self.step)

    def reading(self, name: str) -> str:
        """Return what is said once a knob was moved. Raises ProblemError where nothing has a value there."""
        place = self.names.index(name)
        objective = self.problem.objective
        now = equation(objective, self.objective)
        away = [other for other, offset in zip(self.names, self.offsets, strict=True) if offset and other != name]
        if away:
            return f"{now}. {', '.join(away)} moved as well: put it back, or nobody knows which knob did it."
        slope = self.slope_at(place)
        if slope is None:
            return f"{now}. {name} is back in its place."
        change = self.objective - replace(self, offsets=(0,) * len(self.names)).objective
        moved = self.offsets[place] * self.step
        return (
            f"{name} moved by {written(moved)}, {objective} by {written(change)}: near where it stood, {objective} "
            f"changes {written(slope)} times as much as {name}."
        )

    def _turned(self) -> tuple[Fraction, ...]:
        pairs = zip(self.base, self.slopes, strict=True)
        return tuple(value - self.eta * (slope or Fraction(0)) for value, slope in pairs)

    def _applied(self) -> Reply:
        unknown = [name for name, slope in zip(self.names, self.slopes, strict=True) if slope is None]
        if unknown:
            return Reply("invalid", f"The slope of {unknown[0]} is not known yet. Move it alone first.", counts=False)
        nothing = (0,) * len(self.names)
        objective = self.problem.objective
        before = replace(self, offsets=nothing).objective
        try:
            after = replace(self, base=self._turned(), offsets=nothing).objective
        except ProblemError:
            return Reply("incorrect", f"There {objective} has no value: the step was too long.")
        went = f"{objective} went from {written(before)} to {written(after)}."
        said = f"All knobs at once, each by η times its slope: {went}"
        if after < before:
            return Reply("correct", f"{said} {self.after}".strip())
        return Reply("incorrect", f"{said} That is no less: the step was too long.")


def new_desk(problem: Problem, step: Fraction, after: str) -> Mixing:
    """Return a mixing desk with all knobs at the problem's starting values."""
    eta = problem.update.hyperparameters.get("eta") if problem.update else None
    count = len(problem.parameters)
    return Mixing(
        problem=problem,
        step=step,
        eta=eta if isinstance(eta, Fraction) else Fraction(1, 10),
        after=after,
        base=_start(problem),
        offsets=(0,) * count,
        slopes=(None,) * count,
    )


def _start(problem: Problem) -> tuple[Fraction, ...]:
    return tuple(as_number(value).value for value in problem.parameters.values())


def _with(items: tuple[Item, ...], place: int, item: Item) -> tuple[Item, ...]:
    return (*items[:place], item, *items[place + 1 :])
