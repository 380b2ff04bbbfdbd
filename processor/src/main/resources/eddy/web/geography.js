/* A plain map: land, a net of degrees, tracks of keys and of their forecasts. Equirectangular. */
import { h, keyName, s } from "./parts.js";

let outline; // promised once for all maps

/** Rings of land as [longitude, latitude]: the arcs of a TopoJSON topology, put together. */
function ringsOf(topology) {
  const { scale, translate } = topology.transform;
  const arcs = topology.arcs.map((arc) => {
    let x = 0; let y = 0;
    return arc.map(([dx, dy]) => [(x += dx) * scale[0] + translate[0], (y += dy) * scale[1] + translate[1]]);
  });
  const ring = (indexes) => indexes.flatMap((i) => (i < 0 ? [...arcs[~i]].reverse() : arcs[i]));
  return topology.objects.land.geometries.flatMap((shape) => (shape.type === "Polygon" ? [shape.arcs] : shape.arcs)).flatMap((polygon) => polygon.map(ring));
}
const land = () => (outline ||= fetch("land/land-110m.json").then((response) => response.json()).then(ringsOf).catch(() => []));

const WIDEST = 360;
const fixed = (value) => Math.round(value * 100) / 100;

/** A part of the world that holds the points, with some room, at an aspect ratio. */
function frameOf(points, aspect) {
  const west = Math.min(...points.map((p) => p[0])); const east = Math.max(...points.map((p) => p[0]));
  const south = Math.min(...points.map((p) => p[1])); const north = Math.max(...points.map((p) => p[1]));
  const middle = [(west + east) / 2, (south + north) / 2];
  const wide = Math.min(WIDEST, Math.max(14, (east - west) * 1.25, (north - south) * 1.3 * aspect));
  return { west: middle[0] - wide / 2, north: middle[1] + wide / aspect / 2, wide, high: wide / aspect };
}

const meridian = (value) => `${Math.abs(value)}\u00b0${value === 0 || Math.abs(value) === 180 ? "" : value < 0 ? "W" : "E"}`;
const parallel = (value) => `${Math.abs(value)}\u00b0${value === 0 ? "" : value < 0 ? "S" : "N"}`;

/** A path through the points; a step over the date line is a gap. */
function path(points, at) {
  return points.map((point, i) => {
    const [x, y] = at(point);
    return `${i && Math.abs(point[0] - points[i - 1][0]) < 180 ? "L" : "M"}${fixed(x)} ${fixed(y)}`;
  }).join("");
}

/**
 * A map that fits itself to its tracks, until someone zooms or moves it.
 *
 * update takes [{key, actual: [[longitude, latitude]...], forecast: [...], chosen}]: the forecast
 * begins where the key is now.
 */
