"""The level of every capability as buttons in the colours of the levels, which fit any screen; each opens its number."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from assessment.charts import Cell, Heatmap
from assessment.i18n import MISSING, Catalogue
from assessment.theme import DARK, LIGHT, Palette, on
from assessment.ui import state
from assessment.ui.compact import compact

_HERE = Path(__file__).parent

_drawn = st.components.v2.component(
    "heatmap",
    html='<div class="place"></div>',
    css=compact(_HERE / "heatmap.css"),
    js=compact(_HERE / "heatmap.js"),
)


def show(
    chart: Heatmap, c: Catalogue, *, key: str, dark: bool, opens: Callable[[str], None] | None = None
) -> None:
    """Draw the levels; `opens` is told the section whose number is asked for. Without it nothing can be pressed."""
    palette, name = DARK if dark else LIGHT, f"{key}-{c.language}"

    def asked() -> None:
        section = (state.widget(name) or {}).get("open")
        if opens is not None and section in {cell.id for row in chart.rows for cell in row.cells}:
            opens(section)

    data = {
        "name": chart.alt,
        "opens": opens is not None,
        "rows": [{"label": row.label, "cells": [_cell(cell, c) for cell in row.cells]} for row in chart.rows],
        "legend": [
            {"level": c.number(level, 0), "label": label, **_colours(level, chart, palette)}
            for level, label in chart.levels
        ],
        "none": c.t("too little answered"),
    }
    _drawn(key=name, data=data, on_open_change=asked)


def _cell(cell: Cell, c: Catalogue) -> dict[str, object]:
    level = MISSING if cell.level is None else c.number(cell.level, 0)
    said = [
        c.t("no level yet") if cell.level is None else c.t("level {level}", level=level),
        *([c.t("possible: {range}", range=cell.between)] if cell.between else []),
        *([c.t("{share} answered", share=cell.answered)] if cell.answered else []),
    ]
    return {
        "id": cell.id,
        "code": cell.code,
        "label": cell.label,
        "level": level,
        "said": " · ".join(said),
    }


def _colours(level: int, chart: Heatmap, palette: Palette) -> dict[str, str]:
    ground = chart.shade(level, palette.levels)
    return {"ground": ground, "ink": on(ground)}
