"""`relevant` of an XLSForm becomes the conditions of a question or a section."""

import operator
from typing import Any

from assessment.authoring.asking import Named
from assessment.authoring.expressions import NotReadError, Subject, conditions_from
from assessment.authoring.forms import FormRow
from assessment.authoring.lists import Options
from assessment.authoring.places import Log, Record
from assessment.errors import did_you_mean

_COMPARED = {"at_least": operator.ge, "above": operator.gt, "at_most": operator.le, "below": operator.lt}


class Relevance:
    """Reads conditions in the names of a form."""

    def __init__(self, names: dict[str, list[Named]], lists: dict[str, Options], log: Log) -> None:
        self._names, self._lists, self._log = names, lists, log
        self._chosen = {
            named.id: named.options
            for each in names.values()
            for named in each
            if named.kind == "question" and named.options is not None and not named.several
        }

    def put(self, record: Record, row: FormRow) -> None:
        """Give a question or a section the conditions of its row; those that cannot be carried over are told."""
        said, place = row.said("relevant"), row.place_of("relevant")
        if not said:
            return
        try:
            conditions = conditions_from(said, self._subject)
        except NotReadError as error:
            if error.beyond:
                why = error.message.format(**error.values)
                self._log.note("not carried", place, f"“{said}”: {why} It is asked in any case.")
            else:
                self._log.wrong(place, error.message, error.remedy, **error.values)
            return
        record.put("applies_if", [self._by_options(condition) for condition in conditions], place)

    def _subject(self, name: str) -> Subject:
        found = self._names.get(name, [])
        if not found:
            if name == ".":
                raise NotReadError(
                    "a dot is the answer itself, which is not there before it is asked.", "", beyond=True
                )
            raise NotReadError(
                "there is no question “{name}”.",
                "{hint} Correct the name.",
                name=name,
                hint=did_you_mean(name, self._names),
            )
        named = found[0]
        if len(found) > 1:
            raise NotReadError(
                "there are {count} rows of the name “{name}”.",
                "Give each a name of its own.",
                name=name,
                count=len(found),
            )
        match named.kind:
            case "question":
                return Subject("question", named.id, named.options.word if named.options else str)
            case "group":
                raise NotReadError("“{name}” is a group, which has no answer.", "Name a question.", name=name)
            case "broken":
                raise NotReadError(
                    "“{name}” has a fault of its own.", "Correct it first.", beyond=True, name=name
                )
            case _:
                raise NotReadError("“{name}” was not carried over.", "", beyond=True, name=name)

    def _by_options(self, condition: dict[str, Any]) -> dict[str, Any]:
        """Return the condition with options in the place of a comparison of options that are named by numbers."""
        for group in ("all", "any"):
            if group in condition:
                return {group: [self._by_options(part) for part in condition[group]]}
        if "not" in condition:
            return {"not": self._by_options(condition["not"])}
        options = self._chosen.get(condition["question"])
        numbers = options.numbers() if options else None
        sign = next((name for name in _COMPARED if name in condition), None)
        if sign is None or numbers is None:
            return condition
        fitting = [name for name, number in numbers.items() if _COMPARED[sign](number, condition[sign])]
        return {"question": condition["question"], "any_of": fitting}
