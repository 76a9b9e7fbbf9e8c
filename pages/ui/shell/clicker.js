// A presenter's clicker sends PageDown and PageUp: take them before a focused slider does, but not from somebody typing.
let listening = null // this module is one for all pages, each of which puts its own listener in the former's place

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
  document.removeEventListener('keydown', listening, true)
  listening = onKey
  document.addEventListener('keydown', onKey, true)
  return () => document.removeEventListener('keydown', onKey, true)
}
