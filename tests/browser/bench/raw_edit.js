// Puts one record of a command's size in one transaction that the disk has; milliseconds.
(async () => {
  const opening = indexedDB.open("raw-edits");
  opening.onupgradeneeded = () => opening.result.createObjectStore("outbox", { autoIncrement: true });
  const database = await new Promise((done, failed) => {
    opening.onsuccess = () => done(opening.result);
    opening.onerror = () => failed(opening.error);
  });
  const record = "0".repeat(700);
  const begin = performance.now();
  const writing = database.transaction("outbox", "readwrite", { durability: "strict" });
  writing.objectStore("outbox").put(record);
  writing.commit();
  await new Promise((done, failed) => {
    writing.oncomplete = done;
    writing.onabort = failed;
  });
  const took = performance.now() - begin;
  database.close();
  return took;
})()
