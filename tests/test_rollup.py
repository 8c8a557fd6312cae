"""Sites put together: weights instead of means of means, ranges instead of silence, shares instead of mean levels."""

from collections.abc import Sequence
from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.answers import Answer, AnswerSheet, asked
from assessment.loader import read_sample
from assessment.questionnaire import Questionnaire
from assessment.questions import LevelQuestion
from assessment.rollup import Rollup, Site, change_of, roll_up
from assessment.scoring import score
from assessment.trend import PARTS, Occasion, compare
from tests.conftest import a_questionnaire, a_sheet, level_question, two_dimensions
from tests.conftest import section as a_section


@lru_cache
def known() -> Questionnaire:
    return two_dimensions()


@lru_cache
def levels() -> tuple[LevelQuestion, ...]:
    return tuple(q for q in known().questions_by_id.values() if isinstance(q, LevelQuestion))


def sheet(values: Sequence[int | None]) -> AnswerSheet:
    """A sheet with these levels; None: not known; what is not named stays open."""
    answers = (
        Answer(question=q.id, state="unknown") if value is None else Answer(question=q.id, value=value)
        for q, value in zip(levels(), values, strict=False)
    )
    return AnswerSheet(questionnaire=known().id, version=known().version, answers=tuple(answers))


def even(value: int | None) -> AnswerSheet:
    return sheet([value] * len(levels()))


@st.composite
def some_sites(draw: st.DrawFn, *, least: int = 1) -> list[Site]:
    count = draw(st.integers(least, 4))
    one = st.one_of(st.integers(1, 5), st.none())
    return [
        Site(
            id=f"s{n}",
            name=f"Site {n}",
            sheet=sheet(draw(st.lists(one, max_size=len(levels())))),
            contacts=draw(st.integers(1, 1000)),
        )
        for n in range(count)
    ]


def together(sites: Sequence[Site]) -> Rollup:
    return roll_up(known(), sites, by="contacts")


def same(one: float | None, other: float | None) -> bool:
    return one == other if one is None or other is None else other == pytest.approx(one, abs=1e-9)


def test_the_group_is_where_its_average_contact_is_not_where_its_average_site_is() -> None:
    large, small = Site("l", "L", even(5), contacts=900), Site("s", "S", even(1), contacts=100)
    found = together([large, small]).sections[0]
    assert found.value == pytest.approx((900 * 5 + 100 * 1) / 1000)
    assert found.at_least == pytest.approx({1: 1.0, 2: 0.9, 3: 0.9, 4: 0.9, 5: 0.9})
    assert found.worst is not None and found.worst.site == "s"
    assert found.spread == pytest.approx(4)


def test_what_a_site_does_not_know_widens_the_range_and_lowers_what_is_covered() -> None:
    one, other = Site("a", "A", even(3), contacts=300), Site("b", "B", even(None), contacts=100)
    found = together([one, other]).sections[0]
    assert found.value == pytest.approx(3)
    assert found.known == pytest.approx(0.75)
    assert (found.low, found.high) == (pytest.approx(0.75 * 3 + 0.25 * 1), pytest.approx(0.75 * 3 + 0.25 * 5))
    assert found.at_least[3] == pytest.approx(0.75), "what is not known stands at no level"


@settings(deadline=None, max_examples=40)
@given(some_sites())
def test_one_site_alone_is_itself(sites: list[Site]) -> None:
    site = sites[0]
    card = score(known(), site.sheet)
    for found in together([site]).sections:
        own = card.of(found.of)
        assert same(found.value, own.value)
        if own.status != "not_applicable":
            assert same(found.low, own.bottom if own.low is None else own.low)
            assert same(found.high, own.top if own.high is None else own.high)
            assert found.sites[0].drive is None, "without it there is no group"


@settings(deadline=None, max_examples=40)
@given(some_sites(), st.integers(2, 50))
def test_only_the_ratio_of_weights_counts_and_no_order_of_sites(sites: list[Site], times: int) -> None:
    heavier = [site._replace(contacts=(site.contacts or 0) * times) for site in reversed(sites)]
    for one, other in zip(together(sites).sections, together(heavier).sections, strict=True):
        assert same(one.value, other.value) and same(one.low, other.low) and same(one.high, other.high)
        assert all(same(share, other.at_least[level]) for level, share in one.at_least.items())
        drives = {site.site: site.drive for site in other.sites}
        assert all(same(site.drive, drives[site.site]) for site in one.sites)


