// A presenter's clicker sends PageDown and PageUp: take them before a focused slider does, but not from somebody typing.
export default function ({ setTriggerValue }) {
  const by = { PageDown: 1, PageUp: -1 }
  const onKey = (event) => {
    const { tagName, type } = event.target
    const typing = /^(TEXTAREA|SELECT)$/.test(tagName) || (tagName === 'INPUT' && type !== 'range')
    if (!(event.key in by) || event.ctrlKey || event.altKey || event.metaKey || typing) return
    event.preventDefault()
    event.stopPropagation()
    setTriggerValue('by', by[event.key])
  }
  if (window.__clicker) document.removeEventListener('keydown', window.__clicker, true)
  window.__clicker = onKey
  document.addEventListener('keydown', onKey, true)
  return () => document.removeEventListener('keydown', onKey, true)
}
