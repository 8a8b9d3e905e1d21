"""The working of one result, as a person would do it on paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from servicebook.compliance.display import fixed, rounded_to_breach
from servicebook.compliance.figure import SECOND
from servicebook.model.common import Unit
from servicebook.model.result import Result, Verdict
from servicebook.model.target import Credits, Measure, Target
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
    cut = "" if result.finished else ", so far"
    return (
        f"{words or result.period}{cut}: {moment(result.start, home)} to {moment(_until(result), home)} ({result.zone})"
    )


def _service_time(result: Result, hours: str) -> Iterator[Line]:
    home = zone(result.zone)
    line = result.time_line
    service = result.service_time or 0
    yield Line(label=f"service time ({hours or 'round the clock'})", figure=duration(service))
    if result.excluded_maintenance:
        yield Line(label="− agreed maintenance", figure=duration(result.excluded_maintenance))
        yield from _spans([(start, end, None) for start, end in line.maintenance], home)
    if result.excluded_listed:
        yield Line(label="− listed exclusions", figure=duration(result.excluded_listed))
        yield from _spans([(start, end, None) for start, end in line.listed], home)
        for reason in result.late_exclusions:
            yield Line(label=f"declared late: {reason}", is_detail=True)
    net = service - (result.excluded or 0)
    if result.excluded:
        yield Line(label="= service time less exclusions", figure=duration(net), is_total=True)
    if result.coverage is not None and result.coverage < 1:
        observed = result.coverage * net
        yield Line(label="− not observed", figure=duration(net - observed))
        yield from _spans([(start, end, None) for start, end in line.unobserved], home)
        yield Line(
            label=f"= observed, a coverage of {percent(result.coverage)}", figure=duration(observed), is_total=True
        )


def _figure(result: Result, target: Target) -> Iterator[Line]:
    if result.measure in (Measure.AVAILABILITY, Measure.RELIABILITY):
        yield from _downtime(result)
    elif result.time_line.outages:
        home = zone(result.zone)
        yield Line(label="outages that end in this period, each whole", figure=str(len(result.time_line.outages)))
        yield from _spans([(s, e, duration(length)) for s, e, length in result.time_line.outages], home)
    yield Line(label=_records(result, target), figure=str(result.records))
    for row in result.missed[:SHOWN_SPANS]:
        yield Line(label=f"not within the limit: {row.path}:{row.line}", is_detail=True)
    if len(result.missed) > SHOWN_SPANS:
        yield Line(label=f"and {len(result.missed) - SHOWN_SPANS} more", is_detail=True)
    if result.denominator is not None and result.numerator is not None:
        quotient = f"{_amount(result.numerator, result)} ÷ {_divisor(result)}"
        exact = "no figure" if result.value is None else _exact(result)
        yield Line(label=quotient, figure=exact, is_total=True)


def _downtime(result: Result) -> Iterator[Line]:
    if result.denominator is None or result.numerator is None:
        return
    down = (result.denominator - result.numerator) * SECOND
    yield Line(label="− down", figure=duration(down))
    pieces = [
        (start, end, "" if weight == 1 else f"weighs {percent(weight)}") for start, end, weight in result.time_line.down
    ]
    yield from _spans(pieces, zone(result.zone))


def _spans(spans: Sequence[tuple[int, int, str | None]], home: ZoneInfo) -> Iterator[Line]:
    for start, end, note in spans[:SHOWN_SPANS]:
        behind = f" ({note})" if note else ""
        yield Line(
            label=f"{moment(start, home)} to {moment(end, home)}{behind}", figure=duration(end - start), is_detail=True
        )
    if len(spans) > SHOWN_SPANS:
        rest = sum(end - start for start, end, _ in spans[SHOWN_SPANS:])
        yield Line(label=f"and {len(spans) - SHOWN_SPANS} more", figure=duration(rest), is_detail=True)


def _records(result: Result, target: Target) -> str:
    match result.measure:
        case Measure.SHARE_WITHIN if target.within is not None:
            return f"records decided, each within {target.within.text} or not"
        case Measure.PERCENTILE if target.percentile is not None:
            return f"records, of which {plain(target.percentile)} % are at or below the figure"
        case _:
            return "records looked at"


def _judgement(result: Result, target: Target) -> Iterator[Line]:
    if result.shown is not None:
        yield Line(label="figure", figure=result.shown, is_total=True)
    yield Line(label="objective", figure=result.objective.text)
    if result.budget is not None:
        kind = result.numerator_unit or ""
        in_time = kind == "seconds"
        for name, amount in (
            ("total", result.budget.total),
            ("used", result.budget.used),
            ("left", result.budget.left),
        ):
            yield Line(
                label=f"budget {name}", figure=duration(amount * SECOND) if in_time else f"{plain(amount)} {kind}"
            )
    yield Line(label="verdict", figure=str(result.verdict), is_total=True)
    if result.credit is not None and target.credits is not None:
        yield Line(label=f"credit ({_band(result, target.credits)})", figure=percent(result.credit))


def _band(result: Result, credits: Credits) -> str:
    owed = [band for band in credits.bands if band.credit == result.credit]
    if result.verdict not in (Verdict.MET, Verdict.BREACHED) or not result.credit:
        return "in no band"
    return owed[0].text if owed else f"capped at {percent(credits.cap or Fraction(1))}"


def _amount(value: Fraction, result: Result) -> str:
    if result.numerator_unit == "seconds":
        return duration(value * SECOND)
    return f"{plain(value)} {result.numerator_unit or ''}".strip()


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
    return f"{plain(value)} {'' if result.unit == 'number' else result.unit}".strip()


def percent(share: Fraction) -> str:
    """A share as per cent."""
    return f"{plain(share * 100)} %"


def plain(value: Fraction) -> str:
    """A number with at most ten digits behind the point, cut, without trailing zeros; `…` shows that digits are missing."""
    cut = rounded_to_breach(abs(value), 10, downwards=True)
    text = fixed(cut, 10).rstrip("0").rstrip(".")
    sign = "−" if value < 0 else ""
    return f"{sign}{text}{'' if cut == abs(value) else '…'}"


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
