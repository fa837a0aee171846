// Search: a combobox over names, and over the facts that answer a question (see questions.js).
const searchBox = document.getElementById("search");
const suggestionList = document.getElementById("suggestions");
const PLACEHOLDER = searchBox.placeholder;

let suggestions = [];
let active = -1;
let pathFrom = -1;

const MOST_ANSWERS = 4;

/** What to suggest: entities, and facts where a question was typed; a question's answers stand first. */
function suggest(typed) {
  const asked = pathFrom < 0 ? answer(typed) : null;
  const whole = findEntities(typed);
  const named = asked && (asked.question || !(whole[0]?.rank < 6)) ? findEntities(asked.names) : whole;
  const found = named.map(({ entity, why }) => ({ entity, why }));
  if (pathFrom < 0) found.push(...stories.filter((story) => wordsOf(typed).some((word) => storyWords(story).has(stem(word)))).map((story) => ({ story })));
  if (!asked) return found;
  const answers = asked.links.slice(0, MOST_ANSWERS).map((link) => ({ link }));
  if (asked.links.length > 1) answers.unshift({ all: asked.links, title: typed.trim() });
  if (!answers.length && asked.question) answers.push({ none: `No fact here says so (“${relations[asked.relations[0]].label}”)` });
  return asked.question || !found.length ? [...answers, ...found.slice(0, 5)] : [...found, ...answers];
}

const storyWords = (story) => new Set(wordsOf(story.title).filter((word) => word.length > 3 && !FILLERS.has(word)).map(stem));

function suggestionRow({ entity, link, all, none, story, why }, i) {
  const row = make("li", { id: `suggestion-${i}`, role: "option", "aria-selected": String(i === active), "aria-disabled": none ? "true" : null });
  if (entity) row.append(swatch(entity.kind), make("span", {}, entity.label), make("span", { class: "why" }, why || entity.type));
  else if (link) row.append(swatch(entities[link.source].kind), make("span", {}, factSentence(link)), make("span", { class: "why" }, linkNote(link)));
  else if (story) row.append(make("span", {}, story.title), make("span", { class: "why" }, "ready-made view"));
  else row.append(make("strong", {}, none ?? `All ${plural(all.length, "answer", "answers")}`));
  row.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    choose(i);
  });
  return row;
}

function showSuggestions() {
  suggestions = suggest(searchBox.value);
  active = suggestions.findIndex(({ none }) => !none);
  const rows = suggestions.map(suggestionRow);
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
  if (!chosen || chosen.none) return;
  openSuggestions(false);
  searchBox.value = "";
  const from = pathFrom;
  endPath();
  if (chosen.all) {
    showList(capital(chosen.title), make("p", { class: "lead" }, `${plural(chosen.all.length, "fact", "facts")} of this graph:`), factList(chosen.all, 200));
    say(countText());
  } else if (chosen.story) showStory(chosen.story.key);
  else if (chosen.link) selectLink(chosen.link.id);
  else if (from >= 0 && from !== chosen.entity.id) {
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
