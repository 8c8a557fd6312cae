"""An XLSForm becomes the data of a questionnaire: groups are sections, lists are options, `relevant` are conditions."""

import re
from collections import Counter
from dataclasses import dataclass, field

from assessment.authoring.asking import Named, Question, question_of, reason_to_leave
from assessment.authoring.defaults import GENERAL, INTRODUCTION, in_languages, same_in, scale_of_percent
from assessment.authoring.forms import SETTINGS, SURVEY, Form, FormRow, read_form
from assessment.authoring.lists import Ids, Options, read_lists, tell_unscored
from assessment.authoring.opening import Book
from assessment.authoring.places import Log, Place, Record
from assessment.authoring.relevance import Relevance
from assessment.values import Language

_GROUP = re.compile(r"(begin|end)[\s_]+(group|repeat|loop)", re.IGNORECASE)


@dataclass
class _Group:
    """A group while its rows are read."""

    record: Record
    row: FormRow | None = None
    notes: list[Record] = field(default_factory=list)
    repeats: bool = False


def read_xlsform(book: Book, name: str, log: Log) -> Record:
    """Return the data of a questionnaire as an XLSForm says it; what is changed, added or left behind is told.

    Args:
        book: the workbook.
        name: the id of the questionnaire.
        log: takes what is to be told.
    """
    form = read_form(book, log)
    lists = read_lists(form)
    data = _Reader(form, lists, name).read()
    _settings(data, form, name, log)
    return data


