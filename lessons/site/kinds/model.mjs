import { loadBert } from "../../../helpers/page/bert.mjs";
import { ModelExplorer } from "../../../helpers/page/controls/model.mjs";
import { unpacked } from "../../../helpers/page/controls/records.mjs";
import { KINDS } from "../kinds.mjs";

KINDS.model = (place, { record, ...opening }, lend) =>
  new ModelExplorer(place, { record: unpacked(record), ...opening }, lend(loadBert));
