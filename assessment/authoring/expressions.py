"""Conditions as one writes them in a cell: the notation of XLSForm, into a questionnaire's conditions and back.

`${a} = 'x'`, `!=`, `<`, `<=`, `>`, `>=`, `in ('x', 'y')`, `selected(${a}, 'x')`, `count-selected(${a}) >= 2`, `${a} != ''`,
`and`, `or`, `not(…)`, parentheses; `${profile:a}` is a field of the profile.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from assessment.conditions import words_of

MOST_NESTED = 15

Data = dict[str, Any]

_TOKEN = re.compile(
    r"""\s*(?:
        (?P<reference>\$\{[^}]*\})
      | (?P<text>'(?:[^']|'')*' | "(?:[^"]|"")*" | [‘‚][^’‘]*[’‘] | [“„][^”“]*[”“])
      | (?P<number>-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?(?![\w.]))
      | (?P<name>[A-Za-z_][\w:-]*)
      | (?P<sign><=|>=|=>|=<|!=|<>|==|&&|\|\||[=<>(),.*/+\-\[\]|])
    )""",
    re.VERBOSE,
)
COMPARED = {">=": "at_least", ">": "above", "<=": "at_most", "<": "below"}
"""The tests of a number, by sign."""
_TURNED = {">=": "<=", ">": "<", "<=": ">=", "<": ">", "=": "=", "!=": "!="}
_INSTEAD = {"==": "=", "=>": ">=", "=<": "<=", "<>": "!=", "&&": "and", "||": "or"}
_FUNCTIONS = ("selected", "count-selected", "not", "all", "any")


class NotReadError(Exception):
    """A condition that cannot be taken over: what is wrong, and what to do."""

    def __init__(self, message: str, remedy: str, *, beyond: bool = False, **values: object) -> None:
        self.message, self.remedy, self.values = message, remedy, values
        self.beyond = beyond
        """It is right in its own notation, and says more than a questionnaire's conditions can."""
        super().__init__(message.format(**values))


class Subject(NamedTuple):
    """What a condition asks: a question or a field of the profile, and how its words are written here."""

    kind: str
    id: str
    word: Callable[[str], str] = str


class _Token(NamedTuple):
    kind: str
    said: str


class _Counted(NamedTuple):
    """How many items of a checklist are ticked."""

    subject: Subject


class _Chain(NamedTuple):
    """Conditions joined without parentheses around them."""

    kind: str
    parts: tuple[Data, ...]

    def grouped(self) -> Data:
        """Return the parts as one condition."""
        return self.parts[0] if len(self.parts) == 1 else {self.kind: list(self.parts)}


def conditions_from(said: str, subject: Callable[[str], Subject]) -> list[Data]:
    """Return the conditions that a cell says, all of which must hold.

    Args:
        said: what stands in the cell.
        subject: finds what stands between `${` and `}`; raises NotReadError if there is nothing of this name.

    Raises:
        NotReadError: it cannot be read, or says more than conditions can.
    """
    parser = _Parser(_tokens(said), subject)
    chain = parser.either(0)
    parser.end()
    return list(chain.parts) if chain.kind == "all" else [chain.grouped()]


def _tokens(said: str) -> list[_Token]:
    tokens: list[_Token] = []
    at = 0
    while said[at:].strip():
        found = _TOKEN.match(said, at)
        if found is None:
            rest = said[at:].strip()
            if rest[0] in "'\"‘“„":
                raise NotReadError(
                    "the quote before {rest} is not closed.", "Close it.", rest=_quoted(rest[1:])
                )
            raise NotReadError("{rest} cannot be read.", _FORMS, rest=_quoted(rest))
        kind = found.lastgroup or ""
        tokens.append(_Token(kind, found[kind]))
        at = found.end()
    return tokens


_FORMS = (
    "Write for example ${{q1}} = 'x', ${{q1}} >= 2, selected(${{q1}}, 'x'); join them with and, or, not( )."
)


