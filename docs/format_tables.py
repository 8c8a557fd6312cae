"""Write the generated tables of questionnaires/README.md anew: `python docs/format_tables.py`.

Names, types and defaults come from the types, meanings from the texts below the fields. `MEANINGS` has the others; a field
that has neither, or both, is told. A table stands between `<!-- …: generated -->` and `<!-- end -->`.
"""

import ast
import inspect
import re
import tempfile
import textwrap
import types
import typing
from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, get_args, get_origin

from pydantic import BaseModel, TypeAdapter
from pydantic.fields import FieldInfo

from assessment.loader.marks import read_marked
from assessment.questionnaire import Check, Questionnaire
from assessment.questions import Question, Value
from assessment.questions.asked import Asked
from assessment.values import Id, Language, Text

README = Path(__file__).parent.parent / "questionnaires" / "README.md"

TYPES = get_args(get_args(Question)[0])
"""Every question type."""

MEANINGS = {
    "*.id": "Its name: a word that stays the same across versions.",
    "Questionnaire.id": "The name of the questionnaire, and of its folder.",
    "Questionnaire.version": "For example `1.0.0`. The first number rises when an answer would no longer mean the same.",
    "Questionnaire.languages": "Every text stands in each of them, and in no other.",
    "Questionnaire.title": "What people see first.",
    "Questionnaire.introduction": "What it is about, and for whom.",
    "Questionnaire.scale": "The maturity levels, and where the index runs.",
    "Questionnaire.profile": "Facts about the organisation, asked before the questions.",
    "Questionnaire.sections": "The sections at the top, or the names of files beside this one.",
    "Questionnaire.caps": "What limits a level, whatever the rest looks like.",
    "Questionnaire.checks": "What is worth asking about again.",
    "Questionnaire.measures": "What can be done.",
    "Questionnaire.quick_win": "What makes a measure a quick win; none: no measure is called one.",
    "Questionnaire.planning": "How plans are made of the measures.",
    "Questionnaire.register": "The legal register.",
    "Questionnaire.legal": "Which section carries the legal status.",
    "Questionnaire.key_figures": "Key figures that may be given beside the answers, and what the value model asks for.",
    "Questionnaire.standards": "Standards that questions map to.",
    "Questionnaire.reference_points": "Figures from outside, with their source.",
    "Questionnaire.sources": "The sources that the report names.",
    "Scale.levels": "Lowest first, numbered upwards without a gap.",
    "Range.low": "Where it begins.",
    "Range.high": "Where it ends; higher than `low`.",
    "Level.level": "Its number.",
    "Level.label": "Its name: a word or two.",
    "Level.description": "What it means, in a sentence.",
    "ProfileField.type": "One option, several, or yes and no.",
    "ProfileField.label": "The question to the organisation.",
    "ProfileField.help": "What it is asked for.",
    "Option.label": "What people read.",
    "Section.title": "Its name.",
    "Section.description": "What it is about, in a sentence.",
    "Section.why": "Why it matters.",
    "Section.weight": "Its weight among the parts of the section above; 0: no part of the index.",
    "Section.sections": "The sections in it.",
    "Section.questions": "The questions in it, in the order in which they are asked.",
    "Asked.label": "The question itself.",
    "Asked.help": "What helps to answer it.",
    "Mapping.standard": "The standard.",
    "LevelQuestion.anchors": "By level, what is the case there; at least two. Without `own_scale`, each level of the scale has one.",
    "NumberQuestion.unit": "What stands behind the number, for example %.",
    "NumberQuestion.low": "The least that is plausible; see `high`.",
    "NumberQuestion.whole": "Only whole numbers are admitted.",
    "AnswerOption.label": "What people read.",
    "OptionSet.options": "The options.",
    "Point.at": "The number.",
    "Point.worth": "Its points, on a scale of the author's own.",
    "Condition.above": "… is more than this.",
    "Condition.at_most": "… is at most this.",
    "Condition.below": "… is less than this.",
    "Cap.question": "The question that decides.",
    "Cap.limits": "What is limited, and to which level.",
    "Cap.reason": "Why, in a sentence for the people who read the result.",
    "Cap.references": "Rows of the legal register.",
    "Limit.section": "The section that is limited.",
    "Limit.level": "The highest level that it may have.",
    "Measure.title": "Its name.",
    "Measure.what": "What is done, in a sentence or two.",
    "Measure.first_steps": "What to do on Monday; the report shows the first three.",
    "Measure.effects": "Which questions it moves.",
    "Measure.effort": "Person-days of one's own people.",
    "Measure.goals": "What it serves.",
    "Measure.lead": "Time that passes before it can begin, and in which nobody works on it.",
    "Measure.requires": "Measures that come first. One that does not apply, or has nothing left to move, counts as done.",
    "Measure.applies_if": "All must hold, or the measure is left out.",
    "Measure.role": "Who leads it.",
    "Measure.key_figure": "What shows that it works.",
    "Measure.risk": "What typically goes wrong.",
    "Effect.question": "The question that is moved.",
    "Effect.from": "Where the question must stand already; none: anywhere.",
    "Effect.to": "What it is raised to, if it stands lower.",
    "Effort.low": "At least.",
    "Effort.high": "At most. The plan reckons with the middle.",
    "Lead.because": "What there is to wait for, in a short sentence.",
    "Role.label": "Its name: a few words.",
    "Money.low": "At least.",
    "Money.high": "At most. The plan reckons with the middle.",
    "Quick.weeks": "Weeks at most.",
    "Quick.cost": "Class of cost at most.",
    "Register.as_of": "The day on which it was last checked.",
    "Register.topics": "Subjects that rows share.",
    "Register.unions": "Jurisdictions that hold in several countries.",
    "Register.watch": "Days on which rows need another look.",
    "Register.rows": "Its rows.",
    "RegisterRow.jurisdiction": "Where it holds: an option of the profile field `countries`, or a union.",
    "RegisterRow.instrument": "The law, the judgment, the guideline, with its official name.",
    "RegisterRow.duty": "What it asks for, in words of one's own.",
    "RegisterRow.topics": "Topics of the register.",
    "RegisterRow.confidence": "How sure that is.",
    "RegisterRow.sections": "The sections that it concerns.",
    "Topic.label": "What people read.",
    "Watch.event": "What happens then.",
    "Watch.rows": "The rows that need another look.",
    "Union.members": "Options of the profile field `countries`.",
    "Legal.section": "The sections directly in it each carry a traffic light.",
    "Legal.green_from": "The level from which a topic is in place.",
    "KeyFigures.groups": "Groups of figures and inputs, in the order in which they are shown.",
    "KeyFigures.figures": "The key figures.",
    "KeyFigures.value": "What the value model counts with; none: there is no value model.",
    "Group.label": "What people read.",
    "KeyFigure.group": "The group that it stands in.",
    "KeyFigure.label": "Its name.",
    "KeyFigure.formula": "How it is worked out.",
    "KeyFigure.watch_out": "What to mind when it is read.",
    "KeyFigure.unit": "What it counts; shares are entered as percent, money in the currency of the profile.",
    "KeyFigure.low": "The least that is plausible; see `high`.",
    "KeyFigure.whole": "Only whole numbers are admitted.",
    "ValueModel.inputs": "Every role once.",
    "ValueInput.id": "Its role in the value model.",
    "ValueInput.group": "The group that it stands in.",
    "ValueInput.label": "Its name.",
    "ValueInput.unit": "As for a key figure.",
    "ValueInput.low": "The least that is plausible; see `high`.",
    "ValueInput.whole": "Only whole numbers are admitted.",
    "Span.low": "The lower end.",
    "Span.base": "The expected figure.",
    "Span.high": "The upper end.",
    "ReferencePoint.organisation": "Who found it.",
    "ReferencePoint.year": "When.",
    "ReferencePoint.caveat": "What to mind.",
    "ReferencePoint.sections": "The sections that it says something about.",
    "ReferencePoint.marker": "Where it may be drawn beside a key figure.",
    "Marker.figure": "The key figure.",
    "Accepted.because": "Why it stays.",
}
"""What a field means, by type and name; `*` for each type that does not say it otherwise."""


