"""What person-days buy as a chart: the share of what the most days gain, with the bend named."""

from assessment.charts.specs import Gained, Payoff
from assessment.i18n import Catalogue
from assessment.roadmap.outlook import TradeOff

PERCENT = 100


def payoff(trade: TradeOff, *, c: Catalogue) -> Payoff:
    """Return the curve of what days buy; it begins at nothing for nothing."""
    points = (
        _point(0.0, 0.0, c),
        *(_point(point.days, point.gain * PERCENT, c) for point in trade.points),
    )
    said = "; ".join(
        c.t("{days} person-days: {share}", days=c.number(point.days, 0), share=c.percent(point.gain))
        for point in trade.points
    )
    knee = (
        c.t("after {days} person-days, more bring less", days=c.number(trade.knee, 0)) if trade.knee else ""
    )
    alt = c.t("Of what the most days gain, so much is gained with: {list}.", list=said)
    return Payoff(
        title=c.t("What person-days buy"),
        alt=f"{alt} {knee[:1].upper()}{knee[1:]}." if knee else alt,
        lowest=0.0,
        highest=float(PERCENT),
        percent=True,
        digits=0,
        points=points,
        knee=trade.knee,
        knee_name=knee,
        days_name=c.t("person-days over the whole horizon"),
        gain_name=c.t("share of the gain"),
    )


def _point(days: float, share: float, c: Catalogue) -> Gained:
    return Gained(days=days, share=share, said=c.t("{days} person-days", days=c.number(days, 0)))
