import { loadBert } from "../../../helpers/page/bert.mjs";
import { HeadsOfText } from "../../../helpers/page/controls/heads.mjs";
import { unpacked } from "../../../helpers/page/controls/records.mjs";
import { KINDS } from "../kinds.mjs";

KINDS.heads = (place, { record, ...opening }, lend) =>
  new HeadsOfText(place, { record: unpacked(record), ...opening }, lend(loadBert));
