// Puts one record of a command's size in one transaction that the disk has; milliseconds. `guarded`: as
// the app must, which puts where its commands end beside it, and commits only when nobody has put
// another since.
async guarded => {
  const opening = indexedDB.open("raw-edits");
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore("outbox", { autoIncrement: true });
    opening.result.createObjectStore("meta");
  };
  const database = await new Promise((done, failed) => {
    opening.onsuccess = () => done(opening.result);
    opening.onerror = () => failed(opening.error);
  });
  const [record, tail] = ["0".repeat(700), "0".repeat(60)];
  const stores = guarded ? ["meta", "outbox"] : "outbox";
  const begin = performance.now();
  const writing = database.transaction(stores, "readwrite", { durability: "strict" });
  const guard = guarded ? writing.objectStore("meta").get("tail") : null;
  writing.objectStore("outbox").put(record);
  if (guarded) {
    writing.objectStore("meta").put(tail, "tail");
    guard.onsuccess = () => [undefined, tail].includes(guard.result) ? writing.commit() : writing.abort();
  } else {
    writing.commit();
  }
  await new Promise((done, failed) => {
    writing.oncomplete = done;
    writing.onabort = failed;
  });
  const took = performance.now() - begin;
  database.close();
  return took;
}
