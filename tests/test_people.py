"""What a workshop came to: by hand, in three languages, in every format, and never more than its counts show."""

import json
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from docx import Document as WordFile
from openpyxl import load_workbook
from pptx import Presentation
from pypdf import PdfReader

from assessment.cli import main
from assessment.document import as_text, compose, parts_of
from assessment.document.parts import parts_without
from assessment.errors import AnswersError
from assessment.exports import EXPORTERS
from assessment.exports.json import parse
from assessment.exports.json import render as render_json
from assessment.loader import read_sample, read_workshop, sheet_as_data, workshop_as_data, workshop_from_data
from assessment.questions import Value
from assessment.report import Report, assess, replan
from assessment.roadmap import Capacity, plan
from assessment.scoring import score
from assessment.verifying import verify
from assessment.workshop import Count, Outcome, Role, Tally, Topic, Workshop, as_asked, middle, outcome
from tests.report_samples import START, small, small_report, small_sheet
from tests.workshop_samples import (
    NASTY,
    PEOPLE,
    REASON,
    agreed,
    all_say,
    counted,
    held,
    report_with_workshop,
    some_workshop,
    workshop_of,
)

Said = dict[Role, Value | None]

BY_FORMAT = {exporter.format: exporter for exporter in EXPORTERS}


def came_to() -> Outcome:
    found = report_with_workshop().outcome
    assert found is not None
    return found


def of(*topics: Topic) -> Outcome:
    sheet = small_sheet()
    made = plan(small(), sheet, capacity=Capacity(start=START, per_month=12))
    return outcome(small(), sheet, workshop_of(*topics), roadmap=made)


def told(language: str = "en", report: Report | None = None) -> str:
    """The chapter alone, as text."""
    said = as_text(compose(report or report_with_workshop(), language))
    names = {"en": "(People · ", "de": "(Menschen · ", "nl": "(Mensen · "}
    before, after = said.split(names[language], 1)
    return before.rsplit("\n# ", 1)[1] + after.split("\n# ", 1)[0]


# ── by hand ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_agreement_and_median_of_the_first_and_the_last_round_are_those_of_everybody() -> None:
    gate, line, lead, deal = came_to().topics
    # half 2 and half 4: each a quarter of the way from the mean, 1 + log2(3/4)
    assert line.first is not None and line.last is not None
    assert (line.first.median, line.last.median) == (2, 3)
    assert line.first.agreement == pytest.approx(0.584963, abs=1e-6) and line.last.agreement == 1
    assert line.moved == pytest.approx(0.25) and line.talked_again and line.agrees
    # eight no and six yes: 1 + 8/14 log2(8/14) + 6/14 log2(6/14)
    assert gate.last is not None and gate.last.agreement == pytest.approx(0.014772, abs=1e-6)
    assert gate.moved == 0 and not gate.agrees
    assert lead.moved is None and not lead.talked_again
    assert (deal.first, deal.last, deal.moved) == (None, None, None)


def test_agreement_of_all_is_the_mean_over_the_questions_voted_on_before_and_after_talking() -> None:
    found = came_to()
    assert found.agreement_before == pytest.approx((0.584963 + 0.014772) / 2, abs=1e-6)
    assert found.agreement_after == pytest.approx((1 + 0.014772) / 2, abs=1e-6)
    assert found.agreement == pytest.approx((1 + 0.014772 + 1) / 3, abs=1e-6)


def test_a_room_in_which_many_do_not_know_does_not_agree_however_much_the_others_do() -> None:
    lead = came_to().topics[2]
    assert lead.last is not None
    assert (lead.last.agreement, lead.last.unknown, lead.agrees) == (1, 4, False)


