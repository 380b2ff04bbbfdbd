/* The page of one key: what it went through lately, and what was said of it. */
import { get } from "./api.js";
import { blank, block, choices, count, duration, fact, figure, forget, h, keyName, linkTo, number, percent, placeOf, rarity, say, series, short, size, stamp, steps, tableOf, toggles, whole } from "./parts.js";
import { chart as mapChart, trackOf } from "./geography.js";

const AGAIN_MS = 2000;
const ROWS = 30;
const FIELDS = 8;

const said = (event, target) => (event.targets || []).find((each) => each.target === target) || {};
const isText = (value) => typeof value === "string";
const told = (value) => (value == null ? "\u2013" : typeof value === "number" ? figure5(value) : String(value));
/** What was forecast; a class with the probability that it was given. */
const sureness = ({ prediction, classes }) => (classes && classes[prediction] != null ? `${prediction} ${percent(classes[prediction], 0)}` : told(prediction));
/** A number as it came, to five or six digits, and no zeros that nobody wrote. */
const figure5 = (value) => (Math.abs(value) >= 1e6 ? short(value) : String(+value.toPrecision(Math.abs(value) < 1 ? 4 : 6)).replace("-", "\u2212"));

function figures() {
  const events = fact("Events"); const last = fact("Last event", "Time of the event, UTC");
  const state = fact("State", "Bytes of this key"); const weights = fact("Own weights");
  const estimator = fact("Gradients by"); const surprise = fact("Last surprise", "How often an error as large comes, by the errors of this key before");
  const node = h("dl", { class: "figures" }, [events, last, surprise, state, weights, estimator].map((each) => each.node));
  return { node, update: (key) => {
    events.set(whole(key.events));
    last.set(...stamp(key.lastTime).split(" "));
    state.set(size(key.stateBytes));
    weights.set(key.weightsBytes == null ? "shared" : size(key.weightsBytes), key.weightsBytes == null ? "with its partition" : "");
    estimator.set(key.estimator ? key.estimator.split("/").pop() : "\u2013");
    const latest = [...key.recent].reverse().flatMap((event) => (event.targets || []).filter((each) => each.surprise != null)).slice(0, 1)[0];
    surprise.set(latest ? rarity(latest.surprise) : "\u2013", latest ? latest.target : "");
  } };
}

/** Times of the events where they are in order, else their places. */
function axisOf(recent) {
  const times = recent.map((event) => event.time);
  const ordered = times.every((value, i) => value != null && (!i || value > times[i - 1]));
  return ordered ? { x: times, timed: true } : { x: times.map((_, i) => i), timed: false };
}

function columnsOf(recent, target, place) {
  const of = recent.map((event) => said(event, target));
  const value = (name) => of.map((each) => (each[name] == null ? null : place ? place(each[name]) : each[name]));
  return { low: value("low"), high: value("high"), persistence: value("persistence"), actual: value("actual"), prediction: value("prediction") };
}

