"""What can be chosen as the answer to a question, in words; and which answer is meant by words that somebody wrote."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar, assert_never

from assessment.answers import Evidence, State
from assessment.contributions import Confidence
from assessment.document.saying import number, saying
from assessment.document.understanding import NoNumberError, OtherSignsError, number_in
from assessment.errors import Said
from assessment.i18n import N_, Catalogue
from assessment.questionnaire import Questionnaire
from assessment.questions import Choose, Count, LevelQuestion, Question, Tick, Value, Write
from assessment.values import Variety

W = TypeVar("W", bound=str)

BASED_ON: dict[Evidence, str] = {
    "none": N_("No evidence yet"),
    "stated": N_("Somebody said so"),
    "documented": N_("Documented"),
    "verified": N_("Seen and checked"),
}
"""What an answer is based on."""

CONFIDENCE: dict[Confidence, str] = {
    "sure": N_("Sure"),
    "fairly": N_("Fairly sure"),
    "unsure": N_("Unsure"),
}
"""How sure somebody is of an answer."""

UNKNOWN, ASIDE, NONE = N_("We don't know"), N_("Does not apply to us"), N_("None of these")

_NOT_KNOWN = frozenset({"?", "unknown", "unbekannt", "onbekend"})
_NOT_APPLICABLE = frozenset({"n/a", "na", "n.a.", "n.v.t.", "nvt", "entfällt"})
_YES = frozenset({"y", "j", "true", "wahr", "waar", "x", "✓", "1"})
_NO = frozenset({"n", "false", "falsch", "onwaar", "0"})

LONGEST = 120
"""Characters of what can be chosen: a cell opens as a list of this width."""

_UNSEEN = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
_LEVEL = re.compile(
    r"(?P<word>[^\W\d_]*)\s*(?P<level>\d{1,3})(?:\.0+)?\s*(?:[.:·–—-]\s*(?P<rest>.*))?", re.DOTALL
)


class Choice(NamedTuple):
    """One thing that can be chosen."""

    label: str
    state: State
    value: Value | None = None


class NotUnderstoodError(ValueError):
    """What is written is no answer to the question; its only argument says why, as `Said`."""


def choices_of(question: Question, questionnaire: Questionnaire, c: Catalogue) -> tuple[Choice, ...]:
    """Return what can be chosen: the question's own answers, where it has some, then that it is not known, or does not apply."""
    control = question.control()
    own: list[tuple[str, Value]]
    match control:
        case Choose():
            own = [(_option(question, value, questionnaire, c), value) for value in control.options]
        case Tick():
            own = [(c.t(NONE), ())]
        case Count() | Write():
            own = []
        case _:
            assert_never(control)
    states: list[tuple[str, State]] = [(c.t(UNKNOWN), "unknown"), (c.t(ASIDE), "not_applicable")]
    labels = _apart([*(label for label, _ in own), *(label for label, _ in states)])
    made = [Choice(label, "given", value) for label, (_, value) in zip(labels, own, strict=False)]
    made += [Choice(label, state) for label, (_, state) in zip(labels[len(own) :], states, strict=True)]
    return tuple(made)


def _option(question: Question, value: Value, questionnaire: Questionnaire, c: Catalogue) -> str:
    if not isinstance(question, LevelQuestion):
        return saying(question, value, c=c, language=c.language).short
    level = question.admit(value)
    if question.own_scale:
        return f"{level} – {question.anchors[level].localize(c.language)}"
    return f"{level} – {questionnaire.scale.at(level).label.localize(c.language)}"


def items_of(question: Question, language: Variety) -> dict[str, str]:
    """Return the items that can be ticked, by their ids; none where there is nothing to tick."""
    control = question.control()
    if not isinstance(control, Tick):
        return {}
    return {name: " ".join(question.words((name,))[0].localize(language).split()) for name in control.options}


def understood(
    question: Question,
    said: str | float | bool,
    questionnaire: Questionnaire,
    tongues: Sequence[Catalogue],
) -> Choice:
    """Return the answer that is meant, in whichever of the languages it is said; what is meant in the first one counts first.

    Raises:
        NotUnderstoodError: it is none, or could be several.
    """
    if isinstance(said, bool):
        said = "true" if said else "false"
    number_itself = None if isinstance(said, str) else said
    text = said if isinstance(said, str) else f"{said:.15g}"
    for readings in (_readings(question, text, questionnaire, [c]) for c in tongues):
        meant = list(dict.fromkeys(readings))
        if len(meant) == 1:
            return meant[0]
        if meant:
            raise NotUnderstoodError(Said("it could mean several answers"))
    control = question.control()
    match control:
        case Count():
            return _admitted(question, _number(text, number_itself, control, tongues), tongues[0])
        case Write():
            return _admitted(question, text, tongues[0])
        case Choose():
            if isinstance(question, LevelQuestion):
                return _level(question, text, questionnaire, tongues)
        case Tick():
            pass
        case _:
            assert_never(control)
    raise NotUnderstoodError(Said("it is none of the answers that can be chosen"))


