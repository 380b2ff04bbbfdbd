/* Questions to the app, and its stream of overviews. */

const TOKEN = "eddy-token";
const SILENCE_MS = 8000; // the app speaks once a second
const LONGEST_WAIT_MS = 10000;

let token = null;
try { token = sessionStorage.getItem(TOKEN); } catch (e) { /* kept in memory only */ }

const headers = (accept) => ({ Accept: accept, ...(token ? { Authorization: `Bearer ${token}` } : {}) });

/** What the app answered instead of what was asked for; status 0: it did not answer. */
export class Problem extends Error {
  constructor(status, title, detail) {
    super(detail || title);
    this.status = status;
    this.title = title;
  }
}

async function problemOf(response) {
  const told = await response.json().catch(() => ({}));
  return new Problem(response.status, told.title || response.statusText || "The app refused", told.detail);
}

async function ask(path, accept, signal) {
  let response;
  try {
    response = await fetch(path, { headers: headers(accept), signal, cache: "no-store" });
  } catch (e) {
    throw new Problem(0, "The app does not answer", "Is it still running?");
  }
  if (!response.ok) throw await problemOf(response);
  return response;
}

export const get = async (path) => (await ask(path, "application/json")).json();

/** The events of a stream of server-sent events: [name, data]. */
async function* events(body, heard) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    heard();
    rest += value.replaceAll("\r", "");
    for (let end = rest.indexOf("\n\n"); end >= 0; end = rest.indexOf("\n\n")) {
      let name = "message";
      const data = [];
      for (const line of rest.slice(0, end).split("\n")) {
        if (line.startsWith("event:")) name = line.slice(6).trim();
        else if (line.startsWith("data:")) data.push(line.slice(5).replace(/^ /, ""));
      }
      rest = rest.slice(end + 2);
      if (data.length) yield [name, data.join("\n")];
    }
  }
}

/**
 * Follows the app for ever. Read with fetch rather than EventSource, which can neither send a token
 * nor tell why it failed.
 */
export function follow({ overview, lost, denied }) {
  let wake = () => {};
  let wait = 1000;
  const pause = (ms) => new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    wake = () => { clearTimeout(timer); resolve(); };
  });
  async function listen() {
    const control = new AbortController();
    let timer;
    const heard = () => { clearTimeout(timer); timer = setTimeout(() => control.abort(), SILENCE_MS); };
    heard();
    try {
      const response = await ask("v1/live", "text/event-stream", control.signal);
      for await (const [name, data] of events(response.body, heard)) {
        if (name !== "overview") continue;
        wait = 1000;
        overview(JSON.parse(data));
      }
    } finally {
      clearTimeout(timer);
      control.abort();
    }
  }
  (async () => {
    for (;;) {
      let problem = new Problem(0, "The app ended the connection");
      try { await listen(); } catch (e) { problem = e; }
      if (problem.status === 401 || problem.status === 403) {
        denied(problem);
        await pause(2 ** 31 - 1);
      } else {
        lost(problem, wait);
        await pause(wait);
        wait = Math.min(LONGEST_WAIT_MS, wait * 2);
      }
    }
  })();
  return {
    now: () => { wait = 1000; wake(); },
    use: (text) => {
      token = text;
      try { sessionStorage.setItem(TOKEN, text); } catch (e) { /* as above */ }
      wake();
    },
  };
}
