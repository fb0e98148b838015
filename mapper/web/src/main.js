import "leaflet/dist/leaflet.css";
import L from "leaflet";

document.documentElement.dataset.mapper = L.version ? "building" : "error";
