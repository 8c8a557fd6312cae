"""The proof of a plan: begun by a button, watched while one waits, shown when it is there."""

import streamlit as st

from assessment.document.planned import proof_line
from assessment.document.telling import Teller
from assessment.proving import Progress, available
from assessment.roadmap import Roadmap
from assessment.roadmap.outlook import difference
from assessment.store import Assessment
from assessment.ui import proofs, reckoning, state
from assessment.ui.frame import guarded
from assessment.ui.words import plain

EVERY = 1.0
"""Seconds between two looks at a proof under way."""

INSTALL = 'pip install "transformation-assessment[proof]"'


def prove(opened: Assessment, tell: Teller) -> None:
    """Draw how good the plan is known to be, and the way to know it."""
    c, report = tell.c, reckoning.found_at_once(opened)
    st.header(c.t("How good is this plan?"), anchor=False)
    st.markdown(
        c.t(
            "The plan on screen was found in a moment. Whether a better one exists can be proven: the computer then goes "
            "through what any plan could still gain. That may take {seconds} seconds; you can go on working meanwhile.",
            seconds=c.number(proofs.seconds_at_most(), 0),
        )
    )
    progress = proofs.progress(report)
    if progress is not None and progress.state == "proven":
        _proven(tell, report.roadmap)
    elif not available():
        st.caption(
            c.t(
                "The solver is not installed here. Whoever runs this app can add it: {command}",
                command=f"`{INSTALL}`",
            )
        )
    elif progress is not None and progress.state in ("waiting", "working"):
        st.fragment(_watch, run_every=EVERY)(opened)
    else:
        if progress is not None and progress.state == "failed":
            st.warning(c.t("The proof did not work out; the app's log says why. The plan stands as it is."))
        if tell.report.roadmap.slots and st.button(
            c.t("Prove this plan"), type="primary", icon=":material/verified:", key="prove"
        ):
            proofs.begin(report)
            st.rerun()


def _proven(tell: Teller, at_once: Roadmap) -> None:
    """Say how good the plan is now known to be, and whether it is another one than before."""
    c, plan = tell.c, tell.report.roadmap
    st.success(plain(proof_line(tell)), icon=":material/verified:")
    found = difference(at_once, plan, of=tell.questionnaire.id)
    others = [*found.added, *found.removed, *(each.measure for each in found.moved)]
    if others and (plan.delay, -plan.gain) < (at_once.delay, -at_once.gain):
        st.markdown(
            plain(
                c.n(
                    "A better plan was found and is the one on screen. One measure stands elsewhere: {list}.",
                    "A better plan was found and is the one on screen. {count} measures stand elsewhere: {list}.",
                    len(others),
                    list=tell.some(tell.measure(name) for name in others),
                )
            )
        )


def _watch(opened: Assessment) -> None:
    """Draw how far the proof is; when it is over, the page is drawn anew."""
    c = state.words()
    with guarded(c, part="proof"):
        report = reckoning.found_at_once(opened)
        progress = proofs.progress(report)
        if progress is None or progress.state not in ("waiting", "working"):
            if progress is not None and progress.state == "failed":
                proofs.note_failure(progress)
            st.rerun()
        limit = proofs.seconds_at_most()
        st.progress(min(1.0, progress.seconds / limit), text=_told(progress, limit))
        if st.button(c.t("Stop the proof"), icon=":material/stop_circle:", key="stop-proof"):
            proofs.cancel(report)
            st.rerun()


def _told(progress: Progress, limit: float) -> str:
    c = state.words()
    if progress.state == "waiting":
        return c.t("Waiting: another proof is under way.")
    if progress.beyond is None:
        return c.t("Looking for better plans …")
    return c.t(
        "So far: no plan can gain more than {share} beyond the best one known ({seconds} of at most {limit} seconds).",
        share=c.percent(progress.beyond),
        seconds=c.number(progress.seconds, 0),
        limit=c.number(limit, 0),
    )
