"""The method page and the claims: only what is true of this questionnaire, by whichever method it is scored."""

from pathlib import Path
from typing import Any

import pytest

from assessment.document import as_text, compose
from assessment.document.answers import answers
from assessment.document.blocks import Block, Bullets, Heading, Paragraph, Table
from assessment.document.chapters import to_ask_again
from assessment.document.claims import how_sure, strongest_and_weakest, where_it_stands
from assessment.document.method import method
from assessment.document.rules import how_made, levels_used, methods_used
from assessment.document.telling import Teller
from assessment.i18n import catalogue
from assessment.loader import read_questionnaire, read_sample, sheet_from_data
from assessment.questionnaire import Questionnaire
from tests.conftest import (
    Data,
    a_questionnaire,
    a_report,
    a_sheet,
    level_question,
    measure,
    questionnaire_data,
    section,
    text,
    two_dimensions,
)
from tests.report_samples import report_of, small_report

HERE = Path(__file__).parent
BY_HAND = HERE / "models" / "by_hand"


def told(questionnaire: Questionnaire, said: dict[str, Any] | None = None, **more: Any) -> Teller:
    return Teller(a_report(questionnaire, a_sheet(questionnaire, said, **more)), "en", catalogue("en"))


def by_hand(name: str, said: Data, **profile: Any) -> Teller:
    questionnaire = read_questionnaire(BY_HAND / name)
    data = {"questionnaire": name, "version": "1.0.0", "profile": profile, "answers": said}
    _, sheet, _ = sheet_from_data(data, questionnaire=questionnaire)
    return Teller(a_report(questionnaire, sheet), "en", catalogue("en"))


def percent() -> Teller:
    return by_hand(
        "security-requirements",
        {"accounts": 3, "remote": True, "second-factor": "admins", "contracts": 50},
        cloud="rented",
    )


def stages() -> Teller:
    said = {"assets-1a": "li", "assets-1b": "fi", "assets-1c": "pi", "threats-1a": "fi", "threats-1b": "pi"}
    return by_hand("energy-capability", said)


def rules(tell: Teller) -> dict[str, list[str]]:
    """The rules by their titles."""
    found: dict[str, list[str]] = {}
    for block in how_made(tell):
        match block:
            case Heading():
                found[block.text] = last = []
            case Paragraph():
                last.append(block.text)
            case Bullets():
                last += [line.text for line in block.items]
            case _:
                raise AssertionError(block)
    return found


def scores(tell: Teller) -> list[list[str]]:
    blocks: list[Block] = list(method(tell))
    start = next(
        n for n, one in enumerate(blocks) if isinstance(one, Heading) and one.text.startswith("Every score")
    )
    table = blocks[start + 1]
    assert isinstance(table, Table)
    return [
        [column.head for column in table.columns],
        *([" / ".join(line.text for line in one) for one in row] for row in table.rows),
    ]


# ── the rules ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_percent_model_with_bands_says_where_its_levels_begin_and_nothing_of_shares() -> None:
    tell = percent()
    assert rules(tell) == {
        "Index": [
            "How far along, from 0 to 100: the mean of the given answers by weight, from questions to dimensions to the whole."
        ],
        "Level": [
            "The level follows from the index alone: level 1 from 0 on, level 2 from 40 on and level 3 from 75 on."
        ],
        "Range and coverage": [
            "The range is the result if every answer that is missing turned out worst, and best. Coverage is the share of "
            "the applicable weight that is answered."
        ],
    }
    assert scores(tell) == [
        ["Part", "Weight", "Index", "Level"],
        ["Security requirements", "1.0", "51.4", "2"],
        ["Access", "1.0", "52.8", "2"],
        ["Providers", "1.0", "50.0", "2"],
    ]


def test_a_staged_model_says_when_a_stage_is_reached_and_what_counts_as_not_reached() -> None:
    tell = stages()
    found = rules(tell)
    assert found["Level"] == [
        "A level is reached when every question that belongs to it or to a lower one is at least 67% of the way up its own "
        "scale; what is not answered is not reached. No average produces it."
    ]
    assert found["Index"][1].startswith("Stages: the level that is reached")
    assert found["What is not answered"][0].endswith("such a question counts as not reached.")
    assert not {"Limits", "Roadmap", "Checks", "As rated and as confirmed"} & found.keys()
    head, whole, *_ = scores(tell)
    assert head == ["Part", "Weight", "Put together", "Index", "Level"]
    assert whole == ["Energy capability", "1.0", "stages", "1.50", "1"]


def test_an_additive_model_names_each_way_and_shows_which_part_is_put_together_how() -> None:
    tell = by_hand("secure-software", {"strategy-1-a": "most", "strategy-1-b": "half"})
    found = rules(tell)
    assert [line.split(":")[0] for line in found["Index"][1:]] == ["Mean", "Sum"]
    assert found["What is not answered"][0].startswith("What is open or not known counts as worst")
    ways = {row[0]: (row[2], row[3]) for row in scores(tell)[1:]}
    assert ways["Strategy"] == ("sum", "0.75")
    assert ways["Strategy, level 1"] == ("mean", "0.75 of 1")
    captions = [
        block.text for block in method(tell) if isinstance(block, Paragraph) and block.style == "caption"
    ]
    assert captions == ["An index that runs over a range of its own stands with the top of that range."]


