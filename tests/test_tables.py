"""Tables on the screen: what people wrote is never markup, and each cell knows its column where rows become cards."""

from assessment.document.blocks import Cell, Column, Line, Table, cell
from assessment.ui.tables import STACKED_FROM, html

WRITTEN = '<img src=x onerror="alert(1)"> & so on'


def a_table(*columns: str, rows: tuple[tuple[Cell, ...], ...]) -> Table:
    return Table(summary=WRITTEN, columns=tuple(Column(head=name, width=1) for name in columns), rows=rows)


def test_what_people_wrote_is_never_markup() -> None:
    made = html(a_table(WRITTEN, "b", rows=((cell(WRITTEN), cell("x\ny")),)))
    assert "<img" not in made
    assert 'onerror="' not in made
    assert made.count("&lt;img src=x onerror=&quot;alert(1)&quot;&gt; &amp; so on") == 3
    assert "x<br>y" in made


def test_each_cell_names_its_column_and_the_first_names_its_row() -> None:
    made = html(a_table("Part", "Level", rows=((cell("A"), cell("3")),)))
    assert '<th scope="row" role="rowheader"><div class="plain">A</div></th>' in made
    assert '<td role="cell" data-head="Level"><div class="plain">3</div></td>' in made


def test_only_a_table_of_many_columns_becomes_cards_on_a_narrow_screen() -> None:
    names = [str(number) for number in range(STACKED_FROM)]
    assert 'class="told stacked"' in html(a_table(*names, rows=()))
    assert 'class="told"' in html(a_table(*names[1:], rows=()))


def test_a_light_has_a_shape_that_is_not_read_aloud() -> None:
    made = html(a_table("a", "b", rows=((cell("x"), (Line(text="not met", light="red"),)),)))
    assert '<span class="light red" aria-hidden="true">✕</span> not met' in made
