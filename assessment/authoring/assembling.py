"""The rows of all sheets become one tree: each is put where it belongs, and what belongs nowhere is told."""

from assessment.authoring.columns import Part
from assessment.authoring.places import Log, Place, Record
from assessment.authoring.tables import Child
from assessment.authoring.template import SETTINGS
from assessment.errors import did_you_mean

Rows = dict[str, list[Child]]
"""The rows of each sheet."""


def assemble(root: Record, rows: Rows, log: Log) -> None:
    """Put each row where it belongs."""
    profile, questions, measures, sections = (
        by_id(rows[name]) for name in ("profile", "questions", "measures", "sections")
    )
    sets: dict[str, Record] = {}
    for child in rows["option_sets"]:
        if child.parent is not None:
            made = sets.setdefault(child.parent, Record(child.record.place))
            if "id" not in made and child.parent_place is not None:
                made.put("id", child.parent, child.parent_place)
    attach(rows["profile_options"], profile, "options", "profile field", log)
    attach(rows["options"], questions, "options", "question", log)
    attach(rows["points"], questions, "worths", "question", log)
    attach(rows["question_standards"], questions, "standards", "question", log)
    attach(rows["option_sets"], sets, "options", "option set", log)
    attach(rows["effects"], measures, "effects", "measure", log)
    _attach_anchors(rows["anchors"], questions, log)
    for child in rows["first_steps"]:
        child.record = child.record.get("text", Record(child.record.place))
    attach(rows["first_steps"], measures, "first_steps", "measure", log)
    for child in rows["questions"]:
        if child.record.get("type") == "level" and "id" in child.record and "anchors" not in child.record:
            message, remedy = "the question has no anchors.", "Describe each of its levels in sheet anchors."
            log.wrong(child.record.place, message, remedy)
    attach(rows["questions"], sections, "questions", "section", log, orphans=True)
    _open_circles(rows["sections"], log)
    inside = [child for child in rows["sections"] if child.parent is not None]
    attach(inside, sections, "sections", "section", log)
    tops = [child for child in rows["sections"] if child.parent is None]
    scale = root.setdefault("scale", Record(Place("levels")))
    for record, key, children, sheet in (
        (scale, "levels", rows["levels"], "levels"),
        (root, "sections", tops, "sections"),
    ):
        record.put(key, [child.record for child in children], Place(sheet))
        if not children and not any(place and place.sheet == sheet for place, _ in log.problems):
            log.wrong(
                Place(sheet), "there is nothing in this sheet.", "Add rows; a questionnaire needs them."
            )
    for key in ("profile", "caps", "checks", "measures", "standards", "reference_points", "accepted"):
        _list(root, key, rows[key], key)
    if sets:
        root.put("option_sets", list(sets.values()), Place("option_sets"))
    sources = [child.record["text"] for child in rows["sources"] if "text" in child.record]
    if sources:
        root.put("sources", sources, Place("sources"))
    _planning(root, rows)
    _register(root, rows, log)
    _key_figures(root, rows, log)


_PLANNING = {"roles": "planning_roles", "money": "money"}
_REGISTER = {"rows": "register", "topics": "register_topics", "watch": "register_watch", "unions": "unions"}
_KEY_FIGURES = ("figure_groups", "figures", "value_inputs")


def _planning(root: Record, rows: Rows) -> None:
    for key, sheet in _PLANNING.items():
        if rows[sheet]:
            _list(root.setdefault("planning", Record(Place(sheet))), key, rows[sheet], sheet)


def _register(root: Record, rows: Rows, log: Log) -> None:
    if "register" not in root and not any(rows[sheet] for sheet in _REGISTER.values()):
        return
    register = root.setdefault("register", Record(Place("register")))
    for key, sheet in _REGISTER.items():
        _list(register, key, rows[sheet], sheet)
    day = root.cells.get("register")
    if "as_of" not in register and (day is None or day.header != "register_as_of"):
        message, remedy = (
            "the row “{field}” is missing, and there is a register.",
            "Say on which day it was checked.",
        )
        log.wrong(Place(SETTINGS.name), message, remedy, field="register_as_of")


