"""`<link>` elements for programs: the same content in other forms.

Each has a second relation beside `alternate`, for the theme's instant navigation takes a plain one for another language's
site and asks for its list of pages.
"""

from __future__ import annotations

from servicebook.rendering import badges, links

Link = tuple[str, str, str]
FEED = "feeds/results.xml"


def of_site() -> tuple[Link, ...]:
    """The feed, the figures and the dates of the whole site."""
    return (
        ("alternate feed", "application/atom+xml", FEED),
        ("alternate related", "application/json", "api/v1/results.json"),
        ("alternate related", "text/calendar", links.CALENDAR_FILE),
    )


def of_agreement(agreement: str) -> tuple[Link, ...]:
    """Its dates, and where it stands among all agreements."""
    return (
        ("alternate related", "text/calendar", f"{links.agreement(agreement)}{links.CALENDAR_FILE}"),
        ("alternate related", "application/json", "api/v1/agreements.json"),
    )


def of_metering() -> tuple[Link, ...]:
    """What is counted of services."""
    return (("alternate related", "application/json", "api/v1/metering.json"),)


def of_target(agreement: str, target: str) -> tuple[Link, ...]:
    """Its badge."""
    return (
        ("alternate related", "image/svg+xml", badges.address(agreement, target, "svg")),
        ("alternate related", "application/json", badges.address(agreement, target, "json")),
    )
