"""The choices of an XLSForm: lists of options, with what each is worth."""

from dataclasses import dataclass, field

from assessment.authoring.cells import number_in, word_of
from assessment.authoring.columns import Part
from assessment.authoring.forms import CHOICES, SURVEY, Form, FormRow
from assessment.authoring.places import Log, Place, Record

WORTHS = ("worth", "score", "points", "value", "weight")
"""Columns of which the first that is there says what an option is worth."""


@dataclass
class Options:
    """One list."""

    name: str
    place: Place
    options: list[Record] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)
    """The id of each option by the name that the form has for it."""

    @property
    def worths(self) -> tuple[float | None, ...]:
        """What each option is worth."""
        return tuple(option.get("worth") for option in self.options)

    @property
    def is_scored(self) -> bool:
        """Say whether the options are told apart by what they are worth."""
        return len({worth for worth in self.worths if worth is not None}) > 1

    @property
    def has_worths(self) -> bool:
        """Say whether any option has a worth."""
        return any(worth is not None for worth in self.worths)

    def word(self, name: str) -> str:
        """Return the id of an option that the form names so."""
        return self.ids.get(name, name)

    def numbers(self) -> dict[str, float] | None:
        """Return the number that each option's name is, by id; None, if one is none."""
        found = {identifier: number_in(name) for name, identifier in self.ids.items()}
        return (
            {k: float(v) for k, v in found.items() if v is not None} if None not in found.values() else None
        )


class Ids:
    """Ids of a kind that must each be there once."""

    def __init__(self, log: Log, *taken: str) -> None:
        self._log, self._taken = log, set(taken)

    def of(self, said: str, part: Part, place: Place | None) -> str:
        """Return an id for what the form names so; that it was changed is told."""
        word = plain = word_of(said, part)
        count = 1
        while word in self._taken:
            count += 1
            word = f"{plain[:76]}-{count}"
        self._taken.add(word)
        if word != said:
            why = "it is taken" if plain == said else "ids are lower-case words"
            self._log.note("changed", place, f"“{said}” is now {word}: {why}.")
        return word


def read_lists(form: Form) -> dict[str, Options]:
    """Return the lists of the sheet of choices by name; what is wrong in it is told."""
    log, found = form.log, dict[str, Options]()
    ids: dict[str, Ids] = {}
    for row in form.choices:
        name, option = row.said("list_name"), row.said("name")
        column = "name"
        if not option and "name" not in row.columns:
            option, column = row.said("value"), "value"
        if not name or not option:
            lacking = column if name else "list_name"
            if name or option or row.texts:
                log.wrong(row.place_of(lacking), "“{field}” is missing.", "Fill in the cell.", field=lacking)
            continue
        options = found.setdefault(name, Options(name, row.place_of("list_name")))
        place = row.place_of(column)
        if option in options.ids:
            message, remedy = (
                "the option “{option}” of list “{list}” is there twice.",
                "Give each option a name of its own.",
            )
            log.wrong(place, message, remedy, option=option, list=name)
            continue
        record = Record(row.place)
        options.ids[option] = ids.setdefault(name, Ids(log)).of(option, "option", place)
        record.put("id", options.ids[option], place)
        record.put("label", _label(form, row, option), row.place_of("label"))
        _put_worth(record, row, column, log)
        options.options.append(record)
    return found


def _label(form: Form, row: FormRow, name: str) -> Record:
    text = form.text(row, "label")
    if text is None:
        form.log.note(
            "added", row.place_of("label"), f"the option has no label; its name “{name}” stands there."
        )
        text = Record()
        text.update(dict.fromkeys(form.languages, name))
    return text


def _put_worth(record: Record, row: FormRow, named_by: str, log: Log) -> None:
    column = next((each for each in WORTHS if each in row.columns and each != named_by), None)
    if column is None:
        return
    place = row.place_of(column)
    record.cells["worth"] = place
    said = row.said(column)
    number = number_in(said) if said else None
    if said and number is None:
        log.wrong(
            place,
            "a number is needed here, not “{value}”.",
            "Write it in digits, for example 0.5.",
            value=said,
        )
    elif number is not None:
        record["worth"] = number


def tell_unscored(choices: int, numbers: int, log: Log) -> None:
    """Tell what to add so that questions count."""
    if choices:
        said = f"{_are(choices, 'question')} asked and not scored, because the form has no worths: "
        log.note(
            "added",
            Place(CHOICES),
            said + "add a column worth to this sheet, with a number for each option (0, 1, 2 …).",
        )
    if numbers:
        said = f"{_are(numbers, 'number')} asked and not scored: what a number is worth is said in our own template, sheet points."
        log.note("added", Place(SURVEY), said)


def _are(count: int, word: str) -> str:
    return f"{count} {word} is" if count == 1 else f"{count} {word}s are"
