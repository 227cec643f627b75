import { BirthExplorer } from "../../../helpers/page/controls/birth.mjs";
import { KINDS } from "../kinds.mjs";

KINDS.birth = (place, opening) => new BirthExplorer(place, opening);
