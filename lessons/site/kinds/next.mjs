import { NextExplorer } from "../../../helpers/page/controls/next.mjs";
import { unpackedNext } from "../../../helpers/page/controls/records.mjs";
import { loadGpt } from "../../../helpers/page/gpt.mjs";
import { KINDS } from "../kinds.mjs";

KINDS.next = (place, { record, ...opening }, lend) =>
  new NextExplorer(place, { record: unpackedNext(record), ...opening }, lend(loadGpt));
