// @ts-check
// Checks what a log hides and what can be computed from its events.

import { Key, ed25519Valid, fromBase64, knowsEd25519 } from "./notes.js";
import { NotVerified, canonical, columnsOf, demand, fields, isCount, isObject } from "./reading.js";
import { utf8 } from "./sha256.js";

const WITHHELD = new Set([
  ...["HandRaised", "HandEntered", "QuestionAsked", "AnswerWritten", "StatementProposed", "StatementSeeded"],
  ...["TurnNoted", "TurnCommented", "SentenceDrafted", "ContributionWritten", "ObjectionMade",
    "AmendmentProposed"],
]);
const FIGURE = { statement: "number", group: "string", agree: "number", disagree: "number", passes: "number" };
const MOVED = Object.fromEntries(
  ["statement", "entry", "voters", "agree", "came", "left"].map((name) => [name, "number"]),
);

/** What a verification says: codes of sentences with their facts. */
export class Result {
  constructor() {
    /** @type {[string, any][]} */
    this.unchecked = [];
    /** @type {[string, any][]} */
    this.seen = [];
  }
}

/** What `read` returns; a text that is not in order means the refusal. @template T @param {() => T} read
 * @param {string} why @param {object} named @returns {T} */
export function orElse(read, why, named) {
  try {
    return read();
  } catch {
    throw new NotVerified(why, named);
  }
}

/** Whether an entry is about an earlier entry. @param {any} other @param {number} seq */
const isEarlier = (other, seq) => isCount(other) && other > 0 && other < seq;

/** The entries from which texts were erased, and for each masked entry the entries that mask it.
 * @param {import("./reading.js").Log} log @param {boolean} chatham */
function checkReferences(log, chatham) {
  const erased = new Set();
  /** @type {Map<number, number[]>} */
  const masking = new Map();
  for (const [seq, { event, members }] of log.events) {
    if (event !== "TextErased" && event !== "TextMasked") continue;
    const other = members.entry;
    if (!isEarlier(other, seq)) throw new NotVerified("malformed", { entry: seq });
    if (event === "TextErased") {
      erased.add(other);
      continue;
    }
    if (!chatham) throw new NotVerified("no_rule", { entry: seq });
    const lacking = log.lacking.get(other);
    if (lacking?.event === "" || log.events.get(other)?.event === "TextMasked") {
      throw new NotVerified("refers", { entry: seq, other });
    }
    masking.set(other, [...(masking.get(other) ?? []), seq]);
    if (!("shown" in members)) continue;
    const shown = orElse(() => canonical(members.shown), "malformed", { entry: seq });
    if (!isObject(shown) || !Object.keys(shown).length) throw new NotVerified("malformed", { entry: seq });
    if (Object.keys(shown).some((name) => lacking?.names.has(name))) {
      throw new NotVerified("masks_shown", { entry: seq, other });
    }
    const columns = lacking ? columnsOf(lacking.event) : [];
    if (lacking && !Object.keys(shown).every((name) => columns.some((column) => column.has(name)))) {
      throw new NotVerified("malformed", { entry: seq });
    }
  }
  return { erased, masking };
}

