/** protomaps-leaflet reads Leaflet as the global `L`; the bundler puts this in its place. */
import "./trusted.js";
export { default as L } from "leaflet";
