// Legend and filters in one: each row shows how a thing is drawn, how much there is of it, and switches it off.

function countBy(list, key) {
  const counts = new Map();
  for (const item of list) counts.set(key(item), (counts.get(key(item)) || 0) + 1);
  return counts;
}

function checkRow(hidden, value, picture_, name, count) {
  const box = make("input", { type: "checkbox" });
  box.checked = !hidden.has(value);
  box.addEventListener("change", () => {
    if (box.checked) hidden.delete(value);
    else hidden.add(value);
    change({}, { replace: true });
  });
  return make("li", {}, make("label", {}, box, picture_, make("span", { class: "name" }, name), make("span", { class: "count" }, count.toLocaleString("en-US"))));
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function startFilters() {
  const stated = links.filter((link) => link.facts.length);
  const period = stated.flatMap((link) => link.facts.map((fact) => dayNumber(factDate(facts[fact])))).filter((day) => !Number.isNaN(day));
  if (period.length && Math.min(...period) < Math.max(...period)) {
    const [first, last] = [Math.min(...period), Math.max(...period)];
    for (const [id, end] of [["from", "from"], ["to", "until"]]) {
      const slider = document.getElementById(id);
      Object.assign(slider, { min: first, max: last });
      slider.dataset.rest = end === "from" ? first : last;
      slider.addEventListener("input", () => {
        const text = Number(slider.value) === Number(slider.dataset.rest) ? "" : dateOfDay(Number(slider.value));
        change({ [end]: text }, { replace: true });
      });
    }
    document.getElementById("undated").addEventListener("change", (event) => change({ undated: event.target.checked }, { replace: true }));
  } else document.getElementById("dates").hidden = true;
  document.getElementById("reset").addEventListener("click", showEverything);
  if (window.matchMedia("(max-width: 820px)").matches) document.getElementById("filters").open = false;
}

/** Takes all filters away. */
function showEverything() {
  for (const hidden of [state.hiddenKinds, state.hiddenRelations, state.hiddenStatuses, state.opened, state.grown]) hidden.clear();
  change({ from: "", until: "", undated: true, folded: true });
}

function renderFilters() {
  const byKind = countBy(entities, (entity) => entity.kind);
  document.getElementById("kinds").replaceChildren(...kinds.map((kind, i) => checkRow(state.hiddenKinds, i, swatch(i), capital(kind.plural), byKind.get(i) || 0)));
  const stated = links.filter((link) => link.facts.length);
  const byStatus = countBy(stated, (link) => link.status);
  document.getElementById("statuses").replaceChildren(...statuses.filter(({ name }) => byStatus.has(name)).map(({ name, label }) => checkRow(
    state.hiddenStatuses, name, statusSwatch(name), capital(label), byStatus.get(name))));
  const byRelation = countBy(links, (link) => link.relation);
  const order = relations.map((relation, i) => i).sort((a, b) => (byRelation.get(b) || 0) - (byRelation.get(a) || 0) || a - b);
  document.getElementById("relations").replaceChildren(...order.map((i) => checkRow(state.hiddenRelations, i, null, relations[i].label, byRelation.get(i) || 0)));
  for (const [id, end] of [["from", "from"], ["to", "until"]]) {
    const slider = document.getElementById(id);
    if (!slider.dataset.rest) continue;
    const day = state[end] ? dayNumber(state[end]) : Number(slider.dataset.rest);
    slider.value = day;
    const text = printedDate(dateOfDay(day));
    slider.setAttribute("aria-valuetext", text);
    document.getElementById(`${id}-text`).textContent = text;
  }
  document.getElementById("undated").checked = state.undated;
}
