"""The pictures of a lab, drawn from its runs. Axes are kept from frame to frame, so that little changes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from tutor.draw.bars import Bar, bar_picture
from tutor.draw.curve import Series, curve_axes, curve_picture
from tutor.draw.grid import Axis, Grid
from tutor.draw.room import Room
from tutor.draw.surface import surface_picture
from tutor.draw.text import Span, join, pad_line
from tutor.draw.trail import Trail
from tutor.engine.descent_function import ProblemFunction
from tutor.lab.network_pictures import network_painters, network_reading
from tutor.lab.windows import lowest_near, window

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tutor.draw.axes import Axes
    from tutor.draw.glyphs import Glyphs
    from tutor.draw.text import Line
    from tutor.lab.bench import Bench
    from tutor.lab.run import Run
    from tutor.lab.windows import Window

_NUMBERED = 60
"""Steps of a path that are drawn: the last ones."""
_MOST_VALUES = 2000
"""Losses that are drawn one by one."""
_TANGENT = 0.12
_FOG = 0.06


class Pictures:
    """Draws what a bench shows."""

    def __init__(self, glyphs: Glyphs, *, braille: bool = True) -> None:
        self._glyphs = glyphs
        self._braille = braille
        self._axes: dict[tuple[str, int], Axes] = {}
        self._lowest: dict[int, tuple[ProblemFunction, tuple[float, ...] | None]] = {}
        self.fog = False

    def views(self, bench: Bench) -> tuple[str, ...]:
        """Return the names of the pictures that there are, the telling one first."""
        return tuple(self._painters(bench))

    def reading(self, bench: Bench, view: str) -> str:
        """Return what a picture shows, in one sentence, where that is more than its losses; mostly nothing."""
        return "" if isinstance(bench.run.material, ProblemFunction) else network_reading(bench.run, view, self._glyphs)

    def draw(self, bench: Bench, view: str, width: int, height: int) -> list[Line]:
        """Return a picture of exactly this size; several runs stand side by side, but for their losses."""
        paint = self._painters(bench)[view]
        if view == "loss" or len(bench.runs) == 1:
            return paint(bench.run, Room(width, height, self._glyphs, self._braille))
        share = (width - len(bench.runs) + 1) // len(bench.runs)
        columns = [self._headed(bench, run, paint, share, height) for run in bench.runs]
        between = Span(self._glyphs.vertical, "dim")
        rows: list[Line] = []
        for parts in zip(*columns, strict=True):
            spans: list[Span] = []
            for part in parts:
                spans += [between, *part] if spans else part
            rows.append(pad_line(join(spans), width))
        return rows

    def _headed(
        self, bench: Bench, run: Run, paint: Callable[[Run, Room], list[Line]], width: int, height: int
    ) -> list[Line]:
        """Return a run's picture below what sets it apart."""
        marker = ">" if run is bench.run else " "
        heading = self._glyphs.spell(f"{marker}{bench.label(run)}")[:width]
        room = Room(width, height - 1, self._glyphs, self._braille)
        return [pad_line((Span(heading, "strong"),), width), *paint(run, room)]

    def _painters(self, bench: Bench) -> dict[str, Callable[[Run, Room], list[Line]]]:
        def losses(run: Run, room: Room) -> list[Line]:
            del run
            return self._losses(bench, room)

        def curve(run: Run, room: Room) -> list[Line]:
            return self._curve(run, self._window(bench), room)

        def surface(run: Run, room: Room) -> list[Line]:
            return self._surface(run, self._window(bench), room)

        material = bench.run.material
        if isinstance(material, ProblemFunction):
            match len(material.parameters):
                case 1:
                    return {"curve": curve, "loss": losses}
                case 2:
                    return {"surface": surface, "loss": losses}
                case _:
                    return {"loss": losses, "parameters": _parameters, "gradients": _gradients}
        found = network_painters(bench.run)
        first = next(iter(found))
        return {first: found.pop(first), "loss": losses, **found}

    # -- losses

    def _losses(self, bench: Bench, room: Room) -> list[Line]:
        series = loss_series(bench)
        counted = "epoch" if bench.settings.is_network else "step"
        axes = self._kept("loss", 0, lambda before: curve_axes(series, (counted, "loss"), before=before))
        return curve_picture(series, room, axes=axes)

    # -- functions

    def _curve(self, run: Run, shown: Window, room: Room) -> list[Line]:
        function = run.material
        assert isinstance(function, ProblemFunction)
        (name,) = function.parameters
        ((low, high),) = shown
        places = np.linspace(low, high, 2 * max(1, room.width))
        values = function.on_grid({name: places.tolist()}, function.start)
        line = Series(function.problem.objective, values.tolist(), places.tolist())
        first = max(0, run.steps + 1 - _NUMBERED)
        points = [(x, loss) for (x,), loss in zip(run.visited(first), run.losses[first:], strict=True)]
        trail = Trail(points, first)
        axes = self._kept(
            "curve", id(run), lambda before: curve_axes([line], (name, line.name), before=before, log=False)
        )
        lines = [line, *self._tangent(run, high - low)]
        return curve_picture(lines, room, axes=axes, trail=trail, sight=_FOG * (high - low) if self.fog else None)

    def _tangent(self, run: Run, span: float) -> list[Series]:
        """Return the tangent where the run is, in a short stretch."""
        function = run.material
        assert isinstance(function, ProblemFunction)
        x, slope, value = float(run.parameters[0]), float(function.gradient(run.parameters)[0]), run.loss
        if not all(map(math.isfinite, (x, slope, value))):
            return []
        reach = _TANGENT * span
        return [Series("tangent", [value - slope * reach, value + slope * reach], [x - reach, x + reach])]

    def _surface(self, run: Run, shown: Window, room: Room) -> list[Line]:
        function = run.material
        assert isinstance(function, ProblemFunction)
        across, up = function.parameters
        (left, right), (low, high) = shown
        columns, rows = max(2, room.width), max(2, room.height)
        axes = {across: np.linspace(left, right, columns).tolist(), up: np.linspace(low, high, rows).tolist()}
        values = function.on_grid(axes, function.start)
        first = max(0, run.steps + 1 - _NUMBERED)
        trail = Trail([(x, y) for x, y in run.visited(first)], first)
        grid = Grid(values.tolist(), Axis(left, right, across), Axis(low, high, up), function.problem.objective)
        lowest = self._lowest_of(run)
        return surface_picture(grid, room, trail=trail, lowest=(lowest[0], lowest[1]) if lowest else None)

    def _window(self, bench: Bench) -> Window:
        """Return the part to show, the same for all runs; it stays as it is as long as the paths stay in it."""
        function = bench.run.material
        assert isinstance(function, ProblemFunction)
        paths = [[*run.visited(0, 1), *run.visited(max(0, run.steps + 1 - _NUMBERED))] for run in bench.runs]
        return window(function, paths, self._lowest_of(bench.run))

    def _lowest_of(self, run: Run) -> tuple[float, ...] | None:
        function = run.material
        assert isinstance(function, ProblemFunction)
        known = self._lowest.get(id(function))
        if known is None or known[0] is not function:
            start = [float(each) for each in function.start]
            known = self._lowest[id(function)] = function, lowest_near(function, start)
        return known[1]

    # -- axes

    def _kept(self, view: str, run: int, make: Callable[[Axes | None], Axes]) -> Axes:
        """Return the axes made anew, as far as possible those of the frame before."""
        axes = self._axes[view, run] = make(self._axes.get((view, run)))
        return axes


