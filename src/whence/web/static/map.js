// The map of the incidents: outlines of countries and the areas in which the incidents lie, drawn without any server of maps.
import * as maplibre from "./vendor/maplibre-gl.mjs";

maplibre.setWorkerUrl(new URL("./vendor/maplibre-gl-worker.mjs", import.meta.url).href);
const box = document.getElementById("map");
const dark = matchMedia("(prefers-color-scheme: dark)").matches;
const ground = dark
  ? { sea: "#14202a", land: "#262b30", border: "#4a5058", name: "#9aa0a8", halo: "#1b1f23" }
  : { sea: "#dce6ec", land: "#f6f4ee", border: "#b5b1a6", name: "#6a6a66", halo: "#f6f4ee" };
const style = getComputedStyle(document.documentElement);
const kinds = ["battles", "civilians", "explosions", "protests", "riots", "developments", "none"];
const colour = ["match", ["get", "colour"], ...kinds.slice(0, -1).flatMap((k) => [k, style.getPropertyValue(`--${k}`).trim()]), "#888888"];
const small = 25; // km: below, a place is narrower than a dot at most scales, and a dot stands for its area
// A dot goes as one comes near enough for its area to be seen, so that it is never taken for the very spot.
const fading = ["interpolate", ["linear"], ["zoom"], 5, 0.85, 8, ["case", [">", ["coalesce", ["get", "precision_km"], 5], 4], 0, 0.85], 10.5, 0];

const read = async (address) => (await fetch(address)).json();
const [world, first] = await Promise.all([read("/static/vendor/countries-50m.json"), read(box.dataset.from)]);
let found = first;
const countries = window.topojson.feature(world, world.objects.countries);

// Rings that cross the date line jump from one edge to the other; they are led on beyond it instead, and one that goes round a pole
// is closed along the pole.
function led(ring) {
  let turn = 0;
  const made = ring.map(([x, y], i) => {
    if (i && x - ring[i - 1][0] > 180) turn -= 360;
    if (i && x - ring[i - 1][0] < -180) turn += 360;
    return [x + turn, y];
  });
  if (!turn) return made;
  const pole = made[0][1] < 0 ? -90 : 90;
  return [...made, [made.at(-1)[0], pole], [made[0][0], pole], made[0]];
}
for (const { geometry } of countries.features) {
  if (geometry?.type === "Polygon") geometry.coordinates = geometry.coordinates.map(led);
  else if (geometry) geometry.coordinates = geometry.coordinates.map((polygon) => polygon.map(led));
}

// A label where a country is widest: the middle of its largest ring.
function middle(geometry) {
  const rings = geometry.type === "Polygon" ? [geometry.coordinates[0]] : geometry.coordinates.map((p) => p[0]);
  let best = null;
  for (const ring of rings) {
    let area = 0, x = 0, y = 0;
    for (let i = 1; i < ring.length; i++) {
      const cross = ring[i - 1][0] * ring[i][1] - ring[i][0] * ring[i - 1][1];
      area += cross;
      x += (ring[i - 1][0] + ring[i][0]) * cross;
      y += (ring[i - 1][1] + ring[i][1]) * cross;
    }
    if (area && (!best || Math.abs(area) > best.area)) best = { area: Math.abs(area), at: [x / (3 * area), y / (3 * area)] };
  }
  return best;
}
const names = {
  type: "FeatureCollection",
  features: countries.features.flatMap((country) => {
    const at = country.geometry && middle(country.geometry);
    return at ? [{ type: "Feature", geometry: { type: "Point", coordinates: at.at }, properties: { name: country.properties.name, size: -at.area } }] : [];
  }),
};
// Incidents drawn together stand as a disc with their number; the others as their areas, and as dots where these are narrow.
const middles = (features) => ({
  type: "FeatureCollection",
  features: features.map((f) => ({ ...f, geometry: { type: "Point", coordinates: [f.properties.longitude, f.properties.latitude] } })),
});
const together = () => middles(found.features.filter((f) => f.properties.count));
const areas = () => ({
  type: "FeatureCollection",
  // The widest areas first, so that they never hide a narrower one.
  features: found.features.filter((f) => !f.properties.count).sort((a, b) => (b.properties.precision_km ?? 5) - (a.properties.precision_km ?? 5)),
});
const dots = () => middles(areas().features.filter((f) => (f.properties.precision_km ?? 5) <= small));
const most = () => Math.max(1, ...found.features.map((f) => f.properties.count ?? 1));

