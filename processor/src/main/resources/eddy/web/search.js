/* The search for a key, with suggestions: a combobox. */
import { get } from "./api.js";
import { h, linkTo, keyName } from "./parts.js";

const MOST = 12;

export function search(host) {
  const list = h("ul", { id: "suggestions", role: "listbox", "aria-label": "Keys", hidden: true });
  const input = h("input", { type: "search", id: "key", placeholder: "Find a key", autocomplete: "off", spellcheck: "false",
    role: "combobox", "aria-label": "Find a key", "aria-keyshortcuts": "/", "aria-autocomplete": "list", "aria-controls": "suggestions", "aria-expanded": "false" });
  host.append(input, h("kbd", { "aria-hidden": "true" }, "/"), list);
  let found = [];
  let at = -1;
  let asked = 0;
  let timer;

  function close() {
    asked++;
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }
  function go(key) {
    close();
    input.value = "";
    input.blur();
    location.hash = linkTo(key);
  }
  function mark(next) {
    at = next;
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
    if (at >= 0) {
      input.setAttribute("aria-activedescendant", `suggestion-${at}`);
      list.children[at].scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  }
  function show(items) {
    list.replaceChildren(...items);
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    mark(-1);
  }
  async function suggest() {
    const mine = ++asked;
    const text = input.value.trim();
    try {
      const keys = await get(`v1/keys?prefix=${encodeURIComponent(text)}&limit=${MOST}`);
      if (mine !== asked || document.activeElement !== input) return;
      found = keys.map((each) => each.key);
      show(keys.length
        ? keys.map(({ key, partition }, i) => h("li", { id: `suggestion-${i}`, role: "option", "aria-selected": "false",
            onmousedown: (event) => { event.preventDefault(); go(key); } },
            h("b", {}, keyName(key)), h("span", {}, `partition ${partition}`)))
        : [h("li", { class: "none" }, text ? `No key begins with \u201c${text}\u201d` : "No key has been seen yet")]);
    } catch (problem) {
      if (mine !== asked) return;
      found = [];
      show([h("li", { class: "none" }, problem.status === 0 ? "The app does not answer" : problem.message)]);
    }
  }

  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(suggest, 120); });
  input.addEventListener("focus", suggest);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      const key = at >= 0 ? found[at] : input.value.trim();
      clearTimeout(timer);
      if (key || at >= 0) go(key);
    } else if (event.key === "Escape") { close(); input.blur(); }
    else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && found.length) {
      const step = event.key === "ArrowDown" ? 1 : -1;
      mark((at + step + found.length + (at < 0 && step < 0 ? 1 : 0)) % found.length);
      event.preventDefault();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.ctrlKey && !event.metaKey && !/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) {
      input.focus();
      event.preventDefault();
    }
  });
}
