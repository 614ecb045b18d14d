// Puts a button "Copy BibTeX" beside the BibTeX of each entry. Without this script the BibTeX is
// there all the same, to be opened and selected by hand.
(() => {
  "use strict";

  const status = document.createElement("p");
  status.className = "northbib-status";
  status.setAttribute("role", "status");
  status.lang = "en";

  let clearing = 0;

  // A message that is the same as the one before is read out again only if there was none between.
  const say = (message) => {
    clearTimeout(clearing);
    status.textContent = "";
    requestAnimationFrame(() => {
      status.textContent = message;
    });
    clearing = setTimeout(() => {
      status.textContent = "";
    }, 8000);
  };

  const select = (details, code) => {
    details.open = true;
    const range = document.createRange();
    range.selectNodeContents(code);
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  };

  const copy = async (details, code) => {
    try {
      await navigator.clipboard.writeText(code.textContent);
      say("BibTeX copied");
    } catch {
      // No clipboard without https, or the reader said no.
      select(details, code);
      say("The BibTeX is selected: copy it with your keyboard");
    }
  };

  const addButton = (details) => {
    const code = details.querySelector("code");
    const key = details.querySelector("summary").getAttribute("aria-label").slice("BibTeX: ".length);
    const button = document.createElement("button");
    button.type = "button";
    button.className = "northbib-copy";
    button.lang = "en";
    button.textContent = "Copy BibTeX";
    button.setAttribute("aria-label", `Copy BibTeX: ${key}`);
    button.addEventListener("click", () => copy(details, code));
    details.after(button);
  };

  const start = () => {
    const all = document.querySelectorAll("details.northbib-bibtex");
    if (all.length === 0 || document.querySelector(".northbib-status")) return;
    document.body.append(status);
    all.forEach(addButton);
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