@pytest.mark.parametrize(
    ("way", "words"),
    [
        ("mean", "the mean of the given answers by weight, from questions to dimensions"),
        ("mean_of_leaves", "the mean of all given answers by weight"),
        ("sum", "added up from questions to parts to the whole"),
        ("min", "the weakest answer counts for its part"),
        ("staged", "the level that is reached"),
    ],
)
def test_one_way_for_all_is_told_in_one_sentence(way: str, words: str) -> None:
    asked = [level_question(name, stage=2) for name in "abcd"]
    questionnaire = a_questionnaire(
        section("s", *asked[:2], method=way), section("t", *asked[2:], method=way), method=way
    )
    (said,) = rules(told(questionnaire, dict.fromkeys("abcd", 3)))["Index"]
    assert words in said
    assert methods_used(questionnaire) == (way,)


def test_of_questions_alone_both_means_are_the_same() -> None:
    assert methods_used(two_dimensions(method="mean_of_leaves")) == ("mean_of_leaves", "mean"), "x has parts"
    flat = a_questionnaire(
        section("s", level_question("a")), section("t", level_question("b")), method="mean_of_leaves"
    )
    assert methods_used(flat) == ("mean_of_leaves",)


def test_levels_found_in_two_ways_are_both_told_and_named_part_by_part() -> None:
    questionnaire = a_questionnaire(
        section("s", level_question("a"), level_question("b")),
        section("t", level_question("c"), level_question("d"), levels="bands"),
    )
    tell = told(questionnaire, dict.fromkeys("abcd", 3))
    assert levels_used(questionnaire) == ("process_attribute", "bands")
    assert len(rules(tell)["Level"]) == 3
    head, *rows = scores(tell)
    assert head == ["Part", "Weight", "Index", "Level", "Found by", "from 2", "from 3", "from 4", "from 5"]
    assert [row[4:] for row in rows] == [
        ["shares of weight", "100%", "100%", "0%", "0%"],
        ["shares of weight", "100%", "100%", "0%", "0%"],
        ["index", "", "", "", ""],
    ]


def test_a_scale_of_many_levels_has_no_column_for_each() -> None:
    for top, columns in ((7, 7), (8, 0)):
        steps = range(top + 1)
        questionnaire = a_questionnaire(section("s", level_question("a", levels=steps)), levels=steps)
        (head, *_) = scores(told(questionnaire, {"a": 3}))
        assert len([one for one in head if one.startswith("from ")]) == columns
    many = a_questionnaire(
        section("s", level_question("a", levels=range(11)), levels="bands"), levels=range(11)
    )
    said = rules(told(many, {"a": 3}))["Level"]
    assert "The level follows from the index alone: the 11 levels are spread evenly over it." in said


def test_limits_roadmap_checks_and_coverage_stand_where_there_are_some() -> None:
    plain = rules(told(two_dimensions(), {"a": 3}))
    assert list(plain) == ["Index", "Level", "Range and coverage"]
    assert "headline" not in plain["Range and coverage"][0]
    checks = [
        {
            "id": "k",
            "kind": "contradiction",
            "follow_up": text("?"),
            "when": [{"question": "a", "at_least": 4}],
        },
        {
            "id": "l",
            "kind": "contradiction",
            "follow_up": text("?"),
            "when": [{"question": "b", "at_least": 4}],
        },
        {"id": "m", "kind": "straight_lining", "follow_up": text("?"), "in_a_row": 5},
        {"id": "n", "kind": "all_top", "follow_up": text("?"), "from_questions": 4},
        {"id": "o", "kind": "many_set_aside", "follow_up": text("?"), "share": 0.2},
    ]
    full = rules(
        told(
            two_dimensions(
                at_most_above_weakest=2,
                minimum_coverage=0.5,
                measures=[measure("m", {"a": 3})],
                checks=checks,
                unproven_counts_as=3,
            ),
            {"a": 3},
        )
    )
    assert list(full) == [
        "Index",
        "Level",
        "Limits",
        "Range and coverage",
        "As rated and as confirmed",
        "Checks",
        "Roadmap",
    ]
    assert full["Limits"] == [
        "The whole stands at most 2 levels above its weakest dimension. This never changes the index."
    ]
    assert full["Range and coverage"][0].endswith("below 50% there is no headline figure.")
    assert full["Roadmap"][0].startswith("Measures that gain most for their effort come first"), (
        "no conditions here"
    )
    assert full["Checks"][1:] == [
        "Answers that hardly go together",
        "The same answer to 5 questions of one kind in a row, or to more",
        "A part with 4 answers or more that are all at their best, none of them with documented evidence",
        "More than 20% of the questions said not to apply",
    ]
    assert "corrects no answer and changes no score" in full["Checks"][0]


