// Search: a combobox over names, other names and identifiers.
const searchBox = document.getElementById("search");
const suggestionList = document.getElementById("suggestions");
const PLACEHOLDER = searchBox.placeholder;

const folded = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replace(/[’']/g, "").toLowerCase();

const searchable = entities.map((entity) => ({
  entity, name: folded(entity.label),
  others: [...entity.alt, ...entity.identifiers.map(([, value]) => value)].map((text) => [text, folded(text)]),
}));

let suggestions = [];
let active = -1;
let pathFrom = -1;

/** Entities that fit what is typed, best first: names that begin with it, words that do, other names, parts of names. */
function findEntities(typed, most = 12) {
  const wanted = folded(typed).trim();
  if (!wanted) return [];
  const words = wanted.split(/\s+/);
  const found = [];
  for (const { entity, name, others } of searchable) {
    let rank = Infinity;
    let why = "";
    if (name === wanted) rank = 0;
    else if (name.startsWith(wanted)) rank = 1;
    else if (words.every((word) => name.split(/[\s-]+/).some((part) => part.startsWith(word)))) rank = 2;
    for (const [text, other] of others) {
      const score = other === wanted ? 0.5 : other.startsWith(wanted) ? 2.5 : other.includes(wanted) ? 4 : Infinity;
      if (score < rank) [rank, why] = [score, text];
    }
    if (rank > 3 && name.includes(wanted)) [rank, why] = [3, ""];
    if (rank < Infinity) found.push({ entity, rank, why });
  }
  found.sort((a, b) => a.rank - b.rank || b.entity.degree - a.entity.degree || (a.entity.label < b.entity.label ? -1 : 1));
  return found.slice(0, most);
}

function showSuggestions() {
  suggestions = findEntities(searchBox.value);
  active = suggestions.length ? 0 : -1;
  const rows = suggestions.map(({ entity, why }, i) => {
    const row = make("li", { id: `suggestion-${i}`, role: "option", "aria-selected": String(i === active) },
      swatch(entity.kind), make("span", {}, entity.label), make("span", { class: "why" }, why || entity.type));
    row.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      choose(i);
    });
    return row;
  });
  if (!rows.length && searchBox.value.trim()) {
    rows.push(make("li", { role: "option", "aria-selected": "false", "aria-disabled": "true" }, "Nothing with that name"));
  }
  suggestionList.replaceChildren(...rows);
  openSuggestions(rows.length > 0);
  if (searchBox.value.trim()) say(suggestions.length ? plural(suggestions.length, "suggestion", "suggestions") : "Nothing with that name");
}

function openSuggestions(open) {
  suggestionList.hidden = !open;
  searchBox.setAttribute("aria-expanded", String(open));
  markActive();
}

function markActive() {
  [...suggestionList.children].forEach((row, i) => row.setAttribute("aria-selected", String(i === active && suggestions.length > 0)));
  if (active >= 0 && !suggestionList.hidden) {
    searchBox.setAttribute("aria-activedescendant", `suggestion-${active}`);
    suggestionList.children[active].scrollIntoView({ block: "nearest" });
  } else searchBox.removeAttribute("aria-activedescendant");
}

function choose(i) {
  const chosen = suggestions[i];
  if (!chosen) return;
  openSuggestions(false);
  searchBox.value = "";
  const from = pathFrom;
  endPath();
  if (from >= 0 && from !== chosen.entity.id) {
    change({ entity: from, centre: from, depth: 0, to: chosen.entity.id, link: -1, fact: -1, group: -1, view: "network" }, { focus: true });
  } else selectEntity(chosen.entity.id);
}

function endPath() {
  pathFrom = -1;
  searchBox.placeholder = PLACEHOLDER;
}

function startSearch() {
  searchBox.addEventListener("input", showSuggestions);
  searchBox.addEventListener("focus", () => { if (searchBox.value) showSuggestions(); });
  searchBox.addEventListener("blur", () => openSuggestions(false));
  searchBox.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && suggestions.length) {
      event.preventDefault();
      if (suggestionList.hidden) openSuggestions(true);
      else active = (active + step + suggestions.length) % suggestions.length;
      markActive();
    } else if (event.key === "Escape") {
      if (suggestionList.hidden) {
        searchBox.value = "";
        endPath();
      } else openSuggestions(false);
      event.stopPropagation();
    }
  });
  document.getElementById("search-form").addEventListener("submit", (event) => {
    event.preventDefault();
    if (suggestionList.hidden) showSuggestions();
    choose(Math.max(active, 0));
  });
}
