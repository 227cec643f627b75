import { loadBert } from "../../../helpers/page/bert.mjs";
import { QueryExplorer } from "../../../helpers/page/controls/neurons.mjs";
import { unpacked } from "../../../helpers/page/controls/records.mjs";
import { KINDS } from "../kinds.mjs";

KINDS.query = (place, { record, ...opening }, lend) =>
  new QueryExplorer(place, { record: unpacked(record), ...opening }, lend(loadBert));
