// Bundles drug-names.js with accessible-autocomplete into the script of the medicine pages, and work.js with altcha.
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = new URL(".", import.meta.url);
const target = new URL("../intake/static/intake/drug-names.js", here);
const MOST = 20_000; // bytes gzipped

// What the library does that our pages can't have. Each must be found, or a new version needs a new look.
const CHANGES = [
  // An inline style breaks the Content-Security-Policy (only iOS gets this element).
  [/style="border:0;clip:[\s\S]*?width:1px">'/, 'class="govuk-visually-hidden">`'],
  // What was typed before is no suggestion: without this a filled box opens a list of itself.
  ["options: props.defaultValue ? [props.defaultValue] : [],", "options: [],"],
  // The box keeps its hint and its error for screen readers once something is typed.
  ["'aria-describedby': ariaHint ? assistiveHintID : null,", "'aria-describedby': assistiveHintID,"],
];

const changed = {
  name: "changed",
  setup(builder) {
    builder.onLoad({ filter: /accessible-autocomplete[\\/]src[\\/]autocomplete\.js$/ }, ({ path }) => {
      let contents = readFileSync(path, "utf8");
      for (const [before, after] of CHANGES) {
        if (contents.search(before instanceof RegExp ? before : before.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")) < 0) {
          throw new Error(`accessible-autocomplete no longer has ${before}`);
        }
        contents = contents.replace(before, () => after);
      }
      return { contents, loader: "jsx" };
    });
  },
};

const made = await build({
  absWorkingDir: new URL(".", here).pathname,
  entryPoints: ["drug-names.js"],
  bundle: true,
  minify: true,
  write: false,
  target: "es2019",
  charset: "ascii",
  legalComments: "none",
  loader: { ".js": "jsx" },
  jsxFactory: "createElement",
  define: { "process.env.COMPONENT_LIBRARY": '"PREACT"' },
  banner: { js: "/* Licenses: drug-names.js.LICENSE.txt */" },
  plugins: [changed],
});
const script = made.outputFiles[0].contents;
const weight = gzipSync(script, { level: 9 }).length;
if (weight > MOST) throw new Error(`The script weighs ${weight} bytes gzipped; ${MOST} are allowed.`);
writeFileSync(target, script);

const licenses = ["accessible-autocomplete/LICENSE.txt", "preact/LICENSE"].map((path) => {
  const [name] = path.split("/");
  const { version } = JSON.parse(readFileSync(new URL(`node_modules/${name}/package.json`, here), "utf8"));
  const words = readFileSync(new URL(`node_modules/${path}`, here), "utf8").trim();
  return `drug-names.js contains ${name} ${version}, under this license:\n\n${words}\n`;
});
writeFileSync(`${target.pathname}.LICENSE.txt`, licenses.join("\n\n"));
console.log(`drug-names.js: ${script.length} bytes, ${weight} gzipped`);

// The work past a limit: the script of its page, and altcha's own worker as it comes.
const work = await build({
  absWorkingDir: here.pathname,
  entryPoints: ["work.js"],
  bundle: true,
  minify: true,
  format: "iife",
  outfile: new URL("../intake/static/intake/work.js", here).pathname,
  target: "es2020",
  charset: "ascii",
  legalComments: "none",
  banner: { js: "/* License: altcha.LICENSE.txt */" },
  metafile: true,
});
const altcha = new URL("node_modules/altcha/", here);
copyFileSync(new URL("dist/workers/pbkdf2.js", altcha), new URL("../intake/static/intake/altcha-pbkdf2.js", here));
const terms = readFileSync(new URL("LICENSE.txt", altcha), "utf8").trim();
const release = JSON.parse(readFileSync(new URL("package.json", altcha), "utf8")).version;
writeFileSync(
  new URL("../intake/static/intake/altcha.LICENSE.txt", here),
  `work.js and altcha-pbkdf2.js contain altcha ${release}, under this license:\n\n${terms}\n`,
);
console.log(`work.js: ${Object.values(work.metafile.outputs)[0].bytes} bytes`);
