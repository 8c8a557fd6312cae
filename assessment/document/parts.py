"""Which chapters a report has: the first pages and its checksum always, the others unless they are left out."""

from collections.abc import Iterable
from typing import Literal, get_args

from pydantic import field_validator

from assessment.errors import Problem, ReportError, did_you_mean
from assessment.i18n import N_
from assessment.values import Model

Part = Literal["dimensions", "legal", "roadmap", "value", "change", "people", "answers", "method"]
"""A chapter that may be left out; `roadmap` has the measures with it."""

PARTS: tuple[Part, ...] = get_args(Part)
"""In the order of the report."""

NAMES: dict[Part, str] = {
    "dimensions": N_("Each dimension on its own"),
    "legal": N_("Legal status"),
    "roadmap": N_("Roadmap and measures"),
    "value": N_("Value and figures"),
    "change": N_("Change since last time"),
    "people": N_("People and agreement"),
    "answers": N_("Every answer"),
    "method": N_("The method in full"),
}
"""What a chapter is called where one chooses."""


class Parts(Model):
    """The chapters that a report has of those that may be left out."""

    chosen: tuple[Part, ...] = PARTS

    @field_validator("chosen")
    @classmethod
    def _in_order(cls, chosen: tuple[Part, ...]) -> tuple[Part, ...]:
        return tuple(part for part in PARTS if part in chosen)

    def __contains__(self, part: Part) -> bool:
        """Say whether the report has this chapter."""
        return part in self.chosen

    @property
    def without(self) -> tuple[Part, ...]:
        """What is left out."""
        return tuple(part for part in PARTS if part not in self.chosen)


EVERYTHING = Parts()
"""The whole report."""


def parts_without(names: Iterable[str]) -> Parts:
    """Return what is left when the chapters of these names are left out.

    Raises:
        ReportError: there is no such chapter, or it cannot be left out; with every name that is none.
    """
    asked = [name.strip() for name in names if name.strip()]
    unknown = [name for name in dict.fromkeys(asked) if name not in PARTS]
    if unknown:
        raise ReportError(
            Problem(
                "there is no chapter “{name}” that can be left out. {hint}",
                "Name some of these, with commas between them: {names}.",
                values={"name": name, "hint": did_you_mean(name, PARTS), "names": ", ".join(PARTS)},
            )
            for name in unknown
        )
    return Parts(chosen=tuple(part for part in PARTS if part not in asked))
