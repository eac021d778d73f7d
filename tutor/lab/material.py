"""What a run is made of: the function to descend, or the data to learn from. Making it may take a second."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from tutor.engine.data.named import named_set, named_table
from tutor.engine.data.pipeline import PipelineSettings, prepare
from tutor.engine.data.points import read_points
from tutor.engine.data.reading import read_csv
from tutor.engine.descent import Descent
from tutor.engine.descent_function import ProblemFunction
from tutor.engine.training import Training
from tutor.lab.functions import problem_of_function
from tutor.lab.settings import DataSubject, FileSubject, FunctionSubject, LabSettings, PointsSubject, ProblemSubject

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from tutor.engine.data.table import Dataset
    from tutor.mathematics.derivation import Derivation
    from tutor.mathematics.problem import Problem

    Floats = NDArray[np.float64]

Material: TypeAlias = "ProblemFunction | Dataset"
Stepper: TypeAlias = Descent | Training


@dataclass(frozen=True, slots=True)
class Workshop:
    """Makes what runs are made of; `derivation_of` derives a problem, which may take a second."""

    derivation_of: Callable[[Problem], Derivation]

    def material(self, settings: LabSettings) -> Material:
        """Return the function or the data of a run. Raises EngineError or ProblemError for what cannot be used."""
        match settings.subject:
            case FunctionSubject() as subject:
                return ProblemFunction(self.derivation_of(problem_of_function(subject)))
            case ProblemSubject(problem):
                return ProblemFunction(self.derivation_of(problem))
            case DataSubject(name, noise, test_share):
                table = named_table(name, seed=settings.training.seed, noise=noise)
                shares = PipelineSettings(
                    validation_share=0,
                    test_share=test_share,
                    seed=settings.training.seed,
                    scale=named_set(name).is_scaled,
                    drop_copies=False,
                )
                return prepare(table, shares).dataset
            case FileSubject(path, _, test_share):
                shares = PipelineSettings(validation_share=0, test_share=test_share, seed=settings.training.seed)
                return prepare(read_csv(Path(path)), shares).dataset
            case PointsSubject(text, test_share):
                return prepare_points(text, test_share, settings.training.seed)


def prepare_points(text: str, test_share: float = 0.0, seed: int = 0) -> Dataset:
    """Return typed points, with a semicolon between two of them, as data to train on, as they are.

    Raises DataError for what is no point.
    """
    table = read_points(text.replace(";", "\n"), "point")
    is_fit = len(table.columns) == len(("x", "y"))
    shares = PipelineSettings(
        validation_share=0,
        test_share=test_share,
        seed=seed,
        scale=False,
        drop_copies=False,
        target="numbers" if is_fit else "auto",
    )
    return prepare(table, shares).dataset


def stepper(settings: LabSettings, material: Material, start: Floats | None = None) -> Stepper:
    """Return what takes the steps, standing at the start, or at the parameters given.

    Raises EngineError where settings and material do not fit each other.
    """
    training = settings.training
    if isinstance(material, ProblemFunction):
        return Descent(material, training.optimizer, start=start, batch_size=training.batch_size)
    return Training(training, material, initial=start)
