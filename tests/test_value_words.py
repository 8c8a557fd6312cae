"""What the report says of figures and value, and what stands behind a question: claims, amounts, sources, dates."""

import re
from datetime import date

import pytest

from assessment.answers import Answer, AnswerSheet
from assessment.document import as_text, compose
from assessment.document.blocks import Bullets, Callout, Heading, Paragraph, Table
from assessment.document.grounds import age, behind, points_of, reference_points, register_table, watch_list
from assessment.document.telling import Teller
from assessment.document.value import figure_said, money, value
from assessment.i18n import catalogue
from assessment.loader import read_questionnaire, read_sample
from assessment.questionnaire import Questionnaire
from assessment.report import Report, Subject, assess, register_rows
from assessment.roadmap import Capacity
from assessment.value import figures_asked
from tests.conftest import FULL_PROFILE
from tests.test_value import WORKED, exactly

LANGUAGES = ("en", "de", "nl", "de-CH")
START = date(2026, 12, 1)


@pytest.fixture(scope="module")
def flagship() -> Questionnaire:
    return read_questionnaire("service-transformation")


def report_of(sheet: AnswerSheet) -> Report:
    subject = Subject(organisation="Example", held_on=date(2026, 11, 21))
    return assess(
        read_questionnaire("service-transformation"), sheet, subject=subject, capacity=Capacity(start=START)
    )


@pytest.fixture(scope="module")
def worked() -> Report:
    return report_of(exactly(WORKED))


def in_english(report: Report) -> Teller:
    return Teller(report, "en", catalogue("en"))


def headings(blocks: object) -> list[str]:
    return [block.text for block in blocks if isinstance(block, Heading)]  # type: ignore[attr-defined]


def cells(table: Table) -> list[list[str]]:
    return [[" ".join(line.text for line in cell) for cell in row] for row in table.rows]


# ── the value model ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_chapter_claims_what_the_worked_example_says_and_rounds_to_thousands(worked: Report) -> None:
    blocks = tuple(value(in_english(worked)))
    assert headings(blocks)[0] == "In the expected case it is not earned back within three years"
    benefits, years, *_ = [cells(block) for block in blocks if isinstance(block, Table)]
    assert [row[2] for row in benefits] == [
        "108,000 EUR", "107,000 EUR", "49,000 EUR", "0 EUR", "20,000 EUR", "77,000 EUR", "360,000 EUR",
    ]  # fmt: skip
    assert [row[2] for row in years] == [
        "423,000 EUR", "247,000 EUR", "-139,000 EUR", "5,000 EUR", "113,000 EUR", "-444,000 EUR",
    ]  # fmt: skip
    said = " ".join(block.text for block in blocks if isinstance(block, Paragraph))
    assert "after 3.7 years" in said and "-444,000 EUR are left" in said


def test_every_number_that_was_counted_with_is_listed_with_where_it_comes_from(worked: Report) -> None:
    tables = [cells(block) for block in value(in_english(worked)) if isinstance(block, Table)]
    assumptions = tables[2]
    assert len(assumptions) == len(WORKED) == 36
    assert {row[4] for row in assumptions} == {"yours"}
    bare = report_of(exactly({role: n for role, n in WORKED.items() if role != "variable-share"}))
    row = next(
        row
        for block in value(in_english(bare))
        if isinstance(block, Table)
        for row in cells(block)
        if row[0] == "Share of cost that falls with fewer contacts"
    )
    assert row[1:5] == ["50%", "60%", "70%", "example"]


def test_what_is_missing_is_named_by_the_benefit_that_needs_it() -> None:
    report = report_of(exactly({"contacts": 1000, "service-cost": 10_000}))
    blocks = tuple(value(in_english(report)))
    assert headings(blocks)[0] == "The figures do not yet say what it may be worth"
    (missing,) = [block for block in blocks if isinstance(block, Bullets)]
    assert any(
        line.text.startswith("Contacts that no longer arise: Share of avoidable contacts")
        for line in missing.items
    )
    assert any(line.text.startswith("Cost and years:") for line in missing.items)


def test_without_a_figure_there_is_no_chapter_on_figures() -> None:
    report = report_of(AnswerSheet(questionnaire="service-transformation", version="1.1.0"))
    assert tuple(value(in_english(report))) == ()
    assert "Value and figures" not in as_text(compose(report, "en"))


