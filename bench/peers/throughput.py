"""The questionnaire and the responses of the throughput benchmark, in our form, and an exact reference of their scores.

`throughput.mjs` is the same for Node: the same generator gives the same responses to the last one. 72 questions in four
dimensions, five levels, weights, six questions that count the other way round, a panel, eight conditions of which one
hangs on another, answers "not applicable", answers left out, and, in the second set, answers left over under questions
that are hidden.
"""

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

Data = dict[str, Any]

SEED, STALE_SEED, STALE = 20260715, 20260716, 60
SECTORS = ("contact_center", "retail", "bank", "public")
CHANNELS = ("voice", "mail", "chat", "social")
WEIGHTS = (1, 2, 1, 3, 0.5, 1, 2, 1.5)
DIMENSIONS = {"people": 0.3, "process": 0.25, "technology": 0.25, "data": 0.2}
QUESTIONS = tuple(f"q{number:02d}" for number in range(1, 73))
REVERSED = frozenset(name for number, name in enumerate(QUESTIONS, 1) if number % 12 == 7)
PANEL = ("q50", "q51", "q52")
LEVELS = ("Not at all", "Ad hoc", "Partly", "Mostly", "Fully")
STARTS = ("1", "1.8", "2.6", "3.4", "4.2")
REASON = "This does not exist here."

CONDITIONS: Data = {
    "q05": {"question": "q01", "at_least": 3},
    "q12": {"any": [{"question": "q10", "at_least": 5}, {"question": "q11", "at_least": 5}]},
    "q20": {"question": "q19", "any_of": ["v3", "v4", "v5"]},
    "q27": {"profile": "sector", "any_of": ["contact-center"]},
    "q38": {
        "all": [
            {"question": "agents", "above": 50},
            {"not": {"profile": "sector", "any_of": ["public"]}},
        ]
    },
    "q39": {"question": "q38", "at_least": 2},
    "panel": {"profile": "channels", "any_of": ["chat"]},
    "q66": {"all": [{"not": {"question": "q65", "at_most": 1}}, {"question": "q64", "answered": True}]},
}


