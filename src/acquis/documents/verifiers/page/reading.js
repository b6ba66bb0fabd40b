// @ts-check
// Reads a log: its lines, its parts and its chain.

import { bytesOf, sha256, utf8 } from "./sha256.js";

export const LINE_LIMIT = 1 << 24;
const DEPTH_LIMIT = 32;
const HEX32 = /^[0-9a-f]{32}$/;
const HEX64 = /^[0-9a-f]{64}$/;
export const VERIFIED = 0;
export const NOT_VERIFIED = 1;
export const IN_PART = 3;
export const NO_RECORD = 4;
const SEALED = new Set(["ParticipantJoined", "VoteCast", "VoteWithdrawn", "QuestionSupported", "SupportWithdrawn"]);
/** Event -> the members of the parts 2 to 5. Events that are not in the table have one part. */
export const COLUMNS = {
  AccessRevoked: ["", "", "", "reason"],
  AmendmentProposed: ["lane stakeholder region", "gender", "", "text"],
  AmendmentSettled: ["", "", "", "why"],
  AnswerWritten: ["", "", "", "text"],
  CallAnswered: ["", "", "", "what note office"],
  CommitmentAmended: ["", "", "", "what who why"],
  CommitmentMade: ["", "", "", "what who"],
  CommitmentProgressed: ["", "", "", "note"],
  ContributionWritten: ["lane stakeholder region", "gender", "", "text on_behalf_of"],
  FatesStated: ["", "", "", "who to words"],
  HandEntered: ["lane stakeholder region", "", "", "about"],
  HandRaised: ["lane stakeholder region", "gender", "", "about"],
  MessageProposed: ["", "", "", "text"],
  MessageReworded: ["", "", "", "text why"],
  ObjectionMade: ["", "voice", "", "text name party"],
  OutcomeStated: ["", "", "", "why"],
  PollResultEntered: ["", "", "", "question options"],
  ProcedureChosen: ["", "", "", "text"],
  ProgrammePublished: ["", "", "title segments room seats document", ""],
  QuestionAsked: ["lane stakeholder region", "gender", "to", "text"],
  QuestionAssigned: ["", "", "seat", ""],
  ReportPublished: ["", "", "takeaways calls_to_action consensus concern correction sections", ""],
  SegmentTimeChanged: ["", "", "reason", ""],
  SegmentTitleCorrected: ["", "", "title", "reason"],
  SentenceDrafted: ["", "", "", "text"],
  SilenceBegun: ["", "", "", "parties"],
  SpeakerAdded: ["", "", "name organization lane stakeholder region gender reason", ""],
  SpeakerCorrected: ["", "", "seat name organization reason", ""],
  SpeakerGivenFloor: ["", "", "seat", ""],
  SpeakerMatched: ["", "", "seat", ""],
  SpeakerRegistered: ["lane stakeholder region", "gender", "", ""],
  SpeakerWithdrawn: ["", "", "seat reason", ""],
  SpeechCaptioned: ["", "", "speaker seat", "text"],
  SpeechCorrected: ["", "", "", "text"],
  StatementProposed: ["", "", "", "text"],
  StatementSeeded: ["", "", "", "text"],
  SummaryConfirmed: ["", "", "consensus concern", ""],
  TeamMemberReplaced: ["", "", "", "reason former name"],
  TextMasked: ["", "", "", "shown"],
  TitleCorrected: ["", "", "title", "reason"],
  TranscriptImported: ["", "", "", "unparsed"],
  TurnCommented: ["", "", "", "text"],
  TurnNoted: ["", "", "", "text"],
  TurnTimeChanged: ["", "", "reason", ""],
  VotesStruck: ["", "voice", "", ""],
};
/** Event -> the members that are in part 3, too, if the author is a part. */
const PERSONS = {
  AccessRevoked: ["person"],
  BodyAsked: ["addressee"],
  CallAnswered: ["signer"],
  DeviceEnded: ["person"],
  HandEntered: ["person"],
  ParticipantRenamed: ["person"],
  ParticipantSilenced: ["person"],
  ParticipantUnsilenced: ["person"],
  SpeakerRegistered: ["person"],
  TeamMemberReplaced: ["person", "successor"],
};
const READ = new Set([
  ...["ProgrammePublished", "SessionOpened", "SessionClosed", "ActTakenBack", "TextErased", "TextMasked"],
  ...["StatementProposed", "StatementSeeded", "BallotsPublished", "TotalsPublished", "ReportPublished"],
  ...["KeyAnnounced", "VotesStruck", "VotesRestored", "QuestionMerged", "QuestionSplit", "FatesStated"],
  ...["QuestionAsked", "QuestionApproved", "QuestionHeldBack", "QuestionWithdrawn", "QuestionPut", "QuestionReopened"],
  ...["QuestionAnswered", "AnswerWritten", "StatementOpened", "StatementHeldBack", "StatementWithdrawn"],
  ...["ContributionWritten", "ContributionApproved", "ContributionHeldBack", "ContributionWithdrawn"],
]);

