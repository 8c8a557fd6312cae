"""Ground floor: the frozen model every type is made from, ids, languages and texts in several languages."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, RootModel, StringConstraints

TOLERANCE = 1e-9
"""Scores are compared with this tolerance, so that no level jumps because 0.85 was stored as 0.8499999."""

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$", max_length=80)]
"""A word that stays the same across versions: lower case letters, digits and hyphens."""

Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
"""ISO 639-1 code: en, de, nl."""

Weight = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class Model(BaseModel):
    """A frozen value: equal when its fields are equal, refusing fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(RootModel[dict[Language, Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]]]):
    """One text in each language of its questionnaire."""

    model_config = ConfigDict(frozen=True)

    def localize(self, language: Language) -> str:
        """Return the text in `language`; in its first one, if its questionnaire is not written in that language."""
        return self.root.get(language) or next(iter(self.root.values()))


def round_half_up(value: float, digits: int) -> float:
    """Round for showing: halves go up, a value within the tolerance of a half counts as that half."""
    factor = 10**digits
    return (
        float(int(value * factor + 0.5 + TOLERANCE * factor) / factor)
        if value >= 0
        else 0.0 - round_half_up(-value, digits)
    )
