"""A schedule put in order: what can begin earlier does, and what only prepares begins no earlier than it has to."""

from assessment.roadmap.problem import Judge, Problem
from assessment.roadmap.schedule import NEVER, Schedule, Scheduler


class Board:
    """A schedule whose tasks can be taken off and put back one at a time."""

    def __init__(self, problem: Problem, made: Schedule) -> None:
        self.problem = problem
        self.scheduler = Scheduler(problem)
        self.begins = made.begins(problem)
        self.room = made.room[-1]

    def end(self, task: int) -> int:
        """Return the slot behind a task."""
        return self.begins[task] + self.problem.tasks[task].length

    def ready(self, task: int) -> int:
        """Return the first slot at which what the task needs is done and asked for."""
        item = self.problem.tasks[task]
        return max([self.end(one) for one in item.after if one in self.begins], default=0) + item.lead

    def due(self, task: int) -> int:
        """Return the slot by which a task must have ended for those behind it."""
        dues = [
            self.begins[one] - self.problem.tasks[one].lead
            for one in self.problem.followers[task]
            if one in self.begins
        ]
        item = self.problem.tasks[task]
        return min([*dues, self.problem.slots if item.deadline is None else item.deadline])

    def take(self, task: int) -> int:
        """Take a task off; return where it stood."""
        begin = self.begins.pop(task)
        self.room += self.problem.loads[task][begin]
        return begin

    def put(self, task: int, begin: int) -> None:
        """Put a task on."""
        self.begins[task] = begin
        self.room -= self.problem.loads[task][begin]

    def fits(self, task: int, begin: int) -> bool:
        """Say whether there is room for a task at a slot."""
        if not 0 <= begin < len(self.problem.loads[task]):
            return False
        guards = self.problem.lanes.guards
        return (self.room - self.problem.loads[task][begin]) & guards == guards

    def latest(self, task: int) -> int:
        """Return the latest slot at which a task that is on the board could begin with everything else where it is."""
        begin = self.take(task)
        last = self.due(task) - self.problem.tasks[task].length
        while last > begin and not self.fits(task, last):
            last -= 1
        self.put(task, begin)
        return max(last, begin)

    def schedule(self) -> Schedule:
        """Return the board as a schedule, its order by begins."""
        found = placed(self.problem, self.begins)
        assert found is not None, "a board only holds what fits"
        return found


def placed(problem: Problem, begins: dict[int, int]) -> Schedule | None:
    """Return the schedule in which each task begins where it is told; None if that cannot be."""
    tasks, guards = problem.tasks, problem.lanes.guards
    start = Scheduler(problem).empty
    ends, in_effect, effort = start.ends.copy(), start.in_effect.copy(), start.effort
    for task, begin in begins.items():
        if task not in problem.fixed:
            ends[task] = begin + tasks[task].length
    order, rooms = [], list(start.room)
    for task in sorted(begins, key=lambda one: (begins[one], len(problem.chains[one]), one)):
        begin = begins[task]
        if task in problem.fixed:
            if begin != problem.fixed[task]:
                return None
            continue
        if task not in problem.possible or not 0 <= begin < len(problem.loads[task]):
            return None
        for first in tasks[task].after:
            if ends[first] == NEVER or ends[first] + tasks[task].lead > begin:
                return None
        if begin < tasks[task].lead:
            return None
        room = rooms[-1] - problem.loads[task][begin]
        if room & guards != guards:
            return None
        rooms.append(room)
        order.append(task)
        in_effect[task] = problem.effective[task][begin]
        effort += tasks[task].work[0]
    return Schedule(tuple(order), ends, in_effect, tuple(rooms), effort)


def shifted(problem: Problem, made: Schedule) -> Schedule:
    """Return the schedule with each task as early as it can be, and what raises nothing itself as late as it may be."""
    board = Board(problem, made)
    moved = True
    while moved:
        moved = False
        for task in sorted(board.begins, key=lambda one: (board.begins[one], one)):
            if task in problem.fixed:
                continue
            begin = board.take(task)
            earlier = board.scheduler.first_begin(task, board.room, board.ready(task))
            moved = moved or earlier < begin
            board.put(task, min(begin, earlier))
    judge, now = Judge(problem), board.schedule()
    for task in sorted(now.order, key=lambda one: (-now.ends[one], one)):
        without = now.in_effect.copy()
        without[task] = 0
        if judge(without, now.effort) == judge(now.in_effect, now.effort):
            last = board.latest(task)
            board.take(task)
            board.put(task, last)
    return board.schedule()