/** Why a record is not verified: the code of a sentence, its facts, and the status. */
export class NotVerified extends Error {
  /** @param {string} why @param {object} named @param {number} status */
  constructor(why, named = {}, status = NOT_VERIFIED) {
    super(why);
    this.why = why;
    this.named = named;
    this.status = status;
  }
}

/** What a text is not, when it is not in order; the caller says what that means. */
export class NotInOrder extends Error {}

/** Go on only if something is so. @param {unknown} good */
export function demand(good) {
  if (!good) throw new NotInOrder();
}

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The text of bytes in UTF-8. @param {Uint8Array} bytes */
export function textOf(bytes) {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new NotInOrder();
  }
}

/** @param {any} value @param {number} depth */
function checkValue(value, depth) {
  demand(depth >= 0);
  if (typeof value === "number") demand(Number.isSafeInteger(value) && value >= 0);
  else if (typeof value === "string") demand(!/\p{Surrogate}/u.test(value));
  else if (Array.isArray(value)) for (const inner of value) checkValue(inner, depth - 1);
  else if (value !== null && typeof value === "object") {
    for (const [name, inner] of Object.entries(value)) {
      demand(!/^[0-9]+$/.test(name) && !/\p{Surrogate}/u.test(name));
      checkValue(inner, depth - 1);
    }
  }
}

/** The value of a JSON text, which has to be canonical. @param {string} text @returns {any} */
export function canonical(text) {
  let value;
  try {
    value = JSON.parse(text);
    demand(JSON.stringify(value) === text);
  } catch {
    throw new NotInOrder();
  }
  checkValue(value, DEPTH_LIMIT);
  return value;
}

/** @param {any} value */
export const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
/** @param {any} value */
export const isHex32 = (value) => typeof value === "string" && HEX32.test(value);
/** @param {any} value */
export const isHex64 = (value) => typeof value === "string" && HEX64.test(value);
/** @param {any} value */
export const isCount = (value) => typeof value === "number";
/** Whether an object has these members in this order and no other. @param {object} value @param {string[]} names */
export const hasMembers = (value, names) => Object.keys(value).join() === names.join();

const KINDS = {
  string: { empty: () => "", is: (/** @type {any} */ member) => typeof member === "string" },
  number: { empty: () => 0, is: isCount },
  list: { empty: () => [], is: Array.isArray },
};

/** The members of an object; a missing one is empty. @param {any} value @param {Record<string, string>} kinds */
export function fields(value, kinds) {
  demand(isObject(value));
  return Object.entries(kinds).map(([name, kind]) => {
    const member = Object.hasOwn(value, name) ? value[name] : KINDS[kind].empty();
    demand(KINDS[kind].is(member));
    return member;
  });
}

/** What a verifier keeps of a log. Numbers of entries count from 1. */
export class Log {
  constructor() {
    /** @type {Uint8Array[]} */
    this.links = [];
    /** @type {number[]} */
    this.sealed = [];
    /** The entries whose author is a part that is not shown. @type {number[]} */
    this.nameless = [];
    /** @type {Map<number, {event: string, orders: number[][], names: Set<string>}>} */
    this.lacking = new Map();
    /** @type {Map<number, {event: string, members: any}>} */
    this.events = new Map();
    /** @type {import("./notes.js").Key[]} */
    this.keys = [];
    /** How many people there are whose votes are left out. */
    this.struck = 0;
  }

