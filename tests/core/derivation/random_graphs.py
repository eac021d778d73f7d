"""Random problems as data: the text of the problem file and the expected value of every cell come from the same data.

Nothing here uses the code under test. An expression is a number (a Fraction), a name (a string), or a tuple of an
operator and its arguments.
"""

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any

Expression = Any  # Fraction | str | tuple[str, *Expressions]; recursive, and only passed on

NAMES = [
    "E", "I", "S", "N", "Q", "beta", "gamma", "lambda", "zeta", "O", "C", "h1", "h2", "y_pred", "û", "ß", "z", "k2",
]  # fmt: skip
PARAMETERS = ("w1", "w2", "w3", "θ", "b", "pi", "e")
DATA = ("x1", "x2", "t")


class Arithmetic:
    """How an oracle calculates."""

    number: Callable[[Fraction], Any]

    def evaluate(self, formula: Expression, values: Mapping[str, Any]) -> Any:
        """Return the value of a formula."""
        match formula:
            case Fraction():
                return self.number(formula)
            case str():
                return values[formula]
            case ("^", base, Fraction() as exponent) if exponent.denominator == 1:
                return self.evaluate(base, values) ** exponent.numerator
            case (operator, *arguments):
                return self.apply(operator, [self.evaluate(argument, values) for argument in arguments])

    def apply(self, operator: str, arguments: list[Any]) -> Any:
        """Return the value of an operator on values."""
        match operator, arguments:
            case "+", [first, second]:
                return first + second
            case "-", [first, second]:
                return first - second
            case "*", [first, second]:
                return first * second
            case "/", [first, second]:
                return first / second
            case "neg", [inner]:
                return -inner
            case _:
                raise NotImplementedError(operator)

    def slope(self, function: Callable[[Mapping[str, Any]], Any], at: Mapping[str, Any], by: str) -> Any:
        """Return the derivative of a function of named values by one of them."""
        raise NotImplementedError


