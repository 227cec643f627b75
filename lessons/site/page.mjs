/** What every page of the site begins with: its words and looks, the model when it is needed, the service worker. */

import { say, speak } from "../../helpers/page/text.mjs";
import { dress } from "../../helpers/page/views/theme.mjs";
import { speak as speakInPictures } from "../../helpers/page/views/words.mjs";
import { fromBase64 } from "../../helpers/page/weights.mjs";

const LOCAL = ["localhost", "127.0.0.1", "[::1]"];

/** What the build wrote into the page, its sentences and looks in force. */
export function openPage() {
  const page = JSON.parse(document.getElementById("page-data").textContent);
  speak(page.strings, page.language);
  speakInPictures(page.words);
  dress(page.theme);
  if (page.worker) stayOffline(page.worker);
  return page;
}

/** A function that gives a model (`load`: `loadBert`, `loadGpt`, `loadTranslator`): read once, when it is first asked for. */
export function lender(page, load) {
  let model;
  return () => {
    model ??= weights(page.weights).then((bytes) => load(page, bytes, page.language));
    model.catch(() => { model = undefined; });                   // the next time is another try
    return model;
  };
}

/** Copy the address of what is shown, and say so beside the button. */
export async function copyAddress(button) {
  try {
    await navigator.clipboard.writeText(location.href);
    button.nextElementSibling.textContent = say("site.copied");
  } catch {
    button.nextElementSibling.textContent = say("site.copy_yourself");
  }
}

/** The weights: out of the page where it carries them (made for a disk), else from beside it (made for a server). */
async function weights(address) {
  if (document.readyState === "loading") await new Promise((read) => addEventListener("DOMContentLoaded", read));
  const inside = document.getElementById("weights");
  const packed = inside ? fromBase64(inside.textContent.trim()) : await fetched(address);
  return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}

async function fetched(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.arrayBuffer();
}

/** Keep this page, and what a page needs, for a visit without a network. */
async function stayOffline(worker) {
  if (!("serviceWorker" in navigator) || !(location.protocol === "https:" || LOCAL.includes(location.hostname))) return;
  await navigator.serviceWorker.register(worker);
  (await navigator.serviceWorker.ready).active.postMessage({ keep: location.href.split("#")[0] });
}
