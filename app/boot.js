// Runs before the first paint: language and theme from the device's settings, then the program.
// It is a file of its own because the content security policy allows no script inside the page.
"use strict";
(() => {
  const setting = (key) => {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  };
  const chosen = setting("jihe-language");
  const chinese = chosen ? chosen === "zh" : navigator.language.toLowerCase().startsWith("zh");
  const root = document.documentElement;
  root.lang = chinese ? "zh-CN" : "en";
  const theme = setting("jihe-theme");
  if (["light", "dark", "contrast"].includes(theme)) root.dataset.theme = theme;
  const size = setting("jihe-size");
  if (["125", "150", "200"].includes(size)) root.dataset.size = size;

  const say = (words) => {
    const place = document.getElementById("boot-words");
    if (place) place.textContent = words;
  };

  const here = (file) => WebAssembly.compileStreaming(fetch(file));

  // A worker compiles where every file is on this device; a first visit would wait for the worker.
  let worker = null;
  let beside = Boolean(navigator.serviceWorker?.controller);
  const answers = new Map();
  const answer = (file, module) => {
    const resolve = answers.get(file);
    answers.delete(file);
    resolve?.(module ?? here(file));
  };
  const alone = () => {
    beside = false;
    [...answers.keys()].forEach((waiting) => answer(waiting));
  };
  const ask = (file) => {
    try {
      if (!worker) {
        worker = new Worker("/compiler.js");
        worker.onmessage = ({ data }) => answer(data.file, data.module);
        worker.onerror = alone;
        worker.onmessageerror = alone;
      }
      worker.postMessage(file);
    } catch {
      alone();
      return here(file);
    }
    return new Promise((resolve) => {
      answers.set(file, resolve);
      // A worker that the browser ended says nothing.
      setTimeout(answer, 10000, file);
    });
  };

  // Each file of the program is compiled once, whoever asks first.
  const compiling = new Map();
  const compiled = (file) => {
    let module = compiling.get(file);
    if (!module) {
      module = beside ? ask(file) : here(file);
      compiling.set(file, module);
      // What failed is fetched again by whoever asks next.
      module.catch(() => compiling.delete(file));
    }
    return module;
  };
  globalThis.jihe = { compiled };

  // The program is compiled while the page is still being read; for somebody who is signed in, so
  // is what stands behind the door.
  const program = import("/app.js");
  const door = here("/app_bg.wasm");
  if (setting("jihe-person")) __INSIDE__.forEach(compiled);

  document.addEventListener("DOMContentLoaded", () => {
    // Words only for those who wait: a quick start shows none.
    const slow = setTimeout(() => say(chinese ? "正在打开…" : "Opening…"), 800);
    Promise.all([program, door])
      .then(([app, module]) => app.default({ module_or_path: module }))
      .catch((error) => {
        console.error(error);
        globalThis.jihe.glance?.giveWay();
        say(
          chinese
            ? "程序未能打开。您在本机保存的内容没有丢失。请检查网络后刷新页面。"
            : "The program could not be opened. What is kept on this device is safe. Check the network and reload the page.",
        );
      })
      .finally(() => clearTimeout(slow));
  });

  // Without a secure context there is no worker; the app says so in the sync centre.
  if ("serviceWorker" in navigator) {
    addEventListener("load", () => {
      navigator.serviceWorker.register("/service_worker.js").catch((error) => console.warn(error));
    });
  }
})();
