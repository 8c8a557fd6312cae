"""What a page says when something goes wrong: the private link is kept unless nothing is behind it."""

import sys
from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest


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
