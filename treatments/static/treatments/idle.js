// Warns staff before they are signed out, keeps them in while they type, and covers the page when it is over.
// Without it the server signs them out all the same, and gives back what a late page had typed.
(function () {
  "use strict";
  const notice = document.getElementById("idle");
  if (!notice) return;
  const end = Number(notice.dataset.minutes) * 60000;
  const warn = Math.max(end - 120000, end / 2);
  const often = Math.min(60000, end / 4);
  let told = Date.now(); // when the server last heard of somebody
  let before = null; // what had the focus
  let changed = null; // the form that was typed in

  function hear(moment) {
    told = Math.max(told, moment);
    if (!document.body.classList.contains("signed-out")) show(null);
  }

  function show(what) {
    const was = notice.hidden;
    notice.hidden = what === null;
    if (what === null) {
      if (!was && before) before.focus();
      return;
    }
    notice.querySelectorAll("[data-idle]").forEach(function (part) {
      part.hidden = part.dataset.idle !== what;
    });
    if (was) before = document.activeElement;
    notice.querySelector("button:not([hidden])").focus();
  }

  function stay() {
    fetch(notice.dataset.alive, { redirect: "manual", cache: "no-store" }).then(function (answer) {
      if (answer.status !== 204) return over();
      hear(Date.now());
      try {
        localStorage.setItem("seen", String(told));
      } catch (fault) {
        // Another tab warns too early: no harm.
      }
    }, function () {});
  }

  function over() {
    document.body.classList.add("signed-out");
    show("over");
  }

  function goOn() {
    if (changed && changed.method === "post") changed.requestSubmit(changed.querySelector("[type=submit]"));
    else location.reload();
  }

  function look() {
    if (document.body.classList.contains("signed-out")) return;
    const quiet = Date.now() - told;
    if (quiet >= end + 5000) over();
    else if (quiet >= warn && notice.hidden) show("soon");
  }

  ["keydown", "pointerdown", "input"].forEach(function (kind) {
    document.addEventListener(kind, function (event) {
      if (kind === "input") changed = event.target.form || changed;
      if (notice.contains(event.target) || document.body.classList.contains("signed-out")) return;
      if (Date.now() - told > often) stay();
    });
  });
  window.addEventListener("storage", function (event) {
    if (event.key === "seen") hear(Number(event.newValue));
  });
  notice.querySelector("button[data-idle=soon]").addEventListener("click", stay);
  notice.querySelector("button[data-idle=over]").addEventListener("click", goOn);
  try {
    localStorage.setItem("seen", String(told));
  } catch (fault) {
    // As above.
  }
  setInterval(look, Math.min(5000, end / 10));
})();