def _readings(
    question: Question, text: str, questionnaire: Questionnaire, tongues: Iterable[Catalogue]
) -> Iterator[Choice]:
    """Yield what a text means as one of the choices, in these languages."""
    wanted = key(text)
    control = question.control()
    for c in tongues:
        choices = choices_of(question, questionnaire, c)
        exact = [each for each in choices if key(each.label) == wanted]
        yield from (Choice("", each.state, each.value) for each in exact[:1])
        if exact:
            continue
        if isinstance(control, Write):
            continue
        if wanted in _NOT_KNOWN | {key(c.t("Not known"))}:
            yield Choice("", "unknown")
        if wanted in _NOT_APPLICABLE | {key(c.t("Not applicable"))}:
            yield Choice("", "not_applicable")
        if isinstance(control, Choose):
            options = control.options
            if any(isinstance(value, bool) for value in options):
                yield from (
                    Choice("", "given", value)
                    for value, words in ((True, _YES), (False, _NO))
                    if wanted in words
                )
            else:
                yield from (
                    Choice("", "given", value)
                    for value in options
                    if isinstance(value, str) and value == wanted
                )
            whole = [value for value in options if wanted == key(_in_full(question, value, c))]
            yield from (Choice("", "given", value) for value in whole)


def _in_full(question: Question, value: Value, c: Catalogue) -> str:
    words = question.words(value)
    return words[0].localize(c.language) if words else ""


def _level(
    question: LevelQuestion, text: str, questionnaire: Questionnaire, tongues: Sequence[Catalogue]
) -> Choice:
    """Return the level that a text names: 3, level 3, 3 – steered; or by its name alone."""
    found = _LEVEL.fullmatch(_tidied(text))
    names = {
        level: {
            key(name)
            for c in tongues
            for name in (
                question.anchors[level].localize(c.language),
                "" if question.own_scale else questionnaire.scale.at(level).label.localize(c.language),
            )
            if name
        }
        for level in question.anchors
    }
    if found is None:
        named = [level for level, words in names.items() if key(text) in words]
        if len(named) == 1:
            return Choice("", "given", named[0])
        raise NotUnderstoodError(Said("it is none of the answers that can be chosen"))
    level = int(found["level"])
    words = {key(c.t("level {level}", level="")) for c in tongues} | {""}
    rest = key(found["rest"] or "")
    if level not in question.anchors:
        levels = sorted(question.anchors)
        raise NotUnderstoodError(Said("must be from {low} to {high}", low=levels[0], high=levels[-1]))
    if key(found["word"]) not in words or (
        rest and not any(word.startswith(rest) or rest.startswith(word) for word in names[level])
    ):
        raise NotUnderstoodError(Said("it is none of the answers that can be chosen"))
    return Choice("", "given", level)


def _number(text: str, itself: float | None, control: Count, tongues: Sequence[Catalogue]) -> int | float:
    """Return the number that is written, in the first language; in another one only where it can mean nothing else."""
    if itself is not None:
        return int(itself) if float(itself).is_integer() else itself
    try:
        return number_in(text, control, tongues[0])
    except OtherSignsError:
        pass
    except NoNumberError:
        raise NotUnderstoodError(Said("it is no number")) from None
    meant = set()
    for c in tongues[1:]:
        try:
            meant.add(number_in(text, control, c))
        except NoNumberError:
            continue
    if len(meant) == 1:
        return meant.pop()
    raise NotUnderstoodError(Said("it is no number"))


def _admitted(question: Question, value: Value, c: Catalogue) -> Choice:
    try:
        return Choice("", "given", question.admit(value))
    except ValueError as wrong:
        rule = wrong.args[0]
        if not isinstance(rule, Said):
            raise NotUnderstoodError(Said("{rule}", rule=str(rule))) from None
        control = question.control()
        limits = {
            name: number(limit, c)
            for name in ("low", "high", "longest")
            if (limit := getattr(control, name, None)) is not None
        }
        raise NotUnderstoodError(_told_again(rule, limits)) from None


def _told_again(rule: Said, limits: dict[str, str]) -> Said:
    return Said(rule.template, **{**rule.values, **limits})


def ticked(said: str | float | bool, tongues: Sequence[Catalogue]) -> bool:
    """Return whether an item is ticked.

    Raises:
        NotUnderstoodError: it says neither yes nor no.
    """
    if isinstance(said, bool):
        return said
    wanted = key(said if isinstance(said, str) else f"{said:.15g}")
    if wanted in _YES or wanted in {key(c.t("Yes")) for c in tongues}:
        return True
    if wanted in _NO or wanted in {key(c.t("No")) for c in tongues}:
        return False
    raise NotUnderstoodError(Said("only yes or no can be said here"))


def named(said: str, among: Mapping[W, str], tongues: Sequence[Catalogue]) -> W | None:
    """Return which of several messages a text is, in whichever of the languages, or by its id; None for none of them."""
    wanted = key(said)
    for name, message in among.items():
        if wanted == key(name) or any(wanted == key(c.t(message)) for c in tongues):
            return name
    return None


def key(text: str) -> str:
    """Return what tells texts apart that people mean to be different: spaces, capitals and unseen signs do not."""
    return _tidied(text).casefold()


def _tidied(text: str) -> str:
    whole = unicodedata.normalize("NFKC", _UNSEEN.sub("", text)).replace("’", "'").replace("‑", "-")
    return " ".join(whole.split())


def _apart(labels: Sequence[str]) -> list[str]:
    """Return the labels in one line each, cut, with a number behind those that could not be told from an earlier one."""
    seen: set[str] = set()
    made = []
    for label in labels:
        short = _tidied(label)
        short = short if len(short) <= LONGEST else short[: LONGEST - 2].rstrip() + " …"
        known, count = short or "–", 1
        while key(known) in seen:
            count += 1
            known = f"{short} ({count})"
        seen.add(key(known))
        made.append(known)
    return made
