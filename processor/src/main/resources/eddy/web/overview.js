/* The first page: how good it is now, how fast, with what, and where. */
import { RARE, blank, block, bytes, choices, count, duration, fact, figure, forget, h, keep, keyName, linkTo, number, percent, rarity, say, series, short, size, spark, stamp, steps, tableOf, toggles, whole } from "./parts.js";

const SPARK_SECONDS = 120;
const RECENT = 8;
const NEWEST = 1000; // labels of a mean, as of the app's own window

const isClass = (score) => score.kind === "class";
const lossText = (score) => (isClass(score) ? (value) => percent(value, 1) : (value) => number(value));
const lossName = (score) => (isClass(score) ? "error rate" : "mean absolute error");

/** What is lost now beside persistence; since the start where there is no window yet. */
const now = (score) => (score.window && score.window.persistence != null ? score.window : score.loss || {});
const skillNow = (score) => {
  const { eddy, persistence } = now(score);
  return eddy == null || !(persistence > 0) ? null : 1 - eddy / persistence;
};

/** One figure for all targets, whatever their units: by the geometric mean of the ratios of losses. */
function together(skills) {
  if (!skills.length) return null;
  return 1 - Math.exp(skills.reduce((sum, skill) => sum + Math.log(Math.max(1e-9, 1 - skill)), 0) / skills.length);
}

function headlineOf(data) {
  const judged = data.scores.filter((score) => score.labels > 0);
  const skills = judged.map(skillNow).filter((skill) => skill != null);
  if (!data.events) return ["Waiting for the first event", [`Whatever is written to the topic ${data.input} is predicted, and learned from, as it comes.`]];
  if (!skills.length) return ["No forecast has met its label yet", [`${count(data.events)} events have been seen; a forecast is scored when what it forecast has come.`]];
  const all = together(skills);
  const by = percent(Math.abs(all), Math.abs(all) < 0.1 ? 1 : 0);
  const title = Math.abs(all) < 0.005 ? "As good as persistence" : `${by} ${all > 0 ? "less" : "more"} error than persistence`;
  const b = (text) => h("strong", {}, text);
  const labels = judged.reduce((sum, score) => sum + score.labels, 0);
  const low = Math.min(...skills); const high = Math.max(...skills);
  const better = skills.filter((skill) => skill > 0).length;
  const lead = skills.length === 1
    ? ["Over the newest labels, beside repeating the last value or class; ", b(count(labels)), " labels so far."]
    : ["Over the newest labels, beside repeating the last value: better on ", b(better === skills.length ? `all ${better}` : `${better} of ${skills.length}`), " targets, by ",
      b(`${percent(low)} to ${percent(high)}`), "; ", b(count(labels)), " labels so far."];
  return [title, lead];
}

function card(score) {
  const parts = { big: h("p", { class: "big" }), what: h("p", { class: "what" }), now: h("p", { class: "what" }), since: h("p", { class: "since" }) };
  const meter = h("div", { class: "meter", "aria-hidden": "true" }, h("i", {}));
  const node = h("li", { class: "card" }, h("div", { class: "name" }, score.target), parts.big, parts.what, meter, parts.now, parts.since);
  return Object.assign(node, { parts, meter });
}

function updateCard(node, score) {
  const { big, what, now: line, since } = node.parts;
  const skill = skillNow(score);
  const { eddy, persistence } = now(score);
  const text = lossText(score);
  say(big, skill == null ? "\u2013" : percent(Math.abs(skill)));
  big.className = `big ${skill == null ? "" : skill > 0 ? "better" : "worse"}`;
  say(what, skill == null ? "no label yet" : skill >= 0 ? "less error than persistence" : "more error than persistence");
  node.meter.firstChild.style.width = `${100 * Math.min(1, Math.max(0, eddy / persistence)) || 0}%`;
  node.meter.hidden = skill == null;
  say(line, skill == null ? "" : `${isClass(score) ? "error rate" : "MAE"} ${text(eddy)} against ${text(persistence)}`);
  say(since, skill == null ? "" : `${percent(score.skill)} since the start, ${count(score.labels)} labels`);
}

