// Filters and order for a list that is on the page as a whole: nothing is loaded, and without this script all of it is
// shown. The form is in `parts/filter.html`; the state is in the address.
"use strict";

const MIN_ITEMS = 6;
// Where the form is folded, a page does without its stylesheet until it is used.
const SHEET = document.currentScript.src.replace("lists.js", "find.css");
const fold = (text) => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
const textOf = (item, selector) => item.querySelector(selector)?.textContent.trim() || "";

// The texts of the first selector of several that finds any: in the item, after `^` in its section; an empty one is the
// item's beginning.
function textsOf(item, selectors) {
  for (const selector of selectors.split(";")) {
    const place = selector[0] === "^" ? item.closest("section") : item;
    const found = selector ? place.querySelectorAll(selector.replace("^", "")) : [item.firstChild];
    if (found.length) return [...found].map((each) => each.textContent.trim());
  }
  return [];
}

function valuesOf(item, name, selectors) {
  const texts = textsOf(item, selectors);
  if (name === "year") return texts.slice(0, 1).flatMap((text) => text.match(/\b\d{4}\b/) || []);
  const values = name === "by" ? texts.map((text) => text.split(/,| \(/)[0]) : texts;
  return values.filter(Boolean).map((text) => text[0].toUpperCase() + text.slice(1));
}

// Add the entries of another page of the list, each to the part with the same heading.
async function addPage(address, list) {
  const url = new URL(address, location);
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(address);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const link of page.querySelectorAll("[href]")) link.href = new URL(link.getAttribute("href"), url);
  return () => {
    for (const part of page.querySelectorAll("[data-items] > section")) {
      const parts = [...list.querySelectorAll("section")];
      const heading = part.querySelector("h2")?.textContent;
      const same = parts.find((own) => own.querySelector("h2")?.textContent === heading) || parts.at(-1);
      same.querySelector("ul").append(...part.querySelectorAll("ul > li"));
    }
  };
}

function enhance(form) {
  const list = document.querySelector("[data-items]");
  const status = document.querySelector("[role=status]");
  const box = form.closest("details");
  const opened = new Set();
  let items, parts, facets, words, place;

  function read() {
    items = [...list.querySelectorAll(list.dataset.items)];
    // Parts that fold or divide the list are hidden with all of their items.
    parts = [...list.querySelectorAll("section, details, .position")]
      .map((part) => [part, items.filter((item) => part.contains(item))]).filter(([, own]) => own.length);
    facets = [...form.querySelectorAll("select[data-of]")].map((select) => {
      const { name, value } = select;
      const values = new Map(items.map((item) => [item, new Set(valuesOf(item, name, select.dataset.of))]));
      const every = [...new Set(items.flatMap((item) => [...values.get(item)]))].sort((one, other) => one.localeCompare(other));
      if (name === "year") every.reverse();
      select.length = 1;
      select.append(...every.map((each) => new Option(each, each)));
      select.value = value;
      // It keeps its place, so that nothing moves.
      select.disabled = every.length < 2;
      return { name, values };
    });
    words = new Map(items.map((item) => [item, fold(item.textContent)]));
    place = new Map(items.map((item, at) => [item, at]));
  }

  read();
  if (items.length < MIN_ITEMS) return;

  const comparisons = {
    "": (one, other) => place.get(one) - place.get(other),
    reversed: (one, other) => place.get(other) - place.get(one),
  };
  for (const { value, dataset } of form.querySelectorAll("option[data-of]")) {
    // What has no value comes last.
    comparisons[value] = (one, other) => {
      const [first, second] = [textOf(one, dataset.of), textOf(other, dataset.of)];
      return !first - !second || first.localeCompare(second) || place.get(one) - place.get(other);
    };
  }

  function apply() {
    const values = new FormData(form);
    const wanted = fold(values.get("q")).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const item of items) {
      const fits = facets.every((facet) => !values.get(facet.name) || facet.values.get(item).has(values.get(facet.name)));
      item.hidden = !fits || !wanted.every((word) => words.get(item).includes(word));
      shown += !item.hidden;
    }
    const isFiltered = shown < items.length || [...values.values()].some(Boolean);
    if (form.elements.order) {
      const compare = comparisons[values.get("order")] || comparisons[""];
      for (const parent of new Set(items.map((item) => item.parentElement))) {
        parent.append(...items.filter((item) => item.parentElement === parent).sort(compare));
      }
    }
    for (const [part, own] of parts) {
      part.hidden = own.every((item) => item.hidden);
      if (part.open === undefined) continue;
      // What is found in a folded part is shown, and folded again later.
      if (isFiltered && !part.open) opened.add(part);
      if (isFiltered) part.open = true;
      else if (opened.delete(part)) part.open = false;
    }
    if (box && isFiltered) box.open = true;
    const count = isFiltered ? status.dataset.some.replace("##", items.length).replace("#", shown) : "";
    status.textContent = shown ? count : status.dataset.none;
  }

  function readAddress() {
    const values = new URLSearchParams(location.search);
    for (const element of form.elements) if (element.name) element.value = values.get(element.name) || "";
    for (const element of form.querySelectorAll("select")) if (element.selectedIndex < 0) element.value = "";
    apply();
  }

  form.addEventListener("input", () => {
    const values = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    history.replaceState(null, "", `${location.pathname}${values.size ? `?${values}` : ""}${location.hash}`);
    apply();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("popstate", readAddress);
  form.hidden = false;
  if (box) {
    box.hidden = false;
    if (!document.querySelector('link[href$="find.css"]')) document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: SHEET }));
  }
  readAddress();
  if (!form.dataset.pages) return;
  // A list of a few pages is filtered as a whole: the others are loaded before the first use.
  const uses = ["pointerenter", "keydown", "input"];
  const loadAll = async (event) => {
    if (event?.key === "Tab") return;
    uses.forEach((event) => box.removeEventListener(event, loadAll));
    try {
      const pages = await Promise.all(form.dataset.pages.split(" ").map((page) => addPage(page, list)));
      for (const add of pages) add();
    } catch {
      return;
    }
    document.querySelectorAll(".pager").forEach((pager) => pager.remove());
    read();
    readAddress();
  };
  uses.forEach((event) => box.addEventListener(event, loadAll));
  if (location.search) loadAll();
}

document.querySelectorAll("form.find").forEach(enhance);
addEventListener("keydown", (event) => {
  const link = document.querySelector("a[rel=search]");
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || !link) return;
  if (/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
  event.preventDefault();
  location = link.href;
});
