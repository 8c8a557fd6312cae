"""Export formats: each file in this folder that has an `EXPORTER` is one, and is found by itself."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol

from assessment.brand import UNBRANDED, Brand
from assessment.document.parts import EVERYTHING, Part, Parts
from assessment.report import Report
from assessment.values import Variety


class Render(Protocol):
    """Makes the file's content; the same report, language, brand and chapters always give the same bytes."""

    def __call__(
        self, report: Report, language: Variety, *, brand: Brand = UNBRANDED, parts: Parts = EVERYTHING
    ) -> bytes:
        """Return the file's content.

        Raises:
            ReportError: the report's questionnaire is not written in this language.
        """
        ...


@dataclass(frozen=True)
class Exporter:
    """A way to write a report."""

    format: str
    """Its name: pdf, json."""
    suffix: str
    media_type: str
    render: Render
    notice: Callable[[Report, Variety, Parts], str] = lambda _report, _language, _parts: ""
    """Return what the reader should know about this file, in the report's language; mostly nothing."""
    keeps: tuple[Part, ...] = ()
    """Chapters that stay in this format even where they are left out of the report."""


def _found() -> tuple[Exporter, ...]:
    modules = (import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__))
    exporters = (getattr(module, "EXPORTER", None) for module in modules)
    return tuple(sorted((one for one in exporters if isinstance(one, Exporter)), key=lambda one: one.format))


EXPORTERS: tuple[Exporter, ...]
"""All of them, found when they are first asked for: who writes one format does not import the libraries of the others."""


def __getattr__(name: str) -> tuple[Exporter, ...]:
    if name != "EXPORTERS":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()["EXPORTERS"] = _found()
    return found
