import { ScalingExplorer } from "../../../helpers/page/controls/scaling.mjs";
import { KINDS } from "../kinds.mjs";

KINDS.scaling = (place, opening) => new ScalingExplorer(place, opening);
