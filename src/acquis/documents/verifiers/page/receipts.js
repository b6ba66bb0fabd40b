// @ts-check
// Receipts of acts and of ballots.

import { orElse } from "./events.js";
import { Checkpoint, checkProof } from "./notes.js";
import { outcomeOf } from "./outcomes.js";
import {
  FIRST,
  NotVerified,
  canonical,
  demand,
  fields,
  hasMembers,
  isCount,
  isHex32,
  isHex64,
  isObject,
  linkOf,
  membersOf,
  textOf,
} from "./reading.js";
import { bytesOf, same } from "./sha256.js";

const MEMBERS = ["acquis", "origin", "seq", "before", "parts", "link", "size", "root", "proof", "checkpoint"];

/** A receipt of an entry, whose parts, link, proof and checkpoint belong together. */
export class Receipt {
  /** @param {any} members @param {string} file */
  constructor(members, file) {
    this.file = file;
    /** @type {Checkpoint | null} */
    this.checkpoint = null;
    demand(hasMembers(members, MEMBERS) && typeof members.origin === "string" && Array.isArray(members.proof));
    demand([members.before, members.link, members.root, ...members.proof].every(isHex64));
    this.origin = members.origin;
    this.seq = members.seq;
    this.size = members.size;
    demand(isCount(this.seq) && isCount(this.size) && this.seq > 0 && this.seq <= this.size);
    this.before = bytesOf(members.before);
    this.link = bytesOf(members.link);
    this.root = bytesOf(members.root);
    const { link, values } = linkOf(members.parts, this.seq, this.before);
    this.parts = membersOf(values, this.seq);
    demand(!values.includes(null) && same(link, this.link));
    checkProof(link, this.seq - 1, this.size, members.proof.map(bytesOf), this.root);
    demand(typeof members.checkpoint === "string");
    if (members.checkpoint !== "") {
      this.checkpoint = new Checkpoint(members.checkpoint, file);
      const { origin, size, root } = this.checkpoint;
      demand(origin === this.origin && size === this.size && same(root, this.root));
    }
  }

  /** Find the receipt in a log. @param {import("./reading.js").Log} log @param {Map<number, Uint8Array>} roots
   * @param {import("./notes.js").Key[]} keys @param {import("./events.js").Result} result */
  async check(log, roots, keys, result) {
    const { file, seq, size } = this;
    if (keys.length && !keys.some((key) => key.name === this.origin)) throw new NotVerified("receipt", { file });
    await this.checkpoint?.check(keys, result);
    if (size > log.links.length) throw new NotVerified("shorter", { file, size, entries: log.links.length });
    const before = seq > 1 ? log.links[seq - 2] : FIRST;
    if (!same(before, this.before) || !same(log.links[seq - 1], this.link)) {
      throw new NotVerified("other_receipt", { file, entry: seq });
    }
    if (!same(roots.get(size), this.root)) throw new NotVerified("root", { file, size });
    const [said, facts] = this.fate(log);
    result.seen.push([said, { file, entry: seq, ...facts }]);
    const outcome = outcomeOf(log, seq, mergedInto(log, seq));
    if (outcome) result.seen.push([`outcome_${outcome[0]}`, { file, ...outcome[1] }]);
  }

  /** What became of the entry: the code of a sentence and further facts. @param {import("./reading.js").Log} log
   * @returns {[string, object]} */
  fate(log) {
    const erased = log.of("TextErased").find(([, members]) => members.entry === this.seq)?.[1];
    if (erased) {
      return ["receipt_erased", { reason: typeof erased.reason === "string" && erased.reason ? erased.reason : "–" }];
    }
    const into = mergedInto(log, this.seq);
    if (into) return ["receipt_merged", { into }];
    const lacking = log.lacking.get(this.seq);
    if (lacking?.event === "") return ["receipt_sealed", {}];
    const said = this.parts.flatMap((part) => Object.entries(part)).filter(([, value]) => !isNothing(value));
    return [!lacking || said.every(([name]) => lacking.names.has(name)) ? "receipt_good" : "receipt_lacks", {}];
  }
}

/** Whether a value says nothing. @param {any} value */
const isNothing = (value) =>
  value === 0 || value === "" || value === false || (Array.isArray(value) && value.length === 0);

/** The question into which a question was merged, unless that was taken back or it was split off again; or 0.
 * @param {import("./reading.js").Log} log @param {number} question */
function mergedInto(log, question) {
  const undone = new Set(log.of("ActTakenBack").map(([, members]) => members.entry));
  let into = 0;
  for (const [seq, { event, members }] of log.events) {
    if (!["QuestionMerged", "QuestionSplit"].includes(event) || members.question !== question) continue;
    if (undone.has(seq)) continue;
    into = event === "QuestionMerged" && isCount(members.into) ? members.into : 0;
  }
  return into;
}

/** A receipt of a ballot: its id, and the choices for statements. */
export class BallotReceipt {
  /** @param {any} members @param {string} file */
  constructor(members, file) {
    this.file = file;
    this.size = 0;
    demand(hasMembers(members, ["acquis", "origin", "ballot", "choices"]));
    const [origin, ballot, choices] = fields(members, { origin: "string", ballot: "string", choices: "list" });
    this.origin = origin;
    this.ballot = ballot;
    this.choices = choices;
    demand(isHex32(ballot) && choices.length);
    for (const [place, chosen] of choices.entries()) {
      demand(Array.isArray(chosen) && chosen.length === 2 && isCount(chosen[0]) && ["+", "-", "0"].includes(chosen[1]));
      demand(place === 0 || choices[place - 1][0] < chosen[0]);
    }
  }

  /** Find the ballot in a log, with these choices and no other vote. @param {import("./reading.js").Log} log
   * @param {Map<number, Uint8Array>} _roots @param {import("./notes.js").Key[]} keys
   * @param {import("./events.js").Result} result */
  async check(log, _roots, keys, result) {
    const { file } = this;
    if (keys.length && !keys.some((key) => key.name === this.origin)) throw new NotVerified("receipt", { file });
    const published = log.of("BallotsPublished")[0]?.[1];
    if (!published) {
      result.unchecked.push(["no_ballots_yet", { file }]);
      return await Promise.resolve();
    }
    const [statements, ballots] = fields(published, { statements: "list", ballots: "list" });
    const line = ballots.find((ballot) => ballot.startsWith(this.ballot)) ?? "";
    const cast = [...line.slice(32)].map((choice, place) => [statements[place], choice]);
    if (JSON.stringify(cast.filter(([, choice]) => choice !== ".")) !== JSON.stringify(this.choices)) {
      throw new NotVerified("other_ballot", { file });
    }
    result.seen.push(["ballot_good", { file }]);
  }
}

/** A receipt of an entry or of a ballot. @param {Uint8Array} content @param {string} file */
export function readReceipt(content, file) {
  return orElse(
    () => {
      const text = textOf(content);
      const members = canonical(text.endsWith("\n") ? text.slice(0, -1) : text);
      demand(isObject(members) && ["receipt", "ballot"].includes(members.acquis));
      return members.acquis === "receipt" ? new Receipt(members, file) : new BallotReceipt(members, file);
    },
    "receipt",
    { file },
  );
}