def dimension_of(number: int) -> str:
    """Return the dimension of a question by its number, 1 to 72."""
    return tuple(DIMENSIONS)[(number - 1) // 18]


def weight_of(number: int) -> float:
    """Return the weight of a question by its number, 1 to 72."""
    return WEIGHTS[number * 5 % 8]


# ── our questionnaire ────────────────────────────────────────────────────────────────────────────────────────────────


def text(words: str) -> Data:
    """Return a text of a questionnaire in one language."""
    return {"en": words}


def questionnaire() -> Data:
    """Return the questionnaire in the form of its files."""
    about = {
        "id": "about",
        "title": text("About the organisation"),
        "description": text("Asked, not scored."),
        "weight": 0,
        "questions": [
            {"id": "agents", "type": "number", "label": text("How many agents?"), "weight": 0, "low": 0}
        ],
    }
    return {
        "id": "throughput",
        "version": "1.0.0",
        "languages": ["en"],
        "title": text("Throughput"),
        "introduction": text("A questionnaire to measure with."),
        "levels": "bands",
        "scale": {
            "levels": [
                {"level": level, "label": text(words), "description": text(words), "from": float(start)}
                for level, (words, start) in enumerate(zip(LEVELS, STARTS, strict=True), 1)
            ]
        },
        "profile": [_field("sector", "one", SECTORS), _field("channels", "many", CHANNELS)],
        "sections": [about, *map(_dimension, DIMENSIONS)],
    }


def _field(name: str, kind: str, options: tuple[str, ...]) -> Data:
    known = [{"id": _id(option), "label": text(option)} for option in options]
    return {"id": name, "type": kind, "label": text(name), "options": known}


def _id(word: str) -> str:
    return word.replace("_", "-")


def _dimension(name: str) -> Data:
    mine = [number for number in range(1, 73) if dimension_of(number) == name]
    panel = [_question(number) for number in mine if QUESTIONS[number - 1] in PANEL]
    made: Data = {
        "id": name,
        "title": text(name),
        "description": text(name),
        "weight": DIMENSIONS[name],
        "questions": [_question(number) for number in mine if QUESTIONS[number - 1] not in PANEL],
    }
    if panel:
        made["method"] = "mean_of_leaves"
        made["sections"] = [
            {
                "id": "panel",
                "title": text("Panel"),
                "description": text("Panel."),
                "applies_if": [CONDITIONS["panel"]],
                "questions": panel,
            }
        ]
    return made


def _question(number: int) -> Data:
    name = QUESTIONS[number - 1]
    made: Data = {
        "id": name,
        "label": text(f"Practice {number}: how far is it established?"),
        "weight": weight_of(number),
    }
    if name in REVERSED:
        made["type"] = "choice"
        made["options"] = [
            {"id": f"v{value}", "label": text(words), "worth": 6 - value}
            for value, words in enumerate(LEVELS, 1)
        ]
    else:
        made["type"] = "level"
        made["anchors"] = {level: text(f"{words} ({number})") for level, words in enumerate(LEVELS, 1)}
    if name in CONDITIONS:
        made["applies_if"] = [CONDITIONS[name]]
    return made


def as_sheet(response: Data) -> Data:
    """Return a response in the form of an answers file."""
    profile: Data = {"sector": _id(response["sector"])}
    if "channels" in response:
        profile["channels"] = response["channels"]
    answers: Data = {"agents": response["agents"]}
    for name, value in response.items():
        if name in ("sector", "channels", "agents"):
            continue
        if value == "none":
            answers[name] = {"state": "not_applicable", "reason": REASON}
        else:
            answers[name] = f"v{value}" if name in REVERSED else value
    return {"questionnaire": "throughput", "version": "1.0.0", "profile": profile, "answers": answers}


# ── the responses ────────────────────────────────────────────────────────────────────────────────────────────────────


def dice(seed: int) -> Callable[[], int]:
    """Return a source of whole numbers below 2³², the same in Python and in JavaScript (mulberry32)."""
    state, all_ones = seed, 0xFFFFFFFF

    def roll() -> int:
        nonlocal state
        state = (state + 0x6D2B79F5) & all_ones
        mixed = ((state ^ (state >> 15)) * (state | 1)) & all_ones
        mixed = ((mixed + (mixed ^ (mixed >> 7)) * (mixed | 61)) & all_ones) ^ mixed
        return mixed ^ (mixed >> 14)

    return roll


def responses(count: int, *, stale: bool = False) -> Iterator[Data]:
    """Yield responses as people give them; stale: most have answers left over under questions that are hidden."""
    roll = dice(STALE_SEED if stale else SEED)
    for _ in range(count):
        tilt, left_over = 1 + roll() % 5, roll() % 100 < (STALE if stale else 0)
        missing = 3 if roll() % 4 else 25
        response: Data = {"sector": SECTORS[roll() % 4], "agents": roll() % 200}
        chosen = [channel for channel in CHANNELS if roll() % 2]
        if chosen:
            response["channels"] = chosen
        seen = dict(response)
        for number, name in enumerate(QUESTIONS, 1):
            x, y, z = roll() % 100, roll() % 5, roll() % 3
            if x < missing:
                continue
            if number % 3 == 0 and x >= 92:
                value: int | str = "none"
            else:
                value = 1 + y if z == 0 else max(1, min(5, tilt - 1 + y % 3))
            if shown(name, seen):
                response[name] = seen[name] = value
            elif left_over:
                response[name] = value
        yield response


# ── the reference ────────────────────────────────────────────────────────────────────────────────────────────────────


def shown(name: str, seen: Data) -> bool:
    """Say whether a question is shown, from what was seen and answered so far: written out, not read from the data."""

    def value(of: str) -> int:
        found = seen.get(of)
        return found if isinstance(found, int) else 0

    match name:
        case "q05":
            return value("q01") >= 3
        case "q12":
            return value("q10") == 5 or value("q11") == 5
        case "q20":
            return value("q19") in (3, 4, 5)
        case "q27":
            return bool(seen["sector"] == "contact_center")
        case "q38":
            return value("agents") > 50 and seen["sector"] != "public"
        case "q39":
            return value("q38") >= 2
        case "q50" | "q51" | "q52":
            return "chat" in seen.get("channels", ())
        case "q66":
            return seen.get("q65") != 1 and "q64" in seen
        case _:
            return True


def reference(response: Data) -> tuple[tuple[Fraction | None, ...], Fraction | None, int | None]:
    """Return the index of each dimension and of the whole in exact fractions, and the overall level."""
    seen: Data = {name: value for name, value in response.items() if name in ("sector", "agents", "channels")}
    above = dict.fromkeys(DIMENSIONS, Fraction(0))
    below = dict.fromkeys(DIMENSIONS, Fraction(0))
    for number, name in enumerate(QUESTIONS, 1):
        if name not in response or not shown(name, seen):
            continue
        value = seen[name] = response[name]
        if value != "none":
            weight = Fraction(str(weight_of(number)))
            above[dimension_of(number)] += weight * (6 - value if name in REVERSED else value)
            below[dimension_of(number)] += weight
    indexes = {name: above[name] / below[name] for name in DIMENSIONS if below[name]}
    whole = None
    if indexes:
        weights = {name: Fraction(str(DIMENSIONS[name])) for name in indexes}
        whole = sum((weights[name] * indexes[name] for name in indexes), Fraction(0)) / sum(weights.values())
    level = None if whole is None else sum(whole >= Fraction(start) for start in STARTS)
    return tuple(indexes.get(name) for name in DIMENSIONS), whole, level
