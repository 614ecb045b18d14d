// Opens pages in headless Chromium and gives what axe-core finds at WCAG 2.2 AA, as JSON.
// Arguments: the chromium program, a folder for pictures or "", then files. Each file is looked at
// in light and in dark; a button "Copy BibTeX" is pressed with the keyboard first.
const { chromium } = require("playwright-core");
const { readFileSync } = require("node:fs");
const path = require("node:path");

const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const look = async (browser, file, colorScheme, pictures) => {
  const context = await browser.newContext({ colorScheme, viewport: { width: 900, height: 1200 } });
  const page = await context.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  await page.goto(`file://${file}`);
  const names = await page.locator("button").evaluateAll((all) => all.map((b) => b.getAttribute("aria-label")));
  let status = "";
  if (names.length > 0) {
    await page.locator("button").first().focus();
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.querySelector(".northbib-status").textContent !== "");
    status = await page.locator(".northbib-status").textContent();
  }
  await page.evaluate(AXE);
  const found = await page.evaluate((tags) => axe.run({ runOnly: tags }), TAGS);
  if (pictures) {
    const name = `${path.basename(file, ".html")}-${colorScheme}.png`;
    await page.screenshot({ path: path.join(pictures, name), fullPage: true });
    await page.emulateMedia({ media: "print" });
    await page.screenshot({ path: path.join(pictures, `print-${name}`), fullPage: true });
  }
  await context.close();
  const brief = (all) => all.map((each) => `${each.id}: ${each.nodes.map((n) => n.html).join(" | ")}`);
  return {
    file: path.basename(file),
    colorScheme,
    names,
    status,
    errors,
    violations: brief(found.violations),
    incomplete: brief(found.incomplete),
    passes: found.passes.length,
  };
};

const main = async () => {
  const [program, pictures, ...files] = process.argv.slice(2);
  const browser = await chromium.launch({ executablePath: program, args: ["--no-sandbox", "--disable-gpu"] });
  const outcomes = [];
  for (const file of files)
    for (const scheme of ["light", "dark"]) outcomes.push(await look(browser, file, scheme, pictures));
  await browser.close();
  console.log(JSON.stringify(outcomes));
};

main();
