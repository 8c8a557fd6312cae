"""Benchmarks without a server: what is in a file, what two files side by side give away, and what comes of many."""

from collections import Counter
from itertools import permutations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from assessment.errors import AnswersError
from assessment.pooling import (
    SMALLEST,
    Pool,
    Positions,
    places,
    positions_of,
    put_together,
    quartiles_of,
    summed_up,
)
from assessment.questionnaire import Questionnaire
from assessment.scoring import score
from tests.conftest import a_questionnaire, a_sheet, level_question, section, two_dimensions

KNOWN = two_dimensions()
SECTIONS = tuple(part.id for part in KNOWN.whole.walk())
ONE, TWO = "a" * 32, "b" * 32


def made(
    *whole: float,
    source: str = ONE,
    after: Pool | None = None,
    known: Questionnaire = KNOWN,
    short: bool = False,
) -> Pool:
    """The file of organisations that stand here in every section."""
    everybody = [{part.id: position for part in known.whole.walk()} for position in whole]
    return summed_up(known, everybody, short=short, source=source, month="2026-11", after=after)


def test_a_file_names_nobody_and_needs_five() -> None:
    pool = made(10, 20, 30, 40, 50)
    assert set(pool.model_dump()) == {"kind", "format", "questionnaire", "version", "short", "sources"}
    [source] = pool.sources
    assert set(source.model_dump()) == {"id", "issue", "month", "organisations", "sections"}
    assert source.sections[0].positions == (10, 20, 30, 40, 50)
    with pytest.raises(AnswersError, match="at least 5 organisations; there are 4"):
        made(10, 20, 30, 40)


def test_a_section_that_fewer_than_five_have_is_left_out() -> None:
    rows = [{"x": float(n), **({"y": 50.0} if n < 4 else {})} for n in range(6)]
    pool = summed_up(KNOWN, rows, short=False, source=ONE, month="2026-11")
    assert [found.of for found in pool.sources[0].sections] == ["x"]


def test_nothing_links_an_organisation_s_sections() -> None:
    """Every way to deal the same positions to the organisations gives the same file."""
    xs, ys = (5, 15, 25, 35, 45), (90, 70, 50, 30, 10)
    files = {
        summed_up(
            KNOWN,
            [{"x": float(x), "y": float(y)} for x, y in zip(xs, order, strict=True)],
            short=False,
            source=ONE,
            month="2026-11",
        ).model_dump_json()
        for order in permutations(ys)
    }
    assert len(files) == 1


def test_two_issues_side_by_side_single_nobody_out() -> None:
    """All worlds of small changes: an issue that is allowed changes nobody's position, or those of five at least."""
    before = [10, 10, 20, 20, 30, 30]
    allowed = refused = 0
    for changes in product((0, 5), repeat=6):
        for gone in (0, 1):
            for came in ((), (50,), (50,) * 5):
                now = [one + by for one, by in zip(before, changes, strict=True)][gone:] + list(came)
                if len(now) < SMALLEST:
                    continue
                first = made(*before)
                one, other = Counter(before), Counter(now)
                seen = ((other - one).total(), (one - other).total())
                if all(many == 0 or many >= SMALLEST for many in seen):
                    assert made(*now, after=first).sources[0].issue == 2
                    allowed += 1
                else:
                    with pytest.raises(AnswersError, match="they could be told apart"):
                        made(*now, after=first)
                    refused += 1
    assert allowed > 5 and refused > 100


def test_a_change_in_one_section_alone_is_refused_too() -> None:
    rows = [{"x": float(n), "y": float(n)} for n in range(10, 70, 10)]
    first = summed_up(KNOWN, rows, short=False, source=ONE, month="2026-11")
    rows[0] = rows[0] | {"y": 99.0}
    with pytest.raises(AnswersError, match="in the section “y”"):
        summed_up(KNOWN, rows, short=False, source=ONE, month="2026-12", after=first)


def test_a_later_issue_replaces_the_earlier_one_whatever_the_order() -> None:
    first = made(10, 20, 30, 40, 50)
    second = made(60, 70, 80, 90, 95, after=first)
    other = made(1, 2, 3, 4, 5, source=TWO)
    pools = {put_together(order).model_dump_json() for order in permutations([first, second, other])}
    assert len(pools) == 1
    pool = Pool.model_validate_json(pools.pop())
    assert pool.organisations == 10
    assert put_together([pool, pool, first]) == pool
    assert quartiles_of(pool)[0].organisations == 10


