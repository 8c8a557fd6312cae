"""What the content rests on: standards that questions map to, and reference points with their source."""

from typing import Annotated, Literal

from pydantic import Field

from assessment.values import Id, Model, Number, Text


class Standard(Model):
    """A standard or framework that questions map to."""

    id: Id
    name: Annotated[str, Field(min_length=1)]
    """Its official short name with edition, the same in every language: ISO/IEC 27001:2022."""
    gives: Text
    """What it gives to this questionnaire."""
    state: Text
    """In which state it was when last looked at."""
    verified: str
    """As in the legal register: V1, V2, V3 or V0."""


class Marker(Model):
    """A key figure beside which a reference point may be drawn."""

    figure: Id
    value: Number
    """In the unit of the key figure."""


class ReferencePoint(Model):
    """A figure from outside, with who found it when among how many, and what to mind: never a target."""

    id: Id
    finding: Text
    """What was found, in our own words, with its figure."""
    organisation: Annotated[str, Field(min_length=1)]
    year: Annotated[str, Field(min_length=1)]
    people: int | None = None
    """How many were asked or observed; none: not stated, and said so."""
    caveat: Text
    use: Annotated[tuple[Literal["rationale", "history", "marker"], ...], Field(min_length=1)]
    """Beside a question, as a picture of its time, or drawn beside a key figure."""
    verified: str | None = None
    """As in the legal register; none: not looked up anywhere else."""
    sections: Annotated[tuple[Id, ...], Field(min_length=1)]
    marker: Marker | None = None
