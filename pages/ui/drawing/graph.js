// Dresses a graph that Streamlit drew: names instead of ids, clicks and keys on its variables.
let picked = null // what was picked last, on whichever graph
const watchers = new WeakMap() // of every graph that is dressed

export default function ({ data, setTriggerValue }) {
  const root = document.querySelector('.st-key-' + data.key)
  if (!root) return

  const number = (g) => Number(/^[ne](\d+)$/.exec(g?.id ?? '')?.[1] ?? -1)
  const all = (kind) => root.querySelectorAll('.stGraphVizChart g.' + kind)
  const pickable = Boolean(data.verb)

  const pick = (g) => {
    if (!pickable || data.nodes[number(g)] === undefined) return
    picked = { key: data.key, id: g.id }
    setTriggerValue('node', number(g))
  }
  const nodeOf = (event) => event.target.closest?.('.stGraphVizChart g.node')
  root.onclick = (event) => { const g = nodeOf(event); if (g) pick(g) }
  root.onkeydown = (event) => {
    const g = nodeOf(event)
    if (g && (event.key === 'Enter' || event.key === ' ')) { event.preventDefault(); pick(g) }
  }

  // d3-graphviz owns these elements and strips what it does not know at every drawing:
  // change text in place, never replace a node, and dress again after each change.
  const rename = (g, text) => {
    const own = g.querySelector('title')?.firstChild
    if (own && own.nodeValue !== text) own.nodeValue = text
  }
  const dress = () => {
    for (const g of all('node')) {
      const name = data.nodes[number(g)] ?? ''
      rename(g, name)
      if (!pickable) continue
      const said = [...g.querySelectorAll('text')].map((t) => t.textContent).join(' ')
      const wanted = {
        tabindex: '0', role: 'button', 'aria-label': said.endsWith(data.verb) ? said : said + ', ' + data.verb,
        'aria-pressed': String(g.classList.contains('do') || g.classList.contains('seen')),
      }
      for (const [k, v] of Object.entries(wanted)) if (g.getAttribute(k) !== v) g.setAttribute(k, v)
    }
    for (const g of all('edge')) rename(g, data.edges[number(g)] ?? '')
    // what was picked keeps the focus, also where the page has drawn another graph in this one's place
    if (picked?.key === data.key && document.activeElement === document.body) root.querySelector('#' + picked.id)?.focus()
  }
  dress()
  watchers.get(root)?.disconnect()
  const watcher = new MutationObserver(dress)
  watchers.set(root, watcher)
  watcher.observe(root, { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ['class', 'tabindex', 'role'] })
  return () => { watcher.disconnect(); root.onclick = root.onkeydown = null }
}
