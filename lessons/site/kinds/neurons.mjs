import { loadBert } from "../../../helpers/page/bert.mjs";
import { NeuronExplorer } from "../../../helpers/page/controls/neurons.mjs";
import { unpacked } from "../../../helpers/page/controls/records.mjs";
import { KINDS } from "../kinds.mjs";

KINDS.neurons = (place, { record, ...opening }, lend) =>
  new NeuronExplorer(place, { record: unpacked(record), ...opening }, lend(loadBert));
