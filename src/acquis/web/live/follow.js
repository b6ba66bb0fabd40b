// @ts-check
// Follow a stream of frames; a long poll does where a proxy holds the stream back. What is lost is asked for again.

/** @param {string} url the address of the stream
 *  @param {object} listener
 *  @param {(frame: Frame) => void} listener.frame takes each frame
 *  @param {(yes: boolean) => void} listener.connected is told when the connection comes and goes
 *  @param {() => number} listener.seq the number of the last entry shown
 *  @returns {{ pause: () => void, resume: () => void }} */
export function follow(url, { frame, connected, seq }) {
  /** @type {EventSource | null} */
  let source = null;
  let paused = false;
  let failures = 0;
  let polls = 0;

  /** @param {() => void} next */
  function later(next) {
    failures += 1;
    const pause = Math.min(500 * 2 ** failures, 10000) + Math.random() * 500;
    setTimeout(next, pause);
  }

  async function poll() {
    if (paused) return;
    try {
      const answer = await fetch(`${url}?poll=${seq()}`, { headers: { accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
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
    if (paused) return;
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
    mine.addEventListener("reader", (event) => document.dispatchEvent(new CustomEvent("reader", { detail: event.data })));
    mine.onerror = () => {
      clearTimeout(race);
      connected(false);
      if (mine.readyState === EventSource.CLOSED && mine === source) later(connect);
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