/** At each point of the curve, [labels, eddy, persistence], the mean of the newest labels then. */
function trailing(points, newest) {
  const width = points.map((point, i) => point[0] - (i ? points[i - 1][0] : 0));
  let from = 0; let labels = 0; let eddy = 0; let persistence = 0;
  return points.map((point, i) => {
    labels += width[i]; eddy += width[i] * point[1]; persistence += width[i] * point[2];
    while (from < i && labels - width[from] >= newest) {
      labels -= width[from]; eddy -= width[from] * points[from][1]; persistence -= width[from] * points[from][2];
      from++;
    }
    return [point[0], eddy / labels, persistence / labels];
  });
}

/** The loss of one target beside persistence's, drawn on as it goes. */
function curve(host) {
  let chart = null;
  let target = null;
  let points = [];
  function make(score) {
    forget(host);
    target = score.target;
    const text = lossText(score);
    const lines = [
      { name: "persistence", color: "--s-persistence", width: 1.8, plain: true, values: [] },
      { name: "Eddy", color: "--eddy", width: 2.6, strong: true, plain: true, values: [] },
    ];
    const columns = columnsOf(score);
    lines.forEach((line, i) => { line.values = columns[i + 1]; });
    const shape = figure({ title: lossName(score)[0].toUpperCase() + lossName(score).slice(1), caption: `mean of the newest ${count(NEWEST)} labels of ${target}, by number of labels; lower is better`,
      label: `Line chart of the ${lossName(score)} of ${target}, Eddy beside persistence. Arrow keys move, plus and minus zoom, 0 resets.`,
      table: () => ({ caption: `${lossName(score)} of ${target}`, head: ["labels", "Eddy", "persistence"], rows: points.map(([labels, eddy, persistence]) => [count(labels), text(eddy), text(persistence)]) }) });
    host.replaceChildren(shape.node);
    chart = series(shape.plot, { x: columns[0], lines, timed: false, height: 320, format: text, axis: isClass(score) ? (v) => percent(v, 0) : undefined, fromZero: true, when: (i) => `label ${count(chart.u.data[0][i])}` });
    shape.node.insertBefore(h("div", { class: "bar" }, toggles(chart, lines), steps(chart)), shape.plot);
  }
  const columnsOf = (score) => {
    points = trailing(score.curve, NEWEST);
    return [points.map((p) => p[0]), points.map((p) => p[2]), points.map((p) => p[1])];
  };
  return (score) => {
    if (!score || !score.curve || score.curve.length < 2) {
      if (target !== null || !host.firstChild) {
        forget(host);
        target = null;
        host.replaceChildren(h("p", { class: "empty" }, "The curve begins with the second label."));
      }
      return;
    }
    if (target !== score.target) return make(score);
    const [x, ...values] = columnsOf(score);
    chart.update(x, values);
  };
}

function recentList() {
  const list = h("ol", { class: "recent" });
  const none = h("p", { class: "empty" }, "No key has been seen since the start.");
  const head = h("p", { class: "columns", "aria-hidden": "true" }, h("span", {}, "key, time of its event"), h("span", {}, "surprise"));
  const node = h("div", {}, none, head, list);
  return { node, update: (recent) => {
    none.hidden = recent.length > 0;
    head.hidden = !recent.length;
    head.lastChild.hidden = recent.every((each) => each.surprise == null);
    keep(list, recent.slice(0, RECENT), (each) => each.key, (each) => {
      const link = h("a", { href: linkTo(each.key) }, h("b", {}, keyName(each.key)));
      const surprise = h("span", { class: "surprise", role: "img" }, h("i", {}));
      const when = h("small", {});
      return Object.assign(h("li", {}, h("div", {}, link, when), surprise), { when, surprise });
    }, (node, each) => {
      say(node.when, stamp(each.time));
      const level = each.surprise;
      node.surprise.hidden = level == null;
      node.surprise.firstChild.style.width = `${Math.min(100, (100 * level) / 4)}%`;
      node.surprise.classList.toggle("high", level >= RARE);
      node.surprise.title = level == null ? "" : `An error as large comes ${rarity(each.surprise)}`;
      node.surprise.setAttribute("aria-label", node.surprise.title);
    });
  } };
}