@settings(deadline=None, max_examples=50)
@given(st.lists(st.lists(st.integers(0, 100), min_size=5, max_size=9), min_size=1, max_size=4))
def test_quartiles_are_those_of_everybody_together_and_in_order(values: list[list[int]]) -> None:
    pools = [made(*one, source=f"{place:032x}") for place, one in enumerate(values)]
    everybody = sorted(value for one in values for value in one)
    for found in quartiles_of(put_together(pools)):
        assert found.organisations == len(everybody)
        assert everybody[0] <= found.lower <= found.median <= found.upper <= everybody[-1]
        below = sum(value < found.median for value in everybody)
        above = sum(value > found.median for value in everybody)
        assert max(below, above) <= len(everybody) / 2


def test_only_what_was_answered_alike_is_put_together_or_compared() -> None:
    other = a_questionnaire(section("x", level_question("a"), level_question("b")), version="1.1.0")
    worded = KNOWN.model_copy(update={"version": "1.0.7"})
    changed = KNOWN.model_copy(update={"version": "1.1.0"})
    pool = made(10, 20, 30, 40, 50)
    for stranger in (
        made(1, 2, 3, 4, 5, source=TWO, known=changed),
        made(1, 2, 3, 4, 5, source=TWO, short=True),
        made(1, 2, 3, 4, 5, source=TWO, known=other),
    ):
        with pytest.raises(AnswersError, match="cannot be put together"):
            put_together([pool, stranger])
    together = put_together([pool, made(1, 2, 3, 4, 5, source=TWO, known=worded)])
    assert (together.version, together.organisations) == ("1.0.7", 10)
    assert places(pool, worded, {"x": 50.0}, short=False)
    with pytest.raises(AnswersError, match="they cannot be compared"):
        places(pool, changed, {"x": 50.0}, short=False)
    with pytest.raises(AnswersError, match="they cannot be compared"):
        places(pool, KNOWN, {"x": 50.0}, short=True)


def test_a_place_says_where_and_among_how_many() -> None:
    pool = made(10, 20, 30, 40, 50)
    found = {place.of: place for place in places(pool, KNOWN, {"x": 5.0, "x1": 30.0, "y": 51.0}, short=False)}
    assert [found[name].where for name in ("x", "x1", "y", "x2")] == ["below", "middle", "above", None]
    assert all(place.among.organisations == 5 for place in found.values())
    assert (found["x"].among.lower, found["x"].among.median, found["x"].among.upper) == (20, 30, 40)
    assert found["x2"].position is None


def test_positions_run_from_nothing_to_everything_and_only_what_is_sure_has_one(
    flagship: Questionnaire,
) -> None:
    best = score(KNOWN, a_sheet(KNOWN, dict.fromkeys("abcdef", 5) | {"g": True}))
    worst = score(KNOWN, a_sheet(KNOWN, dict.fromkeys("abcdef", 1) | {"g": True}))
    assert set(positions_of(best)) == set(SECTIONS)
    assert set(positions_of(best).values()) == {100.0} and set(positions_of(worst).values()) == {0.0}
    assert positions_of(score(KNOWN, a_sheet(KNOWN))) == {}
    hardly = score(flagship, a_sheet(flagship, {"w1-q1": 5}))
    assert hardly.overall.value is not None and flagship.id not in positions_of(hardly)


def test_a_file_from_outside_is_held_to_the_same_rules() -> None:
    with pytest.raises(ValidationError):
        Positions(of="x", positions=(1, 2, 3, 4))
    with pytest.raises(ValidationError, match="by size"):
        Positions(of="x", positions=(5, 4, 3, 2, 1))
    with pytest.raises(ValidationError):
        Positions(of="x", positions=(1, 2, 3, 4, 101))
    data = made(10, 20, 30, 40, 50).model_dump()
    with pytest.raises(ValidationError):
        Pool.model_validate(data | {"organisation": "Beispiel AG"})
