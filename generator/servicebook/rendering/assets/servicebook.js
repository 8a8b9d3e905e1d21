/* Adds choice to pages that are whole without it. Runs again after each of the theme's instant page changes. */

const STORED = "servicebook-customer";

/** The customer that the reader belongs to; storage may be forbidden. */
function remembered() {
  try {
    return localStorage.getItem(STORED) ?? "";
  } catch {
    return "";
  }
}

function remember(customer) {
  try {
    localStorage.setItem(STORED, customer);
  } catch {
    /* The choice then holds for this page only. */
  }
}

/** Home: a large search field that opens the theme's own search. */
function offerSearch(page) {
  const place = page.querySelector("[data-sb-search]");
  const field = document.querySelector("[data-md-component=search-query]");
  if (!place || !field) return;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = place.dataset.sbSearch || "Search services, agreements, people to ask …";
  const key = document.createElement("kbd");
  key.textContent = "/";
  button.append(key);
  button.addEventListener("click", () => {
    const toggle = document.querySelector("[data-md-toggle=search]");
    if (toggle && !toggle.checked) toggle.click();
    field.focus();
  });
  place.replaceChildren(button);
  place.hidden = false;
}

/** Home: services of the chosen customer. */
function offerCustomers(page) {
  const chooser = page.querySelector("[data-sb-chooser]");
  if (!chooser) return;
  const buttons = [...chooser.querySelectorAll("button")];
  const choose = (customer) => {
    for (const button of buttons) {
      button.setAttribute("aria-pressed", String(button.dataset.sbCustomer === customer));
    }
    for (const item of page.querySelectorAll("[data-sb-users]")) {
      const users = item.dataset.sbUsers.split(" ").filter(Boolean);
      item.hidden = customer !== "" && users.length > 0 && !users.includes(customer);
    }
    for (const card of page.querySelectorAll(".sb-cards .sb-card")) {
      card.hidden = !card.querySelector("[data-sb-users]:not([hidden])");
    }
  };
  for (const button of buttons) {
    button.addEventListener("click", () => {
      remember(button.dataset.sbCustomer);
      choose(button.dataset.sbCustomer);
    });
  }
  const known = remembered();
  choose(buttons.some((button) => button.dataset.sbCustomer === known) ? known : "");
  chooser.hidden = false;
}

/** Lists: rows by choices, marks and words; the choice stands in the address. */
function offerFilters(page) {
  const place = page.querySelector("[data-sb-filters]");
  if (!place) return;
  const words = JSON.parse(place.dataset.sbFilters);
  const rows = [...page.querySelectorAll("[data-sb-row]")].map((row) => ({ row, has: JSON.parse(row.dataset.sbRow) }));
  const asked = new URLSearchParams(location.search);
  const controls = [];
  const add = (name, field, label, holds) => {
    controls.push({ name, field, holds });
    place.append(label);
  };
  for (const [name, title] of words.fields) {
    const options = new Map(rows.flatMap(({ has }) => has[name] ?? []));
    if (options.size < 2) continue;
    const { field, label } = choice(title, words.all, options);
    if (options.has(asked.get(name))) field.value = asked.get(name);
    add(name, field, label, (has, value) => (has[name] ?? []).some(([key]) => key === value));
  }
  for (const [name, title] of words.flags ?? []) {
    const field = document.createElement("input");
    field.type = "checkbox";
    field.value = "yes";
    field.checked = asked.get(name) === "yes";
    add(name, field, labelled(title, field, true), (has) => has[name] === true);
  }
  if (words.newest) {
    const { field, label } = choice(words.newest.title, words.newest.all, new Map(words.newest.options));
    if (words.newest.options.some(([key]) => key === asked.get("period"))) field.value = asked.get("period");
    add("period", field, label, () => true);
  }
  if (words.text) {
    const field = document.createElement("input");
    field.type = "search";
    field.value = asked.get("find") ?? "";
    add("find", field, labelled(words.text, field, false), (has, value, row) =>
      value.toLowerCase().split(/\s+/).every((word) => row.textContent.toLowerCase().includes(word)));
  }
  const hits = document.createElement("span");
  hits.className = "sb-note";
  hits.setAttribute("role", "status");
  const reset = document.createElement("button");
  reset.type = "button";
  reset.textContent = words.reset;
  place.append(hits, reset);
  const valueOf = ({ field }) => (field.type === "checkbox" && !field.checked ? "" : field.value.trim());
  const apply = (store) => {
    const chosen = controls.map((control) => [control, valueOf(control)]).filter(([, value]) => value !== "");
    let shown = 0;
    for (const { row, has } of rows) {
      row.hidden = !chosen.every(([{ holds }, value]) => holds(has, value, row));
      if (!row.hidden) shown += 1;
    }
    for (const group of page.querySelectorAll("[data-sb-group]")) {
      group.hidden = !group.querySelector("[data-sb-row]:not([hidden])");
    }
    if (words.newest) showNewest(page, Number(chosen.find(([{ name }]) => name === "period")?.[1] ?? 0));
    reset.hidden = !chosen.length;
    hits.textContent = chosen.length ? words.hits.replace("{shown}", shown).replace("{all}", rows.length) : "";
    if (!store) return;
    const address = new URL(location.href);
    for (const { name } of controls) address.searchParams.delete(name);
    for (const [{ name }, value] of chosen) address.searchParams.set(name, value);
    history.replaceState(history.state, "", address);
  };
  reset.addEventListener("click", () => {
    for (const { field } of controls) {
      if (field.type === "checkbox") field.checked = false;
      else field.value = "";
    }
    apply(true);
    controls[0]?.field.focus();
  });
  place.addEventListener("input", () => apply(true));
  place.hidden = false;
  apply(false);
}

