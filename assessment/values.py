"""Ground floor: the frozen model every type is made from, ids, languages and texts in several languages."""

import re
from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    RootModel,
    StringConstraints,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticKnownError, core_schema

TOLERANCE = 1e-9
"""Scores are compared with this tolerance, so that no level jumps because 0.85 was stored as 0.8499999."""

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$", max_length=80)]
"""A word that stays the same across versions: lower case letters, digits and hyphens."""

Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
"""ISO 639-1 code: en, de, nl."""

Variety = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}(-[A-Z]{2})?$")]
"""A language to read in: one of the above, or the way a country writes it (BCP 47): de-CH."""

_OF: dict[Variety, Language] = {"de-CH": "de"}
"""Varieties that are made from the texts of their language, by spelling alone."""

_SPELLING: dict[Variety, dict[int, str]] = {
    "de-CH": str.maketrans({"ß": "ss", "ẞ": "SS", "„": "«", "“": "»", "‚": "‹", "‘": "›"}),
}

VARIETIES: tuple[Variety, ...] = tuple(_OF)

_LIMITS = {"ge": "minimum", "gt": "exclusiveMinimum", "le": "maximum", "lt": "exclusiveMaximum"}
"""Limits stand under these names in JSON Schema; of a number with a rule before it, pydantic tells them by its own."""

_FRACTION = re.compile(r"([0-9]{1,18})\s*/\s*([0-9]{1,18})")


class _OrFraction:
    """The number may be written as a fraction of two whole numbers, 2/3, which no decimal can say; any other text is none."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(_worked_out, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        number = {_LIMITS.get(name, name): value for name, value in handler(schema).items()}
        return {"anyOf": [number, {"type": "string", "pattern": r"^\d+\s*/\s*\d+$"}]}


def _worked_out(value: object) -> object:
    if isinstance(value, bool):
        raise PydanticKnownError("float_type")
    if not isinstance(value, str):
        return value
    found = _FRACTION.fullmatch(value.strip())
    if found is None or not int(found[2]):
        raise PydanticKnownError("float_parsing")
    return int(found[1]) / int(found[2])


Number = Annotated[float, Field(allow_inf_nan=False), _OrFraction()]
"""A finite number in a questionnaire: 0.5, or 1/3."""

Weight = Annotated[Number, Field(ge=0)]
"""How much a part counts among its neighbours; none if 0."""


_HALVES = re.compile("[\ud800-\udfff]")


def whole_characters(text: Any) -> Any:
    """Return a text whose half characters are marked as lost: no file and no database takes them. Anything else as it is."""
    return _HALVES.sub("\ufffd", text) if isinstance(text, str) and not text.isascii() else text


Written = Annotated[str, BeforeValidator(whole_characters)]
"""What a person wrote."""


class Model(BaseModel):
    """A frozen value: equal when its fields are equal, refusing fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy, other where `update` says so; what was found from the former fields does not come along."""
        copied = super().model_copy(update=update, deep=deep)
        fields = type(self).model_fields
        for name in [name for name in copied.__dict__ if name not in fields]:
            del copied.__dict__[name]
        return copied


class Text(RootModel[dict[Language, Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]]]):
    """One text in each language of its questionnaire."""

    model_config = ConfigDict(frozen=True)

    def localize(self, language: Variety) -> str:
        """Return the text in `language`; in its first one, if its questionnaire is not written in that language."""
        said = self.root.get(language_of(language))
        return spelt(said, language) if said else next(iter(self.root.values()))


def language_of(variety: Variety) -> Language:
    """Return the language whose texts a variety uses: de for de-CH."""
    return _OF.get(variety, variety)


def spelt(text: str, variety: Variety) -> str:
    """Return a text of ours in the spelling of a variety: in Switzerland ss for ß, and «these» quotation marks."""
    return text.translate(_SPELLING[variety]) if variety in _SPELLING else text


def round_half_up(value: float, digits: int) -> float:
    """Round for showing: halves go up, a value within the tolerance of a half counts as that half."""
    factor = 10**digits
    return (
        float(int(value * factor + 0.5 + TOLERANCE * factor) / factor)
        if value >= 0
        else 0.0 - round_half_up(-value, digits)
    )
