// Names as people type them, and questions in plain words ("who threatened Chicago?"). Draws nothing; knows no grammar
// beyond the order of words: what stands before the verb acts, what stands after it is acted on, "by" turns that round.

/** Words for a relation beside those of its own label. A relation that the ontology adds later works by its label. */
const RELATION_WORDS = {
  threatensFundingOf: "threat threatened withhold withheld defund cut",
  receivedFunding: "money grant grants funding funded receive received got award awarded",
  hasFunding: "pay pays paid fund funds funding",
  sentLetterTo: "letter letters write wrote written send sent deadline deadlines",
  criticizes: "criticise criticised criticized attack attacked blast blasted slam slammed condemn condemned",
  supports: "support supported praise praised back backed endorse endorsed",
  sued: "sue sues sued suing lawsuit lawsuits",
  ruledAgainst: "rule ruled block blocked struck",
  holdsPost: "work works worked job post head heads leads lead runs",
  signed: "sign signs signed signing",
  administers: "run runs administer administered",
  conditionedOn: "condition conditions conditioned depend depends",
  cooperatesWith: "cooperate cooperated cooperation help helps helped",
  limitsCooperationWith: "limit limits limited refuse refuses refused",
  cites: "cite cites cited mention mentioned",
  namedIn: "named listed list",
  proposes: "propose proposed proposal",
};

const FILLERS = new Set(("a an and any are at be been being by can could did do does for from get gets had has have how in is it its me much of on or "
  + "since tell than that the their there these they this those to under was were what when where which who whom whose why will with "
  + "about all after against anyone anybody before show find list said say says city cities county counties state states town towns people "
  + "officials official agencies agency court courts laws law mayor mayors governor president senator sheriff secretary representative "
  + "attorney general mr ms mrs dr rep sen gov ag").split(" "));

const ASKING = new Set("who whom whose what which did does do has have is was were how why where when".split(" "));

