/** The steps of `explore_translation`, drawn in the page of a notebook; its other pictures stay with the kernel. */

import { viewTranslation } from "../views/translation.mjs";
import { follower } from "./follow.mjs";

export const begin = follower((record, { shown, ...choice }) =>
  (shown === "steps" ? viewTranslation(record, choice) : null));