class Kind(NamedTuple):
    """What a field holds, in words."""

    one: str
    many: str


# ── the tables ───────────────────────────────────────────────────────────────────────────────────────────────────────


def refreshed(readme: str) -> str:
    """Return the text with every generated table made anew; the rest as it is."""
    made = {"question types": lambda: types_table(readme)}
    made |= {f"fields of {model.__name__}": lambda model=model: fields_table(model) for model in models()}  # type: ignore[misc]

    def anew(found: re.Match[str]) -> str:
        name = found["name"]
        if name not in made:
            raise SystemExit(f"“{name}” in the README is no table; known: {', '.join(sorted(made))}")
        return f"<!-- {name}: generated -->\n{made[name]()}\n<!-- end -->"

    return re.sub(r"<!-- (?P<name>[\w ]+): generated -->\n.*?<!-- end -->", anew, readme, flags=re.DOTALL)


def models() -> tuple[type[BaseModel], ...]:
    """Return every type that a questionnaire is made of: what all questions have once, and then what each type adds."""
    found: dict[str, type[BaseModel]] = {}

    def visit(annotation: Any) -> None:
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            if annotation is Text or annotation.__name__ in found:
                return
            found[annotation.__name__] = annotation
            for info in annotation.model_fields.values():
                visit(info.annotation)
        for part in get_args(annotation):
            visit(part)

    visit(Questionnaire)
    return (Asked, *found.values())


