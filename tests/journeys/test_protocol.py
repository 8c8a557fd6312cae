"""What the benchmarks measure with: a visitor who speaks the app's protocol without a browser."""

import asyncio
import sys
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from random import Random

import pytest

from assessment.store import Store
from tests.journeys.conftest import ROOT, Server

sys.path.insert(0, str(ROOT / "bench"))

import bench_app
from peers.crowd import PAGE, Given, Person
from peers.visitor import AppError, Visitor
from streamlit.proto.WidgetStates_pb2 import WidgetState

pytestmark = pytest.mark.journey


def run(work: Coroutine[None, None, None]) -> None:
    """Run it beside the loop that a browser of another test may have left in this thread."""
    with ThreadPoolExecutor(1) as aside:
        aside.submit(asyncio.run, work).result()


@pytest.fixture
def url(own_server: Server) -> str:
    return bench_app.database_in(own_server.data)


def test_answers_given_over_the_protocol_are_in_the_database_and_a_wrong_one_is_noticed(
    own_server: Server, url: str
) -> None:
    made = bench_app.begun(url, 1)
    scales, given = bench_app.scales(), []

    async def answer() -> None:
        async with Visitor(own_server.url, query=f"a={made[0].token}&lang=en") as visitor:
            await visitor.arrive(PAGE)
            visitor.check()
            person = Person(visitor, Random(1), scales)
            for number in range(8):  # more than a page has
                done = await (person.change() if number % 4 == 3 else person.answer_open())
                assert done is not None
                question, option, run = done
                given.append(Given(0, question, option, number % 4 != 3, run.seconds, 0.0))
            assert person.turns

    run(answer())

    assert len({one.question for one in given}) == 6
    assert bench_app.lost(url, made, given) == []
    last = given[-1]
    other = last._replace(option=(last.option + 1) % scales[last.question])
    assert len(bench_app.lost(url, made, [*given[:-1], other])) == 1
    assert len(bench_app.lost(url, made, [*given, last])) == 1  # it was given once, and not twice


def test_a_visitor_with_an_unknown_link_is_told_so(own_server: Server, url: str) -> None:
    Store(url).close()

    async def come() -> None:
        async with Visitor(own_server.url, query="a=unknown&lang=en") as visitor:
            await visitor.arrive(PAGE)
            visitor.check()

    with pytest.raises(AppError):
        run(come())


def test_a_rerun_is_told_message_by_message(own_server: Server) -> None:
    async def come() -> None:
        async with Visitor(own_server.url, query="lang=nl") as visitor:
            first = await visitor.arrive()
            assert first.is_whole
            assert first.size == sum(piece.size for piece in first.pieces) > 1000
            assert {"new_session", "heading", "button", "script_finished"} <= {
                piece.kind for piece in first.pieces
            }
            labels = [node.proto.label for node in visitor.shown("button")]
            again = await visitor.rerun()
            assert [node.proto.label for node in visitor.shown("button")] == labels  # the old ones went
            assert again.is_whole

    run(come())


def test_what_a_browser_brings_along_to_a_server_that_does_not_know_it_is_not_lost(
    own_server: Server, url: str
) -> None:
    made = bench_app.begun(url, 1)[0]

    async def come(changes: dict[str, str], told: str) -> None:
        """A browser that has chosen on a server that was killed, and connects to another one."""
        async with Visitor(own_server.url, query=f"a={made.token}&lang=en") as before:
            await before.arrive(PAGE)
            radios = {node.proto.label: node for node in before.shown("radio")}
            names = list(radios)
        async with Visitor(own_server.url, query=f"a={made.token}&lang=en") as after:
            after.page, after.pages = before.page, before.pages
            for number, option in changes.items():
                node = radios[names[int(number)]]
                after.held[node.id] = WidgetState(id=node.id, string_value=node.proto.options[int(option)])
            await after.arrive(PAGE)
            after.check()
            shown = " ".join(str(node.proto) for node in after.shown())
            assert told in shown

    with Store(url) as store:
        run(come({"0": "2"}, "Saved"))
        (first,) = store.open(made.token).sheet.answers
        assert first.value == 3
        run(come({"0": "4", "1": "0"}, "This answer was changed elsewhere in the meantime"))
        answers = store.open(made.token).sheet.by_question
        assert answers[first.question].value == 3, "which of the two is newer nobody knows: both are offered"
        assert sorted(str(answer.value) for answer in answers.values()) == ["1", "3"]
