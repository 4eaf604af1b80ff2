// @ts-check
// The two buttons of each row, for visitors without a touch screen or horizontal wheel.

for (const shelf of document.querySelectorAll('.shelf')) {
  const row = shelf.querySelector('[data-row]');
  const buttons = shelf.querySelector('[data-row-buttons]');
  if (!row || !buttons) continue;

  const update = () => {
    buttons.toggleAttribute('hidden', row.scrollWidth <= row.clientWidth);
    for (const button of buttons.querySelectorAll('button')) {
      const end = button.dataset.rowBy === '1' ? row.scrollWidth - row.clientWidth : 0;
      // Not `disabled`, which would drop the focus of a visitor who has scrolled to the end.
      button.setAttribute('aria-disabled', String(Math.abs(row.scrollLeft - end) < 2));
    }
  };

  buttons.addEventListener('click', ({ target }) => {
    const by = target instanceof Element && target.closest('button')?.dataset.rowBy;
    if (by) row.scrollBy({ left: Number(by) * row.clientWidth * 0.8 });
  });
  row.addEventListener('scroll', update, { passive: true });
  new ResizeObserver(update).observe(row);
}