def _quoted(text: str) -> str:
    return f"“{text[:30]}…”" if len(text) > 31 else f"“{text}”"


@dataclass
class _Parser:
    tokens: list[_Token]
    subject: Callable[[str], Subject]
    at: int = 0

    def either(self, depth: int) -> _Chain:
        """Read conditions joined by `or`."""
        if depth > MOST_NESTED:
            raise NotReadError("the condition is nested too deeply.", "Split it into several questions.")
        parts = [self._both(depth)]
        while self._take("or"):
            parts.append(self._both(depth))
        return parts[0] if len(parts) == 1 else _Chain("any", tuple(part.grouped() for part in parts))

    def end(self) -> None:
        """Make sure that nothing follows."""
        if self.at < len(self.tokens):
            raise self._misfit()

    def _both(self, depth: int) -> _Chain:
        parts = [self._one(depth)]
        while self._take("and"):
            parts.append(self._one(depth))
        return _Chain("all", tuple(parts))

    def _one(self, depth: int) -> Data:
        if self._take("("):
            inside = self.either(depth + 1)
            self._need(")")
            return inside.grouped()
        name = self._name()
        if name in ("not", "all", "any") and self._follows("("):
            self.at += 2
            parts = [self.either(depth + 1).grouped()]
            while name != "not" and self._take(","):
                parts.append(self.either(depth + 1).grouped())
            self._need(")")
            return {"not": parts[0]} if name == "not" else {name: parts}
        if name == "selected" and self._follows("("):
            self.at += 2
            subject = self._subject()
            self._need(",")
            word = subject.word(self._word())
            self._need(")")
            return {subject.kind: subject.id, "any_of": [word]}
        return self._comparison()

    def _comparison(self) -> Data:
        left = self._operand()
        if self._take("in"):
            if not isinstance(left, Subject):
                raise self._misfit()
            return {left.kind: left.id, "any_of": [left.word(word) for word in self._words()]}
        sign = self._sign()
        right = self._operand()
        if not isinstance(left, (Subject, _Counted)):
            left, right, sign = right, left, _TURNED[sign]
        if not isinstance(left, (Subject, _Counted)):
            raise NotReadError("a condition tests an answer, and this one tests none.", _FORMS, beyond=True)
        if isinstance(right, (Subject, _Counted)):
            raise NotReadError(
                "an answer can be compared with a fixed value only, not with another answer.",
                "Compare it with a value.",
                beyond=True,
            )
        return _test(left, sign, right)

    def _operand(self) -> Subject | _Counted | float | str:
        token = self._next()
        match token.kind:
            case "reference":
                self.at -= 1
                return self._subject()
            case "text":
                return _unquoted(token.said)
            case "number":
                return float(token.said)
            case "name" if token.said.lower() == "count-selected" and self._take("("):
                counted = _Counted(self._subject())
                self._need(")")
                return counted
            case "name" if self._peek() == "(":
                raise NotReadError(
                    "there is no {name}( ) in a questionnaire's conditions.",
                    "Known: {known}.",
                    beyond=True,
                    name=token.said,
                    known=", ".join(f"{name}( )" for name in _FUNCTIONS),
                )
            case "name" if token.said.lower() in _FUNCTIONS:
                raise NotReadError("“(” is missing after {name}.", "Write {name}( … ).", name=token.said)
            case "name":
                raise NotReadError(
                    "“{word}” stands there alone.",
                    "Write an answer's name as ${{{word}}} and a word as '{word}'.",
                    word=token.said,
                )
            case "sign" if token.said == ".":
                return self.subject(".")
            case _:
                self.at -= 1
                raise self._misfit()

    def _subject(self) -> Subject:
        token = self._next()
        if token.kind != "reference":
            self.at -= 1
            raise self._misfit("a name such as ${{q1}} is needed before {rest}.")
        name = token.said[2:-1].strip()
        return self.subject(name)

    def _word(self) -> str:
        token = self._next()
        if token.kind == "number":
            return words_of(float(token.said))[0]
        if token.kind != "text":
            self.at -= 1
            raise self._misfit("a word in quotes is needed before {rest}.")
        return _unquoted(token.said)

    def _words(self) -> list[str]:
        self._need("(")
        words: list[str] = []
        while self._peek() != ")":
            words.append(self._word())
            if not self._take(","):
                break
        self._need(")")
        return words

    def _sign(self) -> str:
        token = self._next("a comparison such as = or >= is missing at the end.")
        if token.said in _INSTEAD:
            raise self._unknown_sign(token.said)
        if token.said in ("+", "-", "*", "/", "|") or token.said.lower() in ("div", "mod"):
            raise NotReadError(
                "there is no arithmetic in a questionnaire's conditions.",
                "Compare one answer with a value.",
                beyond=True,
            )
        if token.said not in _TURNED:
            self.at -= 1
            raise self._misfit("a comparison such as = or >= is needed before {rest}.")
        return token.said

    def _next(self, missing: str = "the condition ends too early.") -> _Token:
        if self.at >= len(self.tokens):
            raise NotReadError(missing, _FORMS)
        self.at += 1
        return self.tokens[self.at - 1]

    def _peek(self) -> str:
        return self.tokens[self.at].said if self.at < len(self.tokens) else ""

    def _name(self) -> str:
        token = self.tokens[self.at] if self.at < len(self.tokens) else None
        return token.said.lower() if token is not None and token.kind == "name" else ""

    def _follows(self, said: str) -> bool:
        return self.at + 1 < len(self.tokens) and self.tokens[self.at + 1].said == said

    def _take(self, said: str) -> bool:
        here = self.tokens[self.at] if self.at < len(self.tokens) else None
        if here is None or here.kind == "text" or here.said.lower() != said:
            return False
        self.at += 1
        return True

    def _need(self, said: str) -> None:
        if not self._take(said):
            if self.at >= len(self.tokens):
                raise NotReadError("“{sign}” is missing at the end.", "Add it.", sign=said)
            raise self._misfit("“{sign}” is missing before {rest}.", sign=said)

    def _misfit(self, message: str = "{rest} does not fit there.", sign: str = "") -> NotReadError:
        rest = " ".join(token.said for token in self.tokens[self.at :])
        if not rest:
            return NotReadError("the condition ends too early.", _FORMS)
        if self._peek() in _INSTEAD:
            return self._unknown_sign(self._peek())
        return NotReadError(message, _FORMS, rest=_quoted(rest), sign=sign)

    def _unknown_sign(self, sign: str) -> NotReadError:
        return NotReadError("“{sign}” is not known here.", "Write {other}.", sign=sign, other=_INSTEAD[sign])


def _test(left: Subject | _Counted, sign: str, right: float | str) -> Data:
    subject = left.subject if isinstance(left, _Counted) else left
    asked: Data = {subject.kind: subject.id}
    if sign in COMPARED:
        try:
            return {**asked, COMPARED[sign]: float(right)}
        except ValueError:
            raise NotReadError(
                "“{word}” is not a number, and {sign} compares numbers.",
                "Write a number, or use =.",
                word=right,
                sign=sign,
            ) from None
    if isinstance(left, _Counted):
        raise NotReadError(
            "how many are ticked is compared with <, <=, > or >=.", "Use two comparisons.", beyond=True
        )
    if right == "":
        return {**asked, "answered": sign == "!="}
    same = {**asked, "any_of": [subject.word(right if isinstance(right, str) else words_of(right)[0])]}
    return same if sign == "=" else {"not": same}


def _unquoted(said: str) -> str:
    inside = said[1:-1]
    return inside.replace(said[0] * 2, said[0]) if said[0] in "'\"" else inside
