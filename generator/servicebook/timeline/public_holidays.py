"""Public holidays, from the `holidays` package."""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR, date
from functools import lru_cache

import holidays


def check_holidays(country: str | None, subdivision: str | None) -> None:
    """ValueError with the reason for a country or subdivision that isn't known, or a subdivision without a country."""
    if country is None:
        if subdivision is not None:
            raise ValueError(f"the subdivision '{subdivision}' needs its country")
        return
    known = _supported()
    if country not in known:
        raise ValueError(f"no public holidays are known for the country '{country}'")
    if subdivision is not None and subdivision not in known[country]:
        choices = ", ".join(known[country])
        reason = f"it has {choices}" if choices else "it has none"
        raise ValueError(f"the country '{country}' has no subdivision '{subdivision}': {reason}")


@lru_cache(maxsize=4096)
def public_holidays(country: str, subdivision: str | None, year: int) -> frozenset[date]:
    """The public holidays of a year with their observed days; ValueError as in `check_holidays`.

    The years beside it are asked too: the observed day of a New Year's Day may lie in the old year.
    """
    check_holidays(country, subdivision)
    years = [y for y in (year - 1, year, year + 1) if MINYEAR <= y <= MAXYEAR]
    found = holidays.country_holidays(country, subdiv=subdivision, years=years, expand=False, observed=True)
    return frozenset(day for day in found if day.year == year)


@lru_cache(maxsize=1)
def _supported() -> dict[str, list[str]]:
    """Countries with their subdivisions, each by its code."""
    return holidays.list_supported_countries(include_aliases=False)