/** Tables of months: the newest so many of them; 0 shows all. */
function showNewest(page, most) {
  for (const line of page.querySelectorAll(".sb-heat tr")) {
    const cells = [...line.children].slice(1);
    cells.forEach((cell, index) => (cell.hidden = most > 0 && index < cells.length - most));
  }
}

function choice(name, all, options) {
  const field = document.createElement("select");
  field.add(new Option(all, ""));
  for (const [value, title] of options) field.add(new Option(title, value));
  return { field, label: labelled(name, field, false) };
}

function labelled(name, field, after) {
  const label = document.createElement("label");
  label.append(...(after ? [field, ` ${name}`] : [`${name} `, field]));
  return label;
}

/** Service: the levels of the reader's own customer come first. */
function ownLevelsFirst(page) {
  const levels = [...page.querySelectorAll("[data-sb-level]")];
  const own = levels.filter((level) => level.dataset.sbLevel === remembered());
  if (own.length && own[0] !== levels[0]) levels[0].before(...own);
}

/** Service: the levels of one customer and site at a time, the reader's own first. */
function offerLevels(page) {
  const place = page.querySelector("[data-sb-levels]");
  if (!place) return;
  const levels = [...page.querySelectorAll("[data-sb-level]")];
  const buttons = [];
  const show = (chosen) => {
    levels.forEach((level) => (level.hidden = chosen !== null && level !== chosen));
    buttons.forEach(([button, level]) => button.setAttribute("aria-pressed", String(level === chosen)));
  };
  const add = (words, level) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words;
    button.addEventListener("click", () => show(level));
    buttons.push([button, level]);
    place.append(button);
  };
  for (const level of levels) add(level.dataset.sbLevelName, level);
  add(place.dataset.sbLevels, null);
  place.hidden = false;
  const asked = levels.find((level) => location.hash && level.querySelector(`[id="${CSS.escape(location.hash.slice(1))}"]`));
  show(asked ?? levels[0]);
}

