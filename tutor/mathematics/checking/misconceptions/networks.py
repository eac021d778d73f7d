"""Mistakes in the backward pass of a network: deltas of outputs and hidden units, gradients of weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.mathematics.checking.misconceptions.backward import Back, backward, has_logarithm
from tutor.mathematics.checking.misconceptions.situation import Situation, Suspicion, shown
from tutor.mathematics.checking.misconceptions.slopes.right import minus, plus, times
from tutor.mathematics.notation.expression import ONE, Name, Negative, Node, Product, Sum
from tutor.mathematics.update_rules import hyperparameter

if TYPE_CHECKING:
    from collections.abc import Iterator


def _one_less(node: Node) -> Node:
    return Sum((ONE, Negative(node)))


def deltas(situation: Situation) -> Iterator[Suspicion]:
    """Yield the mistakes in the derivative by a pre-activation z of a step a = σ(z)."""
    back = backward(situation)
    if back is None or len(back.consumers) != 1:
        return
    unit = back.consumers[0]
    found = back.activation(unit)
    if found is None or found[1] != situation.cell.by:
        return
    following = back.consumers_of(unit)
    if following == (situation.problem.objective,) or unit == situation.problem.objective:
        yield from _output_delta(back, unit, found[0])
    else:
        for step in following:
            yield from _hidden_delta(back, unit, step)


def _output_delta(back: Back, unit: str, function: str) -> Iterator[Suspicion]:
    situation = back.situation
    error, slope, z = back.upstream(unit), back.local(unit), situation.at(situation.cell.by)
    if error is None or has_logarithm(situation, unit):
        return
    e, s = shown(error), shown(slope)
    yield Suspicion(
        "delta-output.activation-slope-missing", error, f"The slope of {function} is a link too: multiply by {s}."
    )
    yield Suspicion("delta-output.target-reversed", minus(times(error, slope)), "Check the sign: output minus target.")
    yield Suspicion("delta-output.error-missing", slope, f"That is the slope alone. Multiply it by {e}.")
    if function == "sigmoid":
        yield Suspicion(
            "delta-output.slope-from-the-pre-activation",
            times(error, z, _one_less(z)),
            f"The slope is made from the output {unit}, not from {situation.cell.by}.",
        )


def _hidden_delta(back: Back, unit: str, step: str) -> Iterator[Suspicion]:
    """Yield the mistakes at a hidden unit whose output goes, times a weight, into `step`."""
    situation = back.situation
    weights = back.weighted(step)
    delta = back.upstream(step)
    if weights is None or delta is None:
        return
    slope, output, z = back.local(unit), situation.at(unit), situation.at(situation.cell.by)
    for weight in (name for name, entered in weights.items() if entered == unit):
        w = situation.at(weight)
        rest = plus(*(_through(back, other, unit) for other in back.consumers_of(unit) if other != step))
        whole = times(delta, w)
        for identity, incoming, factor, feedback in (
            ("activation-slope-missing", whole, ONE, f"Multiply by the slope of {unit}, {shown(slope)}."),
            ("weight-missing", delta, slope, f"The signal comes back through {weight}: multiply by it."),
            (
                "slope-from-the-pre-activation",
                whole,
                times(z, _one_less(z)),
                f"The slope is made from the output {unit}, not from {situation.cell.by}.",
            ),
            ("slope-is-h-only", whole, output, f"The slope has two factors: {unit} and 1 − {unit}."),
        ):
            yield Suspicion(f"delta-hidden.{identity}", times(plus(incoming, rest), factor), feedback)
        yield from _wrong_weights(back, unit, step, weight, rest)
        yield from _output_slope_missing(back, step, times(w, slope))


def _through(back: Back, step: str, unit: str) -> Node:
    upstream = back.upstream(step)
    local = back.local(step, unit)
    return local if upstream is None else times(upstream, local)


def _wrong_weights(back: Back, unit: str, step: str, weight: str, rest: Node) -> Iterator[Suspicion]:
    situation = back.situation
    weights, delta, slope = back.weighted(step) or {}, back.upstream(step), back.local(unit)
    if delta is None:
        return
    for other, entered in weights.items():
        if other != weight:
            wrong = times(plus(times(delta, situation.at(other)), rest), slope)
            yield Suspicion(
                "delta-hidden.other-weight", wrong, f"{other} belongs to {entered}. {unit} is connected by {weight}."
            )
    if situation.problem.update:
        moved = Sum((situation.at(weight), Negative(Product((hyperparameter("eta"), delta, situation.at(unit))))))
        yield Suspicion(
            "delta-hidden.updated-weight-used",
            times(plus(times(delta, moved), rest), slope),
            f"Go back with {weight} as it was in the forward pass. Update everything at the end.",
        )


def _output_slope_missing(back: Back, step: str, rest: Node) -> Iterator[Suspicion]:
    """Yield the delta made from the error at the output, without the slope of the output's activation."""
    for output in back.consumers_of(step):
        found = back.activation(output)
        error = back.upstream(output)
        if found is not None and error is not None:
            yield Suspicion(
                "delta-hidden.output-slope-missing",
                times(error, rest),
                f"The slope of {output} itself is missing from what is sent back.",
            )


