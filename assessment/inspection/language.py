"""Language that is hard to answer: long anchors and sentences, two questions at once, texts alike, sections hard to read.

The reading level aimed at is B1 to B2 of the Common European Framework. No formula measures that; as our own convention a
section of a hundred words or more should reach 45 in its language's Flesch formula, where Douma's table passes from "hard"
to "fairly hard", and stay at or below 55 in LIX. A sentence may have 25 words, the limit that the British government's
editors set themselves in 2014.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from assessment.inspection.readability import NOTHING, Counts, count, flesch, lix, sentences_of, words_of
from assessment.inspection.result import Finding, Readability
from assessment.inspection.texts import HEADINGS, LISTS, OFFICIAL, Place, texts_of
from assessment.questionnaire import Questionnaire
from assessment.questions import LevelQuestion
from assessment.values import Language, Text

ANCHOR = 40
SENTENCE = 25
EASE, VERY_HARD = 45, 30
LIX, LIX_VERY_HARD = 55, 65
ENOUGH = 100
"""Words from which a formula says something."""
ALIKE = 0.9
"""Two anchors of which this share is the same, word by word, tell two levels hardly apart."""

_TWICE: dict[Language, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(?:and|or)\s+(?:how|what|when|where|why|which|whether|is|are|do|does|have|has)\b", re.I
    ),
    "de": re.compile(
        r"\b(?:und|oder)\s+(?:wie|was|wer|wann|wo|warum|wozu|wodurch|welche[mnrs]?|ist|sind|hat|haben|gibt)\b",
        re.I,
    ),
    "nl": re.compile(
        r"\b(?:en|of)\s+(?:hoe|wat|wie|wanneer|waar|waarom|welke?|is|zijn|heeft|hebben|hebt)\b", re.I
    ),
}


def findings(
    questionnaire: Questionnaire, places: Sequence[Place], measured: Sequence[Readability]
) -> Iterator[Finding]:
    """Yield what makes the questionnaire hard to answer or to read."""
    for place in places:
        yield from _long(place)
    for question in questionnaire.questions_by_id.values():
        where = questionnaire.path(question.id)
        yield from _two_at_once(where, question.label)
        if isinstance(question, LevelQuestion):
            yield from _anchors_alike(where, question)
        options = getattr(question, "options", ())
        yield from _labels_alike([((*where, option.id), option.label) for option in options], "option")
    for field in questionnaire.profile:
        choices = [(("profile", field.id, option.id), option.label) for option in field.options]
        yield from _labels_alike(choices, "option")
    yield from _labels_alike(
        [(questionnaire.path(q.id), q.label) for q in questionnaire.questions_by_id.values()], "question"
    )
    yield from _labels_alike(
        [(questionnaire.path(s.id), s.title) for s in questionnaire.whole.walk() if s.id != questionnaire.id],
        "section",
    )
    for entry in measured:
        yield from _hard(questionnaire, entry)


def readabilities(questionnaire: Questionnaire) -> tuple[Readability, ...]:
    """Measure the texts of every section that asks something, and of the whole, in each language."""
    found = []
    for language in questionnaire.languages:
        whole = NOTHING
        for section in questionnaire.whole.walk():
            own = _counted(section.id, questionnaire, language)
            whole += own
            if section.questions and (entry := _measured(section.id, language, own)) is not None:
                found.append(entry)
        if (entry := _measured(questionnaire.id, language, whole)) is not None:
            found.append(entry)
    return tuple(found)


def _counted(section: str, questionnaire: Questionnaire, language: Language) -> Counts:
    total = NOTHING
    for place in texts_of(questionnaire.sections_by_id[section]):
        if place.field not in LISTS | HEADINGS and language in place.text.root:
            total += count(place.text.root[language], language)
    return total


def _measured(section: str, language: Language, counts: Counts) -> Readability | None:
    ease, hard = flesch(counts, language), lix(counts)
    if hard is None:
        return None
    return Readability(
        section=section,
        language=language,
        words=counts.words,
        words_per_sentence=counts.words / counts.sentences,
        syllables_per_word=None if ease is None else counts.syllables / counts.words,
        flesch=ease,
        lix=hard,
    )


def _hard(questionnaire: Questionnaire, entry: Readability) -> Iterator[Finding]:
    if entry.words < ENOUGH or entry.section == questionnaire.id:
        return
    missed = []
    if entry.flesch is not None and entry.flesch < EASE:
        missed.append(f"Flesch {entry.flesch:.1f} (aim: {EASE} or more)")
    if entry.lix > LIX:
        missed.append(f"LIX {entry.lix:.1f} (aim: {LIX} or less)")
    if not missed:
        return
    very = (entry.flesch is not None and entry.flesch < VERY_HARD) or entry.lix > LIX_VERY_HARD
    yield Finding(
        kind="hard_to_read",
        severity="warning" if very else "notice",
        where=(*questionnaire.path(entry.section), entry.language),
        what=f"its texts are {'very ' if very else ''}hard to read: {', '.join(missed)}, "
        f"{entry.words_per_sentence:.1f} words to a sentence.",
        why="Long words in long sentences: people guess what is meant, and answer something else.",
        to_do="Shorten sentences, and replace long words by short ones or by verbs.",
    )


def _long(place: Place) -> Iterator[Finding]:
    for language, said in place.text.root.items():
        if place.field == "anchors" and len(words_of(said)) > ANCHOR:
            yield Finding(
                kind="anchor_too_long",
                severity="warning",
                where=(*place.where, language),
                what=f"the anchor has {len(words_of(said))} words; {ANCHOR} are the limit.",
                why="Five long anchors are read by nobody, and the answer is a guess.",
                to_do="Keep the one or two facts that tell this level from the one below.",
            )
    if place.field in LISTS | OFFICIAL:
        return
    longest = {
        language: max((len(words_of(each)) for each in sentences_of(said)), default=0)
        for language, said in place.text.root.items()
    }
    long = {language: words for language, words in longest.items() if words > SENTENCE}
    if long:
        told = ", ".join(f"{words} words in “{language}”" for language, words in long.items())
        yield Finding(
            kind="sentence_too_long",
            severity="notice",
            where=place.where,
            what=f"a sentence has {told}; {SENTENCE} are the limit.",
            why="From about 25 words on a sentence is hard to follow.",
            to_do="Make two sentences of it.",
        )


def _two_at_once(where: tuple[str, ...], label: Text) -> Iterator[Finding]:
    for language, said in label.root.items():
        marks = said.count("?") > 1
        twice = language in _TWICE and _TWICE[language].search(said)
        if marks or twice:
            yield Finding(
                kind="two_questions_at_once",
                severity="warning" if marks else "notice",
                where=(*where, "label"),
                what=f"the label asks two things at once: “{said}”."
                if marks
                else f"the label may ask two things at once: “{said}”.",
                why="Whoever would answer the two differently cannot answer.",
                to_do="Ask one of them, or make two questions.",
            )
            return


def _anchors_alike(where: tuple[str, ...], question: LevelQuestion) -> Iterator[Finding]:
    steps = sorted(question.anchors)
    for language in question.label.root:
        said = {step: words_of(question.anchors[step].root.get(language, "").lower()) for step in steps}
        for one in steps:
            for other in steps:
                if one < other and _alike(said[one], said[other]):
                    same = said[one] == said[other]
                    yield Finding(
                        kind="anchors_alike",
                        severity="error" if same else "warning",
                        where=(*where, "anchors", str(other), language),
                        what=f"the anchors of {one} and {other} are {'the same' if same else 'nearly the same'}.",
                        why="Nobody can tell which of the two describes the organisation.",
                        to_do="Name a fact that is there at the higher level and not at the lower.",
                    )


def _alike(one: list[str], other: list[str]) -> bool:
    """Say whether two anchors are nearly the same; different figures tell levels apart."""
    if [word for word in one if word.isdigit()] != [word for word in other if word.isdigit()]:
        return False
    quick = SequenceMatcher(None, one, other, autojunk=False)
    return bool(one) and quick.real_quick_ratio() >= ALIKE and quick.ratio() >= ALIKE


def _labels_alike(known: Sequence[tuple[tuple[str, ...], Text]], kind: str) -> Iterator[Finding]:
    seen: dict[tuple[str, str], tuple[str, ...]] = {}
    told: set[tuple[str, ...]] = set()
    for where, text in known:
        for language, said in text.root.items():
            key = (language, " ".join(words_of(said.lower())))
            first = seen.setdefault(key, where)
            if first != where and where not in told:
                told.add(where)
                yield Finding(
                    kind="labels_alike",
                    severity="warning",
                    where=(*where, language),
                    what=f"another {kind} is called the same: {' › '.join(first)}.",
                    why="Reports and plans name it by this text alone.",
                    to_do="Word one of the two differently.",
                )