def fields_table(model: type[BaseModel]) -> str:
    """Return a type's heading and its fields: name, what they hold, default, meaning."""
    said = meanings(model)
    rows = []
    for name, info in model.model_fields.items():
        if (
            model is not Asked
            and issubclass(model, Asked)
            and repr(Asked.model_fields.get(name)) == repr(info)
        ):
            continue
        shown = info.alias or name
        rows.append((f"`{shown}`", kind(info.annotation, info.metadata).one, default(info), said[shown]))
    return f"#### Fields: {heading(model)}\n\n" + table(("name", "holds", "default", "meaning"), rows)


def types_table(readme: str) -> str:
    """Return one row for each question type, with a value of the README's first example of it."""
    shown = examples(readme)
    rows = []
    for model in TYPES:
        name = tag(model)
        if name not in shown:
            raise SystemExit(f"The README has no example of a question of type {name}: give one.")
        question = shown[name]
        values = question.values()
        value = written(values[-1]) if values else "`words of one's own`"
        counts = "points" in vars(model)
        rows.append(
            (
                f"`{name}`",
                first_paragraph(model.__doc__),
                after(model.control, "Ask by "),
                after(model.admit, "Return the value as "),
                after(model.points, "Return ") if counts else "nothing: it is never scored",
                value,
                f"{model.minutes:g}",
            )
        )
    head = ("type", "what it is", "asked by", "an answer is", "points", "example", "minutes")
    return table(head, rows)


def examples(readme: str) -> dict[str, Any]:
    """Return the README's first example of each question type."""
    found: dict[str, Any] = {}
    for data in blocks(readme):
        sets = {each["id"]: each["options"] for each in data.get("option_sets", ())}
        for raw in data.get("questions", ()):
            options = {"options": sets[raw["option_set"]]} if "option_set" in raw else {}
            question: Any = TypeAdapter(Question).validate_python({**raw, **options})
            found.setdefault(question.type, question)
    return found


