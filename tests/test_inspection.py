"""Content is kept good: texts, terms, parts, measures, days and releases, read without a sheet and without a clock."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from click.testing import CliRunner, Result

from assessment.answers import check_sheet
from assessment.cli import main
from assessment.errors import AnswersError, QuestionnaireError
from assessment.inspection import Finding, Glossary, Inspection, ReadKind, Released, inspect, released_of
from assessment.inspection.glossary import Rendering, Term
from assessment.inspection.possible import possible
from assessment.loader import read_glossary, read_questionnaire, read_release, write_release
from assessment.loader.glossary import GLOSSARY
from assessment.questionnaire import Questionnaire
from tests.conftest import (
    a_questionnaire,
    a_sheet,
    cap,
    gate,
    level_question,
    measure,
    questionnaire_data,
    section,
    text,
)

Data = dict[str, Any]

TODAY = date(2026, 11, 21)

KIND = {
    "id": "kind",
    "type": "one",
    "label": text("Which kind?"),
    "options": [{"id": "in", "label": text("in")}, {"id": "out", "label": text("out")}],
}
IN = {"profile": "kind", "any_of": ["in"]}
OUT = {"profile": "kind", "any_of": ["out"]}


def several(*questions: Data, **more: Any) -> Questionnaire:
    """One section `s` with these questions and three sound ones."""
    return a_questionnaire(section("s", *questions, *(level_question(name) for name in "abc")), **more)


def spoken(**said: str) -> Questionnaire:
    """One text in several languages: the label of a question, and what it is beside the others."""
    return Questionnaire.model_validate(spoken_data(**said))


def spoken_data(**said: str) -> Data:
    languages = list(said)

    def everywhere(part: Any) -> Any:
        if isinstance(part, dict) and set(part) == {"en"}:
            return {language: f"{part['en']} ({language})" for language in languages}
        if isinstance(part, dict):
            return {key: everywhere(value) for key, value in part.items()}
        return [everywhere(value) for value in part] if isinstance(part, list) else part

    data = everywhere(questionnaire_data(section("s", *(level_question(name) for name in "abc"))))
    data["languages"] = languages
    data["sections"][0]["questions"][0]["label"] = said
    return data


def read(questionnaire: Questionnaire, *, today: date = TODAY, **more: Any) -> Inspection:
    return inspect(questionnaire, today=today, **more)


def found(inspection: Inspection, kind: str) -> list[Finding]:
    return [each for each in inspection.findings if each.kind == kind]


# ── builders of what stands beside the questions ─────────────────────────────────────────────────────────────────────


def anchored(*said: str) -> Data:
    anchors = {step: text(said[step - 1]) for step in range(1, 6)}
    return {"id": "q", "type": "level", "label": text("How is it?"), "anchors": anchors}


def a_row(identifier: str = "r", **more: Any) -> Data:
    return {
        "id": identifier,
        "jurisdiction": "in",
        "instrument": text("Act"),
        "duty": text("Do it."),
        "state": text("in force"),
        "confidence": "high",
        "verified": "V1",
        "sections": ["s"],
        **more,
    }


def a_register(*rows: Data, **more: Any) -> Data:
    return {"as_of": "2026-11-01", "rows": list(rows), **more}


def watching(on: str) -> Questionnaire:
    entry = {"id": "w", "day": on, "event": text("It begins."), "rows": ["r"]}
    return several(register=a_register(a_row(), watch=[entry]))


def a_standard() -> Data:
    return {"id": "iso", "name": "ISO 1", "gives": text("Rules."), "state": text("Valid."), "verified": "V1"}


def figures(*groups: str) -> Data:
    figure = {
        "id": "f",
        "group": "one",
        "label": text("F"),
        "formula": text("It is counted."),
        "watch_out": text("Mind it."),
        "unit": "percent",
        "low": 0,
        "high": 100,
    }
    return {"groups": [{"id": name, "label": text(name)} for name in groups], "figures": [figure]}


def a_point(**more: Any) -> Data:
    return {
        "id": "p",
        "finding": text("41% did."),
        "organisation": "Muster Institute",
        "year": "2020",
        "caveat": text("One market."),
        "use": ["rationale"],
        "sections": ["s"],
        **more,
    }


SOURCES = [text("Muster Institute: survey of 2020, 41% of 120 people.")]


def with_measures(*measures: Data, **more: Any) -> Questionnaire:
    return several(gate("g"), caps=[cap("cap-g", "g", {"s": 2})], measures=list(measures), **more)


EVERY_STEP = measure("m", {"a": (1, 3), "b": (3, 4), "g": True})

MARKED = a_point(use=["rationale", "marker"], marker={"figure": "f", "value": 41})

LONG_WORDS = "Organisational responsibilities necessitate comprehensive documentation. " * 30

TERMS = Glossary(
    terms=(
        Term(
            id="works-council",
            strict=True,
            words={
                "en": Rendering(term="works council", also=("works councils",)),
                "de": Rendering(term="Betriebsrat", also=("*betriebsrat*", "Betriebsrät*")),
                "nl": Rendering(term="ondernemingsraad", also=("OR",), never=("bedrijfsraad",)),
            },
        ),
        Term(
            id="measure",
            words={
                "en": Rendering(term="measure", also=("measures",)),
                "de": Rendering(term="Maßnahme", also=("Maßnahme*",), avoid=("Messung*",)),
            },
        ),
        Term(
            id="home-workplace",
            words={
                "en": Rendering(term="home workplace", never=("home office",)),
                "de": Rendering(term="häuslicher Arbeitsplatz", never=("Home Office",)),
            },
        ),
        Term(
            id="ministry",
            words={"en": Rendering(term="UK Home Office"), "de": Rendering(term="UK Home Office")},
        ),
        Term(
            id="engineer",
            words={
                "en": Rendering(term="customer service engineer at work here"),
                "de": Rendering(term="customer service engineer at work here"),
            },
        ),
    )
)


def termed(**said: str) -> Inspection:
    return read(spoken(**said), glossary=TERMS)


def accepting(where: str) -> Inspection:
    entry = {"finding": "vague_word", "where": where, "because": "It is measured."}
    return read(several(VAGUE, accepted=[entry]))


VAGUE = anchored("None.", "Some.", "A regular check.", "Two a year.", "More each year.")


def since(version: str, *sections: Data, **more: Any) -> Inspection:
    """What a changed questionnaire of a version tells after 1.1.0 was released with the questions a, b and c."""
    before = Questionnaire.model_validate({**_data(), "version": "1.1.0"})
    now = Questionnaire.model_validate({**_data(*sections, **more), "version": version})
    return read(now, release=released_of(before))


def _data(*sections: Data, **more: Any) -> Data:
    return questionnaire_data(*sections or (section("s", *map(level_question, "abc")),), **more)


MORE = section("s", *map(level_question, "abcd"))
LESS = section("s", *map(level_question, "ab"))

Case = tuple[Callable[[], Inspection], Callable[[], Inspection]]
"""What provokes a finding, and what is just beside it."""

CASES: dict[str, Case] = {
    "placeholder": (
        lambda: read(several({**gate("g"), "label": text("TODO ask about the gate")})),
        lambda: read(several({**gate("g"), "label": text("Is there a to-do list?")})),
    ),
    "same_in_two_languages": (
        lambda: read(spoken(en="How often do you look?", de="How often do you look?")),
        lambda: read(spoken(en="Self-Service", de="Self-Service")),
    ),
    "foreign_words": (
        lambda: read(spoken(en="How do you plan?", de="Wie planen Sie the next week with your team?")),
        lambda: read(spoken(en="Is it known?", de="Kennen alle die Regel „Work from home with the team“?")),
    ),
    "numbers_differ": (
        lambda: read(spoken(en="Is it at level 3 of 5?", de="Ist es auf Stufe 4 von 5?")),
        lambda: read(spoken(en="Over 10,000 calls, 1.5 in 12 months?", de="Über 10.000 Anrufe, 1,5 in zwölf Monaten?")),
    ),
    "length_differs": (
        lambda: read(
            spoken(
                en="How do you plan your work for the coming weeks, who takes part in it, and what becomes of the plan?",
                de="Wie planen Sie?",
            )
        ),
        lambda: read(spoken(en="How do you plan your work?", de="Wie planen Sie?")),
    ),
    "anchor_too_long": (
        lambda: read(several(anchored(*(f"{step} {'word ' * 45}." for step in range(1, 6))))),
        lambda: read(several(anchored(*(f"{step} {'word ' * 39}." for step in range(1, 6))))),
    ),
    "sentence_too_long": (
        lambda: read(several({**gate("g"), "help": text(f"Think {'of this and that ' * 8} before you answer.")})),
        lambda: read(several({**gate("g"), "help": text(f"Think {'of this. And that. ' * 8} Then answer.")})),
    ),
    "two_questions_at_once": (
        lambda: read(several({**gate("g"), "label": text("Is there a plan? Is it kept?")})),
        lambda: read(several({**gate("g"), "label": text("Are rules set down and known?")})),
    ),
    "labels_alike": (
        lambda: read(several({**level_question("q"), "label": text("How is A?")})),
        lambda: read(several({**level_question("q"), "label": text("How is A now?")})),
    ),
    "anchors_alike": (
        lambda: read(several(anchored("None is there.", "None is there.", "A plan is.", "It is kept.", "It grows."))),
        lambda: read(
            several(anchored(*(f"At least {share} % of all calls are answered within one day." for share in (5, 20, 40, 60, 80))))
        ),
    ),
    "hard_to_read": (
        lambda: read(several({**gate("g"), "help": text(LONG_WORDS)})),
        lambda: read(several({**gate("g"), "help": text("We look at each call. Then we act. " * 30)})),
    ),
    "term_avoided": (
        lambda: termed(en="Is there a home workplace?", de="Gibt es ein Home Office?"),
        lambda: termed(en="Is the UK Home Office asked?", de="Wird das UK Home Office gefragt?"),
    ),
    "term_missing": (
        lambda: termed(en="Does the works council agree?", de="Stimmt die Vertretung zu?", nl="Is de OR akkoord?"),
        lambda: termed(en="Do works councils agree?", de="Stimmen Konzernbetriebsrat und Betriebsräte zu?", nl="Is de OR akkoord?"),
    ),
    "address_mixed": (
        lambda: addressed("de", "Wissen Sie, wie Sie planen?", "Planst du mit deinem Team?"),
        lambda: addressed("de", "Wissen Sie, wie Sie planen?", "Plant je Team eine Person, und hilft sie ihr dabei?"),
    ),
    "vague_word": (
        lambda: read(several(VAGUE)),
        lambda: read(several(anchored("None.", "Some.", "A goodwill check.", "Two a year.", "More each year."))),
    ),
    "option_set_unused": (
        lambda: read(several(option_sets=[OFTEN])),
        lambda: read(several({**gate("c1"), "type": "choice", "option_set": "often"}, option_sets=[OFTEN])),
    ),
    "row_unused": (
        lambda: read(several(register=a_register(a_row(sections=[])))),
        lambda: read(several({**gate("g"), "references": ["r"]}, register=a_register(a_row(sections=[])))),
    ),
    "standard_unused": (
        lambda: read(several(standards=[a_standard()])),
        lambda: read(several({**gate("g"), "standards": [{"standard": "iso"}]}, standards=[a_standard()])),
    ),
    "topic_unused": (
        lambda: read(several(register=a_register(a_row(), topics=[{"id": "t", "label": text("T")}]))),
        lambda: read(several(register=a_register(a_row(topics=["t"]), topics=[{"id": "t", "label": text("T")}]))),
    ),
    "union_unused": (
        lambda: read(several(register=a_register(a_row(), unions=[{"id": "eu", "members": ["in"]}]))),
        lambda: read(several(register=a_register(a_row(jurisdiction="eu"), unions=[{"id": "eu", "members": ["in"]}]))),
    ),
    "figure_group_unused": (
        lambda: read(several(key_figures=figures("one", "two"), sources=SOURCES)),
        lambda: read(several(key_figures=figures("one"), sources=SOURCES)),
    ),
    "reference_point_unused": (
        lambda: read(several(reference_points=[a_point(use=["marker"])], sources=SOURCES)),
        lambda: read(several(reference_points=[MARKED], key_figures=figures("one"), sources=SOURCES)),
    ),
    "measure_unused": (
        lambda: read(with_measures(EVERY_STEP, measure("n", {"h": True}), sections=[with_more(gate("h"))])),
        lambda: read(with_measures(EVERY_STEP, measure("n", {"h": True}), sections=[with_more(gate("h", weight=1))])),
    ),
    "role_unused": (
        lambda: read(with_measures(at_work("desk"), planning=roles("desk", "it"))),
        lambda: read(with_measures(at_work("desk", "it"), planning=roles("desk", "it"))),
    ),
    "lead_unused": (
        lambda: read(with_measures(waiting("no"), profile=BODY)),
        lambda: read(with_measures(waiting("yes"), profile=BODY)),
    ),
    "source_twice": (
        lambda: read(several(sources=[text("A study."), text("A  Study.")])),
        lambda: read(several(sources=[text("A study."), text("Another study.")])),
    ),
    "step_without_measure": (
        lambda: read(with_measures(measure("m", {"a": (1, 2), "b": (3, 4), "g": True}))),
        lambda: read(with_measures(EVERY_STEP)),
    ),
    "gate_without_measure": (
        lambda: read(with_measures(measure("m", {"a": (1, 4)}))),
        lambda: read(with_measures(EVERY_STEP)),
    ),
    "sources_missing": (
        lambda: read(several(reference_points=[a_point()])),
        lambda: read(several(reference_points=[a_point()], sources=SOURCES)),
    ),
    "reference_point_without_source": (
        lambda: read(several(reference_points=[a_point(organisation="Other House")], sources=SOURCES)),
        lambda: read(several(reference_points=[a_point(organisation="Other House and Muster Institute")], sources=SOURCES)),
    ),
    "figure_without_source": (
        lambda: reasoned("A tenth of the calls, 9.5%, come twice.", sources=SOURCES),
        lambda: reasoned("Not everyone follows: 41% did. In 2020 the offices were closed.", sources=SOURCES),
    ),
    "date_passed": (lambda: read(watching("2026-11-20")), lambda: read(watching("2026-11-21"))),
    "register_old": (
        lambda: read(several(register=a_register(a_row(), stale_after=19))),
        lambda: read(several(register=a_register(a_row(), stale_after=20))),
    ),
    "changed_since_release": (lambda: since("1.1.0", MORE), lambda: since("1.1.1", MORE)),
    "accepted_without_finding": (lambda: accepting("s › q › anchors › 4"), lambda: accepting("s › q")),
}  # fmt: skip

OFTEN = {
    "id": "often",
    "options": [
        {"id": "no", "label": text("no"), "worth": 0},
        {"id": "yes", "label": text("yes"), "worth": 1},
    ],
}


BODY = [{"id": "body", "type": "yes_no", "label": text("Body?")}]


def roles(*names: str) -> Data:
    return {"roles": [{"id": name, "label": text(name)} for name in names]}


def at_work(*names: str) -> Data:
    """The measure of `EVERY_STEP`, carried by these roles."""
    return {**EVERY_STEP, "work": {name: 100 / len(names) for name in names}}


def waiting(answer: str) -> Data:
    """A measure for those with a representation, with a lead for those who answer this."""
    applies, waits = ([{"profile": "body", "any_of": [said]}] for said in ("yes", answer))
    return {
        **EVERY_STEP,
        "applies_if": applies,
        "lead": {"weeks": 2, "because": text("W."), "applies_if": waits},
    }


def with_more(*questions: Data) -> Data:
    """The section of `several`, with the gate of `with_measures` and these questions."""
    return section("s", gate("g"), *questions, *(level_question(name) for name in "abc"))


def addressed(language: str, *labels: str) -> Inspection:
    data = spoken_data(**{"en": "How?", language: labels[0]})
    for question, label in zip(data["sections"][0]["questions"], labels, strict=False):
        question["label"][language] = label
    return read(Questionnaire.model_validate(data))


def reasoned(why: str, **more: Any) -> Inspection:
    return read(several({**gate("g"), "why": text(why)}, **more))


def test_each_kind_of_finding_has_a_questionnaire_that_provokes_it_and_one_beside_it() -> None:
    assert set(CASES) == set(get_args(ReadKind))


@pytest.mark.parametrize("kind", CASES)
def test_what_is_probably_not_meant_is_found_and_what_is_just_beside_it_is_not(kind: str) -> None:
    broken, sound = CASES[kind]
    hits = found(broken(), kind)
    assert hits
    assert all(hit.where and hit.what and hit.why and hit.to_do for hit in hits)
    assert found(sound(), kind) == []


def test_a_sound_questionnaire_has_no_findings() -> None:
    assert read(with_measures(EVERY_STEP), glossary=TERMS).findings == ()


def test_findings_come_worst_first() -> None:
    order = ["error", "warning", "notice"]
    questionnaire = several(
        VAGUE, {**gate("g"), "label": text("???")}, sources=[text("A."), text("A.")], standards=[a_standard()]
    )
    places = [order.index(each.severity) for each in read(questionnaire).findings]
    assert places == sorted(places)
    assert set(places) == {0, 1, 2}


# ── glossary ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_word_that_is_wrong_only_for_a_term_is_free_where_the_text_has_the_term_right() -> None:
    (hit,) = found(termed(en="Which measures help?", de="Welche Messungen helfen?"), "term_avoided")
    assert (hit.severity, hit.where) == ("warning", ("s", "a", "label", "de"))
    assert "“Messungen”" in hit.what and "“Maßnahme”" in hit.what
    right = termed(en="Which measures are measured?", de="Für welche Maßnahmen gibt es Messungen?")
    assert not found(right, "term_avoided")
    assert not found(termed(en="Which figures help?", de="Welche Messungen helfen?"), "term_avoided")


def test_a_missing_term_is_told_for_each_language_that_lacks_it() -> None:
    hits = found(
        termed(en="Is the works council asked?", de="Wird gefragt?", nl="Wordt het gevraagd, of niet?"),
        "term_missing",
    )
    assert [hit.where[-1] for hit in hits] == ["de", "nl"]


def test_capitals_are_looked_for_as_they_are() -> None:
    """The Dutch OR is the works council, “or” is not."""
    assert not found(termed(en="Is the works council asked?", nl="Is de OR gevraagd?"), "term_missing")
    assert found(termed(en="Is the works council asked?", nl="Is Thor gevraagd, or not?"), "term_missing")


def test_names_of_laws_are_left_as_they_are() -> None:
    register = a_register(a_row(instrument=text("Home Office Act")))
    assert not found(read(several(register=register), glossary=TERMS), "term_avoided")
    worded = a_register(a_row(duty=text("Ask for a home office.")))
    assert [hit.where for hit in found(read(several(register=worded), glossary=TERMS), "term_avoided")] == [
        ("register", "rows", "r", "duty", "en")
    ]


def test_a_term_that_is_the_same_in_two_languages_is_not_taken_for_a_copy() -> None:
    said = "A customer service engineer at work here"
    assert found(read(spoken(en=said, de=said)), "same_in_two_languages")
    assert not found(termed(en=said, de=said), "same_in_two_languages")


def test_the_shipped_glossary_has_every_term_in_every_language() -> None:
    glossary = read_glossary("service-transformation")
    assert glossary is not None
    assert len(glossary.terms) >= 110
    lacking = [term.id for term in glossary.terms if set(term.words) != {"en", "de", "nl"}]
    assert lacking == ["conciliation-board"]  # Dutch law has none: a court replaces the consent
    assert sum(term.strict for term in glossary.terms) > 40


WRONG = {
    "de": (
        "Kundendiensttechniker",
        "Home-Office",
        "Home Office",
        "Auftragsdatenverarbeitung",
        "Wissensbasis",
        "KI-Literacy",
        "Mitarbeiter",
    ),
    "nl": (
        "ondernemingraad",
        "kunstmatige intelligentie geletterdheid",
        "bewerkersovereenkomst",
        "self-service",
        "live chat",
    ),
    "en": ("contact center", "work council", "artificial intelligence literacy"),
}


@pytest.mark.parametrize(
    ("language", "word"), [(code, word) for code, words in WRONG.items() for word in words]
)
def test_the_shipped_glossary_rules_out_what_translators_often_write(language: str, word: str) -> None:
    glossary = read_glossary("service-transformation")
    assert glossary is not None
    assert [hit.said for hit in glossary.wrong(f"x {word}, y", language)] == [word]


def folder_of(data: Data, place: Path) -> Path:
    folder = place / data["id"]
    folder.mkdir(exist_ok=True)
    (folder / "questionnaire.yaml").write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    return folder


def test_own_questionnaires_have_the_glossary_of_their_folder_or_none(tmp_path: Path) -> None:
    folder = folder_of(_data(), tmp_path)
    assert read_glossary(folder) is None
    (tmp_path / GLOSSARY).write_text("terms: [{id: t, words: {en: {term: gate}}}]", "utf-8")
    glossary = read_glossary(folder)
    assert glossary is not None and [term.id for term in glossary.terms] == ["t"]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("terms: [{id: t, words: {en: {trem: gate}}}]", ["terms › t › words › en", "“term” is missing.", "Did you mean “term”?"]),
        ("terms:\n- {id: t, words: {en: {term: a}}}\n- {id: t, words: {en: {term: b}}}", [":3: terms › t › id: the id “t” is taken."]),
        ("terms: [{id: t, words: {en: {term: gate, never: [gate]}}}]", ["“gate” is accepted, and ruled out, too."]),
        ("terms: [{id: t, words: {en: {term: gate, also: gates}}}]", ["a list in square brackets is needed here."]),
        ("- 1", ["this file holds no mapping."]),
        ("terms: {", ["this is not valid YAML"]),
    ],
)  # fmt: skip
def test_a_glossary_that_is_wrong_is_told_with_file_line_and_what_to_do(
    written: str, told: list[str], tmp_path: Path
) -> None:
    folder = folder_of(_data(), tmp_path)
    (tmp_path / GLOSSARY).write_text(written, "utf-8")
    with pytest.raises(QuestionnaireError) as caught:
        read_glossary(folder)
    said = str(caught.value)
    assert GLOSSARY in said
    assert [each for each in told if each not in said] == []


# ── address ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_rarer_way_of_addressing_readers_is_told() -> None:
    formal = ("Wissen Sie, was zu tun ist?", "Haben Sie Regeln?", "Kennst du sie?")
    (hit,) = found(addressed("de", *formal), "address_mixed")
    assert hit.where == ("s", "c", "label", "de")
    assert "“du”" in hit.what and "“Sie”" in hit.what
    familiar = ("Weißt du es?", "Kennst du deine Regeln?", "Was tun Sie?")
    (hit,) = found(addressed("de", *familiar), "address_mixed")
    assert "“Sie”" in hit.what and "“du”" in hit.what


@pytest.mark.parametrize(
    ("language", "label"),
    [
        ("de", "Sie planen; ihr Team kennt ihre Pläne."),  # they, her and their
        ("de", "Wird je Team einmal im Monat geplant?"),
        ("de", "Sagt die Ansage „Hast du kurz Zeit“?"),  # a quotation
        ("nl", "Is dat je van het?"),
        ("nl", "Zegt de bot „Wat wil je weten“?"),
        ("nl", "Duurt het 24 u of langer?"),
    ],
)
def test_words_that_look_like_an_address_and_are_none_are_left_alone(language: str, label: str) -> None:
    formal = {"de": "Wissen Sie, was Sie tun?", "nl": "Weet u wat uw team doet?"}[language]
    assert not found(addressed(language, formal, formal + " Nu?", label), "address_mixed")


@pytest.mark.parametrize("label", ["Wat doe je?", "Is dat jouw team?", "Weet jij dat?", "Doen jullie dat?"])
def test_familiar_dutch_beside_formal_dutch_is_told(label: str) -> None:
    assert found(addressed("nl", "Weet u wat uw team doet?", "Wat doet u?", label), "address_mixed")


# ── measures ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_last_step_needs_no_measure_and_the_missing_ones_are_named() -> None:
    (hit,) = found(read(with_measures(measure("m", {"a": (2, 3), "g": True}))), "step_without_measure")
    assert hit.where == ("s",)
    assert "from 1 to 2, from 3 to 4." in hit.what
    three = a_questionnaire(
        section("s", level_question("a", levels=(1, 2, 3))),
        levels=(1, 2, 3),
        measures=[measure("m", {"a": (1, 2)})],
    )
    assert not found(read(three), "step_without_measure")


def test_the_texts_of_planning_are_read_like_any_others() -> None:
    late = {
        **EVERY_STEP,
        "work": {"desk": 100},
        "lead": {"weeks": 2, "because": {"en": "The work council waits."}},
    }
    planning = {"roles": [{"id": "desk", "label": {"en": "Work council"}}]}
    hits = found(
        read(with_measures(late, planning=planning), glossary=read_glossary("service-transformation")),
        "term_avoided",
    )
    assert [hit.where[:4] for hit in hits] == [
        ("measures", "m", "lead", "because"),
        ("planning", "roles", "desk", "label"),
    ]


def test_a_questionnaire_without_measures_lacks_none() -> None:
    assert read(several(gate("g"), caps=[cap("cap-g", "g", {"s": 2})])).findings == ()


def test_a_measure_that_nobody_can_take_where_the_question_is_asked_covers_nothing() -> None:
    question = gate("g", applies_if=[OUT])
    questionnaire = several(
        question,
        profile=[KIND],
        caps=[cap("cap-g", "g", {"s": 2})],
        measures=[measure("m", {"a": (1, 4)}), measure("n", {"g": True}, applies_if=[IN])],
    )
    assert [hit.where for hit in found(read(questionnaire), "gate_without_measure")] == [("caps", "cap-g")]
    assert [hit.where for hit in found(read(questionnaire), "measure_unused")] == [("measures", "n")]


@pytest.mark.parametrize(
    ("conditions", "can"),
    [
        ([IN], True),
        ([IN, OUT], False),
        ([IN, {"not": OUT}], True),
        ([{"any": [IN, OUT]}, {"not": IN}], True),
        ([{"all": [IN, {"profile": "kind", "answered": False}]}], False),
        ([{"not": {"any": [IN, OUT]}}], True),  # nothing filled in
        ([{"question": "a", "at_least": 3}, {"question": "a", "at_most": 2}], True),  # answers are left open
        ([{"profile": "many", "any_of": ["x"]}, {"profile": "many", "any_of": ["y"]}], True),
    ],
)
def test_conditions_are_tried_with_every_profile(conditions: list[Data], can: bool) -> None:
    many = {
        "id": "many",
        "type": "many",
        "label": text("M"),
        "options": [{"id": each, "label": text(each)} for each in "xyz"],
    }
    questionnaire = several(gate("g", applies_if=conditions), profile=[KIND, many])
    assert possible(questionnaire.conditions_of["g"], questionnaire) is can


# ── sources and days ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_figure_with_a_year_needs_a_source_and_a_year_alone_does_not() -> None:
    assert found(reasoned("In 2019 there were 512 sites.", sources=SOURCES), "figure_without_source")
    assert not found(reasoned("In 2019 many sites closed.", sources=SOURCES), "figure_without_source")
    assert not found(reasoned("In 2019 there were 120 people.", sources=SOURCES), "figure_without_source")
    assert not found(
        reasoned("The survey by Muster found 12% less.", sources=SOURCES), "figure_without_source"
    )


def test_a_day_that_passed_is_a_warning_that_names_the_rows() -> None:
    (hit,) = found(read(watching("2026-11-20")), "date_passed")
    assert (hit.severity, hit.where) == ("warning", ("register", "watch", "w"))
    assert "2026-11-20" in hit.what and "concerns r" in hit.what


def test_a_day_that_is_not_known_never_passes() -> None:
    entry = {"id": "w", "event": text("It may begin."), "rows": ["r"]}
    questionnaire = several(register=a_register(a_row(), watch=[entry]))
    assert read(questionnaire, today=date(2199, 1, 1)).findings == ()


# ── accepted ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("where", ["s", "s › q", "s › q › anchors", "s › q › anchors › 3"])
def test_an_accepted_finding_is_counted_and_not_told(where: str) -> None:
    inspection = accepting(where)
    assert (inspection.findings, inspection.accepted) == ((), 1)


@pytest.mark.parametrize("where", ["", "q", "s › a", "s › q › anchors › 33", "s › q › anch"])
def test_an_entry_that_accepts_nothing_is_told_beside_what_it_missed(where: str) -> None:
    inspection = accepting(where or "t")
    assert inspection.accepted == 0
    assert [each.kind for each in inspection.findings] == ["accepted_without_finding", "vague_word"]


def test_an_error_cannot_be_accepted() -> None:
    entry = {"finding": "placeholder", "where": "s", "because": "Later."}
    inspection = read(several({**gate("g"), "label": text("TODO")}, accepted=[entry]))
    assert {each.kind for each in inspection.findings} == {"placeholder", "accepted_without_finding"}


def test_what_only_sheets_can_find_is_not_missed_by_reading() -> None:
    entry = {"finding": "level_rare", "where": "s", "because": "It is meant."}
    assert read(several(accepted=[entry])).findings == ()


# ── releases ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_questionnaire_that_was_released_as_it_is_tells_nothing() -> None:
    assert since("1.1.0").findings == ()
    assert since("1.1.1").findings == ()


def test_texts_weights_and_order_are_free() -> None:
    other = section(
        "s", *({**level_question(name), "weight": 2, "label": text(f"What of {name}?")} for name in "cba")
    )
    assert since("1.1.0", other).findings == ()


@pytest.mark.parametrize(
    ("version", "told"),
    [("1.1.0", True), ("1.1.1", False), ("1.2.0", False), ("2.0.0", False)],
)
def test_what_is_added_needs_a_higher_version(version: str, told: bool) -> None:
    hits = found(since(version, MORE), "changed_since_release")
    assert [(hit.severity, hit.where) for hit in hits] == ([("error", ("questions", "d"))] if told else [])
    assert all("1.2.0" in hit.to_do for hit in hits)


@pytest.mark.parametrize(("version", "told"), [("1.1.0", True), ("1.9.9", True), ("2.0.0", False)])
def test_a_question_that_goes_needs_a_higher_first_number(version: str, told: bool) -> None:
    hits = found(since(version, LESS), "changed_since_release")
    assert [hit.where for hit in hits] == ([("questions", "c")] if told else [])
    assert all("2.0.0" in hit.to_do and "removed" in hit.what for hit in hits)


def test_a_version_below_the_released_one_is_told_and_nothing_else() -> None:
    (hit,) = since("1.0.9", LESS).findings
    assert (hit.severity, hit.where) == ("error", ("version",))


CHOICE = {"id": "q", "type": "choice", "label": text("Q"), "options": OFTEN["options"]}
NUMBER = {"id": "q", "type": "number", "label": text("Q"), "unit": text("calls"), "weight": 0}
THIRD = [*OFTEN["options"], {"id": "so", "label": text("so"), "worth": 0.5}]


@pytest.mark.parametrize(
    ("before", "after", "breaks"),
    [
        ({"question": CHOICE}, {"question": {**CHOICE, "options": THIRD}}, False),
        ({"question": {**CHOICE, "options": THIRD}}, {"question": CHOICE}, True),
        ({"question": CHOICE}, {"question": gate("q")}, True),
        ({"question": NUMBER}, {"question": {**NUMBER, "unit": text("hours")}}, True),
        ({"question": level_question("q", own_scale=True)}, {"question": level_question("q", own_scale=True, levels=range(6))}, True),
        ({"profile": [KIND]}, {}, True),
        ({}, {"profile": [KIND]}, False),
        ({"profile": [KIND]}, {"profile": [{**KIND, "options": KIND["options"][:1]}]}, True),
        ({"profile": [KIND]}, {"profile": [{**KIND, "type": "many"}]}, True),
        ({"key_figures": figures("one")}, {}, True),
        ({"key_figures": figures("one")}, {"key_figures": {**figures("one"), "figures": [{**figures("one")["figures"][0], "unit": "days"}]}}, True),
        ({"measures": [EVERY_STEP]}, {}, False),
        ({"caps": [cap("k", "g", {"s": 2})]}, {}, False),
        ({"register": a_register(a_row())}, {}, False),
        ({"checks": [{"id": "k", "kind": "all_top", "follow_up": text("So?")}]}, {}, False),
    ],
)  # fmt: skip
def test_what_stored_answers_rely_on_needs_a_higher_first_number_and_the_rest_any(
    before: Data, after: Data, breaks: bool
) -> None:
    def of(version: str, changed: Data) -> Questionnaire:
        more = {key: value for key, value in changed.items() if key != "question"}
        extra = [changed["question"]] if "question" in changed else []
        return several(gate("g"), *extra, **{"version": version, **more})

    release = released_of(of("1.1.0", before))
    assert found(read(of("1.1.0", after), release=release), "changed_since_release")
    assert bool(found(read(of("1.1.1", after), release=release), "changed_since_release")) is breaks
    assert not found(read(of("2.0.0", after), release=release), "changed_since_release")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_a_release_is_written_read_back_and_written_once(tmp_path: Path) -> None:
    register = a_register(a_row(jurisdiction="in"))
    data = _data(
        section("s", CHOICE, NUMBER | {"id": "n"}, *map(level_question, "abc")),
        profile=[KIND],
        register=register,
    )
    folder = folder_of(data, tmp_path)
    assert read_release(folder) is None
    first = run("release", folder)
    assert (first.exit_code, "released.yaml: small 1.0.0 is released." in first.output) == (0, True)
    body = (folder / "released.yaml").read_text("utf-8")
    assert body.startswith("# yaml-language-server: $schema=../schema.json\n")
    assert read_release(folder) == released_of(read_questionnaire(folder))
    assert "released already" in run("release", folder).output
    assert (folder / "released.yaml").read_text("utf-8") == body
    assert run("validate", folder).exit_code == 0


def test_a_release_is_not_taken_back_or_written_over_under_the_same_version(tmp_path: Path) -> None:
    folder = folder_of({**_data(), "version": "1.1.0"}, tmp_path)
    assert run("release", folder).exit_code == 0
    body = (folder / "released.yaml").read_text("utf-8")
    for version, sections in (("1.0.0", ()), ("1.1.0", (MORE,)), ("1.2.0", (LESS,))):
        folder_of({**_data(*sections), "version": version}, tmp_path)
        refused = run("release", folder)
        assert refused.exit_code == 1
        assert "aise" in refused.stderr  # raise the version
        assert (folder / "released.yaml").read_text("utf-8") == body
    folder_of({**_data(MORE), "version": "1.1.1"}, tmp_path)
    assert run("validate", folder).exit_code == 0
    assert write_release(read_questionnaire(folder), folder) == folder / "released.yaml"
    fixed = read_release(folder)
    assert fixed is not None and (fixed.version, len(fixed.questions)) == ("1.1.1", 4)


def test_a_changed_release_file_is_told_like_any_other_fault(tmp_path: Path) -> None:
    folder = folder_of(_data(), tmp_path)
    (folder / "released.yaml").write_text("released: {version: one, levels: [1], questoins: {}}", "utf-8")
    refused = run("validate", folder)
    assert refused.exit_code == 1
    assert "Did you mean “questions”?" in refused.stderr and "released.yaml:1" in refused.stderr


def test_the_rule_of_versions_is_the_one_by_which_sheets_are_taken() -> None:
    """Answers of the same first number are taken, those of another one refused."""
    questionnaire = several(version="1.9.0")
    sheet = a_sheet(several(version="1.1.0"), {"a": 3})
    assert check_sheet(questionnaire, sheet) == sheet
    with pytest.raises(AnswersError):
        check_sheet(several(version="2.0.0"), sheet)


def _counting(version: str, **limits: object) -> Questionnaire:
    number = {"id": "n", "type": "number", "weight": 0, "label": text("How many?"), **limits}
    return several(number, version=version)


@pytest.mark.parametrize(
    ("before", "after", "breaks"),
    [
        ({"low": 0, "high": 100}, {"low": 0, "high": 50}, True),
        ({"low": 0, "high": 100}, {"low": 1, "high": 100}, True),
        ({"high": 100}, {"low": 0, "high": 100}, True),
        ({"low": 0}, {"low": 0, "whole": True}, True),
        ({"low": 0, "high": 100}, {"low": 0, "high": 200}, False),
        ({"low": 0, "high": 100, "whole": True}, {"low": -5}, False),
    ],
)
def test_a_number_that_admits_less_needs_a_higher_first_number(
    before: dict[str, object], after: dict[str, object], breaks: bool
) -> None:
    """A stored answer outside the new limits would be refused."""
    release = released_of(_counting("1.1.0", **before))
    for version, told in (("1.1.0", breaks), ("1.2.0", breaks), ("2.0.0", False)):
        inspection = inspect(_counting(version, **after), today=TODAY, release=release)
        assert bool(found(inspection, "changed_since_release")) == told, version


def test_everything_that_has_an_id_is_part_of_a_release() -> None:
    released = released_of(read_questionnaire("service-transformation"))
    assert all(
        getattr(released, name) for name in Released.model_fields if name not in ("figures", "value_inputs")
    )


# ── the command ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_validate_says_one_line_where_nothing_is_found(tmp_path: Path) -> None:
    result = run("validate", folder_of(_data(), tmp_path))
    assert (result.exit_code, result.output) == (
        0,
        "small 1.0.0: 3 questions, 0 measures, 0 caps, languages en: fine.\n",
    )


def test_validate_tells_warnings_and_ends_with_1_only_if_that_is_wanted(tmp_path: Path) -> None:
    folder = folder_of(_data(standards=[a_standard()], accepted=[]), tmp_path)
    result = run("validate", folder)
    assert result.exit_code == 0
    assert "languages en: fine; 1 warning." in result.output
    assert "WARNING  standard unused\n  standards › iso: no question maps to this standard." in result.output
    assert "What to do: Map the questions that touch it, or remove it." in result.output
    assert run("validate", folder, "--strict").exit_code == 1


def test_validate_tells_notices_only_if_asked_to(tmp_path: Path) -> None:
    entry = {"finding": "vague_word", "where": "s › q › anchors › 3", "because": "We know."}
    twice = [text("A study."), text("A study.")]
    data = _data(section("s", VAGUE, *map(level_question, "abc")), accepted=[entry], sources=twice)
    folder = folder_of(data, tmp_path)
    short = run("validate", folder)
    assert short.output.count("\n") == 1
    assert "fine; 1 notice; 1 accepted by the authors (--all tells the notices)." in short.output
    assert (
        "NOTICE  source twice\n  sources › 2: source 1 says the same."
        in run("validate", folder, "--all").output
    )
    assert run("validate", folder, "--strict").exit_code == 0


def test_validate_ends_with_1_if_reading_finds_an_error(tmp_path: Path) -> None:
    folder = folder_of(
        _data(section("s", gate("g", label=text("TODO")), *map(level_question, "abc"))), tmp_path
    )
    result = run("validate", folder)
    assert result.exit_code == 1
    assert "1 error." in result.output and "fine" not in result.output
    assert "ERROR  placeholder" in result.output


def test_the_questionnaires_of_a_folder_share_its_glossary_when_they_are_validated(tmp_path: Path) -> None:
    folder = folder_of(
        _data(section("s", gate("g", label=text("Is it on?")), *map(level_question, "abc"))), tmp_path
    )
    assert "warning" not in run("validate", folder).output
    (tmp_path / GLOSSARY).write_text('terms: [{id: t, words: {en: {term: gate, never: ["on"]}}}]', "utf-8")
    assert (
        "s › g › label › en: “on” is not the word of the glossary; that is “gate”."
        in run("validate", folder).output
    )
    (tmp_path / GLOSSARY).write_text("nonsense: 1", "utf-8")
    assert run("validate", folder).exit_code == 1
    shutil.rmtree(folder)
