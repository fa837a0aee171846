// Keys: the picture can be walked through without a mouse, and the page has a few shortcuts.

/** The nearest node in a direction, among those in a cone of a right angle and a half. */
function nodeTowards(from, dx, dy) {
  const [x, y] = picture.places.get(from);
  let best = null;
  for (const node of picture.nodes) {
    if (node === from) continue;
    const [nx, ny] = picture.places.get(node);
    const along = (nx - x) * dx + (ny - y) * dy;
    const across = Math.abs((nx - x) * dy - (ny - y) * dx);
    if (along <= 0 || across > along * 2.4) continue;
    const cost = along + across * 1.6;
    if (!best || cost < best.cost) best = { node, cost };
  }
  return best?.node;
}

function mostConnected() {
  return [...picture.nodes].sort((a, b) => (entities[b]?.degree ?? 50) - (entities[a]?.degree ?? 50))[0];
}

function currentNode() {
  if (state.group >= 0) return -1 - state.group;
  return state.entity >= 0 ? state.entity : null;
}

function walk(dx, dy) {
  const here = currentNode();
  const there = picture.nodes.includes(here) ? nodeTowards(here, dx, dy) : mostConnected();
  if (there === undefined) return;
  if (there < 0) change({ group: -1 - there, entity: -1, link: -1, fact: -1 });
  else change({ entity: there, link: -1, fact: -1, group: -1 });
  bringIntoSight(there);
  say(describeNode(there));
}

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function startKeyboard() {
  canvasBox.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = ARROWS[event.key];
    if (arrow) walk(...arrow);
    else if (event.key === "+" || event.key === "=") zoom(1.25);
    else if (event.key === "-") zoom(0.8);
    else if (event.key === "0") fitNetwork();
    else if (event.key === "Enter") {
      if (state.group >= 0) openGroup(state.group);
      else renderPanel({ focus: true });
    } else return;
    event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) && event.target.type !== "checkbox";
    if (event.key === "/" && !typing) {
      event.preventDefault();
      searchBox.focus();
    } else if (event.key === "Escape" && !typing) {
      const menu = document.getElementById("share");
      if (menu.open) {
        menu.open = false;
        menu.querySelector("summary").focus();
      } else if (state.entity >= 0 || state.link >= 0 || state.group >= 0) {
        change({ entity: -1, link: -1, fact: -1, group: -1, ...WHOLE });
      }
    }
  });
  document.getElementById("skip").addEventListener("click", (event) => {
    event.preventDefault();
    panel.focus();
  });
}