@settings(deadline=None, max_examples=40)
@given(some_sites(), st.integers(0, 3), st.integers(1, 99))
def test_splitting_a_site_in_two_changes_nothing(sites: list[Site], which: int, part: int) -> None:
    site = sites[which % len(sites)]
    whole = [one._replace(contacts=(one.contacts or 0) * 100) for one in sites]
    weight = (site.contacts or 0) * part
    halves = [
        site._replace(id="x", contacts=weight),
        site._replace(id="y", contacts=(site.contacts or 0) * 100 - weight),
    ]
    split = [*(one for one in whole if one.id != site.id), *halves]
    for one, other in zip(together(whole).sections, together(split).sections, strict=True):
        assert same(one.value, other.value) and same(one.low, other.low) and same(one.high, other.high)


@settings(deadline=None, max_examples=40)
@given(some_sites(), st.data())
def test_a_better_answer_at_one_site_never_lowers_the_group(sites: list[Site], data: st.DataObject) -> None:
    site = data.draw(st.sampled_from(sites))
    better = site.sheet.with_answers(
        a.model_copy(update={"value": min(5, a.value + 1)}) if isinstance(a.value, int) else a
        for a in site.sheet.answers
    )
    after = together([one._replace(sheet=better) if one.id == site.id else one for one in sites])
    for one, other in zip(together(sites).sections, after.sections, strict=True):
        if one.value is not None:
            assert other.value is not None and other.value >= one.value - 1e-9
        assert other.low >= one.low - 1e-9


@settings(deadline=None, max_examples=40)
@given(some_sites())
def test_the_range_holds_the_index_and_every_part_adds_up(sites: list[Site]) -> None:
    found = together(sites)
    assert sum(found.shares.values()) == pytest.approx(1)
    for section in found.sections:
        if section.value is None:
            assert all(site.value is None for site in section.sites)
            continue
        if section.known > 1 - 1e-9:
            assert section.low - 1e-9 <= section.value <= section.high + 1e-9
        missing = sum(site.to_the_top for site in section.sites if site.to_the_top is not None)
        assert missing == pytest.approx(section.top - section.value, abs=1e-9)
        shares = list(section.at_least.values())
        assert shares == sorted(shares, reverse=True)


@settings(deadline=None, max_examples=40)
@given(some_sites(least=2))
def test_a_site_drives_the_group_by_what_it_would_be_without_it(sites: list[Site]) -> None:
    whole = together(sites).sections[0]
    for site in whole.sites:
        rest = together([one for one in sites if one.id != site.site]).sections[0]
        if site.value is None or rest.value is None or whole.value is None:
            assert site.drive is None
        else:
            assert site.drive == pytest.approx(whole.value - rest.value, abs=1e-9)


@settings(deadline=None, max_examples=40)
@given(some_sites(), some_sites())
def test_the_parts_of_a_change_add_up_to_it(old: list[Site], new: list[Site]) -> None:
    for then, now in zip(together(old).sections, together(new).sections, strict=True):
        found = change_of(then, now)
        if found is None:
            continue
        assert found.sites + found.weights + found.within == pytest.approx(found.change, abs=1e-9)
        assert found.change == pytest.approx((now.value or 0) - (then.value or 0), abs=1e-9)


def test_each_part_of_a_change_is_what_it_says() -> None:
    a, b = Site("a", "A", even(2), contacts=100), Site("b", "B", even(4), contacts=100)
    then = together([a, b]).sections[0]

    def parts(*sites: Site) -> tuple[float, float, float]:
        found = change_of(then, together(sites).sections[0])
        assert found is not None
        return (round(found.sites, 6), round(found.weights, 6), round(found.within, 6))

    assert parts(a, b._replace(sheet=even(5))) == (0, 0, 0.5)
    assert parts(a, b._replace(contacts=300)) == (0, 0.5, 0)
    assert parts(a) == (-1, 0, 0)
    assert parts(a, b, Site("c", "C", even(5), contacts=100)) == (round(11 / 3 - 3, 6), 0, 0)


