"""What a questionnaire needs and a form does not say: a scale, an introduction, names."""

from typing import Any

from assessment.authoring.places import Record
from assessment.values import Language

Words = dict[Language, str]

INTRODUCTION: Words = {
    "en": "Please answer every question as things stand today. Leave open what you do not know.",
    "de": "Bitte beantworten Sie jede Frage so, wie es heute ist. Lassen Sie offen, was Sie nicht wissen.",
    "nl": "Beantwoord elke vraag zoals het er vandaag voor staat. Laat open wat u niet weet.",
}

GENERAL: Words = {"en": "General", "de": "Allgemeines", "nl": "Algemeen"}
"""The section of questions that stand in no group."""

BANDS: tuple[tuple[int, float, Words, Words], ...] = (
    (
        1,
        0,
        {"en": "beginning", "de": "am Anfang", "nl": "aan het begin"},
        {
            "en": "Less than a quarter of what can be reached.",
            "de": "Weniger als ein Viertel dessen, was erreichbar ist.",
            "nl": "Minder dan een kwart van wat haalbaar is.",
        },
    ),
    (
        2,
        25,
        {"en": "under way", "de": "unterwegs", "nl": "onderweg"},
        {
            "en": "From a quarter to a half of what can be reached.",
            "de": "Von einem Viertel bis zur Hälfte dessen, was erreichbar ist.",
            "nl": "Van een kwart tot de helft van wat haalbaar is.",
        },
    ),
    (
        3,
        50,
        {"en": "well advanced", "de": "weit gekommen", "nl": "ver gevorderd"},
        {
            "en": "From a half to three quarters of what can be reached.",
            "de": "Von der Hälfte bis zu drei Vierteln dessen, was erreichbar ist.",
            "nl": "Van de helft tot driekwart van wat haalbaar is.",
        },
    ),
    (
        4,
        75,
        {"en": "nearly there", "de": "fast am Ziel", "nl": "bijna op het doel"},
        {
            "en": "Three quarters or more of what can be reached.",
            "de": "Drei Viertel oder mehr dessen, was erreichbar ist.",
            "nl": "Driekwart of meer van wat haalbaar is.",
        },
    ),
)
"""Levels with the per cent from which each is meant, its name and what it means."""


def in_languages(words: Words, languages: tuple[Language, ...]) -> Record:
    """Return the words in each language; in English, where there are none."""
    text = Record()
    for language in languages:
        text[language] = words.get(language, words["en"])
    return text


def same_in(words: str, languages: tuple[Language, ...]) -> Record:
    """Return the same words for each language."""
    return in_languages(dict.fromkeys(languages, words) | {"en": words}, languages)


def scale_of_percent(languages: tuple[Language, ...]) -> dict[str, Any]:
    """Return a scale from 0 to 100 with four bands."""
    levels = [
        {
            "level": level,
            "from": start,
            "label": in_languages(label, languages),
            "description": in_languages(says, languages),
        }
        for level, start, label, says in BANDS
    ]
    return {"levels": levels, "index": {"low": 0, "high": 100}}
