"""How figures are worked out, in plain words."""

from __future__ import annotations

from servicebook.model.target import Measure
from servicebook.rendering import links
from servicebook.rendering.book import Book
from servicebook.rendering.page import Heading, Page
from servicebook.rendering.services import slug
from servicebook.rendering.templating import make

MEASURES = {
    Measure.AVAILABILITY: (
        "The share of the time that counts in which the service was usable.",
        (
            "Take the service hours of the period, take off what was agreed to be left out, and keep what was observed. Of that, take off the time in "
            "which the service was down; where outages overlap, a moment counts once, with the greatest impact that was recorded for it. What is left, "
            "divided by the time that counts, is the figure."
        ),
    ),
    Measure.RELIABILITY: (
        "As availability, but all planned work is left out.",
        "Every planned or announced outage is left out whole, whatever notice was given of it.",
    ),
    Measure.SUCCESS_RATE: (
        "Good events of all events.",
        "All good events of the period are added up and divided by all events. Days with few events weigh little: it is never a mean of daily shares.",
    ),
    Measure.SHARE_WITHIN: (
        "How many stayed within the limit, of those that were decided.",
        (
            "A ticket is decided when it was answered or resolved, or when its time ran out, whichever came first, and it counts in the period of that "
            "moment. So an old ticket that is closed today never changes a month that is over. A reading counts when it was taken."
        ),
    ),
    Measure.PERCENTILE: (
        "The smallest value that so many of 100 didn't exceed.",
        "The values are sorted; of 200 values, the 95th percentile is the 190th. Nothing is estimated between two values.",
    ),
    Measure.MEAN: ("The sum divided by the number.", "Of all records in the time that counts."),
    Measure.MEDIAN: ("The value in the middle.", "Of an even number of values, the mean of the two in the middle."),
    Measure.MINIMUM: ("The lowest value.", "It can only fall while a period goes on."),
    Measure.MAXIMUM: ("The highest value.", "It can only rise while a period goes on."),
    Measure.SUM: ("All values added up.", "It can only rise while a period goes on."),
    Measure.COUNT: ("How many records there are.", "It can only rise while a period goes on."),
    Measure.OUTAGE_COUNT: (
        "How many outages ended in the period.",
        (
            "Outages that touch are one. An outage counts whole, in the period in which it ends: six hours across the end of a month are one outage of "
            "six hours. So a month can miss its availability through an outage that the next month counts."
        ),
    ),
    Measure.LONGEST_OUTAGE: (
        "The longest outage that ended in the period.",
        "Counted whole, with all its time inside the service hours.",
    ),
    Measure.MTRS: (
        "Mean time to restore service.",
        "The time of the outages that ended in the period, divided by their number.",
    ),
    Measure.MTBF: (
        "Mean time between failures.",
        "The time in which the service was up, divided by the number of outages that ended in the period.",
    ),
    Measure.SATISFACTION: (
        "What people said.",
        "The mean of the scores, or the share of people who gave at least the score that the target names.",
    ),
    Measure.UTILISATION: (
        "How much of what there is was used.",
        "Each reading is divided by the capacity that held then; the figure is the highest of these shares, their mean, or a percentile, as the target says.",
    ),
    Measure.COST_AGAINST_BUDGET: (
        "What was spent of the budget.",
        "All spending of the period divided by all budget of the period, in one currency.",
    ),
}
"""What each measure is, and how it is worked out."""

_HEADINGS = (
    ("Time", "time"), ("What counts", "what-counts"), ("Maintenance and exclusions", "maintenance"), ("An example", "example"),
    ("The measures", "measures"), ("Verdicts", "verdicts"), ("Budget and credits", "budget"), ("How figures are shown", "shown"),
    ("Cost, capacity and satisfaction", "metering"), ("Closed periods", "closed"), ("Words", "words"),
)  # fmt: skip


def page(book: Book) -> Page:
    """The Method page."""
    return make(
        book,
        "method.html",
        url=links.METHOD,
        title="How figures are worked out",
        section="more",
        description="The rules that every figure follows, in plain words.",
        headings=tuple(Heading(title=title, id=id_) for title, id_ in _HEADINGS),
        wide=False,
        values={"measures": [(measure.value, slug(measure.value), *words) for measure, words in MEASURES.items()]},
    )
