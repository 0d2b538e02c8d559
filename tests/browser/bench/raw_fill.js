// Writes the pages that the device's cache holds into an empty database, in one transaction of the
// same durability; milliseconds with the bytes at hand, and with decoded rows at hand.
(async () => {
  const answer = (request) =>
    new Promise((done, failed) => {
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
    });
  const all = await indexedDB.databases();
  const { name } = all.find((one) => one.name.startsWith("jihe-cache"));
  const cache = await answer(indexedDB.open(name));
  const reader = cache.transaction("packs").objectStore("packs");
  const [keys, pages] = await Promise.all([answer(reader.getAllKeys()), answer(reader.getAll())]);
  cache.close();
  const rows = pages.map((page) => JSON.parse(new TextDecoder().decode(page)));
  const written = async (page) => {
    const opening = indexedDB.open("raw-pages");
    opening.onupgradeneeded = () => opening.result.createObjectStore("packs");
    const database = await answer(opening);
    const begin = performance.now();
    const writing = database.transaction("packs", "readwrite", { durability: "relaxed" });
    const store = writing.objectStore("packs");
    keys.forEach((key, place) => store.put(page(place), key));
    writing.commit();
    await new Promise((done, failed) => {
      writing.oncomplete = done;
      writing.onabort = failed;
    });
    const took = performance.now() - begin;
    database.close();
    await answer(indexedDB.deleteDatabase("raw-pages"));
    return took;
  };
  const encoder = new TextEncoder();
  return [
    await written((place) => pages[place]),
    await written((place) => encoder.encode(JSON.stringify(rows[place]))),
  ];
})()
