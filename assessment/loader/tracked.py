"""An edited table of the plan read again: by its measures' ids, what is said otherwise about status, owner, days and note.

The table may be in any of the program's languages and as a spreadsheet saved it: with commas, semicolons or tabs, in Unicode or
not, its days turned into those of the country. What cannot be read is told with line and column; then nothing is taken over.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple
from unicodedata import category

from pydantic import ValidationError

from assessment.document.tracked import COLUMNS, READ, Column, columns_said, statuses_said
from assessment.errors import MOST_WRONG, AnswersError, Problem, did_you_mean
from assessment.i18n import N_, catalogue, varieties
from assessment.questionnaire import Questionnaire
from assessment.roadmap import Commitment, Standing, Terms, Track

MOST_BYTES = 2_000_000
SEPARATORS = (";", ",", "\t")
GUARDED = re.compile(r"^'(?='*[=+\-@])")
"""Our own tables keep a spreadsheet from reading a text as a formula by this."""

UNSEEN = ("Cc", "Cf", "Cn", "Cs")
"""Characters that steer, or are none."""

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})[.-](\d{1,2})[.-](\d{4})")
_SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


class Difference(NamedTuple):
    """Something that an edited table says otherwise."""

    measure: str
    column: Column
    before: str
    after: str
    """As it is stored: a standing or nothing, a day as 2027-03-31, a text."""


class Brought(NamedTuple):
    """What an edited table brings."""

    terms: Terms
    """With everything taken over."""
    differences: tuple[Difference, ...]


class _Row(NamedTuple):
    line: int
    cells: Mapping[Column, str]
    heads: Mapping[Column, str]
    """What the columns are called in the file."""


def read_tracked(raw: bytes, name: str, *, questionnaire: Questionnaire, terms: Terms, on: date) -> Brought:
    """Return what a table brings, compared with what is settled and noted now.

    Args:
        raw: the file.
        name: what it is called, for messages.
        questionnaire: whose measures it may name.
        terms: what is settled and noted now.
        on: the day on which it is taken over; a measure said to be done without a day is done then.

    Raises:
        AnswersError: it cannot be read; with every problem found.
    """
    problems: list[Problem] = []
    changed, differences, seen = terms, list[Difference](), set[str]()
    for row in _rows(raw, name):
        if len(problems) >= MOST_WRONG:
            break
        measure = row.cells["id"]
        try:
            if measure not in questionnaire.measures_by_id:
                hint = did_you_mean(measure, questionnaire.measures_by_id)
                raise _wrong(N_("there is no measure “{id}”. {hint}"), "id", id=measure, hint=hint)
            if measure in seen:
                raise _wrong(N_("the measure “{id}” stands in the table twice."), "id", id=measure)
            seen.add(measure)
            commitment, track = _commitment(row.cells, measure, terms, on), _track(row.cells, measure, terms)
        except _CellError as wrong:
            column = wrong.column
            problems.append(
                Problem(
                    wrong.message,
                    REMEDIES[column],
                    file=name,
                    line=row.line,
                    at=row.heads.get(column, catalogue("en").t(COLUMNS[column])),
                    values=wrong.values,
                )
            )
            continue
        found = tuple(_differences(terms, measure, commitment, track))
        if found:
            differences += found
            # first what is noted: what was settled when is added to that
            changed = changed.noted(track).settled(measure, commitment, on=on)
    if problems:
        raise AnswersError(problems)
    return Brought(changed, tuple(differences))


REMEDIES: dict[Column, str] = {
    "id": N_("Leave the column of ids as the program wrote it; rows may be left out."),
    "measure": "",
    "status": N_("Write one of the words that the program writes: In the plan, Under way, Done, Dropped."),
    "owner": N_("Shorten it."),
    "begun": N_("Write the day as year, month and day: 2027-03-31."),
    "ended": N_("Write the day as year, month and day: 2027-03-31."),
    "note": N_("Shorten it."),
}


class _CellError(Exception):
    """A cell that cannot be taken over."""

    def __init__(self, message: str, column: Column, values: dict[str, object]) -> None:
        super().__init__(message)
        self.message, self.column, self.values = message, column, values


def _wrong(message: str, column: Column, **values: object) -> _CellError:
    return _CellError(message, column, values)


# ── the table ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _rows(raw: bytes, name: str) -> Iterator[_Row]:
    """Yield the rows that name a measure."""
    if len(raw) > MOST_BYTES:
        raise AnswersError(
            [
                Problem(
                    "the file is too large for a table of a plan.",
                    "Check that it is the right file: the plan as a table (CSV).",
                    file=name,
                )
            ]
        )
    text = _text(raw)
    head = next(iter(text.splitlines()), "")
    said = {word: column for code in varieties() for word, column in columns_said(catalogue(code)).items()}

    def known(separator: str) -> int:
        cells = next(csv.reader([head], delimiter=separator), [])
        return sum(cell.strip().casefold() in said for cell in cells)

    before = 0
    columns: dict[int, Column] = {}
    heads: dict[Column, str] = {}
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(SEPARATORS, key=known))
        for cells in reader:
            line, before = before + 1, reader.line_num
            if line == 1:
                columns = _columns(cells, said, name)
                heads = {column: cells[place].strip() for place, column in columns.items()}
                continue
            here = {
                column: GUARDED.sub("", cells[place].strip())
                for place, column in columns.items()
                if place < len(cells)
            }
            if here.get("id"):
                yield _Row(line, here, heads)
    except csv.Error:
        raise AnswersError([_no_table(name)]) from None
    if not columns:
        raise AnswersError([_no_table(name)])


def _columns(cells: list[str], said: Mapping[str, Column], name: str) -> dict[int, Column]:
    found: dict[int, Column] = {}
    for place, cell in enumerate(cells):
        column = said.get(cell.strip().casefold())
        if column is not None and column not in found.values():
            found[place] = column
    if "id" not in found.values() or not set(READ) & set(found.values()):
        raise AnswersError([_no_table(name)])
    return found


def _no_table(name: str) -> Problem:
    return Problem(
        "this is not the plan as a table: its first line does not name the columns.",
        "Download the plan as CSV, change status, owner, days or note in it, and save it as CSV again.",
        file=name,
        line=1,
    )


def _text(raw: bytes) -> str:
    """Return the text of a file as spreadsheets write them: with a mark for Unicode, without one, or not in Unicode."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace").removeprefix("\ufeff")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


