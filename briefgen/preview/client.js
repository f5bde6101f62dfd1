// Keeps an open page up to date: receives messages from the preview, and updates the page or its stylesheets when they
// have changed. Shows problems over the page, always as text, never as HTML.
"use strict";
(() => {
  const own = document.currentScript;
  let { page, fingerprint, base } = own.dataset;
  const BADGE = "briefgen-preview";
  const MAX_QUERY = 24000; // characters, because servers limit the length of a URL
  const SILENCE_MS = 25000; // the server sends an event at least every 10 s
  const LATER_MS = 1000;
  const fingerprints = {}; // by path, of the files that the page uses
  own.remove(); // so that the page is the published one for selectors, such as `:last-child`, too

  // ---- The scroll position ----

  const scrollKey = `${BADGE}-scroll:${location.pathname}`;

  const save = (key, value) => {
    try {
      if (value === null) sessionStorage.removeItem(key);
      else sessionStorage.setItem(key, JSON.stringify(value));
    } catch { /* storage may be forbidden or full */ }
  };

  const load = (key) => {
    try {
      return JSON.parse(sessionStorage.getItem(key));
    } catch {
      return null;
    }
  };

  // Returns whether this is a page of the site, not one that the preview shows in its place.
  const exists = (value) => !/^(missing|failing|nothing)/.test(value);

  const reload = (url) => {
    stop();
    // The page in place of one that is gone for the moment is shorter, so its position is not saved.
    if (exists(fingerprint)) save(scrollKey, [scrollX, scrollY]);
    if (url) location.replace(url + location.search + location.hash);
    else location.reload();
  };

  // Browsers restore the position themselves, except in a page that was gone for a while.
  const restore = () => {
    const position = load(scrollKey);
    if (!position || !exists(fingerprint)) return;
    save(scrollKey, null);
    if (performance.getEntriesByType("navigation")[0]?.type !== "reload") return;
    if (Math.abs(scrollX - position[0]) > 1 || Math.abs(scrollY - position[1]) > 1) {
      scrollTo({ left: position[0], top: position[1], behavior: "instant" });
    }
  };
  if (document.readyState === "complete") restore();
  else addEventListener("load", () => setTimeout(restore));

  // ---- The files that the page uses ----

  const findPath = (address) => {
    try {
      const url = new URL(address, document.baseURI);
      if (url.origin !== location.origin || !url.pathname.startsWith(base)) return null;
      return decodeURIComponent(url.pathname.slice(base.length)) || null;
    } catch {
      return null;
    }
  };

  const findSheets = () => [...document.querySelectorAll("link[rel~=stylesheet][href]")];

  const findFiles = () => {
    const styles = new Set(findSheets().map((link) => findPath(link.href)));
    const others = new Set();
    for (const each of document.querySelectorAll("img[src], script[src], link[rel~=icon][href]")) {
      others.add(findPath(each.src || each.href));
    }
    for (const entry of performance.getEntriesByType("resource")) {
      const path = findPath(entry.name);
      if (!path?.startsWith("_briefgen/") && entry.initiatorType !== "fetch") others.add(path);
    }
    styles.delete(null);
    others.delete(null);
    return [[...styles], [...others].filter((path) => !styles.has(path))];
  };

  // The old sheet is removed only after its copy has loaded, so the page is never without styles.
  const swapStyles = (changed) => {
    for (const [path, print] of Object.entries(changed)) {
      fingerprints[path] = print;
      for (const link of findSheets()) {
        if (findPath(link.href) !== path || link.dataset.briefgenOld !== undefined) continue;
        const copy = link.cloneNode();
        const url = new URL(link.href);
        url.searchParams.set("preview", print);
        copy.href = url.href;
        link.dataset.briefgenOld = "";
        copy.onload = copy.onerror = () => link.remove();
        link.after(copy);
      }
    }
  };

  // ---- A changed page ----

  const DATA = /^(application\/(ld\+)?json|speculationrules)$/;

  // A script with `data-permanent` has nothing to do with what is on the page: it goes on as it was started.
  const hasScripts = (root) =>
    [...root.querySelectorAll("script:not([data-permanent])")].some((script) => !DATA.test(script.type));

  const describeStyles = (root) =>
    [...root.querySelectorAll("link[rel~=stylesheet], style")]
      .map((each) => (each.localName === "style" ? each.textContent : findPath(each.getAttribute("href"))) + each.media)
      .join("\n");

  const copyAttributes = (from, to) => {
    for (const { name } of [...to.attributes]) if (!from.hasAttribute(name)) to.removeAttribute(name);
    for (const { name, value } of from.attributes) if (to.getAttribute(name) !== value) to.setAttribute(name, value);
  };

  // Makes `old` equal to `fresh` and replaces only what differs, so that position, focus and selection are kept.
  const patch = (old, fresh) => {
    copyAttributes(fresh, old);
    const were = [...old.childNodes];
    const are = [...fresh.childNodes];
    let first = 0;
    while (first < were.length && first < are.length && were[first].isEqualNode(are[first])) first++;
    were.splice(0, first);
    are.splice(0, first);
    while (were.length && are.length && were.at(-1).isEqualNode(are.at(-1))) {
      were.pop();
      are.pop();
    }
    if (were.length === are.length && were.every((node, index) => node.tagName && node.tagName === are[index].tagName)) {
      were.forEach((node, index) => patch(node, are[index]));
      return;
    }
    const next = old.childNodes[first + were.length] ?? null;
    for (const node of were) node.remove();
    for (const node of are) old.insertBefore(node, next);
  };

  // A page without scripts is patched, which the browser paints at once; any other is loaded again.
  const update = async ({ url, full }) => {
    if (url || full || hasScripts(document) || !exists(fingerprint)) return reload(url);
    let fresh;
    try {
      const response = await fetch(location.href);
      if (!response.ok || response.redirected || !response.headers.get("content-type")?.startsWith("text/html")) return reload();
      fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    } catch {
      return reconnect(); // the server has stopped; the next one sends what has changed
    }
    const next = fresh.querySelector("script[data-fingerprint][src='/_briefgen/client.js']");
    next?.remove();
    if (!next || !exists(next.dataset.fingerprint) || next.dataset.base !== base) return reload();
    if (hasScripts(fresh) || describeStyles(fresh) !== describeStyles(document)) return reload();
    ({ page, fingerprint } = next.dataset);
    const STYLES = "link[rel~=stylesheet], style";
    for (const each of [...document.head.children]) if (!each.matches(STYLES)) each.remove();
    for (const each of [...fresh.head.children]) if (!each.matches(STYLES)) document.head.append(each);
    copyAttributes(fresh.documentElement, document.documentElement);
    patch(document.body, fresh.body);
    // It may use other files than before.
    timer = setTimeout(start, 50);
  };

  // ---- The connection ----

  let source = null;
  let failures = 0; // since the last connection
  let timer = 0;
  let silence = 0;

  const makeQuery = () => {
    const [styles, others] = findFiles();
    const found = new URLSearchParams({ page, fingerprint, base });
    for (const path of styles) {
      found.append("style", path);
    }
    for (const path of [...styles, ...others]) {
      if (found.toString().length > MAX_QUERY) break;
      found.append("file", `${path} ${fingerprints[path] ?? ""}`);
    }
    return found;
  };

  const awaitNext = () => {
    clearTimeout(silence);
    silence = setTimeout(reconnect, SILENCE_MS);
  };

  const stop = () => {
    clearTimeout(timer);
    clearTimeout(silence);
    source?.close();
    source = null;
  };

  const reconnect = () => {
    stop();
    // Soon at first, because a server that is restarted is back at once; later every two seconds.
    timer = setTimeout(start, Math.min(100 * 2 ** failures++, 2000));
    if (failures === 4) showNote("not connected");
  };

  const start = () => {
    stop();
    if (document.visibilityState === "hidden") return; // browsers allow six connections to a server, for all tabs
    source = new EventSource(`/_briefgen/events?${makeQuery()}`);
    source.onopen = () => {
      failures = 0;
      showNote("");
      awaitNext();
    };
    source.onerror = reconnect;
    source.addEventListener("ping", awaitNext);
    source.onmessage = (event) => {
      awaitNext();
      const message = JSON.parse(event.data);
      if (message.type === "reload") update(message);
      else if (message.type === "styles") swapStyles(message.styles);
      else if (message.type === "problems") showProblems(message);
      else if (message.type === "fingerprints") Object.assign(fingerprints, message.files);
      else if (message.type === "later") {
        stop();
        timer = setTimeout(start, LATER_MS);
      }
    };
  };

  addEventListener("visibilitychange", () => (document.visibilityState === "hidden" ? stop() : wake()));
  addEventListener("pagehide", stop);
  addEventListener("pageshow", (event) => event.persisted && wake());
  addEventListener("online", () => wake());

  // After a sleep a connection may look open although it is lost.
  const wake = () => {
    failures = 0;
    start();
  };

  // ---- Problems ----

  const closedKey = `${BADGE}-closed`;
  let panel = null;

  const make = (name, text, attributes = {}) => {
    const element = document.createElement(name);
    if (text) element.textContent = text;
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };

  const STYLE = `
    :host {
      all: initial; --text: #1c1917; --quiet: #57534e; --ground: #fff; --line: #f5f5f4; --border: #d6d3d1;
      --error: #b91c1c; --warning: #92400e; --mark: #fecaca; --focus: #1d4ed8;
    }
    @media (prefers-color-scheme: dark) {
      :host {
        --text: #f5f5f4; --quiet: #d6d3d1; --ground: #1c1917; --line: #292524; --border: #57534e;
        --error: #fca5a5; --warning: #fcd34d; --mark: #7f1d1d; --focus: #93c5fd;
      }
    }
    * { box-sizing: border-box; }
    [hidden] { display: none !important; }
    section, .badge, .note {
      position: fixed; z-index: 2147483647; font: 15px/1.45 system-ui, sans-serif;
      color: var(--text); background: var(--ground);
    }
    section {
      inset: auto 0 0 0; max-height: 70vh; overflow: auto; overscroll-behavior: contain;
      border-top: 4px solid var(--error); box-shadow: 0 -4px 24px rgb(0 0 0 / .35);
    }
    header {
      position: sticky; top: 0; display: flex; gap: 1rem; justify-content: space-between; align-items: center;
      padding: .5rem 1rem; background: var(--ground); border-bottom: 1px solid var(--border);
    }
    h2, p, pre, ol { margin: 0; padding: 0; }
    h2 { font-size: 1em; }
    ol { list-style: none; padding: 0 1rem 1rem; }
    li { padding-top: .9rem; }
    .error { color: var(--error); font-weight: 600; }
    .warning { color: var(--warning); font-weight: 600; }
    .place, pre { font: 13px/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
    .place, .hint { color: var(--quiet); }
    pre { margin: .25rem 0; padding: .35rem .6rem; white-space: pre-wrap; background: var(--line); border-radius: 4px; }
    mark { color: inherit; background: var(--mark); }
    button {
      font: inherit; color: inherit; background: none; cursor: pointer;
      border: 1px solid; border-radius: 4px; padding: .15rem .7rem;
    }
    button:focus-visible, section:focus-visible { outline: 3px solid var(--focus); outline-offset: -3px; }
    .badge, .note { bottom: .75rem; padding: .3rem .7rem; border: 0; border-radius: 4px; box-shadow: 0 1px 8px rgb(0 0 0 / .4); }
    .badge { right: .75rem; }
    .note { left: .75rem; }
    .spoken { position: fixed; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
    @media print { section, .badge, .note { display: none; } }
  `;

  const build = () => {
    const host = make(BADGE);
    const root = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet(); // allowed by every content security policy, unlike a style element
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    const section = make("section", "", { "aria-labelledby": "title", tabindex: "-1" });
    const header = make("header");
    const title = make("h2", "", { id: "title" });
    const close = make("button", "Close", { type: "button" });
    const list = make("ol");
    const badge = make("button", "", { type: "button", class: "badge" });
    const note = make("p", "", { class: "note", role: "status" });
    const spoken = make("p", "", { class: "spoken", role: "status" });
    header.append(title, close);
    section.append(header, list);
    root.append(spoken, section, badge, note);
    section.hidden = badge.hidden = note.hidden = true;
    const toggle = (open) => {
      section.hidden = !open;
      badge.hidden = open;
      save(closedKey, open ? null : title.textContent + list.textContent);
    };
    close.onclick = () => {
      toggle(false);
      badge.focus();
    };
    badge.onclick = () => {
      toggle(true);
      section.focus();
    };
    addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !section.hidden) toggle(false);
    });
    document.documentElement.append(host); // not into the body, where it would be the last child for selectors
    return { section, title, list, badge, note, spoken };
  };

  const makeItem = (problem) => {
    const element = make("li");
    const name = problem.code ? `${problem.severity}[${problem.code}]` : problem.severity;
    const first = make("p");
    first.append(make("span", name, { class: problem.severity }), `: ${problem.message}`);
    element.append(first);
    if (problem.place) element.append(make("p", problem.place, { class: "place" }));
    if (problem.excerpt) {
      const [before, meant, after] = problem.excerpt;
      const line = make("pre");
      line.append(before, make("mark", meant), after);
      element.append(line);
    }
    if (problem.hint) element.append(make("p", problem.hint, { class: "hint" }));
    return element;
  };

  const count = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;

  const showProblems = ({ problems, errors, warnings }) => {
    if (!problems.length) {
      if (panel) {
        panel.section.hidden = panel.badge.hidden = true;
        panel.spoken.textContent = "";
      }
      return;
    }
    panel ??= build();
    const counts = [errors && count(errors, "error"), warnings && count(warnings, "warning")];
    const title = counts.filter(Boolean).join(", ");
    const left = errors + warnings - problems.length;
    panel.title.textContent = panel.badge.textContent = panel.spoken.textContent = title;
    panel.badge.className = `badge ${errors ? "error" : "warning"}`;
    panel.list.replaceChildren(...problems.map(makeItem));
    if (left > 0) panel.list.append(make("li", `and ${left} more`));
    // Errors open the panel until the user closes it; for warnings the user has to open it.
    const open = errors > 0 && load(closedKey) !== title + panel.list.textContent;
    panel.section.hidden = !open;
    panel.badge.hidden = open;
  };

  const showNote = (text) => {
    if (!text && !panel) return;
    panel ??= build();
    panel.note.textContent = text ? `Preview: ${text}` : "";
    panel.note.hidden = !text;
  };

  start();
})();
