"""Which type stands where in a questionnaire's data, so that what is wrong at a place can be told in the words of that place."""

from collections.abc import Iterator
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from assessment.loader.marks import Path_
from assessment.questionnaire import Questionnaire
from assessment.questions import Value
from assessment.values import Text

Type = Any
"""A type as it is written beside a field: `tuple[Section, ...]`, `Text | None`."""

_TAGS = ("type", "kind")
"""The fields by which a mapping says which of several types it is."""

_CALLED = {
    "Accepted": "accepted findings",
    "AnswerOption": "options of a question",
    "Cap": "caps",
    "Condition": "conditions",
    "Effect": "effects of a measure",
    "Effort": "the effort of a measure",
    "Group": "groups of key figures",
    "KeyFigure": "key figures",
    "KeyFigures": "`key_figures`",
    "Lead": "the lead of a measure",
    "Legal": "`legal`",
    "Level": "levels of the scale",
    "Limit": "limits of a cap",
    "Mapping": "standards of a question",
    "Marker": "markers of a reference point",
    "Measure": "measures",
    "Money": "classes of cost",
    "Option": "options of a profile field",
    "OptionSet": "option sets",
    "Planning": "`planning`",
    "Point": "points of a number",
    "ProfileField": "profile fields",
    "Questionnaire": "the questionnaire itself",
    "Quick": "`quick_win`",
    "Range": "ranges",
    "ReferencePoint": "reference points",
    "Register": "the register",
    "RegisterRow": "rows of the register",
    "Role": "planning roles",
    "Scale": "the scale",
    "Section": "sections",
    "Span": "examples of the value model",
    "Standard": "standards",
    "Topic": "topics of the register",
    "Union": "unions of the register",
    "ValueInput": "inputs of the value model",
    "ValueModel": "the value model",
    "Watch": "the watch list of the register",
}
"""What an author calls the parts that a questionnaire is made of; questions and checks go by their types and kinds."""


def typed(data: Any, path: Path_ = (), shape: Type = Questionnaire) -> Iterator[tuple[Path_, Any, Type]]:
    """Yield every value with its path and the type that is wanted there, top down; None where no type wants anything."""
    yield path, data, shape
    children = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, child in children:
        yield from typed(child, (*path, key), _below(shape, key, data))


def shape_at(data: Any, path: Path_) -> Type:
    """Return the type that is wanted at a path; None if there is none."""
    shape: Type = Questionnaire
    for step in path:
        shape = _below(shape, step, data)
        data = data[step]
    return shape


def wants_text(shape: Type) -> bool:
    """Say whether a text in several languages is wanted."""
    return Text in _alternatives(shape)


def wants_answer(shape: Type) -> bool:
    """Say whether an answer to a question is wanted, of whatever type."""
    return set(_alternatives(shape)) == set(get_args(Value))


def fields_of(shape: Type, data: Any) -> tuple[str, ...]:
    """Return the fields that a mapping may have, as files call them: those of its own type, as far as it can be told."""
    models = _models(shape, data)
    return tuple(dict.fromkeys(name for model in models for name in _fields(model)))


def owners_of(field: str) -> tuple[str, ...]:
    """Return what an author calls the parts that have a field of this name."""
    models = tuple(_all(Questionnaire, set()))
    names = {_CALLED[model.__name__] for model in models if _tag(model) is None and field in _fields(model)}
    for word, called in (("type", "questions"), ("kind", "checks")):
        owning = {
            tag[1]: field in _fields(model)
            for model in models
            if (tag := _tag(model)) is not None and tag[0] == word
        }
        some = {f"{called} of {word} {name}" for name, owns in owning.items() if owns}
        names |= {called} if all(owning.values()) else some
    return tuple(sorted(names))


def tags_of(shape: Type) -> tuple[str, tuple[str, ...]]:
    """Return the field by which a mapping says which of several types it is, and the words it may hold."""
    found = [tag for each in _alternatives(shape) if _is_model(each) and (tag := _tag(each)) is not None]
    return (found[0][0], tuple(word for _, word in found)) if found else ("type", ())


def _below(shape: Type, step: str | int, data: Any) -> Type:
    for model in _models(shape, data):
        for name, info in model.model_fields.items():
            if step == (info.alias or name):
                return info.annotation
    for each in _alternatives(shape):
        origin = _origin(each)
        if origin is tuple and isinstance(step, int):
            return get_args(each)[0]
        if origin is dict:
            return get_args(each)[1]
    return None


def _alternatives(shape: Type) -> tuple[Type, ...]:
    """Return what a type may be, without what is said beside it and without None."""
    origin = _origin(shape)
    if origin is Annotated:
        return _alternatives(get_args(shape)[0])
    if origin in (Union, UnionType):
        return tuple(each for part in get_args(shape) for each in _alternatives(part))
    return () if shape in (None, NoneType) else (shape,)


def _origin(shape: Type) -> Type:
    return get_origin(shape)


def _is_model(shape: Type) -> bool:
    return isinstance(shape, type) and issubclass(shape, BaseModel) and shape is not Text


def _models(shape: Type, data: Any) -> tuple[type[BaseModel], ...]:
    """Return the types that a mapping may be: the one that it says by its tag, or all of them."""
    models = tuple(each for each in _alternatives(shape) if _is_model(each))
    if len(models) == 1 or not isinstance(data, dict):
        return models
    said = tuple(model for model in models if (tag := _tag(model)) is not None and data.get(tag[0]) == tag[1])
    return said or models


def _fields(model: type[BaseModel]) -> tuple[str, ...]:
    return tuple(info.alias or name for name, info in model.model_fields.items())


def _tag(model: type[BaseModel]) -> tuple[str, str] | None:
    """Return field and word by which a mapping says that it is this type; None if it needs none."""
    for name in _TAGS:
        info = model.model_fields.get(name)
        words = get_args(info.annotation) if info and get_origin(info.annotation) is Literal else ()
        if len(words) == 1:
            return name, words[0]
    return None


def _all(shape: Type, seen: set[type[BaseModel]]) -> Iterator[type[BaseModel]]:
    """Yield every type with fields in and below this one, each once."""
    for each in _alternatives(shape):
        if _is_model(each) and each not in seen:
            seen.add(each)
            yield each
            for info in each.model_fields.values():
                yield from _all(info.annotation, seen)
        elif _origin(each) in (tuple, dict):
            for part in get_args(each):
                if part is not Ellipsis:
                    yield from _all(part, seen)
