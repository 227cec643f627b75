import { loadBert } from "../../../helpers/page/bert.mjs";
import { InterventionExplorer } from "../../../helpers/page/controls/interventions.mjs";
import { unpacked } from "../../../helpers/page/controls/records.mjs";
import { KINDS } from "../kinds.mjs";

KINDS.interventions = (place, { record, ...opening }, lend) =>
  new InterventionExplorer(place, { record: unpacked(record), ...opening }, lend(loadBert));
