"""Reads the targets of an agreement."""

from __future__ import annotations

from fractions import Fraction

from servicebook.loading import quantities, spans
from servicebook.loading.examples import read_examples
from servicebook.loading.fields import Fields, new_id
from servicebook.loading.measures import Level, read_level, unit_problem
from servicebook.loading.nodes import Items
from servicebook.loading.report import excerpt
from servicebook.loading.shared import read_where
from servicebook.model.common import Comparison
from servicebook.model.target import Band, Credits, Target

KEYS = (
    "id", "title", "why", "measure", "source", "where", "objective", "per", "of", "within", "percentile", "statistic", "hours",
    "minimum_coverage", "minimum_count", "unobserved", "attribute", "down_after", "up_after", "satisfied_from", "credits", "services",
    "from", "until", "examples",
)  # fmt: skip
_BANDS = {
    "below": Comparison.BELOW,
    "at_most": Comparison.AT_MOST,
    "above": Comparison.ABOVE,
    "at_least": Comparison.AT_LEAST,
}
_CREDITS_AS = "write a list of bands, as in `[{below: 99.9 %, credit: 10 %}]`"


def read_target(fields: Fields) -> Target | None:
    """One entry of `targets`; None where what it must have isn't there."""
    name = fields.read("id", new_id, required=True)
    title, why = fields.text("title"), fields.text("why")
    level = read_level(fields)
    per = fields.read("per", spans.per, required=True)
    source, where, hours = fields.reference("source"), read_where(fields), fields.reference("hours")
    coverage, count = fields.share("minimum_coverage"), fields.read("minimum_count", _count)
    unobserved, attribute = (
        fields.choice("unobserved", ("down", "up")),
        fields.choice("attribute", ("opened", "resolved")),
    )
    down_after, up_after = fields.read("down_after", spans.samples), fields.read("up_after", spans.samples)
    credits, services = _credits(fields, level), fields.references("services")
    begins, ends = fields.day("from"), fields.day("until")
    examples = read_examples(fields, target=name or "")
    if begins is not None and ends is not None and ends <= begins:
        fields.error(
            "until",
            "lifecycle/no-length",
            f"the terms end on {ends}, which isn't after {begins}",
            "'until' is the first day without them",
        )
    if name is None or level is None or per is None:
        return None
    return Target(
        id=name, title=title, why=why, measure=level.measure, source=source, where=where, objective=level.objective, per=per, of=level.of,
        within=level.within, percentile=level.percentile, statistic=level.statistic, hours=hours, minimum_coverage=coverage,
        minimum_count=count, unobserved=unobserved, attribute=attribute, down_after=down_after, up_after=up_after,
        satisfied_from=level.satisfied_from, credits=credits, services=services, from_=begins, until=ends, examples=examples,
        places=fields.places,
    )  # fmt: skip


def _count(text: str) -> int:
    return quantities.whole_number(text, least=1)


def _credits(fields: Fields, level: Level | None) -> Credits | None:
    """A list of bands, or `{bands: […], cap: 30 %}`."""
    node = fields.node("credits")
    if node is None:
        return None
    holder, key, cap = fields, "credits", None
    if not isinstance(node, Items):
        item = fields.mapping("credits", what="'credits'", keys=("bands", "cap"))
        if item is None:
            return None
        if item.node("bands") is None:
            item.missing("bands", _CREDITS_AS)
            return None
        holder, key, cap = item, "bands", item.share("cap")
    read = [_band(band, level) for band in holder.mappings(key, what="a band of credits", keys=(*_BANDS, "credit"))]
    bands = tuple(band for band in read if band is not None)
    if not read and not isinstance(holder.node(key), Items):
        return None
    if not read:
        holder.error(key, "field/wrong-value", "no band of credits", _CREDITS_AS)
    return Credits(bands=bands, cap=cap) if bands else None


def _band(fields: Fields, level: Level | None) -> Band | None:
    sides = sorted(fields.written & _BANDS.keys())
    credit: Fraction | None = fields.share("credit")
    if "credit" not in fields.written:
        fields.missing("credit", "say the share of the charge, as in `credit: 10 %`")
    if len(sides) != 1:
        hint = "write one of below, at_most, above or at_least"
        if sides:
            fields.error(sides[1], "field/contradiction", "a band has one side only", hint)
        else:
            fields.missing("below", hint)
        return None
    side = sides[0]
    value = fields.read(side, quantities.quantity)
    if value is None or credit is None:
        return None
    problem = unit_problem(level.measure, value, rated=level.satisfied_from is not None) if level is not None else None
    if problem is None and level is not None and value.kind is not level.objective.level.kind:
        problem = (f"the objective is {excerpt(level.objective.text)}", "write the band in the objective's unit")
    if problem is not None:
        fields.error(side, "field/wrong-unit", f"'{excerpt(value.text)}': {problem[0]}", problem[1])
        return None
    return Band(comparison=_BANDS[side], level=value, credit=credit, text=f"{side.replace('_', ' ')} {value.text}")
