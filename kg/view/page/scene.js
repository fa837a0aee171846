// What is shown: from the state to nodes and bundles with their places. Draws nothing.

function inPeriod(link) {
  const first = state.from ? dayNumber(state.from) : -Infinity;
  const last = state.until ? dayNumber(state.until) : Infinity;
  if (first === -Infinity && last === Infinity && state.undated) return true;
  const days = link.facts.map((fact) => dayNumber(factDate(facts[fact]))).filter((day) => !Number.isNaN(day));
  if (!days.length) return state.undated;
  return days.some((day) => first <= day && day <= last);
}

/** Tells whether the filters let a link through; what is selected is always shown. */
function passes(link) {
  return !state.hiddenRelations.has(link.relation) && !state.hiddenStatuses.has(link.status)
    && !state.hiddenKinds.has(entities[link.source].kind) && !state.hiddenKinds.has(entities[link.target].kind)
    && inPeriod(link);
}

const other = (link, node) => (link.source === node ? link.target : link.source);

/** Entities at most `depth` links away over the links that pass, with the distance of each. */
function neighbourhood(start, depth) {
  const distance = new Map([[start, 0]]);
  let edge = [start];
  for (let step = 1; step <= depth; step += 1) {
    const next = [];
    for (const node of edge) {
      for (const id of entities[node].links) {
        const far = other(links[id], node);
        if (!distance.has(far) && passes(links[id])) {
          distance.set(far, step);
          next.push(far);
        }
      }
    }
    edge = next;
  }
  return distance;
}

/** The entities on a shortest path; links that only say where a thing belongs count as long. Empty if there is none. */
function shortestPath(start, goal) {
  const cost = new Map([[start, 0]]);
  const before = new Map();
  const open = [[0, start]];
  const done = new Set();
  while (open.length) {
    let best = 0;
    for (let i = 1; i < open.length; i += 1) if (open[i][0] < open[best][0]) best = i;
    const [so, node] = open.splice(best, 1)[0];
    if (done.has(node)) continue;
    done.add(node);
    if (node === goal) break;
    for (const id of entities[node].links) {
      if (!passes(links[id])) continue;
      const far = other(links[id], node);
      const price = so + (links[id].background ? 2.5 : 1);
      if (price < (cost.get(far) ?? Infinity)) {
        cost.set(far, price);
        before.set(far, node);
        open.push([price, far]);
      }
    }
  }
  if (!cost.has(goal)) return [];
  const path = [goal];
  while (path[0] !== start) path.unshift(before.get(path[0]));
  return path;
}

/** A link or several that are drawn as one because a folded group stands at an end. */
function bundle(shown, stand) {
  const bundles = new Map();
  for (const link of shown) {
    const source = stand(link.source);
    const target = stand(link.target);
    if (source === target && link.source !== link.target) continue;
    if (link.background && (source < 0 || target < 0)) continue;
    const key = `${source}|${target}|${link.relation}|${link.status}`;
    const found = bundles.get(key);
    if (found) {
      found.links.push(link.id);
      found.support = Math.max(found.support, link.support);
    } else {
      bundles.set(key, {
        source, target, relation: link.relation, status: link.status, background: link.background,
        support: link.support, links: [link.id],
      });
    }
  }
  return [...bundles.values()];
}

/** What is selected but has no place in the scene: its neighbourhood is then shown instead. */
function missingFrom(places) {
  if (state.entity >= 0 && !places.has(state.entity)) return state.entity;
  if (state.link < 0) return -1;
  return [links[state.link].source, links[state.link].target].find((node) => !places.has(node)) ?? -1;
}

/** Which part of the graph the state asks for. */
function chosenLinks() {
  if (state.centre >= 0 && state.to >= 0) {
    const path = shortestPath(state.centre, state.to);
    const steps = new Set(path.slice(1).map((node, i) => [path[i], node].sort((a, b) => a - b).join("|")));
    const on = links.filter((link) => passes(link) && steps.has([link.source, link.target].sort((a, b) => a - b).join("|")));
    return { kind: "path", path, links: on };
  }
  const scene = scenes.get(state.story);
  const parted = state.story === "all" && island.parts.length > 0 && !state.whole;
  const part = parted && state.part >= 0 ? new Set(island.parts[state.part].members) : null;
  const centre = state.centre >= 0 ? state.centre : missingFrom(parted ? part ?? new Set() : scene.places);
  if (centre >= 0) {
    const distance = neighbourhood(centre, Math.max(1, state.depth));
    for (const grown of state.grown) {
      for (const [node] of neighbourhood(grown, 1)) {
        if (!distance.has(node)) distance.set(node, (distance.get(grown) ?? 1) + 1);
      }
    }
    const on = links.filter((link) => distance.has(link.source) && distance.has(link.target) && passes(link));
    return { kind: "near", centre, distance, links: on };
  }
  if (part) {
    return { kind: "part", scene, links: scene.links.map((id) => links[id]).filter((link) => part.has(link.source) && part.has(link.target) && passes(link)) };
  }
  if (parted) return { kind: "overview", links: links.filter(passes) };
  return { kind: "scene", scene, links: scene.links.map((id) => links[id]).filter(passes) };
}

