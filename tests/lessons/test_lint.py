"""The linter: the shipped lessons and the samples are without fault, and whatever is broken is named, all at once."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from tutor.course.lint.run import Linted, Linter
from tutor.mathematics.derivation import derive
from tutor.study.derivations import Derivations
from tutor.tui.pages.lint import look_at_pages

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "tests" / "samples"

OUTLINE = "---\ntitle: A course\nsection-1: One\n---\n"
HEAD = """---
id: {id}
title: A lesson
section: 1
needs: [{needs}]
skills: [{skills}]
problem: line.toml
---

"""
PROBLEM = """
[given]
x = 3
t = 10
[parameters]
w = 2
b = 1
[steps]
y = "w*x + b"
E = "(t - y)^2"
[update]
rule = "sgd"
eta = 0.01
steps = 2
"""
STEPS = '```steps\ntitle = "Sheet"\ncells = ["y", "E"]\n```\n'


def lint(folder: Path, seeds: int = 20) -> Linted:
    derivation_of = Derivations(derive)
    return Linter(derivation_of, partial(look_at_pages, derivation_of=derivation_of), seeds).lint([folder])


def write(folder: Path, body: str, *, skills: str = "a", needs: str = "", name: str = "1-1-a") -> Path:
    (folder / "course.md").write_text(OUTLINE, encoding="utf-8")
    (folder / "line.toml").write_text(PROBLEM, encoding="utf-8")
    lesson = folder / f"{name}.md"
    head = HEAD.format(id=name[4:], needs=needs, skills=skills)
    lesson.write_text(head + body, encoding="utf-8")
    return lesson


def faults(folder: Path, body: str, **more: str) -> list[str]:
    lesson = write(folder, body, **more)
    return [str(fault).removeprefix(f"{lesson}:") for fault in lint(folder).sorted_faults]


@pytest.mark.parametrize("folder", [ROOT / "lessons", SAMPLES], ids=["shipped", "samples"])
def test_these_lessons_are_without_fault(folder: Path) -> None:
    linted = lint(folder, seeds=200)
    assert not linted.sorted_faults
    assert linted.lessons
    assert linted.summary.endswith(": no fault.")


def options(*options: tuple[str, str]) -> str:
    tables = "\n".join(f'[[option]]\ntext = "{text}"\nfeedback = "why"\n{more}' for text, more in options)
    return f'```choice\ntitle = "Q"\nquestion = "?"\n{tables}\n```\n'


RIGHT, WRONG = "right = true", ""
PREDICT = """```predict
title = "P"
question = "?"
function = "x^2"
start = "x = 3"
[[option]]
text = "a"
when = "{a}"
feedback = "."
[[option]]
text = "b"
when = "{b}"
feedback = "."
[[option]]
text = "c"
when = "diverges"
feedback = "."
```
"""
LAB = """```lab
title = "L"
question = "?"
preset = "parabola"
length = 15
goal = "loss < 0.001 within 15 steps"
may = ["eta"]
[set]
eta = {start}
[solution]
eta = {solution}
```
"""


LONG = """```steps
title = "S"
cells = ["y"]
[problem]
text = '''
[given]
x = 1.23456789
[parameters]
w = 1
[steps]
y = "w*x"
'''
```
"""
ORDER = """```order
title = "O"
question = "?"
lines = ["a", "b", "c"]
[[before]]
first = 2
then = 1
why = "."
```
"""
SURFACE = '```figure\ntitle = "F"\nshow = "surface"\nfunction = "x^2"\nstart = "x = 3"\n```\n'


@pytest.mark.parametrize(
    ("body", "line", "message"),
    [
        (STEPS.replace('"E"', '"Q"'), 10, "Q"),
        (STEPS.replace("steps\n", "stepps\n", 1), 10, "Did you mean steps?"),
        (options(("a", RIGHT), ("b", WRONG)), 13, "every second guess"),
        (options(("a", RIGHT), ("b", WRONG), ("A", WRONG)), 10, "say the same"),
        (options(("0.5", RIGHT), ("1", WRONG), ("1/2", WRONG)), 10, "say the same"),
        (options(("`2x`", RIGHT), ("`x²`", WRONG), ("`x + x`", WRONG)), 10, "say the same"),
        (options(("{{y}}", RIGHT), ("7", WRONG), ("8", WRONG)), 10, "say the same"),
        (options(("a", WRONG), ("b", WRONG), ("c", WRONG)), 13, "no option is right"),
        (options(("a", RIGHT), ("b", RIGHT), ("c", WRONG)), 13, "several = true"),
        (options(("a", RIGHT), ("b", WRONG), ("{{Q}}", WRONG)), 22, "Q"),
        (PREDICT.format(a="loss < 9", b="loss > 0"), 10, "2 of the options come true"),
        (PREDICT.format(a="loss < 0", b="loss > 9"), 10, "none of the options"),
        (PREDICT.format(a="speed < 9", b="loss > 9"), 17, "this run has no speed"),
        (PREDICT.format(a="loss <", b="loss > 9"), 17, "put spaces around every sign"),
        (PREDICT.format(a="loss@11 < 1", b="loss > 9"), 17, "looks further than the 10 steps"),
        (LAB.format(start=0.4, solution=0.4), 10, "reached before anything is changed"),
        (LAB.format(start=0.01, solution=0.02), 10, "does not reach the goal"),
        (LAB.format(start=0.01, solution=0.4).replace('may = ["eta"]', 'may = ["rule"]'), 19, "may not be changed"),
        ('```formula\ntitle = "F"\nquestion = "?"\nexpected = "2*("\n```\n', 10, "does not pass its own check"),
        ('```formula\ntitle = "F"\nquestion = "?"\ncell = "dE/dq"\n```\n', 10, "q"),
        ('```order\ntitle = "O"\nquestion = "?"\nlines = ["a", "b"]\n```\n', 13, "Write at least 3"),
        (ORDER, 15, "the other way round"),
        (
            '```game\ntitle = "G"\nplay = "guess-the-number"\nquestion = "?"\nsteps = [10]\n```\n',
            10,
            "some numbers cannot be reached",
        ),
        (
            '```game\ntitle = "G"\nplay = "guess-the-number"\nquestion = "?"\nshares = [2]\n```\n',
            10,
            "no share leads to the number",
        ),
        (
            '```figure\ntitle = "F"\nshow = "surface"\nfunction = "x^2"\nstart = "x = 3"\n```\n' + STEPS,
            10,
            "no surface",
        ),
        (
            '```figure\ntitle = "F"\nshow = "table"\nquantities = ["q"]\n```\n' + STEPS,
            10,
            "this run has no q",
        ),
        (LONG, 10, "y has 9 digits, and 7 are enough"),
        (
            '```steps\ntitle = "S"\ncells = ["dE/dw"]\n[faulty]\n"dE/dw" = "softmax.temperature"\n```\n',
            10,
            "has nothing to do with that cell",
        ),
        ("See [there](../nowhere.md).\n\n" + STEPS, 10, "leads nowhere"),
        ("```math\ny = (w\n```\n\n" + STEPS, 11, "cannot be set"),
        ("word\n\n" * 12 + STEPS, 9, "rows too long in Unicode"),
        (ORDER.replace("then = 1", "then = 3").replace('why = "."', f'why = "{"word " * 250}"'), 10, "rows too long"),
        ("Only text.\n", 1, "there is no task"),
        ("{{q}}\n\n" + STEPS, 10, "q"),
    ],
)
def test_what_is_broken_is_named_in_its_line(body: str, line: int, message: str, tmp_path: Path) -> None:
    found = faults(tmp_path, body)
    assert any(fault.startswith(f"{line}: ") and message in fault for fault in found), found


def test_drawn_numbers_are_tried_with_many_seeds(tmp_path: Path) -> None:
    body = (
        '```choice\ntitle = "Q"\nquestion = "?"\ncell = "dE/dw"\n[vary]\nt = "1..9"\n'
        '[[option]]\nright = true\nfeedback = "."\n'
        '[[option]]\nmisconception = "gradient.negative-gradient"\n'
        '[[option]]\nmisconception = "links.last-link-missing"\n```\n'
    )
    write(tmp_path, body)
    assert any("gives the right value there" in fault.message for fault in lint(tmp_path, 200).sorted_faults)
    write(tmp_path, body.replace('"1..9"', '"20..40"'))
    assert not lint(tmp_path, 200).sorted_faults


def test_needs_ids_and_places_are_looked_at_together(tmp_path: Path) -> None:
    write(tmp_path, STEPS, needs="b, nobody")
    other = write(tmp_path, STEPS, needs="a", name="1-2-b")
    (tmp_path / "1-3-b.md").write_text(other.read_text(encoding="utf-8"), encoding="utf-8")
    text = "\n".join(map(str, lint(tmp_path).sorted_faults))
    assert "1-1-a.md:5: b is needed here and comes no earlier" in text
    assert "1-1-a.md:5: there is no lesson nobody." in text
    assert "1-3-b.md:1: b is already taken by 1-2-b.md" in text


def test_all_faults_of_a_run_are_told_in_order(tmp_path: Path) -> None:
    broken = STEPS.replace('"E"', '"Q"') + "\n## Two\n\n" + STEPS.replace("Sheet", "Two").replace("cells", "sells")
    write(tmp_path, broken)
    (tmp_path / "broken.toml").write_text("[steps]\ny = 'q'\n", encoding="utf-8")
    linted = lint(tmp_path)
    places = [(Path(fault.path).name, fault.line) for fault in linted.sorted_faults]
    assert places == [("1-1-a.md", 10), ("1-1-a.md", 19), ("broken.toml", 2)]
    assert linted.summary.endswith("3 faults.")


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    call = [sys.executable, "-m", "tutor.cli", "lint", *arguments]
    return subprocess.run(call, capture_output=True, text=True, check=False, env=environment, cwd=ROOT)


def test_the_command_says_how_it_went(tmp_path: Path) -> None:
    done = command("lessons/1-learning")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("no fault.\n")
    write(tmp_path, STEPS.replace('"E"', '"Q"'))
    done = command(str(tmp_path))
    assert done.returncode == 1
    assert f"{tmp_path}/1-1-a.md:10: " in done.stderr
    assert done.stdout == "1 lesson, 1 block, 1 problem file: 1 fault.\n"
    done = command(str(tmp_path / "nothing-here"))
    assert done.returncode == 1
    assert "nothing-here" in done.stderr


def test_a_lone_file_is_linted(tmp_path: Path) -> None:
    lesson = write(tmp_path, STEPS)
    assert command(str(lesson), str(tmp_path / "line.toml"), str(tmp_path / "course.md")).returncode == 0
