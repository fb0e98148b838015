const words = JSON.parse(document.getElementById("words").textContent);
const frame = document.getElementById("map");
const error = document.getElementById("error");
let shown = -1;
const look = async () => {
  try {
    const state = await (await fetch("/state")).json();
    if (state.version !== shown && state.version > 0) {
      shown = state.version;
      frame.src = `/map.html?${shown}`;
    }
    error.textContent = state.error ? `${words.kept} ${state.error}` : "";
    error.hidden = !state.error;
  } catch {
    // the program has ended: what is shown stays
  }
  setTimeout(look, 500);
};
look();