def test_the_amounts_are_the_same_in_every_language(worked: Report) -> None:
    def amounts(language: str) -> list[str]:
        tell = Teller(worked, language, catalogue(language))
        tables = [block for block in value(tell) if isinstance(block, Table)]
        return [
            re.sub(r"[^\d-]", "", re.sub(r"[\u2212]", "-", said))
            for table in tables[:2]
            for row in cells(table)
            for said in row[1:]
        ]

    assert amounts("en") == amounts("de") == amounts("nl") == amounts("de-CH")


@pytest.mark.parametrize(
    ("amount", "shown"),
    [(499, "0 EUR"), (500, "1,000 EUR"), (-1499, "-1,000 EUR"), (1_234_567, "1,235,000 EUR")],
)
def test_money_is_rounded_half_up_to_thousands(worked: Report, amount: float, shown: str) -> None:
    assert money(in_english(worked), amount) == shown


def test_a_figure_keeps_the_decimals_it_was_given_with(worked: Report) -> None:
    tell = in_english(worked)
    assert figure_said(tell, 2.45, "money") == "2.45 EUR"
    assert figure_said(tell, 12, "percent") == "12%"
    assert figure_said(tell, 1, "days") == "1 day"
    assert figure_said(tell, 2.5, "days") == "2.5 days"


def test_a_key_figure_is_shown_with_the_point_of_reference_that_may_stand_beside_it() -> None:
    _, sheet, _ = read_sample("nordlicht", language="en")
    shown = told_of(report_of(sheet), "en")
    assert "For comparison: 3 days (USU, 2020)" in shown


def told_of(report: Report, language: str) -> str:
    return as_text(compose(report, language))


def test_only_key_figures_of_the_channels_in_use_are_asked(flagship: Questionnaire) -> None:
    def asked(*channels: str) -> set[str]:
        sheet = AnswerSheet(
            questionnaire=flagship.id,
            version=flagship.version,
            profile={**FULL_PROFILE, "channels": channels},
        )
        return {figure.id for figure in figures_asked(flagship, sheet)}

    assert "asa" in asked("phone") and "asa" not in asked("email")
    assert "containment" in asked("bot") and "containment" not in asked("phone")


# ── what stands behind a question ────────────────────────────────────────────────────────────────────────────────────


def in_countries(flagship: Questionnaire, *countries: str, **more: str) -> AnswerSheet:
    profile = {**FULL_PROFILE, "countries": countries, **more}
    return AnswerSheet(questionnaire=flagship.id, version=flagship.version, profile=profile)


@pytest.mark.parametrize("language", LANGUAGES)
def test_behind_a_question_stand_its_reason_the_duties_of_ones_countries_and_its_standards(
    flagship: Questionnaire, language: str
) -> None:
    question = flagship.questions_by_id["l4-q2"]
    c = catalogue(language)
    swiss = list(behind(question, flagship, in_countries(flagship, "ch"), c=c))
    assert isinstance(swiss[0], Paragraph) and question.why
    assert swiss[0].text == question.why.localize(language)
    duties, standards = [block for block in swiss if isinstance(block, Bullets)]
    rows = {row.id for row in register_rows(flagship, in_countries(flagship, "ch"))} & set(
        question.references
    )
    assert len(duties.items) == len(rows) > 0
    assert all(flagship.register_by_id[name].jurisdiction == "ch" for name in rows)
    assert any("ISO/IEC 27001:2022" in line.text for line in standards.items)


def test_each_duty_says_how_sure_it_is_and_how_it_was_checked(flagship: Questionnaire) -> None:
    question = flagship.questions_by_id["l3-q2"]
    blocks = behind(question, flagship, in_countries(flagship, "nl"), c=catalogue("en"))
    (duties, _) = [block for block in blocks if isinstance(block, Bullets)]
    ways = r"(law read|two sources|one source|not looked up)"
    assert all(re.search(rf"; {ways}(, {ways})*, held to be .*sure\)$", line.text) for line in duties.items)
    assert all(re.match("(EU|Netherlands): ", line.text) for line in duties.items)


def test_a_register_row_that_concerns_nobody_here_is_not_shown(flagship: Questionnaire) -> None:
    def ids(**more: str) -> set[str]:
        return {row.id for row in register_rows(flagship, in_countries(flagship, "de", **more))}

    assert "de-27" in ids() and "de-27" not in ids(recording="no")
    assert "at-15" not in ids()


