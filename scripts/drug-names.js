// Offers drug names while one is typed. What stands in the box is what is sent, whether it was offered or not.
// The names come once, as one static file; nothing typed leaves the page before the form is sent.
import accessibleAutocomplete from "accessible-autocomplete/src/wrapper.js";

const FEWEST_LETTERS = 2;
const MOST_OFFERED = 5;
const OTHER = 2; // neither for depression nor an augmenting drug
const MOST_OTHERS = 2;
// Carried over from the plain input; the library writes the others itself.
const KEPT = ["maxlength", "spellcheck", "autocapitalize", "aria-invalid"];

const words = document.currentScript.dataset;
const plain = document.querySelector("input[data-drug-names]");
let lines = [];

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
  let others = 0;
  for (const [label, group, ...names] of lines) {
    if (found.length === MOST_OFFERED) break;
    if (!names.some((name) => (" " + name).includes(" " + start))) continue;
    if (group === OTHER && ++others > MOST_OTHERS) continue;
    found.push(label);
  }
  return found;
}

function enhance() {
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
    showNoOptionsFound: false,
    source: (typed, offer) => offer(offered(typed)),
    templates: {
      inputValue: (label) => label,
      suggestion: (label) => label.replace(/&/g, "&amp;").replace(/</g, "&lt;"),
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
  // Enter in the box sends the page, as in every other box; the library would swallow it.
  holder.addEventListener(
    "keydown",
    (event) => {
      if (event.key === "Enter" && event.target === box) event.stopPropagation();
    },
    true,
  );
}

if (plain) {
  enhance();
  fetch(words.names, { credentials: "omit" })
    .then((answer) => (answer.ok ? answer.json() : []))
    .then((read) => {
      lines = read;
    })
    .catch(() => {}); // without the names it is a plain box
}