def test_a_weight_that_nobody_gave_is_told_and_counts_for_nothing_among_others() -> None:
    one, other = Site("a", "A", even(2), contacts=100), Site("b", "B", even(4))
    found = together([one, other])
    assert (found.by, found.unweighted) == ("contacts", ("b",))
    assert found.sections[0].value == pytest.approx(2)
    nobody = together([one._replace(contacts=None), other])
    assert (nobody.by, nobody.unweighted) == ("equal", ())
    assert nobody.sections[0].value == pytest.approx(3)
    heads = roll_up(known(), [one._replace(heads=1), other._replace(heads=3)], by="heads")
    assert heads.sections[0].value == pytest.approx((2 + 12) / 4)


def test_the_law_is_as_far_as_its_worst_site() -> None:
    questionnaire, first, _ = read_sample("nordlicht", language="en")
    gates = [question for question in asked(questionnaire, first) if question.type == "yes_no"]
    all_yes = first.with_answers(
        [a for a in first.answers if a.question not in {g.id for g in gates}]
        + [Answer(question=gate.id, value=True) for gate in gates]
    )
    none = all_yes.with_answer(Answer(question=gates[0].id, value=False))
    alone = roll_up(questionnaire, [Site("a", "A", all_yes, contacts=900)], by="contacts")
    found = roll_up(
        questionnaire,
        [Site("a", "A", all_yes, contacts=900), Site("b", "B", none, contacts=100)],
        by="contacts",
    )
    assert found.legal and len(found.legal) == len(alone.legal)
    worse = [
        (topic, before)
        for topic, before in zip(found.legal, alone.legal, strict=True)
        if topic.worst != before.worst
    ]
    assert worse, "one open gate at a small site is seen in the group"
    for topic, before in worse:
        assert topic.worst == "red" and dict(topic.sites)["b"] == "red"
        if before.worst == "green":
            assert topic.not_cleared == pytest.approx(0.1)


def test_what_is_weak_everywhere_and_what_at_one_site_only_is_named() -> None:
    first, second = levels()[:2]
    one = (
        even(4)
        .with_answer(Answer(question=first.id, value=1))
        .with_answer(Answer(question=second.id, value=2))
    )
    other = even(4).with_answer(Answer(question=first.id, value=2))
    found = together([Site("a", "A", one, contacts=1), Site("b", "B", other, contacts=1)])
    assert [(weak.question, weak.sites) for weak in found.everywhere] == [(first.id, ("a", "b"))]
    assert [(weak.question, weak.sites) for weak in found.only_there] == [(second.id, ("a",))]
    alone = together([Site("a", "A", one, contacts=1)])
    assert (alone.everywhere, alone.only_there) == ((), ())


def test_a_site_that_answered_too_little_for_an_index_lifts_nothing_and_widens_the_range() -> None:
    careful = two_dimensions(minimum_coverage=0.6)
    most, hardly = a_sheet(careful, dict.fromkeys("abcdef", 2)), a_sheet(careful, {"a": 5})
    found = roll_up(
        careful, [Site("m", "M", most, contacts=70), Site("h", "H", hardly, contacts=30)], by="contacts"
    ).sections[0]
    assert found.value == pytest.approx(2) and found.certain
    assert found.known == pytest.approx(0.7) and found.coverage == pytest.approx(0.7 + 0.3 / 8)
    assert (found.sites[1].value, found.sites[1].level) == (None, None)
    assert found.high > 2 > found.low and found.spread is None
    turned = roll_up(
        careful, [Site("m", "M", most, contacts=30), Site("h", "H", hardly, contacts=70)], by="contacts"
    ).sections[0]
    assert turned.value == pytest.approx(2) and not turned.certain, "known for 30 %, and 60 % are asked for"


def test_versions_that_differ_are_put_together_where_they_measure_the_same() -> None:
    def version(number: str, *, words: str, weight: float) -> Questionnaire:
        first = level_question("a") | {"label": {"en": words}}
        return a_questionnaire(
            a_section("x", first, level_question("b")),
            a_section("y", level_question("e") | {"weight": weight}, level_question("f")),
            *([a_section("z", level_question("q"))] if weight == 1 else []),
            version=number,
        )

    new, old = version("1.1.0", words="Now?", weight=1), version("1.0.0", words="Then?", weight=3)
    answers = dict.fromkeys("abef", 4)
    sites = [
        Site("n", "N", a_sheet(new, answers | {"q": 4}), contacts=50),
        Site("o", "O", a_sheet(old, dict.fromkeys("abef", 2)), contacts=50, questionnaire=old),
    ]
    found = roll_up(new, sites, by="contacts")
    assert found.of("x").value == pytest.approx(3) and found.of("x").apart == (), "words alone differ"
    assert found.of("y").value == pytest.approx(4)
    assert [(one.site, one.why) for one in found.of("y").apart] == [("o", "otherwise")]
    assert [(one.site, one.why) for one in found.of("z").apart] == [("o", "missing")]
    assert [one.site for one in found.sections[0].apart] == ["o"]
    alone = roll_up(new, sites[1:], by="contacts")
    assert alone.of("y").value is None and alone.of("y").sites == ()


