"""One row of an XLSForm's survey becomes a question."""

import math
import re
from dataclasses import dataclass

from assessment.authoring.cells import number_in
from assessment.authoring.expressions import NotReadError, Subject, conditions_from
from assessment.authoring.forms import Form, FormRow
from assessment.authoring.lists import Ids, Options
from assessment.authoring.places import Log, Record
from assessment.authoring.sayings import number_said
from assessment.errors import did_you_mean

_SELECT = re.compile(
    r"(?P<kind>select[\s_]one|select1|select[\s_]multiple|select[\s_]all[\s_]that[\s_]apply)(?:\s+from)?\s+(?P<list>.+?)"
    r"(?P<other>\s+or[\s_](?:specify[\s_])?other)?",
    re.IGNORECASE,
)
_NUMBERS = {"integer": True, "int": True, "decimal": False, "range": True}
"""Types that are numbers, and whether they are whole."""

_TEXTS = ("text", "string")

_OUT_OF_PLACE: dict[str, str] = {
    **dict.fromkeys(("calculate", "hidden"), "values are not worked out"),
    **dict.fromkeys(("image", "photo", "audio", "video", "file", "barcode"), "pictures, sounds and files are not collected"),
    **dict.fromkeys(("geopoint", "geotrace", "geoshape", "start-geopoint"), "places are not collected"),
    **dict.fromkeys(("date", "time", "datetime"), "days and times are not asked; ask for a text or a number"),
    **dict.fromkeys(
        (
            "start", "end", "today", "deviceid", "imei", "subscriberid", "simserial", "phonenumber", "username", "email",
            "audit", "background-audio",
        ),
        "nothing is recorded about the device or the person",
    ),
    **dict.fromkeys(("rank",), "nothing is put in an order; ask for the first choice"),
    **dict.fromkeys(("acknowledge", "trigger"), "nothing is acknowledged; ask a select_one with yes and no"),
    **dict.fromkeys(
        ("xml-external", "csv-external", "select_one_from_file", "select_multiple_from_file", "select_one_external"),
        "no other file is read; put the options into the sheet choices",
    ),
    "osm": "maps are not collected",
}  # fmt: skip
"""Types that are left behind, and why."""

KNOWN = (
    "select_one LIST", "select_multiple LIST", *_NUMBERS, *_TEXTS, "note", "begin_group", "end_group", *_OUT_OF_PLACE
)  # fmt: skip


@dataclass(frozen=True)
class Named:
    """What a name in a form stands for."""

    kind: str
    """question, group, left (not carried over), or broken (a fault is told already)."""
    id: str
    options: Options | None = None
    several: bool = False


@dataclass(frozen=True)
class Question:
    """A question, and what it needs from the lists."""

    record: Record
    row: FormRow
    options: Options | None = None
    several: bool = False
    lacks_worths: bool = False
    """It could be scored, if its options had worths."""


def reason_to_leave(kind: str) -> str | None:
    """Return why rows of this type are left behind; None, if they are not."""
    return _OUT_OF_PLACE.get(kind.split(maxsplit=1)[0].lower())


def question_of(
    row: FormRow, kind: str, name: str, form: Form, lists: dict[str, Options], ids: Ids
) -> Question | None:
    """Return the question in a row; None, if its type cannot be understood, which is told."""
    record = Record(row.place)
    record.put("id", ids.of(name, "question", row.place_of("name")), row.place_of("name"))
    label = form.text(row, "label")
    if label is None:
        form.log.note(
            "added", row.place_of("label"), f"the question has no label; its name “{name}” stands there."
        )
        label = Record(row.place)
        label.update(dict.fromkeys(form.languages, name))
    record.put("label", label, row.place_of("label"))
    hint = form.text(row, "hint")
    if hint is not None:
        record.put("help", hint, row.place_of("hint"))
    if select := _SELECT.fullmatch(kind):
        return _choosing(record, row, select, lists, form.log)
    word = kind.lower()
    if word in _NUMBERS:
        return _counting(record, row, word, form.log)
    if word in _TEXTS:
        record.put("type", "text", row.place_of("type"))
        _tell_constraint(row, form.log)
        return Question(record, row)
    message = "there is no type “{kind}”."
    form.log.wrong(row.place_of("type"), message, "{hint}", kind=kind, hint=_hint(kind))
    return None


def _hint(kind: str) -> str:
    word, _, rest = kind.partition(" ")
    if word.lower() in ("select_one", "select_multiple", "select1"):
        return "Name the list: select_one LIST."
    close = did_you_mean(word.lower(), [known.split()[0] for known in KNOWN]).said()
    return (
        f"{close} (with the name of its list)"
        if rest and "select" in close
        else close or "Known: select_one LIST, integer, text …"
    )


