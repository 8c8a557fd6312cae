"""What a page says when something goes wrong: the private link is kept unless nothing is behind it, and nothing of a colleague's is lost."""

import sys
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from assessment.roadmap import Terms
from assessment.ui import state


@pytest.fixture(autouse=True)
def main_as_it_was() -> Iterator[None]:
    """Give the main module back, which Streamlit replaces by the script: a process begun later would run that again."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


def _database_is_away() -> None:
    import streamlit as st

    from assessment.errors import Problem, StoreError
    from assessment.i18n import catalogue
    from assessment.ui.frame import guarded

    st.query_params["a"] = "the-link"
    for part in ("one", "two"):
        with guarded(catalogue("de"), part=part):
            raise StoreError([Problem("there is no assessment behind this link.")])


def _link_is_unknown() -> None:
    from assessment.i18n import catalogue
    from assessment.store.problems import unknown_link
    from assessment.ui.frame import guarded

    with guarded(catalogue("nl")):
        raise unknown_link()


def _code_is_wrong() -> None:
    from assessment.i18n import catalogue
    from assessment.ui.frame import guarded

    with guarded(catalogue("en")):
        raise RuntimeError("Jane's secret answer")


def test_a_database_that_does_not_answer_keeps_the_link_and_offers_another_try_in_each_place() -> None:
    app = AppTest.from_function(_database_is_away).run()
    assert not app.exception
    assert [button.label for button in app.button] == ["Erneut versuchen", "Erneut versuchen"]
    assert "the-link" in app.query_params["a"]
    app.button[0].click().run()
    assert "the-link" in app.query_params["a"]


def test_an_unknown_link_leads_back_to_the_start() -> None:
    app = AppTest.from_function(_link_is_unknown).run()
    assert [button.key for button in app.button] == ["back-page"]
    assert len(app.error) == 1


def test_an_unexpected_fault_is_told_without_what_was_answered(caplog) -> None:  # type: ignore[no-untyped-def]
    app = AppTest.from_function(_code_is_wrong).run()
    assert "Your saved answers are safe" in app.error[0].value
    assert "RuntimeError" in caplog.text and "secret" not in caplog.text


def _a_plan_with_a_field_and_a_button() -> None:
    from datetime import date
    from types import SimpleNamespace

    import streamlit as st

    from assessment.i18n import catalogue
    from assessment.roadmap import Capacity, Terms
    from assessment.ui import planning_fields as fields

    c = catalogue("de")
    terms = Terms(capacity=Capacity(start=date(2026, 5, 1), per_month=3))
    opened = SimpleNamespace(
        id="a",
        plan=terms,
        subject=SimpleNamespace(held_on=date(2026, 4, 3)),
        sheet=SimpleNamespace(questionnaire="service-transformation"),
    )
    fields.told(c)
    days = fields.field("days", 3.0, lambda key: st.number_input("Tage", key=key), c=c)
    if days.changed:
        fields.keep(opened, fields.with_capacity(terms, per_month=days.value), days)  # type: ignore[arg-type]
    if st.button("Behalten"):
        fields.keep(opened, fields.with_capacity(terms, months=9))  # type: ignore[arg-type]


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[tuple[float, bool]]:
    """What was to be saved, and whether it was: the first time a colleague was quicker."""
    tries: list[tuple[float, bool]] = []

    def save_plan(_: str, plan: Terms, *, over: Terms | None) -> bool:
        assert over is not None and over.capacity.per_month == 3, "what this page has read"
        tries.append((plan.capacity.per_month, bool(tries)))
        return tries[-1][1]

    monkeypatch.setattr(state, "writing", lambda: SimpleNamespace(save_plan=save_plan))
    return tries


def test_a_click_on_a_plan_that_others_have_changed_is_told_once(said: list[tuple[float, bool]]) -> None:
    page = AppTest.from_function(_a_plan_with_a_field_and_a_button).run()
    assert not page.warning
    page.button[0].click().run()
    [told] = page.warning
    assert told.value.startswith("Jemand anderes hat den Plan inzwischen geändert")
    assert said == [(3, False)]
    assert not page.run().warning


def test_a_field_of_a_plan_that_others_have_changed_is_saved_on_top_of_theirs(
    said: list[tuple[float, bool]],
) -> None:
    page = AppTest.from_function(_a_plan_with_a_field_and_a_button).run()
    page.number_input[0].set_value(9.0).run()
    assert said == [(9, False), (9, True)]
    assert not page.warning and not page.exception
