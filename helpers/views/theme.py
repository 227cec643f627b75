"""Colours, fonts and shared rules of every view, in one place.

A view's root element has the class `sav`, and each rule starts from it, so that a picture's style
never reaches the page around it, nor another kind of view.
"""

HEAD_COLOURS = (
    "#0858e4", "#d68200", "#b40d8f", "#28bda3", "#b486ff", "#7c6014", "#3f9cd6", "#d23243",
    "#ab6ca6", "#b8b623", "#717975", "#ff89b0", "#1e6294", "#a28d7a", "#9a3f5e", "#7ec172",
)
POSITIVE, NEGATIVE = "#1f6fd6", "#d97a06"
BEFORE, AFTER = POSITIVE, NEGATIVE
INK, PAPER, EDGE = "#1f2328", "#ffffff", "#d0d7de"
FONT = ("system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','PingFang SC','Microsoft YaHei',"
        "'Noto Sans CJK SC','Source Han Sans SC','WenQuanYi Micro Hei',sans-serif")
MONO = "ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace"
TITLE, LETTER, TEXT = 16, 14, 13                # pixels: headings, single letters, tokens and words,
SMALL, NUMBER, CAPTION, FINE = 11.5, 11, 10.5, 10  # remarks, numbers on lines, below thumbnails, many numbers
SHADES = ("#ffffff", "#d6e4fc", "#a3c3f8", "#6397f1", "#0858e4", "#053a97", "#03205a")  # equal steps, one hue
BOTH_WAYS = ("#7a3f00", NEGATIVE, "#f3c58a", "#ffffff", "#96bdf0", POSITIVE, "#0b3a75")  # below 0, 0, above 0
LEVELS = 10

_BASE = f"""
.sav{{font:{TEXT}px {FONT};direction:ltr;max-width:100%;height:auto}}
.sav text{{fill:currentColor}}
.sav .title{{font-size:{TITLE}px;font-weight:600}}
.sav .small{{font-size:{SMALL}px}}
.sav .muted{{fill-opacity:.7}}
.sav .special{{font-family:{MONO};font-size:.82em;fill-opacity:.62}}
.sav .end{{text-anchor:end}}
.sav .mid{{text-anchor:middle}}
"""
_LIVE = """
.sav{color:var(--jp-content-font-color1,var(--vscode-editor-foreground,var(--colab-primary-text-color,inherit)))}
@media print{.sav{color:#000;background:#fff}}
@media (forced-colors:active){.sav{color:CanvasText}}
"""
_STILL = f"""
.sav{{color:{INK}}}
.sav .paper{{fill:{PAPER};fill-opacity:1;stroke:{EDGE};stroke-opacity:1}}
"""
_COLOURS = "\n".join(f".sav .h{head}{{color:{colour}}}" for head, colour in enumerate(HEAD_COLOURS))


def head_class(head: int) -> str:
    """Return the class that gives `head` its colour, the same one in every view; colours return after 16."""
    return f"h{head % len(HEAD_COLOURS)}"


def level(weight: float) -> int:
    """Return the step, 0 to 10, at which a weight in [0, 1] is drawn; 0 is too faint to draw."""
    return round(weight * LEVELS)


def style(rules: str, *, live: bool) -> str:
    """Return one `<style>` element: the shared rules and a view's own.

    Args:
        rules: the view's own rules, each starting from its root class.
        live: colours follow the page (themes of JupyterLab, VS Code, Colab); else dark ink on white paper.
    """
    parts = (_BASE, _LIVE if live else _STILL, _COLOURS, rules)
    return f"<style>{''.join(line for part in parts for line in part.split(chr(10)))}</style>"
