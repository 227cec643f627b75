"""A core button that plays: it moves a slider step by step, in the page, however far the kernel is."""

import ipywidgets as widgets

PACE = 900              # milliseconds a step stands


def player(slider: widgets.IntSlider | widgets.SelectionSlider) -> widgets.Box:
    """Return a button that moves a slider to its end, and one that takes it back to its beginning.

    Args:
        slider: from 0 on, or over the values of a list, which stays as it is.
    """
    is_listed = isinstance(slider, widgets.SelectionSlider)
    place, last = ("index", len(slider.options) - 1) if is_listed else ("value", slider.max)
    play = widgets.Play(value=getattr(slider, place), min=0, max=last, interval=PACE, show_repeat=False,
                        layout={"width": "auto", "margin": "2px 10px 2px 2px"})
    if not is_listed:
        widgets.jslink((slider, "max"), (play, "max"))
    widgets.jslink((slider, place), (play, "value"))
    return widgets.Box([play])               # a control that the explorer does not listen to: the slider speaks