def _key_figures(root: Record, rows: Rows, log: Log) -> None:
    if "key_figures" not in root and not any(rows[sheet] for sheet in _KEY_FIGURES):
        return
    currency = root.cells.get("key_figures")  # the only setting that goes there
    made = root.setdefault("key_figures", Record(Place("figures")))
    made.put("groups", [child.record for child in rows["figure_groups"]], Place("figure_groups"))
    _list(made, "figures", rows["figures"], "figures")
    if "value" not in made and not rows["value_inputs"]:
        return
    value = made.setdefault("value", Record(Place("value_inputs")))
    value.put("inputs", [child.record for child in rows["value_inputs"]], Place("value_inputs"))
    if currency is None:
        message, remedy = (
            "the row “{field}” is missing, and there is a value model.",
            "Say which field of the profile names the currency.",
        )
        log.wrong(Place(SETTINGS.name), message, remedy, field="value_currency")
    else:
        value.cells["currency"] = currency


def _list(record: Record, key: str, children: list[Child], sheet: str) -> None:
    if children:
        record.put(key, [child.record for child in children], Place(sheet))


def by_id(children: list[Child]) -> dict[str, Record]:
    """Return the records by id; an id given twice keeps the first, and the loader tells it."""
    found: dict[str, Record] = {}
    for child in children:
        if isinstance(child.record.get("id"), str):
            found.setdefault(child.record["id"], child.record)
    return found


def attach(
    children: list[Child],
    parents: dict[str, Record],
    key: str,
    part: Part,
    log: Log,
    *,
    orphans: bool = False,
) -> None:
    """Put rows into the lists of what they belong to."""
    for child in children:
        parent = parents.get(child.parent) if child.parent is not None else None
        found = parent is not None
        if parent is None and orphans and parents:
            parent = next(iter(parents.values()))  # told by its own cell, and found by those who refer to it
        if parent is not None:
            if key not in parent:
                parent.put(key, [], child.record.place)
            parent[key].append(child.record)
        if not found and child.parent is not None:
            message, remedy = "there is no {word} “{wanted}”.", "{hint} Correct the id or add it."
            hint = did_you_mean(child.parent, parents)
            log.wrong(child.parent_place, message, remedy, word=part, wanted=child.parent, hint=hint)


def _attach_anchors(children: list[Child], questions: dict[str, Record], log: Log) -> None:
    holders = {name: Record() for name in questions}
    attach(children, holders, "anchors", "question", log)
    for name, holder in holders.items():
        anchors = Record(holder.cells.get("anchors"))
        for row in holder.get("anchors", ()):
            level = row.get("level")
            if level in anchors:
                message, remedy = "level {level} of “{question}” is there twice.", "Keep one of them."
                log.wrong(row.cells["level"], message, remedy, level=level, question=name)
            elif level is not None and "text" in row:
                anchors.put(level, row["text"], row.cells["text"])
        if anchors:
            questions[name].put("anchors", anchors, anchors.place)


def _open_circles(sections: list[Child], log: Log) -> None:
    """Tell sections that stand in each other, and put one of them at the top, so that the others are found."""
    above = {child.record["id"]: child for child in sections if "id" in child.record}
    for child in above.values():
        seen: list[str] = []
        here: Child | None = child
        while here is not None and here.record["id"] not in seen:
            seen.append(here.record["id"])
            here = above.get(here.parent or "")
        if here is child:
            circle = " → ".join([*seen, seen[0]])
            message, remedy = (
                "sections stand in each other in a circle: {circle}.",
                "Give one of them another parent.",
            )
            log.wrong(child.parent_place, message, remedy, circle=circle)
            child.parent = None
