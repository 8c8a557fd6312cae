"""What the buttons are called in each language: read from the translations, as a user reads them from the screen."""

from assessment.i18n import catalogue


def word(message: str, language: str) -> str:
    """Return an English label in this language."""
    return catalogue(language).t(message)
