"""The code of a lab: at most 40 signs that bring the same lab back on another machine.

Which values have a short form is told by the registry of knobs; a change there, or here, is a new VERSION, so that
an old code is refused and not misread.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from tutor.engine.error import EngineError
from tutor.lab.error import LabError
from tutor.lab.knobs import KNOBS, Knob
from tutor.lab.packing import Packer, Unpacker
from tutor.lab.settings import (
    MOST_RUNS,
    DataSubject,
    FileSubject,
    FunctionSubject,
    Lab,
    LabSettings,
    OwnSubject,
    PointsSubject,
    ProblemSubject,
    StopRule,
    Subject,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

LONGEST = 40
VERSION = 1
_VERSIONS = 8
_SIGNS = "0123456789abcdefghijklmnopqrstuvwxyz+-*/^()|._,=√²³ABEHNSTWXYZηθα"
_NAMES = (("x",), ("w",), ("x1", "x2"), ("x", "y"), ("w1", "w2"), ("w", "b"))
"""Variables that take next to no room."""
_FORMULAS = ("x^2", "x^4-4*x^2+x+1", "x1^2+2*x2^2", "x^2-y^2+y^4/4", "(1-x)^2+5*(y-x^2)^2")
"""Functions that take next to no room."""
_KINDS = (FunctionSubject, DataSubject, FileSubject, ProblemSubject, PointsSubject)
_OWN_KINDS = {FileSubject: "a CSV file", ProblemSubject: "a problem file", PointsSubject: "typed points"}
_STOPS = ("never", "steps", "loss", "gradient")
_FINGERPRINT = 2**32
_USUAL, _LISTED, _OWN, _WAYS = 0, 1, 2, 3
"""How a knob's value is told: as usual, by its place among its values, or by itself; and how many ways that are."""


def code_of(lab: Lab) -> str:
    """Return the code of a lab. Raises LabError where it does not fit: where a function is too long."""
    packer = Packer()
    packer.choice(VERSION, _VERSIONS)
    first, *others = lab.runs
    _pack_subject(packer, first.subject)
    _pack_knobs(packer, first, LabSettings(_bare(first.subject)))
    packer.choice(len(others), MOST_RUNS)
    for other in others:
        _pack_start(packer, first.subject, other.subject)
        _pack_changes(packer, first, other)
    word = packer.word(LONGEST)
    if len(word) > LONGEST:
        raise LabError(f"This lab does not fit into a code of {LONGEST} signs: a formula is too long, or numbers are.")
    return word


def read_code(code: str, own: Collection[OwnSubject] = ()) -> Lab:
    """Return the lab of a code; `own` are the files and points at hand, one of which the code may be about.

    Raises LabError for what is no code, and for the code of a file that is not at hand.
    """
    unpacker = Unpacker(code)
    if unpacker.choice(_VERSIONS) != VERSION:
        raise LabError("This lab code comes from another version of gdtutor, and cannot be read here.")
    try:
        subject = _unpack_subject(unpacker, own)
        first = _unpack_knobs(unpacker, LabSettings(subject))
        runs = [first]
        for _ in range(unpacker.choice(MOST_RUNS)):
            start = _unpack_start(unpacker, subject)
            runs.append(_unpack_changes(unpacker, _with_start(first, start)))
    except EngineError as error:
        raise LabError(f"This lab code asks for what cannot be: {error}") from error
    unpacker.end()
    return Lab(tuple(runs))


# -- what it is about


def _pack_subject(packer: Packer, subject: Subject) -> None:
    packer.choice(_KINDS.index(type(subject)), len(_KINDS))
    match subject:
        case FunctionSubject(formula, start):
            _pack_formula(packer, "".join(formula.split()))
            names = tuple(name for name, _ in start)
            usual = _NAMES.index(names) if names in _NAMES else len(_NAMES) - 1 + len(names)
            packer.choice(usual, len(_NAMES) + 2)
            for name, value in start:
                if names not in _NAMES:
                    _pack_text(packer, name)
                packer.signed(value)
        case FileSubject(content=content) | ProblemSubject(content=content) | PointsSubject(content=content):
            packer.choice(_fingerprint(content), _FINGERPRINT)
        case DataSubject():
            pass  # its name is a knob


def _unpack_subject(unpacker: Unpacker, own: Collection[OwnSubject]) -> Subject:
    kind = _KINDS[unpacker.choice(len(_KINDS))]
    if kind is FunctionSubject:
        formula = _unpack_formula(unpacker)
        return FunctionSubject(formula, tuple(_unpack_points(unpacker)))
    if kind is DataSubject:
        return DataSubject("line")
    wanted = unpacker.choice(_FINGERPRINT)
    for subject in own:
        if isinstance(subject, kind) and _fingerprint(subject.content) == wanted:
            return subject
    raise LabError(
        f"This code is about {_OWN_KINDS[kind]} that the lab does not show now. "
        "Open the same in the lab, and type the code there."
    )


def _unpack_points(unpacker: Unpacker) -> Iterator[tuple[str, Fraction]]:
    place = unpacker.choice(len(_NAMES) + 2)
    if place < len(_NAMES):
        for name in _NAMES[place]:
            yield name, unpacker.signed()
    else:
        for _ in range(place - len(_NAMES) + 1):
            yield _unpack_text(unpacker), unpacker.signed()