def test_figures_from_outside_say_among_how_many_or_that_nobody_says(flagship: Questionnaire) -> None:
    (table,) = reference_points(flagship.reference_points, c=catalogue("en"))
    assert isinstance(table, Table)
    counts = {row[1]: row[2] for row in cells(table)}
    assert counts["Gartner, 2020"] == "not stated"
    assert "120" in counts.values()


# ── the register's age ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("today", "tone", "says"),
    [
        (date(2026, 11, 21), "note", "0 days ago"),
        (date(2026, 11, 22), "note", "1 day ago"),
        (date(2026, 12, 3), "warning", "1 day of the watch list has passed"),
        (date(2027, 6, 1), "warning", "longer ago than its authors want it to be"),
    ],
)
def test_the_register_says_its_age_and_warns_when_it_is_due(
    flagship: Questionnaire, today: date, tone: str, says: str
) -> None:
    assert flagship.register_ is not None
    callout = age(flagship.register_, today=today, c=catalogue("en"))
    assert isinstance(callout, Callout) and callout.tone == tone
    assert any(says in line.text for line in callout.lines)


def test_what_is_changing_is_told_next_day_first_and_only_for_the_rows_shown(flagship: Questionnaire) -> None:
    assert flagship.register_ is not None
    rows = [row.id for row in register_rows(flagship, in_countries(flagship, "at"))]
    _, table, _ = watch_list(flagship.register_, rows, today=date(2026, 12, 10), c=catalogue("en"))
    assert isinstance(table, Table)
    days = [row[0] for row in cells(table)]
    assert days[:2] == ["2 December 2026 (passed)", "31 December 2026"]
    assert days[-1] == "day open"
    assert not any("BFSG" in row[1] for row in cells(table)), "Germany's dates are not Austria's"


def test_rows_of_the_register_are_told_with_duty_state_and_check(flagship: Questionnaire) -> None:
    (table,) = register_table([flagship.register_by_id["ch-08"]], flagship, c=catalogue("en"))
    assert isinstance(table, Table)
    (row,) = cells(table)
    assert row[0].startswith("StGB") and row[0].endswith("Switzerland")
    assert row[3] == "two sources, held to be sure"


def test_a_sheet_with_nothing_but_a_key_figure_still_tells_it() -> None:
    sheet = AnswerSheet(
        questionnaire="service-transformation", version="1.1.0", answers=(Answer(question="aht", value=400),)
    )
    assert "Average handling time" in told_of(report_of(sheet), "en")


def test_a_comment_beside_a_number_is_told_with_it() -> None:
    _, sheet, _ = read_sample("nordlicht", language="en")
    assert "From the pilot of the assistant" in told_of(report_of(sheet), "en")


def test_a_key_figure_that_the_profile_does_not_ask_for_is_not_told() -> None:
    given = AnswerSheet(
        questionnaire="service-transformation",
        version="1.1.0",
        profile={"channels": ("email",)},
        answers=(Answer(question="abandonment", value=9), Answer(question="fcr", value=70)),
    )
    shown = told_of(report_of(given), "en")
    assert "First contact resolution" in shown and "Abandonment rate" not in shown


def test_where_the_hopeful_case_falls_below_the_cautious_one_the_report_says_so() -> None:
    odd = {**WORKED, "automated-cost": 50}
    figures = {role: n for role, n in odd.items() if role not in ("used-share", "suitable-share")}
    report = report_of(
        AnswerSheet(
            questionnaire="service-transformation",
            version="1.1.0",
            profile={"currency": "eur"},
            answers=tuple(Answer(question=f"value-{role}", value=n) for role, n in figures.items()),
        )
    )
    assert report.value is not None and report.value.total is not None
    assert report.value.total.hopeful < report.value.total.cautious
    assert "The hopeful case is below the cautious one" in told_of(report, "en")
    assert "The hopeful case is below" not in told_of(report_of(exactly(WORKED)), "en")


def test_points_that_are_pictures_of_their_time_stand_beside_no_section(flagship: Questionnaire) -> None:
    beside = {point.id for section in flagship.sections_by_id for point in points_of(section, flagship)}
    only_history = {point.id for point in flagship.reference_points if point.use == ("history",)}
    assert only_history and not beside & only_history
