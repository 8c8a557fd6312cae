"""What a simulation returns: findings about the questionnaire, each with what to do, and the numbers they rest on."""

from typing import Literal

from assessment.values import Id, Language, Model

Severity = Literal["error", "warning", "notice"]
"""An error makes a result wrong or a part useless; a warning is probably not meant; a notice is worth knowing."""

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "notice")

Kind = Literal[
    # levels and influence
    "section_without_score",
    "section_never_scored",
    "level_unreachable",
    "level_rare",
    "question_without_use",
    "question_without_effect",
    "question_moves_own_section_only",
    "question_hardly_matters",
    "question_never_decides_level",
    "weight_without_effect",
    # caps, conditions, checks
    "cap_never_applies",
    "cap_never_binds",
    "hidden_for_ever",
    "condition_never_hides",
    "profile_field_without_effect",
    "profile_options_alike",
    "option_set_unused",
    "rests_on_one_question",
    "short_edition_gap",
    "short_edition_long",
    "check_never_arises",
    "check_arises_often",
    # measures
    "effect_moves_nothing",
    "effect_never_asked",
    "effect_without_score",
    "measure_never_possible",
    "question_without_measure",
    # translations
    "placeholder",
    "same_in_two_languages",
    "foreign_words",
    "numbers_differ",
    "length_differs",
    # language
    "anchor_too_long",
    "sentence_too_long",
    "two_questions_at_once",
    "labels_alike",
    "anchors_alike",
    "hard_to_read",
]


class Finding(Model):
    """One thing found in a questionnaire."""

    kind: Kind
    severity: Severity
    where: tuple[str, ...]
    """Path by ids, from the top."""
    what: str
    why: str
    """Why it matters."""
    to_do: str
    proven: bool = True
    """False: as far as the sheets sampled tell."""


class LevelShare(Model):
    """How often a section reaches a level."""

    level: int
    reached: bool
    """In some sheet, a constructed one included."""
    share: float
    """Of the sheets sampled that score the section, 0 to 1."""
    most: float
    """The same in the temper that reaches it most often."""


class LevelsReached(Model):
    """One section's levels."""

    section: Id
    scored: float
    """Share of the sheets sampled in which the section has an index."""
    levels: tuple[LevelShare, ...]


class Influence(Model):
    """How far one question, or all questions of a section, can move the whole from worst to best, all else left alone."""

    of: Id
    points: float
    """Points of the overall index: the median over the sheets tried."""
    most: float
    """The largest movement in one of them."""
    share: float
    """The largest movement as a share of the whole index."""
    levels: float
    """In which share of the sheets tried it decides the level of some section."""
    own: float
    """The largest movement of the index of the section it stands in, as a share of that index."""


class CapUse(Model):
    """How often a cap applies to a section, and how often it holds the level down."""

    cap: Id
    section: Id
    level: int
    applies: float
    """Share of the complete sheets sampled."""
    binds: float
    """Of all these sheets, the share in which the level would be higher without it."""


class CheckUse(Model):
    """How often a check raises its doubt: in complete sheets whose answers are drawn evenly, and in steady ones."""

    check: Id
    even: float
    steady: float
    """Answers that lie close together on their ladders, as those of one organisation mostly do."""


class Minutes(Model):
    """How long one edition takes, over the combinations of the profile and of the answers that decide what is asked."""

    edition: Literal["complete", "short"]
    median: int
    low: int
    high: int
    questions_low: int
    questions_high: int


class Readability(Model):
    """How hard a section's texts are to read: labels, help, anchors, options, descriptions; lists of evidence left out."""

    section: Id
    language: Language
    words: int
    words_per_sentence: float
    syllables_per_word: float | None = None
    """None for a language whose syllables we do not count."""
    flesch: float | None = None
    """Flesch for English, Flesch-Amstad for German, Flesch-Douma for Dutch; 0 very hard, 100 very easy."""
    lix: float


class Simulation(Model):
    """A questionnaire put to the proof."""

    questionnaire: Id
    version: str
    seed: int
    sheets: int
    """Sheets sampled; the constructed ones come on top."""
    constructed: int
    profiles: int
    """Combinations of the profile that make a difference."""
    profiles_sampled: int
    findings: tuple[Finding, ...]
    """Worst first, then in the questionnaire's order."""
    levels: tuple[LevelsReached, ...]
    questions: tuple[Influence, ...]
    """Largest influence first."""
    sections: tuple[Influence, ...]
    caps: tuple[CapUse, ...]
    checks: tuple[CheckUse, ...]
    minutes: tuple[Minutes, ...]
    readability: tuple[Readability, ...]

    def count(self, severity: Severity) -> int:
        """Return the number of findings of a severity."""
        return sum(finding.severity == severity for finding in self.findings)