/** Prediction and what came, one target; drawn anew for another target or kind of axis. */
function forecasts(host) {
  let made = null;
  let chart = null;
  let shown = [];
  return (recent, target) => {
    shown = recent;
    const names = [...new Set(recent.flatMap((event) => { const each = said(event, target); return [each.prediction, each.actual, each.persistence].filter(isText); }))].sort();
    const axis = axisOf(recent);
    const columns = columnsOf(recent, target, names.length ? (value) => names.indexOf(String(value)) : null);
    const banded = !names.length && columns.low.some((value) => value != null);
    const order = [...(banded ? ["high", "low"] : []), "persistence", "actual", "prediction"];
    const kind = JSON.stringify([target, axis.timed, names, banded]);
    const values = order.map((name) => columns[name]);
    if (kind === made) return chart.update(axis.x, values);
    made = kind;
    forget(host);
    const look = {
      low: { name: "lower", color: "--eddy-wash", width: 0.5, aside: true, plain: true, silent: true },
      high: { name: "upper", color: "--eddy-wash", width: 0.5, aside: true, plain: true, silent: true },
      persistence: { name: "persistence", color: "--s-persistence", width: 1.3, show: false, plain: true, dots: names.length > 0, hollow: true, size: 9 },
      actual: { name: "actual", color: "--ink", width: 1.6, plain: true, dots: names.length > 0, hollow: true, size: 10 },
      prediction: { name: "Eddy", color: "--eddy", width: 2.2, strong: true, plain: true, dots: names.length > 0, size: 5 },
    };
    const lines = order.map((name, i) => ({ ...look[name], values: values[i] }));
    const when = (i) => (shown[i] ? stamp(shown[i].time) : "");
    const shape = figure({ title: target, caption: `each forecast at the time it was made, beside what came${banded ? "; the band is its interval" : ""}`,
      label: `Chart of forecasts of ${target} and what came. Arrow keys move, plus and minus zoom, 0 resets.` });
    host.replaceChildren(shape.node);
    chart = series(shape.plot, { x: axis.x, lines, timed: axis.timed, height: 320, bands: banded ? [{ series: [1, 2], color: "--eddy-wash" }] : undefined,
      classes: names.length ? names : undefined, format: (value) => number(value, 5), when });
    shape.node.insertBefore(h("div", { class: "bar" }, toggles(chart, lines), steps(chart)), shape.plot);
  };
}

/** How surprising each settled forecast was. */
function surprises(host) {
  let made = null;
  let chart = null;
  let shown = [];
  return (recent, target) => {
    shown = recent;
    const axis = axisOf(recent);
    const values = recent.map((event) => said(event, target).surprise ?? null);
    if (values.every((value) => value == null)) {
      made = null;
      forget(host);
      return host.replaceChildren();
    }
    const kind = JSON.stringify([target, axis.timed]);
    if (kind === made) return chart.update(axis.x, [values]);
    made = kind;
    forget(host);
    const shape = figure({ title: "Surprise", caption: `how rare an error as large is, by the errors of this key before: 1 is one in ten, 3 one in a thousand`, label: `Chart of the surprise of ${target}, as powers of ten: 3 is an error that comes once in a thousand.` });
    host.replaceChildren(shape.node);
    chart = series(shape.plot, { x: axis.x, lines: [{ name: "surprise", color: "--mark", values, plain: true, dots: true, size: 5 }], timed: axis.timed, height: 170, direct: false, fromZero: true, outliers: true, format: (value) => rarity(value), when: (i) => (shown[i] ? stamp(shown[i].time) : "") });
  };
}

function eventTable(host) {
  let before = null;
  return (recent, target) => {
    const rows = recent.slice(-ROWS).reverse();
    const text = target + JSON.stringify(rows);
    if (text === before) return;
    before = text;
    const fields = [...new Set(rows.flatMap((event) => Object.keys(event.fields || {})))]
      .filter((field) => rows.some((event) => (event.fields || {})[field] !== event.time)).slice(0, FIELDS);
    const band = rows.some((event) => said(event, target).low != null);
    host.replaceChildren(tableOf({
      caption: `The newest ${rows.length} of the last ${recent.length} events, and what was said of ${target}`,
      head: ["time (UTC)", ...fields, "forecast", ...(band ? ["interval"] : []), "came", "error", "surprise", "from"],
      rows: rows.map((event) => {
        const each = said(event, target);
        const error = each.actual == null || each.prediction == null ? "\u2013" : isText(each.actual) ? (each.actual === each.prediction ? "right" : "wrong") : number(Math.abs(each.actual - each.prediction));
        return [stamp(event.time), ...fields.map((field) => told((event.fields || {})[field])), sureness(each),
          ...(band ? [each.low == null ? "\u2013" : `${number(each.low)} to ${number(each.high)}`] : []), told(each.actual), error, rarity(each.surprise), each.source || "\u2013"];
      }),
    }));
  };
}

