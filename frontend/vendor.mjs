// Copies what the review site needs of its npm packages into the Python package, with licences and digests, so that the site
// loads nothing from elsewhere. `vendored.json` says what came from which version; a test compares the digests.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "node_modules");
const target = join(here, "..", "src", "whence", "web", "static", "vendor");
const wanted = {
  "htmx.org": ["dist/htmx.min.js"],
  "maplibre-gl": ["dist/maplibre-gl.mjs", "dist/maplibre-gl-worker.mjs", "dist/maplibre-gl.css"],
  "topojson-client": ["dist/topojson-client.min.js"],
  "world-atlas": ["countries-50m.json"],
};

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
const vendored = [];
for (const [name, files] of Object.entries(wanted)) {
  const folder = join(modules, name);
  const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const licence = readdirSync(folder).find((file) => /^licen[cs]e/i.test(file));
  if (licence) writeFileSync(join(target, `${name}.LICENSE.txt`), readFileSync(join(folder, licence)));
  for (const file of files) {
    if (!existsSync(join(folder, file))) throw new Error(`${name} ${version} has no ${file}`);
    // The maps of the minified sources are not bundled: a pointer to them would only fail.
    let data = readFileSync(join(folder, file));
    if (/\.m?js$/.test(file)) data = Buffer.from(data.toString("utf8").replace(/\n\/\/# sourceMappingURL=.*\s*$/, "\n"));
    const short = file.split("/").pop();
    writeFileSync(join(target, short), data);
    vendored.push({ file: short, package: name, version, license, sha256: createHash("sha256").update(data).digest("hex") });
  }
}
writeFileSync(join(target, "vendored.json"), JSON.stringify(vendored, null, 2) + "\n");
console.log(vendored.map((v) => `${v.package} ${v.version}: ${v.file}`).join("\n"));
