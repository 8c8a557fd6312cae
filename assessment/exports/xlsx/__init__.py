"""The report as a workbook whose formulas give the engine's scores: change an answer, and index, range and level follow."""

from assessment.brand import UNBRANDED, Brand, palette_of
from assessment.document import compose
from assessment.document.parts import EVERYTHING, Part, Parts
from assessment.document.planned import teller
from assessment.exports import Exporter
from assessment.exports.xlsx.answers import AnswersSheet
from assessment.exports.xlsx.book import Book
from assessment.exports.xlsx.facts import write_facts
from assessment.exports.xlsx.legal import write_legal
from assessment.exports.xlsx.lists import Lists
from assessment.exports.xlsx.method import write_method
from assessment.exports.xlsx.people import is_told, write_people
from assessment.exports.xlsx.plan import write_measures, write_roadmap
from assessment.exports.xlsx.pursuit import write_pursuit
from assessment.exports.xlsx.replies import write_words
from assessment.exports.xlsx.result import write_result
from assessment.exports.xlsx.scores import ScoresSheet
from assessment.exports.xlsx.value import is_given, write_value
from assessment.exports.zipped import settled
from assessment.report import Report
from assessment.values import Variety

KEPT: tuple[Part, ...] = ("answers", "method")
"""The formulas rest on them."""
NOT_SHEETS: tuple[Part, ...] = (*KEPT, "dimensions", "change")
"""No sheet is left out for these."""


def render(
    report: Report, language: Variety, *, brand: Brand = UNBRANDED, parts: Parts = EVERYTHING
) -> bytes:
    """Return the report as a workbook in this language; answers, scores and method are always in it.

    Raises:
        ReportError: the report's questionnaire is not written in this language.
    """
    parts = Parts(chosen=(*parts.chosen, *NOT_SHEETS))
    tell, document = teller(report, language), compose(report, language, brand=brand, parts=parts)
    c = tell.c
    book = Book(document, palette_of(brand), force=c.t("in force"))
    # sheets stand in the order in which they are made; they are written from the last, which the others look things up in
    result, asked, profile, calculated = (
        book.sheet(name) for name in (c.t("Result"), c.t("Answers"), c.t("Profile"), c.t("Scores"))
    )
    plan = (
        [book.sheet(name) for name in (c.t("Roadmap"), c.t("Measures"))]
        if report.questionnaire.measures and "roadmap" in parts
        else []
    )
    pursued = report.pursuit if "roadmap" in parts else None
    progress = book.sheet(c.t("Progress")) if pursued is not None else None
    law = book.sheet(c.t("Legal status")) if report.legal and "legal" in parts else None
    value = book.sheet(c.t("Value and figures")) if is_given(tell) and "value" in parts else None
    people = book.sheet(c.t("People and agreement")) if is_told(tell) and "people" in parts else None
    made, looked_up = book.sheet(c.t("Method")), book.sheet(c.t("Lists"))

    for sheet in (asked, profile):
        sheet.paper.set_tab_color("#E8C95B")
    result.paper.set_tab_color(book.palette.brand)

    lists = Lists(book, looked_up, c)
    rules = lists.rules(report.questionnaire, language)
    words = write_words(tell, lists)
    facts = write_facts(tell, profile, lists, yes=words.no_yes)
    answers = AnswersSheet(tell, asked, lists, words=words, rules=rules)
    answers.write(facts)
    scores = ScoresSheet(tell, calculated, lists, rules=rules, leaves=answers.leaves)
    scores.write()
    write_result(tell, book, result, scores=scores, rules=rules)
    if law is not None:
        write_legal(tell, law, lists, scores=scores, leaves=answers.leaves)
    if plan:
        write_roadmap(tell, plan[0])
        write_measures(tell, plan[1])
    if progress is not None and pursued is not None:
        write_pursuit(tell, progress, pursued)
    if value is not None:
        write_value(tell, value)
    if people is not None:
        write_people(tell, people)
    write_method(tell, made, fixed=book.fixed, left_out=document.left_out)
    looked_up.finish(freeze=(0, 1), columns=5)
    return settled(book.finished())


EXPORTER = Exporter(
    format="xlsx",
    suffix=".xlsx",
    media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    render=render,
    keeps=KEPT,
)