function running() {
  const rate = fact("Events a second", "Mean of the last ten seconds");
  const lag = fact("Lag", "Events written to the input topic and not yet read");
  const events = fact("Events");
  const rejected = fact("Rejected", "Events sent to the dead-letter topic");
  const rates = spark(SPARK_SECONDS); const lags = spark(SPARK_SECONDS);
  rate.node.append(rates.node); lag.node.append(lags.node);
  const estimator = fact("Gradients by", "How the gradient is obtained");
  const cell = fact("Cell");
  const source = fact("Published", "What was published: the network, or a baseline where the network is not better yet");
  const fallbacks = fact("Fallbacks", "Keys whose sensitivities were dropped because they grew without bound");
  const updates = fact("Updates of weights");
  const heap = fact("Heap");
  const meter = h("div", { class: "meter", "aria-hidden": "true" }, h("i", {}));
  heap.node.append(meter);
  const rss = fact("Process", "Resident memory");
  const state = fact("Live state", "Of keys that are objects now; the rest lies in the store");
  const keys = fact("Live keys", "Keys that are objects now; the rest lies in the store");
  const perKey = fact("State of a key", "Mean");
  const group = (title, ...facts) => h("section", { class: "group" }, h("h3", {}, title), h("dl", {}, facts.map((each) => each.node)));
  const node = h("div", { class: "groups" },
    group("Stream", rate, lag, events, rejected), group("Learner", estimator, cell, source, fallbacks, updates), group("Memory", heap, rss, state, keys, perKey));
  return { node, update: (data) => {
    rates.add(data.rate); lags.add(data.lag);
    rate.set(data.rate == null ? "\u2013" : short(Math.round(data.rate)));
    lag.set(whole(data.lag));
    events.set(whole(data.events));
    rejected.set(whole(data.rejected), data.rejected / data.events > 0.0005 ? percent(data.rejected / data.events) : "");
    const learner = data.learner || {};
    estimator.set(learner.estimator ? learner.estimator.split("/").pop() : "\u2013");
    estimator.node.title = learner.estimator || "";
    cell.set(learner.cell || "\u2013", learner.units ? `${learner.units} units` : "");
    const { model = 0, baseline = 0 } = learner.source || {};
    source.set(model + baseline ? percent(model / (model + baseline), model === 0 || baseline === 0 ? 0 : 1) : "\u2013", "by the network");
    fallbacks.set(whole(learner.fallbacks));
    updates.set(whole(learner.updates));
    const memory = data.memory || {};
    heap.set(size(memory.heapUsed), memory.heapMax ? `of ${bytes(memory.heapMax)}` : "");
    meter.firstChild.style.width = `${100 * Math.min(1, memory.heapUsed / memory.heapMax || 0)}%`;
    rss.set(size(memory.rss));
    state.set(size(memory.stateBytes));
    keys.set(whole(memory.keys));
    perKey.set(memory.keys ? bytes(memory.stateBytes / memory.keys) : "\u2013");
  } };
}

/** Tables are made anew only where what they say has changed. */
function table(host, none) {
  let before = null;
  return (shape) => {
    const text = JSON.stringify(shape.rows);
    if (text === before) return;
    before = text;
    host.replaceChildren(shape.rows.length ? tableOf(shape) : h("p", { class: "empty" }, none));
  };
}

const server = (instance) => instance.server || "no address set";

