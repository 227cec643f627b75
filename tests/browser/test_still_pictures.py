"""The pictures that notebooks keep stand on their own white card, also where the page is dark."""

import json
import re

import pytest

from .server import COURSE

CHAPTERS = sorted((COURSE / "notebooks").glob("*/*.ipynb"))
CORNERS = """async pictures => {
    const paper = [];
    for (const src of pictures) {
        const image = new Image();
        image.src = src;
        await image.decode();
        const canvas = new OffscreenCanvas(image.width, image.height), pen = canvas.getContext('2d');
        pen.fillRect(0, 0, image.width, image.height);
        pen.drawImage(image, 0, 0);
        const places = [[8, 4], [image.width - 8, 4], [8, image.height - 5], [image.width - 8, image.height - 5]];
        paper.push(places.map(place => [...pen.getImageData(...place, 1, 1).data]));
    }
    return paper;
}"""


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_saved_picture_is_white_paper_on_a_black_page(browser, chapter):
    outputs = [output for cell in json.loads(chapter.read_text(encoding="utf-8"))["cells"]
               for output in cell.get("outputs", [])]
    shown = "".join("".join(output.get("data", {}).get("text/html", "")) for output in outputs)
    pictures = re.findall(r'src="(data:image/svg[^"]+)"', shown)
    assert pictures
    page = browser.new_page()
    paper = page.evaluate(CORNERS, pictures)
    page.close()
    assert paper == [[[255] * 4] * 4] * len(pictures)
