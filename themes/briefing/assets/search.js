// The search page: what a reader types → pages and the claims on them. The index is read in small parts, when needed.
// Its files, and how words are folded: docs/site-themes.md.
"use strict";

const form = document.querySelector("form.find");
const status = document.querySelector("[role=status]");
const list = document.querySelector(".found");
const more = document.querySelector(".more");
const root = form.dataset.root;
const buckets = Number(form.dataset.buckets);
const BLOCK = 16;
const SHOWN = 10;
const MAX_CLAIMS = 3;
const KEYS = 65536; // more than an entry has claims
const PAUSE = 50; // milliseconds
const LANG = document.documentElement.lang;
// The page has a text for each: they have all plural forms.
const EXAMPLES = [0, 1, 2, 3, 11, 100];
const PLURALS = new Intl.PluralRules(LANG);
const NUMBERS = new Intl.NumberFormat(LANG, { numberingSystem: "latn" });

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const VALUES = [];
[...DIGITS].forEach((digit, value) => (VALUES[digit.charCodeAt(0)] = value));
const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", ς: "σ" };
const UNSPACED = /[\u3005-\u3007\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff]+/gu;

function fold(text) {
  text = text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").normalize("NFC").toLowerCase();
  return text.replace(/[ßæœøłđðþıς]/g, (letter) => LETTERS[letter]);
}

function pairs(run) {
  const letters = [...run];
  return letters.length < 2 ? [run] : letters.slice(1).map((letter, at) => letters[at] + letter);
}

function splitWords(text) {
  const words = fold(text).match(/[\p{L}\p{N}]+/gu) || [];
  const parts = words.flatMap((run) =>
    run.replace(UNSPACED, (found) => ` ${pairs(found).join(" ")} `).split(" ").filter(Boolean));
  return [...new Set(parts.filter((word) => word.length > 1 || /\p{Nd}/u.test(word) || word.search(UNSPACED) === 0))];
}

// A name in Latin letters without what differs between its spellings.
function soundOf(word) {
  const sound = word.replace(/tsch|tch/g, "k").replace(/ph/g, "f").replace(/x/g, "ks").replace(/t[sz]/g, "s")
    .replace(/[cgq]/g, "k").replace(/[fw]/g, "v").replace(/z/g, "s").replace(/[aeiouyjh]/g, "").replace(/(.)\1+/g, "$1");
  return /^[a-z0-9]{3,}$/.test(sound) ? `~${sound}` : "";
}

function bucketOf(term) {
  let number = 0;
  for (const letter of term[0] === "=" ? term : [...term].slice(0, 3)) {
    number = (number * 31 + letter.codePointAt(0)) % 65521;
  }
  return number % buckets;
}

const files = new Map();

function load(path) {
  if (!files.has(path)) {
    const request = fetch(`${root}search/${path}.json`).then((response) => {
      if (!response.ok) throw new Error(path);
      return response.json();
    });
    request.catch(() => files.delete(path));
    files.set(path, request);
  }
  return files.get(path);
}

function readNumbers(text = "") {
  const numbers = [];
  let number = 0, weight = 1;
  for (let at = 0; at < text.length; at++) {
    const value = VALUES[text.charCodeAt(at)];
    number += (value % 32) * weight;
    weight *= 32;
    if (value < 32) {
      numbers.push(number);
      number = 0;
      weight = 1;
    }
  }
  return numbers;
}

// Add the places of one term: scores by numbers that are entry × KEYS for a page, and more by 1 + claim for a claim.
function addPlaces(found, postings, factor) {
  const [names, titles, words, claims] = postings.split(".");
  const add = (key, score) => found.set(key, Math.max(found.get(key) || 0, score * factor));
  for (const [text, score] of [[names, 9], [titles, 5], [words, 1]]) {
    let entry = 0;
    for (const gap of readNumbers(text)) add((entry += gap) * KEYS, score);
  }
  const pairs = readNumbers(claims);
  for (let at = 0, entry = 0; at < pairs.length; at += 2) {
    add((entry += pairs[at]) * KEYS, 2);
    add(entry * KEYS + pairs[at + 1] + 1, 2);
  }
}

