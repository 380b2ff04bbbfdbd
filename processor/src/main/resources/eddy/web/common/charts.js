/* Drawing: elements, number formats, time-series charts by uPlot, small charts in SVG. */
"use strict";
const Charts = (() => {
  const SVG = "http://www.w3.org/2000/svg";
  const live = new Set(); // time-series charts on the page

  function fill(node, attributes, children) {
    for (const [name, value] of Object.entries(attributes || {})) {
      if (name === "style") node.style.cssText = value; // an attribute would need 'unsafe-inline'
      else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
      else if (value === true) node.setAttribute(name, "");
      else if (value !== false && value != null) node.setAttribute(name, value);
    }
    for (const child of children.flat(2)) {
      if (child != null && child !== false) node.append(child.nodeType ? child : String(child));
    }
    return node;
  }
  const h = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);
  const s = (tag, attributes, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);
  const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  /* ---- numbers and times ---- */
  const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
  function number(value, digits = 4) {
    if (value == null || Number.isNaN(value)) return "\u2013";
    if (!Number.isFinite(value)) return "\u221e";
    const size = Math.abs(value);
    if (size === 0) return "0";
    if (size >= 1e9 || size < 1e-4) return value.toExponential(digits - 2).replace("-", "\u2212");
    const before = size < 1 ? 0 : Math.floor(Math.log10(size)) + 1;
    const decimals = Math.max(0, digits - Math.max(1, before));
    return new Intl.NumberFormat("en", { maximumFractionDigits: decimals, minimumFractionDigits: size < 1000 ? decimals : 0 })
      .format(value).replace("-", "\u2212");
  }
  const count = (value) => whole.format(value);
  function short(value) {
    const size = Math.abs(value);
    const cut = (scaled) => String(+scaled.toPrecision(3)).replace("-", "\u2212");
    if (size >= 1e9) return cut(value / 1e9) + "G";
    if (size >= 1e6) return cut(value / 1e6) + "M";
    if (size >= 1e4) return cut(value / 1e3) + "k";
    return size !== 0 && size < 1e-3 ? value.toExponential(1) : String(+value.toPrecision(4)).replace("-", "\u2212");
  }
  function percent(share, digits) {
    if (share == null || !Number.isFinite(share)) return "\u2013";
    const value = 100 * share;
    const decimals = digits != null ? digits : Math.abs(value) < 10 ? 1 : 0;
    const text = value.toFixed(decimals);
    return (+text === 0 ? text.replace("-", "") : text.replace("-", "\u2212")) + "%";
  }
  function bytes(value) {
    if (value < 1024) return count(value) + " B";
    if (value < 1048576) return number(value / 1024, 3) + " KiB";
    if (value < 1073741824) return number(value / 1048576, 3) + " MiB";
    return number(value / 1073741824, 3) + " GiB";
  }
  const date = (ms) => new Date(ms).toISOString().slice(0, 10);
  const time = (ms) => new Date(ms).toISOString().slice(0, 16).replace("T", " ");

  /* ---- a figure: caption, plot, and the same as a table ---- */
  function figure({ title, caption, label, table, before }) {
    const plot = h("div", { class: "plot" });
    const node = h("figure", {},
      title || caption ? h("figcaption", {}, title ? h("b", {}, title) : null, title && caption ? " \u2014 " : null, caption) : null,
      before, plot);
    plot.setAttribute("role", "img");
    plot.setAttribute("aria-label", label || title);
    if (table) node.append(asTable(table));
    return { node, plot };
  }

  /** A closed list of the data behind a chart; filled when it is opened. */
  function asTable(make) {
    const details = h("details", {}, h("summary", {}, "Data as a table"));
    let filled = false;
    details.addEventListener("toggle", () => {
      if (details.open && !filled) {
        filled = true;
        details.append(tableOf(make()));
      }
    });
    return details;
  }

  function tableOf({ caption, head, rows, us, best }) {
    return h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": caption || "table" },
      h("table", {},
        caption ? h("caption", {}, caption) : null,
        h("thead", {}, h("tr", {}, head.map((name) => h("th", { scope: "col" }, name)))),
        h("tbody", {}, rows.map((row, r) => h("tr", { class: us === r ? "us" : null },
          row.map((cell, c) => c === 0 ? h("th", { scope: "row" }, cell)
            : h("td", { class: best && best[c] === r ? "best" : null }, cell)))))));
  }

  /* ---- SVG that is drawn anew for every width ---- */
  function drawn(plot, draw) {
    let width = 0;
    const render = (wanted) => {
      if (wanted < 40 || wanted === width) return;
      width = wanted;
      plot.replaceChildren(draw(width));
    };
    const now = () => render(Math.floor(plot.clientWidth));
    const chart = { print: (wanted) => render(Math.min(wanted, plot.dataset.most || wanted)), restore: now, redraw: () => {}, plot };
    live.add(chart);
    new ResizeObserver(now).observe(plot);
    return chart;
  }
  const canvas = (width, height, ...children) =>
    s("svg", { class: "drawn", viewBox: `0 0 ${width} ${height}`, width, height, style: `max-width:${width}px`, "aria-hidden": "true", focusable: "false" }, ...children);

  const round = (low, high, steps) => {
    const raw = (high - low) / steps || 1;
    const power = 10 ** Math.floor(Math.log10(raw));
    const step = [1, 2, 2.5, 5, 10].map((m) => m * power).find((m) => m >= raw * 0.999);
    const ticks = [];
    for (let t = Math.ceil(low / step - 1e-9) * step; t <= high + step * 1e-6; t += step) ticks.push(Math.abs(t) < step * 1e-9 ? 0 : t);
    return ticks;
  };

  /* ---- time series ---- */
  /** Tick texts by the least distance of ticks: what they say, and what they add where it changes. */
  const YEAR = "\n{YYYY}"; const DAY = "\n{D} {MMM} {YYYY}"; const SAME_YEAR = "\n{D} {MMM}";
  const TICKS = [
    [31536e6, "{YYYY}", null, null, null, null, null, null, 1],
    [2419200e3, "{MMM}", YEAR, null, null, null, null, null, 1],
    [864e5, "{D} {MMM}", YEAR, null, null, null, null, null, 1],
    [6e4, "{HH}:{mm}", DAY, null, SAME_YEAR, null, null, null, 1],
    [1, "{HH}:{mm}:{ss}", DAY, null, SAME_YEAR, null, null, null, 1],
  ];

  function quantile(sorted, share) {
    return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  }

  /** A range that early outliers do not flatten, where these do not matter. */
  function calmRange(u, min, max, fromZero, outliers) {
    const values = [];
    const [from, to] = u.series[0].idxs || [0, u.data[0].length - 1];
    for (let i = 1; i < u.series.length; i++) {
      if (!u.series[i].show || u.series[i].aside) continue;
      for (let k = from; k <= to; k++) if (Number.isFinite(u.data[i][k])) values.push(u.data[i][k]);
    }
    if (!values.length) return [0, 1];
    values.sort((a, b) => a - b);
    let high = values[values.length - 1];
    let low = values[0];
    const most = quantile(values, 0.975);
    const fewest = quantile(values, 0.025);
    const spread = most - fewest || Math.abs(most) || 1;
    if (!outliers && high > most + 0.6 * spread) high = most + 0.25 * spread;
    if (!outliers && !fromZero && low < fewest - 0.6 * spread) low = fewest - 0.25 * spread;
    const room = (high - low || Math.abs(high) || 1) * 0.07;
    if (fromZero && low >= 0 && low < 0.6 * high) return [0, high + room];
    return [low - room, high + room];
  }

  function series(plot, options) {
    let { x } = options;
    const { lines, timed, height = 300, label, format = (v) => number(v), axis = short, classes, marks = [], shades = [], fromZero, when, bands, names } = options;
    const tip = h("div", { class: "tip", "aria-hidden": "true" });
    const narrow = () => plot.clientWidth < 620;
    const direct = options.direct !== false && lines.length > 1;
    const strokeOf = (line) => () => color(line.color);
    const extent = () => x.length && x[0] !== x[x.length - 1] ? [x[0], x[x.length - 1]] : [(x[0] || 0) - 1, (x[0] || 0) + 1];
    let full = extent();
    const labelRoom = () => direct && !narrow() ? Math.min(180, 16 + 7.2 * Math.max(...lines.filter((l) => !l.aside).map((l) => l.name.length))) : 22; // half of a tick's text

    const config = {
      width: Math.max(200, plot.clientWidth), height, ms: 1,
      tzDate: (ms) => uPlot.tzDate(new Date(ms), "Etc/UTC"),
      padding: [14, labelRoom(), 0, 0],
      legend: { show: false },
      cursor: { drag: { x: true, y: false, setScale: true }, points: { size: 7, fill: (u, i) => color(lines[i - 1].color) }, y: false },
      scales: {
        x: { time: timed, range: (u, min, max) => [min, max] },
        y: { range: (u, min, max) => classes ? [-0.6, classes.length - 0.4] : calmRange(u, min, max, fromZero, options.outliers) },
      },
      axes: [
        { stroke: () => color("--muted"), grid: { show: false }, ticks: { stroke: () => color("--line"), size: 5 }, font: "13px system-ui, sans-serif", space: 72, size: timed ? 50 : 34, values: timed ? TICKS : (u, ticks) => ticks.map(short) },
        { stroke: () => color("--muted"), grid: { stroke: () => color("--line"), width: 1 }, ticks: { show: false }, font: "13px system-ui, sans-serif", gap: 8,
          size: classes ? (u) => Math.min(narrow() ? 96 : 150, 18 + 6.6 * Math.max(...classes.map((c) => c.length))) : (u, ticks) => 18 + 7 * Math.max(2, ...(ticks || []).map((t) => t.length)),
          splits: classes ? () => classes.map((_, i) => i) : undefined,
          values: classes ? (u, ticks) => ticks.map((t) => cut(classes[t], narrow() ? 12 : 20)) : (u, ticks) => ticks.map(axis), space: classes ? 1 : 44 },
      ],
      series: [{}].concat(lines.map((line) => ({
        label: line.name, stroke: strokeOf(line), width: line.width || 1.6, dash: line.dash, show: line.show !== false, aside: line.aside,
        spanGaps: false,
        paths: line.dots ? () => null : line.stepped ? uPlot.paths.stepped({ align: 1 }) : undefined,
        points: line.dots ? { show: true, size: line.size || 6, width: line.hollow ? 1.8 : 0, stroke: strokeOf(line), fill: line.hollow ? () => color("--paper") : strokeOf(line) } : { show: x.length < 60 && !line.plain, size: 5, fill: strokeOf(line), width: 0 },
      }))),
      bands: bands ? bands.map(({ series: pair, color: name }) => ({ series: pair, fill: () => color(name) })) : undefined,
      hooks: {
        drawClear: [(u) => underlay(u)],
        draw: [(u) => overlay(u)],
        setCursor: [(u) => hover(u)],
      },
    };
    const data = [x].concat(lines.map((line) => line.values));
    const u = new uPlot(config, data, plot);
    plot.append(tip);

    function underlay(u) {
      const { ctx, bbox } = u;
      ctx.save();
      ctx.beginPath(); ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height); ctx.clip();
      ctx.fillStyle = color("--sunk");
      for (const [from, to] of shades) {
        const a = u.valToPos(from, "x", true); const b = u.valToPos(to, "x", true);
        ctx.fillRect(a, bbox.top, Math.max(1, b - a), bbox.height);
      }
      ctx.restore();
    }

    function overlay(u) {
      const { ctx, bbox } = u;
      const dots = devicePixelRatio;
      ctx.save();
      for (const mark of marks) {
        const at = u.valToPos(mark.at, "x", true);
        if (at < bbox.left || at > bbox.left + bbox.width) continue;
        ctx.strokeStyle = color("--mark"); ctx.lineWidth = dots; ctx.setLineDash([3 * dots, 3 * dots]);
        ctx.beginPath(); ctx.moveTo(at, bbox.top); ctx.lineTo(at, bbox.top + bbox.height); ctx.stroke();
        ctx.setLineDash([]); ctx.fillStyle = color("--mark");
        ctx.beginPath(); ctx.moveTo(at - 5 * dots, bbox.top - 8 * dots); ctx.lineTo(at + 5 * dots, bbox.top - 8 * dots); ctx.lineTo(at, bbox.top); ctx.fill();
      }
      if (direct && !narrow()) names_(u, ctx, bbox, dots);
      ctx.restore();
    }

    /** Names of the lines at their right ends, pushed apart where they would meet. */
    function names_(u, ctx, bbox, dots) {
      const ends = [];
      const last = u.series[0].idxs ? u.series[0].idxs[1] : x.length - 1;
      lines.forEach((line, i) => {
        if (!u.series[i + 1].show || line.aside) return;
        let k = last;
        while (k > 0 && !Number.isFinite(line.values[k])) k--;
        if (!Number.isFinite(line.values[k])) return;
        const at = u.valToPos(line.values[k], "y", true);
        ends.push({ line, y: Math.max(bbox.top, Math.min(bbox.top + bbox.height, at)) });
      });
      ends.sort((a, b) => a.y - b.y);
      const gap = 15 * dots;
      for (let i = 1; i < ends.length; i++) ends[i].y = Math.max(ends[i].y, ends[i - 1].y + gap);
      const floor = bbox.top + bbox.height;
      for (let i = ends.length - 1; i >= 0; i--) {
        const most = i === ends.length - 1 ? floor : ends[i + 1].y - gap;
        ends[i].y = Math.min(ends[i].y, most);
      }
      ctx.textBaseline = "middle"; ctx.textAlign = "left";
      for (const end of ends) {
        ctx.font = `${end.line.strong ? 650 : 450} ${12.5 * dots}px system-ui, sans-serif`;
        ctx.fillStyle = color(end.line.color);
        ctx.fillText(end.line.name, bbox.left + bbox.width + 8 * dots, end.y);
      }
    }

    function hover(u) {
      const i = u.cursor.idx;
      if (i == null || u.cursor.left < 0) { tip.style.display = "none"; return; }
      const rows = lines.map((line, k) => {
        const value = line.values[i];
        if (!u.series[k + 1].show || !Number.isFinite(value) || line.silent) return null;
        return h("div", { class: "r" }, h("span", {}, h("i", { style: `background:var(${line.color})` }), line.name), h("b", {}, classes ? classes[value] : format(value)));
      });
      if (!rows.some(Boolean)) { tip.style.display = "none"; return; }
      tip.replaceChildren(h("div", { class: "when" }, when(i)), ...rows.filter(Boolean));
      tip.style.display = "block";
      const over = u.over; const left = over.offsetLeft + u.cursor.left;
      const wide = tip.offsetWidth;
      tip.style.left = (left + 14 + wide > plot.clientWidth ? Math.max(0, left - wide - 12) : left + 14) + "px";
      tip.style.top = over.offsetTop + 6 + "px";
    }

    const reset = () => u.setScale("x", { min: full[0], max: full[1] });
    function zoom(factor, shift = 0) {
      const { min, max } = u.scales.x;
      const span = Math.min(full[1] - full[0], (max - min) * factor);
      const middle = (min + max) / 2 + shift * (max - min);
      const from = Math.max(full[0], Math.min(full[1] - span, middle - span / 2));
      u.setScale("x", { min: from, max: from + span });
    }
    const keys = { ArrowLeft: () => zoom(1, -0.25), ArrowRight: () => zoom(1, 0.25), "+": () => zoom(0.5), "=": () => zoom(0.5), "-": () => zoom(2), "0": reset, Escape: reset };
    plot.tabIndex = 0;
    plot.addEventListener("keydown", (event) => {
      if (keys[event.key] && !event.ctrlKey && !event.metaKey) { keys[event.key](); event.preventDefault(); }
    });
    const resize = () => {
      const width = Math.floor(plot.clientWidth);
      if (width > 60 && width !== u.width) u.setSize({ width, height });
    };
    const watch = new ResizeObserver(resize);
    watch.observe(plot);
    const chart = {
      /** Shows newer data in the same lines; a part that was zoomed to stays. */
      update: (newX, values) => {
        const { min, max } = u.scales.x;
        const all = min == null || (min <= full[0] && max >= full[1]);
        x = newX;
        lines.forEach((line, i) => { line.values = values[i]; });
        full = extent();
        u.setData([x, ...values], false);
        if (all) reset(); else u.setScale("x", { min, max });
      },
      part: (from, to) => u.setScale("x", { min: from, max: to }),
      u, lines, plot, reset, zoom,
      show: (i, visible) => u.setSeries(i + 1, { show: visible }),
      redraw: () => u.redraw(false, true),
      print: (width) => u.setSize({ width, height: Math.min(height, 250) }),
      restore: () => { u.setSize({ width: Math.max(200, Math.floor(plot.clientWidth)), height }); },
      destroy: () => { watch.disconnect(); live.delete(chart); u.destroy(); },
    };
    live.add(chart);
    plot.chart = chart;
    return chart;
  }

  const cut = (text, most) => text.length > most ? text.slice(0, most - 1) + "\u2026" : text;

  /** Buttons that hide and show the lines of a chart. */
  function toggles(chart, lines) {
    return h("div", { class: "row", role: "group", "aria-label": "Lines shown" }, lines.map((line, i) => {
      if (line.aside) return null;
      const button = h("button", { type: "button", class: "toggle", "aria-pressed": String(line.show !== false) },
        s("svg", { width: 20, height: 10, "aria-hidden": "true" }, line.dots
          ? s("circle", { cx: 10, cy: 5, r: 4, fill: line.hollow ? "none" : `var(${line.color})`, stroke: `var(${line.color})`, "stroke-width": 1.6 })
          : s("line", { x1: 0, y1: 5, x2: 20, y2: 5, stroke: `var(${line.color})`, "stroke-width": (line.width || 1.6) + 0.6, "stroke-dasharray": line.dash ? line.dash.join(" ") : null })),
        line.name);
      button.addEventListener("click", () => {
        const visible = button.getAttribute("aria-pressed") !== "true";
        button.setAttribute("aria-pressed", String(visible));
        chart.show(i, visible);
      });
      return button;
    }));
  }

  function steps(chart) {
    const button = (text, name, act) => h("button", { type: "button", class: "quiet", "aria-label": name, title: name, onclick: act }, text);
    return h("div", { class: "steps", role: "group", "aria-label": "Zoom" },
      button("\u2190", "Earlier", () => chart.zoom(1, -0.5)), button("\u2192", "Later", () => chart.zoom(1, 0.5)),
      button("+", "Zoom in", () => chart.zoom(0.5)), button("\u2212", "Zoom out", () => chart.zoom(2)),
      button("All", "Show all: reset zoom (key 0)", () => chart.reset()));
  }

  /* ---- themes and printing ---- */
  const PAPER = 690;
  document.addEventListener("themechange", () => live.forEach((chart) => chart.redraw()));
  addEventListener("beforeprint", () => live.forEach((chart) => chart.print(PAPER)));
  addEventListener("afterprint", () => live.forEach((chart) => chart.restore()));
  function forget(within) {
    for (const chart of [...live]) {
      if (within.contains(chart.plot)) chart.destroy ? chart.destroy() : live.delete(chart);
    }
  }

  return { h, s, color, number, count, short, percent, bytes, date, time, figure, tableOf, drawn, canvas, round, series, toggles, steps, forget, live, cut };
})();
