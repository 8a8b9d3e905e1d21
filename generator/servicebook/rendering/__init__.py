"""Results and terms as readers see them: pages, words, charts, feeds."""

from servicebook.rendering.page import Asset, Heading, Output, Page
from servicebook.rendering.publish import render
from servicebook.rendering.site import Site

__all__ = ["Asset", "Heading", "Output", "Page", "Site", "render"]