async function findWord(word) {
  const terms = await load(`terms/${bucketOf(word)}`);
  const found = new Map();
  // Else perhaps a name that sounds alike, or a word with another ending.
  for (let part = word; !found.size && part.length >= Math.min(3, word.length) && word.length - part.length < 3;
    part = part.slice(0, -1)) {
    const isLong = [...part].length >= 3;
    for (const term of isLong ? Object.keys(terms) : [part]) {
      if (terms[term] !== undefined && term.startsWith(part)) addPlaces(found, terms[term], 2 * part.length / term.length);
    }
    if (!found.size && part === word && soundOf(word)) await addLikeNames(soundOf(word), found);
  }
  // What few entries have says more.
  const weight = Math.log(2 + Number(form.dataset.entries) / (1 + found.size));
  found.forEach((score, key) => found.set(key, score * weight));
  return found;
}

// Add what is by actors or about actors whose names sound alike.
async function addLikeNames(sound, found) {
  for (const key of (await findFilter(sound)).keys()) {
    const entry = key / KEYS; // an actor's page
    const [url] = (await load(`entries/${Math.floor(entry / BLOCK)}`))[entry % BLOCK];
    (await findFilter(`=actor:${url.split("/")[1]}`)).forEach((score, about) => found.set(about, 1));
    found.set(key, 9);
  }
}

async function findFilter(term) {
  const found = new Map();
  addPlaces(found, (await load(`terms/${bucketOf(term)}`))[term] || "", 0);
  return found;
}

let missing = []; // words of the last search that are nowhere

async function search(words, filters) {
  const ofWords = await Promise.all(words.map(findWord));
  const ofFilters = await Promise.all(filters.map(findFilter));
  const all = [...ofFilters, ...ofWords];
  missing = words.filter((word, at) => !ofWords[at].size);
  if (!all.length) return [];
  // What the desk wrote comes before what it cites.
  const cited = words.length ? await findFilter("=kind:source") : new Map();
  const smallest = all.reduce((one, other) => (other.size < one.size ? other : one));
  const results = new Map();
  for (const key of smallest.keys()) {
    if (!all.every((found) => found.has(key))) continue;
    const score = ofWords.reduce((sum, found) => sum + found.get(key), 0);
    const entry = Math.floor(key / KEYS);
    const result = results.get(entry) || { entry, score: 0, claims: [], isPage: false };
    if (key % KEYS === 0) {
      result.isPage = true;
      result.score += score;
    } else {
      result.claims.push([score, key % KEYS - 1]);
    }
    results.set(entry, result);
  }
  const isAboutClaims = filters.includes("=kind:claim");
  const wanted = [...results.values()].filter((result) => result.isPage && (!isAboutClaims || result.claims.length));
  for (const result of wanted) {
    result.claims.sort((one, other) => other[0] - one[0] || one[1] - other[1]);
    // A statement that has all the words beats words spread over a page.
    if (words.length && result.claims.length) result.score += result.claims[0][0];
  }
  for (const result of wanted) if (cited.has(result.entry * KEYS)) result.score /= 2;
  return wanted.sort((one, other) => other.score - one.score || other.entry - one.entry);
}

function make(name, text, values = {}) {
  const element = Object.assign(document.createElement(name), values);
  element.textContent = text;
  return element;
}

function countPages(number) {
  const isAlike = (one) => PLURALS.select(one) === PLURALS.select(number);
  const alike = EXAMPLES.includes(number) ? number : EXAMPLES.find(isAlike) ?? 100;
  return status.dataset[`n${alike}`].replace("#", NUMBERS.format(number));
}

function hasAny(text, words) {
  return splitWords(text).some((part) => words.some((word) => part.startsWith(word)));
}

