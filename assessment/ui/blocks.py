"""Document blocks on the screen: the same claims, tables and charts as in the PDF, so that both say the same."""

from collections.abc import Iterable
from typing import assert_never

import streamlit as st

from assessment.charts import Chart
from assessment.document.blocks import (
    Block,
    Bullets,
    Callout,
    Card,
    Cell,
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
from assessment.ui import figures, state
from assessment.ui.words import plain

SIGN: dict[Light, str] = {
    "red": ":red[:material/dangerous:]",
    "amber": ":orange[:material/warning:]",
    "green": ":green[:material/check_circle:]",
    "not_assessed": ":gray[:material/circle:]",
}
"""Colour and shape; the word stands beside it."""

QUIET = {"displayModeBar": False, "scrollZoom": False}


def show(blocks: Iterable[Block], *, key: str) -> None:
    """Draw blocks in reading order; `key` tells this place from others on the page."""
    for number, block in enumerate(blocks):
        _show(block, f"{key}-{number}")


def chart(spec: Chart, *, key: str) -> None:
    """Draw a chart with its text alternative."""
    st.plotly_chart(
        figures.draw(spec, dark=is_dark(), separators=state.words().separators),
        key=key,
        theme=None,
        config=QUIET,
        alt=spec.alt,
    )


def is_dark() -> bool:
    """Say whether the reader has the dark theme."""
    return st.context.theme.type == "dark"


def _show(block: Block, key: str) -> None:
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
            st.markdown(_table(block))
        case Figure():
            chart(block.chart, key=key)
            if block.caption:
                st.caption(plain(block.caption))
        case Callout():
            text = f"**{plain(block.title)}**  \n" + "  \n".join(_line(line) for line in block.lines)
            (st.warning if block.tone == "warning" else st.info)(text)
        case KeyFigures():
            with st.grid(min(len(block.items), 4), min_column_width=190):
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
                show(block.left, key=f"{key}-left")
            with right:
                show(block.right, key=f"{key}-right")
        case OnePage():
            show(block.blocks, key=key)
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


def _cell(cell: Cell) -> str:
    return "<br>".join(_line(line).replace("  \n", " ").replace("\n", " ") for line in cell)


def _table(table: Table) -> str:
    head = "| " + " | ".join(plain(column.head) for column in table.columns) + " |"
    rule = "|" + "|".join("--:" if column.align == "right" else ":--" for column in table.columns) + "|"
    rows = [
        "| " + " | ".join(_cell(cell).replace("<br>", " · ") for cell in row) + " |" for row in table.rows
    ]
    return "\n".join([head, rule, *rows])