const folded = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replace(/[’']/g, "").toLowerCase();

const wordsOf = (text) => folded(text.replace(/[’']s\b/g, "")).split(/[^\p{L}\p{N}§/.]+/u).map((word) => word.replace(/^\.+|\.+$/g, "")).filter(Boolean);

/** A word without its ending, where enough of it is left. */
const stem = (word) => word.replace(/(.{3,}?)(ing|ed|es|s|e)$/, "$1");

const relationStems = relations.map(({ name, label, inverse }) => new Set(
  [...wordsOf(`${label} ${inverse}`).filter((word) => !FILLERS.has(word)), ...(RELATION_WORDS[name] ?? "").split(" ")].filter(Boolean).map(stem)));

/** How many letters must be changed, added, dropped or swapped with the next; more than `most` counts as infinite. */
function editDistance(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return Infinity;
  let [older, old] = [null, Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      row[j] = Math.min(old[j] + 1, row[j - 1] + 1, old[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (older && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], older[j - 2] + 1);
    }
    if (Math.min(...row) > most) return Infinity;
    [older, old] = [old, row];
  }
  return old[b.length] <= most ? old[b.length] : Infinity;
}

const mistakesAllowed = (word) => (word.length >= 8 ? 2 : word.length >= 4 ? 1 : 0);

/** The initials of a name's words that carry weight: "United States Department of Homeland Security" is usdohs and usdhs. */
function initialsOf(label) {
  const words = label.split(/[\s-]+/).filter((word) => /^\p{L}/u.test(word));
  const heavy = words.filter((word) => /^\p{Lu}/u.test(word));
  return [words, heavy].map((list) => folded(list.map((word) => word[0]).join("")));
}

let index = null;

/** What can be found, with its words; made when somebody first searches. */
function searchable() {
  index ??= entities.map((entity) => ({
    entity, name: folded(entity.label), initials: initialsOf(entity.label),
    others: [...entity.alt, ...entity.identifiers.map(([, value]) => value)].map((text) => [text, folded(text)]),
    words: [...new Set([entity.label, ...entity.alt].flatMap(wordsOf))], posts: postsOf(entity),
  }));
  return index;
}

/** The posts that somebody holds, as people ask for them: "Mayor, Sacramento". */
function postsOf(entity) {
  const held = entity.links.filter((id) => links[id].source === entity.id).flatMap((id) => links[id].facts.map((fact) => [facts[fact].qualifiers.title, links[id]]));
  const texts = held.filter(([title]) => title).map(([title, link]) => `${title}, ${entities[link.target].label}`);
  return [...new Set(texts)].map((text) => [text, wordsOf(text)]);
}

const LITTLE = new Set(["of", "the", "for", "in", "at", "a", "an"]);

/** How well a name fits what is typed: the smaller, the better; with the other name or number that did it. */
function rankOf({ name, others, initials, posts }, wanted, words) {
  let rank = Infinity;
  let why = "";
  if (name === wanted) rank = 0;
  else if (name.startsWith(wanted)) rank = 1;
  else if (words.every((word) => name.split(/[\s-]+/).some((part) => part.startsWith(word)))) rank = 2;
  else if (wanted.length > 1 && initials.some((letters) => letters.length > 1 && (letters === wanted || (wanted.length > 2 && letters.endsWith(wanted))))) rank = 2.2;
  for (const [text, other] of others) {
    const score = other === wanted ? 0.5 : other.startsWith(wanted) ? 2.5 : wanted.length > 3 && other.includes(wanted) ? 4 : Infinity;
    if (score < rank) [rank, why] = [score, text];
  }
  if (rank > 3 && wanted.length > 3 && name.includes(wanted)) [rank, why] = [3, ""];
  const heavy = words.filter((word) => !LITTLE.has(word));
  const post = rank > 5 && heavy.length && posts.find(([, own]) => heavy.every((word) => own.some((part) => part.startsWith(word))));
  if (post) [rank, why] = [5, post[0]];
  return { rank, why };
}

/** Names that fit though some words are misspelt, or all but some words that no name has ("Mayor", "sanctuary"). */
function rankAlike({ words: own }, words) {
  let cost = 0;
  let met = 0;
  for (const word of words) {
    let least = Infinity;
    for (const part of own) {
      const mistakes = word.length > 2 && part.startsWith(word) ? 0 : editDistance(word, part, mistakesAllowed(word));
      least = Math.min(least, mistakes);
    }
    if (least < Infinity) met += 1;
    cost += least < Infinity ? least : 3;
  }
  return met * 2 > words.length || (met === 1 && words.length === 2) ? 6 + cost : Infinity;
}

/** Entities that fit what is typed, best first: names, words of names, initials, other names, then what is spelt alike. */
function findEntities(typed, most = 12) {
  const wanted = folded(typed).trim();
  if (!wanted) return [];
  const byRank = (score) => {
    const found = searchable().map((one) => ({ entity: one.entity, ...score(one) })).filter(({ rank }) => rank < Infinity);
    found.sort((a, b) => a.rank - b.rank || b.entity.degree - a.entity.degree || (a.entity.label < b.entity.label ? -1 : 1));
    return found.slice(0, most);
  };
  const found = byRank((one) => rankOf(one, wanted, wanted.split(/\s+/)));
  if (found.length) return found;
  const named = wordsOf(typed).filter((word) => !FILLERS.has(word));
  if (!named.length) return [];
  const exact = named.join(" ");
  const plain = exact === wanted ? [] : byRank((one) => rankOf(one, exact, named));
  if (plain.length) return plain;
  const alike = byRank((one) => ({ rank: rankAlike(one, named), why: "" }));
  return alike.filter(({ rank }) => rank <= alike[0].rank + 1);
}

/** The few entities that a name in a question may mean. */
function meant(words) {
  const names = words.filter((word) => !FILLERS.has(word));
  if (!names.length) return null;
  const found = findEntities(names.join(" "), 4);
  return new Set(found.filter(({ rank }) => rank <= found[0].rank + 1.5).map(({ entity }) => entity.id));
}

/**
 * Reads what is typed as a question. Null where no word means a relation; else whether it is put as a question, the
 * relations asked for, and the links that answer, best first.
 */
function answer(typed) {
  const words = wordsOf(typed);
  const asked = new Set();
  const verbs = [];
  words.forEach((word, i) => {
    const hits = relations.map((_, number) => number).filter((number) => relationStems[number].has(stem(word)));
    if (hits.length && !FILLERS.has(word)) {
      verbs.push(i);
      hits.forEach((number) => asked.add(number));
    }
  });
  if (!verbs.length) return null;
  const isVerb = new Set(verbs);
  const sides = [words.slice(0, verbs[0]), words.slice(verbs[0] + 1).filter((_, i) => !isVerb.has(i + verbs[0] + 1))];
  if (words.slice(verbs[0] + 1).includes("by")) sides.reverse();
  const [subject, object] = sides.map(meant);
  // Of "threatens the funding of" and "received funding" the one that more of the words mean is asked for.
  const weight = (number) => verbs.filter((i) => relationStems[number].has(stem(words[i]))).length;
  const most = Math.max(...[...asked].map(weight));
  const wanted = new Set([...asked].filter((number) => weight(number) === most));
  const found = [];
  for (const link of links) {
    if (!wanted.has(link.relation) || !link.facts.length) continue;
    const straight = (!subject || subject.has(link.source)) && (!object || object.has(link.target));
    const turned = (!subject || subject.has(link.target)) && (!object || object.has(link.source));
    if (straight || turned) found.push({ link, straight });
  }
  const right = found.filter(({ straight }) => straight);
  const answers = (right.length ? right : found).sort((a, b) => b.link.support - a.link.support || a.link.id - b.link.id).map(({ link }) => link);
  return { question: /\?\s*$/.test(typed) || ASKING.has(words[0]), relations: [...wanted], names: sides.flat().filter((word) => !FILLERS.has(word)).join(" "), links: answers };
}
