// What the tests of every page do in an open page: for each shape of its text, what is wider than the screen, cut or covered.
(shapes) => {
  const page = document.documentElement;
  const before = page.dir;
  const dress = (css) => {
    const sheet = new CSSStyleSheet();  // unlike a style element, the content security policy has nothing against it
    sheet.replaceSync(css);
    document.adoptedStyleSheets = css ? [sheet] : [];
  };
  const said = (el) => el.outerHTML.replace(/\s+/g, " ").slice(0, 140);
  const style = (el) => getComputedStyle(el);
  // Styles are asked for once for each element and shape, since to ask takes longer than all else.
  const answers = [];
  const once = (ask) => {
    const known = new Map();
    answers.push(known);
    return (el) => {
      if (!known.has(el)) known.set(el, ask(el));
      return known.get(el);
    };
  };
  // Made for screen readers only, or cut off at a number of lines with an ellipsis.
  const hidden = once((el) => style(el).clipPath !== "none" || style(el).webkitLineClamp !== "none"
    || style(el.parentElement ?? el).webkitLineClamp !== "none");
  // The box that scrolls what is in it up and down; null: the page does.
  const scroller = once((el) => (el === document.body ? null : /auto|scroll/.test(style(el).overflowY) ? el : scroller(el.parentElement)));
  const scrolls = once((el) => el !== document.body && (style(el).overflowX !== "visible" || scrolls(el.parentElement)));
  const floats = once((el) => el !== document.body && (/fixed|sticky|absolute/.test(style(el).position) || floats(el.parentElement)));

  const wide = (all) => {
    if (page.scrollWidth <= page.clientWidth) return [];
    const out = all.filter((el) => {
      const box = el.getBoundingClientRect();
      return (box.right > innerWidth + 1 || box.left < -1) && !el.matches(".skip");
    });
    const outside = out.filter((el) => !scrolls(el.parentElement));
    return (outside.length ? outside : out).map((el) => `wider than the screen: ${said(el)}`);
  };
  const cut = (all) => all
    .filter((el) => (el.scrollWidth > el.clientWidth + 1 && /hidden|clip/.test(style(el).overflowX))
      || (el.scrollHeight > el.clientHeight + 1 && /hidden|clip/.test(style(el).overflowY)))
    .filter((el) => !el.matches("svg *, input, select, textarea") && el.clientWidth > 1)
    .filter((el) => !hidden(el))
    .map((el) => `cut: ${said(el)}`);

  // The lines of all texts, and the boxes of all controls. A letter box is higher than its line, so that its middle counts.
  const boxes = () => {
    const found = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const el = texts.currentNode.parentElement;
      if (!texts.currentNode.data.trim() || el.closest("svg, .vh, .skip, option, template, script") || !el.checkVisibility()) continue;
      if (hidden(el) || floats(el)) continue;
      const range = document.createRange();
      range.selectNodeContents(texts.currentNode);
      const scrolled = scroller(el)?.getBoundingClientRect();
      for (const { left, right, top, bottom } of range.getClientRects()) {
        if (scrolled && (bottom > scrolled.bottom + 4 || top < scrolled.top - 4)) continue;  // it can be scrolled to
        const ink = (bottom - top) * 0.3;
        if (right - left > 2) found.push({ el, left: left + 1, right: right - 1, top: top + ink, bottom: bottom - ink });
      }
    }
    for (const el of document.querySelectorAll("button, input, select, textarea, img, .button")) {
      const box = el.getBoundingClientRect();
      const scrolled = scroller(el)?.getBoundingClientRect();
      if (scrolled && (box.bottom > scrolled.bottom + 4 || box.top < scrolled.top - 4)) continue;  // it can be scrolled to
      if (box.width > 2 && el.checkVisibility() && !floats(el)) {
        found.push({ el, left: box.left + 1, right: box.right - 1, top: box.top + 1, bottom: box.bottom - 1 });
      }
    }
    return found.sort((one, other) => one.top - other.top);
  };
  const covered = () => {
    const all = boxes();
    const wrong = [];
    all.forEach((box, place) => {
      for (let next = place + 1; next < all.length && all[next].top < box.bottom; next += 1) {
        const other = all[next];
        if (box.el.contains(other.el) || other.el.contains(box.el)) continue;
        if (box.left < other.right && other.left < box.right) wrong.push(`covered: ${said(box.el)} by ${said(other.el)}`);
      }
    });
    return wrong;
  };

  const wrong = [];
  for (const { name, family, advance, css, dir } of shapes) {
    let rules = css ?? "";
    if (family) {
      const pen = document.createElement("canvas").getContext("2d");
      const words = "Which group of states may follow up on norms and how";
      const quoted = [...family.split(", ").map((one) => `"${one}"`), "sans-serif"].join(", ");
      pen.font = `100px ${quoted}`;
      const own = pen.measureText(words).width / 100 / words.length;
      const space = Math.min(Math.max(own, advance[0]), advance[1]) - own;
      rules = `* { font-family: ${quoted} !important; letter-spacing: ${space}em !important }`;
    }
    dress(rules);
    for (const known of answers) known.clear();
    page.dir = dir ?? before;
    const all = Array.from(document.querySelectorAll("body *"));
    wrong.push(...[...wide(all).slice(0, 4), ...cut(all).slice(0, 4), ...covered().slice(0, 4)].map((text) => `${name}: ${text}`));
  }
  dress("");
  page.dir = before;
  return wrong;
}
