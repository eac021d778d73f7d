"""Guess the number, against a search of its own: which secrets can be reached, in how many moves, and what is said."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.course.exercises.guessing import DOWN, NEW, UP, Guessing, size_answer


def game(*sizes: str | int, proportional: bool = False) -> Guessing:
    return Guessing(
        sizes=tuple(Fraction(size) for size in sizes),
        proportional=proportional,
        smallest=1,
        largest=100,
        start=50,
        near=2,
        name="a/game",
    )


def with_secret(exercise: Guessing, secret: int) -> Guessing:
    """Take new numbers until the secret is the wanted one."""
    for _ in range(10_000):
        if exercise.secret == secret:
            return exercise
        exercise = replace(exercise, secrets=exercise.secrets + 1)
    raise AssertionError(f"{secret} never comes up")


def follow(exercise: Guessing, most: int = 300) -> tuple[Guessing, str]:
    """Do what the replies say, until the number is found or it is said that it never will be."""
    said = ""
    for _ in range(most):
        if exercise.found:
            break
        exercise, reply = exercise.answer(UP if exercise.guess < exercise.secret else DOWN)
        said = reply.feedback
        if reply.verdict == "invalid" or "for ever" in said or "worse and worse" in said:
            break
    return exercise, said


# How many of the secrets 1 to 100 can be reached from 50, and how many moves that takes at most.
@pytest.mark.parametrize(
    ("step", "reachable", "worst"),
    [
        (1, 100, 48),
        (2, 100, 24),
        (3, 100, 16),
        (4, 100, 12),
        (5, 100, 10),
        (6, 84, 8),
        (10, 50, 5),
        (20, 25, 2),
        (50, 10, 1),
    ],
)
def test_which_numbers_a_fixed_step_reaches(step: int, reachable: int, worst: int) -> None:
    found = []
    for secret in range(1, 101):
        exercise, said = follow(with_secret(game(step), secret))
        assert exercise.found == exercise.reachable
        assert exercise.found or "the guess swings for ever" in said
        if exercise.found:
            found.append(len(exercise.moves))
    assert (len(found), max(found)) == (reachable, worst)


@pytest.mark.parametrize(("share", "moves"), [("0.1", 24), ("0.5", 4), ("1", 1), ("1.5", 4)])
def test_how_a_share_of_the_distance_leads_to_75(share: str, moves: int) -> None:
    exercise, _ = follow(with_secret(game(share, proportional=True), 75))
    assert exercise.found
    assert len(exercise.moves) == moves


def test_a_share_of_two_bounces_and_a_larger_one_flies_off() -> None:
    exercise, said = follow(with_secret(game("2", proportional=True), 75))
    assert exercise.guesses == (50, 100)
    assert "for ever" in said
    exercise, said = follow(with_secret(game("2.5", proportional=True), 75))
    assert exercise.guesses == (50, Fraction("112.5"))
    assert "worse and worse" in said


def test_a_move_in_the_wrong_direction_is_made_and_said() -> None:
    exercise, reply = with_secret(game(10), 75).answer(DOWN)
    assert exercise.guess == 40
    assert "wrong direction" in reply.feedback
    assert (reply.verdict, exercise.tries) == ("noted", 1)


def test_another_size_begins_again_and_another_number_too() -> None:
    exercise, _ = with_secret(game(2, 10), 75).answer(UP)
    other, reply = exercise.answer(size_answer(1))
    assert (other.size, other.guesses, other.secret, reply.counts) == (10, (50,), 75, False)
    new, _ = exercise.answer(NEW)
    assert (new.secrets, new.moves) == (exercise.secrets + 1, ())


@given(st.text(max_size=12) | st.sampled_from([size_answer(7), size_answer(-1), "size x"]))
def test_any_other_answer_is_refused(text: str) -> None:
    exercise = game(2, 10)
    if text not in {UP, DOWN, NEW, size_answer(0), size_answer(1)}:
        after, reply = exercise.answer(text)
        assert (after, reply.verdict) == (exercise, "invalid")


def test_a_guess_never_grows_beyond_bounds() -> None:
    exercise = with_secret(game("2.5", proportional=True), 75)
    for _ in range(200):
        exercise, reply = exercise.answer(UP if exercise.guess < exercise.secret else DOWN)
    assert reply.verdict == "invalid"
    assert abs(exercise.guess) <= 10**6
