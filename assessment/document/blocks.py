"""What a document is made of: typed blocks in reading order, without a font, a size or a colour.

A new block is one class here and one arm in each exporter; `assert_never` names the places.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from assessment.charts import Chart, Radar
from assessment.report import Light
from assessment.values import Model, Variety

Anchor = str
"""Where a link leads: the anchor of a heading or of a card."""

Tone = Literal["plain", "strong", "muted", "quote"]
"""How a line is said: `quote` is what a person wrote."""


class Line(Model):
    """One line of a cell or list, with a link where it leads somewhere."""

    text: str
    tone: Tone = "plain"
    link: Anchor | None = None
    anchor: Anchor | None = None
    """By this name others lead here."""
    light: Light | None = None
    """A traffic light in front of the words, which say the same."""


class Cover(Model):
    """The first page."""

    kind: Literal["cover"] = "cover"
    eyebrow: str
    title: str
    organisation: str
    details: tuple[str, ...]
    figures: tuple["KeyFigure", ...]
    motif: Radar
    logo: str = ""
    """What a logo is called for those who cannot see it."""
    footnote: str


class Heading(Model):
    """A claim, level 1 to 3. Level 1 starts a chapter and stands in the contents and the bookmarks."""

    kind: Literal["heading"] = "heading"
    level: Literal[1, 2, 3]
    text: str
    anchor: Anchor | None = None
    eyebrow: str = ""
    short: str = ""
    """The chapter's name for bookmarks, contents and the top of the page."""


class Paragraph(Model):
    """Running text."""

    kind: Literal["paragraph"] = "paragraph"
    text: str
    style: Literal["lede", "body", "small", "caption"] = "body"


class Bullets(Model):
    """A list."""

    kind: Literal["bullets"] = "bullets"
    items: tuple[Line, ...]
    numbered: bool = False


class Column(Model):
    """One column of a table."""

    head: str
    width: Annotated[float, Field(gt=0)]
    """Relative to the other columns."""
    align: Literal["left", "right"] = "left"


Cell = tuple[Line, ...]


class Table(Model):
    """Rows under a header."""

    kind: Literal["table"] = "table"
    summary: str
    """What the table shows, for those who cannot see it."""
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    row_heads: bool = True
    """The first column names its row."""


class Figure(Model):
    """A chart; its text alternative is in its spec."""

    kind: Literal["figure"] = "figure"
    chart: Chart
    caption: str = ""


class Callout(Model):
    """Something set apart, to be read even when the rest is skipped."""

    kind: Literal["callout"] = "callout"
    tone: Literal["note", "warning"]
    title: str
    lines: tuple[Line, ...]


class KeyFigure(Model):
    """One number with its name and how sure it is."""

    value: str
    label: str
    note: str = ""
    light: Light | None = None


class KeyFigures(Model):
    """Numbers side by side."""

    kind: Literal["key_figures"] = "key_figures"
    items: tuple[KeyFigure, ...]


class Fact(Model):
    """A name and what it is."""

    name: str
    value: str
    link: Anchor | None = None


class Decision(Model):
    """One decision to take."""

    title: str
    reasons: tuple[Fact, ...]
    """Why now, what it brings, what happens if not."""
    facts: tuple[Fact, ...]
    """Effort, by when, who."""
    link: Anchor | None = None


class Decisions(Model):
    """The decisions, numbered, most urgent first."""

    kind: Literal["decisions"] = "decisions"
    items: tuple[Decision, ...]


class Card(Model):
    """One measure."""

    kind: Literal["card"] = "card"
    anchor: Anchor
    mark: str
    title: str
    subtitle: str
    text: str
    steps_title: str
    steps: tuple[str, ...]
    facts: tuple[Fact, ...]
    light: Light | None = None
    wave: int


class Entry(Model):
    """One line of the contents."""

    title: str
    claim: str
    anchor: Anchor


class Contents(Model):
    """The chapters with their pages."""

    kind: Literal["contents"] = "contents"
    entries: tuple[Entry, ...]


class Steps(Model):
    """The levels of the scale, side by side."""

    kind: Literal["steps"] = "steps"
    items: tuple[tuple[str, str, str], ...]
    """Number, name, description."""


class Columns(Model):
    """Two stacks of blocks side by side."""

    kind: Literal["columns"] = "columns"
    left: tuple["Block", ...]
    right: tuple["Block", ...]


class OnePage(Model):
    """Blocks that belong on one page; an exporter may set them a little smaller to keep them there."""

    kind: Literal["one_page"] = "one_page"
    blocks: tuple["Block", ...]


class PageBreak(Model):
    """What follows starts on a new page."""

    kind: Literal["page_break"] = "page_break"


Block = Annotated[
    Cover
    | Heading
    | Paragraph
    | Bullets
    | Table
    | Figure
    | Callout
    | KeyFigures
    | Decisions
    | Card
    | Contents
    | Steps
    | Columns
    | OnePage
    | PageBreak,
    Field(discriminator="kind"),
]
"""Everything that can stand in a document."""


class Document(Model):
    """A report in one language, ready to be set by an exporter."""

    language: Variety
    title: str
    subject: str
    author: str
    organisation: str
    held_on: date
    running_foot: str
    left_out: str = ""
    """Which chapters were left out, in a sentence."""
    blocks: tuple[Block, ...]


Columns.model_rebuild()
OnePage.model_rebuild()
Document.model_rebuild()


def cell(text: str, tone: Tone = "plain", *, link: Anchor | None = None, light: Light | None = None) -> Cell:
    """Return a cell of one line; none for an empty text."""
    return (Line(text=text, tone=tone, link=link, light=light),) if text else ()
