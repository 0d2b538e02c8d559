// Today as it was last seen, on the screen while the program is still being read.
//
// The program hands in the picture whenever Today has changed, and it is thrown away as soon as it
// could be wrong; what holds for a moment only (the time left, the light) keeps its room and is not
// shown. Whoever taps meanwhile taps nothing away: each tap is given to the same button of the
// program once that stands there. A device that people share keeps no picture.
"use strict";
(() => {
  const KEY = "jihe-glance";
  // A picture goes with the style in which it was drawn.
  const STYLE = "__STYLE__";
  // More than a full Today takes; what is longer is drawn by the program alone.
  const MOST = 300_000;
  const root = document.documentElement;
  const [glance, app] = ["glance", "app"].map((id) => document.getElementById(id));

  // Whose picture it is, in which language: as the device remembers both.
  const of = () => {
    const [person, language] = ["jihe-person", "jihe-language"].map((key) => localStorage.getItem(key));
    const shared = localStorage.getItem("jihe-lock-minutes") !== null;
    return person === null || shared ? null : [STYLE, person, language].join(" ");
  };

  const forget = () => localStorage.removeItem(KEY);

  const keep = () => {
    const owner = of();
    const open = app.querySelector("dialog[open], main input, main textarea, main select");
    if (owner === null || open || !app.querySelector("[data-page=home]")) return forget();
    const picture = app.cloneNode(true);
    picture.querySelectorAll(".toasts, .banner").forEach((one) => one.remove());
    const html = picture.innerHTML;
    if (html.length > MOST) return forget();
    localStorage.setItem(KEY, JSON.stringify({ of: owner, html }));
  };

  const show = () => {
    const kept = JSON.parse(localStorage.getItem(KEY));
    if (!kept || location.pathname !== "/" || kept.of !== of()) return false;
    glance.innerHTML = kept.html;
    root.dataset.glance = "";
    return true;
  };

  // What an element is called: by its act or its address, in its list and its item.
  const called = (element) => ({
    act: element.dataset.act,
    href: element.getAttribute("href"),
    list: element.closest("[data-list]")?.dataset.list,
    item: element.closest("[data-item]")?.dataset.item,
  });
  const ACTS = "[data-act], a[href]";
  const same = (one, other) => Object.keys(one).every((key) => one[key] === other[key]);
  const inProgram = (name) => [...app.querySelectorAll(ACTS)].find((one) => same(called(one), name));

  // Taps that wait for the program, in their order.
  const taps = [];
  const tapped = (event) => {
    const element = event.target.closest(ACTS);
    const changed = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (!element || changed || event.button) return;
    event.preventDefault();
    element.setAttribute("aria-busy", "true");
    const name = called(element);
    if (!taps.some((tap) => same(tap, name))) taps.push(name);
  };

  const passOn = () => {
    for (const name of taps.splice(0)) {
      const element = inProgram(name);
      // What is no longer there cannot be done; the program says so.
      if (!element) return dispatchEvent(new Event("jihe-tapped-in-vain"));
      element.click();
      // Another screen has none of the others.
      if (name.href) return;
    }
  };

  const giveWay = () => {
    if (!("glance" in root.dataset)) return;
    const focused = glance.contains(document.activeElement) ? called(document.activeElement) : null;
    delete root.dataset.glance;
    glance.replaceChildren();
    if (focused) inProgram(focused)?.focus();
    passOn();
  };

  globalThis.jihe.glance = { keep, forget, giveWay };
  try {
    if (!show()) return;
  } catch {
    // A storage that cannot be read holds no picture.
    return;
  }
  glance.addEventListener("click", tapped);
  const drawn = () => app.firstElementChild && !app.querySelector(":scope > [data-state=loading]");
  new MutationObserver((_, watch) => {
    if (!drawn()) return;
    watch.disconnect();
    giveWay();
  }).observe(app, { childList: true });
})();