const map = new maplibre.Map({
  container: box,
  attributionControl: false,
  maxZoom: 12,
  renderWorldCopies: false,
  style: {
    version: 8,
    sources: {
      countries: { type: "geojson", data: countries },
      names: { type: "geojson", data: names },
      areas: { type: "geojson", data: areas() },
      dots: { type: "geojson", data: dots() },
      together: { type: "geojson", data: together() },
    },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": ground.sea } },
      { id: "land", type: "fill", source: "countries", paint: { "fill-color": ground.land } },
      { id: "borders", type: "line", source: "countries", paint: { "line-color": ground.border, "line-width": 0.8 } },
      {
        id: "names", type: "symbol", source: "names",
        layout: { "text-field": ["get", "name"], "text-size": 12, "symbol-sort-key": ["get", "size"] },
        paint: { "text-color": ground.name, "text-halo-color": ground.halo, "text-halo-width": 1.2 },
      },
      { id: "areas", type: "fill", source: "areas", paint: { "fill-color": colour, "fill-opacity": 0.16 } },
      { id: "edges", type: "line", source: "areas", paint: { "line-color": colour, "line-width": 1.3, "line-dasharray": [3, 2] } },
      {
        id: "dots", type: "circle", source: "dots",
        paint: { "circle-color": colour, "circle-radius": 5, "circle-opacity": fading, "circle-stroke-color": dark ? "#111" : "#fff", "circle-stroke-width": 1, "circle-stroke-opacity": fading },
      },
      {
        id: "together", type: "circle", source: "together",
        paint: {
          "circle-color": colour, "circle-opacity": 0.55, "circle-stroke-color": dark ? "#eee" : "#222", "circle-stroke-width": 1,
          "circle-radius": ["interpolate", ["linear"], ["sqrt", ["get", "count"]], 1, 9, Math.sqrt(most()) + 1, 30],
        },
      },
      {
        id: "numbers", type: "symbol", source: "together",
        layout: { "text-field": ["to-string", ["get", "count"]], "text-size": 12, "text-allow-overlap": true },
        paint: { "text-color": dark ? "#fff" : "#000", "text-halo-color": dark ? "#000" : "#fff", "text-halo-width": 1.4 },
      },
      { id: "chosen", type: "line", source: "areas", filter: ["==", ["get", "id"], ""], paint: { "line-color": dark ? "#fff" : "#000", "line-width": 3 } },
    ],
  },
});
map.addControl(new maplibre.NavigationControl({ showCompass: false }));
map.addControl(new maplibre.ScaleControl());
map.addControl(new maplibre.AttributionControl({ compact: true, customAttribution: "Outlines: Natural Earth. Places: GeoNames, CC BY 4.0" }));

const span = (features) => {
  const bounds = new maplibre.LngLatBounds();
  for (const f of features) for (const at of f.geometry.coordinates[0]) bounds.extend(at);
  return bounds;
};
const listed = (id) => document.querySelector(`#feed [data-report="${CSS.escape(id)}"]`);
function line(text, tag = "p") {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}
function tell(features, at) {
  const content = document.createElement("div");
  for (const { properties: p } of features.slice(0, 6)) {
    const link = line(p.what, "a");
    link.href = `/incidents/${p.id}`;
    const head = document.createElement("p");
    head.append(link, ` ${p.when}`);
    content.append(head, line(`${p.where} (${p.precision})`), line([`${p.actors} → ${p.targets}`, p.counts].filter(Boolean).join(": ")));
  }
  if (features.length > 6) content.append(line(`and ${features.length - 6} more here`));
  new maplibre.Popup({ maxWidth: "20rem" }).setLngLat(at).setDOMContent(content).addTo(map);
}
function mark(id) {
  map.setFilter("chosen", ["==", ["get", "id"], id]);
}
map.on("load", () => {
  if (found.features.length) map.fitBounds(span(found.features), { padding: 40, maxZoom: 7, animate: false });
  box.dataset.ready = "true";
});
// Where there are many, the server draws them together anew for what is looked at.
const sheared = (value, least, greatest) => Math.min(greatest, Math.max(least, value)).toFixed(4);
function within() {
  const bounds = map.getBounds();
  return [
    sheared(bounds.getWest(), -180, 180), sheared(bounds.getSouth(), -85, 85), sheared(bounds.getEast(), -180, 180), sheared(bounds.getNorth(), -85, 85),
  ].join(",");
}
function beside(address) {
  return `${address}${address.includes("?") ? "&" : "?"}box=${within()}`;
}
let asked = 0;
map.on("moveend", async () => {
  const link = document.getElementById("here");
  if (link) {
    link.href = beside(box.dataset.here);
    link.hidden = false;
  }
  if (!first.together || !box.dataset.ready) return;
  const mine = ++asked;
  const answer = await read(beside(box.dataset.from));
  if (mine !== asked) return;
  found = answer;
  for (const [name, data] of [["areas", areas()], ["dots", dots()], ["together", together()]]) map.getSource(name).setData(data);
});
map.on("click", (event) => {
  const several = map.queryRenderedFeatures(event.point, { layers: ["together"] })[0];
  if (several) {
    const [west, south, east, north] = several.properties.box.split(",").map(Number);
    const close = new maplibre.LngLatBounds([west, south], [east, north]);
    map.fitBounds(close, { padding: 80, maxZoom: Math.min(12, map.getZoom() + 3) });
    return;
  }
  const seen = new Map();
  for (const f of map.queryRenderedFeatures(event.point, { layers: ["dots", "areas"] })) seen.set(f.properties.id, f);
  if (!seen.size) return;
  tell([...seen.values()], event.lngLat);
  const row = listed([...seen.keys()][0]);
  mark([...seen.keys()][0]);
  document.querySelector("#feed .chosen")?.classList.remove("chosen");
  row?.classList.add("chosen");
  row?.scrollIntoView({ block: "nearest" });
});
document.getElementById("feed").addEventListener("whence:chosen", (event) => go(event.target.dataset.report));
document.getElementById("feed").addEventListener("click", (event) => {
  const row = event.target.closest("[data-report]");
  if (row && !event.target.closest("a")) go(row.dataset.report);
});
function go(id) {
  const feature = found.features.find((f) => f.properties.id === id);
  mark(id);
  if (feature) map.fitBounds(span([feature]), { padding: 60, maxZoom: 8, duration: 400 });
}
if (found.unplaced) document.getElementById("unplaced").textContent = `${found.unplaced} without a place.`;
