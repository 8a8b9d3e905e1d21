"""How figures are worked out, in plain words."""

from __future__ import annotations

from servicebook.model.target import Measure
from servicebook.rendering import links
from servicebook.rendering.book import Book
from servicebook.rendering.page import Heading, Page
from servicebook.rendering.services import slug
from servicebook.rendering.templating import make
from servicebook.texts import marked, say

MEASURES = {
    Measure.AVAILABILITY: (
        marked("The share of the time that counts in which the service was usable."),
        (
            marked(
                "Take the service hours of the period, take off what was agreed to be left out, and keep what was observed. Of that, take off the time in "
                "which the service was down; where outages overlap, a moment counts once, with the greatest impact that was recorded for it. What is left, "
                "divided by the time that counts, is the figure."
            )
        ),
    ),
    Measure.RELIABILITY: (
        marked("As availability, but all planned work is left out."),
        marked("Every planned or announced outage is left out whole, whatever notice was given of it."),
    ),
    Measure.SUCCESS_RATE: (
        marked("Good events of all events."),
        marked(
            "All good events of the period are added up and divided by all events. Days with few events weigh little: it is never a mean of daily shares."
        ),
    ),
    Measure.SHARE_WITHIN: (
        marked("How many stayed within the limit, of those that were decided."),
        (
            marked(
                "A ticket is decided when it was answered or resolved, or when its time ran out, whichever came first, and it counts in the period of that "
                "moment. So an old ticket that is closed today never changes a month that is over. A reading counts when it was taken."
            )
        ),
    ),
    Measure.PERCENTILE: (
        marked("The smallest value that so many of 100 didn't exceed."),
        marked(
            "The values are sorted; of 200 values, the 95th percentile is the 190th. Nothing is estimated between two values."
        ),
    ),
    Measure.MEAN: (marked("The sum divided by the number."), marked("Of all records in the time that counts.")),
    Measure.MEDIAN: (
        marked("The value in the middle."),
        marked("Of an even number of values, the mean of the two in the middle."),
    ),
    Measure.MINIMUM: (marked("The lowest value."), marked("It can only fall while a period goes on.")),
    Measure.MAXIMUM: (marked("The highest value."), marked("It can only rise while a period goes on.")),
    Measure.SUM: (marked("All values added up."), marked("It can only rise while a period goes on.")),
    Measure.COUNT: (marked("How many records there are."), marked("It can only rise while a period goes on.")),
    Measure.OUTAGE_COUNT: (
        marked("How many outages ended in the period."),
        (
            marked(
                "Outages that touch are one. An outage counts whole, in the period in which it ends: six hours across the end of a month are one outage of "
                "six hours. So a month can miss its availability through an outage that the next month counts."
            )
        ),
    ),
    Measure.LONGEST_OUTAGE: (
        marked("The longest outage that ended in the period."),
        marked("Counted whole, with all its time inside the service hours."),
    ),
    Measure.MTRS: (
        marked("Mean time to restore service."),
        marked("The time of the outages that ended in the period, divided by their number."),
    ),
    Measure.MTBF: (
        marked("Mean time between failures."),
        marked("The time in which the service was up, divided by the number of outages that ended in the period."),
    ),
    Measure.SATISFACTION: (
        marked("What people said."),
        marked("The mean of the scores, or the share of people who gave at least the score that the target names."),
    ),
    Measure.UTILISATION: (
        marked("How much of what there is was used."),
        marked(
            "Each reading is divided by the capacity that held then; the figure is the highest of these shares, their mean, or a percentile, as the target says."
        ),
    ),
    Measure.COST_AGAINST_BUDGET: (
        marked("What was spent of the budget."),
        marked("All spending of the period divided by all budget of the period, in one currency."),
    ),
}
"""What each measure is, and how it is worked out."""

_HEADINGS = (
    (marked("Time"), "time"), (marked("What counts"), "what-counts"), (marked("Maintenance and exclusions"), "maintenance"), (marked("An example"), "example"),
    (marked("The measures"), "measures"), (marked("Verdicts"), "verdicts"), (marked("Budget and credits"), "budget"), (marked("How figures are shown"), "shown"),
    (marked("Cost, capacity and satisfaction"), "metering"), (marked("Closed periods"), "closed"), (marked("Words"), "words"),
)  # fmt: skip


def page(book: Book) -> Page:
    """The Method page."""
    return make(
        book,
        "method.html",
        url=links.METHOD,
        title=say("How figures are worked out"),
        section="more",
        description=say("The rules that every figure follows, in plain words."),
        headings=tuple(Heading(title=say(title), id=id_) for title, id_ in _HEADINGS),
        wide=False,
        values={
            "measures": [
                (say(measure.value), slug(measure.value), *(say(text) for text in words))
                for measure, words in MEASURES.items()
            ]
        },
    )
