"""JSON Schemas of the documents for other programs: what each key means, and which words it may hold.

The words of verdicts, states and kinds are those of the code, so that they can't drift. Documents may get further keys
later; programs should pass over what they don't know.
"""

from __future__ import annotations

from collections.abc import Mapping

from servicebook.insight.schemas.catalogue import AGREEMENT, SERVICE, SOURCE, VERSIONS
from servicebook.insight.schemas.figures import BACKTEST, CHAIN, RESULT
from servicebook.insight.schemas.forms import Schema, listing
from servicebook.insight.schemas.life import BREACH, CLOSED, DUE, NEED
from servicebook.insight.schemas.metering import METERING


def schemas() -> Mapping[str, Schema]:
    """The schema of each document of `api/v1`, by the document's name."""
    made = {
        "agreements": listing("agreements", "What was promised, and where it stands.", AGREEMENT),
        "backtests": listing("backtests", "How the targets of drafts would have fared on the history.", BACKTEST),
        "breaches": listing("breaches", "What was missed, newest first, and what was done about it.", BREACH),
        "chain": listing("chain", "What the promises under each SLA back.", CHAIN, items="chains"),
        "closed": listing("closed", "Closed periods and their restatements.", CLOSED),
        "due": listing("due", "What is overdue, and what falls due within ninety days.", DUE),
        "metering": listing("metering", "Cost, use and satisfaction of services by month.", METERING, "services"),
        "needs": listing("needs", "What customers need, and which promise answers it.", NEED),
        "results": listing("results", "Every figure with its verdict, by agreement, target and start.", RESULT),
        "services": listing("services", "What is offered.", SERVICE),
        "sources": listing("sources", "The metric sources with their files.", SOURCE),
        "versions": listing("versions", "What changed between the versions of each agreement.", VERSIONS, "agreements"),
    }
    return dict(sorted(made.items()))