def weights(situation: Situation) -> Iterator[Suspicion]:
    """Yield the mistakes in the gradient of a weight that multiplies an input of a weighted sum."""
    back = backward(situation)
    if back is None or len(back.consumers) != 1:
        return
    step = back.consumers[0]
    pairs, delta = back.weighted(step), back.upstream(step)
    if pairs is None or delta is None or situation.cell.by not in pairs:
        return
    entered = pairs[situation.cell.by]
    yield from _matrix_weight(back, step, entered)
    if not _units(back):
        return
    if back.activation(entered) is not None:
        yield from _output_weight(back, step, delta, pairs, entered)
    else:
        yield from _hidden_weight(back, step, delta, entered)


def _output_weight(back: Back, step: str, delta: Name, pairs: dict[str, str], entered: str) -> Iterator[Suspicion]:
    situation, weight = back.situation, back.situation.cell.by
    right = f"its gradient is {shown(delta)}·{entered}"
    found = back.activation(entered)
    for data in (*situation.problem.given, *situation.problem.examples):
        yield Suspicion(
            "output-weight.input-of-the-wrong-layer",
            times(delta, situation.at(data)),
            f"{data} is an input of the network. {weight} is fed by {entered}: {right}.",
        )
    for output in back.consumers_of(step):
        yield Suspicion(
            "output-weight.own-output-used",
            times(delta, situation.at(output)),
            f"{output} comes after {weight}. What feeds it is {entered}: {right}.",
        )
    if found is not None:
        yield Suspicion(
            "output-weight.pre-activation-used",
            times(delta, situation.at(found[1])),
            f"What enters {weight} is {entered}, after the activation, not {found[1]}.",
        )
    yield Suspicion(
        "output-weight.weight-used",
        times(delta, situation.at(weight)),
        f"{weight} itself is needed to go further back. For {weight}, {right}.",
    )
    yield Suspicion(
        "output-weight.activation-missing", delta, f"That would be a bias. {weight} multiplies {entered}: {right}."
    )
    for other, neighbour in pairs.items():
        if other != weight:
            yield Suspicion(
                "output-weight.neighbouring-index",
                times(delta, situation.at(neighbour)),
                f"{neighbour} goes with {other}. {weight} is fed by {entered}.",
            )


