"""Sites together, told in three languages: a headline only where enough is known, and every site named that is left out."""

from collections.abc import Iterable

import pytest

from assessment.answers import AnswerSheet
from assessment.charts import Bars
from assessment.document.blocks import Block, Bullets, Figure, Paragraph, Table
from assessment.document.rollups import Group, sections, since, standing, to_do
from assessment.i18n import catalogue
from assessment.loader import read_sample
from assessment.questionnaire import Questionnaire
from assessment.rollup import Site, roll_up
from assessment.trend import Occasion, compare
from tests.conftest import a_sheet, two_dimensions


def texts(blocks: Iterable[Block]) -> str:
    said = []
    for block in blocks:
        match block:
            case Paragraph():
                said.append(block.text)
            case Bullets():
                said.extend(line.text for line in block.items)
            case Table():
                said.extend(" ".join(line.text for line in cell) for row in block.rows for cell in row)
    return "\n".join(said)


def group(known: Questionnaire, *sites: Site, language: str = "en") -> Group:
    return Group(
        roll_up(known, sites, by="contacts"),
        known,
        {site.id: site.name for site in sites},
        catalogue(language),
    )


def even(known: Questionnaire, value: int, letters: str = "abcdef") -> AnswerSheet:
    return a_sheet(known, dict.fromkeys(letters, value))


def test_too_little_known_gives_a_range_and_no_index() -> None:
    known = two_dimensions(minimum_coverage=0.6)
    found = group(
        known,
        Site("a", "Aue", even(known, 4), contacts=10),
        Site("b", "Bonn", even(known, 5, "a"), contacts=90),
    )
    said = texts(standing(found))
    assert "Too little is known for an index of the group: only for 10% of the weight." in said
    assert "It lies between 1." in said and "Index 4" not in said
    [figure] = [block for block in sections(found) if isinstance(block, Figure)]
    assert isinstance(figure.chart, Bars)
    whole = figure.chart.bars[0]
    assert whole.value is None and whole.low is not None and whole.high is not None and whole.low < whole.high


@pytest.mark.parametrize(
    ("language", "head", "out"),
    [
        ("en", "Index 3.00", "Bonn answered another version, which asks or weighs otherwise here"),
        ("de", "Index 3,00", "Bonn hat eine andere Fassung beantwortet"),
        ("nl", "Index 3,00", "Bonn heeft een andere versie beantwoord"),
    ],
)
def test_a_site_by_another_version_is_named_with_what_it_is_left_out_of(
    language: str, head: str, out: str
) -> None:
    known = two_dimensions()
    other = known.model_copy(update={"levels": "staged", "version": "0.9.0"})
    said = texts(
        standing(
            group(
                known,
                Site("a", "Aue", even(known, 3), contacts=1),
                Site("b", "Bonn", even(known, 1), contacts=1, questionnaire=other),
                language=language,
            )
        )
    )
    assert head in said and out in said


def test_the_chart_says_the_same_as_the_table_and_runs_over_the_scale() -> None:
    known, sheet, _ = read_sample("nordlicht", language="en")
    found = group(known, Site("a", "Aue", sheet, contacts=1))
    [figure] = [block for block in sections(found) if isinstance(block, Figure)]
    assert isinstance(figure.chart, Bars)
    assert (figure.chart.lowest, figure.chart.highest) == (1, 5)
    assert [bar.id for bar in figure.chart.bars] == [known.id, *(section.id for section in known.sections)]
    table = texts(block for block in sections(found) if isinstance(block, Table))
    for bar in figure.chart.bars:
        assert bar.said in table and bar.said in figure.chart.alt
    assert not [block for block in sections(found, below=True) if isinstance(block, Figure)]


def test_what_most_sites_lack_is_told_with_their_names() -> None:
    known = two_dimensions()
    weak = a_sheet(known, dict.fromkeys("bcdef", 4) | {"a": 1})
    found = group(
        known,
        Site("a", "Aue", weak, contacts=1),
        Site("b", "Bonn", weak, contacts=1),
        Site("c", "Celle", even(known, 4), contacts=1),
    )
    said = texts(to_do(found))
    assert "More than half of the sites that answered stand at the lowest steps here." in said
    assert "(Aue and Bonn)" in said


def test_change_at_the_sites_is_told_by_its_kinds() -> None:
    known = two_dimensions()
    then, now = even(known, 2), even(known, 3)
    before = roll_up(known, [Site("a", "Aue", then, contacts=1)], by="contacts")
    found = group(known, Site("a", "Aue", now, contacts=1))
    trends = {"a": compare(Occasion(known, then), Occasion(known, now))}
    said = texts(since(before, found, then="1 May 2026", trends=trends))
    assert "What changed at the sites, all together: real change +1.00." in said
    assert "What changed at the sites, all" not in texts(since(before, found, then="1 May 2026"))
