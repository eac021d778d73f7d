"""A short drill against one mistake."""

from collections.abc import Sequence

from tutor.draw.lines import wrapped
from tutor.draw.text import Line
from tutor.practice.drill import drill_items
from tutor.practice.item import Item
from tutor.practice.task_name import TaskName
from tutor.study.practice.errands import Closing, Errand, Step, unfinished_task
from tutor.study.practice.learner import Learner
from tutor.study.practice.words import mistake_words


class Drill(Errand):
    """A few tasks in which one mistake is usual; some show it, made by somebody else."""

    name = "Drill"

    def __init__(self, learner: Learner, misconception: str = "") -> None:
        """Begin a drill against a misconception; without one, finish the task of a drill that was left."""
        self._learner = learner
        self._misconception = misconception
        left = unfinished_task(learner, "drill")
        self._items: tuple[Item, ...] = (Item("drill", left),) if left else ()
        if misconception:
            self._items = drill_items(misconception, learner.record(), learner.syllabus, learner.seed)

    def next(self) -> Step | None:
        """Return the next task; None after the last one."""
        over = self._over()
        for number, item in enumerate(self._items, start=1):
            if item.task is not None and item.task not in over:
                skill = self._learner.syllabus.skills[item.task.skill]
                title = f"Drill {number} of {len(self._items)} · {skill.title}"
                return Step(
                    item, title, f"Watch for: {mistake_words(self._misconception)}." * bool(self._misconception)
                )
        return None

    def closing(self) -> Closing:
        """Return how many tasks were right."""
        tasks = [item.task for item in self._items]
        right = sum(task.is_right for task in self._learner.record().tasks if task.task in tasks)
        said = f"Right at the first try: {right} of {len(tasks)}." if tasks else "No skill has a drill for this yet."

        def draw(width: int) -> Sequence[Line]:
            return wrapped(said, width, indented=1)

        return Closing(self.name, draw, goes_on=bool(self._misconception and tasks))

    def go_on(self) -> None:
        """Begin another round."""
        learner = self._learner
        self._items = drill_items(self._misconception, learner.record(), learner.syllabus, learner.seed)

    def _over(self) -> set[TaskName]:
        """Return the tasks of this drill that were worked, or laid aside because they cannot be made."""
        record = self._learner.record()
        waiting = {begun.task for begun in record.unfinished}
        mine = {item.task for item in self._items if item.task}
        return {task for task in mine if task.seed in record.seeds.get(task.skill, ()) and task not in waiting}
