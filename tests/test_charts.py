"""Charts are plain data: titles, a text alternative that says what is shown, numbers for a table."""

from datetime import date

import pytest
from reportlab.graphics.shapes import String

from assessment.charts import bars, heatmap, heatmap_of, month_after, progress_curve, radar, timeline, wave_of
from assessment.charts.buying import payoff
from assessment.exports.pdf.drawings import drawn
from assessment.i18n import catalogue
from assessment.questionnaire import Questionnaire
from assessment.report import Report, replan
from assessment.roadmap.outlook import Bought, TradeOff
from assessment.theme import LIGHT
from assessment.ui.figures import draw
from assessment.ui.figures_of_plans import load
from tests.conftest import FULL_PROFILE, a_report, a_sheet, cap, every_answer, measure, two_dimensions


@pytest.fixture(scope="module")
def report() -> Report:
    """Capabilities x1 at 2, x2 at 4, y at 3; one measure takes x1 to 5 within a month."""
    questionnaire = two_dimensions(
        caps=[cap("k", "g", {"x2": 3})],
        measures=[
            measure("m", {"a": 5, "b": 5}),
            measure("law", {"g": True}, effort=(1, 1), weeks=2, cost=1),
        ],
        quick_win={"effort": 8, "weeks": 6, "cost": 1},
        minimum_coverage=0.6,
    )
    said = {"a": 2, "b": 2, "c": 4, "d": 4, "e": 3, "f": 3, "g": False}
    return a_report(questionnaire, a_sheet(questionnaire, said), per_month=12, months=4)


@pytest.fixture(scope="module")
def empty() -> Report:
    questionnaire = two_dimensions(minimum_coverage=0.6)
    return a_report(questionnaire, a_sheet(questionnaire, {"a": 3}), months=1)


def test_the_radar_shows_every_capability_today_and_after_the_plan(report: Report) -> None:
    chart = radar(report, "en")
    assert chart.ids == ("x1", "x2", "y")
    assert (chart.lowest, chart.highest) == (1, 5)
    assert [(line.role, line.values) for line in chart.series] == [
        ("present", (2, 4, 3)),
        ("planned", (5, 4, 3)),
    ]
    assert chart.alt == "Radar of 3 capabilities. Strongest: x2 with 4.00; weakest: x1 with 2.00."


def test_the_radar_of_a_dimension_shows_its_capabilities_only(report: Report) -> None:
    assert radar(report, "en", of="x").ids == ("x1", "x2")


def test_a_radar_without_answers_says_so() -> None:
    questionnaire = two_dimensions()
    chart = radar(a_report(questionnaire, a_sheet(questionnaire)), "en")
    assert chart.alt == "Radar of 3 capabilities; nothing is answered yet."
    assert chart.series[0].values == (None, None, None)


def test_bars_show_index_range_level_and_plan(report: Report) -> None:
    chart = bars(report, "en")
    assert [(b.id, b.value, b.low, b.high, b.level, b.planned) for b in chart.bars] == [
        ("x", 3, 3, 3, 2, 4.5),
        ("y", 3, 3, 3, 3, 3),
    ]
    assert chart.alt == "x: 3.00, range 3.00 to 3.00; y: 3.00, range 3.00 to 3.00."
    assert [b.id for b in bars(report, "en", of="x").bars] == ["x1", "x2"]


def test_bars_hide_the_index_of_what_is_answered_too_little_and_keep_its_range(empty: Report) -> None:
    x, y = bars(empty, "en").bars
    assert (x.value, x.level, x.low, x.high) == (None, None, 1.5, 4.5)
    assert (y.value, y.level, y.low, y.high) == (None, None, 1, 5)


def test_the_heatmap_has_a_row_for_each_dimension_and_a_cell_for_each_capability(report: Report) -> None:
    chart = heatmap(report, "en")
    assert [(row.id, [(cell.id, cell.level, cell.planned) for cell in row.cells]) for row in chart.rows] == [
        ("x", [("x1", 2, 5), ("x2", 3, 4)]),
        ("y", [("y", 3, 3)]),
    ]
    assert chart.levels == tuple((step, f"L{step}") for step in range(1, 6))
    assert chart.alt == "Levels of the capabilities: 1 on level 2 and 2 on level 3."


def test_a_heatmap_of_nothing_says_so(empty: Report) -> None:
    assert heatmap(empty, "en").alt == "Levels of the capabilities: none yet."


def test_the_heatmap_of_a_section_has_its_parts_and_that_of_a_capability_none(report: Report) -> None:
    assert [cell.id for row in heatmap_of(report, "en", section="x").rows for cell in row.cells] == [
        "x1",
        "x2",
    ]
    assert [
        cell.id
        for row in heatmap_of(report, "en", section=report.questionnaire.id).rows
        for cell in row.cells
    ] == [
        "x",
        "y",
    ]
    assert [row.cells for row in heatmap_of(report, "en", section="y").rows] == [()]


def test_a_cell_says_which_levels_are_left_open_and_how_much_is_answered(
    report: Report, empty: Report
) -> None:
    known, half = heatmap(report, "en").rows[0].cells[0], heatmap(empty, "en").rows[0].cells[0]
    assert (known.level, known.between, known.answered) == (2, "", "100%")
    assert (half.level, half.between, half.answered) == (None, "1 to 3", "50%")


def test_the_timeline_shows_each_measure_with_its_load_and_capacity(report: Report) -> None:
    chart = timeline(report, "en")
    assert [(b.id, b.begin, b.end, b.wave, b.lifts_cap, b.quick) for b in chart.bars] == [
        ("law", 0, 1, 0, True, True),
        ("m", 0, 2, 0, False, False),
    ]
    assert chart.months == ("Jan 2026", "Feb 2026", "Mar 2026", "Apr 2026")
    assert chart.load == (6, 0, 0, 0)
    assert chart.capacity == 12
    assert (
        chart.alt == "2 measures from Jan 2026 to Apr 2026; the busiest month takes 6.0 of 12.0 person-days."
    )


