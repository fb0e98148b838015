/** The page that holds the user's own vector tiles: the same program, and what draws them. */
import "./map/trusted.js";
import "./map/streets.js";
import "./main.js";
