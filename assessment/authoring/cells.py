"""What stands in one cell, as a value of a questionnaire; or the problem with it."""

import re
import unicodedata
from datetime import date, datetime
from typing import Any

from assessment.authoring.columns import PREFIX, Column, Part
from assessment.authoring.opening import Content, Formula
from assessment.authoring.places import Log, Place
from assessment.authoring.sayings import number_said
from assessment.errors import did_you_mean

_ID = re.compile(r"[a-z][a-z0-9-]*")
LONGEST_ID = 80

BLANK = " \t\r\n\u00a0"
"""A cell with nothing but these is empty."""

YES = frozenset({"yes", "y", "true", "x", "1", "ja", "wahr", "waar"})
NO = frozenset({"no", "n", "false", "0", "nein", "nee", "falsch", "onwaar"})

_AS_LETTERS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "å": "aa", "ł": "l", "đ": "d"}
)


def word_of(said: str, part: Part) -> str:
    """Return what somebody wrote as an id: the same word for the same writing, wherever it stands."""
    if _ID.fullmatch(said) and len(said) <= LONGEST_ID:
        return said
    letters = unicodedata.normalize("NFKD", said.strip().lower().translate(_AS_LETTERS))
    word = re.sub(r"[^a-z0-9]+", "-", letters.encode("ascii", "ignore").decode()).strip("-")
    if not word or not word[0].isalpha():
        word = f"{PREFIX[part]}-{word}".strip("-")
    return word[:LONGEST_ID]


def text_of(content: Content) -> str:
    """Return what a cell shows, as a text."""
    match content:
        case bool():
            return "yes" if content else "no"
        case int() | float():
            return number_said(content)
        case date():
            return content.isoformat()
        case _:
            return content


def content_of(
    content: Content | Formula | None, place: Place, log: Log, *, day: bool = False
) -> Content | None:
    """Return what a cell holds, if it is content that can be meant."""
    if isinstance(content, Formula):
        message = "a formula is not worked out: {formula}."
        log.wrong(place, message, "Copy the cells and paste them as values.", formula=content.text[:60])
        return None
    if isinstance(content, date) and not day:
        message = "the spreadsheet has made a date of what was written here: {day}."
        log.wrong(place, message, "Format the column as text and write it again.", day=content.isoformat())
        return None
    if isinstance(content, str) and not content.strip(BLANK):
        return None
    return content


def read_cell(column: Column, content: Content, place: Place, log: Log) -> Any:
    """Return the value that a cell of this column says; None, if it says none that fits.

    Conditions and answers are returned as they stand: what they mean hangs on other sheets.
    """
    said = text_of(content).strip()
    match column.kind:
        case "condition":
            return said
        case "value":
            return content
        case "plain" | "text":
            return text_of(content)
        case "id" | "ref":
            assert column.names is not None
            word = word_of(said, column.names)
            if word != said and column.kind == "id":
                log.note("changed", place, f"“{said}” is now {word}: ids are lower-case words.")
            return word
        case "refs":
            assert column.names is not None
            return [word_of(each, column.names) for each in listed(said)]
        case "words":
            return _words(content, place, log)
        case "number":
            return _number(content, place, log)
        case "whole":
            number = _number(content, place, log)
            if number is not None and not float(number).is_integer():
                log.wrong(
                    place, "a whole number is needed here, not “{value}”.", "Write for example 3.", value=said
                )
                return None
            return None if number is None else int(number)
        case "flag":
            if said.lower() not in YES | NO:
                log.wrong(
                    place, "yes or no is needed here, not “{value}”.", "Write yes, or nothing.", value=said
                )
                return None
            return said.lower() in YES
        case "one_of":
            return _known(column, said, place, log)
        case "some_of":
            found = [_known(column, each, place, log) for each in listed(said)]
            return [each for each in found if each is not None]
        case "limits":
            return _limits(said, place, log)
        case "shares":
            return _shares(said, place, log)
        case "numbers":
            return _numbers(said, place, log)
        case "date":
            return _day(content, place, log)


def listed(said: str) -> list[str]:
    """Return the words of a list in a cell."""
    return [each.strip() for each in re.split(r"[,;\n]", said) if each.strip()]


_WORDS = re.compile(r'\s*"(?P<quoted>(?:[^"]|"")*)"\s*(?:[,;\n]|$)|(?P<bare>[^,;\n]+)')


def words_said(words: list[str]) -> str:
    """Return short texts as they stand in one cell; those that a list would cut or trim stand in quotes."""
    return ", ".join(
        '"' + word.replace('"', '""') + '"' if listed(word) != [word] or '"' in word else word
        for word in words
    )


