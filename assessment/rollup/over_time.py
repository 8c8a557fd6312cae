"""What became of a group's index: other sites, other weights, or change at the sites, and there of which kind."""

from collections.abc import Mapping

from assessment.rollup.putting import mean
from assessment.rollup.result import SectionRollup
from assessment.trend import PARTS, Movement, Part
from assessment.values import TOLERANCE, Model


class GroupChange(Model):
    """What became of a group's index, in parts that add up to the change."""

    old: float
    new: float
    sites: float
    """Sites that came, went, or had no index at one of the two times."""
    weights: float
    """Sites that weigh more or less than they did."""
    within: float
    """What changed at the sites themselves, as they weigh now."""
    parts: dict[Part, float] | None = None
    """What changed at the sites, split as each site's own change is; adds up to `within`. None if a site's cannot be told."""

    @property
    def change(self) -> float:
        """The whole change."""
        return self.new - self.old


def change_of(
    old: SectionRollup, new: SectionRollup, *, movements: Mapping[str, Movement] | None = None
) -> GroupChange | None:
    """Return what became of a section's index.

    Args:
        old: the section then.
        new: the section now.
        movements: by site, what became of this section's index there, as `assessment.trend` compares it.

    Returns:
        None without an index both times, without a site that has one both times, or where the index runs over another range
        than then.
    """
    if old.value is None or new.value is None:
        return None
    if abs(old.bottom - new.bottom) > TOLERANCE or abs(old.top - new.top) > TOLERANCE:
        return None
    then = {site.site: (site.value, site.share) for site in old.sites if site.value is not None}
    now = {site.site: (site.value, site.share) for site in new.sites if site.value is not None}
    both = [name for name in now if name in then]
    old_values = {name: then[name][0] for name in both}
    new_values = {name: now[name][0] for name in both}
    new_weights = {name: now[name][1] for name in both}
    stayed = mean(old_values, {name: then[name][1] for name in both})
    reweighted, moved = mean(old_values, new_weights), mean(new_values, new_weights)
    if stayed is None or reweighted is None or moved is None:
        return None
    return GroupChange(
        old=old.value,
        new=new.value,
        sites=(stayed - old.value) + (new.value - moved),
        weights=reweighted - stayed,
        within=moved - reweighted,
        parts=_parts(new_weights, movements or {}, moved - reweighted),
    )


def _parts(
    heavy: Mapping[str, float], movements: Mapping[str, Movement], within: float
) -> dict[Part, float] | None:
    """Return each kind of change by what the sites weigh; None if it does not add up to what changed at the sites."""
    found: dict[Part, float] = {}
    for part in PARTS:
        values = {
            name: value
            for name in heavy
            if name in movements and (value := movements[name].part(part)) is not None
        }
        if len(values) < len(heavy):
            return None
        found[part] = mean(values, heavy) or 0.0
    return found if abs(sum(found.values()) - within) <= TOLERANCE else None
