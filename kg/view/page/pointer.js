// What the mouse and the finger do to the picture: what lies under them, clicks, double clicks, and the words beside them.

/** What lies under a point of the picture: a node or group, else the nearest link within reach; null for neither. */
function hit({ x, y }) {
  const scale = network.getScale();
  let best = null;
  for (const node of picture.nodes) {
    const [nx, ny] = picture.places.get(node);
    const distance = Math.hypot(nx - x, ny - y) - Math.max(nodeRadius(picture, node), 2.4 / scale) - 2 / scale;
    if (distance <= 0 && (!best || distance < best.distance)) best = { node, distance };
  }
  if (best) return best;
  const reach = 7 / scale;
  for (const one of picture.bundles) {
    const distance = distanceTo(one, x, y, reach);
    if (distance <= reach && (!best || distance < best.distance)) best = { bundle: one, distance };
  }
  return best;
}

function distanceTo(one, x, y, reach) {
  const [x1, y1, cx, cy, x2, y2] = one.curve;
  if (x < Math.min(x1, cx, x2) - reach || x > Math.max(x1, cx, x2) + reach
    || y < Math.min(y1, cy, y2) - reach || y > Math.max(y1, cy, y2) + reach) return Infinity;
  const steps = one.straight ? 1 : 12;
  let least = Infinity;
  let [px, py] = [x1, y1];
  for (let i = 1; i <= steps; i += 1) {
    const [qx, qy] = one.straight ? [x2, y2] : pointOn(one, i / steps);
    const [dx, dy] = [qx - px, qy - py];
    const t = Math.max(0, Math.min(1, ((x - px) * dx + (y - py) * dy) / (dx * dx + dy * dy || 1)));
    least = Math.min(least, Math.hypot(x - px - t * dx, y - py - t * dy));
    [px, py] = [qx, qy];
  }
  return least;
}

function clicked(point) {
  prepareLayers();
  const found = hit(point);
  if (!found) {
    if (state.entity < 0 && state.link < 0 && state.group < 0) return;
    change({ entity: -1, link: -1, fact: -1, group: -1 });
  } else if (found.bundle) openBundle(found.bundle);
  else if (found.node < 0) change({ group: -1 - found.node, entity: -1, link: -1, fact: -1 }, { focus: true });
  else selectEntity(found.node);
}

function openBundle(one) {
  if (one.tie) {
    showTie(one);
    return;
  }
  if (one.links.length === 1 || one.source >= 0 === one.target >= 0) selectLink(one.links[0]);
  else change({ group: -1 - Math.min(one.source, one.target), entity: -1, link: -1, fact: -1 }, { focus: true });
}

/** Whether the last press has been taken for a double click already: vis-network and the browser both tell of it. */
let doubled = false;

/** Opens a group, or grows the picture around an entity. */
function doubleClicked(point) {
  if (doubled) return;
  doubled = true;
  // The first click may have changed the picture, and the second come before it is painted.
  prepareLayers();
  const found = hit(point);
  if (!found || found.bundle) return;
  if (found.node < 0) openGroup(-1 - found.node);
  else expand(found.node);
}

function openGroup(id) {
  if (picture.kind === "overview") {
    change({ part: id, group: -1, entity: -1, link: -1, fact: -1 });
    return;
  }
  state.opened.add(id);
  change({ group: -1 });
}

function expand(node) {
  if (picture.kind === "near" && node !== picture.centre) {
    state.grown.add(node);
    change({});
  } else {
    const depth = picture.kind === "near" ? Math.min(3, Math.max(1, state.depth) + 1) : 1;
    change({ entity: node, link: -1, fact: -1, group: -1, to: -1, centre: node, depth });
  }
}

function onPointerMove(event) {
  if (moving || !picture || !routed || event.pointerType === "touch") return;
  const box = canvasBox.getBoundingClientRect();
  const at = { x: event.clientX - box.left, y: event.clientY - box.top };
  const found = hit(network.DOMtoCanvas(at));
  const same = found?.node === hovered?.node && found?.bundle === hovered?.bundle;
  hovered = found;
  canvasBox.style.cursor = found ? "pointer" : "";
  if (!found) hideTooltip();
  else showTooltip(at, found);
  if (!same) network.redraw();
}

function showTooltip(at, found) {
  tooltip.textContent = found.bundle ? describeBundle(found.bundle) : describeNode(found.node);
  tooltip.hidden = false;
  const room = canvasBox.clientWidth - tooltip.offsetWidth - 8;
  tooltip.style.left = `${Math.max(4, Math.min(at.x + 14, room))}px`;
  tooltip.style.top = `${Math.max(4, at.y + 16 + tooltip.offsetHeight > canvasBox.clientHeight ? at.y - tooltip.offsetHeight - 10 : at.y + 16)}px`;
}

function hideTooltip() {
  tooltip.hidden = true;
}

function describeNode(node) {
  if (node < 0 && picture.kind === "overview") return `${plural(picture.groups.get(node).part.size, "entity", "entities")} around ${picture.groups.get(node).part.names.join(" and ")}`;
  if (node < 0) {
    const names = picture.groups.get(node).members.map((member) => entities[member].label);
    return `${nodeLabel(picture, node)} with the same links: ${names.slice(0, 8).join(", ")}${names.length > 8 ? "…" : ""}`;
  }
  const entity = entities[node];
  return `${entity.label} · ${entity.type} · ${plural(entity.degree, "link", "links")}`;
}

function describeBundle(one) {
  if (one.tie) return `${bundleLabel(one)} between these two communities`;
  const support = one.links.reduce((sum, id) => sum + links[id].support, 0);
  const said = one.facts === 0 || support === 0 ? "reference data" : plural(support, "source", "sources");
  return `${nodeLabel(picture, one.source)} ${bundleLabel(one)} ${nodeLabel(picture, one.target)} · ${said}`;
}