def test_the_curve_has_a_point_for_today_and_one_for_each_month(report: Report) -> None:
    chart = progress_curve(report, "en")
    assert chart.months == ("today", "Jan 2026", "Feb 2026", "Mar 2026", "Apr 2026")
    assert chart.series[0].values == (3, 3.75, 3.75, 3.75, 3.75)
    assert chart.alt == "The overall index goes from 3.00 today to 3.75 at the end of the plan."


def test_waves_begin_in_month_nought_three_and_nine() -> None:
    assert [wave_of(begin) for begin in (0, 5, 6, 17, 18, 35)] == [0, 0, 1, 1, 2, 2]


def test_a_month_later_than_the_last_of_january_is_the_last_of_february() -> None:
    assert month_after(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert month_after(date(2026, 11, 1), 3) == date(2027, 2, 1)


@pytest.mark.parametrize("language", ["en", "de", "nl"])
def test_every_chart_of_the_flagship_has_words_in_each_language(
    flagship_report: Report, language: str
) -> None:
    for make in (radar, bars, heatmap, timeline, progress_curve):
        chart = make(flagship_report, language)
        assert chart.title and len(chart.alt) > 20
        assert "{" not in chart.title + chart.alt


def test_the_words_of_a_chart_are_those_of_its_language(
    flagship: Questionnaire, flagship_report: Report
) -> None:
    for language in ("de", "nl"):
        assert radar(flagship_report, language).axes[0] == flagship.sections_by_id["w1"].title.localize(
            language
        )
        for make in (radar, bars, heatmap, timeline, progress_curve):
            assert make(flagship_report, language).title != make(flagship_report, "en").title
            assert make(flagship_report, language).alt != make(flagship_report, "en").alt


def test_a_chart_is_the_same_data_in_every_language(flagship_report: Report) -> None:
    for language in ("de", "nl"):
        assert [line.values for line in radar(flagship_report, language).series] == [
            line.values for line in radar(flagship_report, "en").series
        ]
        assert timeline(flagship_report, language).load == timeline(flagship_report, "en").load


def test_a_capability_that_does_not_apply_is_a_gap_in_the_charts_and_not_a_nought(
    flagship: Questionnaire,
) -> None:
    said = every_answer(flagship)
    report = a_report(
        flagship, a_sheet(flagship, said, profile={**FULL_PROFILE, "home-work": "no", "employee-body": "no"})
    )
    values = dict(zip(radar(report, "en").ids, radar(report, "en").series[0].values, strict=True))
    assert values["l1"] is None
    cells = {cell.id: cell for row in heatmap(report, "en").rows for cell in row.cells}
    assert (cells["l1"].level, cells["l1"].planned) == (None, None)


def a_trade_off(*gains: float, knee: float | None) -> TradeOff:
    points = tuple(
        Bought(
            days=days,
            per_month=days / 10,
            index=3.0,
            level=3,
            caps=0,
            delay=0,
            measures=4,
            used=days,
            gain=gain,
        )
        for days, gain in zip((50, 100, 200), gains, strict=True)
    )
    return TradeOff(points=points, knee=knee)


def test_what_days_buy_is_a_curve_from_nothing_with_its_bend_named() -> None:
    chart = payoff(a_trade_off(0.4, 0.9, 1, knee=100), c=catalogue("en"))
    assert [(point.days, point.share) for point in chart.points] == [(0, 0), (50, 40), (100, 90), (200, 100)]
    assert chart.bend is not None and chart.bend.days == 100
    assert chart.alt == (
        "Of what the most days gain, so much is gained with: 50 person-days: 40%; 100 person-days: 90%; "
        "200 person-days: 100%. After 100 person-days, more bring less."
    )
    assert payoff(a_trade_off(0.4, 0.9, 1, knee=100), c=catalogue("de")).alt.startswith("Von dem, was")


@pytest.mark.parametrize("knee", [None, 50, 100, 200])
def test_what_days_buy_is_drawn_on_screen_and_on_paper(knee: float | None) -> None:
    chart = payoff(a_trade_off(0.4, 0.9, 1, knee=knee), c=catalogue("nl"))
    named = [note.text for note in draw(chart, dark=True, separators=",.").layout.annotations]
    assert any("persoonsdagen" in text for text in named) == (knee is not None)
    words = [part.text for part in drawn(chart, catalogue("nl"), LIGHT).contents if isinstance(part, String)]
    assert any("leveren meer dagen minder op" in word for word in words) == (knee is not None)
    assert {"0", "50", "100", "200"} <= set(words)


def test_nothing_to_buy_is_still_drawn() -> None:
    chart = payoff(TradeOff(points=(), knee=None), c=catalogue("en"))
    assert chart.most == 0
    assert drawn(chart, catalogue("en"), LIGHT).height > 0
    assert draw(chart).data


def test_months_with_other_days_have_their_own_capacity_in_the_load() -> None:
    questionnaire = two_dimensions(measures=[measure("m", {"a": 5, "b": 5})])
    report = a_report(questionnaire, a_sheet(questionnaire, {"a": 2, "b": 2}), per_month=12, months=4)
    assert timeline(report, "en").capacities == ()
    capacity = report.roadmap.capacity.model_copy(update={"other_months": {"2026-02": 3.0}})
    chart = timeline(replan(report, capacity=capacity), "en")
    assert chart.capacities == (12, 3, 12, 12)
    assert tuple(load(chart).data[1].y) == (12, 3, 12, 12)
    assert drawn(chart, catalogue("en"), LIGHT).height > 0
