"""Which language a column is in: `label::en`, `label::German (de)`, `label::Deutsch`."""

import re

NAMES = {
    "en": ("english", "englisch", "engels", "anglais"),
    "de": ("german", "deutsch", "duits", "allemand"),
    "nl": ("dutch", "nederlands", "niederländisch", "néerlandais"),
    "fr": ("french", "français", "francais", "französisch", "frans"),
    "es": ("spanish", "español", "espanol", "spanisch", "spaans"),
    "it": ("italian", "italiano", "italienisch", "italiaans"),
    "pt": ("portuguese", "português", "portugues"),
    "pl": ("polish", "polski", "polnisch", "pools"),
    "da": ("danish", "dansk"),
    "sv": ("swedish", "svenska"),
    "no": ("norwegian", "norsk"),
    "fi": ("finnish", "suomi"),
    "cs": ("czech", "čeština"),
    "tr": ("turkish", "türkçe"),
    "ar": ("arabic", "العربية"),
    "uk": ("ukrainian", "українська"),
    "ru": ("russian", "русский"),
}
"""Languages that people name without their code."""


def language_in(said: str) -> str | None:
    """Return the code of the language that somebody named; None if it cannot be told."""
    word = said.strip().casefold()
    code = re.search(r"\(\s*([a-z]{2})(?:[-_][a-z0-9]+)*\s*\)", word) or re.fullmatch(
        r"([a-z]{2})(?:[-_][a-z0-9]+)*", word
    )
    if code:
        return code[1]
    name = word.split("(")[0].strip()
    return next((language for language, names in NAMES.items() if name in names), None)


def header_in(said: str) -> tuple[str, str | None]:
    """Return the name of a column and what it says of its language, if it does."""
    name, colons, language = said.partition("::")
    return re.sub(r"\s+", "_", name.strip()).lower(), language.strip() if colons else None
