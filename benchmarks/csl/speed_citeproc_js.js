// Renders a bibliography once with citeproc-js, as a process of its own that speed.py measures.
//
// Usage: node speed_citeproc_js.js LOCALES STYLE ITEMS   (NODE_PATH leads to the npm package)
"use strict";
const fs = require("fs");
const path = require("path");
const CSL = require("citeproc");

const [locales, style, file] = process.argv.slice(2);
const items = JSON.parse(fs.readFileSync(file, "utf8"));
const byId = new Map(items.map((item) => [item.id, item]));
const system = {
  retrieveItem: (id) => byId.get(String(id)),
  retrieveLocale: (tag) => {
    const found = path.join(locales, `locales-${tag}.xml`);
    return fs.existsSync(found) ? fs.readFileSync(found, "utf8") : false;
  },
};
CSL.debug = () => {};
const engine = new CSL.Engine(system, fs.readFileSync(style, "utf8"), "en-US");
const begun = process.cpuUsage();
engine.updateItems([...byId.keys()]);
const entries = engine.makeBibliography()[1].length;
const used = process.cpuUsage(begun);
console.log(JSON.stringify({ render: (used.user + used.system) / 1e6, entries }));
