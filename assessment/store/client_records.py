"""What a consultant's desk holds: clients, their sites, and the assessments of each."""

from datetime import date, datetime

from pydantic import Field, TypeAdapter

from assessment.brand import Brand
from assessment.clients import Many
from assessment.pooling import Pool
from assessment.values import Language, Model

POOLS = TypeAdapter(dict[str, Pool])


class Filed(Model):
    """An assessment on the desk, without its answers."""

    assessment: str
    questionnaire: str
    version: str
    language: Language
    short: bool
    organisation: str
    unit: str
    held_on: date
    changed_at: datetime
    answered: int
    """Questions with an answer, "don't know" and "not applicable" included."""
    in_workshop: bool
    """A workshop on it is open."""
    follows: str = ""
    """The id of the one before; nothing for none."""
    is_pulse: bool = False
    next_step: str = ""
    """What is to be done next with it, in the consultant's words."""
    next_on: date | None = None
    archived_at: datetime | None = None


class Site(Model):
    """A place, a team or a partner that is assessed on its own."""

    id: str
    name: str
    contacts: Many | None = None
    """Contacts a year; None where nobody said."""
    heads: Many | None = None
    """People who work there; None where nobody said."""
    assessments: tuple[Filed, ...] = ()
    """The latest first."""


class Client(Model):
    """Whom a consultant works for."""

    id: str
    name: str
    note: str
    brand: Brand
    """Of the reports of all its assessments that have none of their own."""
    created_at: datetime
    archived_at: datetime | None = None
    sites: tuple[Site, ...] = ()
    """By name."""


class ClientLine(Model):
    """A client in the list of all."""

    id: str
    name: str
    archived_at: datetime | None
    sites: int
    assessments: int
    changed_at: datetime | None
    """When one of its assessments was last changed; None without any."""
    next_step: str = ""
    """The step that is due first; nothing where none has a day."""
    next_on: date | None = None


class Workspace(Model):
    """A consultant's desk."""

    id: str
    name: str
    clients: tuple[ClientLine, ...]
    """By name."""
    pools: dict[str, Pool] = Field(default_factory=dict)
    """The latest benchmark that was given away of each kind, by a name for the kind."""
