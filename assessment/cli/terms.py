"""What a plan is made under, asked for on the command line: capacity, goal, targets, and what is settled."""

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import Any, NamedTuple

import click
from pydantic import ValidationError

from assessment.questionnaire import Questionnaire
from assessment.roadmap import Capacity, Commitment, Standing, Terms, Track, Tracking, Wishes
from assessment.roadmap.outlook import GOALS

PARTS = {"": 1, "month": 1, "quarter": 3, "year": 12}


class Asked(NamedTuple):
    """The options as they were given."""

    capacity: str | None
    horizon: int | None
    start: date | None
    terms: Path | None
    goal: str | None
    targets: tuple[str, ...]
    roles: tuple[str, ...]
    budget: float | None
    pins: tuple[str, ...]
    running: tuple[str, ...]
    done: tuple[str, ...]
    dropped: tuple[str, ...]
    owners: tuple[str, ...]
    notes: tuple[str, ...]
    tracked: Path | None

    def for_(self, questionnaire: Questionnaire, held_on: date, *, followed: Terms | None = None) -> Terms:
        """Return the terms for an assessment held on a day: those of the file, changed by the other options.

        What was `followed` up before goes on where the file says nothing else.

        Raises:
            click.BadParameter: an option says something that is not a number, a month, a section or a measure.
            AnswersError: an edited table of the plan cannot be read.
        """
        base = _going_on(self._base(questionnaire, held_on), followed)
        changes: dict[str, Any] = {}
        if self.capacity is not None:
            changes["per_month"] = _days(self.capacity, "--capacity")
        if self.horizon is not None:
            changes["months"] = self.horizon
        if self.start is not None:
            changes["start"] = self.start
        if self.budget is not None:
            changes["budget"] = self.budget
        if self.roles:
            known = [role.id for role in questionnaire.planning.roles]
            pairs = [_pair(each, "--role", known) for each in self.roles]
            changes["roles"] = {
                **base.capacity.roles,
                **{name: _days(text, "--role") for name, text in pairs},
            }
        wishes = self._wishes(base.wishes, questionnaire)
        try:
            capacity = Capacity.model_validate({**base.capacity.model_dump(), **changes})
        except ValidationError as error:
            first = error.errors()[0]
            raise click.BadParameter(
                f"{'.'.join(map(str, first['loc']))}: {first['msg']}",
                param_hint="--capacity, --start, --role, --budget",
            ) from None
        terms = Terms(capacity=capacity, wishes=wishes, tracking=self._tracking(base.tracking, questionnaire))
        if self.tracked is None:
            return terms
        from assessment.loader import read_tracked

        today = date.today()  # noqa: DTZ011 - the day on the wall
        raw, name = self.tracked.read_bytes(), str(self.tracked)
        return read_tracked(raw, name, questionnaire=questionnaire, terms=terms, on=today).terms

    def _tracking(self, base: Tracking, questionnaire: Questionnaire) -> Tracking:
        """Return who answers for what, and the notes."""
        tracking, measures = base, list(questionnaire.measures_by_id)
        for option, field, texts in (("--owner", "owner", self.owners), ("--note", "note", self.notes)):
            for each in texts:
                name, text = _pair(each, option, measures)
                changed = {**tracking.of(name).model_dump(), field: text.strip()}
                try:
                    tracking = tracking.with_track(Track.model_validate(changed))
                except ValidationError as error:
                    raise click.BadParameter(error.errors()[0]["msg"], param_hint=option) from None
        return tracking

    def _base(self, questionnaire: Questionnaire, held_on: date) -> Terms:
        if self.terms is None:
            start = date(held_on.year + held_on.month // 12, held_on.month % 12 + 1, 1)
            return Terms(capacity=Capacity(start=start, per_month=questionnaire.usual_capacity))
        try:
            return Terms.model_validate_json(self.terms.read_bytes())
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(map(str, first["loc"])) or "the file"
            raise click.BadParameter(
                f"{self.terms}: {place}: {first['msg']}. Give JSON with capacity (start, per_month, months) and wishes.",
                param_hint="--terms",
            ) from None

    def _wishes(self, base: Wishes, questionnaire: Questionnaire) -> Wishes:
        sections, measures = list(questionnaire.sections_by_id), list(questionnaire.measures_by_id)
        wishes = base
        if self.goal is not None:
            wishes = wishes.model_copy(update={"goal": self.goal})
        for each in self.targets:
            name, text = _pair(each, "--target", sections)
            wishes = wishes.model_copy(
                update={"targets": {**wishes.targets, name: _number(text, "--target")}}
            )
        settled: list[tuple[Standing, str, tuple[str, ...]]] = [
            ("pinned", "--pin", self.pins),
            ("running", "--running", self.running),
            ("done", "--done", self.done),
            ("dropped", "--drop", self.dropped),
        ]
        for standing, option, names in settled:
            for each in names:
                name, _, month = each.partition("=")
                _known(name, option, measures)
                day = _month(month, option) if month else None
                is_over = standing in ("done", "dropped")
                before = wishes.of(name)
                commitment = Commitment(
                    measure=name,
                    standing=standing,
                    begin=(before.begin if before else None) if is_over else day,
                    end=day if is_over else None,
                )
                wishes = wishes.with_commitment(name, commitment)
        return wishes


def _going_on(base: Terms, followed: Terms | None) -> Terms:
    """Return the terms with what was settled and noted before, unless they say how the plan stands themselves."""
    if followed is None or base.is_followed_up:
        return base
    settled = tuple(each for each in followed.wishes.commitments if base.wishes.of(each.measure) is None)
    kept = {"commitments": (*base.wishes.commitments, *settled), "kept": followed.wishes.kept}
    return base.model_copy(
        update={"wishes": base.wishes.model_copy(update=kept), "tracking": followed.tracking}
    )


NOTHING_ASKED = Asked(None, None, None, None, None, (), (), None, (), (), (), (), (), (), None)


def terms_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that say what a plan is made under; it gets them as `asked`."""
    names = Asked._fields

    @wraps(command)
    def with_terms(**options: Any) -> Any:
        given = {name: options.pop(name) for name in names}
        start = given["start"]
        asked = Asked(**{**given, "start": start.date() if isinstance(start, datetime) else start})
        return command(asked=asked, **options)

    for option in reversed(OPTIONS):
        with_terms = option(with_terms)
    return with_terms


def _option(*names: str, **more: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    return click.option(*names, **more)


OPTIONS = (
    _option(
        "--capacity",
        help="Person-days, for example 12/month or 144/year; default: what the questionnaire starts with.",
    ),
    _option("--horizon", type=click.IntRange(1, 60), help="Months; default: 18."),
    _option(
        "--start",
        type=click.DateTime(["%Y-%m-%d"]),
        help="First day of the plan; default: the first of the month after the assessment.",
    ),
    _option(
        "--terms",
        type=click.Path(path_type=Path, exists=True, dir_okay=False),
        help="JSON with everything a plan is made under; the other options change single parts.",
    ),
    _option("--goal", type=click.Choice(GOALS), help="What counts more than the rest."),
    _option(
        "--target",
        "targets",
        multiple=True,
        metavar="SECTION=INDEX",
        help="Index beyond which progress counts only a little.",
    ),
    _option("--role", "roles", multiple=True, metavar="ROLE=DAYS", help="Person-days a month of one role."),
    _option("--budget", type=click.FloatRange(min=0), help="External cost of all measures together."),
    _option("--pin", "pins", multiple=True, metavar="MEASURE=YYYY-MM", help="Begins in this month."),
    _option("--running", multiple=True, metavar="MEASURE[=YYYY-MM]", help="Is under way, since this month."),
    _option("--done", multiple=True, metavar="MEASURE[=YYYY-MM-DD]", help="Is finished, since this day."),
    _option("--drop", "dropped", multiple=True, metavar="MEASURE[=YYYY-MM-DD]", help="Is not wanted."),
    _option("--owner", "owners", multiple=True, metavar="MEASURE=NAME", help="Who answers for it."),
    _option("--note", "notes", multiple=True, metavar="MEASURE=TEXT", help="What is to be noted about it."),
    _option(
        "--tracked",
        type=click.Path(path_type=Path, exists=True, dir_okay=False),
        help="The plan as a table (CSV) in which a team has changed status, owner, days or notes.",
    ),
)


def _pair(text: str, option: str, known: list[str]) -> tuple[str, str]:
    name, sign, rest = text.partition("=")
    if not sign:
        raise click.BadParameter(f"“{text}”: give a name, =, and a number.", param_hint=option)
    _known(name, option, known)
    return name, rest


def _known(name: str, option: str, known: list[str]) -> None:
    from assessment.errors import did_you_mean

    if name not in known:
        hint = f"{did_you_mean(name, known)}"
        raise click.BadParameter(f"the questionnaire has no “{name}”. {hint}".rstrip(), param_hint=option)


def _days(text: str, option: str) -> float:
    amount, _, unit = text.partition("/")
    if unit not in PARTS:
        raise click.BadParameter(
            f"“{text}”: give person-days per month, quarter or year, for example 12/month.", param_hint=option
        )
    return _number(amount, option) / PARTS[unit]


def _number(text: str, option: str) -> float:
    try:
        return float(text)
    except ValueError:
        example = ", for example 12/month" if option == "--capacity" else ""
        raise click.BadParameter(f"“{text}” is not a number{example}.", param_hint=option) from None


def _month(text: str, option: str) -> date:
    try:
        return datetime.strptime(text[:10], "%Y-%m-%d" if len(text) > 7 else "%Y-%m").date()  # noqa: DTZ007 - a day
    except ValueError:
        raise click.BadParameter(
            f"“{text}”: give a month or a day, for example 2027-03 or 2027-03-16.", param_hint=option
        ) from None
