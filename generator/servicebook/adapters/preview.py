"""A preview goes on while the catalogue has errors: it shows them in place of what they broke."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from servicebook.rendering.page import Output, Page
from servicebook.source import Problem
from servicebook.texts import ENGLISH, lang_of


def banner(errors: Sequence[Problem], language: str = ENGLISH) -> str:
    """What stands above every page while the last good one is still shown: in English, as all that editors are told."""
    return f'<div class="admonition failure"{_declared(language)}><p class="admonition-title">{_count(errors)}</p>{_list(errors)}</div>'


def output(errors: Sequence[Problem], language: str = ENGLISH) -> Output:
    """A site of one page, where nothing could be made yet."""
    said_in = _declared(language)
    page = Page(
        url="",
        title="Errors",
        html=f"<h1{said_in}>{_count(errors)}</h1><p{said_in}>The list stands above.</p>",
        section="",
        in_search=False,
    )
    return Output(pages=(page,), assets=())


def _declared(language: str) -> str:
    """The attribute of English on a page in the language."""
    declared = lang_of(language)
    return f' lang="{declared}"' if declared else ""


def _count(errors: Sequence[Problem]) -> str:
    return "One error in the catalogue" if len(errors) == 1 else f"{len(errors)} errors in the catalogue"


def _list(errors: Sequence[Problem]) -> str:
    return f"<ul>{''.join(map(_item, errors))}</ul>"


def _item(problem: Problem) -> str:
    place = problem.position
    hint = f"<br>{escape(problem.hint)}" if problem.hint else ""
    return f"<li><code>{escape(place.path)}:{place.line}:{place.column}</code> {escape(problem.message)} <small>[{escape(problem.rule)}]</small>{hint}</li>"
