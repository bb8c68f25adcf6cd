"use strict";
const $ = (id) => document.getElementById(id);
const log = $("log"), list = $("exchanges"), compose = $("compose"), text = $("text");
let state = null, fresh = false, exchanges = 0, pending = null, lastFin = null;

function make(tag, classes, ...content) {
  const made = document.createElement(tag);
  if (classes) made.className = classes;
  made.append(...content);
  return made;
}

async function act(action) {
  const answer = await fetch("do", {
    method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(action),
  }).catch(() => null);
  if (answer && answer.ok) return true;
  const why = answer ? (await answer.json().catch(() => ({}))).why : "The simulator does not answer.";
  complain(why || `The simulator answered ${answer.status}.`);
  return false;
}

let alertEnd = 0;
function complain(why) {
  $("alert").textContent = why;
  $("alert").hidden = false;
  clearTimeout(alertEnd);
  alertEnd = setTimeout(() => { $("alert").hidden = true; }, 8000);
}

/** Adds to a list that scrolls, and stays at its end if that was in sight. */
function keepingEnd(scroller, change) {
  const atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 60;
  change();
  if (atEnd) scroller.scrollTop = scroller.scrollHeight;
}

// The chat

function time(at) {
  const moment = new Date(at);
  return isNaN(moment) ? "" : moment.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}

function message(entry) {
  const kind = entry.note ? "note" : entry.who;
  const name = make("b", "", entry.name || "");
  const by = make("p", "by", name, ` · ${time(entry.at)}${entry.note ? " · private note" : ""}`, make("span", "fate"));
  const bubble = make("div", "bubble");
  // The server has proven that this HTML is clean.
  if (entry.html !== null) bubble.innerHTML = entry.html;
  else bubble.textContent = entry.text;
  for (const link of bubble.querySelectorAll("a")) { link.target = "_blank"; link.rel = "noopener noreferrer"; }
  for (const image of bubble.querySelectorAll("img")) image.replaceWith(`[${image.alt || "image"}]`);
  return make("article", `message ${kind}`, by, bubble);
}

const drawn = new Map();
function drawLog(chat) {
  const nodes = chat.entries.map((entry, index) => {
    const key = `${chat.id} ${entry.mark ? `mark ${index} ${entry.mark}` : entry.id || `none ${index}`}`;
    if (!drawn.has(key)) drawn.set(key, entry.mark ? make("p", "mark", entry.mark) : message(entry));
    const node = drawn.get(key);
    if (!entry.mark) {
      node.classList.toggle("unseen", !entry.seen);
      node.querySelector(".fate").textContent = !entry.seen ? (entry.note ? " · not told to Fin" : " · on its way to Fin")
        : entry.arrived ? "" : " · no answer";
    }
    return node;
  });
  keepingEnd(log, () => {
    nodes.forEach((node, index) => { if (log.children[index] !== node) log.insertBefore(node, log.children[index] || null); });
    while (log.children.length > nodes.length) log.lastChild.remove();
    if (pending && nodes.length > pending.after) pending = null;
    if (pending) log.append(pending.node);
    for (const { node } of typists.values()) log.append(node);
  });
}

const typists = new Map();
function typing(name, kind, ms) {
  forget(name);
  const dots = make("div", "bubble", make("i"), make("i"), make("i"));
  const node = make("div", `message typing ${kind}`, make("p", "by", make("b", "", name), " is typing"), dots);
  typists.set(name, { node, end: setTimeout(() => forget(name), ms) });
  keepingEnd(log, () => log.append(node));
}
function forget(name) {
  const typist = typists.get(name);
  if (!typist) return;
  clearTimeout(typist.end);
  typist.node.remove();
  typists.delete(name);
}

function draw(next) {
  const before = state;
  state = next;
  const chat = fresh || next.current === null ? null : next.chats[next.current];
  $("server").textContent = next.server;
  $("variant").textContent = `variant ${next.variant}`;
  $("start").hidden = chat !== null;
  compose.hidden = chat === null;
  $("new").hidden = chat === null;
  $("chats").hidden = next.chats.length < 2 || chat === null;
  $("chats").replaceChildren(...next.chats.map((one, index) => {
    const option = make("option", "", `${one.name}: ${one.title || one.id}`);
    option.value = index;
    option.selected = index === next.current;
    return option;
  }));
  $("who").textContent = chat ? chat.name : "A new conversation";
  $("avatar").textContent = chat ? chat.name.slice(0, 1) : "";
  $("owner").textContent = chat ? chat.state : "";
  $("owner").hidden = $("log").hidden = chat === null;
  $("intro").hidden = chat !== null;
  $("topic").textContent = chat ? chat.title || chat.email : "Introduce yourself and ask something";
  if (chat) {
    $("as-user").textContent = chat.name;
    const count = (one) => one && one.chats[one.current] ? one.chats[one.current].entries.length : 0;
    if (count(next) !== count(before)) [...typists.keys()].forEach(forget);
    drawLog(chat);
  } else {
    log.replaceChildren();
  }
  $("as-agent").textContent = next.agent || "Agent";
  for (const part of document.querySelectorAll(".desk")) if (part.closest("form")) part.hidden = next.agent === null;
  $("auto").setAttribute("aria-pressed", next.auto);
  $("lose").setAttribute("aria-pressed", next.losing);
  $("expire").hidden = !next.can_expire;
  drawVerdict(next);
}