/** Service: whether its hours run now, from spans of the coming days that the page carries. */
function sayOpen(page) {
  const place = page.querySelector("[data-sb-hours]");
  if (!place) return;
  const { spans, open, closed, opens } = JSON.parse(place.dataset.sbHours);
  const now = Date.now();
  const known = spans.map(([start, end, until, from]) => [Date.parse(start), Date.parse(end), until, from]);
  if (!known.length || now > known[known.length - 1][1]) return;
  const current = known.find(([start, end]) => start <= now && now < end);
  const said = place.querySelector("[data-sb-open]");
  const next = known.find(([start]) => start > now);
  said.textContent = current ? `${open} ${current[2]}` : next ? `${closed}; ${opens} ${next[3]}` : closed;
  said.className = `sb-badge ${current ? "sb-is-met" : "sb-is-no-data"}`;
}

/** Charts: what a point shows, under the pointer and by arrow keys. */
function offerPoints(page) {
  for (const figure of page.querySelectorAll("[data-sb-chart]")) {
    const points = [...figure.querySelectorAll("path[data-sb]")];
    if (!points.length) continue;
    const tip = document.createElement("p");
    tip.className = "sb-tip";
    tip.setAttribute("role", "status");
    tip.hidden = true;
    figure.append(tip);
    let chosen = -1;
    const choose = (index) => {
      points[chosen]?.classList.remove("sb-chosen");
      chosen = index;
      points[chosen]?.classList.add("sb-chosen");
      tip.hidden = chosen < 0;
      tip.textContent = points[chosen]?.dataset.sb ?? "";
    };
    figure.tabIndex = 0;
    figure.addEventListener("pointermove", (event) => {
      const places = points.map((point) => {
        const box = point.getBoundingClientRect();
        return Math.abs(box.x + box.width / 2 - event.clientX);
      });
      choose(places.indexOf(Math.min(...places)));
    });
    figure.addEventListener("pointerleave", () => choose(-1));
    figure.addEventListener("blur", () => choose(-1));
    figure.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (event.key === "Escape") choose(-1);
      if (!step) return;
      event.preventDefault();
      choose(Math.max(0, Math.min(points.length - 1, chosen < 0 ? points.length - 1 : chosen + step)));
    });
  }
}

/** A target's page: the newest periods or all of them. */
function offerRanges(page) {
  const place = page.querySelector("[data-sb-ranges]");
  const charts = [...(place?.querySelectorAll("[data-sb-range]") ?? [])];
  if (charts.length < 2) return;
  const choice = document.createElement("p");
  choice.className = "sb-chooser";
  choice.setAttribute("role", "group");
  choice.setAttribute("aria-label", place.dataset.sbRanges);
  const show = (chosen) => {
    charts.forEach((chart) => (chart.hidden = chart !== chosen));
    buttons.forEach((button, index) => button.setAttribute("aria-pressed", String(charts[index] === chosen)));
  };
  const buttons = charts.map((chart) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = chart.dataset.sbRange;
    button.addEventListener("click", () => show(chart));
    return button;
  });
  choice.append(...buttons);
  place.prepend(choice);
  show(charts[0]);
}

/** Tables of periods begin at the newest one. */
function beginAtNewest(page) {
  for (const frame of page.querySelectorAll(".sb-newest")) frame.scrollLeft = frame.scrollWidth;
}

/** A link to a working opens it, and what it lies in. */
function openTarget() {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  let closed = target.closest("details:not([open])");
  while (closed) {
    closed.open = true;
    closed = closed.parentElement.closest("details:not([open])");
  }
  target.scrollIntoView();
}

/** The theme's search is a dialog without a name. */
function nameSearch() {
  const field = document.querySelector("[data-md-component=search-query]");
  const name = field?.getAttribute("aria-label") || field?.placeholder;
  if (name) document.querySelector(".md-search[role=dialog]")?.setAttribute("aria-label", name);
}

function start() {
  nameSearch();
  const page = document.querySelector(".sb");
  if (!page) return;
  offerSearch(page);
  offerCustomers(page);
  offerFilters(page);
  ownLevelsFirst(page);
  offerLevels(page);
  sayOpen(page);
  offerPoints(page);
  offerRanges(page);
  beginAtNewest(page);
  openTarget();
}

addEventListener("hashchange", openTarget);
if (globalThis.document$) globalThis.document$.subscribe(start);
else start();
