import { PositionExplorer } from "../../../helpers/page/controls/positions.mjs";
import { KINDS } from "../kinds.mjs";

KINDS.positions = (place) => new PositionExplorer(place);
