"""How a day is written, shown by an example: signs for day and year differ from language to language, figures do not."""

from assessment.i18n import Catalogue


def day_example(c: Catalogue) -> str:
    """Return a day as people of this language write it: 30.11.2026."""
    return c.day_pattern.replace("DD", "30").replace("MM", "11").replace("YYYY", "2026")
