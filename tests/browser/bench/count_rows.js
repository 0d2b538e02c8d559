// How many rows lie in the packs of the device's cache.
(async () => {
  const answer = (request) =>
    new Promise((done, failed) => {
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
    });
  const all = await indexedDB.databases();
  const { name } = all.find((one) => one.name.startsWith("jihe-cache"));
  const database = await answer(indexedDB.open(name));
  const packs = await answer(database.transaction("packs").objectStore("packs").getAll());
  database.close();
  const rows = packs.map((pack) => JSON.parse(new TextDecoder().decode(pack))[1].length);
  return rows.reduce((sum, count) => sum + count, 0);
})()
