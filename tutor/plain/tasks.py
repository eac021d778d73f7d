"""From a block of a page to the dialogue about it."""

from typing import Final, assert_never

from tutor.course.blocks.card import Card
from tutor.course.blocks.choice import Choice
from tutor.course.blocks.explain import Explain
from tutor.course.blocks.formula import Formula
from tutor.course.blocks.game import DeskGame, GuessGame
from tutor.course.blocks.lab import LabTask, LabView
from tutor.course.blocks.match import Match
from tutor.course.blocks.order import Order
from tutor.course.blocks.predict import Predict
from tutor.course.blocks.steps import Steps
from tutor.course.exercises.making import make_exercise
from tutor.course.exercises.trying import Settings
from tutor.course.model import Block
from tutor.lab.settings import Lab, LabSettings
from tutor.learner.events import EventMaker
from tutor.plain.arranging import MatchDialogue, OrderDialogue
from tutor.plain.choosing import CardDialogue, ChoiceDialogue, PredictDialogue
from tutor.plain.dialogue import Task
from tutor.plain.markdown import paragraphs
from tutor.plain.sheet import SheetDialogue
from tutor.plain.talk import Talk
from tutor.plain.writing import ExplainDialogue, FormulaDialogue
from tutor.study.exercise_session import ExerciseSession
from tutor.study.filled_pages import Inline
from tutor.study.lesson_sheets import lesson_desk
from tutor.study.reader import Reader
from tutor.study.services import Services
from tutor.study.task_rows import Tasked, has_screen

NAMES: Final = {
    Card: "Card",
    Choice: "Question",
    DeskGame: "Game",
    Explain: "In your words",
    Formula: "Formula",
    GuessGame: "Game",
    LabTask: "Lab task",
    LabView: "Lab",
    Match: "Pairs",
    Order: "Put in order",
    Predict: "Prediction",
    Steps: "Worksheet",
}
"""What a block is called."""


def inline_of(reader: Reader, block: Block) -> Inline | None:
    """Return the exercise of a block of the page, if it is one that is done on the page itself."""
    inlines = (part for part in reader.parts if isinstance(part, Inline))
    return next((part for part in inlines if part.block.id == block.id), None)


async def talk_about(talk: Talk, services: Services, reader: Reader, block: Block, cell: str = "") -> bool:
    """Talk about a block of the page that is read, from a cell on; return whether it was done, not left.

    Raises LessonError, ProblemError or EngineError for a fault.
    """
    inline = inline_of(reader, block)
    if inline is not None:
        task = Task(f"{NAMES[type(block)]}: {block.title}", inline.question, inline.session)
        kind = ChoiceDialogue if isinstance(block, Choice) else CardDialogue
        return await kind(talk, task).run()
    if isinstance(block, Steps):
        return await SheetDialogue(talk, block.title, lesson_desk(services, reader, block, cell)).run()
    if isinstance(block, LabView):
        await _look(talk, services, reader, block)
        return True
    assert has_screen(block)
    return await _exercise(talk, services, reader, block)


async def _exercise(talk: Talk, services: Services, reader: Reader, block: Tasked) -> bool:
    making = reader.pages.making(block)
    maker = EventMaker(reader.pages.activity(block), services.now)
    session = ExerciseSession(make_exercise(block, making), services.store, maker, reader.place_in(block))
    task = Task(f"{NAMES[type(block)]}: {block.title}", reader.pages.question(block.question, block), session)
    match block:
        case Predict():
            return await _predict(talk, reader, block, task)
        case LabTask():
            return await _try(talk, services, reader, block, task)
        case Order():
            return await OrderDialogue(talk, task).run()
        case Match():
            return await MatchDialogue(talk, task).run()
        case Formula():
            return await FormulaDialogue(talk, task).run()
        case Explain():
            return await ExplainDialogue(talk, task).run()
        case GuessGame() | DeskGame():
            from tutor.plain.games import DeskDialogue, GuessDialogue  # noqa: PLC0415 - the lab comes with them

            game = GuessDialogue if isinstance(block, GuessGame) else DeskDialogue
            return await game(talk, task).run()
        case _:
            assert_never(block)


async def _predict(talk: Talk, reader: Reader, block: Predict, task: Task) -> bool:
    # Imported here because NumPy comes with them, and most pages are only read.
    from tutor.course.figures import run_telling, run_views  # noqa: PLC0415
    from tutor.course.runs import make_run, settings_of  # noqa: PLC0415

    making = reader.pages.making(block)
    settings = settings_of(block.plan, making.fault(block.plan.line), making.problem(block))
    made = make_run(settings, block.plan.length, making.derivation_of)
    return await PredictDialogue(talk, task, run_telling(made, run_views(made)[0])).run()


async def _try(talk: Talk, services: Services, reader: Reader, block: LabTask, task: Task) -> bool:
    # Imported here because NumPy comes with them, and most pages are only read.
    from tutor.course.runs import settings_of, with_changes  # noqa: PLC0415
    from tutor.plain.games import TrialDialogue  # noqa: PLC0415
    from tutor.plain.lab import LabDialogue  # noqa: PLC0415

    fault = reader.pages.making(block).fault(block.plan.line)
    base = settings_of(block.plan, fault)

    def changed(settings: Settings) -> LabSettings:
        return with_changes(base, settings, fault)

    async def open_lab(settings: LabSettings) -> None:
        await LabDialogue(talk, services, Lab((settings,), block.title)).run()

    return await TrialDialogue(talk, task, block.goal.text, changed, open_lab).run()


async def _look(talk: Talk, services: Services, reader: Reader, block: LabView) -> None:
    """Talk about a lab that is only looked at, and keep that it was opened."""
    # Imported here because NumPy comes with them, and most pages are only read.
    from tutor.course.runs import settings_of  # noqa: PLC0415
    from tutor.plain.lab import LabDialogue  # noqa: PLC0415

    settings = settings_of(block.plan, reader.pages.making(block).fault(block.plan.line))
    said = "\n".join(paragraphs(reader.pages.question(block.question, block), ascii_only=talk.ascii_only))
    lab = LabDialogue(talk, services, Lab((settings, *block.plan.beside), block.title), said)
    services.store.record(EventMaker(reader.pages.activity(block), services.now).note("page", "opened"))
    await lab.run()
