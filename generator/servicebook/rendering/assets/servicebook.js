/* Adds choice to pages that are whole without it. Runs again after each of the theme's instant page changes. */

/** Where the reader belongs: a customer, or `customer/site`. */
const BELONGS = "servicebook-customer";
/** Whether the reader wants charts, tables or both. */
const VIEW = "servicebook-view";

/** What the reader chose once; storage may be forbidden. */
function remembered(name) {
  try {
    return localStorage.getItem(name) ?? "";
  } catch {
    return "";
  }
}

function remember(name, choice) {
  try {
    localStorage.setItem(name, choice);
  } catch {
    /* The choice then holds for this page only. */
  }
}

/** Of some buttons those that are chosen. */
function press(buttons, isChosen) {
  buttons.forEach((button, index) => button.setAttribute("aria-pressed", String(isChosen(button, index))));
}

/** Home: a large search field that opens the theme's own search. */
function offerSearch(page) {
  const field = document.querySelector("[data-md-component=search-query]");
  page.querySelector("[data-sb-search] button")?.addEventListener("click", () => {
    const toggle = document.querySelector("[data-md-toggle=search]");
    if (toggle && !toggle.checked) toggle.click();
    field?.focus();
  });
}

/** Home: services of the chosen customer, with the states of its own promises, at its site. */
function offerCustomers(page) {
  const chooser = page.querySelector("[data-sb-chooser]");
  if (!chooser) return;
  const buttons = [...chooser.querySelectorAll("[data-sb-choice]")];
  const badges = page.querySelector("template[data-sb-states]").content;
  const stated = [...page.querySelectorAll("li[data-sb-states]")].map((item) => [item, item.querySelector(".sb-badge")]);
  const choose = (choice) => {
    const [customer] = choice.split("/");
    press(buttons, ({ dataset, parentElement }) => dataset.sbChoice === ("sbOf" in parentElement.dataset ? choice : customer));
    for (const line of chooser.querySelectorAll("[data-sb-of]")) line.hidden = line.dataset.sbOf !== customer;
    for (const item of page.querySelectorAll("[data-sb-users]")) {
      const users = item.dataset.sbUsers.split(" ").filter(Boolean);
      item.hidden = customer !== "" && users.length > 0 && !users.includes(customer);
    }
    for (const [item, forEverybody] of stated) {
      const states = JSON.parse(item.dataset.sbStates);
      const state = states[choice] ?? states[customer];
      const badge = state ? badges.querySelector(`.sb-is-${state}`) : forEverybody;
      item.querySelector(".sb-badge")?.remove();
      if (badge) item.append(badge.cloneNode(true));
    }
    for (const card of page.querySelectorAll(".sb-cards .sb-card")) {
      card.hidden = !card.querySelector("[data-sb-users]:not([hidden])");
    }
  };
  for (const button of buttons) {
    button.addEventListener("click", () => {
      remember(BELONGS, button.dataset.sbChoice);
      choose(button.dataset.sbChoice);
    });
  }
  const known = remembered(BELONGS);
  choose(buttons.some((button) => button.dataset.sbChoice === known) ? known : "");
}

/** Lists: rows of the reader's own customer stand first. */
function putOwnFirst(page) {
  const [customer] = remembered(BELONGS).split("/");
  if (!customer) return;
  for (const body of page.querySelectorAll("tbody:has(> [data-sb-row])")) {
    const own = [...body.children].filter(({ dataset }) =>
      (JSON.parse(dataset.sbRow ?? "{}").customer ?? []).some(([key]) => key === customer),
    );
    if (own.length < body.children.length) body.prepend(...own);
  }
}

