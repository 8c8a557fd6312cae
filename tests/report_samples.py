"""Reports for the tests of document and exports: a small organisation in three languages, and a large one at random."""

from datetime import date
from functools import cache
from random import Random
from typing import Any

from assessment.answers import Answer, AnswerSheet
from assessment.loader import read_questionnaire
from assessment.questionnaire import Questionnaire
from assessment.report import Report, Subject, assess
from assessment.roadmap import Capacity

LANGUAGES = ("en", "de", "nl")
START = date(2027, 1, 1)
HELD = date(2026, 11, 21)
NASTY = (
    "<b>open <font color=red> &amp; </para> \x00\x1b[31m \u202eevil\u202c \u200b 😀 漢字 \ud800 "
    "<img src='/etc/passwd'/>"
)


def words(english: str, german: str, dutch: str) -> dict[str, str]:
    return {"en": english, "de": german, "nl": dutch}


def _level(identifier: str, english: str, german: str, dutch: str, **more: Any) -> dict[str, Any]:
    steps = (
        words("Nobody knows.", "Niemand weiß es.", "Niemand weet het."),
        words("Some know.", "Manche wissen es.", "Sommigen weten het."),
        words("It is written down.", "Es ist aufgeschrieben.", "Het staat op schrift."),
        words("It is measured.", "Es wird gemessen.", "Het wordt gemeten."),
        words("It is improved.", "Es wird verbessert.", "Het wordt verbeterd."),
    )
    return {
        "id": identifier,
        "type": "level",
        "label": words(english, german, dutch),
        "anchors": dict(enumerate(steps, start=1)),
        **more,
    }


def _gate(identifier: str, english: str, german: str, dutch: str) -> dict[str, Any]:
    return {
        "id": identifier,
        "type": "yes_no",
        "weight": 0,
        "label": words(english, german, dutch),
        "references": ["r1"],
    }


def _section(identifier: str, title: dict[str, str], **parts: Any) -> dict[str, Any]:
    described = words("What it is about.", "Worum es geht.", "Waar het om gaat.")
    return {"id": identifier, "title": title, "description": described, **parts}


def _measure(
    identifier: str, title: dict[str, str], effects: list[dict[str, Any]], **more: Any
) -> dict[str, Any]:
    return {
        "id": identifier,
        "title": title,
        "what": words(
            "Do it with those concerned.", "Mit den Betroffenen umsetzen.", "Voer het uit met de betrokkenen."
        ),
        "first_steps": [words("Invite them.", "Laden Sie sie ein.", "Nodig ze uit.")],
        "effects": effects,
        "effort": {"low": 4, "high": 8},
        "weeks": 4,
        "cost": 1,
        "role": words("Head of service", "Serviceleitung", "Hoofd klantenservice"),
        "key_figure": words("Share done", "Anteil erledigt", "Aandeel gereed"),
        "risk": words("It stays on paper", "Es bleibt Papier", "Het blijft papier"),
        **more,
    }


