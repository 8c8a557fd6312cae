"""Every text of a questionnaire with its place: what the rules for translations and language look at."""

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import BaseModel

from assessment.questionnaire import Questionnaire, Section
from assessment.values import Text

OFFICIAL = frozenset({"instrument", "sources"})
"""Names of laws and works: the same in several languages, and not ours to word."""

LISTS = frozenset({"evidence"})
"""What to look for: a list, not sentences."""

HEADINGS = frozenset({"title"})
"""Not sentences either."""


@dataclass(frozen=True)
class Place:
    """A text and where it stands."""

    where: tuple[str, ...]
    field: str
    """What it is: label, anchors, title …"""
    text: Text


def texts(questionnaire: Questionnaire) -> Iterator[Place]:
    """Yield every text once, in the order of the types; an option set's options stand with the set."""
    yield from _texts(questionnaire, (), "")


def texts_of(section: Section) -> Iterator[Place]:
    """Yield the texts of one section and its own questions, those of the sections below left out."""
    for name in type(section).model_fields:
        if name != "sections":
            yield from _texts(getattr(section, name), (section.id,), name)


def _texts(part: object, where: tuple[str, ...], field: str) -> Iterator[Place]:
    match part:
        case Text():
            yield Place(where, field, part)
        case BaseModel():
            own = getattr(part, "id", None)
            here = (*where, own) if isinstance(own, str) and not isinstance(part, Questionnaire) else where
            for name in type(part).model_fields:
                if name == "options" and getattr(part, "option_set", None):
                    continue
                below = (
                    here
                    if isinstance(getattr(part, name), tuple) and _have_ids(part, name)
                    else (*here, name.strip("_"))
                )
                yield from _texts(getattr(part, name), below, name)
        case dict():
            for key, value in part.items():
                yield from _texts(value, (*where, str(key)), field)
        case tuple():
            for number, value in enumerate(part):
                yield from _texts(value, where if hasattr(value, "id") else (*where, str(number + 1)), field)


def _have_ids(part: BaseModel, name: str) -> bool:
    """Say whether the parts of a list are named by their ids alone: sections and what stands in them."""
    return name in ("sections", "questions", "options", "levels")
