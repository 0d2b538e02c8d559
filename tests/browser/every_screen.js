// What stands on a screen and cannot be read whole: cut off by its box, or beyond the edge.
(() => {
  const told = [];
  const name = (one) => {
    const classes = [...one.classList].slice(0, 2).map((word) => "." + word).join("");
    return one.localName + classes + " " + JSON.stringify(one.textContent.trim().slice(0, 40));
  };
  const page = document.scrollingElement;
  // Not innerWidth: a phone zooms out until a page fits that is too wide, and says so there.
  const width = document.documentElement.clientWidth;
  if (page.scrollWidth > width + 1) told.push(`the page is ${page.scrollWidth} wide`);
  const scrolls = (one) => {
    for (let at = one; at && at !== document.body; at = at.parentElement) {
      if (["auto", "scroll"].includes(getComputedStyle(at).overflowX)) return true;
    }
    return false;
  };
  for (const one of document.querySelectorAll("body *")) {
    const texts = [...one.childNodes].filter((node) => node.nodeType === 3 && node.data.trim());
    if (!texts.length || one.closest("svg, option") || !one.checkVisibility()) continue;
    const box = one.getBoundingClientRect();
    // What is there for screen readers alone is a point, or clipped to one.
    if (box.width < 2 || box.height < 2 || getComputedStyle(one).clipPath !== "none") continue;
    const hides = getComputedStyle(one).overflowX;
    if (["hidden", "clip"].includes(hides) && one.scrollWidth > one.clientWidth + 1) {
      told.push("cut off: " + name(one));
    }
    if (scrolls(one)) continue;
    const range = document.createRange();
    range.selectNodeContents(one);
    const right = Math.max(...[...range.getClientRects()].map((rect) => rect.right));
    if (right > width + 1 && box.left < width) told.push("beyond the edge: " + name(one));
  }
  return told;
})()
