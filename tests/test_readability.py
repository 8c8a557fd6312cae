"""How hard a text is to read: words, sentences and syllables counted, and the published formulas."""

import pytest

from assessment.inspection.readability import count, flesch, lix, sentences_of, syllables, words_of


def test_words_and_sentences_are_counted_as_people_would() -> None:
    assert words_of("Self-service, e.g. 24/7: it’s 99.5 % there!") == [
        "Self-service", "e.g", "24/7", "it’s", "99.5", "there",
    ]  # fmt: skip
    assert len(sentences_of("Am 16. Juli galt § 87 Abs. 1 Nr. 6, z. B. hier. Ist das so? Ja!")) == 3
    assert len(sentences_of("We check this, e.g. twice a year. Then we act")) == 2
    assert len(sentences_of("A value of 2.5 is fine.")) == 1


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", {"cat": 1, "service": 2, "made": 1, "wanted": 2, "used": 1, "table": 2, "radio": 3, "level": 2, "customer": 3,
                "questions": 2, "organisation": 5, "measures": 2, "people": 2, "quality": 3, "KPI": 3, "doing": 2}),
        ("de", {"Haus": 1, "Kunde": 2, "Mitarbeitende": 5, "geregelt": 3, "Qualität": 3, "Maßnahmen": 3, "Information": 5,
                "geeignet": 3, "Überwachung": 4, "Betriebsrat": 3, "zwei": 1, "über": 2, "DSGVO": 5, "Homeoffice": 3}),
        ("nl", {"huis": 1, "thuiswerken": 3, "medewerkers": 4, "ideeën": 3, "mooie": 2, "nieuw": 1, "kwaliteit": 3,
                "geregeld": 3, "klantenservice": 4, "klanten": 2, "eeuw": 1, "bijvoorbeeld": 3}),
    ],
)  # fmt: skip
def test_syllables_are_counted(language: str, words: dict[str, int]) -> None:
    assert {word: syllables(word, language) for word in words} == words


def test_the_english_formula_is_that_of_flesch() -> None:
    # 9 words, 2 sentences, 11 syllables: The cat sat on the ma-t. | Eve-ry-one was hap-py.  (6 + 3 words; 6 + 6 syllables)
    counts = count("The cat sat on the mat. Nobody was happy.", "en")
    assert (counts.words, counts.sentences, counts.syllables, counts.long) == (9, 2, 12, 0)
    assert flesch(counts, "en") == pytest.approx(206.835 - 1.015 * 4.5 - 84.6 * 12 / 9)
    assert flesch(counts, "en") == pytest.approx(89.4675)


def test_the_german_formula_is_that_of_amstad() -> None:
    # Wir re-geln die Ar-beit zu Hau-se. | Al-le ken-nen die-se Re-gel.   (6 + 4 words; 9 + 8 syllables)
    counts = count("Wir regeln die Arbeit zu Hause. Alle kennen diese Regel.", "de")
    assert (counts.words, counts.sentences, counts.syllables, counts.long) == (10, 2, 17, 0)
    assert flesch(counts, "de") == pytest.approx(180 - 5 - 58.5 * 1.7)
    assert flesch(counts, "de") == pytest.approx(75.55)


def test_the_dutch_formula_is_that_of_douma() -> None:
    # Wij re-ge-len het werk thuis. | Ie-der-een kent de-ze re-gels.   (5 + 4 words; 7 + 8 syllables)
    counts = count("Wij regelen het werk thuis. Iedereen kent deze regels.", "nl")
    assert (counts.words, counts.sentences, counts.syllables, counts.long) == (9, 2, 15, 2)
    assert flesch(counts, "nl") == pytest.approx(206.84 - 0.93 * 4.5 - 77 * 15 / 9)
    assert flesch(counts, "nl") == pytest.approx(74.3217, abs=1e-4)


def test_lix_counts_long_words() -> None:
    # 10 words in 2 sentences, of which customers, returned and complaints have more than six letters
    counts = count("Our customers returned to us. They had two more complaints.", "en")
    assert (counts.words, counts.sentences, counts.long) == (10, 2, 3)
    assert lix(counts) == pytest.approx(5 + 30)


def test_a_language_without_a_formula_has_lix_alone() -> None:
    counts = count("Det här är en text.", "sv")
    assert flesch(counts, "sv") is None
    assert lix(counts) == pytest.approx(5)
    assert lix(count("", "en")) is None
