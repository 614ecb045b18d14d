// Runs citeproc-js, as a program of its own, over many styles.
//
// Usage: node citeproc_js.js JOB.json   (NODE_PATH leads to the npm package)
// JOB: {"locales": folder, "items": [...], "clusters": [[cite]], "styles": [[name, file, locale]]}
// Each style gives one line of JSON on standard output: {"style", "bibliography", "citations",
// "error", "seconds"}; bibliography is a list of [id, html], or null where the style has none.
"use strict";
const fs = require("fs");
const path = require("path");
const CSL = require("citeproc");

CSL.debug = () => {};
const job = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
const ids = job.items.map((item) => item.id);

function system() {
  // The engine writes into items and locales, so each style begins with fresh ones.
  const items = new Map(job.items.map((item) => [item.id, JSON.stringify(item)]));
  return {
    retrieveItem: (id) => JSON.parse(items.get(String(id))),
    retrieveLocale: (tag) => {
      const file = path.join(job.locales, `locales-${tag}.xml`);
      return fs.existsSync(file) ? fs.readFileSync(file, "utf8") : false;
    },
  };
}

function bibliography(engine) {
  const made = engine.makeBibliography();
  if (!made) return null;
  return made[1].map((entry, index) => [String(made[0].entry_ids[index][0]), entry]);
}

function citations(engine, isNote) {
  const texts = [];
  const before = [];
  job.clusters.forEach((cites, index) => {
    const note = isNote ? index + 1 : 0;
    const citation = {
      citationID: `c${index}`,
      citationItems: JSON.parse(JSON.stringify(cites)),
      properties: { noteIndex: note },
    };
    for (const [place, text] of engine.processCitationCluster(citation, before, [])[1]) {
      texts[place] = text;
    }
    before.push([citation.citationID, note]);
  });
  return texts;
}

function render(name, file, locale) {
  const begun = process.cpuUsage();
  const result = { style: name, bibliography: null, citations: [], error: null };
  try {
    const engine = new CSL.Engine(system(), fs.readFileSync(file, "utf8"), locale, true);
    engine.updateItems(ids);
    result.bibliography = bibliography(engine);
    if (job.clusters.length) result.citations = citations(engine, engine.opt.xclass === "note");
  } catch (error) {
    result.error = String(error && error.message ? error.message : error);
  }
  const used = process.cpuUsage(begun);
  result.seconds = (used.user + used.system) / 1e6;
  return result;
}

for (const [name, file, locale] of job.styles) {
  fs.writeSync(1, `${JSON.stringify(render(name, file, locale))}\n`);
}
