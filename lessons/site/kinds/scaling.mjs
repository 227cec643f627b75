import { ScalingExplorer } from "../../../helpers/page/controls/scaling.mjs";
import { KINDS } from "../kinds.mjs";

KINDS.scaling = (place, { scores }) => new ScalingExplorer(place, scores);
