"""Reading a problem file: TOML to a Problem, with one clear message for whatever is wrong."""

from __future__ import annotations

import difflib
from fractions import Fraction
from typing import TYPE_CHECKING

from tutor.mathematics.evaluation import evaluate
from tutor.mathematics.notation import limits
from tutor.mathematics.notation.errors import ReadingError
from tutor.mathematics.notation.expression import names
from tutor.mathematics.notation.functions import FUNCTION_SPELLINGS, MAY_BE_NAMES
from tutor.mathematics.notation.parser import read
from tutor.mathematics.notation.scope import Scope
from tutor.mathematics.notation.spelling import canonical, is_name
from tutor.mathematics.problem import HYPERPARAMETERS, RULES, STATES, Problem, Step, Update
from tutor.mathematics.problem_text import ProblemText
from tutor.mathematics.values.errors import NotDefinedError, TooLargeError
from tutor.mathematics.values.real import finite

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import NoReturn

    from tutor.mathematics.values.real import Value

_SECTIONS = ("given", "parameters", "steps", "examples", "update")
_TOP = ("title", "objective", *_SECTIONS)
_UPDATE_KEYS = ("rule", "steps", "reduce", "batch_size", *HYPERPARAMETERS)
_MOST_STEPS = 2_000
_MOST_ITERATIONS = 10_000


