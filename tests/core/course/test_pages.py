"""From a lesson's Markdown to pages and blocks; a fault is named by file and line."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.course.blocks.steps import Steps
from tutor.course.error import LessonError
from tutor.course.model import Block, Lesson, LessonHead, Page, ProblemText, Prose
from tutor.course.pages import read_pages

FIRST_LINE = 9


@pytest.fixture
def head(tmp_path: Path) -> LessonHead:
    (tmp_path / "five-weights.toml").write_text("")
    (tmp_path / "bowl.toml").write_text("")
    return LessonHead(
        id="two-suspects",
        title="Two suspects",
        section=4,
        order=3,
        needs=(),
        skills=(),
        path=tmp_path / "4-3-two-suspects.md",
        problem=tmp_path / "five-weights.toml",
    )


def read(text: str, head: LessonHead) -> tuple[Page, ...]:
    return read_pages(text.split("\n"), FIRST_LINE, head)


def read_block(body: str, head: LessonHead) -> Block:
    (page,) = read(f"## Your turn\n\n```steps\n{body}\n```\n", head)
    (block,) = page.parts
    assert isinstance(block, Block)
    return block


def fault(text: str, head: LessonHead) -> str:
    with pytest.raises(LessonError) as caught:
        read(text, head)
    return str(caught.value).removeprefix(f"{head.path}:")


def test_a_page_starts_at_each_second_level_heading(head: LessonHead) -> None:
    pages = read("\nOpening.\n\n## One ##\nText.\n\n### Part\nMore.\n## Two\n\nEnd.\n", head)
    assert [(page.title, page.line) for page in pages] == [("Two suspects", 9), ("One", 12), ("Two", 17)]
    assert [page.parts for page in pages] == [
        (Prose("Opening.", 10),),
        (Prose("Text.\n\n### Part\nMore.", 13),),
        (Prose("End.", 19),),
    ]


def test_without_text_before_the_first_heading_it_is_the_first_page(head: LessonHead) -> None:
    assert [page.title for page in read("\n## One\nText.", head)] == ["One"]


def test_a_page_may_have_the_title_of_the_lesson(head: LessonHead) -> None:
    assert [page.title for page in read("## Two suspects\nText.", head)] == ["Two suspects"]


@pytest.mark.parametrize(
    ("fence", "close"),
    [("```", "```"), ("~~~", "~~~"), ("````text", "`````"), ("```python", "  ``` "), ("  ```", "```")],
)
def test_fences_of_code_are_prose_and_hide_what_they_hold(fence: str, close: str, head: LessonHead) -> None:
    text = f"Before.\n{fence}\n## not a page\n\n{{% not ours %}}\n{close}\n\nAfter."
    (page,) = read(text, head)
    assert page.parts == (Prose(text, FIRST_LINE),)


def test_a_longer_fence_holds_a_shorter_one(head: LessonHead) -> None:
    text = "````text\n```steps\n```\n````"
    (page,) = read(text, head)
    assert page.parts == (Prose(text, FIRST_LINE),)


def test_blocks_and_prose_stay_in_order(head: LessonHead) -> None:
    (page,) = read('Before.\n\n```steps\ntitle = "A"\ncells = ["y"]\n```\n\nAfter.\n', head)
    before, block, after = page.parts
    assert before == Prose("Before.", 9)
    assert isinstance(block, Block)
    assert (block.id, block.line) == ("two-suspects/a", 11)
    assert after == Prose("After.", 16)
    lesson = Lesson(head, (page,))
    assert list(lesson.blocks()) == [block]
    assert list(lesson.prose()) == [before, after]


def test_a_steps_block_in_full(head: LessonHead) -> None:
    body = (
        'title = "Question w1!"\nproblem = "bowl.toml"\nintro = " Backwards. "\n'
        'given = ["h1", "dE/dy"]\ncells = ["dy/dh1:direct", "w1@1"]'
    )
    assert read_block(body, head) == Steps(
        id="two-suspects/question-w1",
        title="Question w1!",
        line=11,
        problem=head.path.parent / "bowl.toml",
        cells=("dy/dh1:direct", "w1@1"),
        given=("h1", "dE/dy"),
        intro="Backwards.",
    )


def test_a_steps_block_takes_the_problem_of_its_lesson(head: LessonHead) -> None:
    block = read_block('title = "A"\ncells = ["y"]', head)
    assert isinstance(block, Steps)
    assert (block.problem, block.given, block.intro) == (head.problem, (), "")


@pytest.mark.parametrize(
    ("problem", "line"),
    [
        ("[problem]\ntext = '''\nf = 1\n'''", 16),
        ("[problem]\n\ntext = '''f = 1\n'''", 16),
        ('problem.text = """\nf = 1\n"""', 15),
        ("problem = { text = '''\nf = 1\n''' }", 15),
        ('problem = { text = "f = 1\\n" }', 14),
    ],
)
def test_a_problem_inside_the_lesson_keeps_its_lines(problem: str, line: int, head: LessonHead) -> None:
    block = read_block(f'title = "A"\ncells = ["f"]\n{problem}', head)
    assert isinstance(block, Steps)
    assert block.problem == ProblemText("\n" * (line - 1) + "f = 1\n", str(head.path))


KINDS = "card, choice, explain, figure, formula, game, lab, match, math, order, predict, python, steps, text, toml"
STEPS_KEYS = "Known here: cells, faulty, given, intro, long-numbers, problem, title, vary."
ONE_PAIR = 'Write one key = value in a line, text between " and "'
NO_FILE = "Write its path as seen from the folder of this lesson."


@pytest.mark.parametrize(
    ("body", "line", "message"),
    [
        ('cells = ["y"]', 11, 'a steps block needs a title. Add a line title = "…"'),
        ('title = ""\ncells = ["y"]', 12, 'title must be text. Write title = "…"'),
        ('cells = ["y"]\ntitle = 3', 13, 'title must be text. Write title = "…"'),
        ('title = "A"', 11, 'a steps block asks for at least one cell. Write cells = ["h1", "y"]'),
        ('title = "A"\ncells = "y"', 13, 'cells must be a list of names. Write cells = ["h1", "y"]'),
        ('title = "A"\ncells = ["y", 3]', 13, 'cells must be a list of names. Write cells = ["h1", "y"]'),
        ('title = "A"\ncells = ["y", ""]', 13, 'cells must be a list of names. Write cells = ["h1", "y"]'),
        ('title = "A"\ncells = ["y", "y"]', 13, "y stands twice in cells. Keep one of them."),
        (
            'title = "A"\ncells = ["dE / dy"]',
            13,
            "“dE / dy” is not a cell: they are written without spaces, as dE/dw1@1.",
        ),
        (
            'title = "A"\ncells = ["y"]\ngiven = ["h 1"]',
            14,
            "“h 1” is not a cell: they are written without spaces, as dE/dw1@1.",
        ),
        (
            'title = "A"\ncells = ["y"]\ngiven = ["h1", "y"]',
            14,
            "y is both asked and given. Take it out of cells or of given.",
        ),
        ('title = "A"\ncells = ["y"]\nintro = 1', 14, 'intro must be text. Write intro = "…"'),
        ('title = "A"\ncels = ["y"]', 13, "a steps block has no key cels. Did you mean cells?"),
        ('title = "A"\ncells = ["y"]\nweight = 3', 14, f"a steps block has no key weight. {STEPS_KEYS}"),
        ('title = "A"\ncells = ["y"]\nproblem = "bow.toml"', 14, f"there is no file bow.toml. {NO_FILE}"),
        ('title = "A"\ncells = ["y"]\nproblem = 3', 14, 'problem must be text. Write problem = "…"'),
        (
            'title = "A"\ncells = ["y"]\n[problem]\nsteps = 3',
            14,
            "a problem inside a lesson is one text. Write [problem], then text = ''' … '''",
        ),
        (
            'title = "A"\ncells = ["y"]\n[problem]\ntext = 3',
            14,
            "a problem inside a lesson is one text. Write [problem], then text = ''' … '''",
        ),
        (
            'title = "A"\ncells = [y]',
            13,
            f"this steps block is not TOML: Invalid value. {ONE_PAIR}",
        ),
        (
            'title = "A"\ncells = ["y"',
            13,
            f"this steps block is not TOML: Unclosed array. {ONE_PAIR}",
        ),
    ],
)
def test_faults_of_a_steps_block(body: str, line: int, message: str, head: LessonHead) -> None:
    assert fault(f"## Your turn\n\n```steps\n{body}\n```\n", head) == f"{line}: {message}"


def test_a_block_needs_a_problem_from_somewhere(head: LessonHead) -> None:
    alone = LessonHead("a", "A", 4, 3, (), (), head.path, None)
    message = 'this block has no problem. Add a line problem = "five-weights.toml"'
    assert fault('```steps\ntitle = "A"\ncells = ["y"]\n```', alone) == f"9: {message}"


@pytest.mark.parametrize(
    ("kind", "advice"),
    [
        ("step", "Did you mean steps?"),
        ("quiz", f"Known here: {KINDS}."),
    ],
)
def test_an_unknown_kind_of_block(kind: str, advice: str, head: LessonHead) -> None:
    expected = f"11: there is no block of the kind “{kind}”. {advice}"
    assert fault(f"Text.\n\n```{kind}\n```", head) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "9: the lesson has no page. Write text below the front matter."),
        ("\n\n  \n", "9: the lesson has no page. Write text below the front matter."),
        (
            "A.\n## One\n\n## Two\nText.",
            "10: the page “One” is empty. Write text below its heading, or remove the heading.",
        ),
        (
            "A.\n## Two suspects",
            "10: the page “Two suspects” is empty. Write text below its heading, or remove the heading.",
        ),
        (
            "\n# Title\n",
            "10: the lesson's title comes from the front matter. Start a page with ## and a title instead.",
        ),
        ("##\nText.", "9: this page has no title. Write one after ##"),
        ("A.\n~~~~text\nB.\n~~~", "10: this fence does not end. Close it with a line ~~~~"),
    ],
)
def test_faults_of_pages(text: str, message: str, head: LessonHead) -> None:
    assert fault(text, head) == message


plain_lines = st.text(st.characters(codec="utf-8", exclude_characters="\n\r#`~"), max_size=12)


@given(st.lists(plain_lines, max_size=8), st.lists(st.tuples(plain_lines, plain_lines), max_size=4))
def test_no_line_of_prose_is_lost_and_each_keeps_its_number(opening: list[str], pages: list[tuple[str, str]]) -> None:
    alone = LessonHead("a", "A", 4, 3, (), (), Path("a.md"), None)
    lines = ["x", *opening]
    for title, text in pages:
        lines += [f"## t{title}", text, "y"]
    found = read_pages(lines, 1, alone)
    assert len(found) == len(pages) + 1
    seen: dict[int, str] = {}
    for page in found:
        for part in page.parts:
            assert isinstance(part, Prose)
            seen.update(enumerate(part.markdown.split("\n"), start=part.line))
    expected = {i: line for i, line in enumerate(lines, start=1) if line.strip() and not line.startswith("## t")}
    assert {i: line for i, line in seen.items() if line.strip()} == expected
