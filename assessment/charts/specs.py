"""Chart specs: plain data with every word in it, drawn by the screen and by the PDF each in their own way."""

from math import ceil
from typing import Literal

from assessment.charts.axes import marks_of
from assessment.values import TOLERANCE, Id, Model

LONG = 12
"""A column of the heatmap with more cells goes on in the next one."""
AXES_AT_LEAST = 3
"""A web needs so many."""


class Scaled(Model):
    """A chart with an axis on which indices are drawn."""

    lowest: float
    highest: float
    percent: bool = False
    """The axis runs over percent of the way, because the indices drawn have ranges of their own."""
    digits: int = 2
    """With how many decimals a figure on the axis is said."""

    @property
    def marks(self) -> tuple[float, ...]:
        """Where the axis has its marks, both ends among them."""
        return marks_of(self.lowest, self.highest)

    def share(self, value: float) -> float:
        """Return where a value lies on the axis, from 0 to 1."""
        span = self.highest - self.lowest
        return min(1.0, max(0.0, (value - self.lowest) / span)) if span > 0 else 0.0


class Series(Model):
    """One line of a radar."""

    name: str
    role: Literal["present", "planned"]
    values: tuple[float | None, ...]


class Bar(Model):
    """A section's index with its range, its level, and what the plan makes of it."""

    id: Id
    label: str
    value: float | None
    """None while too little is answered."""
    low: float | None
    high: float | None
    level: int | None
    planned: float | None
    said: str = ""
    """The index in words, on the section's own range."""
    between: str = ""
    """Its possible range in words; empty where nothing is left open."""


class Bars(Scaled):
    """Indexes of several sections with ranges."""

    kind: Literal["bars"] = "bars"
    title: str
    alt: str
    planned_name: str
    """Empty where there is nothing to plan."""
    bars: tuple[Bar, ...]


class Radar(Scaled):
    """The maturity of several sections at a glance."""

    kind: Literal["radar"] = "radar"
    title: str
    alt: str
    axes: tuple[str, ...]
    ids: tuple[Id, ...]
    codes: tuple[str, ...] = ()
    """Short names of the axes, the same as in the heatmap, for where there is no room."""
    series: tuple[Series, ...]

    @property
    def is_web(self) -> bool:
        """Whether there are axes enough for a web; fewer are drawn as bars."""
        return len(self.axes) >= AXES_AT_LEAST

    def as_bars(self) -> Bars:
        """Return the same as bars."""
        unknown = Series(name="", role="present", values=(None,) * len(self.axes))
        present = next((series for series in self.series if series.role == "present"), unknown)
        planned = next((series for series in self.series if series.role == "planned"), None)
        later = planned.values if planned else unknown.values
        return Bars(
            title=self.title,
            alt=self.alt,
            lowest=self.lowest,
            highest=self.highest,
            percent=self.percent,
            digits=self.digits,
            planned_name=planned.name if planned else "",
            bars=tuple(
                Bar(id=one, label=name, value=now, low=now, high=now, level=None, planned=then)
                for one, name, now, then in zip(self.ids, self.axes, present.values, later, strict=True)
            ),
        )


class Cell(Model):
    """One section in the heatmap."""

    id: Id
    label: str
    code: str = ""
    level: int | None
    planned: int | None
    between: str = ""
    """The levels in words that what is not known leaves open; empty where it leaves none open."""
    answered: str = ""
    """How much of its weight is answered, in words; empty where nothing counts."""


class Row(Model):
    """One dimension in the heatmap."""

    id: Id
    label: str
    cells: tuple[Cell, ...]


class Heatmap(Model):
    """The level of every capability, by dimension."""

    kind: Literal["heatmap"] = "heatmap"
    title: str
    alt: str
    levels: tuple[tuple[int, str], ...]
    rows: tuple[Row, ...]

    def columns(self, most: int) -> tuple[Row, ...]:
        """Return the rows cut into parts of even length, so that few long rows fill so many columns; one row a column."""
        spare = max(1, most // max(1, len(self.rows)))
        made = []
        for row in self.rows:
            size = max(1, LONG if spare == 1 else ceil(len(row.cells) / spare))
            pieces = [row.cells[start : start + size] for start in range(0, len(row.cells), size)] or [()]
            made += [
                Row(id=row.id, label=row.label if not number else "", cells=piece)
                for number, piece in enumerate(pieces)
            ]
        return tuple(made)

    def shade(self, level: int, colours: tuple[str, ...]) -> str:
        """Return the colour of a level, however many levels the scale has: the lowest has the first, the highest the last."""
        numbers = [number for number, _ in self.levels]
        share = numbers.index(level) / max(1, len(numbers) - 1)
        return colours[min(len(colours) - 1, ceil(share * (len(colours) - 1) - TOLERANCE))]


class Span(Model):
    """One measure in the timeline."""

    id: Id
    label: str
    begin: int
    end: int
    """In half-months; `end` is the first one after."""
    wave: int
    lifts_cap: bool
    quick: bool
    waits_for: tuple[Id, ...]


class Timeline(Model):
    """The plan over time with its load."""

    kind: Literal["timeline"] = "timeline"
    title: str
    alt: str
    months: tuple[str, ...]
    slots_per_month: int
    bars: tuple[Span, ...]
    load: tuple[float, ...]
    """Person-days by month."""
    capacity: float
    capacities: tuple[float, ...] = ()
    """Person-days there are by month, where months differ; empty where each has as many as the others."""
    load_name: str
    capacity_name: str


class Curve(Scaled):
    """A figure over the months of the plan."""

    kind: Literal["curve"] = "curve"
    title: str
    alt: str
    months: tuple[str, ...]
    series: tuple[Series, ...]


class Gained(Model):
    """What so many person-days gain."""

    days: float
    share: float
    """Percent of what the most days compared gain."""
    said: str
    """The days in words."""


class Payoff(Scaled):
    """What person-days buy, from none to many, with the place where more of them bring clearly less."""

    kind: Literal["payoff"] = "payoff"
    title: str
    alt: str
    points: tuple[Gained, ...]
    """The first is nothing for nothing."""
    knee: float | None
    """The days at the bend; none where there is none."""
    knee_name: str
    days_name: str
    gain_name: str

    @property
    def most(self) -> float:
        """The most days compared."""
        return max((point.days for point in self.points), default=0.0)

    @property
    def bend(self) -> Gained | None:
        """The point at the bend, if there is one."""
        return next((point for point in self.points if point.days == self.knee), None)


class Stage(Model):
    """One column of a bridge: a whole figure, which stands on the axis, or what leads from one to the next."""

    name: str
    begin: float
    """Where it begins; the foot of the axis for a whole figure."""
    end: float
    said: str
    whole: bool = False
    main: bool = False
    """The part that matters."""


class Bridge(Scaled):
    """How a figure came from what it was to what it is, part by part."""

    kind: Literal["bridge"] = "bridge"
    title: str
    alt: str
    stages: tuple[Stage, ...]


Chart = Radar | Bars | Heatmap | Timeline | Curve | Payoff | Bridge
"""Everything that can be drawn."""