@dataclass(frozen=True)
class Graph:
    """A problem as data. `rates` are (eta, updates, reduce, batch size), None for a problem without an update."""

    given: Mapping[str, Fraction]
    parameters: Mapping[str, Fraction]
    examples: Mapping[str, tuple[Fraction, ...]]
    steps: Mapping[str, Expression]
    objective: str
    rates: tuple[Fraction, int, str, int | None] | None = None
    spelling: random.Random = field(default_factory=lambda: random.Random(0), compare=False)

    # -- as a file

    @cached_property
    def text(self) -> str:
        """Return the problem file."""
        lines = [f'objective = "{self.objective}"']
        for section, values in (("given", self.given), ("parameters", self.parameters)):
            lines.append(f"[{section}]")
            lines += [f'"{name}" = {decimal(value)}' for name, value in values.items()]
        if self.examples:
            lines.append("[examples]")
            lines += [f'"{name}" = [{", ".join(map(decimal, values))}]' for name, values in self.examples.items()]
        lines.append("[steps]")
        lines += [f'"{name}" = "{self.written(formula)}"' for name, formula in self.steps.items()]
        if self.rates:
            eta, updates, reduce, size = self.rates
            lines += ["[update]", f"eta = {decimal(eta)}", f"steps = {updates}", f'reduce = "{reduce}"']
            lines += [f"batch_size = {size}"] if size else []
        return "\n".join(lines) + "\n"

    def written(self, formula: Expression, least: int = 0) -> str:
        """Return a formula as text; `least` is how tightly it must hold together: 0 sum, 1 product, 2 power, 3 atom."""
        match formula:
            case Fraction():
                text, tight = (str(formula), 3) if formula.denominator == 1 else (f"({formula})", 3)
                tight = tight if formula >= 0 else 0
            case str():
                text, tight = formula, 3
            case ("+" | "-" as sign, first, second):
                text, tight = f"{self.written(first)} {sign} {self.written(second, 1)}", 0
            case ("*", first, second):
                between = self.spelling.choice(["*", " * ", "·", "×"])
                text, tight = f"{self.written(first, 1)}{between}{self.written(second, 2)}", 1
            case ("/", first, second):
                text, tight = f"{self.written(first, 1)}/{self.written(second, 2)}", 1
            case ("neg", inner):
                text, tight = f"-{self.written(inner, 2)}", 0
            case ("^", base, exponent):
                sign = self.spelling.choice(["^", "**"])
                text, tight = f"{self.written(base, 3)}{sign}{self.written(exponent, 3)}", 2
            case (function, *arguments):
                text, tight = f"{function}({', '.join(self.written(argument) for argument in arguments)})", 3
        return text if tight >= least else f"({text})"

    # -- which cells there are, after section 3 of the contract

    def batch(self, iteration: int) -> tuple[int, ...]:
        """Return the examples of an iteration, counted from 1; a 0 for none."""
        count = len(next(iter(self.examples.values()), ()))
        if not count:
            return (0,)
        size = (self.rates[3] if self.rates else None) or count
        cut = [tuple(range(start + 1, min(start + size, count) + 1)) for start in range(0, count, size)]
        return cut[iteration % len(cut)]

    def uses(self, step: str) -> list[str]:
        """Return the steps and parameters in a step's formula, each once, in order."""
        return [name for name in names_in(self.steps[step]) if name in self.parameters or name in self.steps]

    def needed(self) -> set[str]:
        """Return the steps and parameters that the objective depends on."""
        needed: set[str] = set()
        waiting = [self.objective]
        while waiting:
            for name in self.uses(waiting.pop()):
                if name not in needed:
                    needed.add(name)
                    waiting += [name] if name in self.steps else []
        return needed

    @property
    def iterations(self) -> int:
        """Return how many iterations there are."""
        return self.rates[1] if self.rates else 1

    def cells(self, arithmetic: Arithmetic) -> dict[str, Any]:
        """Return every cell that the contract asks for with its value."""
        cells: dict[str, Any] = {}
        nothing = arithmetic.number(Fraction(0))
        parameters: dict[str, Any] = {name: arithmetic.number(value) for name, value in self.parameters.items()}
        for iteration in range(self.iterations):
            at = f"@{iteration}" if iteration else ""
            batch = self.batch(iteration)
            totals: dict[str, list[Any]] = {name: [] for name in self.parameters}
            errors = []
            for example in batch:
                place = (f"[{example}]" if example else "") + at
                constants = {name: arithmetic.number(value) for name, value in self.given.items()}
                constants |= {name: arithmetic.number(values[example - 1]) for name, values in self.examples.items()}
                values = self.forward(constants | parameters, arithmetic)
                errors.append(values[self.objective])
                cells |= {f"{name}{place}": values[name] for name in self.steps}
                for step in self.steps:
                    for by in self.uses(step):
                        cells[f"d{step}/d{by}:direct{place}"] = arithmetic.slope(
                            lambda moved, step=step: arithmetic.evaluate(self.steps[step], moved), values, by
                        )
                for by in self.needed():
                    slope = self.total(constants | parameters, values, by, arithmetic)
                    cells[f"d{self.objective}/d{by}{place}"] = slope
                    if by in self.parameters:
                        totals[by].append(slope)
            shared = 1 if self.rates and self.rates[2] == "sum" else len(batch)
            if self.examples:
                cells[f"{self.objective}{at}"] = sum(errors) / shared
                cells |= {f"d{self.objective}/d{by}{at}": sum(many) / shared for by, many in totals.items() if many}
            if self.rates:
                eta = arithmetic.number(self.rates[0])
                for name, many in totals.items():
                    parameters[name] = parameters[name] - eta * sum(many, nothing) / shared
                    cells[f"{name}@{iteration + 1}"] = parameters[name]
        return cells

    def forward(self, known: Mapping[str, Any], arithmetic: Arithmetic, fixed: Mapping[str, Any] | None = None) -> Any:
        """Return the values of all names; a step in `fixed` gets that value instead of its own."""
        values = dict(known)
        for name, formula in self.steps.items():
            own = arithmetic.evaluate(formula, values)
            values[name] = fixed[name] if fixed and name in fixed else own
        return values

    def total(self, known: Mapping[str, Any], values: Mapping[str, Any], by: str, arithmetic: Arithmetic) -> Any:
        """Return the total derivative of the objective."""

        def objective(moved: Mapping[str, Any]) -> Any:
            if by in self.parameters:
                return self.forward({**known, by: moved[by]}, arithmetic)[self.objective]
            return self.forward(known, arithmetic, {by: moved[by]})[self.objective]

        return arithmetic.slope(objective, values, by)


