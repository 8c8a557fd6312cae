"""The questionnaire inside an exported report: read again by the rules for every questionnaire, not believed."""

from typing import Any

from pydantic import ValidationError

from assessment.errors import MOST_TOLD, AnswersError, Problem
from assessment.loader.checks import check_raw
from assessment.loader.marks import Marked, too_much_wrong
from assessment.loader.meaning import check_built
from assessment.questionnaire import Questionnaire


def embedded_questionnaire(data: Any, *, file: str = "") -> Questionnaire:
    """Return the questionnaire inside an exported report, checked like any other.

    Raises:
        AnswersError: it is not one that this version of the program can read.
    """
    raw = Marked(data=_without_copies(data))
    try:
        questionnaire = Questionnaire.model_validate(raw.data)
        problems = check_raw(raw) or check_built(questionnaire, raw)
        reasons = [
            (" › ".join(filter(None, ("questionnaire", p.at))), p.message.format(**p.values))
            for p in problems[:MOST_TOLD]
        ]
    except ValidationError as error:
        if problem := too_much_wrong(error, file):
            raise AnswersError([problem]) from None
        found = error.errors(include_url=False)
        reasons = [(" › ".join(("questionnaire", *map(str, item["loc"][:6]))), item["msg"]) for item in found]
    if reasons:
        raise AnswersError(
            Problem(
                "the questionnaire inside this report cannot be read: {reason}",
                "Give the questionnaire of that time as a folder, or use the file that the program exported, unchanged.",
                file=file,
                at=at,
                values={"reason": reason},
            )
            for at, reason in reasons[:MOST_TOLD]
        )
    return questionnaire


def _without_copies(data: Any) -> Any:
    """Return a questionnaire as its authors write it: the options of a set stand in the set only."""
    if isinstance(data, list):
        return [_without_copies(each) for each in data]
    if not isinstance(data, dict):
        return data
    copied = {"options"} if isinstance(data.get("option_set"), str) else set()
    return {key: _without_copies(value) for key, value in data.items() if key not in copied}
