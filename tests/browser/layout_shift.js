// How much moved on the page since its first paint, without anybody's doing. A mark that is told
// together with what was kept says that all of it has come.
new Promise((done) => {
  let moved = 0;
  const observer = new PerformanceObserver((list) => {
    for (const shift of list.getEntriesByType("layout-shift")) {
      if (!shift.hadRecentInput) moved += shift.value;
    }
    if (list.getEntriesByName("looked").length) done(moved);
  });
  observer.observe({ type: "layout-shift", buffered: true });
  observer.observe({ type: "mark" });
  performance.mark("looked");
})