def _words(content: Content, place: Place, log: Log) -> list[str] | None:
    if isinstance(content, float):
        message = (
            "the spreadsheet has made a number of what was written here, and may have lost a digit: {number}."
        )
        remedy = "Format the column as text and write it again: 5.10 and 5.1 are two parts."
        log.wrong(place, message, remedy, number=number_said(content))
        return None
    found = (
        match["bare"].strip() if match["quoted"] is None else match["quoted"].replace('""', '"')
        for match in _WORDS.finditer(text_of(content))
    )
    return [word for word in found if word]


def _number(content: Content, place: Place, log: Log) -> int | float | None:
    if isinstance(content, (int, float)) and not isinstance(content, bool):
        return content
    number = number_in(text_of(content))
    if number is None:
        message, remedy = "a number is needed here, not “{value}”.", "Write it in digits, for example 0.5."
        log.wrong(place, message, remedy, value=text_of(content))
    return number


def number_in(said: str) -> int | float | None:
    """Return the number that a text is: with a point or a comma, or a fraction."""
    plain = said.strip()
    if re.fullmatch(r"[-+]?\d{1,15}", plain):
        return int(plain)
    if re.fullmatch(r"[-+]?\d+[.,]\d+(?:[eE][-+]?\d+)?|[-+]?\d+(?:[eE][-+]?\d+)?", plain):
        return float(plain.replace(",", "."))
    fraction = re.fullmatch(r"(\d{1,9})\s*/\s*(\d{1,9})", plain)
    return int(fraction[1]) / int(fraction[2]) if fraction and int(fraction[2]) else None


def _known(column: Column, said: str, place: Place, log: Log) -> str | None:
    word = _in_one_form(said)
    for known in column.known:
        if _in_one_form(known) == word:
            return known
    message = "“{value}” is not known in column {header}."
    log.wrong(
        place, message, "{hint}", value=said, header=column.header, hint=did_you_mean(word, column.known)
    )
    return None


def _in_one_form(said: str) -> str:
    return re.sub(r"[\s/_-]+", "_", said.lower())


def _limits(said: str, place: Place, log: Log) -> list[dict[str, Any]] | None:
    limits: list[dict[str, Any]] = []
    for each in listed(said):
        found = re.fullmatch(r"(.+?)\s*[=:]\s*(-?\d{1,9})", each)
        if found is None:
            message, remedy = (
                "“{value}” is not a section with its level.",
                "Write for example w1 = 2, legal = 2.",
            )
            log.wrong(place, message, remedy, value=each)
            return None
        limits.append({"section": word_of(found[1], "section"), "level": int(found[2])})
    return limits


def _shares(said: str, place: Place, log: Log) -> dict[str, int | float] | None:
    shares: dict[str, int | float] = {}
    for each in listed(said):
        found = re.fullmatch(r"(.+?)\s*[=:]\s*(\S+?)\s*%?", each)
        number = number_in(found[2]) if found else None
        if found is None or number is None:
            message, remedy = (
                "“{value}” is not a role with its share.",
                "Write for example people = 60, it = 40.",
            )
            log.wrong(place, message, remedy, value=each)
            return None
        role = word_of(found[1], "planning role")
        if role in shares:
            log.wrong(place, "the role “{role}” is there twice.", "Keep one of them.", role=role)
            return None
        shares[role] = number
    return shares


def _numbers(said: str, place: Place, log: Log) -> list[int | float] | None:
    """Return the numbers of a list; where there are semicolons, a comma is part of a number."""
    numbers: list[int | float] = []
    for each in said.split(";") if ";" in said else listed(said):
        number = number_in(each)
        if number is None:
            message, remedy = "“{value}” is not a number.", "Write for example 1; 0.7; 0.4."
            log.wrong(place, message, remedy, value=each.strip())
            return None
        numbers.append(number)
    return numbers


def _day(content: Content, place: Place, log: Log) -> date | None:
    if isinstance(content, datetime):
        return content.date()
    if isinstance(content, date):
        return content
    said = text_of(content).strip()
    in_order = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", said)
    turned = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", said)
    numbers = in_order.groups() if in_order else turned.groups()[::-1] if turned else ()
    try:
        year, month, day = map(int, numbers)
        return date(year, month, day)
    except ValueError:
        message, remedy = "“{value}” is not a day.", "Write for example 2026-11-21."
        log.wrong(place, message, remedy, value=said)
        return None