# ── a row ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _commitment(cells: Mapping[Column, str], measure: str, terms: Terms, on: date) -> Commitment | None:
    """Return what a row says is settled about its measure."""
    before = terms.wishes.of(measure)
    standing: Standing | None = before.standing if before else None
    if cells.get("status"):
        said = _standing(cells["status"])
        standing = said if said is not None or standing != "pinned" else standing
    begin = _day(cells, "begun", before.begin if before and before.standing != "pinned" else None)
    end = _day(cells, "ended", before.end if before and before.standing != "pinned" else None)
    if standing is None or standing == "pinned":
        given = next((each for each in ("begun", "ended") if cells.get(each)), None)
        if given is not None:
            raise _wrong(
                N_(
                    "there is a day, but by its status the measure is not under way, done or dropped. Empty the day or change the status."
                ),
                "status",
            )
        return before if standing == "pinned" else None
    if begin is not None and end is not None and end < begin:
        raise _wrong(N_("the measure ends on {end}, before it begins."), "ended", end=end.isoformat())
    newly = before is None or before.standing != standing
    if end is None and newly and standing in ("done", "dropped"):
        end = on
    if newly and before is not None and standing == "running" and "ended" not in cells:
        end = None
    try:
        return Commitment(measure=measure, standing=standing, begin=begin, end=end)
    except ValidationError:
        raise _wrong(N_("a day lies before 2000 or after 2199."), "begun") from None


def _standing(word: str) -> Standing | None:
    wanted = word.strip().casefold()
    for code in varieties():
        words = statuses_said(catalogue(code))
        if wanted in words:
            return words[wanted]
    raise _wrong(N_("there is no status “{status}”."), "status", status=word)


def _day(cells: Mapping[Column, str], column: Column, before: date | None) -> date | None:
    """Return the day of a cell; the one before where the table has no such column."""
    if column not in cells:
        return before
    said = cells[column]
    if not said:
        return None
    parts: tuple[str, ...] = ()
    if found := _ISO.fullmatch(said):
        parts = found.groups()
    elif found := _DAY_FIRST.fullmatch(said):
        parts = found.groups()[::-1]
    elif found := _SLASHES.fullmatch(said):
        one, two, year = found.groups()
        if int(one) <= 12 and int(two) <= 12 and one != two:
            raise _wrong(N_("“{day}” can be read as two days."), column, day=said)
        parts = (year, two, one) if int(one) > 12 else (year, one, two)
    try:
        return date(*map(int, parts)) if parts else _no_day(said, column)
    except ValueError:
        return _no_day(said, column)


def _no_day(said: str, column: Column) -> date:
    raise _wrong(N_("“{day}” is no day."), column, day=said)


def _track(cells: Mapping[Column, str], measure: str, terms: Terms) -> Track:
    """Return what a row notes about its measure; a text that only lost its line breaks in the table is the same."""
    before = terms.tracking.of(measure)
    owner = " ".join(cells.get("owner", before.owner).split())
    note = cells.get("note", before.note).strip()
    if _seen(note) == _seen(before.note):
        note = before.note
    if _seen(owner) == _seen(before.owner):
        owner = before.owner
    try:
        return Track(measure=measure, owner=owner, note=note, turns=before.turns)
    except ValidationError as error:
        column: Column = "owner" if error.errors()[0]["loc"][0] == "owner" else "note"
        raise _wrong(N_("the text is too long."), column) from None


def _seen(text: str) -> str:
    """Return what one sees of a text: no table carries line breaks and signs that nobody sees."""
    kept = (
        " " if sign.isspace() else sign for sign in text if sign.isspace() or category(sign) not in UNSEEN
    )
    return " ".join("".join(kept).split())


def _differences(
    terms: Terms, measure: str, commitment: Commitment | None, track: Track
) -> Iterator[Difference]:
    old, noted = terms.wishes.of(measure), terms.tracking.of(measure)
    is_pinned = old is not None and old.standing == "pinned" and old == commitment
    pairs: tuple[tuple[Column, object, object], ...] = (
        ("status", old and old.standing, commitment and commitment.standing),
        ("owner", noted.owner, track.owner),
        (
            "begun",
            None if is_pinned else old and old.begin,
            None if is_pinned else commitment and commitment.begin,
        ),
        (
            "ended",
            None if is_pinned else old and old.end,
            None if is_pinned else commitment and commitment.end,
        ),
        ("note", noted.note, track.note),
    )
    for column, before, after in pairs:
        if before != after:
            yield Difference(measure, column, str(before or ""), str(after or ""))
