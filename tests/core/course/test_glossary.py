"""The glossary: its file is read entry by entry, faults name their line, and terms are found on a page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tutor.course.chapters import read_reference, slug
from tutor.course.conventions import load_conventions
from tutor.course.error import LessonError
from tutor.course.glossary import Glossary, load_glossary, read_glossary

LESSONS = Path(__file__).parents[3] / "lessons"
GUIDE = (LESSONS / "README.md").read_text(encoding="utf-8")

ENTRIES = """# Glossary

For readers of the file.

## learning rate

Symbol: `η`

Also: step size factor, lr

A factor.

A second paragraph.

Example: 0.1, or
0.01.

See also: [bias](#bias), [mini-batch](#mini-batch)

## bias

Added.

## mini-batch

Some examples.
"""


def faults_of(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "glossary.md"
    path.write_text(text, encoding="utf-8")
    found: list[LessonError] = []
    try:
        read_glossary(path, found.append)
    except LessonError as error:
        found.append(error)
    return [f"{error.line}: {error.message}" for error in found]


def glossary_of(tmp_path: Path, text: str = ENTRIES) -> Glossary:
    (tmp_path / "glossary.md").write_text(text, encoding="utf-8")
    return load_glossary(tmp_path)


def test_an_entry_has_its_parts(tmp_path: Path) -> None:
    rate, bias, _ = glossary_of(tmp_path).entries
    assert (rate.id, rate.term, rate.symbol, rate.line) == ("learning-rate", "learning rate", "η", 5)
    assert rate.names == ("learning rate", "step size factor", "lr")
    assert rate.text == "A factor.\n\nA second paragraph."
    assert rate.example == "0.1, or\n0.01."
    assert rate.see == ("bias", "mini-batch")
    assert (bias.symbol, bias.also, bias.example, bias.see) == ("", (), "", ())


def test_a_course_without_a_glossary_has_an_empty_one(tmp_path: Path) -> None:
    assert load_glossary(tmp_path).entries == ()
    assert load_conventions(tmp_path) is None


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("# Glossary\n", "", 1, "needs one title"),
        ("## bias", "# bias", 20, "needs one title"),
        ("## bias\n\nAdded.\n", "## bias\n", 20, "this chapter is empty"),
        ("## bias", "## learning rate", 20, "two chapters “learning rate”"),
        ("## bias", "## Learning rate", 20, "same id as “learning rate”"),
        ("#bias)", "#bios)", 5, "leads to #bios, which is no other entry. Did you mean bias?"),
        ("#bias)", "#learning-rate)", 5, "leads to #learning-rate, which is no other entry"),
        ("[bias](#bias)", "bias", 18, "links to other entries alone"),
        ("A factor.\n\nA second paragraph.\n\n", "", 5, "is not explained"),
        ("Added.", "Added.\n\nSymbol: `b`", 24, "out of order"),
        ("Added.", "Example: one\n\nAdded.", 24, "out of order"),
        ("Added.", "Also:\n\nAdded.", 22, "is empty"),
        ("Symbol: `η`\n\nAlso", "Also: x\n\nAlso", 9, "out of order"),
    ],
)
def test_a_fault_names_its_line_and_what_to_write(tmp_path: Path, old: str, new: str, line: int, said: str) -> None:
    assert old in ENTRIES
    found = faults_of(tmp_path, ENTRIES.replace(old, new, 1))
    assert any(fault.startswith(f"{line}: ") and said in fault for fault in found), found


def test_a_file_that_is_empty_says_what_it_needs(tmp_path: Path) -> None:
    assert "needs one title" in faults_of(tmp_path, "")[0]
    assert "nothing stands below" in faults_of(tmp_path, "# Glossary\n\nText.\n")[0]


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    text = ENTRIES.replace("#mini-batch)", "#maxi)").replace("Added.", "Also:\n\nAdded.")
    assert len(faults_of(tmp_path, text)) == 3  # an empty part, and two links: bias could not be read


def test_headings_in_fences_are_text(tmp_path: Path) -> None:
    path = tmp_path / "conventions.md"
    path.write_text("# C\n\n## A\n\n```text\n## not one\n```\n\n## B\n\n~~~~\n```\n# no\n~~~\n~~~~\n", encoding="utf-8")
    chapters = read_reference(path).chapters
    assert [(chapter.title, chapter.line, chapter.first_line) for chapter in chapters] == [("A", 3, 5), ("B", 9, 11)]
    assert chapters[0].markdown == "```text\n## not one\n```"


def test_terms_are_found_on_a_page_in_the_order_in_which_they_stand(tmp_path: Path) -> None:
    glossary = glossary_of(tmp_path)

    def found(text: str) -> list[str]:
        return [entry.id for entry in glossary.standing_in(text)]

    assert found("Two biases and many LEARNING\nrates.") == ["bias", "learning-rate"]
    assert found("A mini-batch; its lr.") == ["mini-batch", "learning-rate"]
    assert found("Biased, unbias, learning the rate, mini and batch") == []
    assert found("") == []


def test_slugs_are_those_of_code_hosts() -> None:
    assert slug("RMSprop, Adam & AdamW (new)") == "rmsprop-adam--adamw-new"
    assert slug("learning-rate schedule") == "learning-rate-schedule"
    assert slug("zero_grad") == "zero_grad"


def test_the_shipped_files_are_whole() -> None:
    glossary = load_glossary(LESSONS)
    assert len(glossary.entries) >= 120
    terms = [entry.term.lower() for entry in glossary.entries]
    assert terms == sorted(terms)
    conventions = load_conventions(LESSONS)
    assert conventions is not None
    text = "\n".join(chapter.markdown for chapter in conventions.chapters)
    for said in ("`E = (y − t)²`", "natural logarithm", "taken as 0", "v ← β·v + g", "1 − β1^t", "534", "178"):
        assert said in text


def test_every_example_of_the_glossary_that_is_a_sum_is_right() -> None:
    """Calculations that stand with their result, such as `0.9·6 + 4.8 = 10.2`, are worked out again."""
    checked = 0
    for entry in load_glossary(LESSONS).entries:
        for left, right in re.findall(r"`([\d.()·+−/^ ]+) = ([\d.−]+)`", entry.example + entry.text):
            python = left.replace("·", "*").replace("−", "-").replace("^", "**")
            value = eval(python, {"__builtins__": {}})  # a test of our own text
            assert abs(value - float(right.replace("−", "-"))) < 1e-9, (entry.term, left)
            checked += 1
    assert checked >= 10


def test_the_glossary_of_the_guide_is_without_fault(tmp_path: Path) -> None:
    (text,) = re.findall(r"^````text\n(# Glossary\n.*?)^````$", GUIDE, re.MULTILINE | re.DOTALL)
    assert not faults_of(tmp_path, text)
