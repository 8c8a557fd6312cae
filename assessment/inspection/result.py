"""What is found in a questionnaire, with what to do, and how its texts are measured."""

from typing import Literal

from assessment.values import Id, Language, Model

Severity = Literal["error", "warning", "notice"]
"""An error makes a result wrong or a part useless; a warning is probably not meant; a notice is worth knowing."""

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "notice")

TextKind = Literal[
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
"""What the texts alone tell."""

ReadKind = Literal[
    TextKind,
    # words
    "term_avoided",
    "term_missing",
    "address_mixed",
    "vague_word",
    # parts
    "option_set_unused",
    "row_unused",
    "standard_unused",
    "topic_unused",
    "union_unused",
    "figure_group_unused",
    "reference_point_unused",
    "measure_unused",
    "role_unused",
    "lead_unused",
    "source_twice",
    # measures
    "step_without_measure",
    "gate_without_measure",
    # sources
    "sources_missing",
    "reference_point_without_source",
    "figure_without_source",
    # time
    "date_passed",
    "register_old",
    "changed_since_release",
    # the authors' own word on findings
    "accepted_without_finding",
]
"""What can be found by reading a questionnaire."""

PlayedKind = Literal[
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
]
"""What takes sheets to find: see `assessment.simulation`."""

Kind = Literal[ReadKind, PlayedKind]


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


class Inspection(Model):
    """A questionnaire read for what is probably not meant."""

    questionnaire: Id
    version: str
    findings: tuple[Finding, ...]
    """Worst first, then in the questionnaire's order."""
    accepted: int
    """So many more that its authors accepted."""

    def count(self, severity: Severity) -> int:
        """Return the number of findings of a severity."""
        return sum(finding.severity == severity for finding in self.findings)
