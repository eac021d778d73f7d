"""What a learner was practising when the practice was interrupted."""

from tutor.learner.activities import PLACEMENT
from tutor.practice.task_name import TaskName
from tutor.study.practice.drilling import Drill
from tutor.study.practice.errands import Errand, OneSkill, Today
from tutor.study.practice.interrupted import interrupted
from tutor.study.practice.learner import Learner
from tutor.study.practice.placing import PlacementTest


def errand_left(learner: Learner) -> Errand:
    """Return what was going on last, as the latest event tells; where that is nothing, the daily session."""
    events = learner.record().events
    latest = events[-1].activity if events else ""
    task = TaskName.of_activity(latest)
    skill = learner.syllabus.skills.get(task.skill) if task else None
    match interrupted(events, learner.services.now()):
        case "chosen" if skill is not None:
            return OneSkill(learner, skill.id)
        case "drill" if task is not None:
            return Drill(learner, task.trap)
        case "placement" if skill is not None:
            return PlacementTest(learner, skill.section)
        case "placement":
            return PlacementTest(learner, int(latest.removeprefix(PLACEMENT)))
        case _:
            return Today(learner)
