"""The script the server runs for every click."""

from dashboard.screens.frame import run

run()
