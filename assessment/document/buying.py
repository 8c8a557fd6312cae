"""What more or fewer person-days would buy: the bend in a sentence, the curve, the table."""

from collections.abc import Iterator

from assessment.charts.buying import payoff
from assessment.document.blocks import (
    Block,
    Cell,
    Column,
    Figure,
    Heading,
    Paragraph,
    Table,
    Tone,
    cell,
)
from assessment.document.telling import Teller
from assessment.roadmap.outlook import Bought, TradeOff


def what_days_buy(tell: Teller) -> Iterator[Block]:
    """Yield what person-days buy; nothing where the report does not say."""
    trade = tell.report.trade_off
    if trade is None:
        return
    c = tell.c
    yield Heading(level=2, text=c.t("What person-days buy"))
    yield Paragraph(text=bend(tell, trade))
    yield Figure(chart=payoff(trade, c=c))
    yield days_table(tell, trade)
    yield Paragraph(text=how_days_are_spread(tell, tell.report.roadmap.capacity.months), style="caption")


def bend(tell: Teller, trade: TradeOff) -> str:
    """Return where more days begin to bring clearly less."""
    c = tell.c
    if trade.knee is None:
        return c.t("There is no bend: as far as the curve goes, more days keep paying.")
    point = trade.at(trade.knee)
    return c.t(
        "The bend is at {days} person-days ({monthly} a month): they bring {share} of what the most days bring. "
        "Each further day brings less.",
        days=c.number(point.days, 0),
        monthly=tell.days(round(point.per_month, 1)),
        share=c.percent(point.gain),
    )


def how_days_are_spread(tell: Teller, months: int) -> str:
    """Return under which terms days are compared."""
    return tell.c.t(
        "The days are spread evenly over {months} months; everything else stays as you set it. The gain counts each "
        "step up for as long as it holds.",
        months=months,
    )


def days_table(tell: Teller, trade: TradeOff) -> Table:
    """Return what each number of days buys, a row each."""
    c = tell.c
    return Table(
        summary=c.t("What person-days buy"),
        columns=(
            Column(head=c.t("Person-days"), width=1, align="right"),
            Column(head=c.t("a month"), width=1, align="right"),
            Column(head=c.t("Gain"), width=1, align="right"),
            Column(head=c.t("Index at the end"), width=1, align="right"),
            Column(head=c.t("Level at the end"), width=1, align="right"),
            Column(head=c.t("Open conditions"), width=1, align="right"),
            Column(head=c.t("Measures"), width=1, align="right"),
        ),
        rows=tuple(_row(tell, point, bent=point.days == trade.knee) for point in trade.points),
    )


def _row(tell: Teller, point: Bought, *, bent: bool) -> tuple[Cell, ...]:
    c = tell.c
    tone: Tone = "strong" if bent else "plain"
    return (
        cell(c.number(point.days, 0), tone),
        cell(tell.days(round(point.per_month, 1))),
        cell(c.percent(point.gain), tone),
        cell(tell.point(tell.overall, point.index)),
        cell(c.number(point.level, 0)),
        cell(c.number(point.caps, 0)),
        cell(c.number(point.measures, 0)),
    )
