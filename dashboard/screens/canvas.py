"""The one component: a sheet of our own HTML, SVG included, in which a link of ours leads on without a new load.

`st.html` can do neither: it strips inline SVG, and a link in it loads the whole app anew. The HTML comes from
autoescaping templates; nothing a customer wrote reaches it unescaped.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

import streamlit as st
from markupsafe import Markup

from dashboard.look import Look

FOLLOWED = "followed"
"""Where in the session a link waits for the next run that was followed without a page to follow it in."""

_SCRIPT = """
const lastOf = window.__sevenViews ??= { screen: null };

function follow(root, href) {
  const there = new URL(href, window.location.href), asked = new URLSearchParams(window.location.search);
  if (there.pathname === window.location.pathname && `${there.searchParams}` === `${asked}`) return;
  root.classList.add('wait');
  // As if one had gone forward to it: one run of the script, and one step back.
  window.history.pushState({}, '', there);
  window.dispatchEvent(new PopStateEvent('popstate', { state: {} }));
}

// A click on a mark of a chart opens what the mark stands for: the code of an account, or "?…" for a list of them.
function watch(root, data, patience) {
  const plot = document.querySelector(`.st-key-${data.chart} .js-plotly-plot`);
  if (!plot?.on) {
    if (patience > 0 && root.isConnected) setTimeout(() => watch(root, data, patience - 1), 100);
    return;
  }
  const isNew = !plot.__opens;
  plot.__opens = (point) => {
    const code = [point?.customdata].flat()[0];
    if (!code) return;
    if (!code.startsWith('?')) return follow(root, data.account + encodeURIComponent(code));
    const [path, kept] = data.account.split('?');
    const query = new URLSearchParams(kept);
    query.delete('account');
    new URLSearchParams(code).forEach((value, name) => query.set(name, value));
    follow(root, `${path}?${query}`);
  };
  if (isNew) plot.on('plotly_click', (event) => plot.__opens(event.points[0]));
}

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector('.sv');
  if (data.chart) watch(root, data, 100);
  if (root.dataset.html !== data.mark) {
    const focused = root.contains(document.activeElement) && document.activeElement;
    const seat = focused && (focused.dataset.filter
      ? `[data-filter="${CSS.escape(focused.dataset.filter)}"]`
      : focused.getAttribute('href') && `a[href="${CSS.escape(focused.getAttribute('href'))}"]`);
    root.innerHTML = data.html;
    root.dataset.html = data.mark;
    if (seat) root.querySelector(seat)?.focus({ preventScroll: true });
  }
  root.className = 'sv ' + data.cls;
  if (data.screen && lastOf.screen !== data.screen) {
    if (lastOf.screen !== null) document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
    lastOf.screen = data.screen;
  }
  root.onclick = (event) => {
    const link = event.target.closest('a[data-open]');
    for (const menu of root.querySelectorAll('details.menu[open]'))
      if (!menu.contains(event.target) || link) menu.open = false;
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    follow(root, link.getAttribute('href'));
  };
  root.onchange = (event) => {
    const chosen = event.target.closest('select[data-go]');
    if (chosen) follow(root, chosen.value);
  };
  root.onsubmit = (event) => {
    const form = event.target.closest('form[data-go]');
    if (!form) return;
    event.preventDefault();
    const field = form.querySelector('input[name]');
    const url = new URL(form.getAttribute('action'), window.location.href);
    const query = new URLSearchParams(url.search);
    if (field.value.trim()) query.set(field.name, field.value.trim()); else query.delete(field.name);
    const path = form.getAttribute('action').split('?')[0];
    follow(root, path + (query.size ? '?' + query : ''));
  };
  root.onkeydown = (event) => {
    if (event.key !== 'Escape') return;
    for (const menu of root.querySelectorAll('details.menu[open]')) {
      menu.open = false;
      menu.querySelector('summary').focus();
    }
  };
}
"""


@cache
def _component() -> Any:
    """Registered once in the life of the server: the script runs again at every click."""
    return st.components.v2.component("seven_sheet", html='<div class="sv"></div>', js=_SCRIPT, isolate_styles=False)


def draw(html: Markup, key: str, cls: str = "part", screen: str = "", **more: str) -> None:
    """Put a sheet on the page. `screen` tells it when another screen begins, so that it starts at the top."""
    mark = f"{hash(str(html)):x}"
    _component()(data={"html": str(html), "mark": mark, "cls": cls, "screen": screen} | more, key=key)


def panel(
    look: Look,
    title: str,
    measured: str,
    key: str,
    figure: Any,
    alt: str,
    csv: str | None = None,
    opens: bool = False,
    choices: Mapping[str, Any] | None = None,
    list_at: str | None = None,
) -> None:
    """A panel whose picture is a figure: rule, finding, what is measured, the figure.

    With `opens`, a click on a mark opens the account whose code is the mark's customdata; a customdata of "?…" opens
    the list it asks for, of accounts or at the address `list_at`. `choices` are other ways to see the picture: a
    `label`, and `all` of them with `text`, `href` and `is_on`.
    """
    from dashboard.panels.base import CONFIG

    watched = {}
    if opens:
        # The address is no news to the picture: it makes the sheet draw anew, and its waiting end, on the same screen.
        at = {"account": list_at or look.address.to("accounts", account=""), "at": look.address.href}
        watched = {"chart": f"{key}-chart"} | at
    draw(look.render("heading", title=title, measured=measured, csv=csv, choices=choices), f"{key}-head", **watched)
    st.plotly_chart(figure, key=f"{key}-chart", theme=None, config=CONFIG, alt=alt)
