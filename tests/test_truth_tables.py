"""Every condition of the shipped questionnaires, held against a truth table that a person wrote: tests/truth-tables."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, product
from pathlib import Path
from typing import Any

import pytest
import yaml

from assessment.answers import AnswerSheet, all_hold, applies, asked
from assessment.conditions import Condition
from assessment.loader import questionnaire_ids, read_questionnaire
from assessment.questionnaire import Questionnaire
from assessment.report import register_rows
from assessment.roadmap import plan
from assessment.scoring import active_caps, counted, read
from assessment.value import figures_asked
from tests.conftest import FULL_PROFILE, a_sheet, capacity, every_answer

HERE = Path(__file__).parent / "truth-tables"
NOTHING = "–"
OUTCOMES: dict[str, bool | None] = {"yes": True, "no": False, "open": None}
KINDS = ("questions", "measures", "leads", "rows", "figures")

Line = tuple[str, ...]
"""One value for each column."""


# ── reading the tables ───────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Table:
    """What decides on parts of a questionnaire that share one reason, line by line."""

    questionnaire: Questionnaire
    data: dict[str, Any]
    values: dict[str, list[str]]

    def __str__(self) -> str:
        return next(iter(self.parts), self.data.get("jurisdiction", ""))

    @property
    def parts(self) -> tuple[str, ...]:
        """The ids that it decides on."""
        return tuple(name for kind in KINDS for name in self.data.get(kind, ()))

    @cached_property
    def columns(self) -> Line:
        return tuple(self._cells[0][:-1])

    @cached_property
    def lines(self) -> list[tuple[Line, bool | None]]:
        """Every line spelled out, with its outcome."""
        return [
            (line, OUTCOMES[cells[-1]])
            for cells in self._cells[1:]
            for line in product(*(self._meant(*cell) for cell in zip(self.columns, cells[:-1], strict=True)))
        ]

    @property
    def _cells(self) -> list[list[str]]:
        return [[cell.strip() for cell in line.split("|")] for line in self.data["table"].splitlines()]

    def _meant(self, column: str, cell: str) -> list[str]:
        return self.values[column] if cell == "*" else [value.strip() for value in cell.split(",")]

    def sheet(self, line: Line, *, beside: dict[str, Any] | None = None, **said: Any) -> AnswerSheet:
        """The line as a sheet; `beside` fills the rest of the profile."""
        others = {field.id for field in self.questionnaire.profile} - set(self.columns)
        profile = {name: value for name, value in (beside or {}).items() if name in others}
        return a_sheet(self.questionnaire, said, profile=profile | self.profile(line))

    def profile(self, line: Line) -> dict[str, Any]:
        return {
            field: self._chosen(field, value)
            for field, value in zip(self.columns, line, strict=True)
            if value != NOTHING
        }

    def _chosen(self, field: str, value: str) -> str | tuple[str, ...]:
        options = tuple(value.split("+"))
        return options if _field(self.questionnaire, field).type == "many" else value


def _field(questionnaire: Questionnaire, name: str) -> Any:
    return next(field for field in questionnaire.profile if field.id == name)


def _files() -> dict[str, dict[str, Any]]:
    return {
        path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(HERE.glob("*.yaml"))
    }


FILES = _files()
SHIPPED = {name: read_questionnaire(name) for name in questionnaire_ids()}
TABLES = [
    Table(SHIPPED[name], data, file["values"]) for name, file in FILES.items() for data in file["tables"]
]
OF_PARTS = [table for table in TABLES if table.parts]
OF_LAW = [table for table in TABLES if "jurisdiction" in table.data]
OF_GATES = [
    (table, gate)
    for table in OF_PARTS
    for gate in table.data.get("questions", ())
    if gate in {cap.question for cap in table.questionnaire.caps}
]
each = pytest.mark.parametrize("table", OF_PARTS, ids=str)
each_file = pytest.mark.parametrize("name", FILES)


def _conditions(questionnaire: Questionnaire) -> dict[str, tuple[Condition, ...]]:
    """What has a condition, its own or its section's or its key figure's."""
    figures = questionnaire.key_figures.figures if questionnaire.key_figures else ()
    rows = questionnaire.register_.rows if questionnaire.register_ else ()
    found = {name: questionnaire.conditions_of[name] for name in questionnaire.questions_by_id}
    parts: tuple[Any, ...] = (*questionnaire.measures, *rows, *figures)
    found |= {part.id: part.applies_if for part in parts}
    found |= {f"{each.id}-lead": each.lead.applies_if for each in questionnaire.measures if each.lead}
    return {name: tuple(conditions) for name, conditions in found.items() if conditions}


# ── the tables are complete ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", SHIPPED)
def test_whatever_has_a_condition_stands_in_exactly_one_table_and_nothing_else_does(name: str) -> None:
    decided = Counter(part for table in OF_PARTS if table.questionnaire.id == name for part in table.parts)
    assert decided == Counter(_conditions(SHIPPED[name]).keys())


@each_file
def test_the_register_of_every_jurisdiction_stands_in_exactly_one_table(name: str) -> None:
    register = SHIPPED[name].register_
    decided = [table.data["jurisdiction"] for table in OF_LAW if table.questionnaire.id == name]
    assert sorted(decided) == sorted({row.jurisdiction for row in register.rows} if register else ())


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_a_table_has_every_combination_of_its_columns_once(table: Table) -> None:
    tried = [line for line, _ in table.lines]
    assert sorted(tried) == sorted(product(*(table.values[column] for column in table.columns)))


@each_file
def test_every_option_is_tried_alone_and_with_another_and_so_is_an_empty_field(name: str) -> None:
    for field, values in FILES[name]["values"].items():
        options = _field(SHIPPED[name], field).option_ids
        single = [value for value in values if "+" not in value]
        assert single == [NOTHING, *options], field
        pairs = [value.split("+") for value in values if "+" in value]
        together = set(options) if _field(SHIPPED[name], field).type == "many" else set()
        assert {option for pair in pairs for option in pair} == together, field


@each
def test_every_field_that_a_condition_names_is_a_column(table: Table) -> None:
    """Nor is a column idle: then the lines would say nothing about it."""
    for part in table.parts:
        tests = [test for one in _conditions(table.questionnaire)[part] for test in one.tests()]
        assert {test.profile for test in tests} == set(table.columns), part
        for test in tests:
            assert set(test.any_of or ()) <= set(table.values[test.profile or ""]), part


@each
def test_two_options_that_decide_two_that_do_not_and_one_of_each_are_tried(table: Table) -> None:
    for part in table.parts:
        for test in (test for one in _conditions(table.questionnaire)[part] for test in one.tests()):
            field = _field(table.questionnaire, test.profile or "")
            if field.type != "many":
                continue
            deciding = set(test.any_of or ())
            tried = {
                sum(option in deciding for option in value.split("+"))
                for value in table.values[field.id]
                if "+" in value
            }
            possible = {
                sum(option in deciding for option in pair) for pair in combinations(field.option_ids, 2)
            }
            assert tried == possible, (part, field.id)


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_a_table_says_yes_and_no_and_leaves_open_what_is_not_filled_in(table: Table) -> None:
    assert {outcome for _, outcome in table.lines} == {True, False, None}
    assert dict(table.lines)[(NOTHING,) * len(table.columns)] is None
    assert all(outcome is not None for line, outcome in table.lines if NOTHING not in line)


def _changed(condition: Condition, options: dict[str, tuple[str, ...]]) -> Iterator[Condition]:
    """Yield the condition with one mistake in it."""
    yield Condition.model_validate({"not": condition})
    for group, other in (("all", "any"), ("any", "all")):
        parts: tuple[Condition, ...] = getattr(condition, group) or ()
        if len(parts) > 1:
            yield Condition.model_validate({other: parts})
        for at, part in enumerate(parts):
            if len(parts) > 1:
                yield Condition.model_validate({group: parts[:at] + parts[at + 1 :]})
            for wrong in _changed(part, options):
                yield Condition.model_validate({group: (*parts[:at], wrong, *parts[at + 1 :])})
    if condition.not_ is not None:
        yield condition.not_
        yield from (Condition.model_validate({"not": wrong}) for wrong in _changed(condition.not_, options))
    if condition.profile is not None and condition.any_of is not None:
        yield from _with_other_words(condition, options[condition.profile])


def _with_other_words(test: Condition, options: tuple[str, ...]) -> Iterator[Condition]:
    field, named = test.profile, test.any_of or ()
    others = tuple(option for option in options if option not in named)

    def among(words: tuple[str, ...]) -> Condition:
        return Condition.model_validate({"profile": field, "any_of": words})

    yield among(others)
    yield from (among(tuple(word for word in named if word != dropped)) for dropped in named)
    yield from (among((*named, added)) for added in others)
    if len(named) > 1:
        yield from (among((*(word for word in named if word != one), two)) for one in named for two in others)


def _of_many(test: Condition, options: tuple[str, ...]) -> Iterator[Condition]:
    """Yield a test of several values read as: all of these, or: none but these."""
    one_each = [{"profile": test.profile, "any_of": (word,)} for word in test.any_of or ()]
    others = tuple(option for option in options if option not in (test.any_of or ()))
    if len(one_each) > 1:
        yield Condition.model_validate({"all": one_each})
    yield Condition.model_validate({"all": [test, {"not": {"profile": test.profile, "any_of": others}}]})


def _mistakes(
    conditions: tuple[Condition, ...], questionnaire: Questionnaire
) -> Iterator[tuple[Condition, ...]]:
    """Yield the conditions with one mistake in them: wrong options, any for all, one too few, yes for no."""
    options = {field.id: field.option_ids for field in questionnaire.profile}
    if len(conditions) > 1:
        yield (Condition.model_validate({"any": conditions}),)
    for at, condition in enumerate(conditions):
        rest = conditions[:at], conditions[at + 1 :]
        yield (*rest[0], *rest[1])
        yield from ((*rest[0], wrong, *rest[1]) for wrong in _changed(condition, options))
        for test in condition.tests():
            if _field(questionnaire, test.profile or "").type == "many":
                for wrong in _of_many(test, options[test.profile or ""]):
                    yield (*rest[0], _in_place(condition, test, wrong), *rest[1])


def _in_place(condition: Condition, test: Condition, wrong: Condition) -> Condition:
    if condition is test:
        return wrong
    if condition.not_ is not None:
        return Condition.model_validate({"not": _in_place(condition.not_, test, wrong)})
    group = "all" if condition.all is not None else "any"
    if not condition.parts:
        return condition
    return Condition.model_validate({group: [_in_place(part, test, wrong) for part in condition.parts]})


@each
def test_a_mistake_in_a_condition_makes_a_line_fail(table: Table) -> None:
    for conditions in {_conditions(table.questionnaire)[part] for part in table.parts}:
        mistakes = list(_mistakes(conditions, table.questionnaire))
        assert len(mistakes) >= 4
        for wrong in mistakes:
            assert any(
                all_hold(wrong, table.questionnaire, table.sheet(line)) is not outcome
                for line, outcome in table.lines
            ), wrong


# ── every line comes out ─────────────────────────────────────────────────────────────────────────────────────────────


@each
def test_a_question_is_asked_or_not_or_waits_as_its_table_says(table: Table) -> None:
    known = table.questionnaire
    for line, outcome in table.lines:
        sheet = table.sheet(line)
        now = {question.id for question in asked(known, sheet)}
        for name in table.data.get("questions", ()):
            assert applies(known.questions_by_id[name], known, sheet) is outcome, (name, line)
            assert (name in now) is (outcome is True), (name, line)


@each
def test_measures_rows_and_figures_are_left_out_only_where_their_table_says_no(table: Table) -> None:
    known = table.questionnaire
    conditions = _conditions(known)
    for line, outcome in table.lines:
        sheet = table.sheet(line)
        shown = {row.id for row in register_rows(known, sheet)} if table.data.get("rows") else set()
        shown |= {figure.id for figure in figures_asked(known, sheet)}
        for name in (
            *table.data.get("measures", ()),
            *table.data.get("leads", ()),
            *table.data.get("rows", ()),
            *table.data.get("figures", ()),
        ):
            assert all_hold(conditions[name], known, sheet) is outcome, (name, line)
        for name in (*table.data.get("rows", ()), *table.data.get("figures", ())):
            assert (name in shown) is (outcome is not False), (name, line)


@pytest.mark.parametrize("table", [table for table in OF_PARTS if table.data.get("measures")], ids=str)
def test_the_roadmap_sets_a_measure_aside_only_where_its_table_says_no(table: Table) -> None:
    known = table.questionnaire
    for line, outcome in table.lines:
        sheet = table.sheet(line, beside=FULL_PROFILE, **every_answer(known, level=1, gates=False))
        aside = {
            each.measure
            for each in plan(known, sheet, capacity=capacity(1, 1)).postponed
            if each.reason == "not_applicable"
        }
        for name in table.data["measures"]:
            assert (name in aside) is (outcome is False), (name, line)


@pytest.mark.parametrize("table", OF_LAW, ids=str)
def test_the_register_has_the_rows_of_a_jurisdiction_unless_its_table_says_no(table: Table) -> None:
    known = table.questionnaire
    own = {row.id for row in known.register_.rows if row.jurisdiction == table.data["jurisdiction"]}  # type: ignore[union-attr]
    for line, outcome in table.lines:
        shown = {row.id for row in register_rows(known, table.sheet(line))}
        assert shown & own == (own if outcome is not False else set()), line


@each_file
def test_a_row_of_the_register_is_named_after_its_jurisdiction(name: str) -> None:
    register = SHIPPED[name].register_
    for row in register.rows if register else ():
        assert row.id.split("-")[0] == row.jurisdiction


@pytest.mark.parametrize("table", [table for table in OF_PARTS if table.data.get("rows")], ids=str)
def test_a_row_needs_its_jurisdiction_and_its_own_condition(table: Table) -> None:
    known = table.questionnaire
    law = {one.data["jurisdiction"]: one for one in OF_LAW if one.questionnaire is known}
    one_each = {outcome: line for line, outcome in table.lines}
    for name in table.data["rows"]:
        places = law[known.register_by_id[name].jurisdiction].lines
        for (concerns, line), ((country,), there) in product(one_each.items(), places):
            countries = {} if country == NOTHING else {"countries": tuple(country.split("+"))}
            shown = {row.id for row in register_rows(known, table.sheet(line, beside=countries))}
            assert (name in shown) is (concerns is not False and there is not False), (name, line, country)


@each
def test_an_emptied_field_is_one_that_was_never_filled_in(table: Table) -> None:
    known = table.questionnaire
    for line, outcome in table.lines:
        empty = {
            field: () if _field(known, field).type == "many" else ""
            for field, value in zip(table.columns, line, strict=True)
            if value == NOTHING
        }
        sheet = a_sheet(known, profile=empty | table.profile(line))
        for name in table.parts:
            assert all_hold(_conditions(known)[name], known, sheet) is outcome, (name, line)


# ── gates, and an empty profile ──────────────────────────────────────────────────────────────────────────────────────


@each_file
def test_while_the_profile_is_empty_nothing_is_hidden_and_only_what_hangs_on_nothing_is_asked(
    name: str,
) -> None:
    known = SHIPPED[name]
    empty = a_sheet(known)
    if known.register_ is not None:
        assert register_rows(known, empty) == known.register_.rows
    if known.key_figures is not None:
        assert figures_asked(known, empty) == known.key_figures.figures
    conditional = set(_conditions(known))
    now = [question.id for question in asked(known, empty)]
    assert now == [question for question in known.questions_by_id if question not in conditional]
    assert not any(applies(question, known, empty) is False for question in known.questions_by_id.values())


@each_file
def test_the_gates_asked_of_everyone_are_those_without_a_table(name: str) -> None:
    gates = {cap.question for cap in SHIPPED[name].caps}
    assert gates - set(_conditions(SHIPPED[name])) == set(FILES[name]["always_asked"])


@pytest.mark.parametrize(("table", "gate"), OF_GATES, ids=str)
def test_a_gate_is_asked_as_things_stand_only_with_the_facts_that_it_needs(table: Table, gate: str) -> None:
    """A fact may be missing only where it would change nothing."""
    for line, outcome in table.lines:
        if NOTHING not in line:
            continue
        alike = [
            said
            for other, said in table.lines
            if all(here in (NOTHING, there) for here, there in zip(line, other, strict=True))
        ]
        assert outcome is not True or set(alike) == {True}, line
        now = {question.id for question in asked(table.questionnaire, table.sheet(line))}
        assert (gate in now) is (outcome is True), line


@pytest.mark.parametrize(("table", "gate"), OF_GATES, ids=str)
def test_a_gate_at_its_worst_limits_a_level_only_where_it_is_asked(table: Table, gate: str) -> None:
    """An answer stays when the profile changes; it no longer counts."""
    known = table.questionnaire
    for line, outcome in table.lines:
        sheet = table.sheet(line, **{gate: every_answer(known, level=1, gates=False)[gate]})
        limiting = {cap.question for cap in active_caps(known, counted(known, read(known, sheet)))}
        assert (gate in limiting) is (outcome is True), line
