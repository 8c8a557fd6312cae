"""The plan inside an exported report, as far as it was followed up, so that the next assessment can say what became of it."""

from pathlib import Path
from typing import Any

from pydantic import ValidationError

from assessment.errors import AnswersError
from assessment.loader.sheets import content_of, content_of_upload
from assessment.report import Subject
from assessment.roadmap import NOT_TRACKED, Roadmap, Terms, Tracking, to_follow_up


def followed_in(path: Path) -> Terms | None:
    """Return the terms of a report's plan; None for answers alone, and for a plan that nobody has followed up."""
    try:
        return _terms(content_of(path))
    except AnswersError:
        return None  # whoever reads the answers says what is wrong


def followed_in_upload(raw: bytes, name: str) -> Terms | None:
    """Return the terms of the plan in a report that somebody hands in; see `followed_in`."""
    try:
        return _terms(content_of_upload(raw, name))
    except AnswersError:
        return None


def _terms(data: Any) -> Terms | None:
    if not isinstance(data, dict) or "roadmap" not in data:
        return None
    try:
        roadmap = Roadmap.model_validate(data["roadmap"])
        tracking = Tracking.model_validate(data.get("tracking", NOT_TRACKED))
        held_on = Subject.model_validate(data.get("subject")).held_on
    except ValidationError:
        return None  # of a version that planned otherwise: the answers are read, the plan is not
    terms = Terms(capacity=roadmap.capacity, wishes=roadmap.wishes, tracking=tracking)
    return to_follow_up(terms, roadmap, held_on=held_on) if terms.is_followed_up else None
