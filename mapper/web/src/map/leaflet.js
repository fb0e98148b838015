/*! Leaflet 1.9.4, (c) 2010-2023 Volodymyr Agafonkin, (c) 2010-2011 CloudMade; BSD-2-Clause */
/**
 * The parts of Leaflet that this page uses, from its own modules: what stands on the map are our
 * canvases, so markers, paths, popups and GeoJSON stay out of the bundle. `build.mjs` puts this in
 * the place of "leaflet"; types are those of the whole.
 */
import { Browser } from "leaflet/src/core/index.js";
import { DomEvent, DomUtil } from "leaflet/src/dom/index.js";
import { LatLng, LatLngBounds, latLng, latLngBounds } from "leaflet/src/geo/index.js";
import { Point, point } from "leaflet/src/geometry/index.js";
import { Layer } from "leaflet/src/layer/Layer.js";
import { Scale } from "leaflet/src/control/Control.Scale.js";
import { GridLayer } from "leaflet/src/layer/tile/GridLayer.js";
import { tileLayer } from "leaflet/src/layer/tile/TileLayer.js";
import { Map, map } from "leaflet/src/map/index.js";

const Control = { Scale };

export default {
  Browser, DomEvent, DomUtil, GridLayer, LatLng, LatLngBounds, Layer, Map, Point,
  Control, latLng, latLngBounds, map, point, tileLayer,
};
