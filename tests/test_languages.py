"""A further language is one table: what it says is said, what it lacks is said in English."""

import shutil
import subprocess
import sys
from pathlib import Path

HELPERS = Path(__file__).parents[1] / "helpers"
FRENCH = """STRINGS = {"views.asks": "les requêtes demandent", "views.layer_name": "Couche {layer}",
           "controls.head": "Tête"}
"""
ASK = """
from helpers.text import LANGUAGES, language, say
print(LANGUAGES, language("fr"), say("views.asks"), say("views.layer_name", layer=3), say("controls.head"),
      say("controls.layer"), sep="|")
"""


def test_a_third_language_is_one_table(tmp_path):
    shutil.copytree(HELPERS / "text", tmp_path / "helpers" / "text")
    (tmp_path / "helpers" / "__init__.py").touch()
    (tmp_path / "helpers" / "text" / "languages" / "fr.py").write_text(FRENCH, encoding="utf-8")
    said = subprocess.run([sys.executable, "-X", "utf8", "-c", ASK], cwd=tmp_path, capture_output=True, check=True,
                          encoding="utf-8").stdout.strip()
    assert said == "('en', 'zh', 'fr')|fr|les requêtes demandent|Couche 3|Tête|Layer"
