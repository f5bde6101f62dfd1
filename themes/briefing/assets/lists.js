// Filters and order for a list that is on the page as a whole: nothing is loaded, and without this script all of it is
// shown. `parts/filter.html` says what is filtered; the state is in the address.
"use strict";

const MIN_ITEMS = 6;
const fold = (text) => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
const textOf = (item, selector) => item.querySelector(selector)?.textContent.trim() || "";

// "year:Year:.when|grade:Grade:.grade" → [["year", "Year", ".when"], …]
const readTable = (text) => (text || "").split("|").filter(Boolean).map((part) => {
  const [name, label, ...selector] = part.split(":");
  return [name, label, selector.join(":")];
});

function valuesOf(item, name, selector) {
  const texts = [...item.querySelectorAll(selector)].map((each) => each.textContent.trim());
  if (name === "year") return texts.slice(0, 1).flatMap((text) => text.match(/\b\d{4}\b/) || []);
  return texts.map((text) => text.split(/,| \(/)[0]).filter(Boolean);
}

function make(name, values = {}, ...children) {
  const element = Object.assign(document.createElement(name), values);
  element.append(...children);
  return element;
}

function select(name, label, options) {
  const choices = options.map(([value, text]) => make("option", { value }, text));
  return make("label", {}, label, make("select", { name }, ...choices));
}

function enhance(list) {
  const items = [...list.querySelectorAll(list.dataset.items)];
  if (items.length < MIN_ITEMS) return;
  const [wordsLabel, all, orderLabel, asListed, reversed, countText, none] = list.dataset.words.split("|");
  const sorts = readTable(list.dataset.sorts);
  const facets = readTable(list.dataset.facets).map(([name, label, selector]) => {
    const values = new Map(items.map((item) => [item, new Set(valuesOf(item, name, selector))]));
    const every = [...new Set(items.flatMap((item) => [...values.get(item)]))].sort((one, other) => one.localeCompare(other));
    return { name, label, values, every: name === "year" ? every.reverse() : every };
  }).filter(({ every }) => every.length > 1);
  const words = new Map(items.map((item) => [item, fold(item.textContent)]));
  const place = new Map(items.map((item, at) => [item, at]));

  const status = make("div", { className: "meta", role: "status" });
  const form = make("form", { className: "find" },
    make("label", {}, wordsLabel, make("input", { type: "search", name: "q", autocomplete: "off" })),
    ...facets.map(({ name, label, every }) =>
      select(name, label, [["", all], ...every.map((value) => [value, value])])),
    select("order", orderLabel, [["", asListed], ["reversed", reversed], ...sorts]));
  list.before(form, status);

  const comparisons = {
    "": (one, other) => place.get(one) - place.get(other),
    reversed: (one, other) => place.get(other) - place.get(one),
  };
  for (const [name, , selector] of sorts) {
    // What has no value comes last.
    comparisons[name] = (one, other) => {
      const [first, second] = [textOf(one, selector), textOf(other, selector)];
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
    const compare = comparisons[values.get("order")] || comparisons[""];
    for (const parent of new Set(items.map((item) => item.parentElement))) {
      const own = items.filter((item) => item.parentElement === parent).sort(compare);
      parent.append(...own);
      const section = parent.closest("section");
      if (section && list.contains(section)) section.hidden = own.every((item) => item.hidden);
    }
    const isFiltered = shown < items.length || [...values.values()].some(Boolean);
    status.textContent = shown ? (isFiltered ? countText.replace("##", items.length).replace("#", shown) : "") : none;
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
  readAddress();
}

document.querySelectorAll("[data-items]").forEach(enhance);
addEventListener("keydown", (event) => {
  const link = document.querySelector("a[rel=search]");
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || !link) return;
  if (/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
  event.preventDefault();
  location = link.href;
});
