"""Lessons, the beginning, and what can be looked up, as conversations."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from conversation import LESSONS, Learner, flat
from pupil import Pupil

from tutor.course.loader import load_course
from tutor.learner.events import Place
from tutor.study.further import FurtherCourse

if TYPE_CHECKING:
    from pathlib import Path


def test_a_page_is_read_in_order_with_its_pictures_as_sentences(small: Learner) -> None:
    said = flat(small.types("lesson 1.1"))
    assert "1.1 One of each, page 1 of 5." in said
    assert "The slope of E by w is dE/dw: here 20." in said  # 2·(4·2 - 3)·2
    assert "name: w; value: 4; note: a weight name: E; value: 25" in said
    assert "dE/dw = 2*(y - t)*x" in said
    assert "h1 = x^2; h2 = sqrt(x)" in said
    # A parabola from 3 with half of the way left each time: 3, 1.5, 0.75.
    assert "it falls to 0 at x = 0; it rises to" in said
    assert "The run began at x = 3 and stands at x = 0.75 after 2 steps." in said
    assert "About it: The steps get shorter." in said
    assert "Picture: What uses what. y uses x. E uses y and t." in said
    assert "Picture: Two steps. step 0: x: 3, loss: 9 step 1: x: 1.5, loss: 2.25 step 2: x: 0.75, loss: 0.5625" in said
    assert "Type next for page 2, back, menu, or help." in said


def test_the_tasks_of_a_page_are_told_and_done_in_any_order(small: Learner) -> None:
    said = flat(small.types("1.1", "page 2", "do 3", "turn", "knew", "tasks", "2", "back", "4", "do x", "foo"))
    assert "Task 1, question, open: Which sign?" in said
    assert "Task 3, card, known: The rule." in said
    assert "Question: Which two?" in said
    assert "“4” is no command and no task here." in said
    assert "“foo” is no command and no task here." in said


def test_next_does_the_open_tasks_before_it_turns_the_page(small: Learner) -> None:
    said = flat(small.types("1.1", "next", "next", "2", "next", "1 3", "next", "turn", "1", "next"))
    for task in ("1 of 3", "2 of 3", "3 of 3"):
        assert f"Type next for task {task}, skip, back, or help." in said
    assert "All tasks of this page are done. Type next for page 3, back, menu, or help." in said
    assert "page 3 of 5." in said


def test_pages_are_skipped_and_gone_back_to(small: Learner) -> None:
    said = flat(small.types("1.1", "skip", "skip", "back", "page 0", "page 9", "page x", "page 5", "skip"))
    assert said.count("page 2 of 5.") == 2
    assert said.count("Type page with a number from 1 to 5.") == 3
    assert "These tasks are still open, and you can come back to them: Which sign? Which two?" in said
    assert "The lesson counts as done when they are done." in said


def test_back_from_the_first_page_leads_to_the_beginning(small: Learner) -> None:
    said = small.types("1.1", "back", "back")
    assert said.count("A small course: 0 of 1 lessons done.") == 2
    assert "This is the beginning." in said


def test_the_learner_goes_on_at_the_same_page(small: Learner) -> None:
    small.types("1.1", "page 4")
    assert small.place() == Place("lesson:one-of-each", 3, "", "page 4 of 5")
    said = flat(small.types("cont"))
    assert "continue goes on with lesson 1.1 One of each, page 4 of 5." in said
    assert "1.1 One of each, page 4 of 5. Heading: Runs" in said


def test_a_fault_in_a_lesson_is_told_and_nothing_ends(tmp_path: Path) -> None:
    folder = tmp_path / "course"
    folder.mkdir()
    (folder / "course.md").write_text("---\ntitle: C\nsection-1: S\n---\n")
    head = "---\nid: {id}\ntitle: {id}\nsection: 1\nneeds: []\nskills: []\n---\n\n"
    (folder / "1-1-broken.md").write_text(head.format(id="broken") + "```foo\n```\n")
    late = 'A page.\n\n## Two\n\n```choice\ntitle = "Q"\nquestion = "{{y}}?"\n'
    late += "".join(f'\n[[option]]\ntext = "{n}"\nfeedback = "f"\nright = {str(n == 1).lower()}\n' for n in (1, 2, 3))
    problem = '\n[problem]\ntext = """\n[parameters]\nw = 1\n[steps]\ny = "ln(w - 1)"\n"""\n```\n'
    (folder / "1-2-late.md").write_text(head.format(id="late") + late + problem)
    said = flat(Learner(tmp_path / "home", folder).types("1.1", "1.2", "next", "back", "lessons", "lessons 1", "1.3"))
    assert "This lesson has a fault:" in said
    assert "there is no block of the kind “foo”." in said
    assert "1.2 late: begun." in said
    assert "“1.3” is no command here and no lesson." in said


# -- the beginning


def test_sections_and_lessons_are_told(learner: Learner) -> None:
    said = flat(learner.types("lessons", "lessons 2", "lessons 77", "lesson nowhere", "", "lesson 2.1"))
    course = load_course(LESSONS)
    for section in course.sections:
        assert f"Section {section.number}, {section.title}: 0 of {len(section.lessons)} lessons done." in said
    assert "There is no section 77." in said
    assert "2.1 The valley in fog: new." in said
    assert "Nothing was typed. Type lessons to hear their numbers." in said
    assert "“nowhere” is no command here and no lesson." in said
    assert "2.1 The valley in fog, page 1 of" in said


def test_the_lesson_that_was_left_is_there_beside_practice_that_was_interrupted(learner: Learner) -> None:
    learner.types("4.4", "page 6")
    learner.types("practice", "practise 16", ":hint")
    said = flat(learner.types("lesson"))
    assert "continue goes on with the practice that you left." in said
    assert "lesson goes on with lesson 4.4 All five gradients, and one step, page 6 of 15." in said
    assert "4.4 All five gradients, and one step, page 6 of 15. Heading: Your turn: all five" in said


def test_further_courses_are_told_and_opened(learner: Learner, small: Learner, tmp_path: Path) -> None:
    further = (FurtherCourse("A small course", small.course), FurtherCourse("Broken", tmp_path / "nowhere"))
    learner.further = further
    lines = (
        "more",
        "more 2",
        "more 1",
        "lessons 1",
        "glossary steep",
        "1.1",
        "page 3",
        "menu",
        "glossary steep",
        "more 1",
    )
    said = flat(learner.types(*lines, "continue", "back", "page 1", "back", "back", "1.2"))
    assert "Further courses: 2. Type more to hear them." in said
    assert "1: A small course. 2: Broken. Type more with the number of a course." in said
    assert "This course has a fault:" in said
    assert "1.1 One of each: new." in said
    assert said.count("Glossary: steep.") == 1
    assert "“steep” is not in the glossary." in said
    assert "A small course: 0 of 1 lessons done. continue goes on with lesson 1.1 One of each, page 3 of 5." in said
    assert "1.2 A machine with screws, page 1 of" in said
    assert "There are no further courses here." in flat(small.types("more"))


def test_progress_is_told_in_sentences(small: Learner) -> None:
    small.types("1.1", "page 2", "1", "1", "2", "page 4", "1", "2", "1")
    said = flat(small.types("progress"))
    assert "Due: nothing." in said
    assert "Lessons: 0 of 1 done, 1 begun." in said
    assert "Predictions: 0 of 1 right at first." in said
    assert "Today: 1 minute." in said
    assert "Usual mistakes: sign (update): 1 time." in said


# -- looking up


def test_words_are_looked_up_anywhere(small: Learner) -> None:
    said = flat(small.types("glossary slope", "1.1", "page 3", "1", ":glossary rate", ":gl ste", ":glossary foo", "8"))
    assert said.count("Glossary: slope. Written: df/dx Also called: rate, steepness.") == 2
    assert "How much f changes when x grows a little. Example: At 3 the slope of x^2 is 6. See also: steep." in said
    assert "“foo” is not in the glossary." in said
    assert "Right." in said


def test_all_words_are_told(small: Learner) -> None:
    assert "Words of the glossary: slope, steep. Type glossary with one of them." in flat(small.types("glossary"))


def test_a_course_without_reference_files(tmp_path: Path) -> None:
    (tmp_path / "course.md").write_text("---\ntitle: C\nsection-1: S\n---\n")
    learner = Learner(tmp_path / "home", tmp_path)
    said = flat(learner.types("glossary", "glossary x", "conventions", "search x", "test", "continue", "open 1"))
    assert "“x” is not in the glossary." in said
    assert "This course has no page of conventions." in said
    assert "Nothing was found for “x”." in said
    assert "This course has no self-test." in said


def test_places_are_found_and_opened(small: Learner) -> None:
    said = flat(small.types("1.1", "search downhill", "open 1", "open 7", "search", "search steep", "open 1"))
    assert "1 place found. Type open with the number of one. 1: 1.1 One of each: Questions, page 2." in said
    assert "Heading: Questions" in said
    assert "Type open with a number from 1 to 1." in said
    assert "Type search with the words to look for." in said
    assert "Glossary: steep." in said


def test_conventions_are_told(learner: Learner) -> None:
    said = flat(learner.types("conventions", "conventions momentum", "conventions zebra"))
    assert "Chapters on how things are written: Names;" in said
    assert "Convention: Momentum." in said
    assert "There is no chapter on “zebra”." in said


# -- the whole course

NUMBERS = [head.number for head in load_course(LESSONS).lessons]


@pytest.mark.parametrize("number", NUMBERS)
def test_a_whole_lesson_is_worked_through(learner: Learner, number: str) -> None:
    """Every task of the lesson can be done by lines alone, each of which fits, and then the lesson is done."""
    out = io.StringIO()
    learner.talks(out, Pupil(out, first=number))
    said = out.getvalue()
    assert "all tasks are done: this lesson is done." in flat(said)
    head = next(head for head in load_course(LESSONS).lessons if head.number == number)
    assert ("page", "end", "", "") in learner.kept(f"lesson:{head.id}")
    _is_clear_when_heard(said)


def _is_clear_when_heard(said: str) -> None:
    lines = said.split("\n")
    assert max(map(len, lines)) <= 78
    assert not [line for line in lines if set(line) & set("│─┌┐└┘├┤┬┴┼←→·−²³⁴∂η≈√×₁₂")]
    assert "{{" not in said
    assert "has a fault" not in said
