"""Prose of the lessons as HTML, its formulas as MathML, which browsers draw and print without a script."""

import re

from latex2mathml.converter import convert
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath


class _MathRenderer(IPythonRenderer):
    """Writes formulas as MathML, which browsers draw and print without a script."""

    def block_math(self, body: str) -> str:
        """Return a formula on a line of its own."""
        return _mathml(body, "block")

    def inline_math(self, body: str) -> str:
        """Return a formula inside a sentence."""
        return _mathml(body, "inline")

    def latex_environment(self, name: str, body: str) -> str:
        """Return a formula written between \\begin and \\end."""
        return _mathml(rf"\begin{{{name}}}{body}\end{{{name}}}", "block")


def markdown(text: str) -> str:
    """Return prose as HTML, its formulas as MathML."""
    renderer = _MathRenderer(escape=False, exclude_anchor_links=True)
    return MarkdownWithMath(renderer=renderer).render(text)


def _mathml(formula: str, display: str) -> str:
    """Convert LaTeX to MathML; a formula on lines of its own can be reached by Tab, and so be scrolled.

    Raises:
        ValueError: naming the formula, where the converter fails or leaves LaTeX standing.
    """
    try:
        converted = convert(re.sub(r"(begin|end)\{aligned\}", r"\1{align*}", formula.strip()), display=display)
    except Exception as error:
        raise ValueError(f"this formula cannot be shown as MathML ({type(error).__name__}): {formula}") from error
    if re.search(r"<m\w+>(\\|&</)", converted):
        raise ValueError(f"this formula holds something MathML does not know: {formula}")
    return converted.replace(' display="block"', ' display="block" tabindex="0"', 1)      # a wide one is scrolled