class _Reader:
    """Goes through the rows of the survey from top to bottom."""

    def __init__(self, form: Form, lists: dict[str, Options], name: str) -> None:
        self.form, self.lists, self.log = form, lists, form.log
        self.ids = Ids(form.log, name)
        self.top = _Group(Record(Place(SURVEY)))
        self.open: list[_Group] = [self.top]
        self.questions: list[Question] = []
        self.names: dict[str, list[Named]] = {}
        self.conditions: list[tuple[Record, FormRow]] = []
        self.continued: set[str] = set()
        """Sections that hold the questions between groups."""

    def read(self) -> Record:
        """Return the data of the questionnaire, without what its settings say."""
        for row in self.form.survey:
            self._row(row)
        for group in self.open[1:]:
            if group.row is not None:
                message, remedy = "the group is not closed.", "Add a row with the type end_group."
                self.log.wrong(group.row.place_of("type"), message, remedy)
        sets = self._share_lists()
        relevance = Relevance(self.names, self.lists, self.log)
        for record, row in self.conditions:
            relevance.put(record, row)
        self._prune(self.top.record)
        data = self.top.record
        if self.top.notes:
            data["introduction"] = _joined(self.top.notes, self.form.languages)
        if sets:
            data.put("option_sets", sets, Place("choices"))
        data.cells["sections"] = Place(SURVEY)
        return data

    # ── rows ─────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _row(self, row: FormRow) -> None:
        kind = " ".join(row.said("type").split())
        if row.said("disabled").lower() in ("yes", "true"):
            self.log.note("not carried", row.place_of("disabled"), "the row is switched off.")
        elif not kind:
            if row.cells or row.texts:
                message, remedy = (
                    "“{field}” is missing.",
                    "Say what the row is, for example select_one yes_no, or note.",
                )
                self.log.wrong(row.place_of("type"), message, remedy, field="type")
        elif group := _GROUP.fullmatch(kind):
            opens, word = group[1].lower() == "begin", group[2].lower()
            self._begin(row, repeats=word != "group") if opens else self._end(row, word)
        elif kind.lower() == "note":
            self._note(row)
        else:
            self._question(row, kind)

    def _begin(self, row: FormRow, *, repeats: bool) -> None:
        name = row.said("name")
        if not name:
            self.log.wrong(
                row.place_of("name"), "“{field}” is missing.", "Give the group a name.", field="name"
            )
            name = f"group-{row.place.row}"
        record = Record(row.place)
        record.put("id", self.ids.of(name, "section", row.place_of("name")), row.place_of("name"))
        title = self.form.text(row, "label")
        if title is None:
            title = same_in(_spelt_out(name), self.form.languages)
            self.log.note("added", row.place_of("label"), "the group has no label; its name stands there.")
        record.put("title", title, row.place_of("label"))
        if repeats:
            self.log.note(
                "not carried",
                row.place_of("type"),
                "nothing is repeated: the questions inside are asked once.",
            )
        weight = row.cells.get("weight")
        if weight is not None:
            record.put("weight", weight, row.place_of("weight"))
        self.names.setdefault(name, []).append(Named("group", record["id"]))
        self._into(self.open[-1], "sections", record)
        self.open.append(_Group(record, row, repeats=repeats))
        self.conditions.append((record, row))

    def _end(self, row: FormRow, word: str) -> None:
        if len(self.open) == 1:
            message, remedy = (
                "this closes a group that was never begun.",
                "Remove the row, or add begin_group above.",
            )
            self.log.wrong(row.place_of("type"), message, remedy)
            return
        group = self.open.pop()
        begun = group.row.said("type") if group.row else ""
        if group.repeats != (word != "group"):
            message, remedy = (
                "this closes what was begun as “{begun}”.",
                "Write end_group for begin_group, end_repeat for begin_repeat.",
            )
            self.log.wrong(row.place_of("type"), message, remedy, begun=begun)
        self._describe(group)

    def _describe(self, group: _Group) -> None:
        """Give a section its description: the notes in it, its hint, or its title."""
        record, row = group.record, group.row
        if group.notes:
            record.put("description", _joined(group.notes, self.form.languages), group.notes[0].place)
            return
        hint = self.form.text(row, "hint") if row else None
        place = row.place_of("label") if row else None
        record.put("description", hint or record["title"], place)
        if hint is None:
            self.log.note(
                "added",
                place,
                "a section needs a description: its title stands there. A note or a hint becomes it.",
            )

    def _note(self, row: FormRow) -> None:
        text = self.form.text(row, "label")
        if text is None:
            self.log.note("not carried", row.place, "the note says nothing.")
            return
        if row.said("relevant"):
            self.log.note("not carried", row.place_of("relevant"), "the note is always shown.")
        text.place = row.place_of("label")
        if len(self.open) == 1 and self.top.record.get("sections"):
            self.log.note(
                "not carried",
                text.place,
                "a note between groups; put it into a group, and it becomes a description.",
            )
            return
        self.open[-1].notes.append(text)
        what = "the introduction" if len(self.open) == 1 else "the description of its section"
        self.log.note("changed", text.place, f"the note is now in {what}.")

    def _question(self, row: FormRow, kind: str) -> None:
        name = row.said("name")
        reason = reason_to_leave(kind)
        if reason is not None:
            self.log.note(
                "not carried", row.place_of("type"), f"{kind.split(maxsplit=1)[0]} “{name}”: {reason}."
            )
            if name:
                self.names.setdefault(name, []).append(Named("left", name))
            return
        if not name:
            self.log.wrong(
                row.place_of("name"), "“{field}” is missing.", "Give the question a name.", field="name"
            )
            name = f"row-{row.place.row}"
        question = question_of(row, kind, name, self.form, self.lists, self.ids)
        if question is None:
            self.names.setdefault(name, []).append(Named("broken", name))
            return
        self.questions.append(question)
        self.names.setdefault(name, []).append(
            Named("question", question.record["id"], question.options, question.several)
        )
        self.conditions.append((question.record, row))
        group = self._asked_last(self.open[-1], row) if len(self.open) > 1 else self._general(row)
        self._into(group, "questions", question.record)

    def _asked_last(self, group: _Group, row: FormRow) -> _Group:
        """Return where the next question of a group stands: behind the groups inside, if there are any.

        A section asks its own questions first; to keep the order, those behind a group get a section of their own.
        """
        inside = group.record.get("sections", [])
        if not inside:
            return group
        if inside[-1]["id"] not in self.continued:
            name = self.ids.of(f"{group.record['id'][:70]}-more", "section", None)
            record = Record(row.place)
            record.update(id=name, title=group.record["title"], description=group.record["title"])
            said = f"the questions behind a group inside “{group.record['id']}” have a section of their own, “{name}”, to keep the order."
            self.log.note("changed", row.place_of("name"), said)
            self.continued.add(name)
            self._into(group, "sections", record)
        return _Group(group.record["sections"][-1])

    def _general(self, row: FormRow) -> _Group:
        """Return the section of questions that stand in no group: a new one after each group."""
        sections = self.top.record.get("sections", [])
        if sections and sections[-1]["id"] in self.continued:
            return _Group(sections[-1])
        title = in_languages(GENERAL, self.form.languages)
        record = Record(row.place)
        record.update(id=self.ids.of("general", "section", None), title=title, description=title)
        said = f"the questions from here on stand in no group; they are in the section “{record['id']}”."
        self.log.note("added", row.place_of("name"), said)
        self.continued.add(record["id"])
        self._into(self.top, "sections", record)
        return _Group(record)

    def _into(self, group: _Group, key: str, record: Record) -> None:
        if key not in group.record:
            group.record.put(key, [], record.place)
        group.record[key].append(record)

    # ── once all rows are read ───────────────────────────────────────────────────────────────────────────────────────

    def _share_lists(self) -> list[Record]:
        """Make option sets of the lists that several questions use, and give each other question its own options."""
        used = Counter(question.options.name for question in self.questions if question.options)
        names, sets = Ids(self.log), dict[str, Record]()
        unscored = 0
        for question in self.questions:
            options = question.options
            unscored += question.lacks_worths
            if options is None:
                continue
            if used[options.name] == 1 or len(options.options) < 2:
                question.record.put("options", options.options, options.place)
                continue
            if options.name not in sets:
                made = Record(options.place)
                made.put("id", names.of(options.name, "option set", options.place), options.place)
                made.put("options", options.options, options.place)
                sets[options.name] = made
            question.record.put("option_set", sets[options.name]["id"], question.row.place_of("type"))
        tell_unscored(
            unscored, sum(question.record["type"] == "number" for question in self.questions), self.log
        )
        for name, options in self.lists.items():
            if not used[name]:
                self.log.note("not carried", options.place, f"no question uses the list “{name}”.")
        return list(sets.values())

    def _prune(self, record: Record) -> None:
        """Leave out groups in which no question is left."""
        for section in list(record.get("sections", ())):
            self._prune(section)
            if not section.get("questions") and not section.get("sections"):
                record["sections"].remove(section)
                self.log.note(
                    "not carried", section.place, f"there is no question in the group “{section['id']}”."
                )
        if "sections" in record and not record["sections"]:
            del record["sections"]


