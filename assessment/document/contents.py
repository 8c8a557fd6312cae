"""The contents, each chapter with its claim, and how to read the levels."""

from collections.abc import Iterable, Iterator

from assessment.document.blocks import Block, Contents, Entry, Heading, OnePage, PageBreak, Paragraph, Steps
from assessment.document.telling import Teller


def contents(tell: Teller, chapters: Iterable[Block], *, left_out: str) -> Iterator[Block]:
    """Yield the contents of these chapters, what was left out of them, and the levels of the scale."""
    c = tell.c
    heads = [block for block in _headings(chapters) if block.level == 1 and block.anchor]
    title = c.t("Contents")
    yield Heading(level=1, text=title, anchor="contents", eyebrow=c.t("Orientation"), short=title)
    yield Contents(
        entries=tuple(Entry(title=head.short, claim=head.text, anchor=head.anchor or "") for head in heads)
    )
    if left_out:
        yield Paragraph(text=left_out, style="small")
    yield Heading(level=2, text=c.t("How to read the levels"))
    scale = tell.questionnaire.scale
    yield Steps(
        items=tuple(
            (c.number(step.level, 0), tell.say(step.label), tell.say(step.description))
            for step in scale.levels
        )
    )
    yield Paragraph(
        text=c.t(
            "The index says how far along you are; the level says what is safely in place. A possible range stands "
            "beside both wherever answers are missing."
        ),
        style="small",
    )
    yield PageBreak()


def _headings(blocks: Iterable[Block]) -> Iterator[Heading]:
    for block in blocks:
        match block:
            case Heading():
                yield block
            case OnePage():
                yield from _headings(block.blocks)
            case _:
                pass
