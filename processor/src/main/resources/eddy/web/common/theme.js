/* Light, dark or as the system has it, chosen by the button "theme"; paper is light. */
(() => {
  "use strict";
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const wishes = ["auto", "light", "dark"];
  let wish = "auto";
  try {
    const kept = localStorage.getItem("eddy-theme");
    if (wishes.includes(kept)) wish = kept;
  } catch (e) { /* no storage for local files: the switch works all the same */ }
  function apply(printing) {
    root.dataset.theme = printing ? "light" : wish === "auto" ? (dark.matches ? "dark" : "light") : wish;
    const button = document.getElementById("theme");
    if (button) button.textContent = { auto: "Theme: system", light: "Theme: light", dark: "Theme: dark" }[wish];
    document.dispatchEvent(new Event("themechange"));
  }
  function next() {
    wish = wishes[(wishes.indexOf(wish) + 1) % wishes.length];
    try { localStorage.setItem("eddy-theme", wish); } catch (e) { /* as above */ }
    apply(false);
  }
  dark.addEventListener("change", () => apply(false));
  addEventListener("beforeprint", () => apply(true));
  addEventListener("afterprint", () => apply(false));
  document.addEventListener("DOMContentLoaded", () => {
    document.getElementById("theme").addEventListener("click", next);
    apply(false);
  });
  apply(false);
})();
