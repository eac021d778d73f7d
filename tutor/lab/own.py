"""Labs of what a learner brings along: a function, a problem file, a CSV file, points typed by hand."""

from __future__ import annotations

from pathlib import Path

from tutor.digest import digest_of
from tutor.engine.settings import NetworkSettings, OptimizerSettings, TrainingSettings
from tutor.lab.functions import function_subject
from tutor.lab.settings import FileSubject, Lab, LabSettings, PointsSubject, ProblemSubject
from tutor.mathematics.problem import load_problem


def function_lab(formula: str, start: str) -> Lab:
    """Return the lab of a typed function with its start. Raises EngineError for what cannot be read."""
    training = TrainingSettings(optimizer=OptimizerSettings(eta=0.1))
    return Lab((LabSettings(function_subject(formula, start), training),), "your function")


def problem_lab(subject: ProblemSubject) -> Lab:
    """Return the lab of a problem file, moved as the file says."""
    from tutor.engine.descent import optimizer_of  # noqa: PLC0415 - NumPy comes with it

    update = subject.problem.update
    training = TrainingSettings(
        optimizer=optimizer_of(subject.problem), batch_size=update.batch_size if update else None
    )
    return Lab((LabSettings(subject, training),), subject.problem.title)


def problem_subject(path_text: str) -> ProblemSubject:
    """Return the problem file of a typed path.

    Raises ProblemError for a fault in it, OSError, ValueError or RuntimeError for a path that leads to no file.
    """
    path = Path(path_text.strip()).expanduser()
    return ProblemSubject(load_problem(path), digest_of(path.read_bytes()).hex())


def csv_lab(path_text: str) -> Lab:
    """Return the lab of the CSV file of a typed path.

    Raises OSError, ValueError or RuntimeError for a path that leads to no file.
    """
    path = Path(path_text.strip()).expanduser()
    subject = FileSubject(str(path), digest_of(path.read_bytes()).hex())
    training = TrainingSettings(NetworkSettings((8,)), OptimizerSettings("adam", 0.01), 32)
    return Lab((LabSettings(subject, training),), path.name)


def points_lab(text: str) -> Lab:
    """Return the lab of typed points: a line for x y, a small network for x1 x2 label. Raises DataError."""
    from tutor.lab.material import prepare_points  # noqa: PLC0415 - NumPy comes with it

    inputs = prepare_points(text).train_inputs.shape[1]
    layers = () if inputs == 1 else (4,)
    training = TrainingSettings(NetworkSettings(layers), OptimizerSettings("adam", 0.1))
    return Lab((LabSettings(PointsSubject(text), training),), "your points")
