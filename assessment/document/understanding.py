"""What people wrote as a number, read as their language writes it; nothing that could mean two things is guessed at."""

import re

from assessment.document.saying import MOST_DECIMALS
from assessment.i18n import Catalogue
from assessment.questions import Count

_SPACES = re.compile(r"[\s\u00a0\u2007\u202f']")

_SIGNS_OF = {"EUR": ("EUR", "€"), "CHF": ("CHF", "Fr."), "GBP": ("GBP", "£")}
"""How else a currency is written, before or after an amount; another one than the profile's is not guessed at."""
_TIMES = {
    word: factor
    for factor, words in {
        10**6: ("mio", "mio.", "million", "millionen", "mln", "mln.", "miljoen"),
        10**3: ("tsd", "tsd.", "tausend", "thousand", "duizend", "dzd"),
    }.items()
    for word in words
}
"""Words after a number, as people write large ones."""
_WORD_AT_THE_END = re.compile(r"(?<![A-Za-z])[A-Za-z]+\.?$")

DIGITS = 15
"""A whole number with more digits is kept as near as a machine's number comes."""


class NoNumberError(ValueError):
    """What is written cannot be read as a number."""


class OtherSignsError(NoNumberError):
    """It would be a number with the signs of another language."""


def number_in(written: str, control: Count, c: Catalogue) -> int | float:
    """Read a number as people of this language write it, with or without its unit.

    Raises:
        NoNumberError: it cannot be read; a sign that means something else in another language is not guessed at.
    """
    text = _SPACES.sub("", written).replace("\u2212", "-")
    unit = _SPACES.sub("", control.unit.localize(c.language)) if control.unit else ""
    for sign in _SIGNS_OF.get(unit, (unit,)) if unit else ():
        text = re.sub(rf"^{re.escape(sign)}|{re.escape(sign)}$", "", text, flags=re.IGNORECASE)
    times = next((factor for word, factor in _TIMES.items() if text.lower().endswith(word)), 1)
    if times != 1:
        text = _WORD_AT_THE_END.sub("", text)
    if not _is_number(text, *c.separators):
        if _is_number(text, *reversed(c.separators)) or re.fullmatch(r"[+-]?[0-9]+[.,][0-9]+", text):
            raise OtherSignsError
        raise NoNumberError
    plain = text.replace(c.separators[1], "").replace(c.separators[0], ".")
    if "." in plain or times != 1 or len(plain) > DIGITS:
        number = round(float(plain) * times, MOST_DECIMALS)
        return int(number) if times != 1 and number.is_integer() else number
    return int(plain)


def _is_number(text: str, decimal: str, group: str) -> bool:
    """Say whether a text is a number with these signs for decimals and for thousands."""
    thousands = rf"[0-9]{{1,3}}({re.escape(group)}[0-9]{{3}})+|" if group else ""
    return re.fullmatch(rf"[+-]?({thousands}[0-9]+)({re.escape(decimal)}[0-9]+)?", text) is not None
