// Sends where a slider stands while it is held, one position at a time.
const APART = 60 // ms between two positions, at least
const PATIENCE = 600 // ms after which a lost answer is no longer waited for

export default function ({ data, setTriggerValue }) {
  const root = document.querySelector('.st-key-' + CSS.escape(data.key))
  const input = root?.querySelector('input[type=range]')
  if (!input) return

  const state = (root.__held ??= { down: false, sent: null, at: 0, waiting: false, timer: 0 })
  if (data.echo === state.sent) state.waiting = false

  const share = () => (+input.value - +input.min) / (+input.max - +input.min || 1)
  const send = () => {
    clearTimeout(state.timer)
    if (!state.down) return
    const now = performance.now()
    const rest = Math.max(APART - (now - state.at), state.waiting ? PATIENCE - (now - state.at) : 0)
    if (rest > 0) return void (state.timer = setTimeout(send, state.waiting ? Math.min(rest, APART) : rest))
    const next = share()
    if (next === state.sent) return
    Object.assign(state, { sent: next, at: now, waiting: true })
    setTriggerValue('share', next)
  }

  state.send = send
  if (state.watched !== input) {
    state.watched = input
    state.watcher?.disconnect()
    // The page's slider writes its own input, so no input event tells of it: watch what it writes.
    state.watcher = new MutationObserver(() => state.send())
    state.watcher.observe(input, { attributes: true, attributeFilter: ['value', 'aria-valuetext', 'aria-valuenow'] })
    root.addEventListener('pointerdown', () => { state.down = true; state.sent = share() }, true)
    const up = () => { state.down = false; clearTimeout(state.timer) }
    document.addEventListener('pointerup', up, true)
    document.addEventListener('pointercancel', up, true)
  }
  if (state.down) send()
}
