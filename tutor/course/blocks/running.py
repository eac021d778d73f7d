"""What a block says about a run: what is run, with which settings, for how long."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from tutor.course.blocks.common import Source, problem_of_body
from tutor.course.body import Body
from tutor.course.error import nearest
from tutor.course.model import LessonHead
from tutor.course.outcome import Outcome, OutcomeError, read_outcome_text
from tutor.digest import digest_of
from tutor.engine.error import EngineError
from tutor.lab.functions import function_subject
from tutor.lab.knobs import KNOBS, Knob, knobs_of
from tutor.lab.presets import PRESETS
from tutor.lab.settings import DataSubject, FunctionSubject, LabSettings
from tutor.mathematics.notation.spelling import canonical

RUN_KEYS = ("problem", "function", "start", "preset", "data", "set", "length")
"""The keys that say what is run, and how."""
_MOST_STEPS = 2_000
_USUAL_LENGTH = 10


@dataclass(frozen=True, slots=True)
class RunPlan:
    """A run that a lesson asks for.

    `settings` is None where a problem is descended: its own update rule says how, unless `changes` say otherwise.
    """

    settings: LabSettings | None
    problem: Source | None
    changes: tuple[tuple[str, str], ...]
    """Knobs by their symbols, with values as they would be typed; where there are settings, they are in them."""
    length: int
    """How many steps are taken: of a network, epochs."""
    line: int
    beside: tuple[LabSettings, ...] = ()
    """The other runs of a preset, for a lab that is only looked at."""

    @property
    def is_network(self) -> bool:
        """Whether it is counted in epochs."""
        return self.settings is not None and self.settings.is_network


def read_plan(body: Body, head: LessonHead, more_keys: Collection[str], shortest: int = 1) -> RunPlan:
    """Read what a block says about its run, of so many steps at least. Raises LessonError for the first fault."""
    body.check_keys((*more_keys, *RUN_KEYS))
    named = [key for key in ("problem", "function", "preset", "data") if key in body.values]
    if len(named) > 1:
        raise body.fault(named[1], f"{named[0]} and {named[1]} are two things to run. Keep one of them.")
    changes = _changes(body)
    length = body.whole("length", _USUAL_LENGTH, shortest, _MOST_STEPS)
    subject = named[0] if named else "problem"
    if subject == "problem":
        problem = problem_of_body(body, head)
        if problem is None:
            raise body.fault("problem", 'there is nothing to run. Add a line function = "x^2" or problem = "bowl.toml"')
        return RunPlan(None, problem, changes, length, body.line)
    settings, *beside = [_all_turned(each, changes, body) for each in _settings(body, subject)]
    return RunPlan(settings, None, changes, length, body.line, tuple(beside))


def _all_turned(settings: LabSettings, changes: Iterable[tuple[str, str]], body: Body) -> LabSettings:
    for symbol, value in changes:
        settings = turned(settings, symbol, value, body)
    return settings


def read_outcome(body: Body, key: str, plan: RunPlan) -> Outcome:
    """Read an outcome. Raises LessonError for what is none, and for one beyond the end of the run."""
    try:
        outcome = read_outcome_text(body.text(key))
    except OutcomeError as error:
        raise body.fault(key, str(error)) from error
    if outcome.needs > plan.length:
        message = f"“{outcome.text}” looks further than the {plan.length} steps that are run."
        raise body.fault(key, f"{message} Add a line length = {outcome.needs} to the block.")
    return outcome


def turned(settings: LabSettings, symbol: str, value: str, body: Body) -> LabSettings:
    """Return settings with a knob turned. Raises LessonError for an unknown knob and an impossible value."""
    knob = find_knob(settings, symbol)
    if knob is None:
        known = [canonical(each.symbol) for each in knobs_of(settings)]
        raise body.fault(symbol, f"there is no setting {symbol} here. {nearest(canonical(symbol), known)}")
    try:
        return knob.typed(settings, value)
    except EngineError as error:
        raise body.fault(symbol, str(error)) from error


def find_knob(settings: LabSettings, symbol: str) -> Knob | None:
    """Return the knob that a symbol stands for in some settings: `η` may be spelled `eta`. None where there is none."""
    return next((each for each in knobs_of(settings) if canonical(each.symbol) == canonical(symbol)), None)


def known_knob(symbol: str) -> bool:
    """Whether any run has a knob of this symbol."""
    return any(canonical(each.symbol) == canonical(symbol) for each in KNOBS)


def content_of(source: Source) -> str:
    """Return what tells the text of a problem again. Raises OSError for a file that cannot be read."""
    data = source.read_bytes() if isinstance(source, Path) else source.text.encode()
    return digest_of(data).hex()


def _changes(body: Body) -> tuple[tuple[str, str], ...]:
    table = body.values.get("set", {})
    if not isinstance(table, dict):
        raise body.fault("set", "set is a table of settings. Write [set], then eta = 0.1")
    for symbol, value in table.items():
        if not known_knob(symbol):
            known = [canonical(knob.symbol) for knob in KNOBS]
            raise body.fault(symbol, f"there is no setting {symbol}. {nearest(canonical(symbol), known)}")
        if isinstance(value, dict | list | bool):
            raise body.fault(symbol, f'{symbol} is one number or word. Write {symbol} = 0.1 or {symbol} = "momentum"')
    return tuple((symbol, str(value)) for symbol, value in table.items())


def _settings(body: Body, subject: str) -> tuple[LabSettings, ...]:
    if subject == "preset":
        runs = PRESETS[body.one_of("preset", PRESETS)].runs
        start, first = body.text("start", ""), runs[0].subject
        if not (start and isinstance(first, FunctionSubject)):
            return runs
        return (replace(runs[0], subject=_function(body, first.formula, start)),)
    if subject == "data":
        return (turned(LabSettings(DataSubject("line")), "data", body.text("data"), body),)
    return (LabSettings(_function(body, body.text("function"), body.text("start"))),)


def _function(body: Body, formula: str, start: str) -> FunctionSubject:
    try:
        return function_subject(formula, start)
    except EngineError as error:
        raise body.fault("function", str(error)) from error
