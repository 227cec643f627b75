import { TranslationOfText } from "../../../helpers/page/controls/translation.mjs";
import { loadTranslator } from "../../../helpers/page/translator.mjs";
import { KINDS } from "../kinds.mjs";

KINDS.translation = (place, opening, lend) => new TranslationOfText(place, opening, lend(loadTranslator));
