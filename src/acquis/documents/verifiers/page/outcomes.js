// @ts-check
// What became of a question, a statement or a written contribution after the session.

import { isCount, isObject } from "./reading.js";

/** An input of a person -> the member by which later events name it. */
const ABOUT = {
  QuestionAsked: "question",
  StatementProposed: "statement",
  StatementSeeded: "statement",
  ContributionWritten: "contribution",
};
/** @type {Record<string, string>} */
const REVIEWED = { QuestionApproved: "", StatementOpened: "", ContributionApproved: "" };
for (const kind of ["Question", "Statement", "Contribution"]) {
  REVIEWED[`${kind}HeldBack`] = "held_back";
  REVIEWED[`${kind}Withdrawn`] = "withdrawn";
}
/** @type {Record<string, string>} */
const ANSWERED = {
  QuestionPut: "",
  QuestionReopened: "",
  QuestionSplit: "",
  QuestionAnswered: "answered",
  AnswerWritten: "answered_in_writing",
};
const REASONS = new Set([
  ...["on_record", "result_published", "not_reached", "not_reviewed", "off_topic", "said_before", "no_proposal"],
  "no_agreement",
]);

/** A text of an object; empty if it is none. @param {any} members @param {string} name */
const textIn = (members, name) => (typeof members[name] === "string" ? members[name] : "");

/** The code of the sentence for an input that the report does not use. @param {string} reason @param {string} words
 * @returns {[string, object]} */
const unused = (reason, words) =>
  REASONS.has(reason) ? [`not_used_${reason}`, {}] : ["not_used", { reason: words || reason || "–" }];

/** Whether a list of an object contains an entry. @param {any} members @param {string} name @param {number} entry */
const isIn = (members, name, entry) => Array.isArray(members[name]) && members[name].includes(entry);

/** The sentences of a report in their order. @param {any} report @returns {any[]} */
function sentencesOf(report) {
  const parts = ["takeaways", "calls_to_action", "consensus", "concern"].map((name) => report[name]);
  const sections = Array.isArray(report.sections) ? report.sections.filter(isObject) : [];
  return [...parts, ...sections.map((section) => section.paragraphs)].filter(Array.isArray).flat().filter(isObject);
}

/** The members of an entry with those of its last masked form. @param {import("./reading.js").Log} log
 * @param {number} seq */
function whole(log, seq) {
  const masks = log.of("TextMasked").filter(([, members]) => members.entry === seq && "shown" in members);
  return { ...log.events.get(seq).members, ...(masks.length ? JSON.parse(masks.at(-1)[1].shown) : {}) };
}

/** What the team stated. @param {any} members @param {number} entry @returns {[string, object] | null} */
function statedOf(members, entry) {
  const { fate, into, inputs } = members;
  const who = textIn(members, "who");
  if (fate === "merged") return [fate, { into: (Array.isArray(into) ? into[inputs.indexOf(entry)] : null) ?? "–" }];
  if (fate === "answered" || fate === "answered_in_writing") return who ? [`${fate}_by`, { who }] : [fate, {}];
  if (fate === "deferred") return [fate, { to: textIn(members, "to") || "–" }];
  return fate === "not_used" ? unused(textIn(members, "reason"), textIn(members, "words")) : null;
}

/** Whether and how a question was answered. @param {string[]} about The kinds of the events about it. @param {any} own
 * @param {number} into The question into which it was merged; or 0. */
function answeredOf(about, own, into) {
  if (into) return "";
  let answered = own.answered === true ? "answered" : "";
  for (const kind of about) {
    if (kind in ANSWERED && !(kind === "AnswerWritten" && answered === "answered")) answered = ANSWERED[kind];
  }
  return answered;
}

/** Whether everybody could read an input without a moderator. @param {import("./reading.js").Log} log
 * @param {string} event @param {any} own */
function needsNoReview(log, event, own) {
  const settings = log.of("ProgrammePublished").at(-1)?.[1].settings;
  const free = isObject(settings) && settings.moderated === false && event !== "StatementProposed";
  return free || event === "StatementSeeded" || Boolean(own.origin || own.source);
}

/** The code of a sentence and its facts; null if nothing is said, or if the entry is nothing of the kind.
 * @param {import("./reading.js").Log} log @param {number} entry @param {number} into The question into which it was
 * merged; or 0. @returns {[string, object] | null} */
export function outcomeOf(log, entry, into) {
  const { event, members: own } = log.events.get(entry) ?? {};
  if (!Object.hasOwn(ABOUT, event ?? "")) return null;
  const undone = new Set(log.of("ActTakenBack").map(([, members]) => members.entry));
  const about = [...log.events]
    .filter(([seq, { members }]) => !undone.has(seq) && members[ABOUT[event]] === entry)
    .map(([, other]) => other.event);
  const reviewed = about.filter((kind) => kind in REVIEWED).map((kind) => REVIEWED[kind]);
  if (reviewed.at(-1)) return [reviewed.at(-1), {}];
  const last = log.of("ReportPublished").at(-1);
  const report = last ? whole(log, last[0]) : {};
  const citing = sentencesOf(report).filter((sentence) => isIn(sentence, "cites", entry));
  if (citing.length) return ["taken_up", { n: citing.length, text: textIn(citing[0], "text") || "–" }];
  const stated = log.of("FatesStated").filter(([, members]) => isIn(members, "inputs", entry)).at(-1);
  if (stated) return statedOf(whole(log, stated[0]), entry);
  const answered = answeredOf(about, own, into);
  if (answered) return [answered, {}];
  const rest = textIn(report, "rest");
  if (!rest || !isCount(report.upto) || report.upto < entry) return null;
  return unused(reviewed.length || needsNoReview(log, event, own) ? rest : "not_reviewed", "");
}
