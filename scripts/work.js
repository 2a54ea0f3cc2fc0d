// Does the work that the page asks for (intake/views/work.py) and sends the page's form.
import { solveChallengeWorkers } from "altcha/lib";

const MOST_WORKERS = 4;

const form = document.querySelector("form[data-challenge]");

// crypto.subtle is there over HTTPS and on this machine; elsewhere the page stands as it does without a script.
if (form && window.Worker && window.crypto && window.crypto.subtle) work();

async function work() {
  const challenge = JSON.parse(form.dataset.challenge);
  show(true);
  try {
    const solution = await solveChallengeWorkers({
      challenge,
      concurrency: Math.min(MOST_WORKERS, navigator.hardwareConcurrency || 1),
      createWorker: () => new Worker(form.dataset.worker),
    });
    if (!solution) throw new Error("No solution in time.");
    form.elements.altcha.value = btoa(JSON.stringify({ challenge, solution }));
    form.submit();
  } catch {
    show(false);
  }
}

function show(working) {
  document.querySelector("[data-working]").hidden = !working;
  document.querySelector("[data-not-working]").hidden = working;
  const button = form.querySelector("button");
  if (button) button.hidden = working;
}
