"""My assessments: the list on the start page of those that this browser remembers."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

import streamlit as st

from assessment.answers import progress
from assessment.errors import AssessmentError
from assessment.i18n import Catalogue
from assessment.store import Assessment, UnknownLink
from assessment.store.problems import Unavailable
from assessment.ui import state
from assessment.ui.frame import page_of
from assessment.ui.offered import questionnaire
from assessment.ui.outline import answered
from assessment.ui.remembered import MOST, draw, home, place

LONGEST = 200
"""Characters of a token at most; what a browser tells is not trusted."""
TOLD = "told"
"""Under this name the session keeps the tokens that the browser told; nothing before it did."""
LIST = "remembered"
"""The list's key."""
ROOM = "my-assessments"
"""The key of the room it stands in."""


class Looked(NamedTuple):
    """What the database says about the remembered links."""

    rows: dict[str, dict[str, object]]
    """What is shown of each assessment, by token; a link that could not be looked up is in neither."""
    gone: list[str]
    """The tokens that open nothing any more."""
    away: bool
    """Nothing could be read, so that nothing is known about any of them."""


def my_assessments() -> None:
    """Draw the assessments that this browser remembers, the one used last first; nothing if there are none."""
    with st.container(key=ROOM):
        _list()
        st.html(_reserving(), unsafe_allow_javascript=True)


def _reserving() -> str:
    """Return a script that keeps the list's room free from the first paint on: what stands below does not jump."""
    where, opened = (json.dumps(text).replace("<", "\\u003c") for text in (place(), state.token()))
    return (
        "<script>(()=>{try{"
        f"const kept=(JSON.parse(localStorage.getItem({where})??'{{}}').links??[]).filter(one=>one.token!=={opened}).length;"
        f"const room=document.querySelector('.st-key-{ROOM}');"
        "if(room.dataset.drawn)return;"
        "if(kept)room.style.minHeight=`${4.6+(innerWidth>640?6.5:11.5)*kept}rem`;"
        "else room.style.display='none'"
        "}catch{}})()</script>"
    )


@st.fragment
def _list() -> None:
    c = state.words()
    held = state.widget(LIST)
    if isinstance(held, Mapping) and held.get("told") is not None:
        state.note_lasting(TOLD, tuple(str(token) for token in held["told"]))
    told: tuple[str, ...] | None = state.lasting(TOLD)
    looked = _look_up(told or (), c)
    chosen = draw(
        key=LIST,
        data={
            "part": "list",
            "room": ROOM,
            "place": place(),
            "told": told,
            "rows": looked.rows,
            "gone": looked.gone,
            "away": looked.away,
            "open": state.token(),
            "home": home(),
            "words": _words(c),
        },
        on_told_change=lambda: None,
        on_go_change=lambda: None,
        on_again_change=lambda: None,
    )
    if chosen.go:
        _go(str(chosen.go.get("token", "")), results=chosen.go.get("to") == "results")


def _go(token: str, *, results: bool) -> None:
    """Open an assessment of the list at the page where the work goes on."""
    try:
        opened = state.look_into(token)
    except AssessmentError:
        st.rerun()  # the list says what is the matter
    state.open_link(token)
    st.switch_page(page_of("results" if results else "questions" if opened.sheet.profile else "profile"))


def _look_up(tokens: tuple[str, ...], c: Catalogue) -> Looked:
    rows: dict[str, dict[str, object]] = {}
    gone, failed, away = [], {}, False
    for token in tokens[:MOST]:
        if not token or len(token) > LONGEST:
            gone.append(token)
            continue
        try:
            rows[token] = _row(state.look_into(token), c)
        except UnknownLink:
            gone.append(token)
        except Unavailable:  # the others would wait as long
            away = True
            break
        except AssessmentError as error:
            failed[token] = error.problems[0].text(c.t)
    if away or (failed and not rows and not gone and len(failed) > 1):
        return Looked(rows={}, gone=[], away=True)
    return Looked({**rows, **{token: {"problem": said} for token, said in failed.items()}}, gone, away=False)


def _row(opened: Assessment, c: Catalogue) -> dict[str, object]:
    known = questionnaire(opened.sheet.questionnaire)
    done = progress(known, opened.sheet)
    edition = c.t("short version") if opened.sheet.short else c.t("complete version")
    has_short = any(question.short for question in known.questions_by_id.values())
    title = known.title.localize(c.language)
    return {
        "name": ", ".join(part for part in (opened.subject.organisation, opened.subject.unit) if part),
        "about": f"{title}, {edition}" if has_short else title,
        "changed": opened.changed_at.isoformat(),
        "share": done.share,
        "answered": answered(done, c),
    }


def _words(c: Catalogue) -> dict[str, Any]:
    return {
        "lang": c.language,
        "locale": str(c.locale).replace("_", "-"),
        "title": c.t("My assessments"),
        "where": c.t("Opened in this browser, and remembered by it alone."),
        "nameless": c.t("Without a name yet"),
        "changed": c.t("Last changed:"),
        "waiting": c.t("Cannot be shown just now."),
        "go": c.t("Go on"),
        "go_on": c.t("Go on: {name}", name="{name}"),
        "more": c.t("More: {name}", name="{name}"),
        "results": c.t("See the results"),
        "copy": c.t("Copy the link"),
        "copied": c.t("Copied"),
        "not_copied": c.t("The browser did not let the link be copied. Mark it and copy it by hand."),
        "forget": c.t("Forget on this device"),
        "really": c.t(
            "Shall this browser forget “{name}”? The answers stay saved, but only the private link opens them then: copy it first.",
            name="{name}",
        ),
        "keep": c.t("Keep in the list"),
        "away": c.t(
            "Your assessments cannot be shown now, because the database does not answer. Nothing is lost, and this browser still remembers them."
        ),
        "again": c.t("Try again"),
    }
