// @ts-check
// Follow a stream of frames. While it is silent, long polls stand in for it: some proxies hold a stream back, and a
// server may be slow. Either begins after the last frame that is here. The first frame of the stream ends the polls.
// A page that nobody sees follows nothing: a browser has six connections to a server that does not speak HTTP/2.

/** After so long without a frame the polls begin. */
const SILENT_MS = 5000;
/** After so much longer the stream is closed and opened again. */
const HELD_MS = 15000;
/** A stream that works is not silent for so long: every 25 s a frame tells the time. */
const QUIET_MS = 60000;

/** Say in the page that the access link is over, once. */
function tell() {
  /** @type {HTMLTemplateElement | null} */
  const template = document.querySelector("#link-ended");
  if (template && !document.querySelector("[data-link-ended]")) document.querySelector("main").prepend(document.importNode(template.content, true));
}

/** Somewhere around so long, so that a full hall does not come in the same moment. @param {number} ms */
const around = (ms) => ms * (0.5 + Math.random());

/** How long to wait after so many failures in a row. @param {number} failures */
const pauseAfter = (failures) => around(Math.min(500 * 2 ** failures, 10000));

/** @param {string} person */
const reader = (person) => document.dispatchEvent(new CustomEvent("reader", { detail: person }));

/** @param {string} url the address of the stream
 *  @param {object} listener
 *  @param {(frame: Frame) => void} listener.frame takes each frame
 *  @param {(yes: boolean) => void} listener.connected is told when the connection comes and goes
 *  @param {() => void} [listener.ended] is told when the reader may no longer follow; nothing is asked for after it */
export function follow(url, { frame, connected, ended }) {
  /** @type {EventSource | null} */
  let source = null;
  /** @type {AbortController | null} ends the polls that stand in for the stream */
  let polls = null;
  let over = false;
  /** Whether anything came since the page was seen. */
  let heard = false;
  let failures = 0;
  let timer = 0;
  let number = -1;
  let at = 0;

  /** @param {Frame} fresh */
  function take(fresh) {
    ({ number, at } = fresh);
    heard = true;
    connected(true);
    frame(fresh);
  }

  function stop() {
    clearTimeout(timer);
    source?.close();
    polls?.abort();
    polls = null;
    heard = false;
  }

  /** The reader may not follow this any more. Who has to join again gets the page of those who have not joined.
   *  @param {Response} answer */
  async function refused(answer) {
    over = true;
    stop();
    const { refused } = await answer.json().catch(() => ({ refused: "" }));
    if (refused === "join_first") return reader("-");
    tell();
    ended?.();
  }

  async function poll() {
    if (polls) return;
    polls = new AbortController();
    const { signal } = polls;
    for (let failed = 0; !signal.aborted;) {
      try {
        const answer = await fetch(`${url}?poll=${heard ? number : -1}`, { headers: { accept: "application/json" }, signal });
        if (answer.status === 401 || answer.status === 403) return await refused(answer);
        if (!answer.ok) throw answer;
        const fresh = await answer.json();
        reader(answer.headers.get("acquis-reader"));
        take(fresh);
        failed = 0;
      } catch {
        if (signal.aborted) return;
        connected(false);
        failed++;
      }
      await new Promise((done) => setTimeout(done, pauseAfter(failed)));
    }
  }

  function again() {
    clearTimeout(timer);
    source?.close();
    failures++;
    timer = setTimeout(connect, pauseAfter(failures));
  }

  function connect() {
    if (document.hidden) return;
    const mine = new EventSource(`${url}?after=${number}`);
    source = mine;
    /** Do without the stream if it says nothing for so long. @param {number} ms */
    const expect = (ms) => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        if (!heard) connected(false);
        poll();
        timer = setTimeout(again, HELD_MS);
      }, ms);
    };
    mine.addEventListener("frame", (event) => {
      const fresh = JSON.parse(event.data);
      // A proxy that lets a frame go when the next ones push it sends what the polls have shown long ago.
      if (polls && fresh.at < at) return again();
      polls?.abort();
      polls = null;
      failures = 0;
      expect(QUIET_MS);
      take(fresh);
    });
    mine.addEventListener("reader", (event) => reader(event.data));
    mine.onerror = () => {
      if (!polls) connected(false);
      if (mine.readyState !== EventSource.CLOSED) return expect(SILENT_MS);
      // A stream that was closed does not say why; a poll does.
      poll();
      again();
    };
    expect(SILENT_MS);
  }

  // Nothing tells a stream that its network is gone; a form that could not be sent does.
  addEventListener("lost", () => {
    if (over) return;
    connected(false);
    again();
  });
  document.addEventListener("visibilitychange", () => {
    stop();
    if (!over) connect();
  });
  connect();
}