  /** The entries of a kind of event. @param {string} kind @returns {[number, any][]} */
  of(kind) {
    return [...this.events].filter(([, { event }]) => event === kind).map(([seq, { members }]) => [seq, members]);
  }
}

export const FIRST = sha256(utf8("acquis record 2"));

/** The link of an entry with these parts, and the values of the parts, null for one that is not shown.
 * @param {any} parts @param {number} number @param {Uint8Array} before */
export function linkOf(parts, number, before) {
  const wrong = () => new NotVerified("shape", { entry: number });
  if (!Array.isArray(parts) || parts.length === 0) throw wrong();
  const seq = new Uint8Array(8);
  new DataView(seq.buffer).setBigUint64(0, BigInt(number));
  const covered = [before, seq];
  /** @type {(string | null)[]} */
  const values = [];
  for (const part of parts) {
    if (isHex64(part)) {
      covered.push(bytesOf(part));
      values.push(null);
      continue;
    }
    if (!Array.isArray(part) || part.length !== 2 || !isHex32(part[0]) || typeof part[1] !== "string") throw wrong();
    covered.push(sha256(bytesOf(part[0]), utf8(part[1])));
    values.push(part[1]);
  }
  return { link: sha256(...covered), values };
}

/** The members of each part, null for one that is not shown. @param {(string | null)[]} values @param {number} number
 * @returns {any[]} */
export function membersOf(values, number) {
  const parts = values.map((value, place) => {
    if (value === null) return null;
    try {
      const members = canonical(value);
      demand(isObject(members) && Object.keys(members).length);
      return members;
    } catch {
      throw new NotVerified("value", { entry: number, part: place + 1 });
    }
  });
  if (parts[0] === null) throw new NotVerified("hidden_act", { entry: number });
  const { at, by, event } = parts[0];
  const apart = isApart(parts);
  const begins = apart ? "at,event" : "at,by,event";
  const named = Object.keys(parts[0]).slice(0, apart ? 2 : 3).join() === begins;
  if (!named || typeof at !== "number" || !(apart || typeof by === "string") || typeof event !== "string") {
    throw new NotVerified("act", { entry: number });
  }
  const author = parts.length > 1 ? parts[1] : {};
  if (apart && author !== null && !(hasMembers(author, ["by"]) && typeof author.by === "string")) {
    throw new NotVerified("author", { entry: number });
  }
  return parts;
}

/** Whether the author is a part of its own, the second one, because the act has no member for it.
 * @param {any[]} parts */
const isApart = (parts) => !Object.hasOwn(parts[0], "by");

/** The members that the parts 2 to 5 of an entry can have. `apart`: the author is a part, which is not counted.
 * @param {string} event @param {boolean} [apart] */
export function columnsOf(event, apart) {
  const columns = Object.hasOwn(COLUMNS, event) ? COLUMNS[event] : ["", "", "", ""];
  const sets = columns.map((names) => new Set(names ? names.split(" ") : []));
  if (apart && Object.hasOwn(PERSONS, event)) for (const name of PERSONS[event]) sets[1].add(name);
  return sets;
}

/** Every choice of so many items, in their order. @template T @param {T[]} items @param {number} count
 * @returns {T[][]} */
function choices(items, count) {
  if (count === 0) return [[]];
  return items.flatMap((item, place) => choices(items.slice(place + 1), count - 1).map((rest) => [item, ...rest]));
}

/** Which parts the parts behind the act can be: for each possibility the places, from 2, of those that are not shown.
 * @param {any[]} parts Their members, null for one that is not shown. @param {Set<string>[]} columns */
function ordersOf(parts, columns) {
  const there = [2, 3, 4, 5].filter((place) => columns[place - 2].size);
  const fits = (part, place) => part === null || Object.keys(part).every((name) => columns[place - 2].has(name));
  return choices(there, parts.length)
    .filter((places) => places.includes(3) || !columns[1].size)
    .filter((places) => parts.every((part, n) => fits(part, places[n])))
    .map((places) => places.filter((_, n) => parts[n] === null));
}

