import { HeadsOfOneText } from "../../../helpers/page/controls/heads.mjs";
import { unpacked } from "../../../helpers/page/controls/records.mjs";
import { loadGpt } from "../../../helpers/page/gpt.mjs";
import { KINDS } from "../kinds.mjs";

KINDS.gpt_heads = (place, { record, ...opening }, lend) =>
  new HeadsOfOneText(place, { record: unpacked(record), ...opening }, lend(loadGpt));
