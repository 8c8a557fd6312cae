"""Words, numbers and dates in the reader's language. English is the source; each other language is one .po file.

The language is always an argument: nothing here depends on the process or the session.
"""

import datetime as dt
import re
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO
from typing import Any

from babel import Locale
from babel.dates import format_date, format_time, get_date_format
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent, get_decimal_symbol, get_group_symbol

from assessment.values import VARIETIES, Language, Variety, language_of, round_half_up, spelt

SOURCE: Language = "en"
MISSING = "–"
REGION = {"en": "en_GB"}
"""Dates and numbers as written there, where the language alone would say otherwise."""


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for it
    """Mark a message for translation where it is written down and translated later."""
    return message


def languages() -> tuple[Language, ...]:
    """Return the interface's languages: the source and one for each .po file."""
    found = sorted(
        path.name[:-3]
        for path in files("assessment").joinpath("locale").iterdir()
        if path.name.endswith(".po")
    )
    return (SOURCE, *found)


def varieties() -> tuple[Variety, ...]:
    """Return what one can read in: each language, followed by the ways in which countries write it."""
    return tuple(
        each for code in languages() for each in (code, *(v for v in VARIETIES if language_of(v) == code))
    )


@lru_cache(maxsize=10_000)
def _number(value: float, digits: int, locale: Locale) -> str:
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return str(format_decimal(round_half_up(value, digits), format=pattern, locale=locale))


class Catalogue:
    """One language's words and formats, in the spelling of a variety where one is wanted."""

    def __init__(self, language: Variety, translations: NullTranslations) -> None:
        self.language = language
        self.locale = Locale.parse(REGION.get(language, language.replace("-", "_")))
        self._translations = translations

    def t(self, message: str, /, **values: object) -> str:
        """Return the message in this language with `{named}` values put in."""
        said = spelt(self._translations.gettext(message), self.language)
        return said.format(**values) if values else said

    def n(self, one: str, many: str, count: int, /, **values: object) -> str:
        """Return the form for this count; `{count}` is put in."""
        said = spelt(self._translations.ngettext(one, many, count), self.language)
        return said.format(count=self.number(count, 0), **values)

    def number(self, value: float | None, digits: int = 2) -> str:
        """Return a number with exactly so many decimals, rounded half up; a dash for none."""
        if value is None:
            return MISSING
        return _number(value, digits, self.locale)

    def change(self, by: float | None, digits: int = 2) -> str:
        """Return a difference with its sign, rounded like a number; a dash for none."""
        if by is None:
            return MISSING
        rounded = round_half_up(by, digits)
        sign = "+" if rounded > 0 else "\u2212" if rounded < 0 else "\u00b1"
        return sign + self.number(abs(rounded), digits)

    def percent(self, share: float | None) -> str:
        """Return a share from 0 to 1 as whole percent; a dash for none."""
        return MISSING if share is None else str(format_percent(round_half_up(share, 2), locale=self.locale))

    def date(self, day: dt.date) -> str:
        """Return a day in full: 21 November 2026."""
        return str(format_date(day, "long", locale=self.locale))

    def day(self, day: dt.date | None) -> str:
        """Return a day, short: 21 Nov 2026; a dash for none."""
        return MISSING if day is None else str(format_date(day, "medium", locale=self.locale))

    def month(self, day: dt.date) -> str:
        """Return a month, short, with its year: Nov 2026."""
        return str(format_date(day, "MMM yyyy", locale=self.locale))

    def moment(self, at: dt.datetime, *, now: dt.datetime) -> str:
        """Return when something was: the time of day for today, 14:03; the day before that, 21 Nov 2026."""
        if at.date() == now.date():
            return str(format_time(at, "short", locale=self.locale))
        return str(format_date(at.date(), "medium", locale=self.locale))

    def join(self, words: Any) -> str:
        """Return the words as a list in a sentence: a, b and c."""
        items = list(words)
        if len(items) < 2:
            return "".join(items)
        return self.t("{list} and {last}", list=", ".join(items[:-1]), last=items[-1])

    @property
    def day_pattern(self) -> str:
        """How a day is written in a field, by its signs and their order: DD.MM.YYYY."""
        short = str(get_date_format("short", locale=self.locale).pattern)
        sign = next((each for each in short if each in "./-"), "-")
        order = [part for part in re.split(r"[^dMy]+", short) if part]
        return sign.join({"d": "DD", "M": "MM", "y": "YYYY"}[part[0]] for part in order)

    @property
    def separators(self) -> str:
        """The signs for decimals and for thousands."""
        return str(get_decimal_symbol(self.locale)) + str(get_group_symbol(self.locale))

    @property
    def own_name(self) -> str:
        """The language's name for itself."""
        name = str(self.locale.get_language_name(language_of(self.language))).capitalize()
        return f"{name} ({self.locale.get_territory_name()})" if self.language in VARIETIES else name


@lru_cache(maxsize=16)
def catalogue(language: Variety) -> Catalogue:
    """Return the catalogue of a language; unknown languages get English."""
    source = files("assessment").joinpath("locale", f"{language_of(language)}.po")
    if not source.is_file():
        return Catalogue(SOURCE, NullTranslations())
    with source.open("rb") as file:
        messages = read_po(file, locale=language_of(language))
    compiled = BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return Catalogue(language, GNUTranslations(compiled))