/** The picture: nodes (negative numbers are folded groups), bundles, places. */
function currentPicture() {
  const chosen = chosenLinks();
  if (chosen.kind === "overview") return overviewPicture(chosen);
  if (chosen.kind === "part") {
    const { places } = chosen.scene;
    return finishPicture(chosen, bundle(chosen.links, (node) => node), new Map(places), new Map());
  }
  if (chosen.kind !== "scene") {
    const places = chosen.kind === "path" ? pathPlaces(chosen.path) : ringPlaces(chosen.centre, chosen);
    return finishPicture(chosen, bundle(chosen.links, (node) => node), places, new Map());
  }
  const { scene } = chosen;
  const stand = new Map();
  const groups = new Map();
  const inUse = new Set(chosen.links.flatMap((link) => (link.background ? [] : [link.source, link.target])));
  if (state.folded) {
    for (const group of scene.groups) {
      const members = group.members.filter((member) => inUse.has(member));
      if (members.length < 2 || state.opened.has(group.id) || members.includes(state.entity)) continue;
      if (state.link >= 0 && members.some((m) => m === links[state.link].source || m === links[state.link].target)) continue;
      groups.set(-1 - group.id, { ...group, members });
      members.forEach((member) => stand.set(member, -1 - group.id));
    }
  }
  const bundles = bundle(chosen.links, (node) => stand.get(node) ?? node);
  return finishPicture(chosen, bundles, openedPlaces(scene, groups, inUse), groups);
}

/** Communities as bubbles; the numbers of facts between them were counted on the whole graph. */
function overviewPicture(chosen) {
  const groups = new Map(island.parts.map((part, id) => [-1 - id, { id, part, kind: 0, members: part.members }]));
  const places = new Map(island.parts.map(({ place }, id) => [-1 - id, [place[0], place[1]]]));
  const bundles = island.ties.map(([a, b, count]) => ({
    source: -1 - a, target: -1 - b, relation: -1, status: "Asserted", background: false, support: count, links: [], tie: true,
  }));
  return { kind: "overview", centre: -1, nodes: [...places.keys()], places, groups, bundles, listed: chosen.links };
}

function finishPicture(chosen, bundles, places, groups) {
  const nodes = new Set();
  for (const one of bundles) nodes.add(one.source).add(one.target);
  if (state.entity >= 0) nodes.add(state.entity);
  if (chosen.centre >= 0) nodes.add(chosen.centre);
  if (chosen.path) chosen.path.forEach((node) => nodes.add(node));
  for (const node of [...nodes]) if (!places.has(node)) nodes.delete(node);
  return {
    kind: chosen.kind, path: chosen.path, centre: chosen.centre ?? -1, nodes: [...nodes], places, groups,
    bundles: bundles.filter((one) => nodes.has(one.source) && nodes.has(one.target)),
    listed: ["scene", "overview"].includes(chosen.kind) && state.story === "all" ? links.filter(passes) : chosen.links,
  };
}

/**
 * Places of a scene with some groups open: the members fill a disc where the group stood, and everything else moves
 * away from it just as far as the disc's area demands, so that what was apart stays apart.
 */
function openedPlaces(scene, folded, inUse) {
  const places = new Map(scene.places);
  for (const group of scene.groups) places.set(-1 - group.id, [group.x, group.y]);
  for (const group of scene.groups) {
    if (folded.has(-1 - group.id)) continue;
    const members = group.members.filter((member) => inUse.has(member));
    if (members.length < 2) continue;
    const inside = new Set(group.members);
    const [cx, cy] = places.get(-1 - group.id);
    const reach = 34 * Math.sqrt(members.length) + 16;
    for (const [node, [x, y]] of places) {
      if (inside.has(node) || node === -1 - group.id) continue;
      const distance = Math.hypot(x - cx, y - cy) || 1;
      const factor = Math.sqrt(distance * distance + reach * reach) / distance;
      places.set(node, [cx + (x - cx) * factor, cy + (y - cy) * factor]);
    }
    members.forEach((member, i) => {
      const radius = 34 * Math.sqrt(i + 0.6);
      const angle = i * 2.399963;
      places.set(member, [cx + radius * Math.cos(angle), cy + radius * Math.sin(angle)]);
    });
  }
  return places;
}

/** One entity in the middle, its neighbours on rings by distance; like beside like. */
function ringPlaces(centre, chosen) {
  const places = new Map([[centre, [0, 0]]]);
  const angles = new Map([[centre, 0]]);
  const parents = new Map();
  const relationOf = new Map();
  for (const link of chosen.links) {
    for (const [near, far] of [[link.source, link.target], [link.target, link.source]]) {
      if (chosen.distance.get(far) !== chosen.distance.get(near) + 1) continue;
      if (!parents.has(far)) parents.set(far, near);
      if (!relationOf.has(far) || !link.background) relationOf.set(far, link.relation);
    }
  }
  const deepest = Math.max(0, ...chosen.distance.values());
  let radius = 0;
  for (let ring = 1; ring <= deepest; ring += 1) {
    const nodes = [...chosen.distance].filter(([, step]) => step === ring).map(([node]) => node);
    if (!nodes.length) continue;
    nodes.sort((a, b) => (angles.get(parents.get(a)) ?? 0) - (angles.get(parents.get(b)) ?? 0)
      || entities[a].kind - entities[b].kind || (relationOf.get(a) ?? 0) - (relationOf.get(b) ?? 0) || a - b);
    const rows = nodes.length > 22 ? 2 : 1;
    radius = Math.max(radius + 150, (nodes.length * 64) / (2 * Math.PI * rows));
    nodes.forEach((node, i) => {
      const angle = -Math.PI / 2 + (2 * Math.PI * (i + 0.5)) / nodes.length;
      const reach = radius + (rows === 2 && i % 2 ? 84 : 0);
      angles.set(node, angle + Math.PI);
      places.set(node, [reach * 1.25 * Math.cos(angle), reach * Math.sin(angle)]);
    });
    if (rows === 2) radius += 84;
  }
  return places;
}

function pathPlaces(path) {
  return new Map(path.map((node, i) => [node, [(i - (path.length - 1) / 2) * 230, i % 2 ? 34 : -34]]));
}