export function chart({ label, choose, aspect = 1.75 }) {
  const svg = s("svg", { class: "map", role: "img", "aria-label": label, tabindex: 0 });
  const readout = h("p", { class: "map-legend", "aria-hidden": "true" },
    h("span", { class: "l-actual" }, "actual track"), h("span", { class: "l-forecast" }, "forecast of what is to come"), h("span", { class: "l-past" }, "earlier forecasts"));
  const button = (text, name, act) => h("button", { type: "button", class: "quiet", "aria-label": name, title: name, onclick: act }, text);
  const controls = h("div", { class: "steps", role: "group", "aria-label": "Zoom of the map" },
    button("+", "Zoom in", () => zoom(0.6)), button("\u2212", "Zoom out", () => zoom(1 / 0.6)), button("Fit", "Show all tracks", () => { held = false; draw(); }));
  const node = h("div", { class: "map-host" }, h("div", { class: "bar" }, readout, controls), svg);
  let tracks = [];
  let frame = null;
  let held = false;
  let width = 0;
  let rings = [];
  let places = []; // of names, which must not cover each other
  land().then((found) => { rings = found; draw(); });

  const ratio = () => (width < 560 ? 1.05 : aspect);
  function fit() {
    const chosen = tracks.filter((track) => track.chosen);
    const points = (chosen.length ? chosen : tracks).flatMap((track) => [...track.actual, ...track.forecast]);
    frame = frameOf(points.length ? points : [[-95, 5], [-10, 50]], ratio());
  }
  function zoom(factor, moveX = 0, moveY = 0) {
    if (!frame) return;
    held = true;
    const wide = Math.max(2, Math.min(WIDEST, frame.wide * factor)); const high = wide / ratio();
    frame = { west: frame.west + (frame.wide - wide) / 2 + moveX * wide, north: frame.north - (frame.high - high) / 2 + moveY * high, wide, high };
    draw();
  }

  function draw() {
    if (!width) return;
    if (!held || !frame) fit();
    const height = Math.round(width / ratio());
    const at = ([longitude, latitude]) => [((longitude - frame.west) / frame.wide) * width, ((frame.north - latitude) / frame.high) * height];
    const inside = (ring) => ring.some(([x, y]) => x > frame.west - 5 && x < frame.west + frame.wide + 5 && y < frame.north + 5 && y > frame.north - frame.high - 5) || ring.length > 200;
    places = [];
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    svg.setAttribute("width", width); svg.setAttribute("height", height);
    const clip = `clip-${label.replace(/\W/g, "")}`;
    svg.replaceChildren(
      s("clipPath", { id: clip }, s("rect", { width, height, rx: 10 })),
      s("g", { "clip-path": `url(#${clip})` },
        s("rect", { class: "sea", width, height }),
        s("path", { class: "land", d: rings.filter(inside).map((ring) => path(ring, at) + "Z").join("") }),
        net(height, at),
        tracks.filter((track) => !track.chosen).map((track) => drawTrack(track, at)),
        tracks.filter((track) => track.chosen).map((track) => drawTrack(track, at)),
        [...tracks].sort((a, b) => Number(Boolean(b.chosen)) - Number(Boolean(a.chosen))).map((track) => nameOf(track, at, height))));
  }

  function net(height, at) {
    const step = [1, 2, 5, 10, 15, 30, 60].find((each) => frame.wide / each <= (width < 560 ? 5 : 9)) || 60;
    const group = s("g", { class: "net" });
    for (let x = Math.ceil(frame.west / step) * step; x < frame.west + frame.wide; x += step) {
      const [px] = at([x, 0]);
      group.append(s("line", { x1: px, x2: px, y1: 0, y2: height }));
      if (px > 30 && px < width - 20) group.append(s("text", { x: px + 4, y: height - 8 }, meridian(x)));
    }
    for (let y = Math.ceil((frame.north - frame.high) / step) * step; y < frame.north; y += step) {
      const [, py] = at([0, y]);
      group.append(s("line", { x1: 0, x2: width, y1: py, y2: py }));
      if (py > 16 && py < height - 24) group.append(s("text", { x: 8, y: py - 5 }, parallel(y)));
    }
    return group;
  }

  function drawTrack(track, at) {
    const group = s("g", { class: track.chosen ? "track chosen" : "track" });
    if (!track.actual.length) return group;
    const end = at(track.actual[track.actual.length - 1]);
    if (choose) {
      group.append(s("path", { class: "hit", d: path(track.actual, at) }));
      group.addEventListener("click", () => choose(track.key));
    }
    for (const [from, to] of track.past || []) group.append(s("path", { class: "past", d: path([from, to], at) }), s("circle", { class: "past", r: 2, cx: fixed(at(to)[0]), cy: fixed(at(to)[1]) }));
    group.append(s("path", { class: "actual", d: path(track.actual, at) }));
    if (track.chosen) for (const point of track.actual) { const [x, y] = at(point); group.append(s("circle", { class: "fix", cx: fixed(x), cy: fixed(y), r: 2.2 })); }
    if (track.forecast.length) {
      group.append(s("path", { class: "forecast", d: path([track.actual[track.actual.length - 1], ...track.forecast], at) }));
      for (const point of track.forecast) { const [x, y] = at(point); group.append(s("circle", { class: "ahead", cx: fixed(x), cy: fixed(y), r: track.chosen ? 4 : 2.6 })); }
    }
    group.append(s("circle", { class: "here", cx: fixed(end[0]), cy: fixed(end[1]), r: track.chosen ? 5.5 : 4 }));
    group.append(s("title", {}, keyName(track.key)));
    return group;
  }

  /** The name of a key beside where it is now, at the first place that is free; else none. */
  function nameOf(track, at, height) {
    if (!track.actual.length) return null;
    const [x, y] = at(track.actual[track.actual.length - 1]);
    const text = keyName(track.key);
    const long = 7.4 * text.length;
    for (const [dx, dy] of [[9, -7], [9, 15], [-9 - long, -7], [-9 - long, 15], [-long / 2, -14], [-long / 2, 24]]) {
      const box = [x + dx, y + dy - 12, x + dx + long, y + dy + 3];
      const free = box[0] > 4 && box[2] < width - 4 && box[1] > 2 && box[3] < height - 2
        && places.every((other) => box[0] > other[2] || box[2] < other[0] || box[1] > other[3] || box[3] < other[1]);
      if (free) {
        places.push(box);
        return s("text", { class: "of", x: fixed(box[0]), y: fixed(y + dy) }, text);
      }
    }
    return null;
  }

  const moves = { "+": [0.6], "=": [0.6], "-": [1 / 0.6], ArrowLeft: [1, -0.2], ArrowRight: [1, 0.2], ArrowUp: [1, 0, 0.2], ArrowDown: [1, 0, -0.2] };
  svg.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey) return;
    if (moves[event.key]) { zoom(...moves[event.key]); event.preventDefault(); }
    if (event.key === "0" || event.key === "Escape") { held = false; draw(); }
  });
  let from = null;
  svg.addEventListener("pointerdown", (event) => { if (event.pointerType === "mouse") from = [event.clientX, event.clientY]; });
  svg.addEventListener("pointermove", (event) => {
    if (!from || !(event.buttons & 1)) { from = null; return; }
    const dx = (from[0] - event.clientX) / width; const dy = (event.clientY - from[1]) / (width / ratio());
    if (Math.abs(dx) + Math.abs(dy) < 0.004) return;
    from = [event.clientX, event.clientY];
    zoom(1, dx, dy);
  });
  svg.addEventListener("pointerup", () => { from = null; });
  const watch = new ResizeObserver(() => {
    const wanted = Math.floor(node.clientWidth);
    if (wanted > 60 && wanted !== width) { width = wanted; draw(); }
  });
  watch.observe(node);
  return {
    node,
    fit: () => { held = false; draw(); },
    update: (next) => { tracks = next; draw(); },
    close: () => watch.disconnect(),
  };
}

/** The track of a key and its forecasts, from its recent events. */
export function trackOf(key, recent, place, chosen) {
  const [latitudeField, longitudeField] = place.fields;
  const here = (event) => (event.fields && Number.isFinite(event.fields[longitudeField]) && Number.isFinite(event.fields[latitudeField]) ? [event.fields[longitudeField], event.fields[latitudeField]] : null);
  const said = (event) => {
    const of = (name) => (event.targets || []).find((each) => each.target === name) || {};
    const latitude = of(place.latitude); const longitude = of(place.longitude);
    if (!Number.isFinite(latitude.prediction) || !Number.isFinite(longitude.prediction)) return null;
    return { point: [longitude.prediction, latitude.prediction], actual: Number.isFinite(latitude.actual) && Number.isFinite(longitude.actual) ? [longitude.actual, latitude.actual] : null };
  };
  const forecasts = recent.map(said).filter(Boolean);
  const settled = forecasts.findLastIndex((each) => each.actual);
  return {
    key, chosen,
    actual: recent.map(here).filter(Boolean),
    forecast: forecasts.slice(settled + 1).map((each) => each.point),
    past: chosen ? forecasts.filter((each) => each.actual).map((each) => [each.actual, each.point]) : [],
  };
}
