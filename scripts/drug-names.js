// Offers drug names while one is typed. What stands in the box is what is sent, whether it was offered or not.
// The names come once, as one static file; nothing typed leaves the page before the form is sent.
import accessibleAutocomplete from "accessible-autocomplete/src/wrapper.js";

const FEWEST_LETTERS = 2;
const MOST_OFFERED = 5;
const OTHER = 2; // neither for depression nor an augmenting drug
const MOST_OTHERS = 2;
// Carried over from the plain input; the library writes the others itself.
const KEPT = ["maxlength", "spellcheck", "autocapitalize", "autocorrect", "aria-invalid"];

const words = document.currentScript.dataset;
const boxes = document.querySelectorAll("input[data-drug-names]");
let lines = [];
let others = new Set(); // names of other things, never a misspelling

// The same as normalize() in intake/drugs/spelling.py.
function normalized(text) {
  return text
    .replace(/['\u2018\u2019\u02bc`\u00b4\u00ae\u2122\u00a9]/g, "")
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/([a-z])0(?=[a-z])/g, "$1o")
    .replace(/[^a-z0-9]+/g, " ")
    .trim()
    .replace(/([a-z])(?=[0-9])|([0-9])(?=[a-z])/g, "$1$2 ");
}

function told(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

// The same as suggest() in intake/drugs/suggest.py: the lines come in the order in which they are offered.
function offered(typed) {
  const start = normalized(typed.slice(0, 60));
  if (start.length < FEWEST_LETTERS) return [];
  const found = [];
  let count = 0;
  for (const [label, group, ...names] of lines) {
    if (found.length === MOST_OFFERED) break;
    if (!names.some((name) => (" " + name).includes(" " + start))) continue;
    if (group === OTHER && ++count > MOST_OTHERS) continue;
    found.push(label);
  }
  return found;
}

// A rough spelling by ear, the same as sound() in intake/drugs/spelling.py.
const SOUNDS = [
  ["ph", "f"], ["ck", "k"], ["sch", "sk"], ["ch", "k"], ["sh", "s"], ["th", "t"], ["rh", "r"], ["gh", "g"],
  ["qu", "k"], ["q", "k"], ["x", "ks"], ["z", "s"], ["y", "i"], ["w", "v"], ["ea", "i"], ["ae", "e"],
  ["oe", "e"], ["j", "g"], ["c", "k"],
];

function heard(word) {
  let sound = word.replace(/ck/g, "k").replace(/ee/g, "i").replace(/(.)\1+/g, "$1").replace(/c(?=[eiy])/g, "s");
  for (const [spelled, said] of SOUNDS) sound = sound.split(spelled).join(said);
  return sound.replace(/^ks/, "s").replace(/(.)\1+/g, "$1");
}

// How many letters are to be changed, added, dropped or swapped with the next.
function distance(one, other) {
  let before = [];
  let last = Array.from({ length: other.length + 1 }, (_, place) => place);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1;
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + same);
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        row[j] = Math.min(row[j], before[j - 2] + 1);
      }
    }
    [before, last] = [last, row];
  }
  return last[other.length];
}

// The one drug for depression that a word comes near to, by a simpler rule than the clinic's: it is only asked about.
function near(typed) {
  const word = normalized(typed).replace(/ /g, "");
  if (word.length < 5 || word.length > 40 || !/^[a-z]+$/.test(word) || others.has(word)) return null;
  const found = [];
  for (const [label, group, ...names] of lines) {
    if (group === OTHER) break;
    let best = null;
    for (const each of names) {
      const name = each.replace(/ /g, "");
      if (Math.abs(name.length - word.length) > 3 || name.length < 5) continue;
      const written = distance(word, name);
      if (written > 4) continue;
      const by = (written + Math.min(written, distance(heard(word), heard(name)))) / 2;
      const limit = name.length < 7 ? 1 : name.length < 8 ? 1.5 : 2;
      if (!best || by < best.by) best = { by, label, name: each, within: by <= limit };
    }
    if (best) found.push(best);
  }
  found.sort((a, b) => a.by - b.by);
  const [first, second] = found;
  if (!first || !first.within || (second && second.by - first.by < 1)) return null;
  const [, generic, brand] = /^(.*) \((.*)\)$/.exec(first.label) || [];
  return brand && normalized(brand) === first.name ? `${brand} (${generic})` : first.label;
}

function choices(typed) {
  const labels = offered(typed);
  const meant = labels.length ? null : near(typed);
  if (!meant) return labels.map((label) => ({ label, value: label }));
  return [
    { label: told(words.meant, { label: meant }), value: meant },
    { label: told(words.keep, { typed }), value: typed },
  ];
}

function enhance(plain) {
  const described = (plain.getAttribute("aria-describedby") || "").split(" ").filter(Boolean);
  const hint = [...described.map((id) => document.getElementById(id).textContent.trim()), words.how].join(" ");
  // By default the list is named after the box, which is to say after what is typed in it.
  const label = plain.labels[0];
  label.id = `${plain.id}_label`;
  const holder = document.createElement("div");
  plain.replaceWith(holder);
  accessibleAutocomplete({
    element: holder,
    id: plain.id,
    name: plain.name,
    defaultValue: plain.value,
    inputClasses: plain.className,
    menuAttributes: { "aria-labelledby": label.id },
    minLength: FEWEST_LETTERS,
    confirmOnBlur: false,
    displayMenu: "overlay", // one that pushes the page down moves what a finger is about to press as it closes
    showNoOptionsFound: false,
    source: (typed, offer) => offer(choices(typed)),
    templates: {
      inputValue: (choice) => choice && choice.value,
      suggestion: ({ label }) => label.replace(/&/g, "&amp;").replace(/</g, "&lt;"),
    },
    tAssistiveHint: () => hint,
    tStatusQueryTooShort: () => words.short,
    tStatusNoResults: () => words.none,
    tStatusSelectedOption: (label, count, place) => told(words.at, { label, count, place: place + 1 }),
    tStatusResults: (count, at) => told(count === 1 ? words.one : words.many, { count }) + " " + at,
  });
  const box = holder.querySelector("input");
  for (const name of KEPT) {
    if (plain.hasAttribute(name)) box.setAttribute(name, plain.getAttribute(name));
  }
  if (plain.autofocus) box.focus();
  // Enter in the box sends the page, as in every other box; the library would swallow it.
  holder.addEventListener(
    "keydown",
    (event) => {
      if (event.key === "Enter" && event.target === box) event.stopPropagation();
    },
    true,
  );
}

if (boxes.length) {
  boxes.forEach(enhance);
  fetch(words.names, { credentials: "omit" })
    .then((answer) => (answer.ok ? answer.json() : { lines: [] }))
    .then((read) => {
      lines = read.lines;
      others = new Set(read.others);
    })
    .catch(() => {}); // without the names it is a plain box
}
