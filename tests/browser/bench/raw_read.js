// Reads all packs of the device's cache and decodes them, as any program would; milliseconds.
(async () => {
  const answer = (request) =>
    new Promise((done, failed) => {
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
    });
  const begin = performance.now();
  const all = await indexedDB.databases();
  const { name } = all.find((one) => one.name.startsWith("jihe-cache"));
  const database = await answer(indexedDB.open(name));
  const reader = database.transaction(["packs", "rows"]);
  const stores = ["packs", "rows"].map((store) => answer(reader.objectStore(store).getAll()));
  const text = (kept) => (typeof kept === "string" ? kept : new TextDecoder().decode(kept));
  for (const store of await Promise.all(stores)) store.forEach((kept) => JSON.parse(text(kept)));
  database.close();
  return performance.now() - begin;
})()
