// @ts-check
// The sheet's one button; with ?print=1 every renewed sheet is printed by itself, in a
// browser that prints without asking (its flag --kiosk-printing).

document.querySelector('button')?.addEventListener('click', () => print());
if (new URLSearchParams(location.search).get('print') === '1') document.fonts.ready.then(() => print());
