"""Laws of "at least as strict": what a need requires, what a target promises."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from servicebook.insight.strictness import is_as_strict
from servicebook.model.common import Comparison, Objective, Quantity, Unit

shares = st.integers(min_value=0, max_value=1000).map(lambda n: Fraction(n, 10))


@st.composite
def objectives(draw: st.DrawFn) -> Objective:
    """Any side, a level in per cent."""
    level = draw(shares)
    return Objective(
        comparison=draw(st.sampled_from(list(Comparison))),
        level=Quantity(number=level, kind=Unit.SHARE, unit="%", text=f"{float(level)} %"),
        text="",
    )


def meets(figure: Fraction, objective: Objective) -> bool:
    return objective.comparison.holds(figure, objective.level.number)


@given(objectives(), objectives(), shares)
def test_what_meets_the_stricter_meets_the_other(own: Objective, required: Objective, figure: Fraction) -> None:
    """The rule itself: a figure that keeps the promise is one that the need asked for."""
    if is_as_strict(own, required) and meets(figure, own):
        assert meets(figure, required)


@given(objectives())
def test_every_promise_is_as_strict_as_itself(objective: Objective) -> None:
    """Equality suffices."""
    assert is_as_strict(objective, objective)


@given(objectives(), objectives(), objectives())
def test_strictness_passes_on(one: Objective, two: Objective, three: Objective) -> None:
    """As strict as what is as strict as a third is as strict as the third."""
    if is_as_strict(one, two) and is_as_strict(two, three):
        assert is_as_strict(one, three)


@given(shares)
def test_above_is_stricter_than_at_least(level: Fraction) -> None:
    """`above 99 %` meets `at least 99 %`; the other way round it doesn't."""
    quantity = Quantity(number=level, kind=Unit.SHARE, unit="%", text="")
    above, at_least = (
        Objective(comparison=comparison, level=quantity, text="")
        for comparison in (Comparison.ABOVE, Comparison.AT_LEAST)
    )

    assert is_as_strict(above, at_least)
    assert not is_as_strict(at_least, above)
