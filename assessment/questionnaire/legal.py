"""The legal register and the section that carries the legal status."""

from datetime import date
from typing import Literal

from assessment.values import Id, Model, Text


class RegisterRow(Model):
    """One row of the legal register: a prompt for a lawyer, dated, with its state of verification."""

    id: Id
    jurisdiction: Id
    instrument: Text
    duty: Text
    state: Text
    """Since when, and in which state it was when last checked."""
    confidence: Literal["high", "medium", "low"]
    verified: str
    """V1 primary text read · V2 two independent sources · V3 one source · V0 professional knowledge, not looked up."""
    sections: tuple[Id, ...] = ()


class Union(Model):
    """A jurisdiction that holds in several countries."""

    id: Id
    members: tuple[Id, ...]


class Register(Model):
    """The legal register with its date; never legal advice."""

    as_of: date
    unions: tuple[Union, ...] = ()
    rows: tuple[RegisterRow, ...] = ()


class Legal(Model):
    """Which section carries the legal status, and from which level a topic is green."""

    section: Id
    green_from: int
