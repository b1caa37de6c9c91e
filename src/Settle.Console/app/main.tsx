import "../styles/base.css";
import "../styles/shell.css";
import "../styles/tables.css";
import "../styles/forms.css";
import "../styles/parts.css";
import { render } from "preact";
import { Shell } from "./shell";

const place = document.getElementById("app");
if (place) render(<Shell />, place);
