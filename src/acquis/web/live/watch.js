// @ts-check
// A page of a session without regions: it is fetched again when the session has moved on.
import { arrived } from "./current.js";
import { follow } from "./follow.js";

document.documentElement.classList.add("scripted");
follow(document.body.dataset.stream, { frame: arrived, connected: () => {} });