def decimal(value: Fraction) -> str:
    """Return a number as a problem file writes it."""
    if value.denominator == 1:
        return str(value)
    whole = value * 1000
    assert whole.denominator == 1
    sign = "-" if value < 0 else ""
    return f"{sign}{abs(whole.numerator) // 1000}.{abs(whole.numerator) % 1000:03}"


def names_in(formula: Expression) -> list[str]:
    """Return the names in a formula, each once, in order of appearance."""

    def walk(part: Expression) -> Iterator[str]:
        if isinstance(part, str):
            yield part
        elif isinstance(part, tuple):
            for argument in part[1:]:
                yield from walk(argument)

    return list(dict.fromkeys(walk(formula)))


# -- at random


def random_number(source: random.Random) -> Fraction:
    """Return a short decimal, 0 among them."""
    return Fraction(source.randint(-12, 12), source.choice([1, 1, 1, 2, 4, 5, 10]))


def random_formula(source: random.Random, leaves: list[str], size: int, functions: tuple[str, ...]) -> Expression:
    """Return a formula of so many operations."""
    if size == 0:
        # what came last more often, so that graphs grow deep, and all of it often enough to be used many times
        return random_number(source) if source.random() < 0.1 else source.choice([*leaves, *leaves[-2:] * 2])
    operator = source.choice(["+", "+", "-", "*", "*", "*", "/", "^", "neg", *functions, *functions])
    if operator == "^":
        exponent = Fraction(source.choice([2, 2, 2, 3, -1, -2, 0]))
        return (operator, random_formula(source, leaves, size - 1, functions), exponent)
    if operator == "neg" or (operator in functions and operator not in {"max", "min"}):
        return (operator, random_formula(source, leaves, size - 1, functions))
    left = source.randint(0, size - 1)
    first = random_formula(source, leaves, left, functions)
    return (operator, first, random_formula(source, leaves, size - 1 - left, functions))


def random_graph(seed: int, functions: tuple[str, ...] = (), steps: tuple[int, int] = (2, 12)) -> Graph:
    """Return a graph: shared nodes, weights used several times, batches and updates among them."""
    source = random.Random(seed)
    parameters = {name: random_number(source) for name in source.sample(PARAMETERS, source.randint(1, 3))}
    data = source.sample(DATA, source.choice([0, 1, 2, 2, 3]))
    count = source.choice([0, 0, 1, 2, 3, 3]) if data else 0
    split = source.randint(1, len(data)) if count else 0
    examples = {name: tuple(random_number(source) for _ in range(count)) for name in data[:split]}
    given = {name: random_number(source) for name in data[split:]}
    formulas: dict[str, Expression] = {}
    for name in source.sample(NAMES, source.randint(*steps)):
        leaves = [*given, *examples, *parameters, *parameters, *formulas]
        formulas[name] = random_formula(source, leaves, source.randint(1, 5), functions)
    objective = list(formulas)[-1] if source.random() < 0.8 else source.choice(list(formulas))
    rates = None
    if source.random() < 0.6:
        size = source.randint(1, count) if count and source.random() < 0.6 else None
        eta = source.choice([Fraction(1, 10), Fraction(1, 100), Fraction(1, 2)])
        rates = eta, source.randint(1, 3), source.choice(["mean", "sum"]), size
    return Graph(given, parameters, examples, formulas, objective, rates, source)
