"""Looking around a plan: what would be otherwise, what days buy, what every goal wants. Nothing is saved until somebody
says so."""


