// Single keys for whoever has turned them on: each leads somewhere, none decides anything. Listed on the "?" page.
(function () {
  "use strict";
  const place = document.getElementById("keys");
  if (!place) return;
  const rows = Array.from(document.querySelectorAll("#result_list tbody tr:not(.group-head)"));
  const sections = rows.length ? [] : Array.from(document.querySelectorAll("#content section, #content h2"));
  let at = -1;

  function typing(event) {
    const target = event.target;
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return true;
    if (document.body.classList.contains("signed-out")) return true;
    if (target.isContentEditable) return true;
    return target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select");
  }

  function link(row) {
    return row.querySelector("th a, .field-person a, .field-reference a, td a");
  }

  function move(by) {
    const steps = rows.length ? rows : sections;
    if (!steps.length) return;
    at = Math.min(Math.max(at + by, 0), steps.length - 1);
    const step = steps[at];
    if (rows.length) {
      rows.forEach(function (row) { row.classList.toggle("at", row === step); });
      (link(step) || step).focus();
    } else {
      step.setAttribute("tabindex", "-1");
      step.focus();
    }
    step.scrollIntoView({ block: "nearest" });
  }

  function select() {
    const box = at >= 0 && rows.length ? rows[at].querySelector("input[type=checkbox]") : null;
    if (box) box.click();
  }

  function follow(selector) {
    const found = document.querySelector(selector);
    if (found) found.click();
  }

  function action(name) {
    follow('#content a[href^="' + name + '/"]');
  }

  function claim() {
    if (rows.length && at >= 0) location.href = link(rows[at]).href.replace(/\/(\?|$)/, "/claim/$1");
    else action("claim");
  }

  function queues() {
    const first = document.querySelector("input[name=treatments]:not(:disabled)");
    if (first) first.focus();
    else action("route");
  }

  function number(which) {
    const boxes = document.querySelectorAll("input[name=treatments]");
    if (boxes.length) {
      if (boxes[which - 1] && !boxes[which - 1].disabled) boxes[which - 1].click();
      return;
    }
    const views = document.querySelectorAll(".views a");
    if (views[which - 1]) views[which - 1].click();
  }

  function ask() {
    if (document.querySelector('#content a[href^="accept/"]')) action("accept");
    else action("ask_patient");
  }

  const does = {
    j: function () { move(1); },
    k: function () { move(-1); },
    x: select,
    c: claim,
    n: function () { follow("a[rel=next]"); },
    p: function () { follow("a[rel=prev]"); },
    r: queues,
    1: function () { number(1); },
    2: function () { number(2); },
    3: function () { number(3); },
    l: function () { action("log_contact"); },
    a: ask,
    b: function () { action("book"); },
    "/": function () { (document.getElementById("find") || document.getElementById("searchbar") || place).focus(); },
    "?": function () { location.href = place.href; },
  };

  document.addEventListener("keydown", function (event) {
    if (event.defaultPrevented || typing(event) || !Object.hasOwn(does, event.key)) return;
    event.preventDefault();
    does[event.key]();
  });
})();
