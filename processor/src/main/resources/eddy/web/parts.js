/* Small parts that several pages use. */

export const { h, s, number, count, short, percent, bytes, time, figure, series, toggles, steps, tableOf, drawn, canvas, forget } = Charts;

export const linkTo = (key) => `#/keys/${encodeURIComponent(key)}`;
export const keyName = (key) => (key === "" ? "(no key)" : key);
export const stamp = (ms) => (ms == null ? "\u2013" : time(ms));
export const clock = (ms) => new Date(ms).toTimeString().slice(0, 8);
export const whole = (value) => (value == null ? "\u2013" : count(value));
export const size = (value) => (value == null ? "\u2013" : bytes(value));

export function duration(ms) {
  const seconds = Math.floor(ms / 1000);
  const parts = [[86400, "d"], [3600, "h"], [60, "min"], [1, "s"]].map(([of, unit], i, all) =>
    [Math.floor((i ? seconds % all[i - 1][0] : seconds) / of), unit]);
  const first = parts.findIndex(([value]) => value > 0);
  return first < 0 ? "0 s" : parts.slice(first, first + 2).filter(([value]) => value).map((part) => part.join(" ")).join(" ");
}

/** In words how rare an error is whose surprise, -log10 of its probability, is known. */
export function rarity(surprise) {
  if (surprise == null) return "\u2013";
  const of = 10 ** surprise;
  return `1 in ${of < 10 ? number(of, 2) : short(+of.toPrecision(2))}`;
}
/** The surprise from which on an error is rare: once in a thousand. */
export const RARE = 3;

/** Sets text only where it differs, so that a selection and a reader's place stay. */
export function say(node, text) {
  if (node.textContent !== String(text)) node.textContent = text;
}

/** Keeps one child a thing: the nodes of those that stay are kept, and so is the focus. */
export function keep(parent, things, nameOf, make, update) {
  const nodes = (parent.nodesByName ||= new Map());
  const names = new Set(things.map(nameOf));
  for (const [name, node] of nodes) {
    if (!names.has(name)) { node.remove(); nodes.delete(name); }
  }
  things.forEach((thing, i) => {
    const name = nameOf(thing);
    if (!nodes.has(name)) nodes.set(name, make(thing));
    const node = nodes.get(name);
    if (parent.children[i] !== node) parent.insertBefore(node, parent.children[i] || null);
    update(node, thing);
  });
}

/** A term and its figure; returns the node and what sets it. */
export function fact(name, hint) {
  const value = h("dd", {}, "\u2013");
  const small = h("small", {});
  const node = h("div", { class: "fact", title: hint }, h("dt", {}, name), value);
  return { node, set: (text, beside) => { say(small, beside || ""); say(value, text); if (beside) value.append(" ", small); } };
}

/** A page that has nothing to show, and says what to do. */
export const blank = (title, ...lines) => h("div", { class: "blank" },
  s("svg", { viewBox: "0 0 32 32", width: 54, height: 54, "aria-hidden": "true" },
    s("path", { d: "M3 20c4-12 22-14 25-4 2 8-8 13-14 9-5-3-3-10 2-10 4 0 5 5 2 6", fill: "none", stroke: "currentColor", "stroke-width": 1.6, "stroke-linecap": "round" })),
  h("h1", {}, title), ...lines.map((line) => (line.nodeType ? line : h("p", {}, line))));

export const block = (id, title, hint, ...children) => h("section", { class: "block", id, "aria-labelledby": `${id}-title` },
  h("h2", { id: `${id}-title` }, title), hint ? h("p", { class: "hint" }, hint) : null, ...children);

/** Buttons of which one is pressed. */
export function choices(label, names, chosen, choose) {
  const buttons = names.map((name) => h("button", { type: "button", class: "choice", "aria-pressed": String(name === chosen),
    onclick: () => {
      buttons.forEach((button, i) => button.setAttribute("aria-pressed", String(names[i] === name)));
      choose(name);
    } }, name));
  return h("div", { class: "row choices", role: "group", "aria-label": label }, buttons);
}

/** The course of a figure since the page was opened. */
export function spark(most) {
  const values = [];
  const line = s("path", { class: "spark-line" });
  const area = s("path", { class: "spark-area" });
  const node = s("svg", { class: "spark", viewBox: "0 0 100 30", preserveAspectRatio: "none", "aria-hidden": "true" }, area, line);
  return { node, add: (value) => {
    values.push(value || 0);
    if (values.length > most) values.shift();
    const top = Math.max(1e-9, ...values);
    const at = (v, i) => `${(100 - (values.length - 1 - i) * (100 / (most - 1))).toFixed(2)} ${(28 - 25 * (v / top)).toFixed(2)}`;
    const path = values.map(at).join("L");
    line.setAttribute("d", "M" + path);
    area.setAttribute("d", `M${path}V30H${(100 - (values.length - 1) * (100 / (most - 1))).toFixed(2)}Z`);
  } };
}

/** The pair of targets that are a place: the fields, and the targets of latitude and longitude. */
export function placeOf(targets) {
  const base = (target) => target.split(/@| - /)[0].trim();
  const rest = (target) => target.slice(base(target).length).split(" - ")[0].trim();
  const latitude = targets.find((target) => /(^|[._-])lat(itude)?$/i.test(base(target)));
  if (!latitude) return null;
  const longitude = targets.find((target) => /(^|[._-])(lon|lng|long|longitude)$/i.test(base(target)) && rest(target) === rest(latitude));
  return longitude ? { latitude, longitude, fields: [base(latitude), base(longitude)] } : null;
}
