// Starts the page and redraws it from the state.
const statusLine = document.getElementById("status");
const banner = document.getElementById("banner");

/** What is shown: see scene.js. */
let picture = null;

function say(text) {
  statusLine.textContent = text;
}

/** Names the part of the graph that the picture shows; the camera refits when it changes. */
function pictureName(shown) {
  if (shown.kind === "scene") return `scene ${state.story}`;
  if (shown.kind === "overview" || shown.kind === "part") return `${shown.kind} ${state.part}`;
  return `${shown.kind} ${shown.centre} ${state.centre} ${state.depth} ${state.to} ${[...state.grown].join(" ")}`;
}

function render({ focus = false } = {}) {
  rememberCamera();
  picture = currentPicture();
  showView();
  renderBanner();
  say(countText());
  showPicture({ fit: pictureName(picture) });
  renderFilters();
  if (state.view === "table") renderTable();
  if (state.view === "map") renderMap();
  if (state.view === "timeline") renderTimeline();
  renderPanel({ focus });
  document.getElementById("fold").setAttribute("aria-pressed", String(state.folded));
}

function countText() {
  if (picture.kind === "overview") {
    const scattered = island.scattered ? ` ${island.scattered.toLocaleString("en-US")} entities lie in smaller ones.` : "";
    return `Drawn: ${plural(picture.nodes.length, "community", "communities")} of a graph of ${plural(island.about.entities, "entity", "entities")}, with the strongest ties between them.${scattered}`;
  }
  const drawn = picture.bundles.reduce((sum, one) => sum + one.links.reduce((count, id) => count + links[id].facts.length, 0), 0);
  const listed = picture.listed.reduce((sum, link) => sum + link.facts.length, 0);
  const inTable = listed > drawn ? ` ${(listed - drawn).toLocaleString("en-US")} more, on where places lie, are in the table.` : "";
  const members = picture.nodes.reduce((sum, node) => sum + (node < 0 ? picture.groups.get(node).members.length : 1), 0);
  return `Shown: ${members.toLocaleString("en-US")} of ${plural(entities.length, "entity", "entities")}, ${drawn.toLocaleString("en-US")} of ${plural(facts.length, "fact", "facts")}.${inTable}`;
}

function showView() {
  for (const name of ["network", "map", "timeline", "table"]) {
    document.getElementById(`${name}-view`).hidden = state.view !== name;
  }
  for (const button of document.querySelectorAll("#views button")) {
    if (button.dataset.view === state.view) button.setAttribute("aria-current", "page");
    else button.removeAttribute("aria-current");
  }
}

/** Says which part of the graph is shown when it is not the whole, with the way back. */
function renderBanner() {
  const scene = scenes.get(state.story);
  let text = "";
  if (picture.kind === "path") {
    text = picture.path.length ? `Shortest path from ${entities[state.centre].label} to ${entities[state.to].label}: ${plural(picture.path.length - 1, "step", "steps")}`
      : `No path from ${entities[state.centre].label} to ${entities[state.to].label} with these filters`;
  } else if (picture.kind === "near") {
    text = `${entities[picture.centre].label} and what is ${plural(Math.max(1, state.depth), "step", "steps")} away. Double click adds neighbours.`;
  } else if (picture.kind === "part") text = `A community of ${plural(island.parts[state.part].size, "entity", "entities")}`;
  else if (picture.kind === "overview") text = "An overview: each disc is a community, named after its most central members. Double click opens one.";
  else if (state.story !== "all") text = scene.title;
  else if (state.whole) text = "Everything that this page holds";
  if (!picture.nodes.length && picture.kind !== "path") {
    text = links.length ? "Nothing to draw: the filters let no fact through." : "This graph holds no facts yet.";
    banner.hidden = false;
    banner.replaceChildren(make("span", {}, text), ...(links.length ? [make("button", { type: "button", onclick: showEverything }, "Show everything again")] : []));
    return;
  }
  banner.hidden = !text;
  const back = picture.kind === "overview" ? () => change({ whole: true, group: -1 }) : picture.kind === "scene" || picture.kind === "part" ? () => showStory("all") : () => change({ ...WHOLE, grown: new Set(), ...(state.entity < 0 || scene.places.has(state.entity) ? {} : { entity: -1 }) });
  banner.replaceChildren(make("span", {}, text), make("button", { type: "button", onclick: back }, { overview: "Draw everything", scene: "Whole graph", part: "Overview" }[picture.kind] ?? "Back to the picture"));
}

const THEMES = [["auto", "Theme: auto", "as the system"], ["light", "Theme: light", "light"], ["dark", "Theme: dark", "dark"]];

function startTheme() {
  const button = document.getElementById("theme");
  let now = 0;
  const apply = () => {
    const [name, label, words] = THEMES[now];
    document.documentElement.dataset.theme = name;
    button.textContent = label;
    button.title = `Colours: ${words}`;
  };
  try {
    now = Math.max(0, THEMES.findIndex(([name]) => name === localStorage.getItem("theme")));
  } catch {
    // Some browsers keep no storage for pages opened from a file: the theme is then not remembered.
  }
  apply();
  button.addEventListener("click", () => {
    now = (now + 1) % THEMES.length;
    apply();
    try {
      localStorage.setItem("theme", THEMES[now][0]);
    } catch {
      // See above.
    }
    restyle();
  });
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", restyle);
}

function start() {
  startTheme();
  startNetwork();
  startSearch();
  startFilters();
  startExport();
  startKeyboard();
  document.getElementById("home").addEventListener("click", () => showStory("all"));
  for (const button of document.querySelectorAll("#views button")) {
    button.addEventListener("click", () => change({ view: button.dataset.view }));
  }
  document.getElementById("zoom-in").addEventListener("click", () => zoom(1.3));
  document.getElementById("zoom-out").addEventListener("click", () => zoom(1 / 1.3));
  document.getElementById("zoom-fit").addEventListener("click", () => fitNetwork());
  document.getElementById("fold").addEventListener("click", () => {
    state.opened.clear();
    change({ folded: !state.folded, group: -1 });
  });
  readPermalink(location.hash);
  render();
  new ResizeObserver(() => {
    if (state.view === "map") renderMap();
    if (state.view === "timeline") renderTimeline();
  }).observe(document.querySelector(".stage"));
  document.documentElement.dataset.ready = "yes";
  performance.mark("explorer-ready");
}

start();

// What the project's own tests and benchmark ask the page: where something is drawn, and how many frames were.
window.explorerTest = {
  node(label) {
    const node = picture.nodes.find((one) => nodeLabel(picture, one) === label);
    return node === undefined ? null : windowSpot(picture.places.get(node));
  },
  link(text) {
    const [source, relation, target] = text.split("|");
    const one = picture.bundles.find((found) => nodeLabel(picture, found.source) === source
      && relations[found.relation].name === relation && nodeLabel(picture, found.target) === target);
    return one ? windowSpot(pointOn(one, 0.5)) : null;
  },
  labels: () => labels.map(({ node }) => nodeLabel(picture, node)),
  frames: () => framesDrawn,
  redraw: () => network.redraw(),
};

function windowSpot([x, y]) {
  const at = network.canvasToDOM({ x, y });
  const box = canvasBox.getBoundingClientRect();
  return [box.left + at.x, box.top + at.y];
}
