"""People who answer questions at the same time, each over a connection of their own: a process of its own.

Reads an `Errand` from its standard input and writes what came of it, a `Told`, to its standard output.
"""

import asyncio
import json
import resource
import sys
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from random import Random
from typing import NamedTuple

import websockets
from peers.visitor import AppError, Node, Run, Visitor

PAGE = "questions"
CHANGED_MIND = 0.2
"""How often somebody changes an answer on the page instead of giving the next."""

TROUBLE = (AppError, TimeoutError, OSError, KeyError, websockets.WebSocketException)


class Given(NamedTuple):
    """An answer that somebody gave."""

    person: int
    question: str
    option: int
    """The place of the chosen option, from 0."""
    was_open: bool
    seconds: float
    """From choosing it until the page had been drawn anew, the answer on disk."""
    at: float
    """Seconds since the beginning."""


@dataclass
class Person:
    """Somebody who answers the questions on a scale, page after page."""

    visitor: Visitor
    dice: Random
    scales: dict[str, int]
    """How many levels each question has; others are left alone."""
    turns: list[Run] = field(default_factory=list)

    def on_page(self) -> dict[str, Node]:
        """Return the fields of the questions on the page that can be answered, by question."""
        fields = {}
        for node in self.visitor.shown("radio"):
            question = next((name for name in self.scales if node.key.startswith(f"choice-{name}-")), None)
            if question:
                fields[question] = node
        return fields

    def is_open(self, node: Node) -> bool:
        """Say whether nothing is chosen yet."""
        return self.visitor.chosen(node) is None

    async def answer_open(self) -> tuple[str, int, Run]:
        """Answer the next open question; turns pages until there is one.

        Raises:
            AppError: there is none any more.
        """
        while True:
            found = next(((name, node) for name, node in self.on_page().items() if self.is_open(node)), None)
            if found is not None:
                return await self._choose(*found)
            following = next((one for one in self.visitor.shown("button") if one.key == "next"), None)
            if following is None:
                raise AppError("every question is answered")
            self.turns.append(await self.visitor.press(following))

    async def change(self) -> tuple[str, int, Run] | None:
        """Change an answer on the page; None if there is none."""
        given = [(name, node) for name, node in self.on_page().items() if not self.is_open(node)]
        return await self._choose(*self.dice.choice(given)) if given else None

    async def _choose(self, question: str, node: Node) -> tuple[str, int, Run]:
        before, options = self.visitor.chosen(node), node.proto.options
        choice = self.dice.choice([n for n in range(self.scales[question]) if options[n] != before])
        run = await self.visitor.choose(node, options[choice])
        self.visitor.check()
        return question, choice, run


@dataclass(frozen=True)
class Errand:
    """What the crowd is to do."""

    url: str
    tokens: list[str]
    """The private link of each person's assessment."""
    scales: dict[str, int]
    thought: float
    """Seconds between two answers, on average; from half of it to half more."""
    joining: float
    """Seconds in which everybody comes."""
    steady: float
    """Seconds that are measured, after everybody has come."""


@dataclass
class Told:
    """What came of it."""

    given: list[Given]
    errors: dict[str, int]
    arrivals: list[float]
    """Seconds until each first page was there."""
    turns: list[float]
    """Seconds of each turned page."""
    bytes: int
    cpu: float
    """Seconds of processor time of the crowd itself."""


class Crowd:
    """The people of an errand."""

    def __init__(self, errand: Errand) -> None:
        self.errand = errand
        self.begin = time.perf_counter()
        self.told = Told([], {}, [], [], 0, 0.0)
        self.errors: Counter[str] = Counter()

    async def run(self) -> Told:
        """Send everybody off and wait until they are done."""
        await asyncio.gather(*(self._one(number) for number in range(len(self.errand.tokens))))
        used = resource.getrusage(resource.RUSAGE_SELF)
        self.told.errors, self.told.cpu = dict(self.errors), used.ru_utime + used.ru_stime
        return self.told

    def now(self) -> float:
        """Return the seconds since the beginning."""
        return time.perf_counter() - self.begin

    async def _one(self, number: int) -> None:
        errand, dice = self.errand, Random(number)
        await asyncio.sleep(errand.joining * number / len(errand.tokens))
        try:
            async with Visitor(
                errand.url, query=f"a={errand.tokens[number]}&lang=en", seat=f"{dice.getrandbits(128):032x}"
            ) as visitor:
                person = Person(visitor, dice, errand.scales)
                self.told.arrivals.append((await visitor.arrive(PAGE)).seconds)
                visitor.check()
                await self._answers(number, person)
                self.told.turns += [run.seconds for run in person.turns]
        except TROUBLE as error:
            self.errors[f"{type(error).__name__}: {error}"[:200]] += 1

    async def _answers(self, number: int, person: Person) -> None:
        errand = self.errand
        await person.visitor.think(errand.thought * person.dice.random())
        while self.now() < errand.joining + errand.steady:
            at = self.now()
            was_open, done = False, None
            if person.dice.random() < CHANGED_MIND:
                done = await person.change()
            if done is None:
                was_open, done = True, await person.answer_open()
            question, option, run = done
            self.told.given.append(Given(number, question, option, was_open, run.seconds, at))
            self.told.bytes += run.size
            await person.visitor.think(errand.thought * person.dice.uniform(0.5, 1.5))


if __name__ == "__main__":
    crowd = Crowd(Errand(**json.load(sys.stdin)))
    json.dump(asdict(asyncio.run(crowd.run())), sys.stdout)
