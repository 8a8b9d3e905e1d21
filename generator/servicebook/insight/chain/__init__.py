"""The chain: what the agreements and contracts under an SLA back, and where they fall short of it."""

from servicebook.insight.chain.model import Chain, Link, Promise, percent
from servicebook.insight.chain.rules import RULES
from servicebook.insight.chain.work import chains

__all__ = ["RULES", "Chain", "Link", "Promise", "chains", "percent"]
