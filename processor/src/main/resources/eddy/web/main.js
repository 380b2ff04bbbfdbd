/* Which page is shown, what is known of the connection, and who hears of a new overview. */
import { follow } from "./api.js";
import { search } from "./search.js";
import { overviewPage } from "./overview.js";
import { keyPage } from "./key.js";
import { mapPage } from "./map.js";
import { blank, clock, forget, h, placeOf, say } from "./parts.js";

const at = (id) => document.getElementById(id);
const content = at("content");
let latest = null;
let page = null;
let shown = null;
let denied = false;

const PAGES = [["#/", "Overview"], ["#/map", "Map"]];
const links = PAGES.map(([href, name]) => h("a", { href }, name));
at("pages").append(...links);
links[1].hidden = true;

/** The page that an address names; what it needs is there. */
function make(address) {
  const key = address.match(/^#\/keys\/(.*)$/);
  if (key) return keyPage(decodeURIComponent(key[1]), latest);
  if (address === "#/map") return mapPage(latest);
  return overviewPage(latest);
}

function show() {
  const address = location.hash.startsWith("#/") ? location.hash : "#/";
  links.forEach((link, i) => {
    if (PAGES[i][0] === address) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  });
  if (!latest || denied || shown === address) return;
  if (page && page.close) page.close();
  forget(content);
  const before = shown;
  shown = address;
  page = make(address);
  content.replaceChildren(page.node);
  page.update(latest);
  document.title = page.title ? `${page.title} \u00b7 Eddy` : "Eddy";
  if (before !== null) {
    scrollTo(0, 0);
    content.focus({ preventScroll: true });
  }
}

function pulse(kind, text) {
  at("pulse").className = `pulse ${kind}`;
  say(at("pulse"), text);
}

const STATES = { RUNNING: ["live", "Live"], REBALANCING: ["waiting", "Rebalancing"], CREATED: ["waiting", "Starting"] };

const stream = follow({
  overview: (data) => {
    latest = data;
    denied = false;
    at("banner").replaceChildren();
    const [kind, text] = STATES[data.state] || ["lost", data.state.toLowerCase().replace(/_/g, " ")];
    pulse(kind, text);
    say(at("application"), data.application);
    links[1].hidden = !placeOf(data.targets);
    say(at("footer"), `Eddy ${data.version} \u00b7 charts by uPlot (MIT) \u00b7 outline by Natural Earth`);
    show();
    page.update(data);
  },
  lost: (problem, wait) => {
    pulse("lost", "Connection lost");
    const again = h("button", { type: "button", class: "quiet", onclick: () => stream.now() }, "Try now");
    if (latest) {
      at("banner").replaceChildren(h("p", { class: "page" }, h("b", {}, "Connection lost."), ` What you see is of ${clock(latest.time)}. Trying again every ${Math.round(wait / 1000)} s. `, again));
    } else {
      content.replaceChildren(blank("The app does not answer", problem.status ? problem.message : "It may be starting, or have ended.", "This page fills by itself as soon as it answers.", again));
    }
  },
  denied: (problem) => {
    denied = true;
    shown = null;
    pulse("lost", "Locked");
    at("banner").replaceChildren();
    const input = h("input", { type: "password", id: "token", autocomplete: "current-password", required: true });
    const form = h("form", { class: "token", onsubmit: (event) => {
      event.preventDefault();
      stream.use(input.value.trim());
    } }, h("label", { for: "token" }, "Token"), input, h("button", { class: "choice", type: "submit" }, "Open"));
    content.replaceChildren(blank("This app asks for a token", problem.message, "It is the value of eddy.web.token. It is kept until this tab is closed.", form));
    input.focus();
  },
});

search(at("search"));
pulse("waiting", "Connecting");
content.append(h("div", { class: "blank waiting", "aria-busy": "true" }, h("p", {}, "Asking the app\u2026")));
addEventListener("hashchange", show);
at("skip").addEventListener("click", (event) => { event.preventDefault(); content.focus(); });
