// Units as dots. Every unit keeps its place on the grid (or its lane), so only what happens to it changes, and glides.
const STEP = 15
const RADIUS = 4.5
const LANES = 14
const LANE = 9
// on a wide page more stand in a row (and a line is longer), so that dots grow no larger than they need to be
const NARROW = 40
const WIDE = { grid: 50, line: 80 }
const WIDE_FROM = 800
const SVG = 'http://www.w3.org/2000/svg'

const along = (share, width) => STEP / 2 + Math.min(1, Math.max(0, share)) * (width - STEP)

function place (data, i, perRow) {
  // a lane of its own for each neighbour, in an order that does not look like stairs
  if (data.places) return [along(data.places[i] / 1000, perRow * STEP), (((i * 5) % LANES) + 0.5) * LANE + 2]
  return [((i % perRow) + 0.5) * STEP, (Math.floor(i / perRow) + 0.5) * STEP + 2]
}

function circle (parent, name) {
  const made = document.createElementNS(SVG, 'circle')
  made.setAttribute('class', name)
  parent.append(made)
  return made
}

export default function ({ data: [given], parentElement }) {
  const svg = parentElement.querySelector('svg')
  const data = { ...given, places: given.places?.split(' ').map(Number) }
  const n = data.filled.length
  const perRow = svg.clientWidth >= WIDE_FROM ? WIDE[data.places ? 'line' : 'grid'] : NARROW
  const width = perRow * STEP
  const height = (data.places ? LANES * LANE : Math.ceil(n / perRow) * STEP) + 4
  svg.setAttribute('viewBox', `0 0 ${width} ${height}`)
  svg.setAttribute('aria-label', data.alt)
  svg.dataset.rung = data.rung
  while (svg.querySelectorAll('g').length > n) svg.querySelector('g:last-of-type').remove()
  for (let i = 0; i < n; i++) {
    let unit = svg.querySelectorAll('g')[i]
    if (!unit) {
      unit = document.createElementNS(SVG, 'g')
      circle(unit, 'ring').setAttribute('r', RADIUS + 2.2)
      circle(unit, 'dot').setAttribute('r', RADIUS)
      svg.append(unit)
    }
    const [x, y] = place(data, i, perRow)
    unit.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`
    const classes = ['filled', 'counts', 'changed', 'open'].filter((name) => data[name][i] === '1').join(' ')
    if (unit.getAttribute('class') !== classes) unit.setAttribute('class', classes)
  }
  const line = svg.querySelector('.exact') ?? svg.appendChild(document.createElementNS(SVG, 'line'))
  line.setAttribute('class', 'exact')
  line.setAttribute('visibility', data.mark === null ? 'hidden' : 'visible')
  line.setAttribute('y2', height)
  line.style.transform = `translate(${along((data.mark ?? 0) / 1000, width).toFixed(1)}px, 0)`
  parentElement.querySelectorAll('.ends span').forEach((end, i) => { end.textContent = data.ends[i] ?? '' })
}