def test_a_part_held_to_its_own_weakest_part_is_named_under_limits() -> None:
    parts = [section(f"{name}1", level_question(name)) for name in "ab"]
    questionnaire = a_questionnaire(
        section("x", *parts, at_most_above_weakest=1), section("y", level_question("c"))
    )
    assert rules(told(questionnaire, {"a": 3}))["Limits"] == [
        "At most one level above the weakest part of each: “x”."
    ]


def test_the_flagships_own_rules_stay() -> None:
    tell = Teller(small_report(), "en", catalogue("en"))
    assert list(rules(tell)) == [
        "Index",
        "Level",
        "Limits",
        "Range and coverage",
        "As rated and as confirmed",
        "Roadmap",
    ]
    assert "from questions to capabilities to dimensions to the whole" in rules(tell)["Index"][0]
    assert scores(tell)[0][4:] == ["Limited to", "from 2", "from 3", "from 4", "from 5"]


@pytest.mark.parametrize("name", sorted(path.name for path in BY_HAND.iterdir() if path.is_dir()))
def test_any_model_without_caps_or_measures_makes_a_whole_document(name: str) -> None:
    said = as_text(compose(by_hand(name, {}).report, "en"))
    assert "Roadmap\n" not in said
    assert "below 0%" not in said


# ── the claims ───────────────────────────────────────────────────────────────────────────────────────────────────────


def mixed() -> Questionnaire:
    """A section that runs from 0 to 100 beside one that runs over the scale."""
    return a_questionnaire(
        section("s", level_question("a"), points={"low": 0, "high": 100}),
        section("t", level_question("b")),
        section("u", level_question("c"), method="sum"),
    )


def test_who_leads_is_told_by_how_far_up_its_own_index_it_stands() -> None:
    assert (
        strongest_and_weakest(told(mixed(), {"a": 2, "b": 4, "c": 3}))
        == "“t” has the highest index, “s” the lowest"
    )
    assert (
        strongest_and_weakest(told(mixed(), {"a": 3, "b": 3, "c": 3}))
        == "All dimensions stand at the same point"
    )
    assert strongest_and_weakest(told(mixed(), {"a": 3})) == "Only “s” can be rated so far"


def test_dimensions_that_stand_at_the_same_point_share_the_place() -> None:
    said = strongest_and_weakest(told(mixed(), {"a": 4, "b": 4, "c": 1}))
    assert said == "“s” and “t” have the highest index, “u” the lowest"
    said = strongest_and_weakest(told(mixed(), {"a": 4, "b": 1, "c": 1}))
    assert said == "“s” has the highest index, “t” and “u” the lowest"


def test_a_band_of_an_average_is_not_called_in_place() -> None:
    assert where_it_stands(percent()) == "The index corresponds to level 2 of 3: Medium"
    assert where_it_stands(stages()) == "Level 1 of 3 is in place: MIL1"


AGAIN = {
    "id": "k",
    "kind": "contradiction",
    "follow_up": text("Why?"),
    "when": [{"question": "a", "at_least": 4}],
}


def doubtful(**more: Any) -> Questionnaire:
    data = questionnaire_data(
        section("s", level_question("a", weight=9), level_question("b", weight=0.1)), checks=[AGAIN], **more
    )
    return Questionnaire.model_validate(data)


def test_with_a_doubt_the_level_is_not_called_certain() -> None:
    tell = told(doubtful(), {"a": 4})
    assert how_sure(tell) == "What is missing cannot change the level; one point is worth asking about again"
    assert how_sure(told(doubtful(), {"a": 3})) == "The level is certain although only 99% is answered"


def test_with_a_doubt_complete_answers_are_not_called_all_there_is_to_it() -> None:
    tell = told(doubtful(), {"a": 4, "b": 4})
    assert how_sure(tell) == "Every question that counts is answered; one point is worth asking about again"
    assert how_sure(told(doubtful(), {"a": 3, "b": 4})) == "Every question that counts is answered"


# ── what to ask again ────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_to_ask_again_stands_before_the_answers_of_each_dimension() -> None:
    tell = told(doubtful(), {"a": 4, "b": 4})
    titles = [block.text for block in answers(tell) if isinstance(block, Heading)]
    assert titles == ["2 of 2 questions are answered", "One point is worth asking about again", "s"]
    titles = [block.text for block in answers(told(doubtful(), {"a": 3})) if isinstance(block, Heading)]
    assert titles == ["1 of 2 questions are answered", "s"]


def test_the_sample_has_something_to_ask_again_in_every_language() -> None:
    for language in ("en", "de", "nl"):
        questionnaire, sheet, _ = read_sample("nordlicht", language=language)
        tell = Teller(report_of(questionnaire, sheet), language, catalogue(language))
        (title, _, table) = to_ask_again(tell)
        assert isinstance(title, Heading)
        assert isinstance(table, Table)
        assert table.rows