/** Lists: rows by choices, marks and words; the choice stands in the address. */
function offerFilters(page) {
  const place = page.querySelector("[data-sb-filters]");
  if (!place) return;
  const hits = place.querySelector("[role=status]");
  const reset = place.querySelector("button");
  const fields = [...place.querySelectorAll("select, input")];
  const rows = [...page.querySelectorAll("[data-sb-row]")].map((row) => ({ row, has: JSON.parse(row.dataset.sbRow) }));
  const valueOf = (field) => (field.type === "checkbox" && !field.checked ? "" : field.value.trim());
  const holds = ({ row, has }, field, value) => {
    if (field.type === "checkbox") return has[field.name] === true;
    if (field.type === "search") {
      const text = row.textContent.toLowerCase();
      return value.toLowerCase().split(/\s+/).every((word) => text.includes(word));
    }
    return field.name === "period" || (has[field.name] ?? []).some(([key]) => key === value);
  };
  const apply = (store) => {
    const chosen = fields.map((field) => [field, valueOf(field)]).filter(([, value]) => value !== "");
    for (const each of rows) each.row.hidden = !chosen.every(([field, value]) => holds(each, field, value));
    for (const group of page.querySelectorAll("[data-sb-group]")) {
      group.hidden = !group.querySelector("[data-sb-row]:not([hidden])");
    }
    showNewest(page, Number(chosen.find(([{ name }]) => name === "period")?.[1] ?? 0));
    reset.disabled = !chosen.length;
    const shown = rows.filter(({ row }) => !row.hidden).length;
    hits.textContent = chosen.length ? place.dataset.sbFilters.replace("{shown}", shown).replace("{all}", rows.length) : "";
    if (!store) return;
    const address = new URL(location.href);
    for (const { name } of fields) address.searchParams.delete(name);
    for (const [{ name }, value] of chosen) address.searchParams.set(name, value);
    history.replaceState(history.state, "", address);
  };
  for (const [name, value] of new URLSearchParams(location.search)) {
    const field = fields.find((each) => each.name === name);
    if (field?.type === "checkbox") field.checked = value === field.value;
    else if (field?.type === "search" || [...(field?.options ?? [])].some((option) => option.value === value)) field.value = value;
  }
  reset.addEventListener("click", () => {
    for (const field of fields) {
      if (field.type === "checkbox") field.checked = false;
      else field.value = "";
    }
    apply(true);
    fields[0]?.focus();
  });
  place.addEventListener("input", () => apply(true));
  apply(false);
}

/** Tables of months: the newest so many of them; 0 shows all. */
function showNewest(page, most) {
  for (const line of page.querySelectorAll(".sb-heat tr")) {
    const cells = [...line.children].slice(1);
    cells.forEach((cell, index) => (cell.hidden = most > 0 && index < cells.length - most));
  }
}

/** Service: the levels of one customer and site at a time, the reader's own first. */
function offerLevels(page) {
  const place = page.querySelector("[data-sb-levels]");
  if (!place) return;
  const levels = [...page.querySelectorAll("[data-sb-level]")];
  const buttons = [...place.querySelectorAll("button")];
  const show = (name) => {
    levels.forEach((level) => level.classList.toggle("sb-shown", name === "" || level.id === name));
    press(buttons, ({ dataset }) => dataset.sbShows === name);
  };
  for (const button of buttons) button.addEventListener("click", () => show(button.dataset.sbShows));
  const asked = levels.find((level) => `#${level.id}` === location.hash);
  show((asked ?? ownLevel(levels) ?? levels[0]).id);
}

/** The level of the reader's site, else of the whole customer, else of any of its sites, else of everybody. */
function ownLevel(levels) {
  const [customer, site] = remembered(BELONGS).split("/");
  const own = levels.filter(({ dataset }) => dataset.sbLevel === customer);
  return (
    own.find(({ dataset }) => dataset.sbSites.split(" ").includes(site ?? "")) ??
    own.find(({ dataset }) => !dataset.sbSites) ??
    (site ? undefined : own[0]) ??
    (customer ? levels.find(({ dataset }) => dataset.sbEverybody !== undefined) : undefined)
  );
}

