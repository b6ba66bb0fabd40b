// @ts-check
// No caption is missing in the middle. A frame has only the newest lines: if as many as it holds are new here, others may
// have come before them while nobody looked at the page. The page is then fetched again, and has them.
import { all, byId } from "../../shared/dom.js";
import { renew } from "../../live/current.js";

let gap = false;

/** @param {Element} line */
const number = (line) => Number(line.id.slice(1));

document.addEventListener("lines", (event) => {
  if (event.detail.filter((id) => !document.getElementById(id)).length < Number(byId("captions").dataset.holds)) return;
  gap = true;
  renew();
});

document.addEventListener("renewed", (event) => {
  const lines = all("#lines > [id]", event.detail.page);
  if (!gap || !lines.length) return;
  gap = false;
  const list = byId("lines");
  while (list.firstElementChild && !(number(list.firstElementChild) >= number(lines[0]))) list.firstElementChild.remove();
  for (const line of lines) {
    if (document.getElementById(line.id)) continue;
    list.insertBefore(line, all("[id]", list).find((later) => number(later) > number(line)) ?? null);
  }
});
