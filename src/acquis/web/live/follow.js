// @ts-check
// Follow a stream of frames; a long poll does where a proxy holds the stream back. What is lost is asked for again.

const REFUSED = [401, 403];

/** Say in the page that the access link is over, once. */
function tell() {
  /** @type {HTMLTemplateElement | null} */
  const template = document.querySelector("#link-ended");
  if (template && !document.querySelector("[data-link-ended]")) document.querySelector("main").prepend(document.importNode(template.content, true));
}

/** @param {string} url the address of the stream
 *  @param {object} listener
 *  @param {(frame: Frame) => void} listener.frame takes each frame
 *  @param {(yes: boolean) => void} listener.connected is told when the connection comes and goes
 *  @param {() => void} [listener.ended] is told when the reader may no longer follow; nothing is asked for after it
 *  @param {() => number} listener.seq the number of the last entry shown
 *  @returns {{ pause: () => void, resume: () => void }} */
export function follow(url, { frame, connected, ended, seq }) {
  /** @type {EventSource | null} */
  let source = null;
  let paused = false;
  let over = false;
  let failures = 0;
  let polls = 0;

  /** @param {() => void} next */
  function later(next) {
    failures += 1;
    const pause = Math.min(500 * 2 ** failures, 10000) + Math.random() * 500;
    setTimeout(next, pause);
  }

  /** @param {string} person */
  const reader = (person) => document.dispatchEvent(new CustomEvent("reader", { detail: person }));

  /** The reader may not follow this any more. Who has to join again gets the page of those who have not joined.
   *  @param {Response} answer */
  async function refused(answer) {
    over = true;
    source?.close();
    const { refused } = await answer.json().catch(() => ({ refused: "" }));
    if (refused === "join_first") return reader("-");
    tell();
    ended?.();
  }

  /** @param {number} after the number of the last entry that is known; -1 for an answer at once */
  const request = (after) => fetch(`${url}?poll=${after}`, { headers: { accept: "application/json" } });

  /** A stream that was closed does not say why: ask, and stop if the reader may not follow it. */
  async function ask() {
    const answer = await request(-1).catch(() => null);
    if (answer && REFUSED.includes(answer.status)) await refused(answer);
    else later(connect);
  }

  async function poll() {
    if (paused || over) return;
    try {
      const answer = await request(seq());
      if (REFUSED.includes(answer.status)) return await refused(answer);
      if (!answer.ok) throw new Error(String(answer.status));
      reader(answer.headers.get("acquis-reader"));
      frame(await answer.json());
      connected(true);
      failures = 0;
      setTimeout(poll, 500);
    } catch {
      connected(false);
      later(polls > 2 ? poll : connect);
    }
  }

  function connect() {
    if (source) source.close();
    if (paused || over) return;
    source = new EventSource(url);
    const mine = source;
    // Some proxies hold a stream back for ever: after 5 s without a frame a long poll has to do.
    const race = setTimeout(() => {
      if (mine.readyState === EventSource.CLOSED) return;
      mine.close();
      polls += 1;
      poll();
    }, 5000);
    mine.addEventListener("frame", (event) => {
      clearTimeout(race);
      failures = 0;
      connected(true);
      frame(JSON.parse(event.data));
    });
    mine.addEventListener("reader", (event) => reader(event.data));
    mine.onerror = () => {
      clearTimeout(race);
      connected(false);
      if (mine.readyState === EventSource.CLOSED && mine === source) ask();
    };
  }

  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && source?.readyState === EventSource.CLOSED && !polls) connect();
  });
  connect();
  return {
    /** Follow nothing for the time being. */
    pause() {
      paused = true;
      source?.close();
    },
    /** Go on; the first frame is a whole one. */
    resume() {
      if (!paused) return;
      paused = false;
      connect();
    },
  };
}
