"""A client's sites put together, each by what it weighs."""

from assessment.i18n import Catalogue
from assessment.store import Client


def together(client: Client, c: Catalogue) -> None:
    """Draw the sites put together."""
