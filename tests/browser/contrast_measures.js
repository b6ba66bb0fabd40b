// What the tests do in an open page to find text that cannot be read: the contrast of each text with what is behind it,
// by the formula of WCAG 2.
() => {
  const least = (style) => {
    const size = parseFloat(style.fontSize);
    return size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
  };
  // [red, green, blue, opacity], each from 0 to 1, of a computed colour: "rgb(1, 2, 3)", or "color(srgb 0.1 0.2 0.3 / 0.5)".
  const colour = (text) => {
    const parts = text.match(/[\d.]+(?:e-?\d+)?/g).map(Number);
    if (!/^rgba?\(|^color\(srgb /.test(text)) throw new Error(`a colour of a kind that is not known: ${text}`);
    const scale = text.startsWith("rgb") ? 255 : 1;
    return [...parts.slice(0, 3).map((part) => part / scale), parts[3] ?? 1];
  };
  const over = (above, below) => [
    ...[0, 1, 2].map((part) => above[part] * above[3] + below[part] * (1 - above[3])),
    above[3] + below[3] * (1 - above[3]),
  ];
  const luminance = (of) => {
    const [red, green, blue] = of.slice(0, 3).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (one, other) => {
    const [darker, brighter] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (brighter + 0.05) / (darker + 0.05);
  };
  const kept = new Map();
  // What is behind the text of an element: null where it is a picture. What is outside of the root is the canvas.
  const ground = (el) => {
    if (!el) return matchMedia("(prefers-color-scheme: dark)").matches ? [0.07, 0.07, 0.07, 1] : [1, 1, 1, 1];
    if (!kept.has(el)) {
      const style = getComputedStyle(el);
      const own = colour(style.backgroundColor);
      const behind = own[3] === 1 ? own : ground(el.parentElement);
      kept.set(el, style.backgroundImage !== "none" || !behind ? null : over(own, behind));
    }
    return kept.get(el);
  };
  const shown = (el) => el.checkVisibility({ opacityProperty: true, visibilityProperty: true })
    && !el.closest("svg, .vh, .skip, option, template, script, :disabled, [aria-disabled=true]")
    && getComputedStyle(el).clipPath === "none";
  const opacity = (el) => (el ? Number(getComputedStyle(el).opacity) * opacity(el.parentElement) : 1);

  const looked = new Set();
  const found = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const el = texts.currentNode.parentElement;
    if (looked.has(el) || !texts.currentNode.data.trim() || !shown(el)) continue;
    looked.add(el);
    const behind = ground(el);
    if (!behind) continue;
    const style = getComputedStyle(el);
    const ink = colour(style.color);
    const is = contrast(over([...ink.slice(0, 3), ink[3] * opacity(el)], behind), behind);
    if (is < least(style)) found.push(`contrast ${is.toFixed(2)}: ${el.outerHTML.replace(/\s+/g, " ").slice(0, 160)}`);
  }
  return found;
}
