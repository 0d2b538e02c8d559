// Everything that this origin keeps in IndexedDB, as one text; bytes are read as UTF-8.
(async () => {
  const answer = (request) =>
    new Promise((done, failed) => {
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
    });
  const plain = (_, value) =>
    ArrayBuffer.isView(value) || value instanceof ArrayBuffer
      ? new TextDecoder().decode(value)
      : value;
  const kept = {};
  for (const { name } of await indexedDB.databases()) {
    const database = await answer(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const reader = database.transaction(store).objectStore(store);
      const [keys, values] = await Promise.all([answer(reader.getAllKeys()), answer(reader.getAll())]);
      kept[`${name}/${store}`] = keys.map((key, index) => [key, values[index]]);
    }
    database.close();
  }
  return JSON.stringify(kept, plain);
})()
