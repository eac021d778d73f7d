"""Mistakes along the chain rule: links lost, doubled, added or turned over; paths forgotten, multiplied, averaged."""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from tutor.mathematics.checking.misconceptions.situation import Situation, Suspicion, shown, shown_cell
from tutor.mathematics.notation.expression import Name, Node, Product, Quotient, Sum, number, product, total

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_TWO = 2
_MOST_LINKS = 12
_MOST_PATHS = 6


def _paths(situation: Situation) -> list[list[Name]]:
    """Return the local derivatives along each path from the objective to the variable; none where they are many."""
    derivation, cell = situation.derivation, situation.cell
    if derivation.path_count(cell.by) > _MOST_PATHS:
        return []
    return [
        [situation.beside("direct", above, below) for above, below in pairwise(path)]
        for path in derivation.paths(cell.by)
    ]


def _is_chain(situation: Situation) -> bool:
    cell = situation.cell
    return cell.kind == "total" and (bool(cell.example) or not situation.problem.examples)


def links(situation: Situation) -> Iterator[Suspicion]:
    """Yield the mistakes on a single path of two links or more."""
    if not _is_chain(situation):
        return
    paths = _paths(situation)
    if len(paths) != 1 or not _TWO <= len(paths[0]) <= _MOST_LINKS:
        return
    path = paths[0]
    yield from _lost_links(path)
    yield Suspicion(
        "links.links-added",
        total(list(path)),
        _along(path, "Rates along one path multiply; here they were added"),
    )
    for place, link in enumerate(path):
        others = [*path[:place], *path[place + 1 :]]
        yield Suspicion(
            "links.one-link-inverted",
            Quotient(product([*others]), link),
            f"You divided by {shown_cell(link)}. Multiply by it: check which variable is on top.",
        )
        yield Suspicion("links.a-link-used-twice", Product((*path, link)), f"{shown_cell(link)} was counted twice.")


def _lost_links(path: Sequence[Name]) -> Iterator[Suspicion]:
    last = len(path) - 1
    for place, link in enumerate(path):
        rest = [*path[:place], *path[place + 1 :]]
        which = "last-link" if place == last else "first-link" if place == 0 else "middle-link"
        lost = shown_cell(link)
        if len(rest) == 1:
            only = "only-the-first-link" if place == last else "only-the-last-link"
            yield Suspicion(
                f"links.{only}",
                rest[0],
                f"That is {shown_cell(path[0] if place == last else path[last])} only. The factor {lost} is missing.",
            )
        yield Suspicion(f"links.{which}-missing", product([*rest]), f"The factor {lost} is missing: {_product(path)}.")
    if len(path) > _TWO:
        yield Suspicion(
            "links.only-the-last-link",
            path[last],
            f"That is the local rate {shown_cell(path[last])} only. Carry it through the chain: {_product(path)}.",
        )
        yield Suspicion(
            "links.only-the-first-link",
            path[0],
            f"That is {shown_cell(path[0])} only. Keep multiplying: {_product(path)}.",
        )
        for start, end in combinations(range(len(path) + 1), 2):
            if _TWO <= end - start < len(path) - 1:
                part = path[start:end]
                identity = "last-link" if start == 0 else "first-link" if end == len(path) else "middle-link"
                missing = " and ".join(shown_cell(link) for link in path if link not in part)
                yield Suspicion(
                    f"links.{identity}-missing",
                    product([*part]),
                    f"The factors {missing} are missing: {_product(path)}.",
                )


def _product(path: Sequence[Name]) -> str:
    return "·".join(map(shown_cell, path))


def _along(path: Sequence[Name], sentence: str) -> str:
    return f"{sentence}: {_product(path)}."


def paths(situation: Situation) -> Iterator[Suspicion]:
    """Yield the mistakes where a variable reaches the objective along several paths."""
    if not _is_chain(situation):
        return
    found = _paths(situation)
    if len(found) < _TWO:
        return
    products: list[Node] = [product([*path]) for path in found]
    for left_out in range(1, len(found)):
        for lost in combinations(range(len(found)), left_out):
            kept = [part for place, part in enumerate(products) if place not in lost]
            identity = "first-path-missing" if 0 in lost else "second-path-missing"
            names = " and ".join(_path_name(situation, found[place]) for place in lost)
            verb = "is" if left_out == 1 else "are"
            yield Suspicion(f"paths.{identity}", total(kept), f"The path {names} {verb} missing. Add its contribution.")
    yield Suspicion(
        "paths.paths-multiplied",
        product(products),
        "Multiply along a path, but add what different paths bring.",
    )
    yield Suspicion(
        "paths.paths-averaged",
        Quotient(total(products), number(len(products))),
        "What different paths bring is added, not averaged.",
    )
    yield from _mixed_up(found)


def _path_name(situation: Situation, path: Sequence[Name]) -> str:
    cells = [situation.derivation.cell(link.name) for link in path]
    return " ← ".join([cells[0].name, *(cell.by for cell in cells)])


def _mixed_up(found: Sequence[Sequence[Name]]) -> Iterator[Suspicion]:
    """Yield the crossings of two paths of two differing links each."""
    if len(found) != _TWO or len(found[0]) != len(found[1]):
        return
    first = [link for link in found[0] if link not in found[1]]
    second = [link for link in found[1] if link not in found[0]]
    shared: list[Node] = [link for link in found[0] if link in found[1]]
    if len(first) != _TWO or len(second) != _TWO:
        return
    (f_u, u), (f_v, v) = first, second
    yield Suspicion(
        "paths.links-crossed",
        product([*shared, Sum((Product((f_u, v)), Product((f_v, u))))]),
        f"The links were mixed between the paths: {shown(f_u)} goes with {shown(u)}, {shown(f_v)} with {shown(v)}.",
    )
    yield Suspicion(
        "paths.sums-multiplied",
        product([*shared, Sum((f_u, f_v)), Sum((u, v))]),
        "Multiply along each path first, and add the paths then.",
    )
