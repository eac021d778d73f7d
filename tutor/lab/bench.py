"""What can be done in a lab: its runs go on together, and every knob of each can be turned. Without a screen."""

from __future__ import annotations

from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING

from tutor.engine.error import EngineError
from tutor.engine.settings import RULES
from tutor.lab.codes import code_of
from tutor.lab.knobs import Knob, knob, knobs_of
from tutor.lab.numbers import number_text
from tutor.lab.run import Run
from tutor.lab.settings import MOST_RUNS, FunctionSubject, Lab, LabSettings

if TYPE_CHECKING:
    from collections.abc import Callable

    from tutor.lab.material import Material, Workshop

_OF_ALL = frozenset({"data", "noise", "test", "seed"})
"""Knobs that stand alike in all runs: what they learn from is the same."""


class Bench:
    """Up to three runs from the same start, step by step together; one of them is looked at closely.

    What a learner does is a method; it leaves in `said` what there is to say about it. `lock` is held during each step
    of `advance`, for whoever reads the runs from another thread.
    """

    def __init__(self, lab: Lab, workshop: Workshop) -> None:
        """Set the runs up, which may take a second. Raises EngineError or ProblemError for what cannot be run."""
        self.title = lab.title
        self._workshop = workshop
        self._materials: dict[object, Material] = {}
        self.runs = [self._new_run(settings) for settings in lab.runs]
        self._place = 0
        self._chosen = 0
        self.said = ""
        self.lock = Lock()

    # -- what there is

    @property
    def run(self) -> Run:
        """The run that is looked at closely."""
        return self.runs[self._place]

    @property
    def place(self) -> int:
        """Which run that is, from 0."""
        return self._place

    @property
    def settings(self) -> LabSettings:
        """The settings in force of that run."""
        return self.run.settings

    @property
    def lab(self) -> Lab:
        """The lab as it stands, at its start."""
        return Lab(tuple(run.settings for run in self.runs), self.title)

    @property
    def knobs(self) -> tuple[Knob, ...]:
        """The knobs that have an effect on the run."""
        return knobs_of(self.settings)

    @property
    def chosen(self) -> Knob:
        """The knob that is turned."""
        return self.knobs[min(self._chosen, len(self.knobs) - 1)]

    @property
    def goes_on(self) -> bool:
        """Whether any run can take another step, and no stop rule has ended it."""
        return any(run.goes_on and not run.reached for run in self.runs)

    def code(self) -> str:
        """Return the code of the lab. Raises LabError where it does not fit."""
        return code_of(self.lab)

    def label(self, run: Run) -> str:
        """Return in a word or two how a run differs from the others; alone, its rule and η."""
        others = [other for other in self.runs if other is not run]
        start = _start(run.settings)
        if any(_start(other.settings) != start for other in others):
            return start
        differing = [each for each in knobs_of(run.settings) if any(_differs(each, run, other) for other in others)]
        if differing:
            return " ".join(_told(each, run.settings) for each in differing[:2])
        return f"{run.settings.training.optimizer.rule} η {knob('η').shown(run.settings)}"

    # -- moving

    def step(self) -> None:
        """Take a step in every run that can."""
        self._move(Run.step)

    def epoch(self) -> None:
        """Go to the end of the epoch in every run that can."""
        self._move(Run.epoch)

    def back(self) -> None:
        """Take back the last step of every run; those that are ahead first come back to the others."""
        self.said = ""
        most = max(run.steps for run in self.runs)
        for run in self.runs:
            if run.steps == most:
                run.back()

    def reset(self) -> None:
        """Go to the start with every run."""
        self.said = ""
        for run in self.runs:
            run.reset()

    def advance(self, steps: int, is_over: Callable[[], bool]) -> None:
        """Take so many steps, fewer where `is_over` says so before, or where every run has ended."""
        for _ in range(steps):
            if is_over() or not self.goes_on:
                return
            with self.lock:
                self._step_each()

    # -- changing

    def choose(self, rows: int) -> None:
        """Go to another knob."""
        self._chosen = max(0, min(self._chosen + rows, len(self.knobs) - 1))

    def turn(self, each: Knob, steps: int) -> None:
        """Give a knob its next value, or the one before."""
        self._change(each, lambda settings: each.turned(settings, steps))

    def type_value(self, each: Knob, text: str) -> None:
        """Give a knob the value that was typed. Raises EngineError for what it cannot be."""
        changed = each.typed(self.settings, text)
        self._change(each, lambda _: changed, quiet=False)

    def new_seed(self) -> None:
        """Start anew with the next seed."""
        seed = knob("seed")
        if seed.applies(self.settings):
            following = seed.value(self.settings) + 1
            self._change(seed, lambda settings: seed.turned_to(settings, following))
        else:
            self.said = "Nothing is drawn by chance here."

    def add_run(self) -> None:
        """Put another run beside the others, with the next update rule; all begin at the start."""
        if len(self.runs) >= MOST_RUNS:
            self.said = f"There is room for {MOST_RUNS} runs."
            return
        taken = {run.settings.training.optimizer.rule for run in self.runs}
        rule = next((name for name in RULES if name not in taken), RULES[0])
        self.runs.append(self._new_run(knob("rule").turned_to(self.settings, rule)))
        self._place = len(self.runs) - 1
        self.reset()
        self.said = "Another run. All begin at the same start; change this one as you like."

    def next_run(self) -> None:
        """Look at the next run closely."""
        self._place = (self._place + 1) % len(self.runs)
        self.said = f"This is run {self._place + 1} of {len(self.runs)}: {self.label(self.run)}."

    def drop_run(self) -> None:
        """Take the run away, if it is not the only one."""
        if len(self.runs) == 1:
            self.said = "This is the only run."
            return
        del self.runs[self._place]
        self._place = min(self._place, len(self.runs) - 1)
        self.said = ""

    # -- inside

    def _move(self, go: Callable[[Run], bool]) -> None:
        self.said = ""
        moved = [go(run) for run in self.runs]
        for run in self.runs:
            run.check_stop()
        if not any(moved):
            self.said = "No run can go on. Step back, or go to the start."

    def _step_each(self) -> None:
        for run in self.runs:
            if run.goes_on and not run.reached:
                run.step()
                run.check_stop()

    def _change(self, each: Knob, change: Callable[[LabSettings], LabSettings], *, quiet: bool = True) -> None:
        """Change the run that is looked at, or all of them; what cannot be is said, or raised."""
        self.said = ""
        places = range(len(self.runs)) if each.symbol in _OF_ALL else (self._place,)
        try:
            for place in places:
                self._change_run(place, each, change(self.runs[place].settings))
        except EngineError as error:
            if not quiet:
                raise
            self.said = str(error)

    def _change_run(self, place: int, each: Knob, settings: LabSettings) -> None:
        run = self.runs[place]
        if settings == run.settings:
            return
        if each.restarts:
            material = self._material(settings)
            self.runs[place] = Run(_fitting(settings, material) if each.symbol == "data" else settings, material)
            self.said = "Another start: all runs begin anew." if len(self.runs) > 1 else "The run begins anew."
            for other in self.runs:
                other.reset()
        else:
            run.change(settings)

    def _new_run(self, settings: LabSettings) -> Run:
        return Run(settings, self._material(settings))

    def _material(self, settings: LabSettings) -> Material:
        """Return what a run is made of; what was made before is used again."""
        subject = settings.subject
        drawn = settings.training.seed if settings.is_network else 0
        known = self._materials.get((subject, drawn))
        if known is None:
            known = self._workshop.material(settings)
            self._materials = {(subject, drawn): known}
        return known


def _differs(each: Knob, run: Run, other: Run) -> bool:
    return each.applies(other.settings) and each.value(other.settings) != each.value(run.settings)


def _start(settings: LabSettings) -> str:
    """Return where a function starts, in a few words; nothing where there is none."""
    subject = settings.subject
    if not isinstance(subject, FunctionSubject):
        return ""
    return ", ".join(f"{name} = {number_text(float(value))}" for name, value in subject.start)


def _told(each: Knob, settings: LabSettings) -> str:
    shown = each.shown(settings)
    return shown if each.symbol == "rule" else f"{each.symbol} {shown}"


def _fitting(settings: LabSettings, material: Material) -> LabSettings:
    """Return settings whose loss fits the data: numbers have no cross-entropy."""
    network = settings.training.network
    if getattr(material, "kind", "") == "regression" and network.loss == "cross-entropy":
        return replace(settings, training=replace(settings.training, network=replace(network, loss="mse")))
    return settings