/** A key of which nothing is known, with keys that begin alike. */
async function unknown(name) {
  const node = blank("No such key", `\u201c${name}\u201d has not been seen by this app, or its state has expired.`);
  let near = [];
  for (let length = name.length; length >= 0 && !near.length; length = length > 3 ? 3 : length - 1) {
    near = await get(`v1/keys?prefix=${encodeURIComponent(name.slice(0, length))}&limit=8`).catch(() => []);
  }
  if (near.length) node.append(h("p", {}, "Known keys: "), h("p", { class: "row near" }, near.map(({ key }) => h("a", { class: "choice", href: linkTo(key) }, keyName(key)))));
  node.append(h("p", {}, h("a", { href: "#/" }, "Back to the overview")));
  return node;
}

export function keyPage(name, overview) {
  const node = h("div", {}, h("div", { class: "blank waiting", "aria-busy": "true" }, h("p", {}, `Asking for ${keyName(name)}\u2026`)));
  const place = placeOf(overview.targets);
  let parts = null;
  let asking = false;
  let asked = 0;
  let seen = -1;
  let closed = false;
  let chosen = overview.targets[0];

  function build() {
    const kicker = h("p", { class: "kicker" });
    const notes = h("div", {});
    const facts = figures();
    const lines = h("div", {}); const surprise = h("div", {}); const table = h("div", {});
    const empty = h("p", { class: "empty" }, "Events and forecasts of a key are held in memory: after a start or a move of its partition they fill up anew with its next events.");
    const draws = [forecasts(lines), surprises(surprise), eventTable(table)];
    const charts = h("div", {});
    const map = place ? mapChart({ label: `Track of ${keyName(name)}` }) : null;
    let latest = null;
    const draw = () => {
      if (!latest) return;
      const some = latest.recent.length > 0;
      charts.hidden = !some; empty.hidden = some;
      if (some) draws.forEach((each) => each(latest.recent, chosen));
      if (map && some) map.update([trackOf(name, latest.recent, place, true)]);
    };
    const pick = overview.targets.length > 1 ? choices("Target of the charts", overview.targets, chosen, (target) => { chosen = target; draw(); }) : null;
    charts.append(block("forecasts", "Forecast and actual", null, pick, lines, surprise));
    if (map) charts.append(block("track", "Track", null, map.node));
    charts.append(block("events", "Last events", null, table));
    node.replaceChildren(h("section", { class: "headline slim", "aria-labelledby": "title" }, kicker, h("h1", { id: "title" }, keyName(name)), notes, facts.node), empty, charts);
    let notesBefore = null;
    return { map, update: (key) => {
      latest = key;
      say(kicker, [`Key of partition ${key.partition}`, key.server ? `on ${key.server}` : null, `${count(key.events)} events`].filter(Boolean).join("  \u00b7  "));
      const told = key.fallback ? [`Its gradients are truncated now: ${isText(key.fallback) ? key.fallback : Object.entries(key.fallback).map(([what, value]) => `${what} ${value}`).join(", ")}.`] : [];
      if (told.join() !== notesBefore) { notesBefore = told.join(); notes.replaceChildren(...told.map((note) => h("p", { class: "note" }, note))); }
      facts.update(key);
      draw();
    } };
  }

  async function load() {
    asking = true;
    asked = Date.now();
    try {
      const key = await get(`v1/keys/${encodeURIComponent(name)}`);
      if (closed) return;
      parts ||= build();
      parts.update(key);
    } catch (problem) {
      if (closed) return;
      if (problem.status === 404) {
        const nothing = await unknown(name);
        if (!closed) { parts = null; node.replaceChildren(nothing); }
      } else if (!parts) {
        node.replaceChildren(blank(problem.status ? problem.title : "The app does not answer", problem.message,
          h("p", {}, h("button", { type: "button", class: "quiet", onclick: load }, "Try again"))));
      }
    } finally {
      asking = false;
    }
  }
  return { node, title: keyName(name), update: (data) => {
    if (asking || Date.now() - asked < AGAIN_MS || data.events === seen) return;
    seen = data.events;
    load();
  }, close: () => { closed = true; if (parts && parts.map) parts.map.close(); } };
}
