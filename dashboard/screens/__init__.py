"""One module per screen: it reads, lets the findings speak, and places the panels."""