def _parameters(run: Run, room: Room) -> list[Line]:
    return bar_picture([Bar(name, float(each)) for name, each in zip(run.names, run.parameters, strict=True)], room)


def _gradients(run: Run, room: Room) -> list[Line]:
    """Draw the gradient where the run is."""
    function = run.material
    assert isinstance(function, ProblemFunction)
    gradient = function.gradient(run.parameters)
    return bar_picture([Bar(name, float(each)) for name, each in zip(run.names, gradient, strict=True)], room)


def loss_series(bench: Bench) -> Sequence[Series]:
    """Return the losses of all runs; of a single one that has test data, also those."""
    if len(bench.runs) > 1:
        return [_thinned(bench.label(run), run.losses) for run in bench.runs]
    run = bench.run
    name = run.material.problem.objective if isinstance(run.material, ProblemFunction) else "train"
    found = [_thinned(name, run.losses)]
    return [*found, _thinned("test", run.test_losses)] if len(run.test_losses) else found


def _thinned(name: str, values: Sequence[float]) -> Series:
    """Return a line that looks the same: of very many values the lowest and the highest of each small stretch."""
    if len(values) <= _MOST_VALUES:
        return Series(name, list(values))
    numbers = np.asarray(values)
    stretch = -(-len(numbers) // (_MOST_VALUES // 2))
    ends = np.resize(numbers[-1:], -len(numbers) % stretch)
    rows = np.concatenate([numbers, ends]).reshape(-1, stretch)
    with np.errstate(all="ignore"):
        chosen = np.sort(np.stack([rows.argmin(axis=1), rows.argmax(axis=1)], axis=1), axis=1)
    places = (chosen + stretch * np.arange(len(rows))[:, None]).ravel().clip(max=len(numbers) - 1)
    return Series(name, numbers[places].tolist(), places.astype(float).tolist())
