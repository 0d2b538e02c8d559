// Compiles parts of the program beside the page, which stays free to be drawn meanwhile.
"use strict";
onmessage = ({ data: file }) => {
  WebAssembly.compileStreaming(fetch(file))
    .then((module) => postMessage({ file, module }))
    // The page tries for itself, and tells what goes wrong.
    .catch(() => postMessage({ file }));
};
