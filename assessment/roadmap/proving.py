"""A plan proven: the exact model looks for a better one and says how much any plan could still gain."""

from assessment.answers import AnswerSheet
from assessment.questionnaire import Questionnaire
from assessment.roadmap.exact import Standing, Watch, prove
from assessment.roadmap.pinning import with_pins
from assessment.roadmap.planning import found_plan, kept, stood, told
from assessment.roadmap.result import Proof, Roadmap
from assessment.roadmap.search import MOVES, Search
from assessment.roadmap.shifting import placed, shifted
from assessment.roadmap.situation import situation

SECONDS = 60.0
"""How long the solver may look."""


def proven(
    questionnaire: Questionnaire,
    sheet: AnswerSheet,
    *,
    present: Roadmap,
    seconds: float = SECONDS,
    watch: Watch | None = None,
    moves: int = MOVES,
) -> Roadmap:
    """Return a plan at least as good as the present one, under the same terms, with the proof of how good that is.

    Args:
        questionnaire: what is asked and what can be done.
        sheet: the same checked answers.
        present: the plan to start from.
        seconds: how long to look at most, roughly.
        watch: is told how far the solver is, and says whether to go on; what is known by then is the result.
        moves: of the search that precedes the solver.
    """
    here = situation(questionnaire, sheet, capacity=present.capacity, wishes=present.wishes)
    stated = with_pins(here)
    first = found_plan(stated, before=stood(present) or kept(stated), moves=moves, free=True)
    problem = first.stated.problem
    judge = Search(problem)
    nothing = judge.judge([0] * len(problem.tasks), 0)[1]
    now = judge.of(first.made)
    if not problem.useful:
        proof = Proof(beyond=0.0, caps_proven=True, optimal=True, seconds=0.0)
        return told(*first).model_copy(update={"proof": proof})
    last = Standing(0.0, float(-now[1]), float(-now[1]))

    def look(standing: Standing) -> bool:
        nonlocal last
        last = standing
        return watch(standing) if watch is not None else True

    exact = prove(problem, first.made.begins(problem), seconds=seconds, watch=look)
    better = placed(problem, exact.begins)
    made = first.made
    if better is not None and judge.of(better) <= now:
        made = min(shifted(problem, judge.tidied(better)), made, key=judge.of)
    best = judge.of(made)
    gain = max(nothing - best[1], 1)
    caps_proven = exact.delay_bound >= best[0]
    beyond = max(0.0, (exact.worth_bound + best[1]) / gain) if caps_proven else 1.0
    proof = Proof(
        beyond=min(beyond, 1.0),
        caps_proven=caps_proven,
        optimal=exact.optimal and caps_proven,
        seconds=exact.seconds,
    )
    return told(first.stated, made).model_copy(update={"proof": proof})