def test_a_decision_is_told_against_what_the_sheet_said_before() -> None:
    assert [topic.became for topic in came_to().topics] == ["kept", "settled", "undecided", "lowered"]
    before = small_sheet().by_question["p1"]  # level 3
    found = of(
        Topic(question="p1", before=before, decided=agreed("p1", 4)),
        Topic(question="p2", before=before.model_copy(update={"question": "p2"}), decided=agreed("p2", None)),
    )
    assert [topic.became for topic in found.topics] == ["raised", "unsettled"]


def test_who_took_part_is_told_as_one_round_shows_it() -> None:
    assert came_to().people == 14
    assert came_to().voted.people == 14
    assert came_to().voted.roles == (("agent", 5), ("management", 4))


def test_a_gap_between_roles_is_scored_and_planned_with_both_ends() -> None:
    (gap,) = came_to().gaps
    assert (gap.question, gap.lowest, gap.highest) == ("g1", ("agent",), ("management",))
    assert (gap.low, gap.high, gap.steps) == (False, True, 1)
    assert gap.caps == ("c1",) and gap.needed_if_low == ("m1",) and gap.changes_plan
    sheet, _ = held()
    better = score(small(), sheet.with_answer(agreed("g1", True)))
    assert gap.with_high.level == better.overall.level
    assert {each.section for each in gap.levels} >= {"deal"}
    deal = next(each for each in gap.levels if each.section == "deal")
    assert (deal.low, deal.high) == (1, better.of("deal").level)


def test_roles_a_level_apart_are_a_gap_and_roles_that_say_the_same_are_none() -> None:
    near: Said = {"agent": 2, "management": 3, "planner": 3, "it": 3}
    same: Said = {"agent": 3, "management": 3, "planner": 1, "it": 1}
    far: Said = {"agent": 1, "management": 4, "planner": 3, "it": 3}
    found = of(
        Topic(question="p1", tallies=(counted("p1", all_say(near)),)),
        Topic(question="f1", tallies=(counted("f1", all_say(same)),)),
        Topic(question="f2", tallies=(counted("f2", all_say(far)), counted("f2", all_say(same), round=2))),
        Topic(question="d1", tallies=(counted("d1", all_say(far)),)),
    )
    assert {gap.question: gap.steps for gap in found.gaps} == {"p1": 1, "d1": 3}
    # three levels lie between the roles on d1; but while nothing is agreed (g1) its capability stays at level 1 anyway
    assert found.gaps[0].question == "p1"


def test_what_was_decided_is_scored_against_what_was_there_and_what_was_voted_first() -> None:
    shift = came_to().shift
    sheet, _ = held()
    assert shift is not None and shift.topics == ("g1", "p2", "d1")
    before = score(small(), small_sheet()).overall
    voted = score(small(), small_sheet().with_answer(agreed("p2", 2))).overall
    assert shift.before.value == (before.value if before.certain else None)
    assert shift.voted.value == pytest.approx(voted.value)
    assert shift.decided.value == pytest.approx(score(small(), sheet).overall.value)


def test_what_does_not_fit_the_questionnaire_any_more_is_left_out() -> None:
    strange = Topic(question="p1", decided=agreed("p1", 9))
    gone = Topic(question="gone", decided=agreed("gone", 1))
    assert of(strange, gone, Topic(question="p2", decided=agreed("p2", 1))).topics[0].question == "p2"
    assert len(of(strange, gone).topics) == 0


def test_a_round_with_a_value_that_is_gone_counts_no_more_nor_do_those_before_it() -> None:
    def voted(value: Value, round: int) -> Tally:
        return counted(
            "p1", all_say({"agent": value, "management": value, "planner": 2, "it": 2}), round=round
        )

    was = voted(1, 2)
    counts = (Count(value=9, people=9), Count(value=2, people=5))
    gone = was.model_copy(update={"groups": (was.groups[0].model_copy(update={"counts": counts}),)})
    topic = Topic(
        question="p1",
        before=agreed("p1", 9),
        tallies=(voted(3, 1), gone, voted(4, 3)),
        decided=agreed("p1", 4),
        reason=REASON,
    )
    (came,) = of(topic).topics
    assert came.first == came.last and came.first is not None and came.first.round == 3
    assert came.became == "settled", "what was answered before the workshop is not to be had any more"
    left = as_asked(small(), topic.model_copy(update={"decided": agreed("p1", 9)}))
    assert left is not None and (left.decided, left.reason) == (None, "")
    report = report_with_workshop()
    changed = assess(
        small(),
        small_sheet(),
        subject=report.subject,
        capacity=report.roadmap.capacity,
        workshop=workshop_of(topic),
    )
    assert REASON in told(report=changed), "the chapter tells what still stands"


