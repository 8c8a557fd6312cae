"""Translations that look forgotten, stale or wrong: rules that a machine can keep, each with its limits stated."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from math import exp, log
from statistics import median

from assessment.inspection.glossary import Glossary
from assessment.inspection.result import Finding
from assessment.inspection.texts import OFFICIAL, Place
from assessment.values import Language

_PLACEHOLDER = re.compile(
    r"\b(?:TODO|TBD|TBC|FIXME|XXX+|lorem ipsum|to be translated|noch übersetzen|nog vertalen|translate me|placeholder|"
    r"Platzhalter)\b|\?\?\?|\[(?:translate|de|nl|en|text|\.\.\.|…)\]|^\W*$",
    re.IGNORECASE,
)
QUOTED = re.compile(r"“[^”]*”|„[^“”]*[“”]|‘[^’]*’|«[^»]*»|\"[^\"]*\"|\([^)]*\)")
_NUMBER = re.compile(r"\d+(?:[.,\u202f\u00a0 ]\d{3})+(?!\d)|\d+(?:[.,]\d+)?")

COPIED = 4
"""Words in lower case from which a text that is the same in two languages was hardly meant to be."""

TIMES = ((80, 1.9), (40, 3.5))
"""From so many characters of the longer text on, so many times shorter than usual is conspicuous: our own convention.
Short texts differ by nature; those below are not compared."""

ENOUGH = 20
"""Texts from which one can say how two languages usually compare; with fewer they are taken to be equally long."""


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_WORDS: dict[Language, frozenset[str]] = {
    "en": _words(
        "the and of to with for from by which that this these those are were been being has have does not your their our its "
        "who what where when how why if or but than then there they them you she it's can should would could must each every "
        "any some without within between through before after"
    ),
    "de": _words(
        "der die das den dem des ein eine einen einem einer und oder mit für von vom zum zur bei nach aus auf ist sind war "
        "wird werden wurde hat haben nicht kein keine ihr ihre ihren sie wir wie was wer wo wenn dass als auch nur durch über "
        "ohne vor zwischen jede jeder jedes alle noch schon sich es im am"
    ),
    "nl": _words(
        "de het een en of met voor van bij naar uit op is zijn was wordt worden werd heeft hebben niet geen uw hun wij hoe wat "
        "wie waar wanneer dat die als ook alleen door over zonder tussen elke elk alle nog al er zich om te aan"
    ),
}
"""Small words; those of one language alone give a text away."""

_COUNTED: dict[Language, tuple[tuple[str, ...], ...]] = {
    "en": (("one", "once", "a", "an", "single"), ("two", "twice", "both", "second"), ("three", "third", "thirds"),
           ("four", "fourth", "quarter", "quarterly"), ("five",), ("six", "half-year", "half-yearly"), ("seven",),
           ("eight",), ("nine",), ("ten",), ("eleven",), ("twelve", "year", "yearly", "annual", "annually")),
    "de": (("ein", "eine", "einen", "einem", "einer", "eines", "einmal", "eins"), ("zwei", "zweimal", "beide", "beiden", "zweite", "zweiten"),
           ("drei", "dreimal", "dritte", "dritten", "dritter", "drittel"), ("vier", "viermal", "vierte", "viertel", "quartal"), ("fünf",),
           ("sechs", "halbjahr", "halbjährlich"), ("sieben",), ("acht",), ("neun",), ("zehn",), ("elf",),
           ("zwölf", "jahr", "jahres", "jährlich")),
    "nl": (("een", "één", "eenmaal"), ("twee", "tweemaal", "beide", "tweede"), ("drie", "driemaal", "derde"),
           ("vier", "viermaal", "vierde", "kwartaal"), ("vijf",), ("zes", "halfjaar", "halfjaarlijks"), ("zeven",),
           ("acht",), ("negen",), ("tien",), ("elf",), ("twaalf", "jaar", "jaarlijks")),
}  # fmt: skip
"""Numbers in words, from one to twelve, with what they hide in: a figure in one language may be a word in another."""


def findings(
    places: Sequence[Place], languages: Sequence[Language], glossary: Glossary | None = None
) -> Iterator[Finding]:
    """Yield what looks wrong between the languages of each text; terms that are the same in two languages are none of it."""
    usual = {pair: _usual(places, *pair) for pair in combinations(languages, 2)}
    for place in places:
        yield from _placeholder(place)
        if place.field not in OFFICIAL:
            yield from _foreign(place)
            yield from _same(place, languages, glossary)
            yield from _lengths(place, usual)
        yield from _numbers(place, languages)


def _placeholder(place: Place) -> Iterator[Finding]:
    for language, said in place.text.root.items():
        hit = _PLACEHOLDER.search(said)
        if hit:
            yield Finding(
                kind="placeholder",
                severity="error",
                where=(*place.where, language),
                what=f"“{hit.group() or said}” stands where a text should.",
                why="People would read it.",
                to_do="Write the text.",
            )


def _same(place: Place, languages: Sequence[Language], glossary: Glossary | None) -> Iterator[Finding]:
    for one, other in combinations(languages, 2):
        said = place.text.root.get(one)
        if said is None or said != place.text.root.get(other):
            continue
        rest = said if glossary is None else glossary.without_common(said, one, other)
        if _plain_words(rest) >= COPIED:
            yield Finding(
                kind="same_in_two_languages",
                severity="warning",
                where=place.where,
                what=f"the text is the same in “{one}” and “{other}”: “{_short(said)}”.",
                why="It was probably copied and not translated.",
                to_do=f"Translate it into “{other}”, or into “{one}”.",
            )


def _plain_words(said: str) -> int:
    return sum(word.isalpha() and word.islower() for word in re.findall(r"\w+", said))


def _foreign(place: Place) -> Iterator[Finding]:
    """Yield small words of another language, two different ones at least; what stands in quotes or brackets is left out."""
    for language, said in place.text.root.items():
        own = _WORDS.get(language)
        if own is None:
            continue
        words = Counter(re.findall(r"[^\W\d_]+", QUOTED.sub(" ", said)))
        for other, small in _WORDS.items():
            if other == language:
                continue
            apart = small - own - _shared(other, language)
            found = sorted({word for word in words if word in apart})
            if len(found) >= 2:
                yield Finding(
                    kind="foreign_words",
                    severity="warning",
                    where=(*place.where, language),
                    what=f"the text in “{language}” has words of “{other}”: {', '.join(found)}.",
                    why="Part of it was probably not translated.",
                    to_do="Translate it; put a name that stays as it is into quotation marks.",
                )


def _shared(language: Language, other: Language) -> frozenset[str]:
    """Return small words of a language that mean something in the other, too, without being small words there."""
    both = {
        ("en", "de"): "was war bin hat am in an die all not must than then her it to",
        ("en", "nl"): "of is was we over had want on are than then must each that toe by",
        ("de", "en"): "die war was am im an all also den hat des dem wo ist so in on am",
        ("de", "nl"): "was wie war als die den des der in ist wo am over es",
        ("nl", "en"): "of is was over de en die door men er wie om al as of dat hun te wat hoe op met",
        ("nl", "de"): "is was er de die wie als an en om hun dat alle elf waar over een al",
    }
    return _words(both[language, other])


def _usual(places: Sequence[Place], one: Language, other: Language) -> float:
    """Return how long the texts of one language usually are, by those of the other."""
    ratios = [
        len(place.text.root[one]) / len(place.text.root[other])
        for place in places
        if {one, other} <= place.text.root.keys() and _limit(place, one, other) is not None
    ]
    return median(ratios) if len(ratios) >= ENOUGH else 1.0


def _limit(place: Place, one: Language, other: Language) -> float | None:
    """Return how many times shorter than usual one of the texts may be; None where they are too short to say."""
    longer = max(len(place.text.root[one]), len(place.text.root[other]))
    return next((times for length, times in TIMES if longer >= length), None)


def _lengths(place: Place, usual: dict[tuple[Language, Language], float]) -> Iterator[Finding]:
    for (one, other), expected in usual.items():
        if not {one, other} <= place.text.root.keys():
            continue
        limit = _limit(place, one, other)
        ratio = len(place.text.root[one]) / len(place.text.root[other])
        times = exp(abs(log(ratio / expected)))
        if limit is not None and times > limit:
            shorter, longer = (one, other) if ratio < expected else (other, one)
            yield Finding(
                kind="length_differs",
                severity="warning",
                where=place.where,
                what=f"the text in “{shorter}” is {times:.1f} times shorter than usual beside “{longer}”.",
                why="A part is missing, or one of the two was changed and the other was not.",
                to_do="Compare the two.",
            )


def _numbers(place: Place, languages: Sequence[Language]) -> Iterator[Finding]:
    """Yield figures that stand in one language and neither as figure nor as word in another."""
    figures = {
        language: _figures(place.text.root[language]) for language in languages if language in place.text.root
    }
    for one, other in combinations(figures, 2):
        lacking = {
            (number, missing_in)
            for here, missing_in in ((one, other), (other, one))
            for number in figures[here]
            if number not in figures[missing_in]
            and not _in_words(number, place.text.root[missing_in], missing_in)
        }
        if lacking:
            told = ", ".join(f"{number} (not in “{language}”)" for number, language in sorted(lacking))
            yield Finding(
                kind="numbers_differ",
                severity="warning",
                where=place.where,
                what=f"the figures differ between “{one}” and “{other}”: {told}.",
                why="Levels, limits and dates must be the same for everybody, whatever language they read.",
                to_do="Compare the two: one was probably changed and the other was not.",
            )


def _figures(said: str) -> frozenset[str]:
    return frozenset(
        re.sub(r"\D", "", hit) if re.fullmatch(r"\d+(?:\D\d{3})+", hit) else hit.replace(",", ".")
        for hit in _NUMBER.findall(said)
    )


def _in_words(number: str, said: str, language: Language) -> bool:
    known = _COUNTED.get(language)
    if known is None:
        return number.isdigit() and int(number) <= 12
    if not number.isdigit() or not 1 <= int(number) <= len(known):
        return False
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", said.lower())
    return any(word in known[int(number) - 1] for word in words)


def _short(said: str) -> str:
    return said if len(said) <= 60 else said[:57] + "…"
