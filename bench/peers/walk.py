"""A walk through every page of the sample: opens what can be opened, chooses every option, and notes what each rerun sends.

Buttons are not pressed, but for the ones that open the sample and turn the pages of the questions. A field is written once.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from peers.visitor import Node, Run, Visitor

SAID = ("label", "body", "alt", "title", "text", "component_name")
LONGEST = 64
"""Characters of a label that is told."""
FIELDS = 6
"""Fields written on a page."""
LANGUAGE_MENU = "language"
QUESTION = ("choice", "evidence")
"""What the widgets of a question are called; each page of questions has many, and one is as good as another."""


class Part(NamedTuple):
    """What one message put on the page."""

    kind: str
    label: str
    size: int


class Step(NamedTuple):
    """One rerun of the walk."""

    page: str
    what: str
    run: Run
    parts: tuple[Part, ...]
    """The messages, the largest first."""


@dataclass
class Walk:
    """One walk, in one language."""

    visitor: Visitor
    page: str = ""
    known: set[str] = field(default_factory=set)
    """The widgets of this page that were tried."""

    async def steps(self) -> AsyncIterator[Step]:
        """Walk, and yield each rerun."""
        yield self._step("opened", await self.visitor.arrive())
        opening = next(button for button in self.visitor.shown("button") if "visibility" in button.proto.icon)
        self.page = "results"
        yield self._step("the sample opened", await self.visitor.press(opening))
        for page in list(self.visitor.pages):
            self.page, self.known = page or "start", set()
            yield self._step("opened by the menu", await self.visitor.visit(page))
            async for step in self._turned():
                yield step
            async for step in self._tried():
                yield step

    def _step(self, what: str, run: Run) -> Step:
        self.visitor.check()
        nodes = self.visitor.nodes
        parts = [
            Part(piece.kind, _label(nodes.get(piece.path)) if piece.path else "", piece.size)
            for piece in run.pieces
        ]
        return Step(self.page, what, run, tuple(sorted(parts, key=lambda part: -part.size)))

    async def _turned(self) -> AsyncIterator[Step]:
        """Turn the pages of the questions, and change an answer on each."""
        seen = 0
        while seen < 100:
            seen += 1
            question = next(
                (one for one in self.visitor.shown("radio") if one.key.startswith("choice-")), None
            )
            if question is None:
                return
            for way in ("answer changed", "answer changed back"):
                options = [each for each in question.proto.options if each != self.visitor.chosen(question)]
                yield self._step(f"{way} on page {seen}", await self.visitor.choose(question, options[0]))
            following = next((one for one in self.visitor.shown("button") if one.key == "next"), None)
            if following is None:
                return
            yield self._step(f"page {seen + 1} turned to", await self.visitor.press(following))

    async def _tried(self) -> AsyncIterator[Step]:
        """Try every choice on the page, and those that appear by it; write in a few fields."""
        written = 0
        while (node := self._untried()) is not None:
            self.known.add(node.key or node.id)
            name = f"{node.kind.replace('_', ' ')} “{_label(node) or node.key}”"
            if node.kind in ("text_input", "number_input"):
                written += 1
                if written <= FIELDS:
                    value: dict[str, Any] = (
                        {"string_value": "12"}
                        if node.kind == "text_input"
                        else {"double_value": node.proto.default + 1}
                    )
                    yield self._step(f"{name}: written", await self.visitor.say(node, **value))
                continue
            if node.kind == "checkbox":
                for on in (not node.proto.default, node.proto.default):
                    yield self._step(f"{name}: {on}", await self.visitor.say(node, bool_value=on))
                continue
            options = self._options(node)
            for option in [*options[1:], options[0]]:
                yield self._step(f"{name}: {option[:LONGEST]}", await self.visitor.choose(node, option))
                if node.kind == "tab_container":  # what is in it is there only while it is open
                    async for step in self._tried():
                        yield step

    def _untried(self) -> Node | None:
        kinds = ("radio", "selectbox", "tab_container", "checkbox", "text_input", "number_input")
        for node in self.visitor.shown(*kinds):
            mark = node.key or node.id
            is_asked = (
                mark in self.known or mark.startswith(QUESTION) or (LANGUAGE_MENU in mark and "menu" in mark)
            )
            is_idle = node.kind == "tab_container" and not node.proto.tab_container.id
            if not (is_asked or is_idle or getattr(node.proto, "disabled", False)):
                return node
        return None

    def _options(self, node: Node) -> list[str]:
        if node.kind != "tab_container":
            return list(node.proto.options)
        return [
            child.proto.tab.label
            for child in self.visitor.shown("tab")
            if child.path[:-1] == node.path and child.proto.tab.label
        ]


def _label(node: Node | None) -> str:
    """Return what says best which part of the page it is."""
    if node is None:
        return ""
    inner = getattr(node.proto, node.kind, None)
    for proto in (node.proto, inner):
        for name in SAID:
            said = getattr(proto, name, "")
            if isinstance(said, str) and said:
                return " ".join(said.split())[:LONGEST]
    return node.key