def test_nothing_of_a_role_too_small_is_in_the_outcome_or_in_the_chapter() -> None:
    data = came_to().model_dump_json()
    assert '"planner"' not in data and '"it"' not in data and PEOPLE["planner"] < 4
    for language, name in (("en", "planning"), ("de", "Planung und Steuerung"), ("nl", "planning en")):
        assert name not in told(language)


def test_votes_that_may_not_be_shown_change_nothing_but_the_number_of_votes() -> None:
    def one(level: int) -> Outcome:
        return of(Topic(question="d1", tallies=(counted("d1", {"planner": [level] * 3}),)))

    assert one(1) == one(5)


# ── in words ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_claim_says_how_far_the_room_agrees_and_which_roles_stand_apart() -> None:
    assert told("en").startswith(
        "The room agrees on 1 of 3 questions; managers and customer service agents see “Agreement” differently\n"
    )
    assert told("de").startswith(
        "Bei 1 von 3 Fragen herrscht Einigkeit; Management und Servicemitarbeitende sehen „Vereinbarung“ unterschiedlich\n"
    )
    assert told("nl").startswith(
        "Over 1 van de 3 vragen is men het eens; management en klantenservicemedewerkers zien ‘Afspraak’ verschillend\n"
    )


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (
            "en",
            (
                "14 people took part in the workshop of 20 November 2026.",
                "Shown on their own: customer service agents (5) and managers (4)",
                "51% agreement after talking (in the first votes: 30%)",
                "4 questions talked about",
                "3 decided together (2 answers changed)",
                "1 contested (2 dissenting opinions)",
                "How is the line? | – | Level 2 | Level 3 | Level 3 | 58% → 100%",
                "Only planned if “No” is right: “Agree”",
                "Groups of fewer than 4 people are not shown",
                "Role: managers",
            ),
        ),
        (
            "de",
            (
                "Am Workshop vom 20. November 2026 haben 14 Personen teilgenommen.",
                "Gesondert ausgewiesen: Servicemitarbeitende (5) und Management (4)",
                "51\xa0% Einigkeit nach dem Gespräch (in der ersten Abstimmung: 30\xa0%)",
                "3 gemeinsam vereinbart (2 Antworten geändert)",
                "1 mit Widerspruch (2 abweichende Meinungen)",
                "Wie ist die Leitung? | – | Stufe 2 | Stufe 3 | Stufe 3 | 58\xa0% → 100\xa0%",
                "Nur im Plan, wenn „Nein“ stimmt: „Vereinbaren“",
                "Gruppen mit weniger als 4 Personen werden nicht gezeigt",
                "Rolle: Management",
            ),
        ),
        (
            "nl",
            (
                "Aan de workshop van 20 november 2026 hebben 14 mensen deelgenomen.",
                "Apart getoond: klantenservicemedewerkers (5) en management (4)",
                "51% overeenstemming na het gesprek (in de eerste stemming: 30%)",
                "3 samen besloten (2 antwoorden gewijzigd)",
                "1 omstreden (2 afwijkende meningen)",
                "Hoe is de lijn? | – | Niveau 2 | Niveau 3 | Niveau 3 | 58% → 100%",
                "Alleen in het plan als ‘Nee’ klopt: ‘Afspreken’",
                "Groepen van minder dan 4 mensen worden niet getoond",
                "Rol: management",
            ),
        ),
    ],
)
def test_the_chapter_says_it_in_every_language(language: str, sentences: tuple[str, ...]) -> None:
    said = told(language)
    assert [sentence for sentence in sentences if sentence not in said] == []


