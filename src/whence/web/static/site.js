// Keys, the side sheet, and the way between a claim and its words. The pages work without it.
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const one = (selector, within = document) => within.querySelector(selector);
const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

function put(name, value) {
  const address = new URL(location.href);
  if (value) address.searchParams.set(name, value);
  else address.searchParams.delete(name);
  history.replaceState(history.state, "", address);
}

// Rows and cards, chosen one after another
let chosen = null;
function choose(row, { scroll = true } = {}) {
  if (!row) return;
  chosen?.classList.remove("chosen");
  chosen = row;
  row.classList.add("chosen");
  if (scroll) row.scrollIntoView({ block: "nearest" });
  if (row.dataset.claim) show(row.dataset.claim, { scroll: false });
  row.dispatchEvent(new CustomEvent("whence:chosen", { bubbles: true }));
}
function step(by) {
  const rows = all("[data-row]").filter((row) => row.offsetParent !== null);
  if (!rows.length) return;
  const at = rows.indexOf(chosen);
  choose(rows[Math.min(rows.length - 1, Math.max(0, at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by))]);
}

// The Reader: a record and its words
const reader = one(".reader");
const idsOf = (words) => (words.dataset.ids ?? "").split(" ");
const wordsOf = (id) => all("[data-ids]", reader).filter((words) => idsOf(words).includes(id));
const cardOf = (id) => one(`[data-claim="${CSS.escape(id)}"]`, reader) ?? one(`[data-also~="${CSS.escape(id)}"]`, reader);
function show(id, { scroll = true, follow = "words" } = {}) {
  if (!reader) return;
  all(".lit, .at, .against", reader).forEach((lit) => lit.classList.remove("lit", "at", "against"));
  const card = cardOf(id);
  const ids = card ? [card.dataset.claim, ...card.dataset.also.split(" ")].filter(Boolean) : [id];
  const words = ids.flatMap(wordsOf);
  words.forEach((found) => found.classList.add("lit"));
  if (card) {
    card.classList.add("lit");
    for (const other of card.dataset.opposes.split(" ").filter(Boolean)) cardOf(other)?.classList.add("against");
    if (chosen !== card) {
      chosen?.classList.remove("chosen");
      chosen = card;
      card.classList.add("chosen");
    }
  }
  put("at", id);
  const target = follow === "card" ? card : words[0];
  if (scroll && target) target.scrollIntoView({ block: "center" });
}
if (reader) {
  reader.addEventListener("click", (event) => {
    const card = event.target.closest("[data-claim]");
    if (card && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      show(card.dataset.claim);
      return;
    }
    const words = event.target.closest("[data-ids]");
    if (!words || String(getSelection())) return;
    const ids = idsOf(words);
    const claim = ids.find((id) => one(`[data-claim="${CSS.escape(id)}"]`, reader)) ?? ids.find((id) => cardOf(id)) ?? ids[0];
    show(cardOf(claim)?.dataset.claim ?? claim, { follow: "card" });
  });
  all("[data-kind]").forEach((box) =>
    box.addEventListener("change", () => {
      one(".sheet", reader).classList.toggle(`no-${box.dataset.kind}`, !box.checked);
      put("hide", all("[data-kind]").filter((b) => !b.checked).map((b) => b.dataset.kind).join(","));
    }),
  );
  const at = reader.dataset.at;
  if (at && cardOf(at)) show(at);
  else one(".w.at", reader)?.scrollIntoView({ block: "center" });
}

// The sheet beside the page
const sheet = one("#sheet");
function shut() {
  sheet.replaceChildren();
}
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-close]") && sheet.contains(event.target)) {
    event.preventDefault();
    shut();
  }
  const opener = event.target.closest("[data-open]");
  if (opener) one(`#${opener.dataset.open}`).showModal();
  if (event.target.closest('[data-toggle="unknown"]')) {
    const whole = one(".values").classList.toggle("all");
    event.target.textContent = whole ? "Show known fields only" : "Show all fields";
  }
});
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target === sheet) one("[autofocus], input:checked, textarea", sheet)?.focus();
});

// Dropping and pasting
const drop = one("[data-drop]");
if (drop) {
  const files = one("[type=file]", drop);
  const zone = one(".drop", drop);
  for (const name of ["dragover", "dragleave", "drop"])
    document.addEventListener(name, (event) => {
      event.preventDefault();
      zone.classList.toggle("over", name === "dragover");
      if (name === "drop" && event.dataTransfer.files.length) {
        files.files = event.dataTransfer.files;
        drop.requestSubmit();
      }
    });
  document.addEventListener("paste", (event) => {
    if (typing(event.target)) return;
    if (event.clipboardData.files.length) {
      files.files = event.clipboardData.files;
      drop.requestSubmit();
      return;
    }
    const text = event.clipboardData.getData("text").trim();
    const field = /^https?:\/\/\S+$/.test(text) ? one("[name=address]", drop) : one("[name=text]", drop);
    field.value = text;
    field.focus();
  });
}

// Keys
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && sheet.firstChild) return shut();
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || one("dialog[open]")) return;
  const key = event.key;
  if (key === "j") step(1);
  else if (key === "k") step(-1);
  else if (key === "?") one("#keys").showModal();
  else if (key === "Enter" && chosen && document.activeElement === document.body) (chosen.matches("a") ? chosen : one("a", chosen))?.click();
  else if (key === "g" && reader) {
    const lit = one(".lit[data-ids], .at[data-ids]", reader);
    const card = one(".card.lit, .card.at", reader);
    if (!lit && !card) return;
    const seen = (found) => { const box = found.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight; };
    const next = reader.dataset.looking === "words" ? card ?? lit : lit ?? card;
    reader.dataset.looking = next === card ? "card" : "words";
    next.scrollIntoView({ block: seen(next) ? "nearest" : "center" });
    next.focus?.();
  } else if (key === "g" && chosen) one("[data-evidence], a", chosen)?.click();
  else if (key === "e" && one("[data-edit]")) (one("[data-edit]", chosen ?? document) ?? one("[data-edit]")).click();
  else if (key === "/") one('[data-key="/"]').focus();
  else {
    const acting = one(`[data-key="${CSS.escape(key)}"]`) ?? (key === "z" ? one(".history form button") : null);
    if (!acting) return;
    acting.click();
  }
  event.preventDefault();
});
