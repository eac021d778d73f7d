"""Beginning anew: nothing is deleted, what is reset is out of sight, and all of it can come back."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from records import NOON, PLACE, answer, ids, now, store_in

from tutor.learner.events import Event, Place
from tutor.learner.resets import ALL, RESETS, in_force, is_in, reset_of
from tutor.learner.resetting import reset_work, undo_reset

CHAIN, UPDATE, SKILL = "lesson:chain", "lesson:chain-two/update", "practice:square/blank/1/17"


def test_a_reset_lesson_is_out_of_sight_and_the_rest_is_not(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    for number, activity in enumerate((CHAIN, f"{CHAIN}/by-hand#2", UPDATE, SKILL)):
        store.record(answer(number, activity))
    reset = reset_work(store, CHAIN, now)
    assert reset is not None
    assert reset.hides == {"id-0", "id-1"}
    assert ids(store.all_events()) == ["id-2", "id-3"]
    assert store.events(CHAIN) == store.events(f"{CHAIN}/by-hand#2") == store.events(RESETS) == ()
    assert ids(store.events(UPDATE)) == ["id-2"]
    assert store.resets() == (reset,)
    assert ids(store.everything())[:4] == ["id-0", "id-1", "id-2", "id-3"]

    store.record(answer(4, CHAIN))
    assert ids(store.events(CHAIN)) == ["id-4"]
    assert ids(store.all_events()) == ["id-2", "id-3", "id-4"]
    assert undo_reset(store, now) == reset
    assert ids(store.all_events()) == ["id-0", "id-1", "id-2", "id-3", "id-4"]
    assert ids(store.events(CHAIN)) == ["id-0", "id-4"]
    assert store.resets() == ()
    store.close()


def test_everything_is_everything_and_another_run_sees_it(tmp_path: Path) -> None:
    store, other = store_in(tmp_path), store_in(tmp_path)
    for number, activity in enumerate((CHAIN, SKILL, "self-test", "placement", "problem:00ff", "lab:00ff")):
        store.record_with_place(answer(number, activity), PLACE)
    assert len(other.all_events()) == 6
    assert reset_work(store, ALL, now) is not None
    assert store.all_events() == other.all_events() == ()
    assert store.place() is other.place() is None
    assert undo_reset(other, now) is not None
    assert len(store.all_events()) == len(other.all_events()) == 6
    assert other.place() == PLACE
    store.close()
    other.close()
    again = store_in(tmp_path)
    assert again.place() == PLACE
    assert len(again.everything()) == 8
    again.close()


def test_resets_are_taken_back_one_after_the_other_the_latest_first(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    assert undo_reset(store, now) is None
    store.record(answer(0, CHAIN))
    one = reset_work(store, CHAIN, now)
    store.record(answer(1, CHAIN))
    two = reset_work(store, ALL, now)
    assert one is not None
    assert two is not None
    assert two.hides == {"id-1"}  # what is hidden already is not hidden twice
    assert [undo_reset(store, now), ids(store.all_events())] == [two, ["id-1"]]
    assert [undo_reset(store, now), ids(store.all_events())] == [one, ["id-0", "id-1"]]
    assert undo_reset(store, now) is None
    assert len(store.everything()) == 6
    store.close()


def test_where_nothing_was_done_nothing_is_reset(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    assert reset_work(store, ALL, now) is None
    store.record_with_place(answer(0, UPDATE), Place(UPDATE, 1, "", ""))
    assert reset_work(store, CHAIN, now) is None
    assert reset_work(store, "lesson:chain-two", now) is not None
    assert reset_work(store, "lesson:chain-two", now) is None
    assert len(store.everything()) == 2
    store.close()


def test_a_learner_in_a_reset_lesson_goes_on_at_its_first_page(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    store.remember(PLACE)
    assert reset_work(store, "lesson:other", now) is None
    assert reset_work(store, CHAIN, now) is not None
    assert store.place() == Place(CHAIN, 0, "", "")
    assert reset_work(store, CHAIN, now) is None
    assert undo_reset(store, now) is not None
    assert store.place() == PLACE
    store.close()


@pytest.mark.parametrize("scope", [CHAIN, ALL])
def test_taking_back_calls_nobody_away_from_where_they_went_since(tmp_path: Path, scope: str) -> None:
    store = store_in(tmp_path)
    store.remember(PLACE)
    reset_work(store, scope, now)
    elsewhere = Place("lesson:other", 1, "", "page 2")
    store.remember(elsewhere)
    undo_reset(store, now)
    assert store.place() == elsewhere
    store.close()


def test_a_reset_is_remembered_by_a_run_whose_disk_refuses(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    store.record(answer(0, CHAIN))
    with closing(sqlite3.connect(tmp_path / "learner.db", isolation_level=None)) as other:
        store._disk.wait_at_most(0.01)
        other.execute("BEGIN IMMEDIATE")
        assert reset_work(store, ALL, now) is not None
        assert store.unsaved == 1
        assert store.all_events() == store.events(CHAIN) == ()
        other.execute("COMMIT")
    store.close()
    again = store_in(tmp_path)
    assert again.all_events() == ()
    again.close()


@pytest.mark.parametrize(
    "text", ["", "null", "[]", '{"hides": 3, "place": null}', '{"place": null}', "[" * 100_000, '{"hides": ["id-0"]}']
)
def test_a_reset_that_cannot_be_understood_hides_nothing(text: str) -> None:
    event = Event("r", NOON, RESETS, "reset", ALL, text, "", None, False)
    assert reset_of(event).hides == frozenset()
    assert reset_of(event).place is None


@pytest.mark.parametrize("place", ["3", "[]", '["a", "b", "c", "d"]', '["a", 1, "c"]', "{}"])
def test_a_place_that_cannot_be_understood_does_not_come_back(place: str) -> None:
    event = Event("r", NOON, RESETS, "reset", ALL, f'{{"hides": ["id-0", 7, []], "place": {place}}}', "", None, False)
    assert reset_of(event).hides == {"id-0"}
    assert reset_of(event).place is None


def test_a_reset_that_is_not_known_can_be_taken_back_without_harm() -> None:
    back = Event("b", NOON, RESETS, "restored", "elsewhere", "", "", None, False)
    reset = Event("elsewhere", NOON, RESETS, "reset", ALL, '{"hides": ["id-0"], "place": null}', "", None, False)
    assert in_force([back]) == ()
    assert in_force([back, reset]) == in_force([reset, back]) == ()
    assert len(in_force([reset, replace(back, cell="other")])) == 1


ACTIVITIES = st.sampled_from([CHAIN, f"{CHAIN}/a", f"{CHAIN}/a#2", UPDATE, SKILL, "self-test"])
SCOPES = st.sampled_from([ALL, CHAIN, "lesson:chain-two", "practice:square"])
ACTS = st.one_of(
    st.tuples(st.just("do"), ACTIVITIES),
    st.tuples(st.just("reset"), SCOPES),
    st.tuples(st.just("undo"), st.just("")),
)


@settings(deadline=None, max_examples=60)
@given(acts=st.lists(ACTS, max_size=25))
def test_what_is_in_sight_is_as_a_stack_of_sets_tells(acts: list[tuple[str, str]]) -> None:
    """The model: a list of what is in sight, and a stack of what each reset took from it."""
    with tempfile.TemporaryDirectory() as folder:
        store = store_in(Path(folder))
        sight: list[tuple[int, str]] = []
        stack: list[list[tuple[int, str]]] = []
        for number, (act, what) in enumerate(acts):
            if act == "do":
                store.record(answer(number, what))
                sight.append((number, what))
            elif act == "reset":
                taken = [one for one in sight if is_in(one[1], what)]
                assert (reset_work(store, what, now) is not None) == bool(taken)
                sight = [one for one in sight if one not in taken]
                stack += [taken] if taken else []
            else:
                assert (undo_reset(store, now) is not None) == bool(stack)
                sight = sorted([*sight, *(stack.pop() if stack else [])])
            assert [(int(event.text), event.activity) for event in store.all_events()] == sight
            for activity in (CHAIN, f"{CHAIN}/a", UPDATE, SKILL):
                assert ids(store.events(activity)) == [f"id-{one}" for one, its in sight if its == activity]
        store.close()
        again = store_in(Path(folder))
        assert [(int(event.text), event.activity) for event in again.all_events()] == sight
        assert len(store.resets()) == len(stack)
        again.close()
        store.close()
