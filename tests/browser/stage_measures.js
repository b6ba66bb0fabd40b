// What the tests of the room screen do in the page: `set` changes its texts, `wrong` measures where they stand.
({
  set([changes, font, part, captions]) {
    document.querySelector("#font").textContent = font ? `* { font-family: "${font}" !important; }` : "";
    for (const [selector, texts, classes] of changes) {
      document.querySelectorAll(selector).forEach((el, place) => {
        (el.querySelector("bdi") ?? el).textContent = texts[place % texts.length];
        if (!el.classList.contains("fit")) return;
        el.className = `${el.className.replace(/\b[mn]\d+-\d+\b|\btall\b/g, "")} ${classes}`;
      });
    }
    const top = document.querySelector(".part");
    if (top) top.className = `part fit ${part}`;
    const lines = document.querySelector("#stage_captions");
    if (lines) lines.innerHTML = captions.map((text) => `<p dir="auto">${text}</p>`).join("");
  },

  wrong() {
    const INK = 6;
    const TEXTS = [
      ".stage-top .brand", ".rehearsal", ".stage-part > *", ".banner .fit", ".stage .fit", ".stage .label", ".stage img",
      ".arch-clock b", ".arch-clock i", ".support", ".tally", ".group-name", ".group-share", ".counts", ".stage-foot",
      ".captions-strip", ".stage-clock .timer b", ".stage-clock .timer i", ".stage-clock .segment",
    ].join();
    const BOXES = ".slot, .stage, .stage-paper, .stage-now, .scene, .stage-side, .stage-next, .stage-captions, .areas";
    const wrong = [];
    const seen = (el) => el.getClientRects().length > 0 && !el.closest(".vh") && el.textContent.trim() + el.tagName !== "P";
    const said = (el) => `${el.id || el.className} "${el.textContent.trim().slice(0, 24)}"`;
    const size = (box) => `${Math.round(box.width)}x${Math.round(box.height)}`;
    const texts = [...document.querySelectorAll(TEXTS)].filter(seen);
    const boxes = texts.map((el) => el.getBoundingClientRect());
    const beyond = (box, room, slack) => box.left < room.left - slack || box.right > room.right + slack
      || box.top < room.top - slack || box.bottom > room.bottom + slack;
    const screen = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
    texts.forEach((el, place) => {
      const box = boxes[place];
      if (beyond(box, screen, 1)) wrong.push(`off the screen: ${said(el)}`);
      if (el.clientWidth && el.scrollWidth > el.clientWidth + 1) wrong.push(`too wide: ${said(el)} ${el.scrollWidth} in ${el.clientWidth}`);
      const slot = el.classList.contains("fit") && el.parentElement.closest(".slot");
      if (slot && beyond(box, slot.getBoundingClientRect(), 1.5)) {
        wrong.push(`out of its slot: ${said(el)} ${size(box)} in ${size(slot.getBoundingClientRect())}`);
      }
      for (let other = place + 1; other < texts.length; other += 1) {
        if (el.contains(texts[other]) || texts[other].contains(el)) continue;
        const across = Math.min(box.right, boxes[other].right) - Math.max(box.left, boxes[other].left);
        const down = Math.min(box.bottom, boxes[other].bottom) - Math.max(box.top, boxes[other].top);
        if (Math.min(across, down) > INK) wrong.push(`overlap: ${said(el)} and ${said(texts[other])}, ${Math.round(across)}x${Math.round(down)}`);
      }
    });
    for (const box of [...document.querySelectorAll(BOXES)].filter(seen)) {
      // Letters of some fonts are higher than their lines: their ink is no text that is cut.
      const letters = [...box.querySelectorAll(".fit")].map((el) => 0.3 * parseFloat(getComputedStyle(el).fontSize));
      if (box.scrollHeight > box.clientHeight + Math.max(2, ...letters) || box.scrollWidth > box.clientWidth + 2) {
        wrong.push(`cut: ${said(box)} ${box.scrollWidth}x${box.scrollHeight} in ${box.clientWidth}x${box.clientHeight}`);
      }
    }
    const name = document.querySelector(".stage-now .name");
    if (name && seen(name) && parseFloat(getComputedStyle(name).fontSize) < innerWidth / 100) wrong.push(`too small: ${said(name)}`);
    const clock = document.querySelector(".stage-clock .timer b");
    if (clock && seen(clock) && parseFloat(getComputedStyle(clock).fontSize) < innerHeight / 4) wrong.push("the clock is too small");
    return wrong;
  },
});