class ProblemReader:
    """Reads one file; keeps its text, so that every message can name the line."""

    def __init__(self, text: str, source: str) -> None:
        """Keep the text and the name it has in messages."""
        self._source = source
        self._text = ProblemText(text, source)
        self._fail = self._text.fail
        self._line = self._text.line
        self._lines: dict[str, int] = {}

    def problem(self) -> Problem:
        """Return the problem. Raises ProblemError for any fault in the text."""
        data = self._text.parse()
        self._check_top(data)
        given = self._values(data, "given")
        parameters = self._values(data, "parameters")
        examples = self._examples(data)
        self._check_names(data)
        steps = self._steps(data, (*given, *examples, *parameters))
        objective = self._objective(data, steps)
        count = len(next(iter(examples.values()))) if examples else 0
        return Problem(
            title=self._string(data, "title") or "",
            objective=objective,
            given=given,
            parameters=parameters,
            steps=steps,
            examples=examples,
            update=self._update(data, count) if "update" in data else None,
            source=self._source,
            lines=self._lines,
        )

    # -- sections

    def _check_top(self, data: dict[str, object]) -> None:
        for key, content in data.items():
            if key not in _TOP:
                self._fail(
                    f"{_unknown(key, _TOP)} A problem file has {', '.join(_TOP)}.",
                    self._line(None, key) or self._line(key),
                )
            if key in _SECTIONS and not isinstance(content, dict):
                line = self._line(None, key) or self._line(key)
                self._fail(f"{key} must be a section. Write [{key}] on a line of its own.", line)
        if not data.get("steps"):
            self._fail(
                'there are no steps. Write a section [steps] with lines such as y = "w*x + b".',
                self._line("steps"),
            )

    def _section(self, data: dict[str, object], section: str) -> dict[str, object]:
        content = data.get(section, {})
        return content if isinstance(content, dict) else {}

    def _string(self, data: dict[str, object], key: str) -> str | None:
        content = data.get(key)
        if content is not None and not isinstance(content, str):
            self._fail(f'{key} must be text. Write {key} = "…".', self._line(None, key))
        return content

    def _values(self, data: dict[str, object], section: str) -> dict[str, Value]:
        return {name: self._value(content, section, name) for name, content in self._section(data, section).items()}

    def _value(self, content: object, section: str, name: str) -> Value:
        """Return an exact value: a number, or text such as "ln(3)/2" without names."""
        line = self._line(section, name)
        if isinstance(content, Fraction):
            return content
        if isinstance(content, int) and not isinstance(content, bool):
            if content.bit_length() > 4 * limits.DIGITS:
                self._fail(f"{name} has too many digits to work with. Write a shorter number.", line)
            return Fraction(content)
        if isinstance(content, str):
            try:
                return finite(evaluate(read(content, Scope.of(())).tree, _no_names))
            except ReadingError as error:
                self._fail(f"{name} = “{content[:60]}” is not a number: {error.message}", line)
            except (NotDefinedError, TooLargeError) as error:
                self._fail(f"{name} = “{content[:60]}” has no finite value: {error}. Write another number.", line)
        if isinstance(content, list):
            self._fail(f"{name} is a list. A list of examples belongs into the section [examples].", line)
        self._fail(f"{name} must be a number. Write, for instance, {name} = 0.5.", line)

    def _examples(self, data: dict[str, object]) -> dict[str, tuple[Value, ...]]:
        examples: dict[str, tuple[Value, ...]] = {}
        for name, content in self._section(data, "examples").items():
            line = self._line("examples", name)
            if not isinstance(content, list) or not content:
                self._fail(f"{name} must be a list of numbers. Write, for instance, {name} = [3, 1, 2].", line)
            examples[name] = tuple(self._value(item, "examples", name) for item in content)
            first = next(iter(examples))
            if len(examples[name]) != len(examples[first]):
                self._fail(
                    f"{name} has {len(examples[name])} values and {first} has {len(examples[first])}. "
                    "Every list in [examples] needs one value for each example.",
                    line,
                )
        return examples

    # -- names

    def _check_names(self, data: dict[str, object]) -> None:
        places: dict[str, str] = {}
        spellings: dict[str, str] = {}
        parameters = self._section(data, "parameters")
        states = {canonical(f"{state}_{name}"): (state, name) for name in parameters for state in STATES}
        for section in ("given", "examples", "parameters", "steps"):
            for name in self._section(data, section):
                line = self._line(section, name)
                self._lines.setdefault(name, line or 0)
                self._check_name(name, line)
                if name in places:
                    self._fail(
                        f"{name} is declared in [{places[name]}] and again in [{section}]. Keep one of the two.",
                        line,
                    )
                other = spellings.get(canonical(name))
                if other is not None:
                    self._fail(f"{name} and {other} are two spellings of one name. Rename one of them.", line)
                if canonical(name) in states:
                    state, parameter = states[canonical(name)]
                    self._fail(
                        f"{name} is the name of a state of the optimizer: {state} of {parameter}. Choose another name.",
                        line,
                    )
                places[name] = section
                spellings[canonical(name)] = name

    def _check_name(self, name: str, line: int | None) -> None:
        if not is_name(name):
            self._fail(
                f"“{name}” cannot be a name. Use letters, digits and _, and begin with a letter, such as x1.",
                line,
            )
        if name in FUNCTION_SPELLINGS and name not in MAY_BE_NAMES:
            self._fail(f"{name} is a function and cannot be a name. Choose another one, such as {name}1.", line)

    def _objective(self, data: dict[str, object], steps: dict[str, Step]) -> str:
        wanted = self._string(data, "objective")
        if wanted is None:
            return next(reversed(steps))
        for name in steps:
            if canonical(name) == canonical(wanted):
                return name
        self._fail(
            f"the objective {wanted} is not one of the steps. Write one of {', '.join(steps)}.",
            self._line(None, "objective"),
        )

    # -- steps

    def _steps(self, data: dict[str, object], known: Iterable[str]) -> dict[str, Step]:
        section = self._section(data, "steps")
        if len(section) > _MOST_STEPS:
            self._fail(
                f"there are {len(section)} steps; at most {_MOST_STEPS} can be worked with.",
                self._line("steps"),
            )
        known = list(known)
        steps: dict[str, Step] = {}
        everything = Scope.of((*known, *section), strict=True)
        for name, text in section.items():
            line = self._line("steps", name)
            if not isinstance(text, str):
                self._fail(f'the step {name} must be a formula in quotes. Write {name} = "…".', line)
            try:
                formula = read(text, everything).tree
            except ReadingError as error:
                self._fail(f"{name} = “{_around(text, error.position)}”: {error.message}", line)
            uses = names(formula)
            for used in uses:
                if used in section and used not in steps:
                    self._fail_order(name, used, section, line)
            steps[name] = Step(name, text, formula, uses)
        return steps

    def _fail_order(self, name: str, used: str, section: dict[str, object], line: int | None) -> NoReturn:
        if used == name:
            self._fail(f"{name} is used in its own formula. A step may use only what stands above it.", line)
        back = self._way(used, name, section)
        if back:
            circle = " needs ".join((name, *back))
            self._fail(
                f"these steps go round in a circle: {circle}. Break it: a step may use only what stands above it.",
                line,
            )
        self._fail(
            f"{name} uses {used}, which stands below it. Move the line of {used} above the line of {name}.",
            line,
        )

    def _way(self, start: str, goal: str, section: dict[str, object]) -> list[str]:
        """Return how `start` depends on `goal` through steps, an empty list where it does not."""
        scope = Scope.of((*self._lines, *section), strict=True)
        came_from: dict[str, str] = {start: ""}
        queue = [start]
        while queue:
            current = queue.pop(0)
            try:
                uses = names(read(str(section[current]), scope).tree)
            except ReadingError:
                continue
            for used in uses:
                if used in section and used not in came_from:
                    came_from[used] = current
                    queue.append(used)
        if goal not in came_from:
            return []
        way = [goal]
        while way[-1] != start:
            way.append(came_from[way[-1]])
        return way[::-1]

    # -- update

    def _update(self, data: dict[str, object], examples: int) -> Update:
        section = self._section(data, "update")
        for key in section:
            if key not in _UPDATE_KEYS:
                self._fail(
                    f"{_unknown(key, _UPDATE_KEYS)} [update] has {', '.join(_UPDATE_KEYS)}.",
                    self._line("update", key),
                )
        rule_name = section.get("rule", "sgd")
        if not isinstance(rule_name, str) or rule_name not in RULES:
            self._fail(
                f"{_unknown(str(rule_name), RULES, 'rule')} The rules are {', '.join(RULES)}.",
                self._line("update", "rule"),
            )
        rule = RULES[rule_name]
        hyperparameters: dict[str, Value] = {}
        for key in HYPERPARAMETERS:
            if key in section:
                hyperparameters[key] = self._value(section[key], "update", key)
            elif key in rule.needs:
                self._fail(
                    f"the rule {rule_name} needs {key}. Add a line such as {key} = {_USUAL[key]} to [update].",
                    self._line("update", "rule") or self._line("update"),
                )
        reduce = section.get("reduce", "mean")
        if not isinstance(reduce, str) or reduce not in {"mean", "sum"}:
            self._fail(
                f'reduce = {reduce} is not known. Write reduce = "mean" or "sum".',
                self._line("update", "reduce"),
            )
        return Update(
            rule=rule,
            hyperparameters=hyperparameters,
            steps=self._whole(section, "steps", 1, _MOST_ITERATIONS),
            reduce=reduce,
            reduce_is_written="reduce" in section,
            batch_size=self._batch_size(section, examples),
        )

    def _batch_size(self, section: dict[str, object], examples: int) -> int | None:
        if "batch_size" not in section:
            return None
        if not examples:
            self._fail(
                "batch_size needs examples. Add a section [examples], or remove batch_size.",
                self._line("update", "batch_size"),
            )
        return self._whole(section, "batch_size", examples, examples)

    def _whole(self, section: dict[str, object], key: str, default: int, most: int) -> int:
        value = section.get(key, default)
        if isinstance(value, Fraction) and value.denominator == 1:
            value = value.numerator
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= most:
            what = "the number of examples, " if key == "batch_size" else ""
            self._fail(
                f"{key} = {section.get(key)} must be a whole number from 1 to {what}{most}.",
                self._line("update", key),
            )
        return value


_USUAL = {
    "eta": "0.1", "beta": "0.9", "rho": "0.9", "beta1": "0.9", "beta2": "0.999", "epsilon": "1e-8",
    "weight_decay": "0.01",
}  # fmt: skip


def _no_names(name: str) -> Value:
    raise KeyError(name)


def _unknown(key: str, known: Iterable[str], what: str = "key") -> str:
    close = difflib.get_close_matches(key, list(known), n=1, cutoff=0.6)
    return f"“{key}” is not a known {what}." + (f" Did you mean {close[0]}?" if close else "")


def _around(text: str, position: int) -> str:
    """Return the part of a long formula that a message is about."""
    if len(text) <= 60:  # noqa: PLR2004 - what fits a line
        return text
    start = max(0, position - 30)
    return ("…" if start else "") + text[start : start + 60] + ("…" if start + 60 < len(text) else "")