function drawVerdict(next) {
  const found = next.compared;
  $("verdict").className = found ? (found.in_step ? "good" : "bad") : "";
  $("step").textContent = found ? found.text : next.chats.length ? "Not compared since the last change" : "Nothing to compare yet";
  $("differences").hidden = !found || found.in_step;
  $("differences").replaceChildren(...(found ? found.differences : []).map((what) => make("li", "", what)));
  $("compare").disabled = next.chats.length === 0;
}

// The wire

const SIDES = { fin: "Fin calls", desk: "Desk works", webhook: "Fin is told" };

function exchange(event) {
  const failed = event.status === null || event.status >= 400;
  const status = make("span", "status", event.status === null ? "no answer" : String(event.status));
  const path = make("code", "path", short(event.path));
  path.title = event.path;
  const summary = make("summary", "", make("span", "side", SIDES[event.side]), make("code", "method", event.method),
    path, status, make("span", "ms", event.ms === null ? "" : `${event.ms} ms`));
  const sent = make("div", "", make("h3", "", "Sent"), make("pre", "head", event.headers), make("pre", "", event.request));
  const came = make("div", "", make("h3", "", "Came back"), make("pre", "", event.answer));
  const details = make("details", "", summary, make("div", "bodies", sent, came));
  details.open = $("unfold").getAttribute("aria-pressed") === "true";
  const item = make("li", `${event.side}${failed ? " failed" : ""}`, details);
  if (event.side === "fin") lastFin = item;
  exchanges += 1;
  $("count").textContent = `${exchanges} exchange${exchanges === 1 ? "" : "s"} so far`;
  keepingEnd(list, () => list.append(item));
}

/** Ids are long, and what follows them says more; so does the end of Fin's own path. */
function short(path) {
  return path.replace(/([a-z]+_[a-z0-9]{6})[a-z0-9]{8,}/g, "$1…").replace("/hooks/standalone/", "…/");
}

function lost() {
  if (!lastFin) return;
  const status = lastFin.querySelector(".status");
  lastFin.classList.add("lost");
  status.replaceChildren(make("span", "badge", "answer lost"), make("s", "", status.textContent));
}

const KINDS = {
  state: draw,
  exchange,
  lost,
  repeat: (event) => keepingEnd(list, () =>
    list.append(make("li", "pause", `No answer. A minute passes, then Fin tries again: repeat ${event.number} of 5.`))),
  thinking: () => typing("Fin", "fin", 5000),
  typing: (event) => {
    const chat = state && state.chats[state.current];
    if (chat && chat.id === event.chat) typing(event.name, "agent", 5000);
  },
  trouble: (event) => complain(event.why),
};

const source = new EventSource("events");
source.onopen = () => { $("link").textContent = "live"; $("link").classList.add("on"); };
source.onerror = () => { $("link").textContent = "connection lost"; $("link").classList.remove("on"); };
source.onmessage = (event) => {
  const happened = JSON.parse(event.data);
  KINDS[happened.kind]?.(happened);
};

// What one can do

$("start").addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = new FormData(event.target), button = event.target.querySelector("button");
  button.disabled = true;
  fresh = false;
  await act({ do: "start", name: form.get("name"), email: form.get("email"), text: form.get("text") });
  button.disabled = false;
  text.focus();
});

function showPending(kind, words) {
  const name = { say: state.chats[state.current].name, fin: "Fin", reply: state.agent, note: state.agent }[kind];
  const by = make("p", "by", make("b", "", name), " · sending");
  const node = make("article", `message pending ${{ say: "user", fin: "fin", reply: "agent", note: "note" }[kind]}`, by,
    make("div", "bubble", words));
  const mine = pending = { node, after: log.children.length };
  log.append(node);
  log.scrollTop = log.scrollHeight;
  return () => { node.remove(); if (pending === mine) pending = null; };
}

compose.addEventListener("submit", async (event) => {
  event.preventDefault();
  const words = text.value.trim(), kind = new FormData(compose).get("as");
  if (!words) return;
  text.value = "";
  const settled = showPending(kind, words);
  const done = await act({ do: kind, text: words });
  settled();
  if (!done && !text.value) text.value = words;
});

text.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    compose.requestSubmit();
  }
});

let typedAt = -Infinity;
text.addEventListener("input", (event) => {
  if (new FormData(compose).get("as") !== "reply" || event.timeStamp - typedAt < 3500) return;
  typedAt = event.timeStamp;
  act({ do: "typing" });
});

for (const button of document.querySelectorAll("[data-do]")) {
  button.addEventListener("click", async () => {
    button.disabled = true;
    await act({ do: button.dataset.do });
    button.disabled = false;
  });
}
const isOn = (id) => $(id).getAttribute("aria-pressed") === "true";
$("auto").addEventListener("click", () => act({ do: "auto", on: !isOn("auto") }));
$("lose").addEventListener("click", () => act({ do: "lose", on: !isOn("lose") }));
$("compare").addEventListener("click", () => act({ do: "compare" }));
$("chats").addEventListener("change", () => act({ do: "open", chat: Number($("chats").value) }));
$("new").addEventListener("click", () => {
  fresh = true;
  draw(state);
  $("start").elements.text.focus();
});
$("unfold").addEventListener("click", () => {
  $("unfold").setAttribute("aria-pressed", !isOn("unfold"));
  for (const details of list.querySelectorAll("details")) details.open = isOn("unfold");
});
