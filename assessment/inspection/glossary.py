"""The terms that all questionnaires share: how each is rendered in a language, and which words are not to be used for it."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache, cached_property
from typing import Annotated, NamedTuple

from pydantic import Field

from assessment.values import Id, Language, Model

Form = Annotated[str, Field(pattern=r"\w")]
"""A word or several; * stands for any letters: `Betriebsrat*`. Capitals alone (OR, DPIA) are looked for as they are."""


class Rendering(Model):
    """A term in one language."""

    term: Form
    """The preferred rendering."""
    also: tuple[Form, ...] = ()
    """Accepted, too: inflections and compounds as stems, synonyms."""
    never: tuple[Form, ...] = ()
    """Wrong wherever it stands, but for longer terms of this glossary."""
    avoid: tuple[Form, ...] = ()
    """Wrong where the English text uses the term and this one none of its accepted forms."""

    @property
    def accepted(self) -> tuple[str, ...]:
        """Every accepted form."""
        return (self.term, *self.also)


class Term(Model):
    """One term in several languages."""

    id: Id
    strict: bool = False
    """Where the English text uses it, the other languages must use an accepted form of it."""
    words: Annotated[dict[Language, Rendering], Field(min_length=1)]
    note: str | None = None
    """For translators."""


class Hit(NamedTuple):
    """A term found in a text."""

    term: Term
    said: str
    start: int
    end: int


class Glossary(Model):
    """Terms with their renderings."""

    terms: tuple[Term, ...]

    @cached_property
    def _accepted(self) -> dict[Language, "_Search"]:
        return self._searches(lambda rendering: rendering.accepted)

    @cached_property
    def _never(self) -> dict[Language, "_Search"]:
        return self._searches(lambda rendering: rendering.never)

    def _searches(self, forms: Callable[[Rendering], tuple[str, ...]]) -> dict[Language, "_Search"]:
        languages = {language for term in self.terms for language in term.words}
        return {
            language: _Search(
                (term, form)
                for term in self.terms
                if language in term.words
                for form in forms(term.words[language])
            )
            for language in languages
        }

    def used(self, said: str, language: Language) -> Iterator[Hit]:
        """Yield the terms that a text uses; nothing that stands inside a longer one."""
        search = self._accepted.get(language)
        return search.hits(said) if search else iter(())

    def wrong(self, said: str, language: Language) -> Iterator[Hit]:
        """Yield the words that are never to be used and do not stand inside a longer term."""
        search = self._never.get(language)
        if search is None:
            return
        inside = [(hit.start, hit.end) for hit in self.used(said, language)]
        for hit in search.hits(said):
            if not any(start <= hit.start and hit.end <= end for start, end in inside):
                yield hit

    def avoided(self, term: Term, said: str, language: Language, others: Collection[Term] = ()) -> str | None:
        """Return a word that competes with the term, if the text has one that renders none of the other terms."""
        rendering = term.words.get(language)
        if rendering is None or not rendering.avoid:
            return None
        taken = [(hit.start, hit.end) for hit in self.used(said, language) if hit.term in others]
        found = (
            each.group()
            for form in rendering.avoid
            for each in _pattern(form).finditer(said)
            if not any(start <= each.start() and each.end() <= end for start, end in taken)
        )
        return next(found, None)

    def keeps(self, term: Term, said: str, language: Language) -> bool:
        """Say whether a text uses an accepted form of a term; true where the term has no rendering in the language."""
        rendering = term.words.get(language)
        if rendering is None:
            return True
        lower = said.casefold()
        return any(_kernel(form) in lower and _pattern(form).search(said) for form in rendering.accepted)

    def without_common(self, said: str, one: Language, other: Language) -> str:
        """Return a text without the terms that are the same in both languages."""
        kept, at = [], 0
        for hit in self.used(said, one):
            words = hit.term.words
            if other in words and words[one].term.casefold() == words[other].term.casefold():
                kept.append(said[at : hit.start])
                at = hit.end
        return " ".join((*kept, said[at:]))


class _Search:
    """Looks for all forms of a language."""

    def __init__(self, forms: Iterable[tuple[Term, str]]) -> None:
        self._known = [(term, _kernel(form), form) for term, form in forms]

    def hits(self, said: str) -> Iterator[Hit]:
        """Yield what is found, in the order of the text; nothing that stands inside something longer."""
        lower = said.casefold()
        found = [
            Hit(term, match.group(), match.start(), match.end())
            for term, kernel, form in self._known
            if kernel in lower  # a search for each form in each text would take long
            for match in _pattern(form).finditer(said)
        ]
        end = 0
        for hit in sorted(found, key=lambda each: (each.start, -each.end)):
            if hit.end > end:
                yield hit
                end = hit.end


@cache
def _kernel(form: str) -> str:
    """Return the longest part of a form that stands in every text in which the form does."""
    return max(re.split(r"[*\s]+", form.casefold()), key=len)


@cache
def _pattern(form: str) -> re.Pattern[str]:
    """Return the expression for a form: whole words, any letters for *, any space for a space."""
    inside = r"\s+".join(re.escape(word).replace(r"\*", r"[\w-]*") for word in form.split())
    bare = rf"(?<!\w){inside}(?!\w)"
    return re.compile(bare if form == form.upper() else f"(?i:{bare})")