@cache
def small() -> Questionnaire:
    """Two dimensions, the second one legal, with conditions, measures that wait, a register, a source."""
    home = words("Work at home", "Arbeit zu Hause", "Thuiswerken")
    law = words("Law", "Recht", "Recht")
    labels = (
        ("improvised", "improvisiert", "geïmproviseerd"),
        ("started", "begonnen", "begonnen"),
        ("defined", "geregelt", "geregeld"),
    )
    labels += (("steered", "gesteuert", "gestuurd"), ("developed", "entwickelt", "ontwikkeld"))
    return Questionnaire.model_validate(
        {
            "id": "small",
            "version": "1.0.0",
            "languages": list(LANGUAGES),
            "title": words("Service check", "Servicecheck", "Servicecheck"),
            "introduction": words("Where you stand.", "Wo Sie stehen.", "Waar u staat."),
            "minimum_coverage": 0.6,
            "unproven_counts_as": 3,
            "at_most_above_weakest": 1,
            "scale": {
                "levels": [
                    {
                        "level": number,
                        "label": words(*label),
                        "description": words("So it is.", "So ist es.", "Zo is het."),
                    }
                    for number, label in enumerate(labels, start=1)
                ]
            },
            "sections": [
                _section(
                    "home",
                    home,
                    sections=[
                        _section(
                            "place",
                            words("Place", "Arbeitsplatz", "Werkplek"),
                            questions=[
                                _level("p1", "How is the place?", "Wie ist der Platz?", "Hoe is de plek?"),
                                _level("p2", "How is the line?", "Wie ist die Leitung?", "Hoe is de lijn?"),
                            ],
                        ),
                        _section(
                            "lead",
                            words("Leading", "Führung", "Leiding"),
                            questions=[
                                _level("f1", "How is it led?", "Wie wird geführt?", "Hoe wordt er geleid?"),
                                _level(
                                    "f2",
                                    "How is it learnt?",
                                    "Wie wird gelernt?",
                                    "Hoe wordt er geleerd?",
                                    weight=2,
                                ),
                            ],
                        ),
                    ],
                ),
                _section(
                    "law",
                    law,
                    sections=[
                        _section(
                            "deal",
                            words("Agreement", "Vereinbarung", "Afspraak"),
                            questions=[
                                _level(
                                    "d1",
                                    "How is it agreed?",
                                    "Wie ist es vereinbart?",
                                    "Hoe is het afgesproken?",
                                ),
                                _gate("g1", "Is it agreed?", "Ist es vereinbart?", "Is het afgesproken?"),
                            ],
                        ),
                        _section(
                            "data",
                            words("Data", "Daten", "Gegevens"),
                            questions=[
                                _level(
                                    "t1",
                                    "How is data kept?",
                                    "Wie werden Daten geschützt?",
                                    "Hoe worden gegevens beschermd?",
                                ),
                                _gate("g2", "Is it assessed?", "Ist es geprüft?", "Is het getoetst?"),
                            ],
                        ),
                    ],
                ),
            ],
            "caps": [
                {
                    "id": "c1",
                    "question": "g1",
                    "below": True,
                    "limits": [{"section": "deal", "level": 1}, {"section": "law", "level": 1}],
                    "reason": words(
                        "Nothing is agreed.", "Nichts ist vereinbart.", "Er is niets afgesproken."
                    ),
                    "references": ["r1"],
                },
                {
                    "id": "c2",
                    "question": "g2",
                    "below": True,
                    "limits": [{"section": "data", "level": 2}],
                    "reason": words("Nothing is assessed.", "Nichts ist geprüft.", "Er is niets getoetst."),
                },
            ],
            "measures": [
                _measure("m1", words("Agree", "Vereinbaren", "Afspreken"), [{"question": "g1", "to": True}]),
                _measure(
                    "m2",
                    words("Deepen the agreement", "Vereinbarung vertiefen", "Afspraak verdiepen"),
                    [{"question": "d1", "to": 4}],
                    requires=["m1"],
                    weeks=8,
                ),
                _measure(
                    "m3",
                    words("Better lines", "Bessere Leitungen", "Betere lijnen"),
                    [{"question": "p2", "to": 3}],
                ),
                _measure(
                    "m4",
                    words("New house", "Neues Haus", "Nieuw gebouw"),
                    [{"question": "p1", "to": 5}],
                    effort={"low": 400, "high": 600},
                ),
                _measure("m5", words("Coaching", "Coaching", "Coaching"), [{"question": "f1", "to": 2}]),
            ],
            "quick_win": {"effort": 8, "weeks": 6, "cost": 1},
            "legal": {"section": "law", "green_from": 3},
            "register": {
                "as_of": "2026-11-21",
                "rows": [
                    {
                        "id": "r1",
                        "jurisdiction": "de",
                        "instrument": words("Works Act", "Betriebsgesetz", "Bedrijfswet"),
                        "duty": words("Agree first.", "Erst vereinbaren.", "Eerst afspreken."),
                        "state": words("In force", "In Kraft", "Van kracht"),
                        "confidence": "high",
                        "verified": "V1",
                        "sections": ["deal"],
                    }
                ],
            },
            "sources": [
                words("The authors' experience.", "Die Erfahrung der Autoren.", "De ervaring van de auteurs.")
            ],
        }
    )


SMALL_ANSWERS = {"p1": 3, "f1": 4, "f2": 3, "d1": 3, "t1": 2, "g1": False}
"""p2 is open and g2 not known; the 4 is claimed without proof."""


def small_sheet(said: dict[str, Any] | None = None, *, comment: str = "") -> AnswerSheet:
    given = tuple(
        Answer(question=name, value=value, comment=comment)
        for name, value in (SMALL_ANSWERS if said is None else said).items()
    )
    unknown = (Answer(question="g2", state="unknown"),) if said is None else ()
    return AnswerSheet(questionnaire="small", version="1.0.0", answers=(*given, *unknown))


def report_of(
    questionnaire: Questionnaire,
    sheet: AnswerSheet,
    *,
    organisation: str = "Nordlicht",
    per_month: float = 12,
    months: int = 12,
) -> Report:
    subject = Subject(organisation=organisation, unit="Service", author="A. Brandt", held_on=HELD)
    return assess(
        questionnaire,
        sheet,
        subject=subject,
        capacity=Capacity(start=START, per_month=per_month, months=months),
    )


@cache
def small_report() -> Report:
    return report_of(small(), small_sheet())


def random_sheet(
    questionnaire: Questionnaire, *, seed: int = 1, known: float = 0.93, comment: str = "Seen in March."
) -> AnswerSheet:
    """Answer at random, the same for the same seed; some unknown, some open, some conditions broken."""
    dice = Random(seed)
    answers = []
    for question in questionnaire.questions_by_id.values():
        if dice.random() > known:
            answers.append(Answer(question=question.id, state=dice.choice(("unknown", "open"))))
        elif question.type == "level":
            level = min(5, max(1, round(dice.gauss(2.6, 0.9))))
            proof = dice.choice(("none", "stated", "documented", "verified"))
            answers.append(
                Answer(question=question.id, value=level, evidence=proof, comment=dice.choice(("", comment)))
            )
        else:
            answers.append(Answer(question=question.id, value=dice.random() < 0.7))
    profile = {
        "countries": ("de", "nl"),
        "home-work": "yes",
        "employee-body": "yes",
        "recording": "yes",
        "ai-customers": "yes",
        "ai-staff": "yes",
    }
    return AnswerSheet(
        questionnaire=questionnaire.id, version=questionnaire.version, profile=profile, answers=tuple(answers)
    )


@cache
def large_report(*, comment: str = "Seen in March.") -> Report:
    questionnaire = read_questionnaire("service-transformation")
    return report_of(questionnaire, random_sheet(questionnaire, comment=comment), months=18)