function show(result, [url, kind, title, details, about, claims], words) {
  const item = make("li", "");
  item.append(make("p", form.dataset[kind] || kind, { className: "meta kind" }));
  item.appendChild(make("p", "", { className: "title" })).append(make("a", title, { href: root + url, dir: "auto" }));
  if (details) item.append(make("p", details, { className: "meta" }));
  if (about) item.append(make("p", about, { dir: "auto" }));
  // Claims that have the words themselves come before those with them in a note.
  const own = result.claims.filter(([, claim]) => hasAny(`${claims[claim][1]} ${claims[claim][2]}`, words));
  const isWanted = words.length || form.elements.kind.value === "claim";
  const shown = isWanted ? (own.length ? own : result.claims).slice(0, MAX_CLAIMS) : [];
  if (shown.length) {
    const quotes = item.appendChild(make("ul", ""));
    for (const [, claim] of shown) {
      const [anchor, says, speaker] = claims[claim];
      const line = quotes.appendChild(make("li", ""));
      if (speaker) line.append(make("bdi", speaker), ": ");
      line.append(make("a", says, { href: `${root}${url}#${anchor}`, dir: "auto" }));
    }
  }
  return item;
}

// Mark the words in an element that begin with one of these.
function mark(element, words) {
  const isFound = (part) => words.some((word) => fold(part).startsWith(word));
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (texts.nextNode()) nodes.push(texts.currentNode);
  for (const node of nodes) {
    const parts = node.data.split(/([\p{L}\p{N}\p{M}]+)/u);
    if (parts.some(isFound)) node.replaceWith(...parts.map((part) => (isFound(part) ? make("mark", part) : part)));
  }
}

let turn = 0;

async function showMore(results, from, words, mine) {
  const part = results.slice(from, from + SHOWN);
  const blocks = part.map(({ entry }) => load(`entries/${Math.floor(entry / BLOCK)}`));
  for (const [at, result] of part.entries()) {
    const block = await blocks[at];
    if (mine !== turn) return;
    const item = show(result, block[result.entry % BLOCK], words);
    mark(item, words);
    if (from + at) list.append(item);
    else list.replaceChildren(item);
  }
  more.hidden = from + SHOWN >= results.length;
  more.firstElementChild.onclick = async () => {
    await showMore(results, from + SHOWN, words, mine);
    list.children[from + SHOWN]?.querySelector("a").focus();
  };
}

function clear(message) {
  list.replaceChildren();
  more.hidden = true;
  status.textContent = message;
}

async function run() {
  const mine = ++turn;
  const values = [...new FormData(form)].filter(([, value]) => value.trim());
  const words = splitWords(form.elements.q.value);
  const filters = values.filter(([name]) => name !== "q").map(([name, value]) => `=${name}:${value}`);
  try {
    const results = await search(words, filters);
    if (mine !== turn) return;
    if (!results.length) {
      const none = missing.length && status.dataset.missing?.replace("#", missing.join(" ")) || status.dataset.none;
      return clear(words.length || filters.length ? none : "");
    }
    await showMore(results, 0, words, mine);
    if (mine !== turn) return;
    status.textContent = countPages(results.length);
  } catch {
    if (mine === turn) clear(status.dataset.error);
  } finally {
    if (mine === turn) list.ariaBusy = "false";
  }
}

function readAddress() {
  const values = new URLSearchParams(location.search);
  for (const element of form.elements) if (element.name) element.value = values.get(element.name) || "";
  run();
}

function changed() {
  const values = new URLSearchParams([...new FormData(form)].filter(([, value]) => value.trim()));
  history.replaceState(null, "", `${location.pathname}${values.size ? `?${values}` : ""}`);
  run();
}

// The first key starts a search. After quick ones it waits for a moment, and what it will read is loaded meanwhile.
let timer = 0;
form.addEventListener("input", () => {
  const isFirst = !timer;
  list.ariaBusy = "true";
  clearTimeout(timer);
  timer = setTimeout(() => {
    timer = 0;
    if (!isFirst) changed();
  }, PAUSE);
  if (isFirst) return changed();
  for (const word of splitWords(form.elements.q.value)) if ([...word].length >= 3) load(`terms/${bucketOf(word)}`);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(timer);
  timer = 0;
  changed();
});
addEventListener("popstate", readAddress);
addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (/^(INPUT|SELECT)$/.test(event.target.tagName)) return;
  event.preventDefault();
  form.elements.q.focus();
});
form.hidden = false;
document.querySelector(".scriptless").hidden = true;
// A reader may have typed before the script was there.
if (form.elements.q.value) changed();
else readAddress();
if (!location.search) form.elements.q.focus();