def _hidden_weight(back: Back, step: str, delta: Name, entered: str) -> Iterator[Suspicion]:
    situation, weight = back.situation, back.situation.cell.by
    x = situation.at(entered)
    yield Suspicion(
        "hidden-weight.input-missing", delta, f"That would be a bias. Multiply by {entered}, which {weight} carries."
    )
    for unit in _units(back):
        yield Suspicion(
            "hidden-weight.hidden-activation-used",
            times(delta, situation.at(unit)),
            f"{weight} is fed by {entered}, not by the hidden output {unit}.",
        )
    for later in _later(back, step):
        upstream = back.upstream(later)
        if upstream is None:
            continue
        identity = "output-error-only" if back.activation(later) is not None else "hidden-layer-skipped"
        yield Suspicion(
            f"hidden-weight.{identity}",
            times(upstream, x),
            f"{shown(upstream)} has to travel back to {step} first: links are missing.",
        )


def _matrix_weight(back: Back, step: str, entered: str) -> Iterator[Suspicion]:
    """Yield the gradient of the mirrored place in the weight matrix, and that of all places on the diagonal at once."""
    situation, weight = back.situation, back.situation.cell.by
    layer = [other for other in situation.problem.steps if back.weighted(other) is not None]
    inputs = list((back.weighted(step) or {}).values())
    rows = [other for other in layer if set((back.weighted(other) or {}).values()) == set(inputs)]
    if step not in rows or len(rows) < 2:  # noqa: PLR2004 - one row has no mirror
        return
    row, column = rows.index(step), inputs.index(entered)
    if row == column or column >= len(rows) or row >= len(inputs):
        return
    delta = back.upstream(rows[column])
    if delta is None:
        return
    wrong = times(delta, situation.at(inputs[row]))
    feedback = f"{weight} goes from {entered} to {step}: its gradient belongs to {step}, times {entered}."
    if _units(back):
        yield Suspicion("hidden-weight.transposed", wrong, feedback)
    yield Suspicion("weight-matrix.outer-product-transposed", wrong, feedback)
    pairs = [(back.upstream(unit), situation.at(name)) for unit, name in zip(rows, inputs, strict=False)]
    if len(rows) == len(inputs):
        inner = plus(*(times(upstream, name) for upstream, name in pairs if upstream is not None))
        yield Suspicion(
            "weight-matrix.inner-product", inner, "Every connection has a gradient of its own: do not add them up."
        )


def _units(back: Back) -> list[str]:
    return [step for step in back.situation.problem.steps if back.activation(step) is not None]


def _later(back: Back, step: str) -> list[str]:
    """Return the steps between this one and the objective."""
    found: list[str] = []
    waiting = [step]
    while waiting:
        for following in back.consumers_of(waiting.pop()):
            if following not in found:
                found.append(following)
                waiting.append(following)
    return found


def through_weights(situation: Situation) -> Iterator[Suspicion]:
    """Yield the mistakes in the gradient sent back through a weight matrix to one of its inputs."""
    back = backward(situation)
    if back is None or len(back.consumers) < 2:  # noqa: PLR2004 - one row is no matrix
        return
    rows = [(step, back.weighted(step), back.upstream(step)) for step in back.consumers]
    inputs = list((rows[0][1] or {}).values())
    if situation.cell.by not in inputs or any(pairs is None or delta is None for _, pairs, delta in rows):
        return
    column = inputs.index(situation.cell.by)
    matrix = [
        [weight for name in inputs for weight, entered in (p or {}).items() if entered == name] for _, p, _ in rows
    ]
    deltas_of_rows = [delta for _, _, delta in rows if delta is not None]
    if len(matrix) != len(inputs) or any(len(row) != len(inputs) for row in matrix):
        return
    wrong = plus(*(times(delta, situation.at(w)) for delta, w in zip(deltas_of_rows, matrix[column], strict=True)))
    yield Suspicion(
        "back-through-weights.not-transposed",
        wrong,
        f"Going backwards, {situation.cell.by} collects from every unit that it feeds: go down its column of weights.",
    )
    yield Suspicion(
        "back-through-weights.element-wise",
        times(deltas_of_rows[column], situation.at(matrix[column][column])),
        f"{situation.cell.by} feeds {len(rows)} units. Add what comes back from each.",
    )