/** Service: whether its hours run now, and whether somebody answers, from spans of the coming days that the page carries. */
function sayOpen(page) {
  for (const place of page.querySelectorAll("[data-sb-hours]")) {
    const { spans, open, closed, opens } = JSON.parse(place.dataset.sbHours);
    const now = Date.now();
    const known = spans.map(([start, end, until, from]) => [Date.parse(start), Date.parse(end), until, from]);
    if (!known.length || now > known[known.length - 1][1]) continue;
    const current = known.find(([start, end]) => start <= now && now < end);
    const said = place.querySelector("[data-sb-open]");
    const next = known.find(([start]) => start > now);
    said.textContent = current ? `${open} ${current[2]}` : next ? `${closed}; ${opens} ${next[3]}` : closed;
    said.className = `sb-badge ${current ? "sb-is-met" : "sb-is-no-data"}`;
  }
}

/** Scorecards: charts, tables or both. */
function offerViews(page) {
  const place = page.querySelector("[data-sb-views]");
  if (!place) return;
  const buttons = [...place.querySelectorAll("button")];
  const show = (view) => {
    page.dataset.sbView = view;
    press(buttons, ({ dataset }) => dataset.sbView === view);
  };
  for (const button of buttons) {
    button.addEventListener("click", () => {
      remember(VIEW, button.dataset.sbView);
      show(button.dataset.sbView);
    });
  }
  const known = remembered(VIEW);
  show(buttons.some((button) => button.dataset.sbView === known) ? known : "");
}

/** Charts: what a point shows, under the pointer and by arrow keys. */
function offerPoints(page) {
  for (const figure of page.querySelectorAll("[data-sb-chart]")) {
    const points = [...figure.querySelectorAll("[data-sb]")];
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

/** What a cell of a heatmap says, beside it. */
const saying = document.createElement("p");
saying.className = "sb-tip sb-floating";
saying.setAttribute("aria-hidden", "true");

function tell(cell) {
  saying.hidden = !cell;
  if (!cell) return;
  saying.textContent = cell.getAttribute("aria-label");
  const { bottom, left } = cell.getBoundingClientRect();
  const most = document.documentElement.clientWidth - saying.offsetWidth - 4;
  saying.style.top = `${bottom + 4}px`;
  saying.style.left = `${Math.max(4, Math.min(left, most))}px`;
}

/** The keyboard moves the page under its cell; under the pointer it is another cell then. */
const tellWhereKeyboardIs = () => tell(document.activeElement?.closest(".sb-cell"));

/** Heatmaps: what a cell says, under the pointer and where the keyboard is. */
function offerCells(page) {
  tell(null);
  page.append(saying);
  for (const table of page.querySelectorAll(".sb-heat")) {
    for (const name of ["pointerover", "focusin"]) {
      table.addEventListener(name, ({ target }) => tell(target.closest(".sb-cell")));
    }
    for (const name of ["pointerleave", "focusout"]) table.addEventListener(name, () => tell(null));
    table.addEventListener("keydown", ({ key }) => key === "Escape" && tell(null));
  }
}

/** A target's page: the newest periods or all of them. */
function offerRanges(page) {
  const place = page.querySelector("[data-sb-ranges]");
  if (!place) return;
  const charts = [...place.querySelectorAll("[data-sb-range]")];
  const buttons = [...place.querySelectorAll("button")];
  const show = (chosen) => {
    charts.forEach((chart, index) => chart.classList.toggle("sb-shown", index === chosen));
    press(buttons, (_, index) => index === chosen);
  };
  buttons.forEach((button, index) => button.addEventListener("click", () => show(index)));
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

/** Paper: the line at the foot of each sheet stands at the root, which an instant page change leaves as it was. */
function nameSheets(page) {
  document.documentElement.dataset.sbRunning = page?.dataset.sbRunning ?? "";
}

function start() {
  nameSearch();
  const page = document.querySelector(".sb");
  nameSheets(page);
  if (!page) return;
  offerSearch(page);
  offerCustomers(page);
  putOwnFirst(page);
  offerFilters(page);
  offerLevels(page);
  sayOpen(page);
  offerViews(page);
  offerPoints(page);
  offerCells(page);
  offerRanges(page);
  beginAtNewest(page);
  openTarget();
}

addEventListener("hashchange", openTarget);
addEventListener("scroll", tellWhereKeyboardIs, { capture: true, passive: true });
if (globalThis.document$) globalThis.document$.subscribe(start);
else start();