/** @type {Map<string, Set<string>[]>} */
const knownColumns = new Map(Object.keys(COLUMNS).map((event) => [event, columnsOf(event)]));
const NO_COLUMNS = columnsOf("");

/** Check the parts of an entry that shows its act, and keep what is needed later.
 * @param {Log} log @param {(string | null)[]} values @param {number} number */
function readParts(log, values, number) {
  const parts = membersOf(values, number);
  const { event } = parts[0];
  const apart = isApart(parts);
  if (apart && parts.splice(1, 1)[0] === null) log.nameless.push(number);
  const shown = parts.filter((part) => part !== null);
  const names = shown.flatMap((part) => Object.keys(part));
  const columns = (apart && columnsOf(event, true)) || knownColumns.get(event) || NO_COLUMNS;
  const orders = parts.length > 5 ? [] : ordersOf(parts.slice(1), columns);
  const misplaced = Object.keys(parts[0]).some((name) => columns.some((column) => column.has(name)));
  if (misplaced || (apart && names.includes("by")) || new Set(names).size < names.length || !orders.length) {
    throw new NotVerified("parts", { entry: number });
  }
  if (SEALED.has(event)) log.sealed.push(number);
  if (shown.length < parts.length) log.lacking.set(number, { event, orders, names: new Set([...names, "by"]) });
  if (READ.has(event)) {
    const members = Object.fromEntries(shown.flatMap((part) => Object.entries(part)));
    log.events.set(number, { event, members });
  }
}

/** Check an entry and keep of it what is needed later. Returns its link.
 * @param {Log} log @param {Uint8Array} line Without its line feed. @param {number} number @param {Uint8Array} before */
function readEntry(log, line, number, before) {
  let entry;
  try {
    entry = canonical(textOf(line));
  } catch {
    throw new NotVerified("canonical", { entry: number });
  }
  const formed = isObject(entry) && hasMembers(entry, ["seq", "parts", "link"]);
  if (!formed || !isCount(entry.seq) || !isHex64(entry.link)) throw new NotVerified("shape", { entry: number });
  if (entry.seq !== number) throw new NotVerified("number", { entry: number, seq: entry.seq });
  const { link, values } = linkOf(entry.parts, number, before);
  const stated = bytesOf(entry.link);
  for (let i = 0; i < 32; i++) if (link[i] !== stated[i]) throw new NotVerified("link", { entry: number });
  if (values.length === 1 && values[0] === null) {
    log.sealed.push(number);
    log.lacking.set(number, { event: "", orders: [], names: new Set() });
  } else readParts(log, values, number);
  return link;
}

/** Whether bytes begin with a text of ASCII. @param {Uint8Array} bytes @param {string} text */
const beginsWith = (bytes, text) => [...text].every((sign, place) => bytes[place] === sign.charCodeAt(0));
const pause = () => new Promise((resolve) => setTimeout(resolve));

/** Read a log, and check its form and its chain. `progress` is told the part of it that was read.
 * @param {Uint8Array} bytes @param {(part: number) => void} progress */
export async function readLog(bytes, progress) {
  if (!beginsWith(bytes, '{"seq":')) throw new NotVerified("no_log", {}, NO_RECORD);
  if (beginsWith(bytes, '{"seq":1,"at":')) throw new NotVerified("format_1", {}, NO_RECORD);
  const log = new Log();
  let before = FIRST;
  let waited = performance.now();
  let start = 0;
  for (let number = 1; start < bytes.length; number++) {
    const end = bytes.indexOf(10, start);
    const length = (end < 0 ? bytes.length : end + 1) - start;
    if (length > LINE_LIMIT) throw new NotVerified("long", { entry: number, limit: LINE_LIMIT });
    if (end < 0) throw new NotVerified("incomplete", { entry: number });
    before = readEntry(log, bytes.subarray(start, end), number, before);
    log.links.push(before);
    start = end + 1;
    if (performance.now() - waited > 100) {
      progress(start / bytes.length);
      await pause();
      waited = performance.now();
    }
  }
  return log;
}
