'use strict';

// Draws the charts from /report/data and shows how a figure is worked out when it is pointed at. Without it every figure and formula can still be read.
(() => {
  const page = document.documentElement;
  const rtl = page.dir === 'rtl';
  const language = page.lang;
  const charts = [];

  const color = name => getComputedStyle(page).getPropertyValue(name).trim();
  const percent = value => Math.round(value * 100) + '%';
  const number = new Intl.NumberFormat(language);
  const day = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', timeZone: 'UTC' });

  function label(cell, column) {
    if (column.kind === 'date') {
      return day.format(new Date(cell + 'T00:00:00Z'));
    }

    const text = String(cell ?? '');
    return `\u2068${text.length > 28 ? text.slice(0, 27) + '…' : text}\u2069`;
  }

  function draw(place, table) {
    const { type, columns, line, lineTitle } = table.chart;
    const lying = type === 'bars';
    const index = key => table.columns.findIndex(column => column.key === key);
    const shares = table.columns[index(columns[0])].kind === 'percent';
    const written = value => shares ? percent(value) : number.format(value);
    const colors = ['--first', '--second'].map(color);
    const datasets = columns.map((key, i) => ({
      label: table.columns[index(key)].title,
      data: table.rows.map(row => row[index(key)]),
      borderColor: colors[i],
      backgroundColor: colors[i],
      borderWidth: type === 'line' ? 3 : 0,
      borderRadius: type === 'line' ? 0 : 4,
      pointRadius: 3,
      maxBarThickness: 26,
    }));
    if (line !== undefined && !lying) {
      datasets.push({
        label: lineTitle, data: table.rows.map(() => line), borderColor: color('--mark'), backgroundColor: color('--mark'), borderWidth: 2, borderDash: [6, 4], pointRadius: 0,
      });
    }

    if (lying) {
      place.style.height = Math.max(9, 3 + table.rows.length * (columns.length > 1 ? 2.6 : 2)) + 'rem';
    }

    const ink = color('--ink');
    const quiet = color('--line');
    const values = { beginAtZero: true, reverse: lying && rtl, grid: { color: quiet }, ticks: { color: ink, precision: shares ? undefined : 0, callback: value => written(value) } };
    const names = { reverse: !lying && rtl, grid: { display: false }, ticks: { color: ink, autoSkip: !lying } };
    if (rtl) {
      (lying ? names : values).position = 'right';
    }

    charts.push(new Chart(place.querySelector('canvas'), {
      type: type === 'line' ? 'line' : 'bar',
      data: { labels: table.rows.map(row => label(row[0], table.columns[0])), datasets },
      options: {
        animation: false,
        maintainAspectRatio: false,
        layout: { padding: { left: rtl ? 22 : 0, right: rtl ? 0 : 22 } },
        indexAxis: lying ? 'y' : 'x',
        locale: language,
        font: { family: getComputedStyle(document.body).fontFamily },
        scales: lying ? { x: values, y: names } : { x: names, y: values },
        plugins: {
          legend: { display: datasets.length > 1, rtl, textDirection: page.dir, labels: { color: ink, usePointStyle: type === 'line', pointStyle: 'line' } },
          tooltip: { rtl, textDirection: page.dir, callbacks: { label: item => `${item.dataset.label}: ${written(item.raw)}` } },
        },
      },
    }));
  }

  async function drawAll() {
    const places = [...document.querySelectorAll('[data-chart]')];
    if (places.length === 0 || typeof Chart === 'undefined') {
      return;
    }

    const address = new URL(location.href);
    address.pathname = address.pathname.replace(/\/$/, '') + '/data';
    const answer = await fetch(address, { headers: { accept: 'application/json' } });
    if (!answer.ok) {
      places.forEach(place => { place.hidden = true; });
      return;
    }

    const { tables } = await answer.json();
    for (const place of places) {
      const table = tables.find(candidate => candidate.key === place.dataset.chart);
      if (table) {
        draw(place, table);
      } else {
        place.hidden = true;
      }
    }

    page.dataset.charts = 'drawn';
  }

  // A formula beside the figure that is pointed at; the question marks do the same for fingers and keys.
  function shown() {
    return document.getElementById('formula-shown');
  }

  function hide() {
    shown()?.remove();
  }

  function show(figure) {
    hide();
    const formula = document.getElementById(figure.dataset.why)?.querySelector('.formula');
    if (!formula) {
      return;
    }

    const box = document.createElement('div');
    box.id = 'formula-shown';
    box.setAttribute('role', 'status');
    box.append(...[...formula.children].map(child => child.cloneNode(true)));
    figure.append(box);
    const at = figure.getBoundingClientRect();
    const size = box.getBoundingClientRect();
    const below = at.bottom + size.height + 4 < innerHeight;
    box.style.top = Math.max(4, below ? at.bottom : at.top - size.height) + 'px';
    box.style.left = Math.min(Math.max(4, rtl ? at.right - size.width : at.left), Math.max(4, innerWidth - size.width - 4)) + 'px';
  }

  function formulas() {
    for (const figure of document.querySelectorAll('[data-why]')) {
      figure.addEventListener('pointerenter', event => {
        if (event.pointerType === 'mouse') {
          show(figure);
        }
      });
      figure.addEventListener('pointerleave', hide);
      figure.addEventListener('click', event => {
        if (!event.target.closest('a, summary, .formula, #formula-shown')) {
          shown()?.parentElement === figure ? hide() : show(figure);
        }
      });
    }

    addEventListener('scroll', hide, { passive: true });
    document.addEventListener('keydown', event => {
      if (event.key === 'Escape') {
        hide();
        document.querySelectorAll('.why[open]').forEach(open => {
          open.open = false;
          open.querySelector('summary').focus();
        });
      }
    });
    document.addEventListener('toggle', event => {
      if (event.target.open) {
        hide();
        document.querySelectorAll('.why[open]').forEach(open => { open.open = open === event.target; });
      }
    }, true);
    document.addEventListener('pointerdown', event => {
      if (!event.target.closest('.why')) {
        document.querySelectorAll('.why[open]').forEach(open => { open.open = false; });
      }
    });
  }

  function printing() {
    const button = document.getElementById('print');
    if (button) {
      button.hidden = false;
      button.addEventListener('click', () => print());
    }

    // Canvases keep their size on paper unless they are drawn for it.
    addEventListener('beforeprint', () => {
      hide();
      charts.forEach(chart => chart.resize(660, Math.round(chart.canvas.parentElement.clientHeight * .9)));
    });
    addEventListener('afterprint', () => charts.forEach(chart => chart.resize()));
  }

  formulas();
  printing();
  drawAll();
})();
