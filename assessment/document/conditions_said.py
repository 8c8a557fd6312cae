"""When a question applies, in words: for those who cannot be led past the others."""

from collections.abc import Iterable

from assessment.conditions import Condition
from assessment.document.saying import number, saying
from assessment.i18n import Catalogue
from assessment.questionnaire import Questionnaire
from assessment.questions import Question


def applies_when(question: Question, questionnaire: Questionnaire, c: Catalogue) -> str:
    """Return when a question applies, in one sentence; nothing where it always does."""
    conditions = questionnaire.conditions_of.get(question.id, ())
    if not conditions:
        return ""
    return c.t(
        "Applies only if {list}.", list=_joined((_said(one, questionnaire, c) for one in conditions), c)
    )


def _joined(parts: Iterable[str], c: Catalogue) -> str:
    return c.join(list(dict.fromkeys(parts)))


def _said(condition: Condition, questionnaire: Questionnaire, c: Catalogue) -> str:
    if condition.not_ is not None:
        return c.t("it is not so that {what}", what=_said(condition.not_, questionnaire, c))
    if condition.all is not None:
        return _joined((_said(one, questionnaire, c) for one in condition.all), c)
    if condition.any is not None:
        parts = list(dict.fromkeys(_said(one, questionnaire, c) for one in condition.any))
        return f" {c.t('or')} ".join(parts)
    if condition.profile is not None:
        return _of_the_profile(condition, questionnaire, c)
    return _of_an_answer(condition, questionnaire, c)


def _of_the_profile(test: Condition, questionnaire: Questionnaire, c: Catalogue) -> str:
    field = next(each for each in questionnaire.profile if each.id == test.profile)
    name = field.label.localize(c.language)
    if test.answered is not None:
        return _answered(name, test.answered, c)
    labels = {option.id: option.label.localize(c.language) for option in field.options}
    labels |= {"yes": c.t("yes"), "no": c.t("no")} if field.type == "yes_no" else {}
    return _one_of(name, [labels.get(word, word) for word in test.any_of or ()], c)


def _of_an_answer(test: Condition, questionnaire: Questionnaire, c: Catalogue) -> str:
    question = questionnaire.answerable[test.question or ""]
    name = question.label.localize(c.language)
    if test.answered is not None:
        return _answered(name, test.answered, c)
    if test.any_of is not None:
        return _one_of(name, [_word(question, word, c) for word in test.any_of], c)
    for limit, message in (
        (test.at_least, c.t("“{what}” is answered with {value} or more")),
        (test.above, c.t("“{what}” is answered with more than {value}")),
        (test.at_most, c.t("“{what}” is answered with {value} or less")),
        (test.below, c.t("“{what}” is answered with less than {value}")),
    ):
        if limit is not None:
            return message.format(what=name, value=number(limit, c))
    return name


def _word(question: Question, word: str, c: Catalogue) -> str:
    """Return a word of a condition as the answer is said."""
    for value in (*question.values(), *getattr(question, "option_ids", ())):
        written = ("yes" if value else "no") if isinstance(value, bool) else str(value)
        if written == word:
            try:
                return saying(question, value, c=c, language=c.language, inside=True).short
            except ValueError:  # an item of a checklist: said by its own label
                return question.words((word,))[0].localize(c.language)
    return word


def _one_of(name: str, words: list[str], c: Catalogue) -> str:
    quoted = (c.t("“{name}”", name=word) for word in words)
    return c.t("“{what}” is answered with {words}", what=name, words=f" {c.t('or')} ".join(quoted))


def _answered(name: str, answered: bool, c: Catalogue) -> str:
    if answered:
        return c.t("“{what}” is answered", what=name)
    return c.t("“{what}” is not answered", what=name)
