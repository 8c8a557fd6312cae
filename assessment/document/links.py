"""Links that lead nowhere are taken out: what they lead to was left out, or has no place of its own."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from assessment.document.blocks import Anchor, Block
from assessment.values import Model

M = TypeVar("M", bound=Model)


def without_dead_links(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Return the blocks with every word in its place, and only the links whose anchor is in them."""
    every = tuple(blocks)
    known = frozenset(anchor for block in every for anchor in anchors(block))
    return tuple(_mended(block, known) for block in every)


def anchors(part: object) -> Iterator[Anchor]:
    """Yield every place to which a link can lead: headings, cards and lines that have a name."""
    for model in _models(part):
        # an entry of the contents names the chapter to which it leads
        anchor = getattr(model, "anchor", None) if not hasattr(model, "claim") else None
        if anchor:
            yield anchor


def links(part: object) -> Iterator[Anchor]:
    """Yield where each link leads."""
    for model in _models(part):
        link = getattr(model, "link", None)
        if link:
            yield link


def _models(part: object) -> Iterator[Model]:
    match part:
        case Model():
            yield part
            for _, value in part:
                yield from _models(value)
        case tuple():
            for each in part:
                yield from _models(each)
        case _:
            pass


def _mended(part: M, known: frozenset[Anchor]) -> M:
    changes: dict[str, object] = {}
    for name, value in part:
        if name == "link" and value is not None and value not in known:
            changes[name] = None
        elif (mended := _inside(value, known)) is not value:
            changes[name] = mended
    return part.model_copy(update=changes) if changes else part


def _inside(value: object, known: frozenset[Anchor]) -> object:
    match value:
        case Model():
            return _mended(value, known)
        case tuple():
            mended = tuple(_inside(each, known) for each in value)
            return mended if any(a is not b for a, b in zip(mended, value, strict=True)) else value
        case _:
            return value
