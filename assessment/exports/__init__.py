"""Export formats: each file in this folder that has an `EXPORTER` is one, and is found by itself."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules

from assessment.report import Report
from assessment.values import Variety


@dataclass(frozen=True)
class Exporter:
    """A way to write a report."""

    format: str
    """Its name: pdf, json."""
    suffix: str
    media_type: str
    render: Callable[[Report, Variety], bytes]
    """Return the file's content; the same report and language always give the same bytes."""


def _found() -> tuple[Exporter, ...]:
    modules = (import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__))
    exporters = (getattr(module, "EXPORTER", None) for module in modules)
    return tuple(sorted((one for one in exporters if isinstance(one, Exporter)), key=lambda one: one.format))


EXPORTERS = _found()