def blocks(readme: str) -> list[dict[str, Any]]:
    """Return every YAML example of the README, read as questionnaires are."""
    found: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "example.yaml"
        for opening in re.finditer(r"```yaml\n(.*?)```", readme, flags=re.DOTALL):
            file.write_text(opening[1], "utf-8")
            line = readme[: opening.start()].count("\n") + 1
            marked = read_marked(file, name=f"the example in line {line} of the README")
            if marked.problems or not isinstance(marked.data, dict):
                raise SystemExit(
                    "\n".join(map(str, marked.problems)) or f"line {line}: not a mapping of fields"
                )
            found.append(marked.data)
    return found


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return rows as a table of Markdown."""
    lines = [head, ["---"] * len(head), *([cell.replace("|", "\\|") for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


# ── what is said of a field ──────────────────────────────────────────────────────────────────────────────────────────


def meanings(model: type[BaseModel]) -> dict[str, str]:
    """Return what each field means, by its name in a file."""
    own = [each for each in model.__mro__ if issubclass(each, BaseModel) and each is not BaseModel]
    found: dict[str, str] = {}
    for name, info in model.model_fields.items():
        shown = info.alias or name
        told = next((text for each in own if (text := below(each).get(name)) is not None), None)
        named = next((text for each in own if (text := MEANINGS.get(f"{each.__name__}.{shown}"))), None)
        if told and named:
            raise SystemExit(f"{model.__name__}.{shown} is told below the field: take it out of MEANINGS.")
        if shown in ("type", "kind") and not named:
            named = f"Always `{tag(model, shown)}`."
        text = told or named or MEANINGS.get(f"*.{shown}")
        if text is None:
            raise SystemExit(
                f"Nobody says what {model.__name__}.{shown} means: write a text below the field."
            )
        found[shown] = text
    return found


def below(model: type[BaseModel]) -> dict[str, str]:
    """Return the texts that stand below the fields of this class, its own fields only."""
    (definition,) = ast.parse(textwrap.dedent(inspect.getsource(model))).body
    assert isinstance(definition, ast.ClassDef)
    found: dict[str, str] = {}
    name = ""
    for line in definition.body:
        match line:
            case ast.Expr(value=ast.Constant(value=str(text))) if name:
                found[name] = " ".join(text.split())
        match line:
            case ast.AnnAssign(target=ast.Name(id=name)):
                pass
            case _:
                name = ""
    return found


def kind(annotation: Any, metadata: Sequence[Any] = ()) -> Kind:
    """Return what an annotation holds, in words."""
    if get_origin(annotation) is Annotated:
        inner, *more = get_args(annotation)
        return kind(inner, [*metadata, *more])
    known = _known(annotation, list(_constraints(metadata)))
    if known is not None:
        return known
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        words = ", ".join(f"`{word}`" for word in parts)
        return Kind(words, words)
    if origin is tuple:
        least = next((c.min_length for c in _constraints(metadata) if getattr(c, "min_length", None)), 0)
        return Kind(f"list of {kind(parts[0]).many}" + (f", at least {least}" if least else ""), "lists")
    if origin is dict:
        by = "role" if kind(parts[0]).one == "id" else "level"
        return Kind(f"{kind(parts[1]).one}, for each {by}", "")
    if origin in (typing.Union, types.UnionType):
        rest = [part for part in parts if part is not type(None)]
        if len(rest) == 1:
            return kind(rest[0], metadata)
        if set(rest) == set(TYPES):
            return Kind("question", "[questions](#question-types)")
        if set(rest) == set(get_args(get_args(Check)[0])):
            return Kind("check", "[checks](#checks)")
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        link = f"[{heading(annotation)}](#fields-{heading(annotation).lower()})"
        return Kind(link, link)
    raise SystemExit(f"There are no words for {annotation}: add them to `kind`.")


def _known(annotation: Any, constraints: list[Any]) -> Kind | None:
    pattern = next((c.pattern for c in constraints if getattr(c, "pattern", None)), None)
    if pattern == pattern_of(Id):
        return Kind("id", "ids")
    if pattern == pattern_of(Language):
        return Kind("code of two letters", "codes of two letters")
    if pattern in [getattr(c, "pattern", None) for c in Questionnaire.model_fields["version"].metadata]:
        return Kind("three numbers with points", "")
    if pattern is not None:
        return Kind("lower-case word with underscores", "")
    if annotation is Text:
        return Kind("text", "texts")
    if annotation == Value or set(get_args(annotation)) - {type(None)} == set(get_args(Value)):
        return Kind("an answer to the question", "")
    if annotation is bool:
        return Kind("`true`, `false`", "")
    if annotation is str and any(getattr(each, "min_length", None) for each in constraints):
        return Kind("plain text", "plain texts")
    if annotation is str:
        return Kind("word", "words")
    if annotation is date:
        return Kind("day", "days")
    if annotation in (int, float):
        word = "whole number" if annotation is int else "number"
        return Kind(word + _limits(constraints), word + "s")
    return None


def _constraints(metadata: Sequence[Any]) -> Iterator[Any]:
    for each in metadata:
        if isinstance(each, FieldInfo):
            yield from each.metadata
        else:
            yield each


def _limits(constraints: list[Any]) -> str:
    words = {"ge": "at least", "gt": "above", "le": "at most", "lt": "below"}
    found = [
        f"{said} {getattr(constraint, name):g}"
        for name, said in words.items()
        for constraint in constraints
        if getattr(constraint, name, None) is not None
    ]
    return f", {', '.join(found)}" if found else ""


def pattern_of(annotation: Any) -> str:
    """Return the pattern of a word."""
    pattern: str = next(c.pattern for c in get_args(annotation)[1:])
    return pattern


def default(info: FieldInfo) -> str:
    """Return what a field is if it is left out."""
    if info.is_required():
        return "**needed**"
    value = info.get_default(call_default_factory=True)
    if value is None or value in ((), {}) or isinstance(value, BaseModel):
        return "none"
    if isinstance(value, float) and not value.is_integer():
        return f"`{Fraction(value).limit_denominator(100)}`"
    return written(value)


def written(value: Any) -> str:
    """Return a value as it is written in a file."""
    match value:
        case bool():
            return f"`{str(value).lower()}`"
        case int() | float():
            return f"`{value:g}`"
        case tuple():
            return f"`[{', '.join(map(str, value))}]`"
        case _:
            return f"`{value}`"


def heading(model: type[BaseModel]) -> str:
    """Return the name that a type has in the README."""
    return "Question" if model is Asked else model.__name__


def tag(model: type[BaseModel], field: str = "type") -> str:
    """Return the word by which a file names the type."""
    word: str = get_args(model.model_fields[field].annotation)[0]
    return word


def first_paragraph(docstring: str | None) -> str:
    """Return the promise of a class, on one line."""
    return " ".join((docstring or "").split("\n\n")[0].split())


def after(method: Any, opening: str) -> str:
    """Return the first sentence of a method's docstring without its opening."""
    sentence = first_paragraph(method.__doc__).rstrip(".")
    if not sentence.startswith(opening):
        raise SystemExit(
            f"{method.__qualname__} must begin with “{opening}”, so that the README can tell it."
        )
    return sentence.removeprefix(opening)


def main() -> None:
    """Write the README anew."""
    README.write_text(refreshed(README.read_text("utf-8")), "utf-8")
    print(f"{README}: {len(models()) + 1} tables.")


if __name__ == "__main__":
    main()