def test_levels_apart_are_counted_in_the_claim() -> None:
    far: Said = {"agent": 2, "management": 4, "planner": 3, "it": 3}
    topic = Topic(question="p1", tallies=(counted("p1", all_say(far)),))
    sheet, report = small_sheet(), small_report()
    found = report.model_copy(update={"workshop": workshop_of(topic), "outcome": of(topic), "sheet": sheet})
    assert told("en", found).startswith(
        "The room does not agree on the one question it voted on; managers and customer service agents see “Place” 2 levels apart\n"
    )
    assert "Management und Servicemitarbeitende liegen bei „Arbeitsplatz“ 2 Stufen auseinander\n" in told(
        "de", found
    )
    assert "management en klantenservicemedewerkers liggen bij ‘Werkplek’ 2 niveaus uit elkaar\n" in told(
        "nl", found
    )


def test_how_sure_the_result_is_names_how_far_the_room_agrees_and_only_after_a_workshop() -> None:
    said = as_text(compose(report_with_workshop(), "en"))
    assert (
        "In the workshop, 14 people voted; the room agrees on 1 of 3 questions. On one question there are dissenting opinions."
        in said
    )
    assert "workshop" not in as_text(compose(small_report(), "en")).lower()


def test_the_chapter_can_be_left_out_and_is_not_offered_where_there_was_no_workshop() -> None:
    assert "people" in parts_of(report_with_workshop(), "en")
    assert "people" not in parts_of(small_report(), "en")
    without = compose(report_with_workshop(), "en", parts=parts_without(["people"]))
    assert "Seen otherwise." not in as_text(without) and "People and agreement" in without.left_out


# ── in every format ──────────────────────────────────────────────────────────────────────────────────────────────────


def in_pdf(raw: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(raw)).pages)


def in_word(raw: bytes) -> str:
    body = WordFile(BytesIO(raw)).element.body
    return " ".join("".join(each.itertext()) for each in body.iter() if each.tag.endswith("}p"))


def in_slides(raw: bytes) -> str:
    found = []
    for slide in Presentation(BytesIO(raw)).slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                found.append(shape.text_frame.text)
            if shape.has_table:
                found += [cell.text_frame.text for row in shape.table.rows for cell in row.cells]
    return " ".join(found)


@pytest.mark.parametrize(("form", "read"), [("pdf", in_pdf), ("docx", in_word), ("pptx", in_slides)])
def test_what_people_wrote_stays_text_on_every_page(form: str, read: object) -> None:
    assert callable(read)
    said = " ".join(str(read(BY_FORMAT[form].render(report_with_workshop(), "en"))).split())
    assert "<b>bold</b> & {braces} </para>" in said and REASON in said
    assert "see “Agreement” differently" in said


def test_what_people_wrote_is_no_formula_in_the_workbook() -> None:
    book = load_workbook(BytesIO(BY_FORMAT["xlsx"].render(report_with_workshop(), "en")))
    cells = [
        cell for row in book["People and agreement"].iter_rows() for cell in row if cell.value is not None
    ]
    assert {cell.data_type for cell in cells} == {"s"}
    said = [str(cell.value) for cell in cells]
    assert any(NASTY in text for text in said) and REASON in said
    assert not any(cell.hyperlink for cell in cells)


def test_a_workbook_without_a_workshop_or_without_its_chapter_has_no_such_sheet() -> None:
    for body in (
        BY_FORMAT["xlsx"].render(small_report(), "en"),
        BY_FORMAT["xlsx"].render(report_with_workshop(), "en", parts=parts_without(["people"])),
    ):
        assert "People and agreement" not in load_workbook(BytesIO(body)).sheetnames


