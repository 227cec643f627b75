import { NextExplorer } from "../../../helpers/page/controls/next.mjs";
import { KINDS } from "../kinds.mjs";

KINDS.next = (place, next) => new NextExplorer(place, next);
