// Sends where a slider stands while it is held, one position at a time.
const APART = 60 // ms between two positions, at least
const PATIENCE = 600 // ms after which a lost answer is no longer waited for
const all = new Map() // the sliders of all pages, by key: each is listened to once

export default function ({ data: [key, echo], setTriggerValue }) {
  const state = all.get(key) ?? { input: null, sent: null, at: 0, waiting: false, timer: 0 }
  state.tell = (share) => setTriggerValue('share', share)
  if (echo === state.sent) state.waiting = false
  if (all.has(key)) return void (state.input && state.send())
  all.set(key, state)

  const share = () => (+state.input.value - +state.input.min) / (+state.input.max - +state.input.min || 1)
  state.send = () => {
    clearTimeout(state.timer)
    if (!state.input || share() === state.sent) return
    const since = performance.now() - state.at
    if (since < APART || (state.waiting && since < PATIENCE)) return void (state.timer = setTimeout(state.send, APART))
    Object.assign(state, { sent: share(), at: performance.now(), waiting: true })
    state.tell(state.sent)
  }
  // The page's slider writes its own input, so no input event tells of a drag: watch what it writes while it is held.
  // It is looked for when it is taken hold of, since the page may have drawn another one in its place.
  const watcher = new MutationObserver(state.send)
  document.addEventListener('pointerdown', (event) => {
    const input = event.target.closest?.('.st-key-' + CSS.escape(key))?.querySelector('input[type=range]')
    if (!input) return
    state.input = input
    state.sent = share()
    watcher.observe(input, { attributes: true, attributeFilter: ['value', 'aria-valuetext'] })
  }, true)
  const release = () => {
    clearTimeout(state.timer)
    state.input = null
    watcher.disconnect()
  }
  document.addEventListener('pointerup', release, true)
  document.addEventListener('pointercancel', release, true)
}
