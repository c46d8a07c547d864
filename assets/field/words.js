// The tracking page: photos for a supplement, made smaller before the plain form is sent.

import { growPickers } from "./grow.js";

const form = document.getElementById("words-form");
if (form) growPickers(form);
