// @ts-check
// The page: what is chosen or dropped, and the answer in the language of the reader.

import { answer } from "./bundle.js";
import { NO_RECORD, NotVerified } from "./reading.js";
import { checkedSha256 } from "./sha256.js";
import { TOTAL_LIMIT, unzipped, withoutFolder } from "./zip.js";

/** @param {string} id @returns {any} */
const element = (id) => document.getElementById(id);
/** Language -> its name, its direction and its messages. @type {Record<string, any>} */
const LANGUAGES = JSON.parse(element("messages").textContent);
let language = "en";
/** @type {{files: import("./zip.js").RecordFile[], name: string} | null} */
let chosen = null;
/** @type {{status: number, said: [string, any][]} | null} */
let last = null;

/** A message with its facts. @param {string} code @param {any} facts */
function message(code, facts = {}) {
  const text = LANGUAGES[language].messages[code] ?? LANGUAGES.en.messages[code];
  return text.replace(/\{(\w+)\}/g, (placeholder, name) => (name in facts ? String(facts[name]) : placeholder));
}

/** Put every text of the page into a language. @param {string} name */
function speak(name) {
  language = name;
  document.documentElement.lang = name;
  document.documentElement.dir = LANGUAGES[name].dir;
  document.title = message("title");
  for (const text of document.querySelectorAll("[data-say]")) {
    text.textContent = message(/** @type {HTMLElement} */ (text).dataset.say);
  }
  showChosen();
  if (last) showAnswer(last);
}

function showChosen() {
  element("chosen").textContent = chosen ? message("chosen", { name: chosen.name }) : message("nothing_chosen");
}

/** @param {{status: number, said: [string, any][]}} given */
function showAnswer(given) {
  last = given;
  const [verdict, ...sentences] = given.said;
  element("verdict").textContent = message(...verdict);
  element("answer").dataset.status = String(given.status);
  element("sentences").replaceChildren(
    ...sentences.map(([code, facts]) => {
      const item = document.createElement("li");
      item.textContent = message(code, facts);
      return item;
    }),
  );
  element("answer").hidden = false;
}

/** @param {File} file @returns {import("./zip.js").RecordFile} */
const recordFile = (file) => ({
  name: file.webkitRelativePath || file.name,
  plain: true,
  read: async () => {
    if (file.size > TOTAL_LIMIT) throw new NotVerified("too_large", { file: file.name, limit: TOTAL_LIMIT }, NO_RECORD);
    return new Uint8Array(await file.arrayBuffer());
  },
});

/** @param {import("./zip.js").RecordFile[]} files @param {string} name */
function choose(files, name) {
  chosen = files.length ? { files, name } : null;
  showChosen();
}

/** Whatever was chosen, as a question. @param {import("./zip.js").RecordFile[]} files */
async function questionOf(files) {
  const bytes = files.length === 1 ? await files[0].read() : null;
  const zipped = bytes && bytes[0] === 80 && bytes[1] === 75;
  const whole = !bytes || zipped || files[0].name.includes("/");
  const own = zipped ? unzipped(bytes, files[0].name) : whole ? withoutFolder(files) : files;
  const beside = [...element("beside").files].map(async (file) => ({
    name: file.name,
    bytes: await recordFile(file).read(),
  }));
  const noted = { head: element("head").value, key: element("key").value.trim() };
  return { files: own, whole, ...noted, beside: await Promise.all(beside) };
}

/** @param {Event} event */
async function verifyChosen(event) {
  event.preventDefault();
  if (!chosen) {
    element("chosen").textContent = message("choose_first");
    element("record").focus();
    return;
  }
  element("answer").hidden = true;
  element("progress").hidden = false;
  element("verify").disabled = true;
  try {
    const asked = await questionOf(chosen.files);
    showAnswer(await answer(asked, (part) => (element("read").value = part)));
  } catch (error) {
    const why = error instanceof NotVerified ? error : new NotVerified("unreadable", { file: chosen.name }, NO_RECORD);
    showAnswer({ status: why.status, said: [["not_record", {}], [why.why, why.named]] });
  }
  element("progress").hidden = true;
  element("verify").disabled = false;
}

/** All files of a dropped folder; a folder inside is one that a record does not contain. @param {any} entry
 * @returns {Promise<import("./zip.js").RecordFile[]>} */
async function filesOfEntry(entry) {
  if (entry.isFile) return [recordFile(await new Promise((resolve, reject) => entry.file(resolve, reject)))];
  const reader = entry.createReader();
  const files = [];
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return files;
    for (const inner of some) {
      const [file] = inner.isFile ? await filesOfEntry(inner) : [];
      const none = () => Promise.resolve(new Uint8Array());
      files.push({ plain: inner.isFile, read: file?.read ?? none, name: `${entry.name}/${inner.name}` });
    }
  }
}

/** @param {DragEvent} event */
async function dropped(event) {
  event.preventDefault();
  element("drop").classList.remove("over");
  const items = [...event.dataTransfer.items].map((item) => ({
    entry: item.webkitGetAsEntry?.(),
    file: item.getAsFile(),
  }));
  const known = items.filter(({ entry, file }) => entry || file);
  const read = ({ entry, file }) => (entry ? filesOfEntry(entry) : [recordFile(file)]);
  const files = (await Promise.all(known.map(read))).flat();
  const [only] = known;
  choose(files, known.length === 1 ? (only.entry ?? only.file).name : message("files", { n: files.length }));
}

function listen() {
  element("form").addEventListener("submit", verifyChosen);
  element("record").addEventListener("change", () => {
    const files = [...element("record").files];
    choose(files.map(recordFile), files.length === 1 ? files[0].name : message("files", { n: files.length }));
  });
  element("folder").addEventListener("change", () => {
    const files = [...element("folder").files];
    choose(files.map(recordFile), files[0]?.webkitRelativePath.split("/")[0] ?? "");
  });
  document.addEventListener("drop", dropped);
  document.addEventListener("dragover", (event) => {
    event.preventDefault();
    element("drop").classList.add("over");
  });
  document.addEventListener("dragleave", () => element("drop").classList.remove("over"));
  element("language").addEventListener("change", () => speak(element("language").value));
}

async function start() {
  const names = Object.keys(LANGUAGES);
  element("language").replaceChildren(...names.map((name) => new Option(LANGUAGES[name].name, name)));
  element("languages").hidden = names.length === 1;
  const wanted = navigator.languages.find((name) => name in LANGUAGES || name.split("-")[0] in LANGUAGES) ?? "en";
  speak(wanted in LANGUAGES ? wanted : wanted.split("-")[0]);
  element("language").value = language;
  listen();
  if (await checkedSha256()) element("verify").disabled = false;
  else element("chosen").textContent = message("wrong_browser");
}

start();
