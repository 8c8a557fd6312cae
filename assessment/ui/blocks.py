"""Document blocks on the screen: the same claims, tables and charts as in the PDF, so that both say the same."""

from collections.abc import Callable, Iterable
from typing import assert_never

import streamlit as st

from assessment.charts import Bars, Chart, Heatmap, Radar
from assessment.document.blocks import (
    Block,
    Bullets,
    Callout,
    Card,
    Columns,
    Contents,
    Cover,
    Decisions,
    Fact,
    Figure,
    Heading,
    KeyFigures,
    Line,
    OnePage,
    PageBreak,
    Paragraph,
    Steps,
    Table,
)
from assessment.report import Light
from assessment.ui import figures, heatmap, pressing, state, tables
from assessment.ui.words import plain

SIGN: dict[Light, str] = {
    "red": ":red[:material/dangerous:]",
    "amber": ":orange[:material/warning:]",
    "green": ":green[:material/check_circle:]",
    "not_assessed": ":gray[:material/circle:]",
}
"""Colour and shape; the word stands beside it."""

QUIET = {"displayModeBar": False, "scrollZoom": False}

Opens = Callable[[str], None]
"""Is told the section whose number somebody asks for by pressing it in a chart."""


def show(blocks: Iterable[Block], *, key: str, opens: Opens | None = None) -> None:
    """Draw blocks in reading order; `key` tells this place from others on the page."""
    for number, block in enumerate(blocks):
        _show(block, f"{key}-{number}", opens)


def chart(spec: Chart, *, key: str, opens: Opens | None = None) -> None:
    """Draw a chart with its text alternative; where numbers can be opened, what is pressed in it opens."""
    c = state.words()
    if isinstance(spec, Heatmap):
        heatmap.show(spec, c, key=key, dark=is_dark(), opens=opens)
        return
    st.plotly_chart(
        figures.draw(spec, dark=is_dark(), separators=c.separators),
        key=key,
        theme=None,
        config=QUIET,
        alt=spec.alt,
    )
    if opens is not None and isinstance(spec, Bars | Radar):
        pressing.follow(key, opens=opens)


def is_dark() -> bool:
    """Say whether the reader has the dark theme."""
    return st.context.theme.type == "dark"


def _show(block: Block, key: str, opens: Opens | None) -> None:
    match block:
        case Cover() | Contents() | PageBreak():
            pass  # of paper
        case Heading():
            if block.eyebrow and block.level == 1:
                st.caption(plain(block.eyebrow))
            draw = {1: st.title, 2: st.header, 3: st.subheader}[block.level]
            draw(plain(block.text), anchor=False)
        case Paragraph():
            if block.style == "caption":
                st.caption(plain(block.text))
            else:
                st.markdown(plain(block.text))
        case Bullets():
            mark = "1." if block.numbered else "-"
            st.markdown("\n".join(f"{mark} {_line(line)}" for line in block.items))
        case Table():
            st.html(tables.html(block))
        case Figure():
            chart(block.chart, key=key, opens=opens)
            if block.caption:
                st.caption(plain(block.caption))
        case Callout():
            text = f"**{plain(block.title)}**  \n" + "  \n".join(_line(line) for line in block.lines)
            (st.warning if block.tone == "warning" else st.info)(text)
        case KeyFigures():
            with st.grid(min(len(block.items), 4), min_column_width=150):
                for item in block.items:
                    label = f"{SIGN[item.light]} {plain(item.label)}" if item.light else plain(item.label)
                    st.metric(
                        label,
                        item.value,
                        item.note or None,
                        delta_color="off",
                        delta_arrow="off",
                        border=True,
                        height="stretch",
                    )
        case Decisions():
            for number, decision in enumerate(block.items, start=1):
                with st.container(border=True):
                    st.subheader(f"{number}. {plain(decision.title)}", anchor=False)
                    st.markdown("  \n".join(map(_fact, decision.reasons)))
                    st.caption(" · ".join(map(_fact, decision.facts)))
        case Card():
            sign = f"{SIGN[block.light]} " if block.light else ""
            mark = f" ({plain(block.mark)})" if block.mark else ""
            with st.expander(f"{sign}**{plain(block.title)}**{mark} · {plain(block.subtitle)}"):
                inside(block)
        case Steps():
            st.markdown(
                "\n".join(
                    f"- **{plain(number)} · {plain(name)}**: {plain(text)}"
                    for number, name, text in block.items
                )
            )
        case Columns():
            left, right = st.columns(2)
            with left:
                show(block.left, key=f"{key}-left", opens=opens)
            with right:
                show(block.right, key=f"{key}-right", opens=opens)
        case OnePage():
            show(block.blocks, key=key, opens=opens)
        case _:
            assert_never(block)


def inside(card: Card) -> None:
    """Draw what a card says below its title."""
    st.markdown(plain(card.text))
    if card.steps:
        st.markdown(
            f"**{plain(card.steps_title)}**\n" + "\n".join(f"1. {plain(step)}" for step in card.steps)
        )
    st.markdown("  \n".join(map(_fact, card.facts)))


def _fact(fact: Fact) -> str:
    return f"**{plain(fact.name)}:** {plain(fact.value)}"


def _line(line: Line) -> str:
    text = plain(line.text)
    if line.tone == "strong":
        text = f"**{text}**"
    elif line.tone == "quote":
        text = f"*{text}*"
    return f"{SIGN[line.light]} {text}" if line.light else text