def _joined(notes: list[Record], languages: tuple[Language, ...]) -> Record:
    text = Record(notes[0].place)
    for language in languages:
        text.put(language, "\n\n".join(note[language] for note in notes), notes[0].cells.get(language))
    return text


def _spelt_out(name: str) -> str:
    words = re.sub(r"[_-]+", " ", name).strip()
    return words[:1].upper() + words[1:]


# ── settings ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _settings(data: Record, form: Form, name: str, log: Log) -> None:
    """Put in what the settings say, and what a questionnaire needs besides."""
    row, languages, sheet = form.settings, form.languages, Place(SETTINGS)

    def said(column: str) -> tuple[str, Place]:
        return (row.said(column), row.place_of(column)) if row else ("", sheet)

    form_id, place = said("form_id")
    data.put("id", name, place)
    if form_id and form_id != name:
        log.note("changed", place, f"“{form_id}” is now {name}: a questionnaire has the name of its folder.")
    title, place = said("form_title")
    data.put("title", same_in(title or _spelt_out(name), languages), place)
    if not title:
        log.note("added", place, f"there is no form_title; “{_spelt_out(name)}” stands there.")
    elif len(languages) > 1:
        log.note(
            "added", place, f"the title is in one language; it stands there in {', '.join(languages)} alike."
        )
    version, place = said("version")
    data.put("version", _version(version), place)
    if not version:
        log.note("added", place, "the version is 1.0.0.")
    elif _version(version) != version:
        log.note("changed", place, f"“{version}” is now {_version(version)}: a version has three numbers.")
    data.put("languages", list(languages), said("default_language")[1])
    if "introduction" not in data:
        data["introduction"] = in_languages(INTRODUCTION, languages)
        log.note(
            "added",
            Place(SURVEY),
            "there is no introduction: a sentence stands there. A note before the first question becomes it.",
        )
    data["scale"] = scale_of_percent(languages)
    data["levels"] = "bands"
    log.note(
        "added",
        None,
        "a scale from 0 to 100 with four levels, from 0, 25, 50 and 75: a form has none. Name and cut them as you like.",
    )
    if "sections" not in data and not log.problems:
        log.wrong(
            Place(SURVEY), "there is no question in this form that can be carried over.", "Add questions."
        )


def _version(said: str) -> str:
    """Return three numbers: those of the form's version, filled up; 1.0.0, if it has none."""
    numbers = re.findall(r"\d+", said)[:3]
    return ".".join([*(str(int(number)) for number in numbers), "0", "0"][:3]) if numbers else "1.0.0"