def _bare(subject: Subject) -> Subject:
    """Return what a code tells of a subject before the knobs have their say."""
    return DataSubject("line") if isinstance(subject, DataSubject) else subject


def _fingerprint(content: str) -> int:
    return int(content[:8], 16)


def _pack_start(packer: Packer, first: Subject, other: Subject) -> None:
    if not (isinstance(first, FunctionSubject) and isinstance(other, FunctionSubject)):
        return
    for (_, one), (_, two) in zip(first.start, other.start, strict=True):
        packer.choice(int(one != two), 2)
        if one != two:
            packer.signed(two)


def _unpack_start(unpacker: Unpacker, subject: Subject) -> tuple[Fraction, ...]:
    if not isinstance(subject, FunctionSubject):
        return ()
    return tuple(unpacker.signed() if unpacker.choice(2) else value for _, value in subject.start)


def _with_start(settings: LabSettings, start: tuple[Fraction, ...]) -> LabSettings:
    subject = settings.subject
    if not isinstance(subject, FunctionSubject):
        return settings
    moved = FunctionSubject(subject.formula, tuple(zip(subject.names, start, strict=True)))
    return LabSettings(moved, settings.training, settings.stop)


def _pack_formula(packer: Packer, formula: str) -> None:
    known = formula in _FORMULAS
    packer.choice(_FORMULAS.index(formula) + 1 if known else 0, len(_FORMULAS) + 1)
    if not known:
        _pack_text(packer, formula)


def _unpack_formula(unpacker: Unpacker) -> str:
    place = unpacker.choice(len(_FORMULAS) + 1)
    return _FORMULAS[place - 1] if place else _unpack_text(unpacker)


def _pack_text(packer: Packer, text: str) -> None:
    unknown = next((sign for sign in text if sign not in _SIGNS), None)
    if unknown is not None:
        raise LabError(f"“{unknown}” cannot stand in a lab code. Write the formula with other letters.")
    for sign in text:
        packer.choice(_SIGNS.index(sign) + 1, len(_SIGNS) + 1)
    packer.choice(0, len(_SIGNS) + 1)


def _unpack_text(unpacker: Unpacker) -> str:
    text = ""
    while place := unpacker.choice(len(_SIGNS) + 1):
        text += _SIGNS[place - 1]
    return text


# -- how it is run


def _pack_knobs(packer: Packer, settings: LabSettings, usual: LabSettings) -> None:
    """Pack where each knob stands, as far as it is not as usual."""
    for knob in KNOBS:  # a rule comes before what only that rule has
        if knob.applies(settings):
            value = knob.value(settings)
            if value == knob.value(usual):
                packer.choice(_USUAL, _WAYS)
            else:
                _pack_value(packer, knob, value)


def _unpack_knobs(unpacker: Unpacker, settings: LabSettings) -> LabSettings:
    for knob in KNOBS:
        way = unpacker.choice(_WAYS) if knob.applies(settings) else _USUAL
        if way != _USUAL:
            settings = knob.turned_to(settings, _unpack_value(unpacker, knob, way))
    return settings


def _pack_changes(packer: Packer, first: LabSettings, other: LabSettings) -> None:
    """Pack the few knobs that stand elsewhere than in the first run."""
    for place, knob in enumerate(KNOBS):
        if knob.applies(other) and knob.value(other) != knob.value(first):
            packer.choice(place + 1, len(KNOBS) + 1)
            _pack_value(packer, knob, knob.value(other))
    packer.choice(0, len(KNOBS) + 1)


def _unpack_changes(unpacker: Unpacker, settings: LabSettings) -> LabSettings:
    while place := unpacker.choice(len(KNOBS) + 1):
        knob = KNOBS[place - 1]
        settings = knob.turned_to(settings, _unpack_value(unpacker, knob, unpacker.choice(_WAYS)))
    return settings


def _pack_value(packer: Packer, knob: Knob, value: Any) -> None:  # noqa: ANN401 - as above
    known = list(knob.values)
    if value in known:
        packer.choice(_LISTED, _WAYS)
        packer.choice(known.index(value), len(known))
        return
    packer.choice(_OWN, _WAYS)
    match value:
        case StopRule(kind, limit):
            packer.choice(_STOPS.index(kind), len(_STOPS))
            packer.number(_exact(limit))
        case tuple():
            packer.whole(len(value))
            for units in value:
                packer.whole(units)
        case int():
            packer.whole(value)
        case float():
            packer.number(_exact(value))
        case _:
            raise LabError(f"{knob.name} {value} cannot stand in a lab code.")


def _unpack_value(unpacker: Unpacker, knob: Knob, way: int) -> Any:  # noqa: ANN401 - as above
    known = list(knob.values)
    if way == _LISTED:
        return known[unpacker.choice(len(known))]
    sample = next(value for value in reversed(known) if value is not None)
    match sample:
        case StopRule():
            return StopRule(_STOPS[unpacker.choice(len(_STOPS))], float(unpacker.number()))  # type: ignore[arg-type]  # a kind
        case tuple():
            return tuple(unpacker.whole() for _ in range(unpacker.whole()))
        case int():
            return unpacker.whole()
        case float():
            return float(unpacker.number())
        case _:
            raise LabError("This lab code comes from another version of gdtutor, and cannot be read here.")


def _exact(value: float) -> Fraction:
    """Return the shortest decimal that is read as this number again."""
    return Fraction(repr(float(value)))
