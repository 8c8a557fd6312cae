"""A number opened: the terms of a score, what holds its level, the smallest change that lifts it, what decides its range."""

import streamlit as st

from assessment.document.blocks import Block, Bullets, KeyFigures, Table
from assessment.document.opened import opened
from assessment.document.standing import figures
from assessment.document.telling import Teller
from assessment.ui import blocks

FEW = 12
"""A longer list is folded away until somebody opens it."""


def open_section(tell: Teller, section: str) -> None:
    """Draw a section's score down to its answers."""
    score, confirmed = tell.report.scorecard.of(section), tell.report.scorecard.confirmed_of(section)
    blocks.show([KeyFigures(items=tuple(figures(tell, score, confirmed)))], key=f"opened-{section}")
    for number, block in enumerate(opened(tell, section)):
        key = f"opened-{section}-{number}"
        length = _length(block)
        if length <= FEW:
            blocks.show([block], key=key)
            continue
        with st.expander(tell.c.t("Show all {count}", count=length)):
            blocks.show([block], key=key)


def _length(block: Block) -> int:
    match block:
        case Bullets():
            return len(block.items)
        case Table():
            return len(block.rows)
        case _:
            return 1