function parts() {
  const tasks = h("div", {}); const instances = h("div", {});
  const showTasks = table(tasks, "This instance has no partition now.");
  const showInstances = table(instances, "No instance is known.");
  const node = h("div", { class: "two" },
    h("div", {}, h("h3", {}, "Partitions here"), tasks), h("div", {}, h("h3", {}, "Instances"), instances));
  return { node, update: (data) => {
    showTasks({ caption: null, head: ["partition", "events", "lag", "position", "keys", "thread"],
      rows: data.tasks.map((task) => [String(task.partition), whole(task.events), whole(task.lag), whole(task.position), whole(task.keys), threadName(task.thread)]) });
    showInstances({ caption: null, head: ["server", "partitions", "standby"],
      rows: data.instances.map((each) => [server(each) + (each.self ? " (this one)" : ""), ranges(each.partitions), ranges(each.standby)]), us: data.instances.findIndex((each) => each.self) });
  } };
}

const threadName = (thread) => (thread || "\u2013").replace(/^.*-(StreamThread-\d+)$/, "$1");

/** 0, 1, 2, 5 as 0\u20132, 5. */
function ranges(numbers) {
  const found = [];
  for (const each of [...(numbers || [])].sort((a, b) => a - b)) {
    const last = found[found.length - 1];
    if (last && last[1] === each - 1) last[1] = each;
    else found.push([each, each]);
  }
  return found.length ? found.map(([from, to]) => (from === to ? from : `${from}\u2013${to}`)).join(", ") : "\u2013";
}

function notesOf(data) {
  const notes = [];
  if (data.restore) {
    const { records, total } = data.restore;
    notes.push(`Restoring its state: ${whole(records)} of ${whole(total)} records${total ? ` (${percent(records / total, 0)})` : ""}. Predictions go on when it is done.`);
  } else if (data.state === "REBALANCING") notes.push("Partitions are being shared out; predictions go on in a moment.");
  else if (data.state !== "RUNNING" && data.state !== "CREATED") notes.push("The app has stopped working. Its log says why.");
  if (data.learner && data.learner.paused) notes.push("Learning is paused: predictions go on with the weights as they are.");
  if (data.events > 0 && data.rejected > 0) notes.push(`${count(data.rejected)} of ${count(data.events)} events were rejected and are in the dead-letter topic with the reason.`);
  return notes;
}

export function overviewPage(first) {
  const kicker = h("p", { class: "kicker" });
  const title = h("h1", { id: "title" });
  const lead = h("p", { class: "lead" });
  const notes = h("div", {});
  const cards = h("ul", { class: "cards", "aria-label": "Targets" });
  const host = h("div", {});
  const draw = curve(host);
  let chosen = first.targets[0];
  let latest = first;
  const scoreOf = () => latest.scores.find((score) => score.target === chosen);
  const pick = first.targets.length > 1 ? choices("Target of the chart", first.targets, chosen, (target) => { chosen = target; draw(scoreOf()); }) : null;
  const recent = recentList();
  const facts = running();
  const where = parts();
  const node = h("div", {},
    h("section", { class: "headline", "aria-labelledby": "title" }, kicker, title, lead, notes, cards),
    h("div", { class: "beside" },
      block("loss", "Loss", null, pick, host),
      block("recent", "Recent keys", null, recent.node)),
    block("running", "Running", null, facts.node),
    block("where", "Partitions and instances", null, where.node));
  let leadBefore = null;
  let notesBefore = null;
  return { node, title: first.application, update: (data) => {
    latest = data;
    say(kicker, [`${data.input} \u2192 ${data.predictions}`, `up ${duration(data.uptime)}`, `${count(data.events)} events`].join("  \u00b7  "));
    const [text, words] = headlineOf(data);
    say(title, text);
    const wordsNow = words.map((word) => word.textContent || word).join("");
    if (wordsNow !== leadBefore) { leadBefore = wordsNow; lead.replaceChildren(...words); }
    const told = notesOf(data);
    if (told.join() !== notesBefore) { notesBefore = told.join(); notes.replaceChildren(...told.map((note) => h("p", { class: "note" }, note))); }
    keep(cards, data.scores, (score) => score.target, card, updateCard);
    draw(scoreOf());
    recent.update(data.recent);
    facts.update(data);
    where.update(data);
  } };
}
