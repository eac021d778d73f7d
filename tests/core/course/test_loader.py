"""Finding lessons: their order, their heads without their pages, and the faults of a course as a whole."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import tutor
from tutor.course.error import LessonError
from tutor.course.loader import lessons_folder, load_course, load_head, load_lesson

OUTLINE = "---\ntitle: A course\nsection-1: First\nsection-2: Second\n---\nText.\n"


def write_lesson(folder: Path, name: str, text: str = "Text.\n", **changes: str) -> Path:
    """Write a lesson that is right except for the changes; a change to "" leaves the key out."""
    place = name.rpartition("/")[2].removesuffix(".md")
    keys = {
        "id": place.split("-", 2)[-1].lower(),
        "title": place,
        "section": place[0],
        "needs": "[]",
        "skills": "[]",
    } | changes
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    rows = (f"{key}: {value}" for key, value in keys.items() if value)
    path.write_text("\n".join(["---", *rows, "---", text]), encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "course.md").write_text(OUTLINE)
    return tmp_path


def fault(folder: Path) -> str:
    with pytest.raises(LessonError) as caught:
        load_course(folder)
    return str(caught.value).removeprefix(f"{folder}/")


def test_lessons_come_in_the_order_of_the_numbers_in_their_names(folder: Path) -> None:
    for name in ("2-b/2-10-j.md", "2-b/2-2-i.md", "1-1-a.md", "1-a/1-2-b.md"):
        write_lesson(folder, name)
    (folder / "README.md").write_text("no lesson")
    (folder / "2-b" / "README.md").write_text("no lesson")
    (folder / ".hidden").mkdir()
    (folder / ".hidden" / "notes.md").write_text("no lesson")
    course = load_course(folder)
    assert course.title == "A course"
    assert [(section.number, section.title) for section in course.sections] == [(1, "First"), (2, "Second")]
    assert [[head.id for head in section.lessons] for section in course.sections] == [["a", "b"], ["i", "j"]]
    assert [head.number for head in course.lessons] == ["1.1", "1.2", "2.2", "2.10"]


def test_a_head_in_full(folder: Path) -> None:
    (folder / "bowl.toml").write_text("")
    path = write_lesson(folder, "2-3-step.md", title="A – step", needs="[a, b-2]", skills="[c]", problem="bowl.toml")
    head = load_head(path)
    assert (head.id, head.title, head.section, head.order) == ("step", "A – step", 2, 3)
    assert (head.needs, head.skills, head.path) == (("a", "b-2"), ("c",), path)
    assert head.problem == folder / "bowl.toml"


def test_a_section_may_be_empty(folder: Path) -> None:
    assert [section.lessons for section in load_course(folder).sections] == [(), ()]


def test_a_lesson_is_read_from_below_its_front_matter(folder: Path) -> None:
    path = write_lesson(folder, "1-1-a.md", "\nOpening.\r\n\r\n## Two\r\n\r\nEnd.\r\n")
    lesson = load_lesson(load_head(path))
    assert lesson.head.path == path
    assert [(page.title, page.line) for page in lesson.pages] == [("1-1-a", 8), ("Two", 11)]


def test_a_byte_order_mark_is_no_fault(folder: Path) -> None:
    path = write_lesson(folder, "1-1-a.md")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert load_head(path).id == "a"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"id": ""}, "1: the front matter has no id. Add a line id: …"),
        ({"title": ""}, "1: the front matter has no title. Add a line title: …"),
        ({"section": ""}, "1: the front matter has no section. Add a line section: …"),
        ({"needs": ""}, "1: the front matter has no needs. Add a line needs: …"),
        ({"skills": ""}, "1: the front matter has no skills. Add a line skills: …"),
        ({"skils": "[]"}, "7: the key skils is not known. Did you mean skills?"),
        (
            {"section": "2"},
            "4: the file's name says section 1. Write that, or rename the file.",
        ),
        (
            {"id": "Two suspects"},
            "2: “Two suspects” is not an id. Write lower-case letters and digits joined by hyphens.",
        ),
        (
            {"needs": "[a, b_c]"},
            "5: “b_c” is not an id. Write lower-case letters and digits joined by hyphens.",
        ),
        (
            {"skills": "[-a]"},
            "6: “-a” is not an id. Write lower-case letters and digits joined by hyphens.",
        ),
        (
            {"problem": "bow.toml"},
            "7: there is no file bow.toml. Write its path as seen from the folder of this lesson.",
        ),
    ],
)
def test_faults_of_a_head(changes: dict[str, str], message: str, folder: Path) -> None:
    write_lesson(folder, "1-1-a.md", **changes)
    assert fault(folder) == f"1-1-a.md:{message}"


@pytest.mark.parametrize("name", ["notes.md", "1-lesson.md", "0-1-a.md", "1-1-Big.md"])
def test_a_name_that_does_not_say_a_place(name: str, folder: Path) -> None:
    write_lesson(folder, name)
    message = "the file's name does not say its place. Name it like 4-3-two-suspects.md"
    assert fault(folder) == f"{name}:1: {message}"


def test_two_lessons_with_one_id(folder: Path) -> None:
    write_lesson(folder, "1-1-a.md")
    write_lesson(folder, "2-1-b.md", id="a")
    assert fault(folder) == "2-1-b.md:1: a is already taken by 1-1-a.md. Choose another one."


def test_two_lessons_in_one_place(folder: Path) -> None:
    write_lesson(folder, "1-1-a.md")
    write_lesson(folder, "one/1-1-b.md")
    assert fault(folder) == "one/1-1-b.md:1: 1.1 is already taken by 1-1-a.md. Choose another one."


def test_a_section_that_the_course_does_not_have(folder: Path) -> None:
    write_lesson(folder, "3-1-c.md")
    message = "there is no section 3: course.md names 2. Add section-3: … there."
    assert fault(folder) == f"3-1-c.md:1: {message}"


@pytest.mark.parametrize(
    ("outline", "message"),
    [
        ("section-1: A", "1: the front matter has no title. Add a line title: …"),
        ("title: A", "1: the front matter has no section-1. Add a line section-1: …"),
        ("title: A\nsection-2: B", "3: the key section-2 is not known. Did you mean section-1?"),
        (
            "title: A\nsection-1: B\nauthor: C",
            "4: the key author is not known. Known here: section-1, title.",
        ),
    ],
)
def test_faults_of_the_outline(outline: str, message: str, folder: Path) -> None:
    (folder / "course.md").write_text(f"---\n{outline}\n---\n")
    assert fault(folder) == f"course.md:{message}"


def test_a_folder_without_an_outline(tmp_path: Path) -> None:
    expected = "course.md:1: this file cannot be read: No such file or directory."
    assert fault(tmp_path) == expected


def test_text_that_is_not_utf_8(folder: Path) -> None:
    path = write_lesson(folder, "1-1-a.md")
    path.write_bytes(path.read_bytes() + "ü".encode("latin-1"))
    expected = f"{path}:9: this line is not UTF-8 text. Save the file as UTF-8."
    with pytest.raises(LessonError) as caught:
        load_head(path)
    assert str(caught.value) == expected


def test_two_blocks_of_one_title(folder: Path) -> None:
    (folder / "p.toml").write_text("")
    block = '```steps\ntitle = "Your turn"\ncells = ["y"]\n```\n'
    path = write_lesson(folder, "1-1-a.md", f"{block}\n{block}", problem="p.toml")
    message = "two blocks of this lesson are called “Your turn”. Give each a title of its own."
    with pytest.raises(LessonError) as caught:
        load_lesson(load_head(path))
    assert str(caught.value) == f"{path}:14: {message}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("One.\n\n{{y}}", "10: this number belongs to no problem. Add problem: … to the front matter."),
        (
            "{{p.toml: y}}",
            "8: there is no file p.toml. Write its path as seen from the folder of this lesson.",
        ),
        ("{{y", "8: {{ has no partner in this line. Write a number of the problem as {{E@1}}."),
    ],
)
def test_numbers_in_prose_are_checked_when_a_lesson_is_read(text: str, message: str, folder: Path) -> None:
    path = write_lesson(folder, "1-1-a.md", text)
    with pytest.raises(LessonError) as caught:
        load_lesson(load_head(path))
    assert str(caught.value) == f"{path}:{message}"


def test_the_lessons_stand_in_the_package_or_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "site" / "tutor"
    (package / "course").mkdir(parents=True)
    monkeypatch.setattr(tutor, "__file__", str(package / "__init__.py"))
    with pytest.raises(FileNotFoundError, match="install gdtutor again"):
        lessons_folder()
    beside = tmp_path / "site" / "lessons"
    beside.mkdir()
    (beside / "course.md").write_text(OUTLINE)
    assert lessons_folder() == beside
    shutil.copytree(beside, package / "lessons")
    assert lessons_folder() == package / "lessons"


def test_the_map_of_the_course_needs_no_toml_and_no_mathematics() -> None:
    code = (
        "import sys; from tutor.course.loader import *; load_course(lessons_folder());"
        "print({'tomllib', 'sympy', 'numpy', 'yaml', 'textual', 'markdown_it'} & set(sys.modules))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "set()"