/** Ascending numbers as a text, in which a row of numbers is its first and its last. @param {number[]} entries */
export function numbersOf(entries) {
  /** @type {number[][]} */
  const rows = [];
  for (const entry of entries) {
    const last = rows.at(-1);
    if (last?.[1] === entry - 1) last[1] = entry;
    else rows.push([entry, entry]);
  }
  return rows.map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`)).join(", ");
}

/** Why an entry lacks parts; empty if nothing explains it. @param {import("./reading.js").Log} log @param {number} seq
 * @param {boolean} chatham @param {{erased: Set<number>, masking: Map<number, number[]>}} known */
function reasonOf(log, seq, chatham, { erased, masking }) {
  const { event, orders } = log.lacking.get(seq);
  const other = event === "TextMasked" ? log.events.get(seq).members.entry : seq;
  const ruled = chatham ? "masked" : "";
  const reasons = { 2: ruled, 3: "private", 4: ruled, 5: ruled };
  if (event === "TextMasked") reasons[5] = masking.get(other).at(-1) !== seq ? "masked" : "";
  else if (!chatham && WITHHELD.has(event)) reasons[5] = "withheld";
  if (erased.has(other)) {
    reasons[5] = "erased";
    if (event === "SpeechCaptioned") reasons[4] = "erased";
  }
  const explained = orders.map((hidden) => hidden.map((place) => reasons[place])).filter((said) => !said.includes(""));
  const best = explained.find((said) => !said.includes("withheld")) ?? explained[0] ?? [];
  return ["withheld", "erased", "masked", "private"].find((reason) => best.includes(reason)) ?? "";
}

/** Check that the log explains what it does not show. @param {import("./reading.js").Log} log @param {Result} result
 * @param {boolean} chatham */
function checkHidden(log, result, chatham) {
  const known = checkReferences(log, chatham);
  /** @type {Record<string, number[]>} */
  const lists = { erased: [], masked: [], private: [], withheld: [] };
  for (const [seq, { event }] of log.lacking) {
    if (event === "") continue;
    const reason = reasonOf(log, seq, chatham, known);
    if (!reason) throw new NotVerified("hidden", { entry: seq });
    lists[reason].push(seq);
  }
  for (const [reason, entries] of Object.entries(lists)) {
    const said = reason === "withheld" ? result.unchecked : result.seen;
    if (entries.length) said.push([reason, { entries: numbersOf(entries) }]);
  }
}

/** The entries of ballots and totals, which follow the close. @param {import("./reading.js").Log} log */
function publishedOf(log) {
  const opened = new Set();
  const closed = new Set();
  /** @type {Map<string, [number, any]>} */
  const published = new Map();
  for (const [seq, { event, members }] of log.events) {
    if (event === "SessionOpened") opened.add(seq);
    else if (event === "SessionClosed") closed.add(seq);
    else if (event === "ActTakenBack") {
      if (!isEarlier(members.entry, seq)) throw new NotVerified("malformed", { entry: seq });
      opened.delete(members.entry);
      closed.delete(members.entry);
    } else if (event === "ProgrammePublished" && opened.size) throw new NotVerified("programme_late", { entry: seq });
    else if (event === "BallotsPublished" || event === "TotalsPublished") {
      if (published.has(event)) throw new NotVerified("twice", { entry: seq });
      if (!closed.size) throw new NotVerified("not_closed", { entry: seq });
      published.set(event, [seq, members]);
    }
  }
  return published;
}

/** The number of people whose votes are left out. @param {import("./reading.js").Log} log */
function struckIn(log) {
  const struck = new Set();
  /** @type {Map<number, number>} */
  const restored = new Map();
  let published = false;
  for (const [seq, { event, members }] of log.events) {
    const { entry } = members;
    const reversal = event === "ActTakenBack" && (struck.has(entry) || restored.has(entry));
    if (published && (reversal || event === "VotesStruck" || event === "VotesRestored")) {
      throw new NotVerified("struck_late", { entry: seq });
    }
    published ||= event === "BallotsPublished" || event === "TotalsPublished";
    if (event === "VotesStruck") struck.add(seq);
    else if (event === "VotesRestored") {
      if (!struck.delete(entry)) throw new NotVerified("malformed", { entry: seq });
      restored.set(seq, entry);
    } else if (reversal && !struck.delete(entry)) {
      struck.add(restored.get(entry));
      restored.delete(entry);
    }
  }
  return struck.size;
}

/** For each statement the numbers of agree, disagree and pass, and the number of ballots.
 * @param {import("./reading.js").Log} log @param {[number, any]} published */
function readBallots(log, [seq, members]) {
  const read = () => fields(members, { statements: "list", ballots: "list" });
  const [statements, ballots] = orElse(read, "malformed", { entry: seq });
  const ascending = statements.every((number, place) => isCount(number) && !(statements[place - 1] >= number));
  if (!ascending) throw new NotVerified("malformed", { entry: seq });
  for (const statement of statements) {
    const { event } = log.events.get(statement) ?? {};
    if (statement > seq || (event !== "StatementProposed" && event !== "StatementSeeded")) {
      throw new NotVerified("refers", { entry: seq, other: statement });
    }
  }
  const votes = new Map(statements.map((statement) => [statement, [0, 0, 0]]));
  let before = "";
  for (const [place, ballot] of ballots.entries()) {
    const read = typeof ballot === "string" ? /^([0-9a-f]{32})([-+0.]*)$/.exec(ballot) : null;
    if (read?.[2].length !== statements.length || read[1] <= before || /^\.*$/.test(read[2])) {
      throw new NotVerified("ballots", { entry: seq, ballot: place + 1 });
    }
    before = read[1];
    statements.forEach((statement, column) => {
      if (read[2][column] !== ".") votes.get(statement)["+-0".indexOf(read[2][column])]++;
    });
  }
  return { votes, count: ballots.length };
}

/** The figures of totals or of a report: the members that `kinds` names. @param {any} members @param {number} seq
 * @param {string} name @param {Record<string, string>} kinds @returns {any[][]} */
function figuresOf(members, seq, name = "figures", kinds = FIGURE) {
  const read = () => {
    const figures = fields(members, { [name]: "list" })[0].map((figure) => {
      const values = fields(figure, kinds);
      demand(Object.keys(figure).every((member) => Object.hasOwn(kinds, member)));
      return values;
    });
    return figures;
  };
  return orElse(read, "malformed", { entry: seq });
}

/** Check the totals. Returns their figures. @param {import("./reading.js").Log} log @param {Result} result
 * @param {[number, any]} totals @param {{votes: Map<number, number[]>, count: number} | null} ballots */
function readTotals(log, result, [seq, members], ballots) {
  const read = () => {
    const [upto, sealed] = fields(members, { upto: "number", sealed: "number" });
    const [people, supporters] = fields(members, { people: "list", supporters: "list" });
    const kinds = { attribute: "string", value: "string", people: "number" };
    return { upto, sealed, supporters, groups: people.map((group) => fields(group, kinds)) };
  };
  const { upto, sealed, supporters, groups } = orElse(read, "malformed", { entry: seq });
  const counted = log.sealed.filter((entry) => entry <= upto).length;
  if (sealed !== counted || upto !== seq - 1) {
    throw new NotVerified("sealed_count", { entry: seq, stated: sealed, counted });
  }
  if (counted < log.sealed.length) throw new NotVerified("sealed_late", { entry: log.sealed[counted] });
  const figures = figuresOf(members, seq);
  const whole = new Map(figures.filter((figure) => !figure[1]).map(([statement, , ...tally]) => [statement, tally]));
  const named = new Set();
  for (const [statement, group] of figures) {
    const unknown = !whole.has(statement) || (ballots && !ballots.votes.has(statement));
    const name = JSON.stringify([statement, group]);
    if (unknown || named.has(name)) throw new NotVerified("figures", { entry: seq, statement });
    named.add(name);
  }
  for (const [statement, tally] of ballots?.votes ?? []) {
    if ((whole.get(statement) ?? [0, 0, 0]).join() !== tally.join()) {
      throw new NotVerified("figures", { entry: seq, statement });
    }
  }
  checkMoved(members, seq, new Map(whole));
  const everybody = groups.filter(([attribute, value]) => !attribute && !value).map((group) => group[2]);
  if (everybody.length > 1) throw new NotVerified("malformed", { entry: seq });
  const people = (everybody[0] ?? 0) - log.struck;
  if (ballots?.count > people) {
    throw new NotVerified("too_many_ballots", { ballots: ballots.count, people });
  }
  if (log.sealed.length) result.seen.push(["sealed", { n: log.sealed.length }]);
  if (!ballots && figures.length) result.unchecked.push(["no_ballots", {}]);
  if (whole.size < figures.length || groups.length || supporters.length) result.seen.push(["attested", {}]);
  return new Set(figures.map((figure) => JSON.stringify(figure)));
}

/** Check the figures of the same people at two moments against those of everybody. @param {any} members
 * @param {number} seq @param {Map<number, number[]>} whole */
function checkMoved(members, seq, whole) {
  for (const [statement, entry, voters, before, came, left] of figuresOf(members, seq, "moved", MOVED)) {
    // No figure of everybody, or a second one of two moments
    const [agree, disagree, passes] = whole.get(statement) ?? [-1, 0, 0];
    whole.delete(statement);
    const now = before - left + came;
    const possible = 0 <= left && left <= before && 0 <= came && came <= voters - before && 0 < entry && entry < seq;
    if (!possible || now > agree || voters - now > disagree + passes) {
      throw new NotVerified("figures", { entry: seq, statement });
    }
  }
}

/** Check that a report has each figure of the totals once, but those of statements that were held back before it.
 * @param {import("./reading.js").Log} log @param {number} seq @param {any} members @param {Set<string>} known */
function checkReport(log, seq, members, known) {
  const left = log.of("StatementHeldBack").filter(([entry]) => entry < seq).map(([, about]) => about.statement);
  const stated = figuresOf(members, seq).map((figure) => JSON.stringify(figure));
  const all = new Set(stated);
  const statementOf = (/** @type {string} */ text) => JSON.parse(text)[0];
  const wrong = [
    ...stated.filter((text) => !known.has(text)),
    ...[...known].filter((text) => !all.has(text) && !left.includes(statementOf(text))),
  ];
  if (!wrong.length && all.size === stated.length) return;
  const [statement] = (wrong.length ? wrong : stated).map(statementOf).sort((a, b) => a - b);
  throw new NotVerified("report", { entry: seq, statement });
}

/** @param {import("./reading.js").Log} log @param {Result} result */
function checkTotals(log, result) {
  log.struck = struckIn(log);
  if (log.struck) result.seen.push(["struck", { n: log.struck }]);
  const published = publishedOf(log);
  const ballots = published.has("BallotsPublished") ? readBallots(log, published.get("BallotsPublished")) : null;
  let figures = new Set();
  if (published.has("TotalsPublished")) {
    figures = readTotals(log, result, published.get("TotalsPublished"), ballots);
  } else if (log.sealed.length) result.unchecked.push(["sealed_open", { n: log.sealed.length }]);
  for (const [seq, members] of log.of("ReportPublished")) {
    checkReport(log, seq, members, published.get("TotalsPublished")?.[0] < seq ? figures : new Set());
    if (members.upto !== seq - 1) throw new NotVerified("report_late", { entry: seq });
    const computed = [members.opinion, members.slate, members.unput];
    if (computed.some((figure) => (figure ?? null) !== null)) result.unchecked.push(["opinion", { entry: seq }]);
  }
}

/** Read the keys that the log announces. Each but the first is signed with the key before it, if that is not lost.
 * @param {import("./reading.js").Log} log @param {Result} result */
async function readKeys(log, result) {
  for (const [seq, members] of log.of("KeyAnnounced")) {
    const read = () => {
      const [text, signed] = fields(members, { key: "string", signature: "string" });
      return { key: new Key(text), text, signed };
    };
    const { key, text, signed } = orElse(read, "key", { entry: seq });
    const last = log.keys.at(-1);
    if (last && !signed && key.name === last.name) result.unchecked.push(["unsigned_key", { entry: seq }]);
    else if (!last) {
      if (signed) throw new NotVerified("key", { entry: seq });
    } else if (key.name !== log.keys[0].name) throw new NotVerified("key", { entry: seq });
    else if (!(await knowsEd25519())) result.unchecked.push(["no_ed25519", { file: "log.jsonl" }]);
    else if (!(await ed25519Valid(last.bytes, fromBase64(signed), utf8(text)))) {
      throw new NotVerified("key", { entry: seq });
    }
    log.keys.push(key);
  }
}

/** Check what is hidden and what can be computed from the events. @param {import("./reading.js").Log} log
 * @param {Result} result */
export async function checkEvents(log, result) {
  const programmes = log.of("ProgrammePublished");
  const settings = programmes.at(-1)?.[1].settings;
  const chatham = isObject(settings) && settings.chatham === true;
  if (log.nameless.length && !chatham) throw new NotVerified("no_rule_author", { entry: log.nameless[0] });
  if (log.nameless.length) result.seen.push(["authors", { n: log.nameless.length }]);
  checkHidden(log, result, chatham);
  checkTotals(log, result);
  await readKeys(log, result);
}

