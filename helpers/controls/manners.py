"""What core sliders leave out: names and value texts for screen readers, focus that is seen, pictures not too small."""

import json

import ipywidgets as widgets

from ..text import say
from .in_page import PAGE
from .saved import LIVE

LEAST_SCALE = 0.75      # a picture wider than its place shrinks to this, then scrolls
_PLAYS = {"play": "play", "pause": "pause", "stop": "rewind"}      # the icons of a player's buttons, and their names
_RULES = f"""
:where(.{LIVE} svg.sav){{min-width:var(--sav-least,0)}}
.{LIVE} .widget-html-content{{overflow-x:auto}}
.{LIVE} .widget-readout{{min-width:1.6em;width:auto;max-width:none;flex:none;margin:0 0 0 6px;padding:0 2px}}
.{LIVE} .slider-container{{min-width:40px}}
.{LIVE} :is(.noUi-handle,.ui-slider-handle):focus-visible{{
    outline:2px solid var(--jp-ui-font-color1,currentColor);outline-offset:2px}}
.{LIVE} .widget-checkbox .widget-label-basic{{display:flex;align-items:center}}
.{LIVE} .widget-checkbox input{{margin:0 6px 0 0}}
"""
# Runs in the page, once for each place in which an explorer is shown, and again at each change in it.
_SCRIPT = """
(root => {
    if (!root) return;
    const put = (node, name, value) => node.getAttribute(name) === value || node.setAttribute(name, value);
    let asked = false;
    const come = async () => {                  // let the page draw, once the kernel has handed over the script for it
        const box = root.querySelector(".PAGE"), here = box?.querySelector("input[type=checkbox]");
        if (!here || root.follower || !root.querySelector(".noUi-target")?.noUiSlider) return;
        const given = box.querySelector(".PAGE-script script");
        if (!here.checked && !asked) here.click();
        asked = true;
        if (!given || !here.checked) return;
        root.follower = true;
        try {
            const {key, modules, ...looks} = JSON.parse(given.textContent);
            (await begin(key, modules)).begin(root, looks);
        } catch (error) {
            console.warn("the kernel draws:", error);
            here.click();
        }
    };
    const begin = (key, modules) => {           // explorers of a kind share their modules
        const read = window.seeingAttention ??= {}, at = {};
        if (read[key]) return read[key];
        for (const [name, source] of modules) {
            const named = source.replace(/"(page:[^"]+)"/g, (_, other) => JSON.stringify(at[other]));
            at[name] = URL.createObjectURL(new Blob([named], {type: "text/javascript"}));
        }
        return read[key] = import(at[modules.at(-1)[0]]);
    };
    const tell = () => {
        come();
        for (const slider of root.querySelectorAll(".widget-slider")) {
            const parts = [".noUi-handle,.ui-slider-handle", ".widget-label", ".widget-readout"];
            const [handle, label, readout] = parts.map(one => slider.querySelector(one));
            if (handle) put(handle, "aria-label", label.textContent);
            if (handle && readout?.textContent) put(handle, "aria-valuetext", readout.textContent);
            if (handle?.matches(".ui-slider-handle")) {         // of ipywidgets 7, as in Colab: nothing is said of it
                put(handle, "role", "slider");
                put(handle, "aria-valuemin", "0");
                put(handle, "aria-valuemax", "100");
                put(handle, "aria-valuenow", String(Math.round(parseFloat(handle.style.left)) || 0));
            }
            if (!readout?.isContentEditable) continue;
            put(readout, "role", "textbox");
            put(readout, "aria-label", label.textContent);
        }
        for (const button of root.querySelectorAll(".widget-play button")) {
            const named = Object.entries(PLAYS).find(([icon]) => button.querySelector(".fa-" + icon));
            if (named) put(button, "aria-label", named[1]);
        }
        for (const picture of root.querySelectorAll("svg.sav")) {
            const least = LEAST * picture.getAttribute("width") + "px";
            if (picture.style.getPropertyValue("--sav-least") === least) continue;
            picture.style.setProperty("--sav-least", least);
        }
    };
    const watched = {subtree: true, childList: true, attributeFilter: ["aria-valuenow", "style", "class"]};
    new MutationObserver(tell).observe(root, watched);
    tell();
})(document.currentScript.closest(".LIVE"));
""".replace("LEAST", str(LEAST_SCALE)).replace("LIVE", LIVE).replace("PAGE", PAGE)


def manners() -> widgets.Output:
    """Return what gives the sliders and pictures beside it their manners; nothing of it is saved in a notebook."""
    plays = json.dumps({icon: say(f"controls.{name}") for icon, name in _PLAYS.items()}, ensure_ascii=False)
    html = f"<style>{_RULES}</style><script>{_SCRIPT.replace('PLAYS', plays)}</script>"
    shown = {"output_type": "display_data", "data": {"text/html": html}, "metadata": {}}
    return widgets.Output(outputs=(shown,), layout={"display": "none"})
