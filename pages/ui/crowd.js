// Units as dots. Every unit keeps its place on the grid (or its lane), so only what happens to it changes, and glides.
const STEP = 15
const RADIUS = 4.5
const PER_ROW = 40
const LANES = 14
const LANE = 9
const WIDTH = STEP * PER_ROW
const SVG = 'http://www.w3.org/2000/svg'

const along = (share) => STEP / 2 + Math.min(1, Math.max(0, share)) * (WIDTH - STEP)

function place (data, i) {
  // a lane of its own for each neighbour, in an order that does not look like stairs
  if (data.places) return [along(data.places[i] / 1000), (((i * 5) % LANES) + 0.5) * LANE + 2]
  return [((i % PER_ROW) + 0.5) * STEP, (Math.floor(i / PER_ROW) + 0.5) * STEP + 2]
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
  const height = (data.places ? LANES * LANE : Math.ceil(n / PER_ROW) * STEP) + 4
  svg.setAttribute('viewBox', `0 0 ${WIDTH} ${height}`)
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
    const [x, y] = place(data, i)
    unit.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`
    const classes = ['filled', 'counts', 'changed', 'open'].filter((name) => data[name][i] === '1').join(' ')
    if (unit.getAttribute('class') !== classes) unit.setAttribute('class', classes)
  }
  const line = svg.querySelector('.exact') ?? svg.appendChild(document.createElementNS(SVG, 'line'))
  line.setAttribute('class', 'exact')
  line.setAttribute('visibility', data.mark === null ? 'hidden' : 'visible')
  line.setAttribute('y2', height)
  line.style.transform = `translate(${along((data.mark ?? 0) / 1000).toFixed(1)}px, 0)`
  parentElement.querySelectorAll('.ends span').forEach((end, i) => { end.textContent = data.ends[i] ?? '' })
}
