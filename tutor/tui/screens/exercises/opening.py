"""Which block leads to which screen."""

from collections.abc import Awaitable, Callable
from typing import Any

from textual.app import App

from tutor.course.blocks.explain import Explain
from tutor.course.blocks.formula import Formula
from tutor.course.blocks.game import DeskGame, GuessGame
from tutor.course.blocks.lab import LabTask, LabView
from tutor.course.blocks.match import Match
from tutor.course.blocks.order import Order
from tutor.course.blocks.predict import Predict
from tutor.course.exercises.making import make_exercise
from tutor.course.figures import run_drawing, run_views
from tutor.course.runs import make_run, settings_of, with_changes
from tutor.draw.prose import prose
from tutor.draw.text import plain
from tutor.lab.settings import Lab, LabSettings
from tutor.learner.events import EventMaker
from tutor.study.exercise_session import ExerciseSession
from tutor.study.reader import Reader
from tutor.study.services import Services
from tutor.study.task_rows import PICTURE_ROWS, Tasked
from tutor.tui.lab.opening import open_lab
from tutor.tui.screens.base import TutorScreen
from tutor.tui.screens.exercises.base import Task
from tutor.tui.screens.exercises.desk import DeskScreen
from tutor.tui.screens.exercises.explain import ExplainScreen
from tutor.tui.screens.exercises.formula import FormulaScreen
from tutor.tui.screens.exercises.guess import GuessScreen
from tutor.tui.screens.exercises.match import MatchScreen
from tutor.tui.screens.exercises.order import OrderScreen
from tutor.tui.screens.exercises.predict import PredictScreen
from tutor.tui.screens.exercises.trial import Trial, TrialScreen

_ONE_LINE = 1000
"""Columns in which a question has room in one line."""

Finish = Callable[[], Awaitable[None]]


def exercise_screen(
    app: App[Any], services: Services, reader: Reader, block: Tasked, finish: Finish
) -> Callable[[], TutorScreen]:
    """Return what makes the screen of an exercise on the page that is read; this may take a second.

    Raises LessonError, ProblemError or EngineError for a fault.
    """
    making = reader.pages.making(block)
    maker = EventMaker(reader.pages.activity(block), services.now)
    session = ExerciseSession(make_exercise(block, making), services.store, maker, reader.place_in(block))
    title = f"{reader.title} · {block.title}"
    task = Task(services.terminal, title, reader.pages.question(block.question, block), session, finish)
    match block:
        case Predict():
            fault = making.fault(block.plan.line)
            settings = settings_of(block.plan, fault, making.problem(block))
            made = make_run(settings, block.plan.length, making.derivation_of)
            draw = run_drawing(made, run_views(made)[0], PICTURE_ROWS)
            return lambda: PredictScreen(task, draw)
        case LabTask():
            trial = _trial(app, services, reader, block)
            return lambda: TrialScreen(task, trial)
        case Order():
            return lambda: OrderScreen(task)
        case Match():
            return lambda: MatchScreen(task)
        case Formula():
            return lambda: FormulaScreen(task)
        case Explain():
            return lambda: ExplainScreen(task)
        case GuessGame():
            return lambda: GuessScreen(task)
        case DeskGame():
            return lambda: DeskScreen(task)


async def open_view(app: App[Any], services: Services, reader: Reader, block: LabView) -> None:
    """Show a lab that is only looked at, and keep that it was. Raises ProblemError and LessonError for a fault."""
    settings = settings_of(block.plan, reader.pages.making(block).fault(block.plan.line))
    services.store.record(EventMaker(reader.pages.activity(block), services.now).note("page", "opened"))
    question = prose(reader.pages.question(block.question, block), _ONE_LINE, services.terminal.glyphs)
    said = " ".join(plain(line).strip() for line in question)
    await open_lab(app, services, Lab((settings, *block.plan.beside), block.title), said)


def _trial(app: App[Any], services: Services, reader: Reader, block: LabTask) -> Trial:
    making = reader.pages.making(block)
    fault = making.fault(block.plan.line)
    base = settings_of(block.plan, fault)

    def run(changes: tuple[tuple[str, str], ...]) -> Callable[..., Any]:
        made = make_run(with_changes(base, changes, fault), block.plan.length, making.derivation_of)
        return run_drawing(made, "loss", PICTURE_ROWS)

    async def show(settings: LabSettings) -> None:
        await open_lab(app, services, Lab((settings,), block.title))

    return Trial(lambda changes: with_changes(base, changes, fault), run, show, block.goal.text)
