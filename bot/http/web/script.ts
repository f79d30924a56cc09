/**
 * The pages' script: shows times in the reader's time zone and updates the page while its run continues.
 * Sent as written here. Markup in events is escaped by its templates, like the page's.
 */
import { ago, duration } from "../../../src/text/duration.ts";

export const SCRIPT = `"use strict";
(() => {
  const say = (text) => { const place = document.getElementById("say"); if (place && place.textContent !== text) place.textContent = text; };
  const live = document.getElementById("live");
  const state = (text) => { if (live) live.textContent = text; };

  ${duration.toString()}
  ${ago.toString()}
  const full = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });
  const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });
  // Use the server's clock: a browser's may be wrong by hours.
  const ahead = Date.now() - Number(document.documentElement.dataset.now || Date.now());
  const times = (root) => {
    for (const time of root.querySelectorAll("time[data-as]")) {
      const at = new Date(time.dateTime), as = time.dataset.as;
      if (as === "since") time.textContent = duration(Date.now() - ahead - at);
      if (as === "ago") { time.textContent = ago(Number(at), Date.now() - ahead); time.title = full.format(at); }
      if (as === "full") time.textContent = full.format(at);
      if (as === "clock") { time.textContent = clock.format(at); time.title = full.format(at); }
    }
  };
  times(document);
  setInterval(() => { for (const time of document.querySelectorAll('time[data-as="since"]')) time.textContent = duration(Date.now() - ahead - new Date(time.dateTime)); }, 1000);
  setInterval(() => times(document), 30000);

  const put = (id, markup) => {
    const place = document.getElementById(id);
    if (!place) return;
    const focused = place.contains(document.activeElement) ? document.activeElement.id : "";
    const open = [...place.querySelectorAll("details[open][id]")].map((one) => one.id);
    place.innerHTML = markup;
    for (const one of open) document.getElementById(one)?.setAttribute("open", "");
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    times(place);
  };
  const add = (line) => {
    const log = document.getElementById("log");
    if (!log || document.getElementById("log-" + line.sequence)) return;
    const atEnd = log.scrollTop + log.clientHeight >= log.scrollHeight - 40;
    log.insertAdjacentHTML("beforeend", line.html);
    times(log.lastElementChild);
    if (atEnd) log.scrollTop = log.scrollHeight;
  };

  const address = document.body.dataset.events;
  if (!address || !window.EventSource) return;
  const events = new EventSource(address);
  events.addEventListener("open", () => state("Updates automatically."));
  events.addEventListener("change", (message) => {
    const { parts, lines, announcement, title } = JSON.parse(message.data);
    for (const [id, markup] of Object.entries(parts || {})) put(id, markup);
    for (const line of lines || []) add(line);
    if (title) document.title = title;
    if (announcement) say(announcement);
  });
  events.addEventListener("end", () => { events.close(); state(""); });
  events.addEventListener("error", () => {
    state(events.readyState === EventSource.CLOSED ? "Updates stopped. Reload the page to continue." : "Connection lost, trying again …");
  });
  addEventListener("pagehide", () => events.close());
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
})();
`;