# ── in files ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_report_with_a_workshop_comes_back_as_it_was() -> None:
    assert parse(render_json(report_with_workshop(), "en")) == report_with_workshop()


def test_a_report_without_a_workshop_says_nothing_of_one() -> None:
    assert not {"workshop", "outcome"} & json.loads(render_json(small_report(), "en")).keys()


def test_a_report_with_a_workshop_is_computed_again_to_the_byte() -> None:
    found = verify(BY_FORMAT["pdf"].render(report_with_workshop(), "nl"), file="report.pdf")
    assert found.right and found.same_bytes


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("agreement_after",), 0.9),
        (("gaps", 0, "needed_if_low"), []),
        (("topics", 1, "last", "median"), 4),
        (("shift", "decided", "value"), 4.5),
    ],
)
def test_one_altered_number_of_the_outcome_is_found(path: tuple[str | int, ...], value: object) -> None:
    data = json.loads(render_json(report_with_workshop(), "en"))
    place = data["outcome"]
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    found = verify(json.dumps(data).encode(), file="report.json")
    assert not found.right
    assert {difference.where.split(" › ")[0] for difference in found.data} == {"outcome"}


def test_other_terms_make_another_outcome_of_the_same_votes() -> None:
    report = report_with_workshop()
    poor = replan(report, capacity=Capacity(start=START, per_month=1, months=2))
    assert poor.outcome is not None and poor.workshop == report.workshop
    assert poor.outcome.gaps[0].needed_if_low == ()
    assert poor.outcome.topics == came_to().topics


def test_an_answers_file_carries_the_workshop_and_its_report_has_the_chapter(tmp_path: Path) -> None:
    _, workshop = held()
    assert workshop_from_data(workshop_as_data(workshop)) == workshop
    assert workshop_as_data(None) == {} and workshop_from_data({}) is None
    own = tmp_path / "own.json"
    own.write_bytes(render_json(report_with_workshop(), "en"))
    assert read_workshop(own) == workshop
    questionnaire, sheet, subject = read_sample("nordlicht", language="en")
    workshop = some_workshop(questionnaire, sheet, count=1)
    head = {key: str(value) for key, value in subject.model_dump().items() if value}
    file, made = tmp_path / "answers.json", tmp_path / "report.json"
    file.write_text(json.dumps({**head, **sheet_as_data(sheet), **workshop_as_data(workshop)}), "utf-8")
    assert read_workshop(file) == workshop
    result = CliRunner().invoke(main, ["report", str(file), "-o", str(made)])
    assert result.exit_code == 0, result.output
    report = parse(made.read_bytes())
    assert report.workshop == workshop and report.outcome is not None and report.outcome.contested


def test_a_workshop_that_is_none_is_told_with_its_place() -> None:
    with pytest.raises(AnswersError) as wrong:
        workshop_from_data(
            {"workshop": {"topics": [{"question": "p1", "tallies": [{"people": -1}]}]}}, file="a.json"
        )
    assert "workshop › topics › 0 › tallies › 0" in str(wrong.value) and "a.json" in str(wrong.value)


def test_medians_and_roles_are_the_same_whatever_order_votes_came_in() -> None:
    question = small().questions_by_id["p1"]
    there = {"agent": [1, 2, 3, 4, 5], "management": [5, 4, 3, 2]}
    back = {role: list(reversed(values)) for role, values in reversed(there.items())}
    one, other = counted("p1", there), counted("p1", back)  # type: ignore[arg-type]
    assert one == other and one.everybody is not None and middle(question, one.everybody) == 3


def test_a_workshop_with_nothing_in_it_makes_no_chapter() -> None:
    empty = Workshop(opened_at=held()[1].opened_at)
    report = small_report().model_copy(update={"workshop": empty, "outcome": of()})
    assert "people" not in parts_of(report, "en")
