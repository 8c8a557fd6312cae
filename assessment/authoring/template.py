"""The sheets of our own workbook: everything that a questionnaire can say, one row for each thing."""

from typing import Any, get_args

from assessment.authoring.columns import Column, Sheet
from assessment.questionnaire import (
    Check,
    Goal,
    LevelMethod,
    Method,
    ProfileField,
    Questionnaire,
    ReferencePoint,
    RegisterRow,
    Unit,
    ValueInput,
    ValueRole,
)
from assessment.questions import Question


def _tags(union: Any, field: str) -> tuple[str, ...]:
    """Return the words by which the members of a union are told apart."""
    return tuple(get_args(part.model_fields[field].annotation)[0] for part in get_args(get_args(union)[0]))


def _words(model: Any, field: str) -> tuple[str, ...]:
    return tuple(get_args(model.model_fields[field].annotation))


def _each_of(model: Any, field: str) -> tuple[str, ...]:
    """Return the words of which a list holds some."""
    return tuple(get_args(get_args(model.model_fields[field].annotation)[0]))


TYPES = _tags(Question, "type")
CHECKS = _tags(Check, "kind")
METHODS: tuple[str, ...] = get_args(Method)
LEVELS: tuple[str, ...] = get_args(LevelMethod)

SETTINGS = Sheet(
    "questionnaire",
    "The questionnaire as a whole: one row for each setting.",
    (
        Column("id", "id", "The questionnaire's name: a word that stays the same; also the name of its folder.", names="questionnaire", needed=True),
        Column("version", "plain", "Three numbers, for example 1.0.0; raise it when the content changes.", needed=True),
        Column("languages", "plain", "Codes of two letters, for example en, de, nl; each text stands in each of them.", needed=True),
        Column("title", "text", "What people see first.", needed=True),
        Column("introduction", "text", "What it is about, for whom, and how long it takes.", needed=True),
        Column("method", "one_of", "How the overall index is made of the sections; empty: mean.", known=METHODS),
        Column("points_low", "number", "Where the overall index begins, if not with the scale.", ("points", "low")),
        Column("points_high", "number", "Where the overall index ends, if not with the scale.", ("points", "high")),
        Column("levels", "one_of", "How levels are found, wherever a section does not say otherwise; empty: process_attribute.", known=LEVELS),
        Column("staged_threshold", "number", "For levels by stages: from this worth on (0 to 1) a question is reached; empty: 2/3."),
        Column("unanswered", "one_of", "How an index treats what is not answered; empty: left_out.", known=_words(Questionnaire, "unanswered")),
        Column("minimum_coverage", "number", "From 0 to 1: below this share of answers a section shows its range and no headline; empty: 0."),
        Column("unproven_counts_as", "whole", "In the confirmed result, a level above this without documented evidence counts as this."),
        Column("at_most_above_weakest", "whole", "The overall level may be so many steps above the weakest section; empty: any number."),
        Column("index_low", "number", "Where the index of the scale begins, for example 0; empty: at the lowest level.", ("scale", "index", "low")),
        Column("index_high", "number", "Where the index of the scale ends, for example 100; empty: at the highest level.", ("scale", "index", "high")),
        Column("quick_win_effort", "number", "A measure is a quick win up to so many person-days (needs the next two, too).", ("quick_win", "effort")),
        Column("quick_win_weeks", "whole", "… up to so many weeks …", ("quick_win", "weeks")),
        Column("quick_win_cost", "whole", "… and up to this class of cost.", ("quick_win", "cost")),
        Column("legal_section", "ref", "The section that carries the legal status (needs the next one, too).", ("legal", "section"), names="section"),
        Column("legal_green_from", "whole", "The level from which one of its topics is green.", ("legal", "green_from")),
        Column("register_as_of", "date", "The day on which the legal register was checked; needed if there is a register.", ("register", "as_of")),
        Column("register_stale_after", "whole", "So many days later the register counts as old; empty: never.", ("register", "stale_after")),
        Column(
            "value_currency", "ref", "The profile field whose option names the currency; needed if there are value_inputs.",
            ("key_figures", "value", "currency"), names="profile field",
        ),
        Column("usual_capacity", "number", "Person-days a month that a plan starts with; empty: 12."),
        Column(
            "planning_steps", "numbers",
            "What a step up counts, by the level it starts from: above 0, at most 1, and falling; empty: each the same.",
            ("planning", "steps"),
        ),
        Column(
            "planning_goal_factor", "number",
            "Under a goal, a step counts so many times as much if all measures that lead to it serve the goal; empty: 3.",
            ("planning", "goal_factor"),
        ),
        Column(
            "planning_day_worth", "number",
            "What a person-day has to bring, or its measure is left out: a share of the whole index, times months; empty: 0.",
            ("planning", "day_worth"),
        ),
    ),
)  # fmt: skip
"""This sheet stands on its side: its columns are the rows, with the values in `value` and in one column for each language."""