def test_another_unit_another_level_rule_and_another_cap_are_other_measures() -> None:
    one = two_dimensions()
    worded = one.model_copy(update={"title": one.sections[0].title, "version": "1.0.1"})
    staged = one.model_copy(update={"levels": "staged"})
    blank = one.model_copy(update={"unanswered": "worst"})
    site = Site("s", "S", even(3), contacts=1)
    assert roll_up(one, [site._replace(questionnaire=worded)], by="contacts").sections[0].apart == ()
    for other in (staged, blank):
        assert roll_up(one, [site._replace(questionnaire=other)], by="contacts").sections[0].apart


def test_what_is_weak_at_most_sites_is_told_apart_from_what_is_weak_everywhere() -> None:
    first = levels()[0].id
    weak, well = even(4).with_answer(Answer(question=first, value=1)), even(4)
    sites = [Site(name, name, weak, contacts=1) for name in "ab"] + [Site("c", "C", well, contacts=100)]
    found = together(sites)
    assert [(one.question, one.sites) for one in found.mostly] == [(first, ("a", "b"))]
    assert (found.everywhere, found.only_there) == ((), ())
    assert together([*sites, Site("d", "D", well, contacts=1)]).mostly == (), "half is not most"


def test_the_short_edition_among_whole_ones_is_named() -> None:
    short = even(3).model_copy(update={"short": True})
    one, other = Site("a", "A", even(3), contacts=1), Site("b", "B", short, contacts=1)
    assert together([one, other]).short == ("b",)
    assert together([other]).short == ()


@settings(deadline=None, max_examples=30)
@given(some_sites(), st.data())
def test_what_changed_at_the_sites_splits_as_their_own_changes_do(
    sites: list[Site], data: st.DataObject
) -> None:
    later = [
        site._replace(
            sheet=sheet(data.draw(st.lists(st.one_of(st.integers(1, 5), st.none()), max_size=len(levels())))),
            contacts=data.draw(st.integers(1, 1000)),
        )
        for site in sites
    ]
    trends = {
        one.id: compare(Occasion(known(), one.sheet), Occasion(known(), two.sheet))
        for one, two in zip(sites, later, strict=True)
    }
    then, now = together(sites), together(later)
    for old, new in zip(then.sections, now.sections, strict=True):
        movements = {name: trend.of(new.of).self_rated for name, trend in trends.items()}
        found = change_of(old, new, movements=movements)
        if found is None:
            continue
        assert found.sites + found.weights + found.within == pytest.approx(found.change, abs=1e-9)
        if found.parts is not None:
            assert set(found.parts) == set(PARTS)
            assert sum(found.parts.values()) == pytest.approx(found.within, abs=1e-9)
        assert change_of(old, new) is not None and change_of(old, new).parts is None  # type: ignore[union-attr]


def test_all_change_at_sites_that_answered_the_same_questions_is_real() -> None:
    then = together([Site("a", "A", even(2), contacts=3), Site("b", "B", even(3), contacts=1)]).sections[0]
    now = together([Site("a", "A", even(3), contacts=3), Site("b", "B", even(3), contacts=1)]).sections[0]
    movements = {
        name: compare(Occasion(known(), even(one)), Occasion(known(), even(3))).sections[0].self_rated
        for name, one in (("a", 2), ("b", 3))
    }
    found = change_of(then, now, movements=movements)
    assert found is not None and found.parts == pytest.approx(
        {"questionnaire": 0, "scope": 0, "people": 0, "real": 0.75}
    )


def test_indexes_that_run_over_other_ranges_are_not_subtracted() -> None:
    one = together([Site("a", "A", even(2), contacts=3)]).sections[0]
    assert change_of(one, one.model_copy(update={"top": 100.0})) is None
