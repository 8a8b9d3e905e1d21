"""The working of one result, as a person would do it on paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from servicebook.compliance.display import (
    fixed,
    objective_said,
    rounded_to_breach,
    said,
    signs,
    unit_said,
)
from servicebook.compliance.figure import SECOND
from servicebook.model.common import Unit
from servicebook.model.result import Result, Verdict
from servicebook.model.target import Credits, Measure, Target
from servicebook.texts import marked, say
from servicebook.timeline.zone import local, zone

SHOWN_SPANS = 40
"""More outages or windows than these are counted, not listed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the working: what is added up, and the figure beside it."""

    label: str
    figure: str = ""
    is_total: bool = False
    """A line that follows from those above it."""
    is_detail: bool = False
    """A part of the line above it."""


def working(result: Result, target: Target, hours: str = "", period: str = "") -> tuple[Line, ...]:
    """The lines that lead to a result; `hours` names its calendar, `period` its period in words.

    Whole numbers of minutes are shown without seconds; the quotient is exact to ten digits, and the figure below it is
    the one that is published.
    """
    return tuple(_lines(result, target, hours, period))


def _lines(result: Result, target: Target, hours: str, period: str) -> Iterator[Line]:
    yield Line(label=_period(result, period), figure=duration(_until(result) - result.start))
    if result.service_time is not None:
        yield from _service_time(result, hours)
    yield from _figure(result, target)
    yield from _judgement(result, target)


def _until(result: Result) -> int:
    return min(result.end, result.known_to)


def _period(result: Result, words: str) -> str:
    home = zone(result.zone)
    values = {
        "period": words or result.period,
        "start": moment(result.start, home),
        "end": moment(_until(result), home),
        "zone": result.zone,
    }
    if result.finished:
        return say("%(period)s: %(start)s to %(end)s (%(zone)s)", **values)
    return say("%(period)s, so far: %(start)s to %(end)s (%(zone)s)", **values)


def _service_time(result: Result, hours: str) -> Iterator[Line]:
    home = zone(result.zone)
    line = result.time_line
    service = result.service_time or 0
    yield Line(label=say("service time (%(hours)s)", hours=hours or say("round the clock")), figure=duration(service))
    if result.excluded_maintenance:
        yield Line(label=say("− agreed maintenance"), figure=duration(result.excluded_maintenance))
        yield from _spans([(start, end, None) for start, end in line.maintenance], home)
    if result.excluded_listed:
        yield Line(label=say("− listed exclusions"), figure=duration(result.excluded_listed))
        yield from _spans([(start, end, None) for start, end in line.listed], home)
        for reason in result.late_exclusions:
            yield Line(label=say("declared late: %(reason)s", reason=reason), is_detail=True)
    net = service - (result.excluded or 0)
    if result.excluded:
        yield Line(label=say("= service time less exclusions"), figure=duration(net), is_total=True)
    if result.coverage is not None and result.coverage < 1:
        observed = result.coverage * net
        yield Line(label=say("− not observed"), figure=duration(net - observed))
        yield from _spans([(start, end, None) for start, end in line.unobserved], home)
        yield Line(
            label=say("= observed, a coverage of %(share)s", share=percent(result.coverage)),
            figure=duration(observed),
            is_total=True,
        )


def _figure(result: Result, target: Target) -> Iterator[Line]:
    if result.measure in (Measure.AVAILABILITY, Measure.RELIABILITY):
        yield from _downtime(result)
    elif result.time_line.outages:
        home = zone(result.zone)
        yield Line(label=say("outages that end in this period, each whole"), figure=str(len(result.time_line.outages)))
        yield from _spans([(s, e, duration(length)) for s, e, length in result.time_line.outages], home)
    yield Line(label=_records(result, target), figure=str(result.records))
    for row in result.missed[:SHOWN_SPANS]:
        yield Line(label=say("not within the limit: %(row)s", row=f"{row.path}:{row.line}"), is_detail=True)
    if len(result.missed) > SHOWN_SPANS:
        yield Line(label=say("and %(number)s more", number=len(result.missed) - SHOWN_SPANS), is_detail=True)
    if result.denominator is not None and result.numerator is not None:
        quotient = f"{_amount(result.numerator, result)} ÷ {_divisor(result)}"
        exact = say("no figure") if result.value is None else _exact(result)
        yield Line(label=quotient, figure=exact, is_total=True)


def _downtime(result: Result) -> Iterator[Line]:
    if result.denominator is None or result.numerator is None:
        return
    down = (result.denominator - result.numerator) * SECOND
    yield Line(label=say("− down"), figure=duration(down))
    pieces = [
        (start, end, "" if weight == 1 else say("weighs %(share)s", share=percent(weight)))
        for start, end, weight in result.time_line.down
    ]
    yield from _spans(pieces, zone(result.zone))


def _spans(spans: Sequence[tuple[int, int, str | None]], home: ZoneInfo) -> Iterator[Line]:
    for start, end, note in spans[:SHOWN_SPANS]:
        span = say("%(start)s to %(end)s", start=moment(start, home), end=moment(end, home))
        yield Line(label=f"{span} ({note})" if note else span, figure=duration(end - start), is_detail=True)
    if len(spans) > SHOWN_SPANS:
        rest = sum(end - start for start, end, _ in spans[SHOWN_SPANS:])
        yield Line(
            label=say("and %(number)s more", number=len(spans) - SHOWN_SPANS), figure=duration(rest), is_detail=True
        )


def _records(result: Result, target: Target) -> str:
    match result.measure:
        case Measure.SHARE_WITHIN if target.within is not None:
            limit = said(target.within.text, within=True)
            return say("records decided, each within %(limit)s or not", limit=limit)
        case Measure.PERCENTILE if target.percentile is not None:
            share = f"{plain(target.percentile)} %"
            return say("records, of which %(share)s are at or below the figure", share=share)
        case _:
            return say("records looked at")


def _judgement(result: Result, target: Target) -> Iterator[Line]:
    if result.shown is not None:
        yield Line(label=say("figure"), figure=said(result.shown), is_total=True)
    objective = result.objective
    yield Line(label=say("objective"), figure=objective_said(objective.comparison, objective.level, objective.text))
    if result.budget is not None:
        for label, amount in (
            (marked("budget total"), result.budget.total),
            (marked("budget used"), result.budget.used),
            (marked("budget left"), result.budget.left),
        ):
            yield Line(label=say(label), figure=_budget(amount, result.numerator_unit or ""))
    yield Line(label=say("verdict"), figure=say(result.verdict.value), is_total=True)
    if result.credit is not None and target.credits is not None:
        label = say("credit (%(band)s)", band=_band(result, target.credits))
        yield Line(label=label, figure=percent(result.credit))


def _budget(amount: Fraction, unit: str) -> str:
    return duration(amount * SECOND) if unit == "seconds" else f"{plain(amount)} {unit_said(unit, amount)}"


def _band(result: Result, credits: Credits) -> str:
    owed = [band for band in credits.bands if band.credit == result.credit]
    if result.verdict not in (Verdict.MET, Verdict.BREACHED) or not result.credit:
        return say("in no band")
    if not owed:
        return say("capped at %(share)s", share=percent(credits.cap or Fraction(1)))
    return objective_said(owed[0].comparison, owed[0].level, owed[0].text)


def _amount(value: Fraction, result: Result) -> str:
    if result.numerator_unit == "seconds":
        return duration(value * SECOND)
    return f"{plain(value)} {unit_said(result.numerator_unit or '', value)}".strip()


def _divisor(result: Result) -> str:
    divisor = result.denominator or Fraction(0)
    in_time = result.numerator_unit == "seconds" and result.measure in (Measure.AVAILABILITY, Measure.RELIABILITY)
    return duration(divisor * SECOND) if in_time else plain(divisor)


def _exact(result: Result) -> str:
    value = result.value or Fraction(0)
    if result.unit == "share":
        if result.objective.level.kind is Unit.SHARE:
            return f"{plain(value * 100)} %"
        return plain(value)
    if result.unit == "seconds":
        return duration(value * SECOND)
    return f"{plain(value)} {'' if result.unit == 'number' else unit_said(result.unit)}".strip()


def percent(share: Fraction) -> str:
    """A share as per cent."""
    return f"{plain(share * 100)} %"


def plain(value: Fraction) -> str:
    """A number with at most ten digits behind the point, cut, without trailing zeros; `…` shows that digits are missing."""
    cut = rounded_to_breach(abs(value), 10, downwards=True)
    text = fixed(cut, 10).rstrip("0").rstrip(".")
    sign = "−" if value < 0 else ""
    return f"{sign}{text.replace('.', signs()[0])}{'' if cut == abs(value) else '…'}"


def duration(microseconds: int | Fraction) -> str:
    """A length as `745 h`, `1 h 15 min`, `12 min 30.5 s`; seconds only where minutes don't suffice."""
    total = Fraction(microseconds)
    sign, total = ("−", -total) if total < 0 else ("", total)
    hours, rest = divmod(total, 3600 * SECOND)
    minutes, rest = divmod(rest, 60 * SECOND)
    rest_seconds = rest / SECOND
    pieces = [f"{hours} h"] if hours else []
    if minutes:
        pieces.append(f"{minutes} min")
    if rest_seconds or not pieces:
        pieces.append(f"{plain(rest_seconds)} s" if rest_seconds else "0 min")
    return sign + " ".join(pieces)


def moment(instant: int, home: ZoneInfo) -> str:
    """An instant on the clock of a zone: `2026-10-12 02:00`; the offset only where the clock reads so twice."""
    here: datetime = local(instant, home)
    text = f"{here:%Y-%m-%d %H:%M}"
    if here.second or here.microsecond:
        text += f":{here:%S}" + (f".{here.microsecond:06d}".rstrip("0") if here.microsecond else "")
    return text