_CONDITION = "Asked only if this holds: ${q1} >= 2 and selected(${profile:countries}, 'de'); empty: always."
_BY_PROFILE = "Concerns only those for whom this holds, by the profile alone: ${profile:recording} = 'yes'; empty: everyone."
_VERIFIED = "V1 primary text read, V2 two sources, V3 one source, V0 not looked up"
_PARENT_QUESTION = Column(
    "question", "ref", "The id of the question.", names="question", needed=True, parent=True
)
_OPTION = (
    Column("id", "id", "A word that stays the same; answers are stored under it.", names="option", needed=True),
    Column("label", "text", "What people read.", needed=True),
    Column("worth", "number", "Points on a scale of your own, for each option or for none; for items of a checklist their weight."),
)  # fmt: skip

SHEETS: tuple[Sheet, ...] = (
    Sheet("levels", "The maturity levels, lowest first.", (
        Column("level", "whole", "Its number; without gaps.", needed=True),
        Column("label", "text", "Its name.", needed=True),
        Column("description", "text", "What it means.", needed=True),
        Column("from", "number", "The index from which this level is meant, for each level or for none."),
    )),
    Sheet("profile", "Facts about the organisation that decide which questions, caps and rules concern it.", (
        Column("id", "id", "A word; conditions name it as ${profile:id}.", names="profile field", needed=True),
        Column("type", "one_of", "one option, many options, or yes_no.", known=_words(ProfileField, "type"), needed=True),
        Column("label", "text", "The question.", needed=True),
        Column("help", "text", "What it is asked for."),
    )),
    Sheet("profile_options", "What can be chosen in a field of the profile; none for yes_no.", (
        Column("field", "ref", "The id of the profile field.", names="profile field", needed=True, parent=True),
        Column("id", "id", "A word.", names="option", needed=True),
        Column("label", "text", "What people read.", needed=True),
        Column("effort_factor", "number", "The efforts of all measures are multiplied by this, for example by the organisation's size."),
    )),
    Sheet("sections", "The parts of the questionnaire: dimensions, and capabilities inside them, to any depth.", (
        Column("id", "id", "A word that stays the same.", names="section", needed=True),
        Column("parent", "ref", "The section that it stands in; empty: at the top.", names="section", parent=True),
        Column("title", "text", "Its name.", needed=True),
        Column("description", "text", "What it is about, in a sentence.", needed=True),
        Column("why", "text", "Why it matters."),
        Column("weight", "number", "Its weight among its neighbours; empty: 1."),
        Column("method", "one_of", "How its index is made of its parts; empty: mean.", known=METHODS),
        Column("levels", "one_of", "How its level is found; empty: as the questionnaire says.", known=LEVELS),
        Column("points_low", "number", "Where its index begins, if not with the scale.", ("points", "low")),
        Column("points_high", "number", "Where its index ends, if not with the scale.", ("points", "high")),
        Column("stage", "whole", "The level that its questions belong to, for levels by stages."),
        Column("at_most_above_weakest", "whole", "Its level may be so many steps above its weakest part; empty: any number."),
        Column("applies_if", "condition", _CONDITION),
    )),
    Sheet("questions", "The questions, in the order in which they are asked.", (
        Column("id", "id", "A word that stays the same; answers are stored under it.", names="question", needed=True),
        Column("section", "ref", "The section that it stands in.", names="section", needed=True, parent=True),
        Column("type", "one_of", "How it is answered; level: sheet anchors; choice, checklist: sheet options, or an option set.", known=TYPES, needed=True),
        Column("label", "text", "The question itself.", needed=True),
        Column("help", "text", "What helps to answer it."),
        Column("why", "text", "Why it matters."),
        Column("evidence", "text", "What to look for."),
        Column("weight", "number", "Empty: 1 (for a text: 0). 0: asked, usable in caps and conditions, no part of the index."),
        Column("short", "flag", "yes: part of the short edition."),
        Column("stage", "whole", "The level it belongs to, for levels by stages; empty: the one of its section."),
        Column("references", "refs", "Rows of the legal register.", names="row"),
        Column("applies_if", "condition", _CONDITION),
        Column("own_scale", "flag", "level: yes, if its anchors are a scale of its own and not the questionnaire's levels."),
        Column("option_set", "ref", "choice, checklist: the set of sheet option_sets that it uses.", names="option set"),
        Column("required", "refs", "checklist: worth 1 when all of these are ticked, else 0; empty: the share that is ticked.", names="option"),
        Column("unit", "text", "number: its unit."),
        Column("low", "number", "number: the least that is plausible."),
        Column("high", "number", "number: the most that is plausible."),
        Column("whole", "flag", "number: yes, if it must be a whole number."),
        Column("longest", "whole", "text: characters at most; empty: 2000."),
    )),
    Sheet("anchors", "For each question of type level: what is the case at each level. An observable state, not an adjective.", (
        _PARENT_QUESTION,
        Column("level", "whole", "The level.", needed=True),
        Column("text", "text", "What a visitor would see, at most 40 words.", needed=True),
    )),
    Sheet("options", "For each choice or checklist without an option set: its options.", (_PARENT_QUESTION, *_OPTION)),
    Sheet("option_sets", "Options written once and used by many questions.", (
        Column("set", "id", "The name of the set, in each row of it.", names="option set", needed=True, parent=True),
        *_OPTION,
    )),
    Sheet("points", "For each question of type number that counts: what a number is worth; straight lines between the points.", (
        _PARENT_QUESTION,
        Column("at", "number", "The number; rising from row to row.", needed=True),
        Column("worth", "number", "What it is worth, on a scale of your own.", needed=True),
    )),
    Sheet("question_standards", "Which parts of a standard a question touches: a row for each standard.", (
        _PARENT_QUESTION,
        Column("standard", "ref", "The standard.", names="standard", needed=True),
        Column("parts", "words", "Numbers of its controls or modules, as the standard writes them: 5.15, ORP.4."),
        Column("about", "text", "The part in words, where the standard has no numbers that may be named."),
    )),
    Sheet("caps", "What limits a level, whatever the rest looks like.", (
        Column("id", "id", "A word.", names="cap", needed=True),
        Column("question", "ref", "The question that decides.", names="question", needed=True),
        Column("below", "value", "The cap applies while the answer is worth less than this.", needed=True),
        Column("unknown_counts", "flag", "yes: “don't know” applies it, too."),
        Column("limits", "limits", "Sections and the highest level that they may have: w1 = 2, legal = 2.", needed=True),
        Column("reason", "text", "Why.", needed=True),
        Column("at_once", "text", "What can be done today: stop, pause, leave off."),
        Column("references", "refs", "Rows of the legal register.", names="row"),
    )),
    Sheet("checks", "Doubts about contradictory or flattering answers, each with a question to ask.", (
        Column("id", "id", "A word.", names="check", needed=True),
        Column("kind", "one_of", "contradiction: needs when; straight_lining: in_a_row; all_top; many_set_aside: share.", known=CHECKS, needed=True),
        Column("follow_up", "text", "The question to ask.", needed=True),
        Column("when", "condition", "contradiction: the doubt arises when this holds."),
        Column("in_a_row", "whole", "straight_lining: so many questions of the same type with the same value."),
        Column("from_questions", "whole", "all_top: where at least this many questions were answered; empty: 3."),
        Column("share", "number", "many_set_aside: from 0 to 1, of the questions asked."),
    )),
    Sheet("measures", "What can be done.", (
        Column("id", "id", "A word.", names="measure", needed=True),
        Column("title", "text", "Its name.", needed=True),
        Column("what", "text", "What is done.", needed=True),
        Column("effort_low", "number", "Person-days at least.", ("effort", "low"), needed=True),
        Column("effort_high", "number", "Person-days at most.", ("effort", "high"), needed=True),
        Column("weeks", "whole", "How long it takes once everything it requires is done.", needed=True),
        Column("cost", "whole", "Class of external cost, 1 (lowest) to 4.", needed=True),
        Column("goals", "some_of", "What it serves.", known=get_args(Goal)),
        Column(
            "work", "shares", "Who does it: roles of sheet planning_roles with their share of the effort, together 100; empty: anybody.",
            names="planning role",
        ),
        Column("lead_weeks", "whole", "Weeks before it can begin, in which nobody works on it (needs the next one, too).", ("lead", "weeks")),
        Column("lead_because", "text", "… what there is to wait for …", ("lead", "because")),
        Column("lead_applies_if", "condition", "… and who has to wait; empty: everyone.", ("lead", "applies_if")),
        Column("adoption", "whole", "Weeks after its end until it takes effect; empty: 0."),
        Column("requires", "refs", "Measures that come first.", names="measure"),
        Column("applies_if", "condition", "Concerns only those for whom this holds; empty: everyone."),
        Column("role", "text", "Who leads it.", needed=True),
        Column("key_figure", "text", "What shows that it works.", needed=True),
        Column("risk", "text", "What can go wrong.", needed=True),
    )),
    Sheet("first_steps", "How a measure begins: a row for each step.", (
        Column("measure", "ref", "The id of the measure.", names="measure", needed=True, parent=True),
        Column("text", "text", "The step.", needed=True),
    )),
    Sheet("effects", "Which questions a measure moves: a row for each.", (
        Column("measure", "ref", "The id of the measure.", names="measure", needed=True, parent=True),
        Column("question", "ref", "The question.", names="question", needed=True),
        Column("from", "value", "Only if it stands at this or higher; empty: always."),
        Column("to", "value", "It is raised to this.", needed=True),
    )),
    Sheet("planning_roles", "Whose time is planned; measures name these roles in work.", (
        Column("id", "id", "A word that stays the same.", names="planning role", needed=True),
        Column("label", "text", "What people read.", needed=True),
    )),
    Sheet("money", "What each class of external cost stands for: the first row is class 1; no rows: plans know no budget.", (
        Column("low", "number", "The amount at least, in the currency of the profile.", needed=True),
        Column("high", "number", "The amount at most; plans reckon with the middle.", needed=True),
    )),
    Sheet("register", "The legal register: prompts for a lawyer, dated; register_as_of of sheet questionnaire says when.", (
        Column("id", "id", "A word.", names="row", needed=True),
        Column("jurisdiction", "id", "Where it holds: an option of the profile field countries, or a union.", names="jurisdiction", needed=True),
        Column("instrument", "text", "The law, the judgment, the guideline.", needed=True),
        Column("duty", "text", "What it asks for.", needed=True),
        Column("topics", "refs", "Subjects that it shares with other rows; see register_topics.", names="topic"),
        Column("since", "plain", "From when it applies, as far as that is one day; it may lie ahead: 2018, 2018-05 or 2018-05-25."),
        Column("state", "text", "Since when, and in which state it was when last checked.", needed=True),
        Column("confidence", "one_of", "How sure that is.", known=_words(RegisterRow, "confidence"), needed=True),
        Column("verified", "plain", f"{_VERIFIED}.", needed=True),
        Column("sections", "refs", "The sections that it concerns.", names="section"),
        Column("applies_if", "condition", _BY_PROFILE),
    )),
    Sheet("register_topics", "Subjects that rows of the register share.", (
        Column("id", "id", "A word.", names="topic", needed=True),
        Column("label", "text", "What people read.", needed=True),
    )),
    Sheet("register_watch", "Days on which rows of the register need another look.", (
        Column("id", "id", "A word.", names="watched day", needed=True),
        Column("day", "date", "The day; empty: not known."),
        Column("event", "text", "What happens then.", needed=True),
        Column("rows", "refs", "The rows of the register.", names="row", needed=True),
    )),
    Sheet("unions", "Jurisdictions that hold in several countries.", (
        Column("id", "id", "A word, for example eu.", names="jurisdiction", needed=True),
        Column("members", "refs", "The countries.", names="jurisdiction", needed=True),
    )),
    Sheet("figure_groups", "Key figures and value_inputs that belong together.", (
        Column("id", "id", "A word.", names="group", needed=True),
        Column("label", "text", "What people read.", needed=True),
    )),
    Sheet("figures", "Key figures that may be given beside the answers; never part of a score, and checks may name them.", (
        Column("id", "id", "A word that stays the same, and that no question or section has.", names="key figure", needed=True),
        Column("group", "ref", "The group that it stands in.", names="group", needed=True),
        Column("label", "text", "Its name.", needed=True),
        Column("formula", "text", "How it is worked out.", needed=True),
        Column("watch_out", "text", "What to mind when it is read.", needed=True),
        Column("unit", "one_of", "What it counts; money is in the currency of the profile.", known=get_args(Unit), needed=True),
        Column("low", "number", "The least that is plausible; less is refused.", needed=True),
        Column("high", "number", "The most that is plausible; more is refused.", needed=True),
        Column("whole", "flag", "yes, if it must be a whole number."),
        Column("sections", "refs", "The sections that it says something about.", names="section"),
        Column("applies_if", "condition", _BY_PROFILE),
    )),
    Sheet("value_inputs", "What the value model counts with: a row for each, or none at all; value_currency of sheet questionnaire says in what.", (
        Column("id", "one_of", "Which of the model's figures it is: each of them once.", known=get_args(ValueRole), needed=True),
        Column("group", "ref", "The group that it stands in.", names="group", needed=True),
        Column("label", "text", "Its name.", needed=True),
        Column("note", "text", "What it rests on, and how careful to be.", needed=True),
        Column("unit", "one_of", "What it counts; money is in the currency of the profile.", known=get_args(Unit), needed=True),
        Column("low", "number", "The least that is plausible.", needed=True),
        Column("high", "number", "The most that is plausible.", needed=True),
        Column("whole", "flag", "yes, if it must be a whole number."),
        Column("cautious", "one_of", "Which end of a span makes the result smaller; empty: low.", known=_words(ValueInput, "cautious")),
        Column(
            "example_low", "number",
            "Counted with until the organisation gives its own (needs the next two, too); empty: a fact that only it knows.",
            ("example", "low"),
        ),
        Column("example_base", "number", "… the expected figure …", ("example", "base")),
        Column("example_high", "number", "… and the highest one.", ("example", "high")),
        Column("figure", "ref", "The key figure whose number counts where none is given here.", names="key figure"),
    )),
    Sheet("standards", "Standards and frameworks that questions map to.", (
        Column("id", "id", "A word; question_standards names it.", names="standard", needed=True),
        Column("name", "plain", "Its official short name with edition, the same in every language: ISO/IEC 27001:2022.", needed=True),
        Column("gives", "text", "What it gives to this questionnaire.", needed=True),
        Column("state", "text", "In which state it was when last looked at.", needed=True),
        Column("verified", "plain", f"As in the register: {_VERIFIED}.", needed=True),
    )),
    Sheet("reference_points", "Figures from outside with their source, to be read with care: never a target.", (
        Column("id", "id", "A word.", names="reference point", needed=True),
        Column("finding", "text", "What was found, in your own words, with its figure.", needed=True),
        Column("organisation", "plain", "Who found it.", needed=True),
        Column("year", "plain", "When.", needed=True),
        Column("people", "whole", "How many were asked or observed; empty: not stated."),
        Column("caveat", "text", "What to mind.", needed=True),
        Column(
            "use", "some_of", "rationale: beside a question; history: as a picture of its time; marker: drawn beside a key figure.",
            known=_each_of(ReferencePoint, "use"), needed=True,
        ),
        Column("verified", "plain", f"As in the register: {_VERIFIED}; empty: not looked up anywhere else."),
        Column("sections", "refs", "The sections that it says something about.", names="section", needed=True),
        Column("marker_figure", "ref", "The key figure beside which it may be drawn (needs the next one, too).", ("marker", "figure"), names="key figure"),
        Column("marker_value", "number", "Where: in the unit of the key figure.", ("marker", "value")),
    )),
    Sheet("sources", "The sources that the report names.", (
        Column("number", "plain", "1, 2, 3 …: for your own use."),
        Column("text", "text", "The source.", needed=True),
    )),
    Sheet("accepted", "Findings of `assessment validate` and `assessment simulate` that stay, each with the reason.", (
        Column("finding", "plain", "Its kind, as it is told, with underscores.", needed=True),
        Column("where", "plain", "The place as it is told, or the beginning of it.", needed=True),
        Column("because", "plain", "Why it stays.", needed=True),
    )),
)  # fmt: skip

README = "read-me"
"""The sheet that tells how to work with the others; it is not read."""

READ_ME = (
    "This workbook is a questionnaire. `assessment import FILE.xlsx -o FOLDER` reads it and tells every fault by sheet, row and column.",
    "Row 1 of each sheet names its columns, row 2 explains them. Do not rename the columns; columns of your own are not read.",
    "A row whose first cell begins with # is not read.",
    "Each text stands in one column for each language: label::en, label::de.",
    "A language more: name it in sheet questionnaire, and add its columns to each sheet.",
    "Ids are words that stay the same: lower-case letters, digits and hyphens, beginning with a letter.",
    "Conditions: ${q1} = 'x', ${q1} != 'x', ${q1} >= 2, ${q1} in ('x', 'y'), selected(${q1}, 'x'), ${q1} = '' (not answered).",
    "They are joined by and, or, not( ) and parentheses; ${profile:countries} is a field of the profile.",
    "Checks may name a key figure like a question; rows of the register and key figures ask the profile alone.",
    "A test of a question that is not answered does not hold.",
    "Formulas are not worked out: paste values.",
)
"""What stands in it."""
