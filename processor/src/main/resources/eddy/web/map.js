/* The map: where the keys of late have been, and where they are said to go. */
import { get } from "./api.js";
import { blank, h, keep, keyName, linkTo, number, placeOf, say, stamp } from "./parts.js";
import { chart, trackOf } from "./geography.js";

const MOST = 12;
const AGAIN_MS = 2000;

export function mapPage(first) {
  const place = placeOf(first.targets);
  if (!place) {
    return { node: blank("No map for this stream", "A map is drawn where two targets of the same horizon are a latitude and a longitude.", h("p", {}, h("a", { href: "#/" }, "Back to the overview"))), title: "Map", update: () => {} };
  }
  let chosen = null;
  let keys = [];
  let asking = false;
  let asked = 0;
  let seen = -1;
  let closed = false;
  const map = chart({ label: "Map of the most recent keys", choose: pick, aspect: 1.45 });
  const list = h("ol", { class: "recent" });
  const none = h("p", { class: "empty" }, "Tracks appear with the next events.");
  const lead = h("p", { class: "lead" });
  const all = h("button", { type: "button", class: "choice", onclick: () => pick(null) }, "All");
  const node = h("div", {}, h("section", { class: "headline slim" }, h("h1", {}, "Forecast and actual tracks"), lead),
    h("div", { class: "beside map-page" }, map.node, h("section", { "aria-labelledby": "tracks" }, h("div", { class: "bar" }, h("h2", { id: "tracks" }, "Most recent keys"), all), none, list)));

  function pick(key) {
    chosen = chosen === key ? null : key;
    map.fit();
    draw();
  }

  /** How far off a settled forecast was, in degrees of a great circle. */
  function miss(track) {
    if (!track.past.length) return null;
    const rad = Math.PI / 180;
    const far = ([[x1, y1], [x2, y2]]) => Math.acos(Math.min(1, Math.sin(y1 * rad) * Math.sin(y2 * rad) + Math.cos(y1 * rad) * Math.cos(y2 * rad) * Math.cos((x1 - x2) * rad))) * 6371;
    return track.past.map(far).reduce((sum, each) => sum + each, 0) / track.past.length;
  }

  function draw() {
    const tracks = keys.map((each) => trackOf(each.key, each.recent, place, each.key === chosen));
    map.update(tracks);
    none.hidden = keys.length > 0;
    all.setAttribute("aria-pressed", String(chosen === null));
    keep(list, keys, (each) => each.key, (each) => {
      const button = h("button", { type: "button", class: "plain", onclick: () => pick(each.key) }, h("b", {}, keyName(each.key)));
      const small = h("small", {});
      return Object.assign(h("li", {}, h("div", {}, button, small), h("a", { href: linkTo(each.key), "aria-label": `Page of ${keyName(each.key)}` }, "Details")), { button, small });
    }, (item, each) => {
      item.button.setAttribute("aria-pressed", String(each.key === chosen));
      const track = trackOf(each.key, each.recent, place, true);
      const off = miss(track);
      item.small.title = "Mean distance of forecasts from where the key was then";
      say(item.small, [stamp(each.lastTime), off == null ? "no forecast settled" : `${number(off, 3)} km off`].join(" \u00b7 "));
    });
  }

  async function load(recent) {
    asking = true;
    asked = Date.now();
    try {
      const wanted = recent.slice(0, MOST).map((each) => each.key);
      if (chosen !== null && !wanted.includes(chosen)) wanted.push(chosen);
      const found = await Promise.all(wanted.map((key) => get(`v1/keys/${encodeURIComponent(key)}`).catch(() => null)));
      if (closed) return;
      keys = found.filter((each) => each && each.recent.length);
      draw();
    } finally {
      asking = false;
    }
  }
  say(lead, `Each key as it moved, and where its forecasts of ${place.latitude} and ${place.longitude} say it goes. Choose a key to see its earlier forecasts too.`);
  return { node, title: "Map", update: (data) => {
    if (asking || Date.now() - asked < AGAIN_MS || data.events === seen) return;
    seen = data.events;
    load(data.recent);
  }, close: () => { closed = true; map.close(); } };
}
