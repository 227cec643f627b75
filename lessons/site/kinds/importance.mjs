import { loadBert } from "../../../helpers/page/bert.mjs";
import { ImportanceExplorer } from "../../../helpers/page/controls/importance.mjs";
import { Importance } from "../../../helpers/page/importance.mjs";
import { KINDS } from "../kinds.mjs";

KINDS.importance = (place, { record, ...opening }, lend) =>
  new ImportanceExplorer(place, { record: new Importance(record), ...opening }, lend(loadBert));
