// @ts-check
// A page of a session without regions: it is fetched again when the session has moved on. While nobody looks at it, it
// follows nothing: a browser has six connections to a server, and the screens of the session need them.
import { arrived } from "./current.js";
import { follow } from "./follow.js";

document.documentElement.classList.add("scripted");
const pause = follow(document.body.dataset.stream, { frame: arrived, connected: () => {} });
document.addEventListener("visibilitychange", () => {
  if (document.hidden) pause();
});
if (document.hidden) pause();