def _choosing(
    record: Record, row: FormRow, select: re.Match[str], lists: dict[str, Options], log: Log
) -> Question | None:
    place, several = (
        row.place_of("type"),
        select["kind"].lower()[6:].strip("_ ") in ("multiple", "all that apply", "all_that_apply"),
    )
    options = lists.get(select["list"])
    if options is None:
        message, remedy = (
            "there is no list “{list}” in the sheet choices.",
            "{hint} Correct the name or add its options.",
        )
        log.wrong(place, message, remedy, list=select["list"], hint=did_you_mean(select["list"], lists))
        return None
    record.put("type", "checklist" if several else "choice", place)
    if select["other"]:
        log.note(
            "not carried",
            place,
            "“other” with a text is not offered; add an option and a question of type text.",
        )
    _tell_constraint(row, log)
    weight = _weight(record, row, log)
    scored = options.has_worths if several else options.is_scored
    if several and weight:
        scored = True  # by the share that is ticked
    if not scored:
        record["weight"] = 0
        if weight:
            log.note(
                "not carried",
                row.place_of("weight"),
                "the weight: the options have no worths by which they could count.",
            )
    return Question(record, row, options, several, lacks_worths=not scored and weight != 0)


def _weight(record: Record, row: FormRow, log: Log) -> float | None:
    said = row.said("weight")
    weight = number_in(said) if said else None
    place = row.place_of("weight")
    if said and weight is None:
        log.wrong(
            place,
            "a number is needed here, not “{value}”.",
            "Write it in digits, for example 0.5.",
            value=said,
        )
    elif weight is not None:
        record.put("weight", weight, place)
    return weight


def _counting(record: Record, row: FormRow, kind: str, log: Log) -> Question:
    record.put("type", "number", row.place_of("type"))
    limits = _limits_of_range(row) if kind == "range" else {}
    whole = _NUMBERS[kind] and all(float(each).is_integer() for each in limits.values())
    if whole:
        record.put("whole", True, row.place_of("type"))
    for key in ("low", "high"):
        if key in limits:
            record.put(key, limits[key], row.place_of("parameters"))
    _put_limits(record, row, log, whole=whole)
    if _weight(record, row, log):
        log.note(
            "not carried", row.place_of("weight"), "the weight: the form does not say what a number is worth."
        )
    record["weight"] = 0
    return Question(record, row)


def _limits_of_range(row: FormRow) -> dict[str, float]:
    found = dict(re.findall(r"(start|end|step)\s*=\s*(-?\d+(?:\.\d+)?)", row.said("parameters")))
    names = {"start": "low", "end": "high", "step": "step"}
    return {
        names[key]: number_in(value) or 0
        for key, value in {"start": "0", "end": "10", "step": "1", **found}.items()
    }


_ENDS = {"at_least": "low", "above": "low", "at_most": "high", "below": "high"}


def _put_limits(record: Record, row: FormRow, log: Log, *, whole: bool) -> None:
    """Make limits of a constraint such as `. >= 0 and . <= 100`; others are told."""
    said, place = row.said("constraint"), row.place_of("constraint")
    if not said:
        return
    try:
        tests = conditions_from(said, _itself)
    except NotReadError:
        tests = []
    named = [name for test in tests for name in test if name in _ENDS]
    ends = [_ENDS[name] for name in named]
    if not tests or len(named) != len(tests) or len(set(ends)) != len(ends):
        _tell_constraint(row, log)
        return
    for test, name, end in zip(tests, named, ends, strict=True):
        limit = float(test[name])
        if name in ("above", "below") and whole:
            limit = math.floor(limit) + 1 if name == "above" else math.ceil(limit) - 1
        elif name in ("above", "below"):
            log.note("changed", place, f"“{said}”: {number_said(limit)} itself is admitted, too.")
        record.put(end, limit, place)
    if "low" in record and "high" in record and record["low"] > record["high"]:
        log.wrong(place, "the limits run backwards: no number can be an answer.", "Give the lower one first.")


def _itself(name: str) -> Subject:
    if name != ".":
        raise NotReadError("another answer cannot limit this one.", "")
    return Subject("question", ".")


def _tell_constraint(row: FormRow, log: Log) -> None:
    if row.said("constraint"):
        said = (
            f"“{row.said('constraint')}”: an answer is limited by numbers only, as in “. >= 0 and . <= 100”."
        )
        log.note("not carried", row.place_of("constraint"), said)
