/* The report: reads the data element and builds the sections; what has no data is left out. */
(() => {
  "use strict";
  const { h, s, number, count, percent, bytes, date, time, figure, tableOf, drawn, canvas, round, series, toggles, steps, cut } = Charts;
  const data = JSON.parse(document.getElementById("data").textContent);
  const content = document.getElementById("content");
  const targets = data.targets.filter((target) => target.labels > 0);
  const keyCount = (data.metrics.state || {}).keys || data.keysFollowed;

  /* ---- what models are called, and their colours ---- */
  const CALLED = {
    eddy: "Eddy", model: "learner alone", persistence: "persistence", seasonal: "seasonal naive", seasonal_naive: "seasonal naive",
    mean: "running mean", running_mean: "running mean", prior: "prior class", prior_class: "prior class", smoothing: "exponential smoothing",
    exponential_smoothing: "exponential smoothing", holt_winters: "Holt-Winters", linear: "lagged linear", lagged_linear: "lagged linear",
    markov_1: "Markov 1", markov_2: "Markov 2", markov_3: "Markov 3", markov1: "Markov 1", markov2: "Markov 2", markov3: "Markov 3", frozen: "network, frozen",
  };
  const called = (name) => CALLED[name.replace(/-/g, "_")] || name.replace(/[_-]/g, " ");
  const others = [];
  function look(name) {
    if (name === "eddy") return { color: "--eddy", width: 2.6, strong: true };
    if (name === "model") return { color: "--s-model", width: 1.6, dash: [5, 4] };
    if (name === "persistence") return { color: "--s-persistence", width: 1.8 };
    if (!others.includes(name)) others.push(name);
    const i = others.indexOf(name);
    return { color: "--s-" + (i % 8), width: 1.5, dash: i >= 8 ? [7, 3] : undefined };
  }

  /* ---- arrays as they were packed ---- */
  const summed = (steps) => { let sum = 0; return steps.map((step) => (sum += step)); };
  const share = (part, whole) => (whole ? part / whole : NaN);
  const unit = (target) => target.category ? "error rate" : "mean absolute error";
  const errorText = (target) => target.category ? (value) => percent(value, 1) : (value) => number(value);
  const scoresOf = (target) => ((data.metrics.targets || {})[target.name] || {}).models || {};
  const naive = (target) => target.skills.find((skill) => skill.against === "persistence") || target.skills[0];
  const lossOf = (target, name) => {
    const scores = scoresOf(target)[name] || {};
    return target.category ? (scores.accuracy == null ? null : 1 - scores.accuracy) : scores.mae;
  };
  const baselines = (target) => target.skills.filter((skill) => skill.against !== "model" && skill.value != null);
  /** The one against which the least is gained. */
  const strongest = (target) => baselines(target).reduce((best, skill) => !best || skill.value < best.value ? skill : best, null);

  function verdict(skill) {
    if (!skill || skill.value == null) return "unknown";
    if (skill.low == null) return "unclear";
    return skill.low > 0 ? "better" : skill.high < 0 ? "worse" : "unclear";
  }
  const range = (skill, digits) => `${percent(skill.low, digits)} to ${percent(skill.high, digits)}`;
  const decimalsOf = (skill) => skill.high - skill.low < 0.02 ? 1 : 0;

  /* ---- headline ---- */
  function headline() {
    const judged = targets.map((target) => ({ target, skill: naive(target) }));
    const better = judged.filter((each) => verdict(each.skill) === "better");
    const worse = judged.filter((each) => verdict(each.skill) === "worse");
    const known = judged.filter((each) => each.skill && each.skill.value != null);
    const title = !known.length ? "Nothing to compare with persistence"
      : judged.length === 1 ? single(judged[0])
      : better.length === judged.length ? `Better than persistence on all ${judged.length} targets`
      : worse.length === judged.length ? `Worse than persistence on all ${judged.length} targets`
      : !better.length && !worse.length ? "Not clearly better than persistence"
      : `Better than persistence on ${better.length} of ${judged.length} targets`;
    const section = h("section", { class: "headline", "aria-labelledby": "title" },
      h("p", { class: "kicker" }, kicker()), h("h1", { id: "title" }, title), h("p", { class: "lead" }, ...lead(judged, known)));
    const best = sentenceOfStrongest();
    if (best) section.append(h("p", { class: "lead" }, ...best));
    for (const note of notes()) section.append(h("p", { class: "note" }, note));
    section.append(h("ul", { class: judged.length === 1 ? "cards alone" : "cards", "aria-label": "Targets" }, judged.map(({ target, skill }) => card(target, skill))));
    return section;
  }

  function kicker() {
    const parts = [data.title, `${count(data.metrics.events)} events`];
    if (keyCount > 1) parts.push(`${count(keyCount)} keys`);
    if (data.timed && data.firstTime != null) parts.push(`${date(data.firstTime)} to ${date(data.lastTime)}`);
    return parts.join("  \u00b7  ");
  }

  function single({ target, skill }) {
    const by = percent(Math.abs(skill.value), Math.abs(skill.value) < 0.1 ? 1 : 0);
    const fewer = target.category ? ["fewer errors", "more errors"] : ["smaller errors", "larger errors"];
    const state = verdict(skill);
    if (state === "unclear") return "Not clearly better than persistence";
    return `${by} ${fewer[state === "better" ? 0 : 1]} than persistence`;
  }

  function lead(judged, known) {
    const b = (text) => h("strong", {}, text);
    if (!known.length) return ["Too few labels have settled to judge the forecasts."];
    if (judged.length === 1) {
      const { target, skill } = judged[0];
      const eddy = lossOf(target, "eddy"); const other = lossOf(target, "persistence");
      const sure = skill.low == null ? "There are too few labels for an interval."
        : [`The share of error avoided lies between `, b(range(skill, decimalsOf(skill))), ` (95% interval by block bootstrap)`,
           verdict(skill) === "unclear" ? ", so the difference may be chance." : ": this is not chance."];
      return target.category
        ? ["Of ", b(count(target.labels)), ` labels of ${target.name}, `, b(percent(1 - eddy, 1)), " were forecast right; repeating the last class gets ", b(percent(1 - other, 1)), " right. ", ...[sure].flat()]
        : ["Over ", b(count(target.labels)), ` forecasts of ${target.name} the mean absolute error is `, b(number(eddy)), "; repeating the last value gives ", b(number(other)), ". ", ...[sure].flat()];
    }
    const values = known.map((each) => each.skill.value);
    const unclear = known.filter((each) => verdict(each.skill) === "unclear").map((each) => each.target.name);
    return ["Against repeating the last value or class, Eddy avoids ", b(`${percent(Math.min(...values))} to ${percent(Math.max(...values))}`), " of the error, depending on the target, over ",
      b(count(targets.reduce((sum, target) => sum + target.labels, 0))), " labels. ",
      unclear.length ? `Not certain: ${unclear.join(", ")}.` : "Every 95% interval (block bootstrap) excludes zero: this is not chance."];
  }

  function sentenceOfStrongest() {
    const found = targets.map((target) => ({ target, skill: strongest(target) })).filter(({ skill }) => skill && skill.against !== "persistence");
    if (!found.length) return null;
    const b = (text) => h("strong", {}, text);
    const say = (skill) => {
      const state = verdict(skill);
      return state === "unclear" ? `no clear difference from ${called(skill.against)}`
        : `${percent(Math.abs(skill.value))} ${state === "better" ? "less" : "more"} error than ${called(skill.against)}`;
    };
    return found.length === 1 && targets.length === 1
      ? ["The strongest of the other simple methods here: ", b(say(found[0].skill)), found[0].skill.low != null ? ` (${range(found[0].skill, decimalsOf(found[0].skill))}).` : "."]
      : ["Against the strongest simple method of each target: ", ...found.flatMap(({ target, skill }, i) => [i ? "; " : "", `${target.name} `, b(say(skill))]), "."];
  }

  function notes() {
    const found = [];
    if (data.metrics.rejected > 0) {
      found.push(`${count(data.metrics.rejected)} of ${count(data.metrics.events)} events were rejected` + (data.rejections.length ? `; most often: ${data.rejections.slice().sort((a, b) => b.count - a.count)[0].reason}` : "") + ".");
    }
    if (data.metrics.unlabelled > 0) found.push(`${count(data.metrics.unlabelled)} labels never came and are not scored.`);
    return found;
  }

  function card(target, skill) {
    const state = verdict(skill);
    const eddy = lossOf(target, "eddy"); const other = lossOf(target, "persistence");
    const text = errorText(target);
    const words = { better: "\u25b2 better, not by chance", worse: "\u25bc worse, not by chance", unclear: "\u25c6 may be chance", unknown: "not comparable" };
    const node = h("li", { class: "card" }, h("div", { class: "name" }, target.name),
      h("p", { class: "big" }, skill && skill.value != null ? percent(Math.abs(skill.value)) : "\u2013"),
      h("p", { class: "what" }, skill && skill.value < 0 ? "more error than persistence" : "less error than persistence"));
    if (skill && skill.low != null) {
      const plot = h("div", { role: "img", "data-most": 290, "aria-label": `95% interval ${range(skill, 1)}` });
      node.append(plot);
      drawn(plot, (width) => interval(width, skill));
    }
    node.append(h("p", { class: "what" }, target.category ? "error rate " : "MAE ", h("b", {}, text(eddy)), " against ", h("b", {}, text(other))));
    node.append(h("p", { class: `verdict ${state}` }, words[state]));
    return node;
  }

  function interval(width, skill) {
    const low = Math.min(0, skill.low - 0.05); const high = Math.max(skill.high > 0.5 ? 1 : 0.5, skill.high);
    const at = (value) => 2 + ((value - low) / (high - low)) * (width - 4);
    const shade = `var(--${{ better: "eddy", worse: "worse", unclear: "mark" }[verdict(skill)]})`;
    const said = `95%: ${range(skill, decimalsOf(skill))}`;
    const room = width - 6.6 * said.length > at(0) + 12;
    return canvas(width, 34,
      s("line", { x1: at(low), x2: at(high), y1: 10, y2: 10, stroke: "var(--line-strong)" }),
      s("line", { x1: at(0), x2: at(0), y1: 3, y2: 17, stroke: "var(--muted)" }),
      s("line", { x1: at(skill.low), x2: at(skill.high), y1: 10, y2: 10, stroke: shade, "stroke-width": 5, "stroke-linecap": "round", opacity: 0.45 }),
      s("circle", { cx: at(skill.value), cy: 10, r: 5, fill: shade }),
      room ? s("text", { x: at(0), y: 31, class: "faint", "text-anchor": at(0) < 12 ? "start" : "middle" }, "0") : null,
      s("text", { x: width, y: 31, class: "faint", "text-anchor": "end" }, said));
  }

  /* ---- all other sections show one target at a time ---- */
  let chosen = targets[0];
  const body = h("div", {});

  function picker() {
    if (targets.length < 2) return null;
    const buttons = targets.map((target) => h("button", { type: "button", class: "choice", "aria-pressed": String(target === chosen),
      onclick: () => {
        chosen = target;
        buttons.forEach((button, i) => button.setAttribute("aria-pressed", String(targets[i] === chosen)));
        build();
      } }, target.name));
    return h("div", { class: "picker" }, h("div", { class: "row", role: "group", "aria-label": "Target shown in all charts" }, h("span", {}, "Target"), buttons));
  }

  const sections = [];
  const section = (id, title, make) => sections.push({ id, title, make });

  function build() {
    Charts.forget(body);
    body.replaceChildren();
    for (const { id, title, make } of sections) {
      const made = make(chosen);
      if (!made) continue;
      const block = h("section", { class: "block", id, "aria-labelledby": id + "-title" }, h("h2", { id: id + "-title" }, title),
        targets.length > 1 && !made.whole ? h("p", { class: "printed-target" }, chosen.name) : null);
      body.append(block);
      made.into(block);
    }
  }

  /* ---- learning curve ---- */
  section("learning", "Learning", (target) => {
    const curve = target.curve;
    if (curve.labels.length < 2) return null;
    return { into: (block) => {
      block.append(h("p", { class: "hint" }, `Every forecast is scored before its label is learned. Lower is better.`));
      let kind = "windowed";
      const host = h("div", {});
      const kinds = [["windowed", `Last ${count(curve.window)} labels`], ["since", "Since the start"]];
      if (target.bits && Object.keys(target.bits.windowed).length) kinds.push(["bits", "Bits per label"]);
      const buttons = kinds.map(([name, text]) => h("button", { type: "button", class: "choice", "aria-pressed": String(name === kind), onclick: () => { kind = name; draw(); } }, text));
      block.append(h("div", { class: "row", role: "group", "aria-label": "Mean over", style: "margin-bottom:14px" }, buttons), host);
      function draw() {
        buttons.forEach((button, i) => button.setAttribute("aria-pressed", String(kinds[i][0] === kind)));
        Charts.forget(host); host.replaceChildren();
        const from = kind === "bits" ? target.bits : curve;
        const means = kind === "bits" ? target.bits.windowed : curve[kind];
        const at = summed(from.labels); const times = summed(from.times);
        const shown = defaultShown(target);
        const lines = Object.keys(means).map((name) => ({ name: called(name), values: means[name], show: shown.includes(name), plain: true, ...look(name) }));
        const text = kind === "bits" ? (v) => number(v) + " bits" : errorText(target);
        const last = lines.map((line) => `${line.name} ${text(line.values.filter(Number.isFinite).pop())}`).join(", ");
        // {target, labels}: how many labels of the target had been scored when a drift was found
        const marks = (data.metrics.drift || []).filter((found) => found.target === target.name).map((found) => ({ at: found.labels }));
        const what = kind === "bits" ? "log-loss in bits" : unit(target);
        const shape = figure({
          title: what[0].toUpperCase() + what.slice(1), caption: `${kind === "since" ? "mean of all labels so far" : `mean of the newest ${count(curve.window)} labels`}, by number of labels of ${target.name}${marks.length ? "; marked where a drift was found" : ""}`,
          label: `Line chart of ${what} by number of labels. At the end: ${last}. Arrow keys move, plus and minus zoom, 0 resets.`,
          table: () => ({ caption: what, head: ["labels", data.timed ? "until" : "row", ...lines.map((line) => line.name)],
            rows: thin(at.length, 48).map((i) => [count(at[i]), stamp(times[i]), ...lines.map((line) => text(line.values[i]))]) }),
        });
        host.append(shape.node);
        const chart = series(shape.plot, { x: at, lines, timed: false, height: 340, format: text, axis: kind !== "bits" && target.category ? (v) => percent(v, 0) : undefined, fromZero: true, marks,
          when: (i) => `label ${count(at[i])} \u00b7 ${stamp(times[i])}` });
        shape.node.insertBefore(h("div", { class: "bar" }, toggles(chart, lines), steps(chart)), shape.plot);
      }
      draw();
    } };
  });

  /** Eddy, the learner, persistence and the two strongest others. */
  function defaultShown(target) {
    const ranked = baselines(target).slice().sort((a, b) => a.value - b.value).map((skill) => skill.against);
    const same = scoresOf(target).eddy && scoresOf(target).model && lossOf(target, "eddy") === lossOf(target, "model");
    // those that lose more than persistence are a click away, and would flatten the rest
    const stronger = ranked.slice(0, ranked.indexOf("persistence")).slice(0, 2);
    return ["eddy", "persistence", ...(same ? [] : ["model"]), ...stronger];
  }

  const stamp = (ms) => data.timed ? time(ms) : "row " + count(ms);
  function thin(length, most) {
    const step = Math.max(1, Math.ceil(length / most));
    const rows = [];
    for (let i = 0; i < length; i += step) rows.push(i);
    if (length && rows[rows.length - 1] !== length - 1) rows.push(length - 1);
    return rows;
  }

  /* ---- forecasts ---- */
  section("forecasts", "Forecast and actual", (target) => {
    const traces = target.traces.filter((trace) => trace.label.length > 1);
    if (!traces.length) return null;
    return { into: (block) => {
      block.append(h("p", { class: "hint" }, "Each forecast as it was published, at the time it was made, beside what came.", h("span", { class: "screen" }, " Drag across the chart to zoom; double-click or press 0 to see all.")));
      const host = h("div", {});
      const why = { frequent: "Most frequent keys", best: "Keys forecast best", worst: "Keys forecast worst" };
      let pick = traces[0];
      if (traces.length > 1) {
        const select = h("select", { onchange: () => { pick = traces[Number(select.value)]; draw(); } },
          Object.keys(why).map((choice) => {
            const some = traces.map((trace, i) => [trace, i]).filter(([trace]) => trace.choice === choice);
            return some.length ? h("optgroup", { label: why[choice] }, some.map(([trace, i]) =>
              h("option", { value: i }, `${keyName(trace.key)} (${percent(trace.skill)} error avoided, ${count(trace.labels)} labels)`))) : null;
          }));
        block.append(h("p", { class: "screen" }, h("label", { class: "field" }, "Key", select)));
      }
      block.append(host);
      function draw() {
        Charts.forget(host); host.replaceChildren();
        const trace = pick;
        const times = summed(trace.times);
        const ordered = times.every((value, i) => !i || value >= times[i - 1]);
        const timed = data.timed && ordered;
        const x = ordered ? times : times.map((_, i) => i);
        const shades = baselineStretches(trace, x);
        const all = trace.label.length === trace.labels;
        const caption = (keyName(trace.key) === trace.key && trace.key !== "" ? `key ${trace.key}, ` : "") + (all ? `all ${count(trace.labels)} labels` : `${count(trace.label.length)} of ${count(trace.labels)} labels: the newest, and the extremes of those before`) + (trace.label.length > 500 ? "; opened at the newest, \u201cAll\u201d shows the rest" : "")
          + (shades.length ? "; shaded where the baseline was published" : "");
        const chart = target.category ? classes(host, target, trace, x, timed, times, caption) : numbers(host, target, trace, x, timed, times, caption, shades);
        const rows = trace.label.length;
        if (rows > 500 && ordered) chart.part(x[rows - (target.category ? 120 : 300)], x[rows - 1]);
      }
      draw();
    } };
  });

  const keyName = (key) => key === "" ? "(no key)" : key;

  function baselineStretches(trace, x) {
    const found = [];
    for (let i = 0; i < trace.switches.length; i += 2) {
      const end = trace.switches[i + 1];
      found.push([x[trace.switches[i]], end == null ? x[x.length - 1] : x[end]]);
    }
    return found;
  }

  function numbers(host, target, trace, x, timed, times, caption, shades) {
    const lines = [];
    let bands;
    if (trace.low) {
      lines.push({ name: "upper", values: trace.high, color: "--eddy-wash", width: 0.5, aside: true, plain: true, silent: true });
      lines.push({ name: "lower", values: trace.low, color: "--eddy-wash", width: 0.5, aside: true, plain: true, silent: true });
      bands = [{ series: [1, 2], color: "--eddy-wash" }];
    }
    lines.push({ name: "persistence", values: trace.baseline, color: "--s-persistence", width: 1.3, show: false });
    lines.push({ name: "actual", values: trace.label, color: "--ink", width: 1.5 });
    lines.push({ name: "Eddy", values: trace.predicted, color: "--eddy", width: 2, strong: true });
    const errors = trace.label.map((label, i) => Math.abs(label - trace.predicted[i]));
    const shape = figure({ title: target.name, caption,
      label: `Line chart of ${trace.label.length} labels of ${target.name} and their forecasts. Mean absolute error of those shown: ${number(mean(errors))}. Arrow keys move, plus and minus zoom, 0 resets.`,
      table: () => ({ head: [data.timed ? "made at (UTC)" : "row", "actual", "Eddy", "persistence"].concat(trace.low ? ["low", "high"] : []),
        rows: thin(x.length, 60).map((i) => [stamp(times[i]), number(trace.label[i], 5), number(trace.predicted[i], 5), number(trace.baseline[i], 5)].concat(trace.low ? [number(trace.low[i]), number(trace.high[i])] : [])) }) });
    host.append(shape.node);
    const chart = series(shape.plot, { x, lines, timed, height: 340, shades, bands, format: (v) => number(v, 5), when: (i) => stamp(times[i]) });
    shape.node.insertBefore(h("div", { class: "bar" }, toggles(chart, lines), steps(chart)), shape.plot);
    return chart;
  }

  function classes(host, target, trace, x, timed, times, caption) {
    const name = (k) => k == null ? null : target.classes[k] == null ? "others" : target.classes[k];
    const seen = new Map();
    for (const k of [...trace.label, ...trace.predicted]) if (k != null) seen.set(name(k), (seen.get(name(k)) || 0) + 1);
    const order = [...seen.keys()].sort((a, b) => seen.get(a) - seen.get(b)).slice(-24);
    const place = (k) => { const at = order.indexOf(name(k)); return k == null || at < 0 ? null : at; };
    const label = trace.label.map(place); const said = trace.predicted.map(place);
    const right = said.map((v, i) => trace.label[i] === trace.predicted[i] ? v : null);
    const wrong = said.map((v, i) => trace.label[i] === trace.predicted[i] ? null : v);
    const steps_ = x.map((_, i) => i); // evenly, since classes often come in bursts
    const lines = [
      { name: "actual", values: label, color: "--ink", width: 1.4, stepped: true, plain: true },
      { name: "forecast right", values: right, color: "--eddy", dots: true, size: 7 },
      { name: "forecast wrong", values: wrong, color: "--worse", dots: true, hollow: true, size: 8 },
    ];
    const hits = trace.label.filter((k, i) => k === trace.predicted[i]).length;
    const shape = figure({ title: target.name, caption,
      label: `Chart of ${trace.label.length} labels of ${target.name}; ${hits} of these were forecast right.`,
      table: () => ({ head: [data.timed ? "made at (UTC)" : "row", "actual", "Eddy", "last class"],
        rows: thin(x.length, 60).map((i) => [stamp(times[i]), name(trace.label[i]), name(trace.predicted[i]) || "\u2013", name(trace.baseline[i]) || "\u2013"]) }) });
    host.append(shape.node);
    const chart = series(shape.plot, { x: steps_, lines, timed: false, height: Math.max(220, Math.min(560, 70 + 24 * order.length)), classes: order, direct: false, when: (i) => stamp(times[i]) });
    shape.node.insertBefore(h("div", { class: "bar" }, toggles(chart, lines), steps(chart)), shape.plot);
    return chart;
  }

  const mean = (values) => { const known = values.filter(Number.isFinite); return known.reduce((sum, v) => sum + v, 0) / known.length; };

  /* ---- other configurations ---- */
  section("compared", "Compared configurations", (target) => {
    const rows = (data.metrics.comparisons || []).flatMap((each) => each.targets.filter((one) => one.target === target.name).map((one) => ({ ...one, name: each.name, to: each.base })));
    if (!rows.length) return null;
    return { into: (block) => {
      block.append(h("p", { class: "hint" }, `On the same events as ${rows[0].to}, loss by loss. A negative difference says that the other configuration loses less.`));
      block.append(h("ul", { class: "plain" }, rows.map((row) => h("li", {}, row.sentence))));
      block.append(tableOf({ caption: `Differences to ${rows[0].to} on ${target.name}, with 95% intervals by block bootstrap`,
        head: ["configuration", "loss", rows[0].to, "other", "difference", "interval", "keys won"],
        rows: rows.map((row) => [row.name, metricName(row.loss), number(row.base), number(row.other), number(row.difference), row.low == null ? "\u2013" : `${number(row.low)} to ${number(row.high)}`, row.keys && row.keys.share_won != null ? percent(row.keys.share_won, 0) : "\u2013"]) }));
    } };
  });

  /* ---- against each simple method ---- */
  section("methods", "Beside the other methods", (target) => {
    const scores = scoresOf(target);
    const names = Object.keys(scores);
    if (!names.length) return null;
    return { into: (block) => {
      const skills = target.skills.filter((skill) => skill.value != null);
      if (skills.length > 1) {
        const shape = figure({ title: "Error avoided by Eddy", caption: "share of each method's error, with 95% interval; right of zero Eddy is better",
          label: "Intervals: " + skills.map((skill) => `${called(skill.against)} ${percent(skill.value)}` + (skill.low == null ? "" : `, ${range(skill, 1)}`)).join("; ") });
        block.append(shape.node);
        drawn(shape.plot, (width) => forest(width, skills.slice().sort((a, b) => b.value - a.value)));
      }
      block.append(scoreTable(target, scores, names));
      const shares = skillTable(target);
      if (shares) block.append(shares);
    } };
  });

  function forest(width, skills) {
    const left = Math.min(width * 0.45, 16 + 7.1 * Math.max(...skills.map((skill) => called(skill.against).length))); const right = width < 560 ? 10 : 150; const line = 30;
    const low = Math.max(-1, Math.min(0, ...skills.map((skill) => skill.low ?? skill.value))); const high = Math.min(1, Math.max(0.1, ...skills.map((skill) => skill.high ?? skill.value)));
    const room = (high - low) * 0.06;
    const at = (value) => left + ((Math.max(-1, value) - low + room) / (high - low + 2 * room)) * (width - left - right);
    const ticks = round(low, high, width < 560 ? 4 : 7);
    const height = skills.length * line + 30;
    return canvas(width, height,
      ticks.map((tick) => [
        s("line", { x1: at(tick), x2: at(tick), y1: 0, y2: height - 26, stroke: tick === 0 ? "var(--muted)" : "var(--line)" }),
        s("text", { x: at(tick), y: height - 8, "text-anchor": "middle", class: "faint" }, percent(tick, 0))]),
      skills.map((skill, i) => {
        const y = i * line + 15; const state = verdict(skill);
        const shade = `var(--${{ better: "eddy", worse: "worse", unclear: "mark", unknown: "muted" }[state]})`;
        return [
          s("text", { x: 0, y: y + 4 }, called(skill.against)),
          skill.low == null ? null : s("line", { x1: at(skill.low), x2: at(skill.high), y1: y, y2: y, stroke: shade, "stroke-width": 6, "stroke-linecap": "round", opacity: 0.35 }),
          state === "worse" ? s("path", { d: `M${at(skill.value)} ${y - 5}l5 5l-5 5l-5 -5z`, fill: shade }) : s("circle", { cx: at(skill.value), cy: y, r: 5, fill: shade }),
          right > 100 ? s("text", { x: width, y: y + 4, "text-anchor": "end", class: "faint" }, percent(skill.value, 1) + (skill.low == null ? "" : `  (${range(skill, 1)})`)) : null];
      }));
  }

  const METRIC = { n: "labels", mae: "MAE", rmse: "RMSE", wape: "WAPE", mase: "MASE", accuracy: "accuracy", log_loss_bits: "bits", kappa_temporal: "kappa (temporal)",
    pinball: "pinball loss", coverage: "coverage", nominal_coverage: "nominal coverage", negative_log_likelihood: "neg. log-likelihood" };
  const metricName = (metric) => METRIC[metric] || metric.replace(/_/g, " ");
  const SHARES = ["wape", "accuracy", "coverage", "nominal_coverage", "top_"];
  const HIGHER = ["accuracy", "kappa_temporal", "skill", "top_"];
  const NEITHER = ["n", "coverage", "nominal_coverage"];

  function scoreTable(target, scores, names) {
    const metrics = [...new Set(names.flatMap((name) => Object.keys(scores[name]).filter((metric) => typeof scores[name][metric] === "number")))];
    const best = [null];
    metrics.forEach((metric) => {
      const values = names.map((name) => scores[name][metric]);
      const known = values.filter((value) => typeof value === "number");
      const top = HIGHER.some((name) => metric.startsWith(name)) ? Math.max(...known) : Math.min(...known);
      best.push(NEITHER.includes(metric) || known.length < 2 ? null : values.indexOf(top));
    });
    const cell = (metric, value) => value === undefined ? "" : metric === "n" ? count(value) : SHARES.some((name) => metric.startsWith(name)) ? percent(value, 1) : number(value);
    const whole = tableOf({ caption: `Scores of ${target.name} over all labels; the best of each column is bold`, head: ["", ...metrics.map(metricName)],
      rows: names.map((name) => [called(name), ...metrics.map((metric) => cell(metric, scores[name][metric]))]), us: names.indexOf("eddy"), best });
    if (!names.some((name) => scores[name].window)) return whole;
    const parts = h("details", {}, h("summary", {}, `The same over the newest ${count(data.metrics.window || 1000)} labels`));
    const newest = Object.fromEntries(names.map((name) => [name, scores[name].window || {}]));
    const columns = metrics.filter((metric) => names.some((name) => typeof newest[name][metric] === "number"));
    parts.append(tableOf({ caption: `Newest labels of ${target.name}`, head: ["", ...columns.map(metricName)],
      rows: names.map((name) => [called(name), ...columns.map((metric) => cell(metric, newest[name][metric]))]), us: names.indexOf("eddy") }));
    return h("div", {}, whole, parts);
  }

  function skillTable(target) {
    const skills = ((data.metrics.targets || {})[target.name] || {}).skills || {};
    const names = Object.keys(skills);
    const losses = [...new Set(names.flatMap((name) => Object.keys(skills[name]).filter((loss) => loss !== "n" && typeof skills[name][loss] === "number")))];
    if (!losses.length) return null;
    const share = (value) => typeof value === "number" ? percent(value, 1) : "\u2013";
    return tableOf({ caption: `Share of each loss that Eddy avoids on ${target.name}, over all labels${losses.includes("accuracy") ? "; of accuracy and top k it is of what is missed" : ""}`,
      head: ["", ...losses.map(metricName)], rows: names.map((name) => [called(name), ...losses.map((loss) => share(skills[name][loss]))]) });
  }

  /* ---- by key ---- */
  section("keys", "By key", (target) => {
    const keys = target.keys;
    if (keys.count < 2) return null;
    return { into: (block) => {
      block.append(h("p", { class: "hint" }, h("b", { style: "color:var(--ink)" }, `Better than persistence for ${percent(share(keys.better, keys.judged), 0)} of the keys`),
        ` (${count(keys.better)} of ${count(keys.judged)} with at least ${count(data.fewestLabels)} ${data.fewestLabels === 1 ? "label" : "labels"}).`,
        data.rowsOfOtherKeys > 0 ? ` Only the first ${count(data.keysFollowed)} keys are followed; ${count(data.rowsOfOtherKeys)} lines of later ones are not shown here.` : ""));
      const text = errorText(target);
      const two = h("div", { class: "two" });
      block.append(two);
      const list = (title, rows) => {
        if (!rows.length) return;
        const shape = figure({ title, caption: "filled: Eddy, outlined: persistence", label: `${title}: ` + rows.map((row) => `${keyName(row.key)} ${text(row.loss)} against ${text(row.baseline)}`).join("; "),
          table: () => ({ head: ["key", "labels", "Eddy", "persistence", "error avoided"], rows: rows.map((row) => [keyName(row.key), count(row.rows), text(row.loss), text(row.baseline), percent(1 - row.loss / row.baseline)]) }) });
        shape.plot.dataset.most = "326";
        two.append(shape.node);
        drawn(shape.plot, (width) => pairs(width, rows, text));
      };
      if (keys.judged > 12) {
        list("Best keys against persistence", keys.best);
        list("Worst keys against persistence", keys.worst);
        list("Most frequent keys", keys.frequent);
      } else {
        list("All keys", keys.frequent);
      }
      if (keys.cloud.loss.length > 12) {
        const shape = figure({ title: "Every key", caption: "below the line Eddy is better", label: `Scatter of the errors of ${keys.cloud.loss.length} keys: Eddy's against persistence's.` });
        shape.plot.dataset.most = "326";
        two.append(shape.node);
        drawn(shape.plot, (width) => cloud(width, keys.cloud, target));
      }
    } };
  });

  function pairs(width, rows, text) {
    const line = 29; const left = Math.min(150, width * 0.34); const right = 62;
    const most = Math.max(...rows.map((row) => Math.max(row.loss, row.baseline))) || 1;
    const w = (value) => Math.max(1, (value / most) * (width - left - right));
    return canvas(width, rows.length * line,
      rows.map((row, i) => {
        const y = i * line + 4; const worse = row.loss > row.baseline;
        return [s("text", { x: 0, y: y + 14 }, cut(keyName(row.key), Math.floor(left / 7.2)), s("title", {}, keyName(row.key))),
          s("rect", { x: left, y: y + 0.5, width: w(row.baseline), height: 19, rx: 3, fill: "none", stroke: "var(--line-strong)" }),
          s("rect", { x: left, y: y + 5, width: w(row.loss), height: 10, rx: 2, fill: worse ? "var(--worse)" : "var(--eddy)" }),
          s("text", { x: width, y: y + 14, "text-anchor": "end", class: "faint" }, text(row.loss))];
      }));
  }

  function cloud(width, dots, target) {
    const height = Math.min(width, 340); const left = 48; const bottom = 40; const wide = width - left - 12; const tall = height - bottom - 8;
    const sorted = [...dots.loss, ...dots.baseline].filter(Number.isFinite).sort((a, b) => a - b);
    const most = sorted[Math.floor(0.985 * (sorted.length - 1))] || 1;
    const X = (v) => left + (Math.min(v, most) / most) * wide; const Y = (v) => 8 + tall - (Math.min(v, most) / most) * tall;
    const text = target.category ? (v) => percent(v, 0) : Charts.short;
    const ticks = round(0, most, 4);
    return canvas(width, height,
      ticks.map((tick) => [s("line", { x1: left, x2: left + wide, y1: Y(tick), y2: Y(tick), stroke: "var(--line)" }),
        s("text", { x: left - 7, y: Y(tick) + 4, "text-anchor": "end", class: "faint" }, text(tick)),
        s("text", { x: X(tick), y: height - 22, "text-anchor": "middle", class: "faint" }, text(tick))]),
      s("line", { x1: X(0), y1: Y(0), x2: X(most), y2: Y(most), stroke: "var(--muted)", "stroke-dasharray": "4 4" }),
      dots.loss.map((loss, i) => s("circle", { cx: X(dots.baseline[i]).toFixed(1), cy: Y(loss).toFixed(1), r: 3.2, fill: loss > dots.baseline[i] ? "var(--worse)" : "var(--eddy)", "fill-opacity": 0.42 })),
      s("text", { x: left + wide, y: height - 4, "text-anchor": "end", class: "faint" }, "persistence's error \u2192"),
      s("text", { x: left + 4, y: 18, class: "faint" }, "\u2191 Eddy's error"));
  }

  /* ---- surprise ---- */
  section("surprising", "Most surprising", (target) => {
    const rows = (data.metrics.surprising || []).filter((each) => each.target === target.name).slice(0, 12);
    if (!rows.length) return null;
    const value = (each) => typeof each === "number" ? number(each) : each == null ? "\u2013" : each;
    const odds = (p) => p > 0 ? (p >= 0.1 ? percent(p) : `1 in ${count(1 / p)}`) : "\u2013";
    const keyed = rows.some((each) => each.key !== "");
    return { into: (block) => {
      block.append(h("p", { class: "hint" }, `Forecasts whose error was least to be expected from ${keyed ? "what their key has had" : "those"} before.`));
      block.append(tableOf({ caption: `Least expected errors of ${target.name}, and the chance of one as large`, head: [data.timed ? "made at (UTC)" : "row", ...(keyed ? ["key"] : []), "actual", "forecast", "chance"],
        rows: rows.map((each) => [data.timed ? stamp(Date.parse(each.timestamp)) : count(each.origin_row), ...(keyed ? [cut(keyName(each.key), 32)] : []), value(each.label), value(each.predicted), odds(each.surprise)]) }));
    } };
  });

  /* ---- by horizon ---- */
  section("horizon", "By horizon", (target) => {
    const family = targets.filter((each) => each.field === target.field && each.category === target.category);
    if (family.length < 2) return null;
    return { into: (block) => {
      family.sort((a, b) => a.ahead - b.ahead);
      const text = errorText(target);
      const rows = family.map((each) => ({ key: each.ahead ? `+${each.ahead}` : each.name, loss: lossOf(each, "eddy"), baseline: lossOf(each, "persistence") }));
      const shape = figure({ title: target.field, caption: `${unit(target)} by how far ahead: filled is Eddy, outlined persistence`, label: rows.map((row) => `${row.key}: ${text(row.loss)} against ${text(row.baseline)}`).join("; "),
        table: () => ({ head: ["events ahead", "Eddy", "persistence"], rows: rows.map((row) => [row.key, text(row.loss), text(row.baseline)]) }) });
      block.append(shape.node);
      drawn(shape.plot, (width) => pairs(width, rows, text));
    } };
  });

  /* ---- by hour and weekday ---- */
  const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
  section("clock", "By hour and weekday", (target) => {
    if (!data.timed) return null;
    const { rows, loss, baseline } = target.clock;
    const hours = new Set(); const days = new Set();
    rows.forEach((n, cell) => { if (n > 0) { hours.add(cell % 24); days.add(Math.floor(cell / 24)); } });
    if (hours.size < 2 && days.size < 2) return null;
    const sum = (values, keep) => values.reduce((total, value, cell) => total + (keep(cell) ? value : 0), 0);
    return { into: (block) => {
      block.append(h("p", { class: "hint" }, `${unit(target)[0].toUpperCase() + unit(target).slice(1)} by the time at which the forecast was made (UTC).`));
      const text = errorText(target);
      const by = (keep) => ({ n: sum(rows, keep), loss: share(sum(loss, keep), sum(rows, keep)), baseline: share(sum(baseline, keep), sum(rows, keep)) });
      const two = h("div", { class: "two" });
      const bars = (title, labels, points) => {
        const shape = figure({ title, caption: "bar: Eddy; tick: persistence", label: `${title}: ` + points.map((p, i) => p.n ? `${labels[i]} ${text(p.loss)}` : null).filter(Boolean).join(", "),
          table: () => ({ head: [title, "labels", "Eddy", "persistence"], rows: points.map((p, i) => [labels[i], count(p.n), text(p.loss), text(p.baseline)]).filter((_, i) => points[i].n) }) });
        shape.plot.dataset.most = "326";
        two.append(shape.node);
        drawn(shape.plot, (width) => columns(width, labels, points, target));
      };
      if (hours.size > 1) bars("Hour of day", [...Array(24).keys()].map(String), [...Array(24).keys()].map((hour) => by((cell) => cell % 24 === hour)));
      if (days.size > 1) bars("Weekday", DAYS, DAYS.map((_, day) => by((cell) => Math.floor(cell / 24) === day)));
      block.append(two);
      if (hours.size > 3 && days.size > 1) {
        const means = rows.map((n, cell) => n ? loss[cell] / n : null);
        const shape = figure({ title: "Hour by weekday", caption: "the stronger the colour, the larger Eddy's error", label: "Heat map of Eddy's error by weekday and hour.",
          table: () => ({ head: ["", ...[...Array(24).keys()].map(String)], rows: DAYS.map((day, d) => [day, ...[...Array(24).keys()].map((hour) => means[d * 24 + hour] == null ? "" : text(means[d * 24 + hour]))]) }) });
        block.append(shape.node);
        drawn(shape.plot, (width) => heat(width, means, text));
      }
    } };
  });

  function columns(width, labels, points, target) {
    const height = 210; const left = 46; const bottom = 24;
    const most = Math.max(...points.map((p) => Math.max(p.loss || 0, p.baseline || 0))) * 1.06 || 1;
    const step = (width - left) / labels.length; const bar = Math.min(34, step * 0.68);
    const Y = (value) => 6 + (height - bottom - 6) * (1 - value / most);
    const text = target.category ? (v) => percent(v, 0) : Charts.short;
    const every = Math.ceil((labels[0].length * 9 + 10) / step);
    return canvas(width, height,
      round(0, most, 4).map((tick) => [s("line", { x1: left, x2: width, y1: Y(tick), y2: Y(tick), stroke: "var(--line)" }), s("text", { x: left - 8, y: Y(tick) + 4, "text-anchor": "end", class: "faint" }, text(tick))]),
      points.map((p, i) => {
        const x = left + i * step + (step - bar) / 2;
        return [i % every === 0 ? s("text", { x: x + bar / 2, y: height - 6, "text-anchor": "middle", class: "faint" }, labels[i]) : null,
          p.n ? s("rect", { x, y: Y(p.loss), width: bar, height: Math.max(1, height - bottom - Y(p.loss)), rx: 2, fill: "var(--eddy)" }) : null,
          p.n ? s("line", { x1: x - 2, x2: x + bar + 2, y1: Y(p.baseline), y2: Y(p.baseline), stroke: "var(--s-persistence)", "stroke-width": 2 }) : null];
      }));
  }

  function heat(width, means, text) {
    const left = 42; const cell = (width - left) / 24; const tall = Math.max(20, Math.min(30, cell)); const top = 20;
    const known = means.filter((value) => value != null).sort((a, b) => a - b);
    const low = known[Math.floor(known.length * 0.02)]; const high = known[Math.floor(known.length * 0.97)] || 1;
    const level = (value) => Math.max(0.05, Math.min(1, 0.06 + 0.94 * ((value - low) / (high - low || 1))));
    const every = cell < 24 ? 3 : 1;
    return canvas(width, top + tall * 7 + 30,
      [...Array(24).keys()].filter((hour) => hour % every === 0).map((hour) => s("text", { x: left + cell * (hour + 0.5), y: 13, "text-anchor": "middle", class: "faint" }, hour)),
      DAYS.map((day, d) => s("text", { x: 0, y: top + tall * (d + 0.5) + 4, class: "faint" }, day)),
      means.map((value, i) => value == null ? null : s("rect", { x: left + (i % 24) * cell + 0.75, y: top + Math.floor(i / 24) * tall + 0.75, width: cell - 1.5, height: tall - 1.5, rx: 3, fill: "var(--eddy)", "fill-opacity": level(value).toFixed(2) },
        s("title", {}, `${DAYS[Math.floor(i / 24)]} ${i % 24}:00  ${text(value)}`))),
      [0, 0.25, 0.5, 0.75, 1].map((part, i) => s("rect", { x: left + i * 26, y: top + tall * 7 + 12, width: 25, height: 9, rx: 2, fill: "var(--eddy)", "fill-opacity": 0.06 + 0.94 * part })),
      s("text", { x: left + 5 * 26 + 8, y: top + tall * 7 + 21, class: "faint" }, `${text(low)} to ${text(high)}`));
  }

  /* ---- calibration ---- */
  section("calibration", "Calibration", (target) => {
    const { quantiles, pit, reliability } = target;
    if (!quantiles && !pit && !reliability) return null;
    return { into: (block) => {
      if (quantiles) {
        const points = quantiles.levels.map((level, i) => [level, quantiles.below[i] / quantiles.rows]);
        const last = points.length - 1;
        const covered = points[last][1] - points[0][1];
        block.append(h("p", { class: "hint" }, `${percent(covered, 1)} of the labels lie between the outermost quantiles, which promise ${percent(points[last][0] - points[0][0], 0)}. Their mean distance is ${number(quantiles.width)}.`));
        const shape = figure({ title: "Quantiles", caption: "share of labels below each quantile; on the line it is as promised", label: points.map(([level, found]) => `${percent(level, 0)} promised, ${percent(found, 1)} found`).join("; "),
          table: () => ({ head: ["promised", "found"], rows: points.map(([level, found]) => [percent(level, 1), percent(found, 1)]) }) });
        block.append(shape.node);
        drawn(shape.plot, (width) => diagonal(width, points, "promised \u2192", "\u2191 found"));
      }
      if (pit) {
        const most = 1 / pit.bins.length;
        const shape = figure({ title: "Where labels fall in their forecast distribution", caption: "flat is calibrated; a hill says the deviations are too large, a valley too small", label: "Histogram of the probability integral transform: " + pit.bins.map((n) => percent(n / pit.rows, 1)).join(", "),
          table: () => ({ head: ["from", "to", "share of labels"], rows: pit.bins.map((n, i) => [percent(i * most, 0), percent((i + 1) * most, 0), percent(n / pit.rows, 2)]) }) });
        block.append(shape.node);
        drawn(shape.plot, (width) => histogram(width, pit.bins.map((n) => n / pit.rows), most));
      }
      if (reliability) {
        const total = reliability.rows.reduce((sum, n) => sum + n, 0);
        const enough = Math.max(1, total / 1000); // bins of fewer labels say nothing
        const points = reliability.rows.map((n, i) => n >= enough ? [reliability.confidence[i] / n, reliability.right[i] / n, n] : null).filter(Boolean);
        const gap = points.reduce((sum, [said, found, n]) => sum + Math.abs(said - found) * n, 0) / total;
        block.append(h("p", { class: "hint" }, `A learner that is 80% sure of its class should be right 80% of the time. On average, confidence and hits differ by ${percent(gap, 1)}.`));
        const shape = figure({ title: "Reliability", caption: "larger dots stand for more labels", label: points.map(([said, found]) => `${percent(said, 0)} sure, ${percent(found, 0)} right`).join("; "),
          table: () => ({ head: ["sure", "right", "labels"], rows: points.map(([said, found, n]) => [percent(said, 1), percent(found, 1), count(n)]) }) });
        block.append(shape.node);
        drawn(shape.plot, (width) => diagonal(width, points, "how sure \u2192", "\u2191 how often right"));
      }
    } };
  });

  function diagonal(width, points, xName, yName) {
    const size = Math.min(width, 380); const left = 46; const bottom = 40; const side = size - left - 20; const tall = size - bottom - 10;
    const X = (v) => left + v * side; const Y = (v) => 10 + (1 - v) * tall;
    const most = Math.max(...points.map((point) => point[2] || 1));
    return canvas(size, size,
      [0, 0.25, 0.5, 0.75, 1].map((tick) => [s("line", { x1: left, x2: left + side, y1: Y(tick), y2: Y(tick), stroke: "var(--line)" }),
        s("text", { x: left - 7, y: Y(tick) + 4, "text-anchor": "end", class: "faint" }, percent(tick, 0)), s("text", { x: X(tick), y: size - 22, "text-anchor": "middle", class: "faint" }, percent(tick, 0))]),
      s("line", { x1: X(0), y1: Y(0), x2: X(1), y2: Y(1), stroke: "var(--muted)", "stroke-dasharray": "4 4" }),
      s("path", { d: points.map(([a, b], i) => `${i ? "L" : "M"}${X(a).toFixed(1)} ${Y(b).toFixed(1)}`).join(""), fill: "none", stroke: "var(--eddy)", "stroke-width": 2 }),
      points.map(([a, b, n]) => s("circle", { cx: X(a), cy: Y(b), r: n ? 3 + 6 * Math.sqrt(n / most) : 5, fill: "var(--eddy)" })),
      s("text", { x: left + side, y: size - 4, "text-anchor": "end", class: "faint" }, xName), s("text", { x: left + 4, y: 24, class: "faint" }, yName));
  }

  function histogram(width, shares, even) {
    const height = 200; const left = 46; const most = Math.max(...shares, even) * 1.08; const step = (width - left) / shares.length;
    const Y = (value) => 6 + (height - 30) * (1 - value / most);
    return canvas(width, height,
      round(0, most, 3).map((tick) => [s("line", { x1: left, x2: width, y1: Y(tick), y2: Y(tick), stroke: "var(--line)" }), s("text", { x: left - 8, y: Y(tick) + 4, "text-anchor": "end", class: "faint" }, percent(tick))]),
      shares.map((value, i) => s("rect", { x: left + i * step + 1, y: Y(value), width: step - 2, height: Y(0) - Y(value), rx: 2, fill: "var(--eddy)" })),
      s("line", { x1: left, x2: width, y1: Y(even), y2: Y(even), stroke: "var(--ink)", "stroke-dasharray": "5 4" }),
      [0, 0.25, 0.5, 0.75, 1].map((tick) => s("text", { x: left + tick * (width - left), y: height - 6, "text-anchor": tick === 1 ? "end" : tick ? "middle" : "start", class: "faint" }, percent(tick, 0))));
  }

  /* ---- confusion ---- */
  section("confusion", "Which classes are confused", (target) => {
    const found = ((data.metrics.targets || {})[target.name] || {}).confusion;
    if (!found || found.classes.length < 2) return null;
    return { into: (block) => {
      const pairs_ = found.counts.flatMap((row, label) => row.map((n, said) => [label, said, n])).filter(([, , n]) => n > 0);
      const totals = new Map();
      pairs_.forEach(([label, , n]) => totals.set(label, (totals.get(label) || 0) + n));
      const order = [...totals.keys()].sort((a, b) => totals.get(b) - totals.get(a)).slice(0, 12);
      const name = (k) => found.classes[k] == null ? "others" : found.classes[k];
      const cells = new Map();
      let left = 0;
      pairs_.forEach(([label, said, n]) => {
        if (!order.includes(label)) { left += n; return; }
        const column = order.includes(said) ? said : "other";
        cells.set(label + ":" + column, (cells.get(label + ":" + column) || 0) + n);
      });
      const heads = [...order, ...(order.some((label) => cells.get(label + ":other")) ? ["other"] : [])];
      block.append(h("p", { class: "hint" }, "Of each true class (row), how often each class was forecast (column), as a share of the row.", left ? ` ${count(left)} ${left === 1 ? "label of a rarer class is" : "labels of rarer classes are"} left out.` : ""));
      block.append(h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Confusion of classes" }, h("table", { class: "matrix" },
        h("thead", {}, h("tr", {}, h("th", { scope: "col", class: "corner" }, "true \u2193  forecast \u2192"), heads.map((k) => h("th", { scope: "col", title: k === "other" ? "other classes" : name(k) }, cut(k === "other" ? "rarer" : name(k), 18))), h("th", { scope: "col" }, "labels"))),
        h("tbody", {}, order.map((label) => h("tr", {}, h("th", { scope: "row", title: name(label) }, cut(name(label), 24)),
          heads.map((said) => {
            const part = (cells.get(label + ":" + said) || 0) / totals.get(label);
            const base = said === label ? "--eddy" : "--worse";
            const strength = Math.round(54 * Math.sqrt(part));
            return h("td", { style: part >= 0.005 ? `background:color-mix(in srgb, var(${base}) ${strength}%, var(--paper))` : "color:var(--muted)" }, part >= 0.005 ? percent(part, 0) : part > 0 ? "<1%" : "\u00b7");
          }), h("td", {}, count(totals.get(label)))))))));
    } };
  });

  /* ---- who answered ---- */
  section("source", "Who answered", (target) => {
    const source = target.source;
    const from = summed(source.labels); const times = summed(source.times);
    const shares = source.windowed.model;
    if (!shares || from.length < 2) return null;
    const total = source.since.model[source.since.model.length - 1];
    return { into: (block) => {
      block.append(h("p", { class: "hint" }, total >= 0.9995 ? "Every forecast was the learner's: at no time was persistence the better choice."
        : `Until the learner beats persistence over a window, persistence is what is published. ${percent(total, 1)} of the forecasts were the learner's.`));
      if (total < 0.9995) {
        const lines = [{ name: "by the learner", values: shares, color: "--eddy", width: 2, plain: true }];
        const shape = figure({ title: "Share published by the learner", caption: `of the newest ${count(source.window)} labels`, label: `Line chart: share of forecasts by the learner, ${percent(total, 1)} in all.`,
          table: () => ({ head: ["labels", data.timed ? "until" : "row", "by the learner"], rows: thin(from.length, 40).map((i) => [count(from[i]), stamp(times[i]), percent(shares[i], 1)]) }) });
        block.append(shape.node);
        series(shape.plot, { x: from, lines, timed: false, height: 170, fromZero: true, axis: (v) => percent(v, 0), format: (v) => percent(v, 1), when: (i) => `label ${count(from[i])} \u00b7 ${stamp(times[i])}` });
      }
    } };
  });

  /* ---- cost ---- */
  section("cost", "Cost", () => ({ whole: true, into: (block) => {
    const m = data.metrics;
    const [estimator, panel] = m.learner.split(" in ");
    const items = [
      ["Events per second", number(m.events_per_second, 3)], ["Time", `${number(m.seconds, 3)} s`], ["Bytes per key", bytes(m.bytes_per_key)], ["Keys", count(keyCount)],
      ["Parameters", count(m.parameters)], ["Estimator", estimator]];
    const micros = (value) => value >= 1e4 ? `${number(value / 1000, 3)} ms` : `${number(value, 3)} \u00b5s`;
    if (m.latency_us) {
      const names = { p50: "An event, median", p99: "99% of events within", p99_9: "99.9% within" };
      items.splice(1, 0, ...Object.keys(names).filter((key) => m.latency_us[key] != null).map((key) => [names[key], micros(m.latency_us[key])]));
    }
    if (m.state) items.push(["State in all", bytes(m.state.bytes)], ["Weights", bytes(m.state.weights_bytes)]);
    if (m.fallbacks != null) items.push(["Fallbacks", count(m.fallbacks)]);
    if (m.reading_share != null) items.push(["Reading the input", percent(m.reading_share, 0), "of the time"]);
    const learners = Object.entries(m.learners || {});
    block.append(h("p", { class: "hint" }, "On the machine of the replay, scoring and reading included."));
    block.append(h("dl", { class: "figures" }, items.map(([name, value, more]) => h("div", {}, h("dt", {}, name), h("dd", {}, value, more ? h("small", {}, " " + more) : null)))));
    if (panel) block.append(h("p", { class: "hint" }, `What is published is mixed of ${panel.split("+").length} learners: ${panel.split("+").join(", ")}.`));
    if (learners.length > 1) {
      const all = learners.reduce((sum, [, n]) => sum + n, 0);
      block.append(tableOf({ caption: "Estimators in use", head: ["estimator", "events", "share"], rows: learners.map(([name, n]) => [name, count(n), percent(share(n, all), 2)]) }));
    }
    if (data.rejections.length) {
      block.append(tableOf({ caption: "Rejected events", head: ["reason", "events", "first row"], rows: data.rejections.map((each) => [each.reason, count(each.count), count(each.firstRow)]) }));
    }
  } }));

  /* ---- how it was made ---- */
  section("made", "How to repeat this", () => ({ whole: true, into: (block) => {
    const quote = (word) => /^[\w@%+=:,./-]+$/.test(word) ? word : "'" + word.replace(/'/g, "'\\''") + "'";
    const command = ["scripts/eddy", ...data.command].map(quote).join(" ");
    const button = h("button", { type: "button", class: "quiet", onclick: () => navigator.clipboard && navigator.clipboard.writeText(command).then(() => { button.textContent = "Copied"; }) }, "Copy");
    block.append(h("p", { class: "hint" }, "The same input and configuration give the same forecasts, bit for bit, on every machine."));
    block.append(h("h3", {}, "Command"), h("div", { class: "copy" }, h("pre", {}, command), button));
    block.append(h("h3", {}, "Configuration"), h("pre", {}, Object.entries(data.configuration).map(([key, value]) => `${key}=${value}`).join("\n")));
    block.append(h("p", { class: "hint" }, `Eddy ${data.version}, seed ${data.seed}, made ${time(Date.parse(data.made))} UTC.`));
  } }));

  /* ---- the page ---- */
  content.append(targets.length ? headline() : h("section", { class: "headline" }, h("p", { class: "kicker" }, kicker()), h("h1", {}, "No forecast has met its label"),
    h("p", { class: "lead" }, "The input ended before a label settled, or all events were rejected. What there is to tell is below.")));
  if (targets.length) {
    const row = picker();
    if (row) content.append(row);
    content.append(body);
    build();
  } else {
    sections.splice(0, sections.length, ...sections.filter(({ id }) => id === "cost" || id === "made"));
    content.append(body);
    build();
  }
  document.getElementById("footer").textContent = `Eddy ${data.version} \u00b7 ${time(Date.parse(data.made))} UTC \u00b7 charts by uPlot (MIT)`;
})();
